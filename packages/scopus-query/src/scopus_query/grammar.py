"""What the signs of a query look like, as one regular expression that a browser reads, too.

An editor colours with it while somebody types, without Python. It knows how a sign begins and ends;
what a broken query may mean only the lexer tells. Of a whole query both say the same.
"""

from __future__ import annotations

from scopus_query import fields
from scopus_query.tree import QUOTES

_ENDS = rf"\s\u200b\ufeff\u2060()\[\]（）,，<>=≤≥{{}}{QUOTES}\\"
_END = rf"(?![^{_ENDS}])"
_OPENS, _PARTS = r"(?=\s*[(\[（])", r"(?=\s*[,，])"
SIGNS = "|".join((
    r"(?P<c>(?:#|//)(?![^\s\u200b\ufeff\u2060#/])[^\n]*|/\*(?:(?!\*/)[\s\S])*(?:\*/)?)",
    rf'(?P<s2>"\\""(?![^\s)])|[{QUOTES}]+[^{QUOTES}]*[{QUOTES}]+)',
    r"(?P<ss>\{+[^{}]*\}+)",
    r"(?P<o>[<>]=|=[<>]|[<>=≤≥])",
    r"(?P<p>[()\[\]（）,，])",
    rf"(?P<ow>(?:AND\s+NOT|AND-?NOT|AND/OR|AND|OR|NOT|(?:W|PRE|NEAR)\s*/\s*[0-9]+"
    rf"|(?:W|PRE|NEAR|N|ADJ)/[0-9]*|(?:NEAR|ADJ)[0-9]+){_END})",
    rf"(?P<nf>(?:{'|'.join(fields.FUNCTIONS)}){_OPENS})",
    rf"(?P<k>(?:{'|'.join(fields.NUMBER)}):?{_END}|[A-Z][A-Z0-9-]*[A-Z0-9]:?{_OPENS}"
    rf"|(?:{'|'.join(fields.LABELS)}){_PARTS})",
    rf"(?P<mi>[0-9]+{_END})",
    rf"(?P<w>[^{_ENDS}]+)",
))  # fmt: skip
"""A group a kind, named as Pygments shortens it: comment `c`, phrase `s2`, exact phrase `ss`,
comparison `o`, punctuation `p`, operator `ow`, function `nf`, field `k`, number `mi`, and `w` for
any other word. Upper and lower case are the same."""
