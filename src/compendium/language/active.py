"""Which language the reader reads: chosen once, seen everywhere that something is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from compendium.errors import CompendiumError


@dataclass(frozen=True)
class Language:
    """A language of the book.

    Attributes
    ----------
    code : str
        BCP 47 code, as in paths and `lang` attributes.
    name : str
        What the language calls itself.
    short : str
        What a reader sees on the switch.
    """

    code: str
    name: str
    short: str


LANGUAGES = {
    language.code: language
    for language in (
        Language("ru", "Русский", "RU"),
        Language("en", "English", "EN"),
        Language("kk", "Қазақша", "KZ"),
    )
}
SOURCE = "en"
"""The language that chapters, code and data are written in."""

_active: ContextVar[str] = ContextVar("language", default=SOURCE)


def use(code: str) -> Language:
    """Show everything from here on in this language.

    Raises
    ------
    CompendiumError
        If the book has no such language.
    """
    if code not in LANGUAGES:
        raise CompendiumError(
            f"The book has no language {code!r}.",
            remedy=f"Choose one of: {', '.join(LANGUAGES)}.",
        )
    _active.set(code)
    return LANGUAGES[code]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Use a language for a while, and the one before it again afterwards."""
    before = _active.get()
    use(code)
    try:
        yield
    finally:
        _active.set(before)


def current() -> str:
    """Code of the language in use."""
    return _active.get()
