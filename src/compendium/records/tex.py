"""Texts of BibTeX: decoded from TeX, and written so that they stand whole between braces."""

from __future__ import annotations

import re
from functools import cache

_SPECIAL = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
     "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)  # fmt: skip


def escaped(text: str) -> str:
    """A text with the signs that mean something to TeX written out."""
    return text.translate(_SPECIAL)


def decoded(text: str) -> str:
    """A text without TeX; one that has none is left as it is."""
    if "\\" not in text and "{" not in text and "~" not in text:
        return text
    return _decoder().latex_to_text(re.sub(r"(?<!\\)([%$])", r"\\\1", text))


@cache
def _decoder():
    """One decoder, made when the first TeX is met."""
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(strict_latex_spaces=True)


def balanced(text: str) -> str:
    """A text that stands in braces as it is; nothing if it would open or close others."""
    return "" if "{" in text or "}" in text or "\\" in text else text


def shielded(text: str) -> str:
    """JSON whose strings hold no brace, no backslash before a brace and no mark of an entry."""
    inside, out, escaped = False, [], False
    for sign in text:
        if inside and sign in "{}@" and not escaped:
            out.append(f"\\u{ord(sign):04x}")
        else:
            out.append(sign)
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == '"':
            inside = not inside
    return "".join(out)
