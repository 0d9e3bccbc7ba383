"""Names of persons as `Family, Given`, from every order that exports write them in."""

from __future__ import annotations

import re
from functools import lru_cache

PARTICLES = {
    "af", "al", "aus", "bin", "da", "dal", "das", "de", "degli", "dei", "del", "della", "den",
    "der", "des", "di", "do", "dos", "du", "e", "el", "ibn", "la", "las", "le", "lo", "los", "ten",
    "ter", "van", "vom", "von", "y", "zu", "zum", "zur",
}  # fmt: skip
_INITIAL = r"[^\W\d_]\.?"
_LETTERS = re.compile(rf"(?:{_INITIAL}[\s-]*)+")
_DOTTED = r"(?:[^\W\d_]{1,2}\.[\s-]*)+"
_CAPITAL = r"[^\W\d_a-zа-яё]"
_CAPITALS = rf"{_CAPITAL}{{1,3}}|(?:{_CAPITAL}[ .]-?)+{_CAPITAL}"  # JM, J M, J.M
_FAMILY_FIRST = re.compile(rf"(?P<family>.*?\S)\s+(?P<given>{_DOTTED}|{_CAPITALS})$")
_GIVEN_FIRST = re.compile(rf"(?P<given>{_DOTTED})\s*(?P<family>[^\W\d_]{{2,}}.*)$")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|2nd|3rd|4th)\.?", re.IGNORECASE)


_BODY = re.compile(
    r"(?<!-)\b(?:consortium|group|collaborat\w+|committee|organi[sz]ation|association|society|institute?|"
    r"university|centers?|centres?|ministry|department|network|council|foundation|agency|bureau|"
    r"commission|investigators|team|project|initiative|federation|union|bank|office|museum|gallery|community|"
    r"library|hospital|college|school|academy|laborator(?:y|ies)|corporation|company|gmbh|inc|ltd|"
    r"университет|институт|министерство|комитет|группа|общество|академия)\b(?!-)", re.IGNORECASE,
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def name(text: str, given_first: bool = False) -> str:
    """A person's name as `Family, Given`.

    Parameters
    ----------
    text : str
        `Ferreira J.J.M.`, `Ferreira, JJM`, `J. J. M. Ferreira`, `Иванов И. И.`, `van der Berg, A.`
    given_first : bool
        Whether a name without comma and initials is written as it is spoken: `Anna van der Berg`.
        Else such a name is left alone, for it may be a body's.
    """
    text = " ".join(text.replace("\u200b", "").split()).strip(" ;")
    if not text.strip(".…"):  # where a list of authors is cut
        return ""
    if "," not in text and _BODY.search(text):
        return text
    if "," in text:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if len(parts) < 2:
            return "".join(parts)
        if _SUFFIX.fullmatch(parts[1]) and len(parts) == 2:  # Smith J., Jr.
            return f"{name(parts[0], given_first)}, {parts[1]}"
        if _SUFFIX.fullmatch(parts[1]) and len(parts) > 2:  # Smith, Jr., John
            parts[1], parts[2] = parts[2], parts[1]
        return ", ".join([parts[0], given(parts[1]), *parts[2:]])
    if given_first and _SUFFIX.fullmatch(text.rpartition(" ")[2]):
        return _turned(text)
    before, _blank, last = text.rpartition(" ")
    if _SUFFIX.fullmatch(last) and "," in (person := name(before)):  # Smith JA Jr
        return f"{person}, {last}"
    if found := _FAMILY_FIRST.fullmatch(text):
        return f"{found['family']}, {given(found['given'])}"
    if found := _GIVEN_FIRST.fullmatch(text):
        return f"{found['family']}, {given(found['given'])}"
    if given_first and " " in text:
        return _turned(text)
    return text


def is_body(text: str) -> bool:
    """Whether a name is an organisation's by one of its words."""
    return _BODY.search(text) is not None


def given(text: str) -> str:
    """Given names: initials alone are written `J.J.M.`, whole names as they are."""
    if _LETTERS.fullmatch(text) and (
        "." in text or len(text) <= 3 or all(len(w) == 1 for w in text.split())
    ) and text.upper() == text:  # fmt: skip
        return re.sub(r"([^\W\d_])\.?\s*", r"\1.", text).replace("- ", "-")
    return text


def _turned(text: str) -> str:
    words = text.split()
    suffix = [words.pop()] if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else []
    at = len(words) - 1
    while at > 1 and words[at - 1] in PARTICLES:
        at -= 1
    return ", ".join([" ".join(words[at:]), given(" ".join(words[:at])), *suffix])


def names(texts, given_first: bool = False) -> tuple[str, ...]:
    """Several names; the empty ones are left out."""
    return tuple(filter(None, (name(text, given_first) for text in texts if text)))
