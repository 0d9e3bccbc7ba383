"""What a page's HTML is given and relieved of before it is written: no-breaks, anchors, dead nodes.

The rules work on the text of the page, because half of it (tables, drawings) comes from chapters as
HTML and is never a node of Sphinx's.
"""

from __future__ import annotations

import re

NO_BREAK = "\N{NO-BREAK SPACE}"
UNBROKEN = "nb"
"""Class of the spans that no line may break in; `printable` knows it, too."""

_TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAME = re.compile(r"</?([\w-]+)")
_LITERAL = {"code", "kbd", "option", "pre", "samp", "script", "style", "svg", "textarea", "title"}
_INLINE = {"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "small", "span", "strong"}

_NUMBERED = re.compile(
    # Words whose number belongs to them. In Kazakh the number comes first, see `_HYPHENATED`.
    r"(\b(?:tables?|figures?|paragraphs?|chapters?|quer(?:y|ies)|sections?|pages?|rules?|ranks?|"
    r"(?:таблиц|рисун|абзац|глав|запрос|раздел|страниц|правил|ранг)\w{0,4})|№)[ \n]+(?=\d)",
    re.IGNORECASE,
)
_DASH = re.compile(r"(?<=\S)[ \n]+(?=[—–](?:\s|$))")
_AFTER_DASH = re.compile(r"(?<=[—–])[ \n]+(?=\d)")
_DASH_FIRST = re.compile(r"^[ \n]+(?=[—–](?:\s|$))")
_HYPHENATED = re.compile(
    r"(?<![\w/.:=#-])(?:(?:\d+%–)?\d+(?:[,.–]\d+)?%?-[^\W\d_]+|\d{4}-\d\d-\d\d(?![\w-])"
    # An abbreviation and its letter, such as PRISMA-S, with a case ending if it has one; the name
    # of a field, and of a method.
    r"|[A-Z]{2,}-[A-Z](?:-[^\W\d_]+)?(?![\w-])|TITLE-ABS(?:-KEY)?(?!\w)|GRADE-CERQual)"
)
_LITTLE = re.compile(r"(?<![\w-])([ВвКкСсОоУуИиАаЯ])[ \n]+(?=\w)")
"""A word of one letter: no line of a Russian text ends with it."""
_OF = re.compile(r"(?<=\d)[ \n]+(из|of)[ \n]+(?=\d)")
_ENDED = re.compile(r'<span class="pasted-text">[^<]*[\d%]</span>-[^\W\d_]+')
"""A computed number with its case ending."""
_OPTION = re.compile(r"(?<![\w-])--[a-z][\w-]*")
"""An option of a command, which a browser would break between its hyphens."""


def unbroken(html: str) -> str:
    """HTML in which no line breaks before a dash, after a word of one letter, or inside a whole.

    Wholes are a word and its number, also across a dash, a number of a number, a name with hyphens,
    an option of code.

    Parameters
    ----------
    html : str
        Part of a page. Code and drawings in it stay as they are.
    """
    out: list[str] = []
    literal, before = "", ""
    for at, part in enumerate(_TAG.split(html)):
        if at % 2:
            name = found.group(1).lower() if (found := _NAME.match(part)) else ""
            if not literal and name in _LITERAL and not part.startswith("</"):
                literal = name
            elif name == literal and part.startswith("</"):
                literal = ""
            before = name if part.startswith("</") else ""
        elif literal == "pre":
            part = _OPTION.sub(rf'<span class="{UNBROKEN}">\g<0></span>', part)
        elif part and not literal:
            part = _NUMBERED.sub(rf"\1{NO_BREAK}", part)
            part = _LITTLE.sub(rf"\1{NO_BREAK}", part)
            part = _OF.sub(rf"{NO_BREAK}\1{NO_BREAK}", part)
            part = _AFTER_DASH.sub(NO_BREAK, _DASH.sub(NO_BREAK, part))
            if before in _INLINE:
                part = _DASH_FIRST.sub(NO_BREAK, part)
            part = _HYPHENATED.sub(rf'<span class="{UNBROKEN}">\g<0></span>', part)
        out.append(part)
    return _ENDED.sub(rf'<span class="{UNBROKEN}">\g<0></span>', "".join(out))


_HEADED = re.compile(
    r'<section((?: class="[^"]*")?) id="([^"]+)">(\s*(?:<span id="[^"]+"></span>\s*)*)<(h[1-6])>'
)


def headed(html: str) -> str:
    """HTML whose headings have the ids of their sections: what search and readers point at."""
    return _HEADED.sub(r'<section\1>\3<\4 id="\2">', html)


_PLAIN = re.compile(r'<span class="(?:n|o|p|w)">([^<]*)</span>|<span></span>')
_GROUP = re.compile(r"<g>|<g [^>]*[^/]>|</g>")
_QUIET = re.compile(r'<br><span class="quiet">((?:(?!</?(?:span|t[dh]|p)\b).)*)</span>', re.DOTALL)
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_EMPTY = re.compile(r'<g/>\n?|<path d="[^"]*" style="fill: none"/>\n?')


def lean(html: str) -> str:
    """HTML without elements that show nothing: uncoloured words of code, bare groups of drawings.

    A quiet line of a table's cell is one element, not a break and another.
    """
    html = _DRAWING.sub(lambda found: _ungrouped(_EMPTY.sub("", found.group())), html)
    html = _QUIET.sub(r'<div class="quiet">\1</div>', html)
    return _PLAIN.sub(r"\1", html)


def _ungrouped(drawing: str) -> str:
    """A drawing without the groups that have no attribute."""
    bare: list[bool] = []

    def kept(found: re.Match[str]) -> str:
        if found.group() != "</g>":
            bare.append(found.group() == "<g>")
            return "" if bare[-1] else found.group()
        return "" if bare.pop() else found.group()

    return re.sub(r"\n{2,}", "\n", _GROUP.sub(kept, drawing))


_FOLD = re.compile(r'<details class="(?:fold|fields)"[^>]*>\s*<summary>.*?</summary>', re.DOTALL)
_EDGE = re.compile(r"<(/?)details\b")


def packed(html: str) -> str:
    """A page whose folded tables are not parsed until somebody opens them.

    What lies in a fold is put into `noscript`: a browser with scripts reads it as one piece of
    text, which `compendium.js` unpacks; one without sees the table as before.
    """
    out, at = [], 0
    while found := _FOLD.search(html, at):
        end, depth = found.end(), 1
        for edge in _EDGE.finditer(html, found.end()):
            depth += -1 if edge.group(1) else 1
            if not depth:
                end = edge.start()
                break
        out += [html[at : found.end()], "<noscript>", html[found.end() : end], "</noscript>"]
        at = end
    return "".join(out) + html[at:]
