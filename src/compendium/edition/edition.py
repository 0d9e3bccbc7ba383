"""A language edition: its words, its files, and what a reader is told about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from compendium import language, project
from compendium.edition import ui

BOOK = "compendium"
BRIEF = "brief"


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
        """The same on one page, for the PDF."""
        return self.output / "singlehtml"

    @property
    def pdf_name(self) -> str:
        """File name of its PDF."""
        return f"{BOOK}-{self.language}.pdf"

    @property
    def pdf(self) -> Path:
        """Its PDF."""
        return self.output / self.pdf_name

    @property
    def brief_name(self) -> str:
        """File name of its brief."""
        return f"{BRIEF}-{self.language}.pdf"

    @property
    def brief(self) -> Path:
        """Its brief, where the book has one."""
        return self.output / self.brief_name

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
