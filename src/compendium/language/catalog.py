"""Translations of the code's own messages and of the data's free text, in the reader's language."""

from __future__ import annotations

from compendium.language.active import current, here
from compendium.language.words import Words

_ENGINE = Words(None)


def words() -> Words:
    """Words of the current compendium; the engine's own where there is none."""
    compendium = here()
    return _ENGINE if compendium is None else compendium.words


def _(message: str) -> str:
    """A message of the code in the reader's language."""
    return words().gettext(message, current())


def N_(message: str) -> str:
    """Mark a string for the catalog without translating it yet."""
    return message


def ngettext(singular: str, plural: str, n: int) -> str:
    """A message that counts, by the language's plural rule."""
    return words().ngettext(singular, plural, n, current())


def text(english: str) -> str:
    """Free text of the data in the reader's language; empty stays empty."""
    return words().text(english, current())
