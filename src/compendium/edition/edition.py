"""A language edition: its words, its files, and what a reader is told about it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from compendium import language, project
from compendium.edition import ui

BOOK = "compendium"
SITE_URL = "COMPENDIUM_SITE_URL"
FILES = {
    "pdf": f"{BOOK}-{{}}.pdf",
    "epub": f"{BOOK}-{{}}.epub",
    "brief": "brief-{}.pdf",
    "report": "report-{}.pdf",
    "docx": "report-{}.docx",
}
"""Names of the files to take away, by the step that makes them."""


@dataclass(frozen=True)
class Edition:
    """One language's book.

    Attributes
    ----------
    language : str
        BCP 47 code.
    """

    language: str

    @property
    def source(self) -> Path:
        """The edition as an ordinary Jupyter Book."""
        return project.path("_build", "book", self.language)

    @property
    def output(self) -> Path:
        """What Sphinx makes of it."""
        return project.path("_build", "output", self.language)

    @property
    def html(self) -> Path:
        """Its pages."""
        return self.output / "html"

    @property
    def single(self) -> Path:
        """The same on one page, from which the files to take away are made."""
        return self.output / "singlehtml"

    def file_name(self, step: str) -> str:
        """Name of the file that a step of `FILES` makes."""
        return FILES[step].format(self.language)

    def file(self, step: str) -> Path:
        """The file that a step of `FILES` makes, where the book has it."""
        return self.output / self.file_name(step)

    def about(self) -> dict:
        """Title, subtitle, authors and the like, in this language."""
        book = project.current().book
        with language.speaking(self.language):
            return {
                **{field: book.told(field) for field in ("title", "subtitle", "description")},
                "keywords": book.keywords(),
                "authors": book.authors(),
                "published": book.published(),
                "date": language.day(book.published()),
            }

    def numfig(self) -> dict[str, str]:
        """How figures and tables are called: the number comes first in Kazakh."""
        with language.speaking(self.language):
            return {
                # Translators: number of a figure in its caption.
                "figure": language._("Figure %s"),
                # Translators: number of a table in its caption.
                "table": language._("Table %s"),
                "code-block": language._("Listing %s"),
                "section": language._("Chapter %s"),
            }

    def strings(self) -> dict[str, str]:
        """The interface's words."""
        with language.speaking(self.language):
            return ui.strings()


def site_url() -> str:
    """Address that the site is published at, with a slash at its end; empty when not known."""
    address = os.environ.get(SITE_URL, "")
    return address if not address or address.endswith("/") else address + "/"


def editions(only: str | None = None) -> list[Edition]:
    """The editions to build: one, or one for each language of the book.

    Raises
    ------
    CompendiumError
        If the book has no such language.
    """
    if only:
        language.known(only)
    return [Edition(code) for code in ([only] if only else language.LANGUAGES)]
