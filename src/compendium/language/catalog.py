"""Translations of the code's own strings and of the data's free text, from gettext catalogs."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from compendium import project
from compendium.language.active import SOURCE, current


@lru_cache
def translations(domain: str, code: str) -> NullTranslations:
    """Catalog `locales/<code>/<domain>.po`; empty where the language is the source's."""
    file = project.shared("locales", code, f"{domain}.po")
    if code == SOURCE or not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=code))
    compiled.seek(0)
    return Translations(compiled, domain=domain)


def _(message: str) -> str:
    """An interface string in the reader's language."""
    return translations("interface", current()).gettext(message)


def N_(message: str) -> str:
    """Mark a string for the catalog without translating it yet."""
    return message


def ngettext(singular: str, plural: str, n: int) -> str:
    """An interface string that counts, by the language's plural rule."""
    return translations("interface", current()).ngettext(singular, plural, n)


def text(english: str) -> str:
    """Free text of the data in the reader's language; empty stays empty."""
    if not english:
        return ""
    return translations("data", current()).gettext(english)
