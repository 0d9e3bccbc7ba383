"""A chapter at work: opened in a language, it reads what earlier ones left, and leaves its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, runtime_checkable

import pandas as pd
from myst_nb.ext.glue import glue

from compendium import digest, language, project
from compendium.book import Book
from compendium.display import Figure
from compendium.errors import CompendiumError
from compendium.language import _
from compendium.project import INTERACTIVE, Compendium


def open_chapter(name: str, *, lang: str, results: str = "") -> Chapter:
    """Open a chapter: everything it shows from here on is in this language.

    Parameters
    ----------
    name : str
        The chapter's short name, e.g. ``"1-search"``.
    lang : str
        BCP 47 code of the reader's language.
    results : str
        Folder for what the chapters leave to one another, from the compendium's folder. Left
        empty, as when a person runs the notebook, a folder that no edition is made of.

    Raises
    ------
    CompendiumError
        If the book has no such language, or a parameter has the wrong type.
    """
    for parameter, value in {"lang": lang, "results": results}.items():
        if not isinstance(value, str):
            raise CompendiumError(
                _("The parameter {name} must be text, not {kind}.")
                .format(name=repr(parameter), kind=type(value).__name__),
                remedy=_("Give it in quotes, e.g. {example}.")
                .format(example=f"{parameter} = {str(value)!r}"),
            )
    language.use(lang)
    here = project.current()
    edition = None if results else here.path("_build", "results", lang)
    chapter = Chapter(name, here, here.path(results or f"{INTERACTIVE}/{lang}"), edition)
    if results:
        here.asked = cache(chapter.declare)  # a label asks for the codebook each time
    return chapter


@runtime_checkable
class Tabular(Protocol):
    """A table, or something that the page shows around one; a reader takes it away as CSV."""

    def to_csv(self) -> str:
        """The table in the reader's language."""

    def _repr_html_(self) -> str: ...


class Text(Protocol):
    """A text that the page shows with marks and that a reader may take away without them."""

    def to_text(self) -> str:
        """The text alone."""

    def _repr_html_(self) -> str: ...


@dataclass(frozen=True)
class Chapter:
    """An open chapter.

    Attributes
    ----------
    name : str
    compendium : Compendium
        What it is a chapter of.
    folder : Path
        Results of this run, one folder a chapter inside it.
    edition : Path, optional
        Results of the book as it was built: read where this run has none, never written.
    """

    name: str
    compendium: Compendium
    folder: Path
    edition: Path | None = None

    @property
    def book(self) -> Book:
        """What the book is called, who answers for it."""
        return self.compendium.book

    def table(self, name: str) -> pd.DataFrame:
        """A table of the data package."""
        return self.compendium.data.table(name)

    def document(self, name: str) -> dict | list:
        """A YAML resource of the data package."""
        return self.compendium.data.document(name)

    def input(self, path: str) -> Path:
        """Say that the chapter depends on a file or folder outside `data/`.

        When its content changes, the book runs the chapter anew.

        Parameters
        ----------
        path : str
            From the compendium's folder, or absolute.

        Returns
        -------
        Path
            Where it lies.
        """
        file = self.compendium.path(path)
        self.declare(file)
        return file

    def declare(self, file: Path, column: str = "") -> None:
        """Say that the chapter depends on a file or folder: `input` for a path at hand.

        Parameters
        ----------
        file : Path
        column : str
            Of a table, the only column that it depends on.
        """
        digest.declare(self.folder / self.name, file, column)

    def save(self, table: str, frame: pd.DataFrame) -> None:
        """Leave a result table (codes and numbers, no language) for the chapters that follow."""
        self._write("results", f"{table}.csv", frame.to_csv(index=False, lineterminator="\n"))

    def load(self, chapter: str, table: str) -> pd.DataFrame:
        """A result table that an earlier chapter left.

        Raises
        ------
        CompendiumError
            If that chapter has not run.
        """
        file = self.folder / chapter / "results" / f"{table}.csv"
        if self.edition and not file.is_file():
            file = self.edition / chapter / "results" / f"{table}.csv"
        if not file.is_file():
            raise CompendiumError(
                _("The chapter {name} needs the table {table} of the chapter {other}.")
                .format(name=repr(self.name), table=repr(table), other=repr(chapter)),
                path=self.compendium.relative(file),
                remedy=_("Run the chapter {other} first, or all of them with `make notebooks`.")
                .format(other=repr(chapter)),
            )
        self.declare(file)
        return pd.read_csv(file)

    def show(self, key: str, item: Tabular | Figure | Text) -> None:
        """Glue a table, a figure or a marked-up text under a key, and keep it as a file."""
        if isinstance(item, Tabular):
            self._write("downloads", f"{key}.csv", "\ufeff" + item.to_csv())
        elif isinstance(item, Figure):
            self._write("downloads", f"{key}.svg", item.standalone())
        else:
            self._write("downloads", f"{key}.txt", item.to_text() + "\n")
        glue(key, item)

    def attach(self, file: str, content: bytes) -> str:
        """Keep a file among the chapter's downloads.

        Parameters
        ----------
        file : str
            Name of the file.
        content : bytes

        Returns
        -------
        str
            Its address, seen from the chapter's page.
        """
        target = self.folder / self.name / "downloads" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return f"downloads/{self.name}/{file}"

    def tell(self, **values: str | int) -> None:
        """Glue text values for the prose; a number is written as the language writes it."""
        for key, value in values.items():
            shown = value if isinstance(value, str) else language.number(value)
            glue(key.replace("_", "-"), shown, display=False)

    def _write(self, kind: str, file: str, content: str) -> None:
        target = self.folder / self.name / kind / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="\n")
