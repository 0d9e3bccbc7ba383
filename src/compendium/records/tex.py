"""Texts of BibTeX: decoded from TeX, and written so that they stand whole between braces."""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
     "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)  # fmt: skip
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303",
            "=": "\u0304", ".": "\u0307", "c": "\u0327", "v": "\u030c", "u": "\u0306",
            "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323", "b": "\u0331"}  # fmt: skip
_SIGNS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'", "ldots": "…",
    "dots": "…", "textellipsis": "…", "copyright": "©", "textregistered": "®", "pounds": "£",
    "textsterling": "£", "texteuro": "€", "euro": "€", "textdegree": "°", "degree": "°",
    "circ": "°",
    "S": "§", "P": "¶", "times": "×", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "neq": "≠", "approx": "≈", "sim": "∼", "cdot": "·", "infty": "∞", "rightarrow": "→", "to": "→",
    "leftarrow": "←", "leftrightarrow": "↔", "mu": "μ", "textmu": "µ", "div": "÷", "lt": "<",
    "gt": ">", "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_",
    "textbullet": "•", "bullet": "•", "textperiodcentered": "·", "quad": " ", "space": " ",
    "texttwosuperior": "²", "textthreesuperior": "³", "maththreesuperior": "³",
    "mathtwosuperior": "²", "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾",
    "varepsilon": "ε", "textquotedbl": '"', "guillemotleft": "«", "guillemotright": "»",
}  # fmt: skip
_COMMAND = re.compile(
    r"\\([a-zA-Z]+)\*?[ \t]*(?:\{\})?|\\([^a-zA-Z])|(---|--|``|''|~|\$|[{}])", re.DOTALL
)

# ACM writes `B\laszkiewicz` and `\AAsheim`, where TeX wants a blank after the letter.
_GLUED = re.compile(
    r"(AA|AE|OE|aa|ae|oe|ss|[lLoO])(?!eft|eq|im|og|n$|and$|or$|angle|arge|abel|br|floor|ceil|vert|"
    r"ong|ess|ver|plus|times|minus|dot|int|perator|hm|slash|mega)([a-z]+)[ \t]*$"
)
_TABBED = re.compile(r"([\'`=])|\{([\'`=])\}")
_LENGTH = re.compile(r"\{[^{}]*\}")


def escaped(text: str) -> str:
    """A text with the signs that mean something to TeX written out."""
    return text.translate(_SPECIAL)


def decoded(text: str) -> str:
    """A text without TeX; one that has none is left as it is, and so are `&` and `%`."""
    if not any(sign in text for sign in ("\\", "{", "}", "~", "$", "--", "``", "''")):
        return text
    text = re.sub(r"\\[ \t]*\n\s*(?=[{}&%$#_])", r"\\", text)  # wrapped after a backslash
    out: list[str] = []
    accent, at = "", 0
    while at < len(text):
        found = _COMMAND.match(text, at) if text[at] in "\\-`'~${}" else None
        if found is None:
            sign = text[at]
            at += 1
        else:
            sign, pending, at = _said(found, text)
            if pending:
                accent = pending
                continue
        if accent and sign and not sign.isspace():
            sign, accent = unicodedata.normalize("NFC", _undotted(sign) + accent), ""
        out.append(sign)
    return "".join(out)


def _said(found: re.Match, text: str) -> tuple[str, str, int]:
    """What a command says: its signs, or an accent for the next letter; and where it ends."""
    word, sign, other = found.groups()
    at, end = found.span()
    if other:
        return {"---": "—", "--": "–", "``": "“", "''": "”", "~": " "}.get(other, ""), "", end
    if word:
        if found[0] == "\\a" and (mark := _TABBED.match(text, end)):
            return "", _ACCENTS[mark[1] or mark[2]], mark.end()  # \\a'e is \\'e within a tabbing
        whole = found[0].endswith("{}")
        if word in _ACCENTS and not whole:
            return "", _ACCENTS[word], end
        if word in ("hspace", "vspace"):
            length = _LENGTH.match(text, end)
            return " ", "", length.end() if length else end
        for own in (word, word.removeprefix("text")):  # \texttimes, \textbeta
            if own in _SIGNS and (own == word or len(own) > 1):
                return _SIGNS[own], "", end
            try:
                kind = "CAPITAL" if own[:1].isupper() else "SMALL"
                return unicodedata.lookup(f"GREEK {kind} LETTER {own.upper()}"), "", end
            except KeyError:
                continue
        if own != word and len(own) == 1:  # Rayyan joins \text{m} into \textm
            return own, "", end
        if (glued := _GLUED.match(word)) and (len(glued[1]) == 2 or text[at - 1 : at].isalpha()):
            return _SIGNS[glued[1]] + glued[2], "", end
        return "", "", end  # \emph, \textbf …: what they frame stands after them
    if sign in _ACCENTS and re.match(r"\s*\{?\\?[^\W\d_]", text[end : end + 6]):
        return "", _ACCENTS[sign], end
    return {"\\": " ", ",": " ", ";": " ", ":": " ", " ": " ", "\n": " ", "!": "", "/": "", "-": "",
            "(": "", ")": "", "[": "", "]": ""}.get(sign, sign), "", end  # fmt: skip


def _undotted(sign: str) -> str:
    return {"ı": "i", "ȷ": "j"}.get(sign, sign)


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
