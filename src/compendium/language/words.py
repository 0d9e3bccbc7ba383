"""A compendium's words: catalogs of its own code and data, over the engine's, and its codebook."""

from __future__ import annotations

import csv
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from compendium.errors import CompendiumError, did_you_mean
from compendium.files import Kept
from compendium.folder import Folder
from compendium.language.active import ENGINE, SOURCE
from scopus_query.language import Catalog

CODEBOOK = ("data", "codebook.csv")
REVIEW = "review"
"""Catalog of a compendium's own code, beside those of its chapters and its data."""


class Words:
    """What a compendium says in each language; without a compendium, what the engine says.

    Parameters
    ----------
    compendium : Folder or None
    """

    def __init__(self, compendium: Folder | None):
        self._compendium = compendium
        self._kept = compendium.kept if compendium else Kept()
        self._files: dict[tuple[str, str], list[str]] = {}

    def gettext(self, message: str, code: str) -> str:
        """A message of the code in a language; as it is where nobody has translated it."""
        return message if code == SOURCE else self._catalog(REVIEW, code).gettext(message)

    def ngettext(self, singular: str, plural: str, n: int, code: str) -> str:
        """A message that counts, by the language's plural rule."""
        return self._catalog(REVIEW, code).ngettext(singular, plural, n)

    def text(self, english: str, code: str) -> str:
        """Free text of the data in a language; empty stays empty."""
        if not english or code == SOURCE:
            return english
        return self._catalog("data", code).gettext(english)

    @property
    def codebook(self) -> dict[str, dict[str, str]]:
        """Rows of the codebook by code."""
        if self._compendium is None:
            return {}
        file = self._compendium.path(*CODEBOOK)
        return self._kept.get("codebook", [str(file)], lambda: _rows(file))

    def label(self, code: str, language: str) -> str:
        """What stands for a code in a table or on an axis; English where a language has none.

        Raises
        ------
        CompendiumError
            If the codebook does not hold the code.
        """
        return self._told("label", code, language)

    def definition(self, code: str, language: str) -> str:
        """One sentence that says what a code means."""
        return self._told("definition", code, language)

    def _told(self, column: str, code: str, language: str) -> str:
        rows = self.codebook
        if code not in rows:
            raise CompendiumError(
                self.gettext("The code {code} is not in the codebook.", language)
                .format(code=repr(code)),
                path="/".join(CODEBOOK),
                remedy=did_you_mean(
                    code, rows, otherwise=self.gettext("Add a row for it.", language)
                ),
            )
        return rows[code].get(f"{column}_{language}") or rows[code][f"{column}_{SOURCE}"]

    def _catalog(self, domain: str, code: str) -> NullTranslations:
        if code == SOURCE:
            return _NONE
        at = domain, code
        if at not in self._files:
            self._files[at] = [str(file) for file in self._layers(domain, code)]
        files = self._files[at]
        return self._kept.get(at, files, lambda: _compiled(files, code))

    def _layers(self, domain: str, code: str) -> list[Path]:
        own = self._compendium.path("locales", code, f"{domain}.po") if self._compendium else None
        engine = [ENGINE / f"{code}.po"] if domain == REVIEW else []
        return [own, *engine] if own else engine


_NONE = NullTranslations()


def _compiled(files: list[str], code: str) -> NullTranslations:
    """The catalogs as one: what the first does not translate, the next one may."""
    try:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
    except ImportError:  # in a browser
        return _Plain(files)
    whole = NullTranslations()
    for file in reversed(files):
        if not Path(file).is_file():
            continue
        compiled = BytesIO()
        with open(file, "rb") as stream:
            write_mo(compiled, read_po(stream, locale=code.replace("-", "_")))
        compiled.seek(0)
        catalog = GNUTranslations(compiled)
        catalog.add_fallback(whole)
        whole = catalog
    return whole


class _Plain(NullTranslations):
    """Catalogs read by the query language's own reader, which needs no other package."""

    def __init__(self, files: list[str]):
        super().__init__()
        self._catalogs = [Catalog(Path(file).read_text("utf-8")) for file in files
                          if Path(file).is_file()]  # fmt: skip

    def gettext(self, message: str) -> str:
        found = (one.single[message] for one in self._catalogs if message in one.single)
        return next(found, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        for one in self._catalogs:
            if msgid1 in one.several:
                return one.several[msgid1][one.form(n)]
        return super().ngettext(msgid1, msgid2, n)


def _rows(file: Path) -> dict[str, dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}
