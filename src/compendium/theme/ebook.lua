-- What the HTML says in calls of book.typ, an e-book says in classes and Word in its styles:
-- <span data-call="mark" data-arg='"yes"'>…</span> becomes <span class="mark-yes">…</span>.

local word = FORMAT == 'docx'

local function argument(el)
  return (el.attributes.arg or ''):gsub('^"(.*)"$', '%1')
end

local function dressed(content, name, kind, make)
  if word then return make(content, pandoc.Attr('', {}, { ['custom-style'] = name })) end
  return make(content, pandoc.Attr('', kind))
end

local inline = { ['caption-number'] = 'Caption Number' }
local block = {
  answer = 'Answer', admonition = 'Admonition', ['admonition-title'] = 'Rubric', rubric = 'Rubric',
  ['query-text'] = 'Query', ['block-caption'] = 'Image Caption', entry = 'Bibliography',
}

function Span(el)
  local call = el.attributes.call
  if not call then return nil end
  local said = argument(el)
  if call == 'anchor' then return pandoc.Span(el.content, pandoc.Attr(said)) end
  if call == 'footnote' then return pandoc.Note { pandoc.Para(el.content) } end
  if call == 'in-language' then
    return pandoc.Span(el.content, pandoc.Attr('', {}, { lang = said }))
  end
  if call == 'mark' then return dressed(el.content, 'Mark ' .. said, { 'mark-' .. said }, pandoc.Span) end
  if call == 'box' and word then return el.content end
  if call == 'q' then return pandoc.Span(el.content, pandoc.Attr('', { 'q-' .. said })) end
  return dressed(el.content, inline[call] or call, { call }, pandoc.Span)
end

function Div(el)
  local call = el.attributes.call
  if not call then return nil end
  if call == 'in-language' then
    return pandoc.Div(el.content, pandoc.Attr('', {}, { lang = argument(el) }))
  end
  if call == 'answer' and word then
    -- Word's lists have a style of their own; what is in them is said as paragraphs.
    el = el:walk { BulletList = function(list)
      local out = pandoc.Blocks {}
      for _, item in ipairs(list.content) do out:extend(item) end
      return out
    end, Plain = function(plain) return pandoc.Para(plain.content) end }
  end
  if not block[call] then return word and el.content or pandoc.Div(el.content, pandoc.Attr('', { call })) end
  return dressed(el.content, block[call], { call }, pandoc.Div)
end

function Image(el)
  el.attributes.tall = nil
  return el
end

-- pandoc finds the file that a link leads to by headings, spans and divisions only.
local function held(el)
  if word or el.identifier == '' then return nil end
  local name = el.identifier
  el.identifier = ''
  return pandoc.Div({ el }, pandoc.Attr(name))
end

Figure, Table = held, held
