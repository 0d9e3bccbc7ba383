-- What the HTML says in attributes, Typst says in function calls of book.typ:
-- <span data-call="mark" data-arg='"yes"'>…</span>  becomes  #mark("yes")[…];
-- The semicolon ends the call, or Typst would take a following bracket as one more argument.

local function opening(el)
  local argument = el.attributes.arg
  return '#' .. el.attributes.call .. (argument and '(' .. argument .. ')' or '') .. '['
end

local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end

-- A word that would begin a heading or a list in Typst, if content began with it.
function Str(el)
  if el.text:match('^[=+/-]+$') or el.text:match('^%d+%.$') then
    return pandoc.RawInline('typst', (el.text:gsub('[=+/.-]', '\\%0')))
  end
end

function Span(el)
  if not el.attributes.call then return nil end
  local out = pandoc.Inlines { pandoc.RawInline('typst', opening(el)) }
  out:extend(el.content)
  out:insert(pandoc.RawInline('typst', '];'))
  return out
end

function Div(el)
  if not el.attributes.call then return nil end
  local out = pandoc.Blocks { pandoc.RawBlock('typst', opening(el)) }
  out:extend(el.content)
  out:insert(pandoc.RawBlock('typst', '];'))
  return out
end

-- pandoc drops the alternative text of an image that stands in a figure.
function Image(el)
  local alt = pandoc.utils.stringify(el.caption)
  local named = alt ~= '' and ', alt: ' .. quoted(alt) or ''
  local tall = el.attributes.tall and ', height: ' .. el.attributes.tall or ''
  return pandoc.RawInline('typst', '#image(' .. quoted(el.src) .. named .. tall .. ');')
end
