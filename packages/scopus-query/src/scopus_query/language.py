"""The reader's language: messages from the package's own catalogs, English where there is none.

`use("ru")` chooses one; a program with a language of its own says `follow(its_function)`, and is
asked at each message. Else the locale decides, as for any command.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from scopus_query.errors import ScopusQueryError

SOURCE = "en"
_FOLDER = Path(__file__).with_name("locales")
LANGUAGES = (SOURCE, *sorted(file.stem for file in _FOLDER.glob("*.po")))
"""Codes of the languages that messages are translated into."""

_chosen: ContextVar[str | None] = ContextVar("scopus_query_language", default=None)


def of_locale() -> str:
    """The language that the environment names, if there is a catalog for it; else English."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            code = re.split(r"[_.:@-]", value)[0].lower()
            return code if code in LANGUAGES else SOURCE
    return SOURCE


_follows: Callable[[], str] = of_locale


def use(code: str | None) -> None:
    """Say everything from here on in this language; None takes the choice back.

    Raises
    ------
    ScopusQueryError
        If there is no catalog for it.
    """
    if code is not None and code not in LANGUAGES:
        raise ScopusQueryError(
            _("There is no language {code!r}.").format(code=code),
            remedy=_("Choose one of: {what}.").format(what=", ".join(LANGUAGES)),
        )
    _chosen.set(code)


def follow(current: Callable[[], str]) -> None:
    """Say everything in the language that a function names, unless `use` chooses another."""
    global _follows
    _follows = current


def current() -> str:
    """Code of the language in use; English where the one followed has no catalog."""
    code = _chosen.get() or _follows()
    return code if code in LANGUAGES else SOURCE


def _(message: str) -> str:
    """A message in the reader's language."""
    code = current()
    return message if code == SOURCE else catalog(code).single.get(message, message)


def N_(message: str) -> str:
    """Mark a message for the catalog without translating it yet."""
    return message


def ngettext(singular: str, plural: str, n: int) -> str:
    """A message that counts, by the language's plural rule."""
    code = current()
    if code != SOURCE:
        own = catalog(code)
        if forms := own.several.get(singular):
            return forms[own.form(n)]
    return singular if n == 1 else plural


class Catalog:
    """A gettext catalog, read as a translator writes it; what is fuzzy or empty is left out."""

    def __init__(self, text: str):
        self.single: dict[str, str] = {}
        self.several: dict[str, list[str]] = {}
        self.form: Callable[[int], int] = lambda n: int(n != 1)
        for entry in re.split(r"\n\s*\n", text):
            self._read(entry)

    def _read(self, entry: str) -> None:
        parts: dict[str, str] = {}
        key = ""
        for line in entry.splitlines():
            if line.startswith("#,") and "fuzzy" in line:
                return
            if found := re.match(r"(msg\w+(?:\[\d+\])?)\s+", line):
                key = found[1]
                parts[key] = ""
                line = line[found.end() :]
            if key and line.startswith('"'):
                parts[key] += _unescaped(line.strip()[1:-1])
        if parts.get("msgid") == "":
            rule = re.search(r"plural=([^;\n]+)", parts["msgstr"])
            if rule:
                from gettext import c2py

                self.form = c2py(rule[1])
        elif "msgid_plural" in parts:
            forms = [value for name, value in parts.items() if name.startswith("msgstr[")]
            if all(forms):
                self.several[parts["msgid"]] = forms
        elif parts.get("msgstr"):
            self.single[parts["msgid"]] = parts["msgstr"]


def _unescaped(text: str) -> str:
    known = {"n": "\n", "t": "\t"}
    return re.sub(r"\\(.)", lambda found: known.get(found[1], found[1]), text)


@cache
def catalog(code: str) -> Catalog:
    """The package's catalog of a language."""
    return Catalog((_FOLDER / f"{code}.po").read_text(encoding="utf-8"))
