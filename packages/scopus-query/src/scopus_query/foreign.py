"""What is no Scopus query as a whole: another database's, a table's cell, part of an address."""

from __future__ import annotations

import re
from urllib.parse import unquote

from scopus_query import fields, syntax
from scopus_query.rules import Edit, Finding
from scopus_query.tree import Span

_WOS = "TS|TI|AB|AU|AK|KP|SO|DO|PY|ED|AD|OG|OO|SG|CU|FO|FG|FT|SU|WC|IS|UT|PMID|LA|DT|ALL"
_TAGS = (
    "tiab|ti|ab|tw|mh|mesh|mesh terms|majr|sh|pt|publication type|au|author|dp|la|lang|language|"
    "title/abstract|title|abstract|text word|all fields|all|pdat|date - publication|sb|nm|ad|ot"
)
_PLATFORMS = {
    "Web of Science": rf"(?:(?<=^)|(?<=[\s(]))(?:{_WOS})\s*=\s*(?=[(\"“\w])",
    "PubMed": rf"\[(?:{_TAGS})(?::[^\]\s]*)?\]",
    "Ovid": r"\bexp [\w ,'-]+/|\)?\.(?:ti|ab|kw|kf|tw|mp|hw|sh|pt|af|ot)(?:,\w\w)*\.",
    "Embase.com": r"'[^'\n]+'(?:/exp|/de|:(?:ti|ab|kw))|:(?:ti,ab|ab,ti|ti)\b(?!,kw)",
    "EBSCO": r"(?:(?<=^)|(?<=[\s(]))(?:MH|MM|MJ|DE|ZU|TI|AB|TX)\s+(?=[(\"“])|\(MH \"",
    "Cochrane Library": r"\[mh [^\]]+\]|:ti,ab,kw\b",
}
# The guides of the databases name these tags: webofscience.help.clarivate.com (field tags),
# pubmed.ncbi.nlm.nih.gov/help (search field tags), Ovid's field guides, Embase.com's manual,
# EBSCO Connect (field codes), the Cochrane Library's search help.
_FOREIGN = {name: re.compile(pattern, re.IGNORECASE if name != "EBSCO" else 0)
            for name, pattern in _PLATFORMS.items()}  # fmt: skip
_INSIDE = re.compile(r'"[^"]+"|\{[^}]+\}')
_OWN = re.compile(r"([A-Z][A-Z-]+)\s*\(")
_CODED = re.compile(r"%(?:20|22|28|29|2A|7B|7D)", re.IGNORECASE)


def finding(text: str) -> Finding | None:
    """Why a text as a whole is no Scopus query; None if it may be one."""
    plain = text.strip()
    start = text.find(plain)
    coded = _CODED.findall(plain)
    if len(coded) > 1 and not re.search(r"\s", plain):
        decoded = unquote(plain.replace("+", " "))
        edit = Edit(start, start + len(plain), decoded)
        return Finding(syntax.ENCODED_WHOLE, Span(*edit[:2]), {"found": coded[0]}, ((edit,),))
    if _is_cell(plain):
        edit = Edit(start, start + len(plain), plain[1:-1].replace('""', '"'))
        return Finding(syntax.QUOTED_WHOLE, Span(*edit[:2]), {}, ((edit,),))
    if len(text) > 20_000 or any(_is_own(code) for code in _OWN.findall(text.upper())):
        return None
    outside = _INSIDE.sub(lambda m: m[0][0] + "x" * (len(m[0]) - 2) + m[0][-1], text)
    for platform, pattern in _FOREIGN.items():
        if found := pattern.search(outside):
            values = {"platform": platform, "found": found.group().strip()}
            return Finding(syntax.OTHER_PLATFORM, Span(*found.span()), values)
    return None


def _is_cell(text: str) -> bool:
    """Whether a query stands in quotation marks as a table's cell does: its own are doubled."""
    if len(text) < 3 or text[0] != '"' or text[-1] != '"':
        return False
    inside = text[1:-1]
    single = inside.replace('""', "")
    own = any(_is_own(code) for code in _OWN.findall(inside.upper()))
    paired = inside.count("(") == inside.count(")")
    return own and paired and '"' not in single


def _is_own(code: str) -> bool:
    return (fields.is_known(code) and code not in ("ALL",)) or code in fields.FUNCTIONS
