"""The book: what it is called, who answers for it and in which languages it is read: `book.yml`."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import Any

from compendium.errors import CompendiumError
from compendium.folder import Folder
from compendium.language import _, current
from compendium.language.active import SOURCE, Language
from compendium.yaml_file import read_yaml

FILE = "book.yml"
FIELDS = ("title", "subtitle", "description", "keywords", "authors")


class Book:
    """What `book.yml` says.

    Parameters
    ----------
    compendium : Folder
    """

    def __init__(self, compendium: Folder):
        self._compendium = compendium

    @property
    def _said(self) -> dict:
        file = self._compendium.path(FILE)
        return self._compendium.kept.get("book", [file], lambda: self._read(file))

    def _read(self, file) -> dict:
        book = read_yaml(file, FILE)
        book = book if isinstance(book, dict) else {}
        for field in FIELDS:
            texts = book.get(field)
            if not isinstance(texts, dict) or not texts.get(SOURCE):
                raise CompendiumError(
                    _("The text is missing."), path=FILE, column=f"{field}.{SOURCE}",
                    remedy=_("Write it."),
                )
        return book

    @property
    def languages(self) -> dict[str, Language]:
        """The book's languages in the reader's order, by their code.

        Raises
        ------
        CompendiumError
            If `book.yml` names none, leaves out the language it is written in, or names one that
            CLDR does not know.
        """
        file = self._compendium.path(FILE)
        return self._compendium.kept.get("languages", [file], self._languages)

    def _languages(self) -> dict[str, Language]:
        listed = self._said.get("languages")
        if not isinstance(listed, dict) or SOURCE not in listed:
            raise CompendiumError(
                _("The languages are missing, or the one that chapters are written in is."),
                path=FILE, column="languages",
                remedy=_("List the codes with a colon each, {code} among them.")
                .format(code=f"`{SOURCE}:`"),
            )
        return {code: Language.of(code, **(own or {})) for code, own in listed.items()}

    def told(self, field: str, language: str = "") -> str:
        """A text of `book.yml` in the reader's language, or in English where it has none.

        Parameters
        ----------
        field : {"title", "subtitle", "description", "keywords", "authors"}
        language : str
            Another language than the reader's.

        Raises
        ------
        CompendiumError
            If the file is not YAML, or lacks the text in English.
        """
        texts = self._said[field]
        return str(texts.get(language or current()) or texts[SOURCE]).strip()

    def setting(self, field: str, otherwise: Any = None) -> Any:
        """What `book.yml` says in a field that it may leave out."""
        return self._said.get(field, otherwise)

    def keywords(self) -> list[str]:
        """The book's keywords."""
        return [word.strip() for word in self.told("keywords").split(",")]

    def authors(self, language: str = "") -> list[str]:
        """Who answers for the book; the language is that of `told`."""
        return [name.strip() for name in self.told("authors", language).split(";")]

    def published(self) -> date:
        """Date of the edition: SOURCE_DATE_EPOCH where it is set, the last commit's, or today."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        import subprocess

        try:
            stamp = subprocess.run(
                ["git", "log", "-1", "--format=%cs"],
                cwd=self._compendium.root, capture_output=True, text=True, check=True,
            ).stdout.strip()
            return date.fromisoformat(stamp)
        except (OSError, subprocess.CalledProcessError, ValueError):
            return datetime.now(UTC).date()
