"""Text brought once to single-spaced lower-case words, so that every engine reads the same.

Regular expressions of RE2, Rust, Java and Python differ in what a word, a letter or a blank is.
None of them has to know: a text is cut here, and a query then asks for plain stretches of it.

A text has two written forms. In its *forms* a word is what its plural and its spellings have in
common, `| University Industry |`; the capital tells where it begins, and lets an engine find it
sooner than a blank would. Entries of a list are divided by `|`, which no phrase crosses.
In its *marks* a word stands as `form/word/signs`, with the signs up to the next word, so that
wildcards and exact phrases find what they ask for.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from scopus_query.variants import form

_APOSTROPHE = "['’‘`´]"
_LETTER = r"[^\W_]"
_INSIDE = rf"(?:[\u0300-\u036f]|{_APOSTROPHE}(?={_LETTER})(?![sS](?!{_LETTER})))"
_MORE = rf"{_LETTER}|{_INSIDE}"
_WORD = rf"{_LETTER}+(?:{_INSIDE}{_LETTER}*)*"
_OWN = rf"(?:{_APOSTROPHE}[sS](?!{_LETTER}))?"
_TOKEN = re.compile(rf"({_WORD})({_OWN}[\W_]*)")
_RAW = re.compile(rf"({_WORD}){_OWN}")
_ASKED = re.compile(rf"((?:{_LETTER}|[*?])(?:{_MORE}|[*?])*)(?:{_APOSTROPHE}[sS](?!{_LETTER}))?")
_LEAD = re.compile(r"[\W_]*")
_PARTS = re.compile(r"[^;]+")
_BLANKS = re.compile(r"\s+")
_SIGN_FOR = str.maketrans({"_": "‗", "|": "¦", "/": "⁄", " ": "_"})
BREAK = "|"
"""Stands between the entries of a list, and at both ends of a text."""


class Token(NamedTuple):
    """A word of a text, and where it stands there."""

    start: int
    end: int
    word: str
    form: str
    signs: str


class _Words(dict):
    """Lower-case words by words as written; emptied before it grows without bound."""

    def __missing__(self, raw: str) -> str:
        if len(self) > 1 << 19:
            self.clear()
        word = raw.lower() if raw.isascii() else unicodedata.normalize("NFKC", raw).casefold()
        if not word.isalnum() or not raw.isascii():
            word = "".join(sign for sign in unicodedata.normalize("NFC", word) if sign.isalnum())
        self[raw] = word = word or "-"
        return word


class _Marks(dict):
    """The form, as it is and as it is written, and the mark's beginning, by words as written."""

    def __missing__(self, raw: str) -> tuple[str, str, str]:
        if len(self) > 1 << 19:
            self.clear()
        word = _words[raw]
        found = (form(word), begun(form(word)), f"{form(word)}/{word}/")
        self[raw] = found
        return found


class _Signs(dict):
    """Signs between words as they are marked: without blanks, breaks and underscores."""

    def __missing__(self, raw: str) -> str:
        if len(self) > 1 << 16:
            self.clear()
        self[raw] = found = _BLANKS.sub(" ", raw).casefold().translate(_SIGN_FOR)
        return found


_words, _marks, _signs = _Words(), _Marks(), _Signs()


def begun(word: str) -> str:
    """A form as it is written: with a capital where there is one in ASCII."""
    return word[0].upper() + word[1:] if "a" <= word[0] <= "z" else word


def entries(text: str, is_list: bool) -> list[tuple[int, str]]:
    """Entries of a list that semicolons divide, with their places; else the text alone."""
    if not is_list:
        return [(0, text)]
    return [(found.start(), found[0]) for found in _PARTS.finditer(text)]


def tokens(text: str) -> list[Token]:
    """Words of a text with their places; a hyphen is a blank, punctuation is passed over."""
    return [
        Token(found.start(1), found.end(1), _words[found[1]], _marks[found[1]][0],
              _signs[found[2]])
        for found in _TOKEN.finditer(text)
    ]  # fmt: skip


def raw(text: str) -> list[str]:
    """Words of a text as they are written, in its order."""
    return _RAW.findall(text)


def spans(text: str) -> list[tuple[int, int]]:
    """Where each of these words stands."""
    return [found.span(1) for found in _RAW.finditer(text)]


def word(raw: str) -> str:
    """A word as written, in lower case and without what does not matter."""
    return _words[raw]


def lead(text: str) -> str:
    """The signs before the first word."""
    found = _LEAD.match(text)
    return _signs[found[0] if found else ""]


def both(text: str, is_list: bool = False) -> tuple[str, str]:
    """A text's forms and its marks."""
    forms, marks = [BREAK], [BREAK]
    for _start, entry in entries(text, is_list):
        before = lead(entry)
        if before:
            marks.append("//" + before)
        for raw, signs in _TOKEN.findall(entry):
            own = _marks[raw]
            forms.append(own[1])
            marks.append(own[2] + _signs[signs])
        forms.append(BREAK)
        marks.append(BREAK)
    return f" {' '.join(forms)} ", f" {' '.join(marks)} "


def forms(text: str, is_list: bool = False) -> str:
    """A text's forms alone."""
    return both(text, is_list)[0]


def asked(text: str) -> list[str]:
    """Words of a term or a loose phrase, in lower case; `*` and `?` belong to a word."""
    if text.isascii() and text.isalnum():
        return [text.lower()]
    return [_asked(raw) if is_wild(raw) else _words[raw] for raw in _ASKED.findall(text)]


def _asked(raw: str) -> str:
    parts = re.split(r"([*?])", raw)
    return "".join(part if part in ("*", "?") else _words[part] for part in parts if part)


def is_wild(word: str) -> bool:
    """Whether a word asked for has wildcards."""
    return "*" in word or "?" in word
