"""Which language the reader reads: chosen once, seen everywhere that something is shown."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compendium.errors import CompendiumError, _

if TYPE_CHECKING:
    from babel import Locale

SOURCE = "en"
"""The language that chapters, code and data are written in."""

ENGINE = Path(__file__).parents[1] / "locales"
"""Catalogs of the engine's own messages."""

_active: ContextVar[str] = ContextVar("language", default=SOURCE)
_here: Callable[[], Any] | None = None


def follow(compendium: Callable[[], Any]) -> None:
    """Take languages and words from the compendium that is current.

    Parameters
    ----------
    compendium : callable
        Returns it, or None; a compendium tells it, so that a language need not know what one is.
    """
    global _here
    _here = compendium


def here() -> Any:
    """The compendium that is current; None where there is none."""
    return _here() if _here else None


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

    @classmethod
    def of(cls, code: str, name: str = "", short: str = "") -> Language:
        """A language with its own name from CLDR, where none is given.

        Raises
        ------
        CompendiumError
            If CLDR does not know the code.
        """
        own = str(locale(code).display_name)
        return cls(code, name or own[:1].upper() + own[1:], short or code.upper())

    @property
    def direction(self) -> str:
        """Which way it is written: `ltr` or `rtl`."""
        return locale(self.code).text_direction


def locale(code: str) -> Locale:
    """CLDR's data of a language.

    Raises
    ------
    CompendiumError
        If CLDR does not know the code.
    """
    from babel import Locale, UnknownLocaleError  # not in a browser, where nobody asks

    try:
        return Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        raise CompendiumError(
            _("CLDR knows no language {code}.").format(code=repr(code)),
            remedy=_("Write a BCP 47 code, such as `kk` or `zh-Hant`."),
        ) from None


class _Languages(Mapping):
    """The languages of the current compendium; those that the engine speaks where there is none."""

    def _now(self) -> dict[str, Language]:
        compendium = here()
        if compendium is None:
            return {code: Language.of(code) for code in spoken()}
        return compendium.book.languages

    def __getitem__(self, code: str) -> Language:
        return self._now()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())


LANGUAGES: Mapping[str, Language] = _Languages()


def spoken() -> list[str]:
    """Codes of the languages that the engine itself speaks, by its catalogs."""
    return sorted({SOURCE, *(file.stem for file in ENGINE.glob("*.po"))})


def known(code: str) -> Language:
    """A language of the book.

    Raises
    ------
    CompendiumError
        If the book has no such language.
    """
    if code not in LANGUAGES:
        raise CompendiumError(
            _("The book has no language {code}.").format(code=repr(code)),
            remedy=_("Choose one of: {codes}.").format(codes=", ".join(LANGUAGES)),
        )
    return LANGUAGES[code]


def speak(code: str) -> None:
    """Say everything from here on in one of the languages that are `spoken`.

    As `use`, where there is no book and no CLDR.
    """
    _active.set(code if code in spoken() else SOURCE)


def use(code: str) -> Language:
    """Show everything from here on in this language.

    Raises
    ------
    CompendiumError
        If the book has no such language.
    """
    language = known(code)
    _active.set(code)
    return language


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Use a language for a while, and the one before it again afterwards."""
    before = _active.get()
    if code != before:  # what is spoken already asks no book for its languages
        use(code)
    try:
        yield
    finally:
        _active.set(before)


def of_locale() -> str:
    """The language that the environment names, if the book has it; else English."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            code = re.split(r"[_.:@]", value)[0]
            return code if code in LANGUAGES else SOURCE
    return SOURCE


def current() -> str:
    """Code of the language in use."""
    return _active.get()
