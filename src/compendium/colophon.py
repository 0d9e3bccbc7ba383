"""How the edition was made: locked versions, and the data dictionary from the data package."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from compendium import data, environment, project
from compendium.display import Cell, Column, Table, mark
from compendium.language import N_, _, current, join, label, number, text

PACKAGES = {
    "papermill": N_("Runs the chapters in order, with parameters"),
    "ipykernel": N_("Executes their code"),
    "jupyter-book": N_("Configures the book"),
    "sphinx": N_("Builds the pages"),
    "myst-nb": N_("Reads notebooks and places their results"),
    "sphinxcontrib-bibtex": N_("Sets citations and the bibliography"),
    "pypandoc-binary": N_("Turns the single page into Typst, by pandoc"),
    "typst": N_("Sets the PDF"),
    "pagefind": N_("Makes the search of the pages"),
    "babel": N_("Knows numbers, dates, countries and plurals; keeps the translations"),
    "pandas": N_("Holds the tables"),
    "matplotlib": N_("Draws the figures"),
    "frictionless": N_("Checks the data package"),
    "nbval": N_("Compares the notebooks' outputs"),
}


ARCHIVED = ("data", "CITATION.cff", "LICENSES.md")
"""What the archive of the data holds."""


def authors(article: dict) -> str:
    """The article's authors in a sentence, as it prints them in the reader's language.

    Where it prints none in that language, they stand as in the language of the article.
    """
    names = [author.get(current()) or author[article["language"]] for author in article["authors"]]
    return join(names)


def python() -> str:
    """Versions of Python that the project declares, e.g. ``≥ 3.11``."""
    declared = tomllib.loads(project.path("pyproject.toml").read_text(encoding="utf-8"))
    return declared["project"]["requires-python"].replace(">=", "≥ ")


def versions() -> pd.DataFrame:
    """The packages that matter, with the versions that the lock file pins.

    They are not asked of the running Python, so that every machine shows the same.

    Returns
    -------
    DataFrame
        Columns `package`, `version`, `purpose`.

    Raises
    ------
    CompendiumError
        If the lock file does not pin one of them.
    """
    rows = [(name, environment.version(name), purpose) for name, purpose in PACKAGES.items()]
    return pd.DataFrame(rows, columns=["package", "version", "purpose"])


def versions_table(versions: pd.DataFrame) -> Table:
    """The packages, their versions and what they do."""
    return Table(
        versions,
        {
            "package": Column(_("Package")),
            "version": Column(_("Version")),
            "purpose": Column(_("What it does"), _),
        },
        label=_("Packages"),
    )


def archive(inputs: Iterable[Path]) -> bytes:
    """All files of the data in one zip, with the licences; the same bytes for the same files.

    Parameters
    ----------
    inputs : iterable of Path
        The files and folders of `ARCHIVED`; hidden files are left out.
    """
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as out:
        for given in inputs:
            for file in sorted(given.rglob("*")) if given.is_dir() else [given]:
                name = file.relative_to(given.parent).as_posix()
                if file.is_file() and not re.search(r"(^|/)\.", name):
                    # Without the file's date, which is that of the copy.
                    out.writestr(ZipInfo(name), file.read_bytes(), ZIP_DEFLATED)
    return packed.getvalue()


def resources() -> pd.DataFrame:
    """The files of the data package.

    Returns
    -------
    DataFrame
        Columns `name`, `path`, `title`, `description`, `rows` and `fields`; the counts are
        missing for a file that is no table.
    """
    rows = []
    for entry in data.package()["resources"]:
        tabular = "schema" in entry
        rows.append(
            {
                "name": entry["name"],
                "path": entry["path"],
                "title": entry["title"],
                "description": entry["description"],
                "rows": len(data.table(entry["name"])) if tabular else pd.NA,
                "fields": len(entry["schema"]["fields"]) if tabular else pd.NA,
            }
        )
    return pd.DataFrame(rows).astype({"rows": "Int64", "fields": "Int64"})


def resources_table(resources: pd.DataFrame) -> Table:
    """The files of the data package, with the rows and fields of each."""
    return Table(
        resources,
        {
            "title": Column(_("Title"), text),
            "path": Column(_("File"), lambda path: Cell(path, kind="path")),
            "description": Column(_("What it holds"), text),
            "rows": Column(_("Rows"), number, kind="number"),
            "fields": Column(_("Fields"), number, kind="number"),
        },
        label=_("Files of the data package"),
    )


def fields(name: str) -> pd.DataFrame:
    """The fields of a table as the data package describes them.

    Returns
    -------
    DataFrame
        Columns `name`, `title`, `type`, `required`, `codes` (values it takes, if it takes codes)
        and `description`.
    """
    rows = []
    for field in data.resource(name)["schema"]["fields"]:
        constraints = field.get("constraints", {})
        rows.append(
            {
                "name": field["name"],
                "title": field.get("title", ""),
                "type": field.get("type", "string"),
                "required": bool(constraints.get("required")),
                "codes": constraints.get("enum", []) if "codes" in field else [],
                "description": field.get("description", ""),
            }
        )
    return pd.DataFrame(rows)


TYPES = {
    "string": N_("text"),
    "integer": N_("whole number"),
    "year": N_("year"),
    "number": N_("number"),
    "boolean": N_("yes or no"),
}


def fields_table(name: str) -> Table:
    """The fields of a table; a coded field lists the labels of its codes."""
    return Table(
        fields(name),
        {
            "name": Column(_("Field"), lambda name: Cell(name, kind="path")),
            "title": Column(_("Title"), text),
            "type": Column(_("Type"), lambda kind: _(TYPES.get(kind, kind))),
            "required": Column(_("Required"), lambda value: mark("yes" if value else "no")),
            "codes": Column(_("Codes"), _codes),
            "description": Column(_("Description"), text),
        },
        label=text(data.resource(name)["title"]),
    )


def _codes(codes: list[str]) -> str:
    return ", ".join(f"{code} ({label(code)})" for code in codes)


@dataclass(frozen=True)
class Dictionary:
    """Tables of fields, each folded under its title; on screen only, because they are long.

    Attributes
    ----------
    tables : dict of str to Table
        Tables of fields by the name of their resource.
    """

    tables: dict[str, Table]

    def _repr_html_(self) -> str:
        folded = "\n".join(
            f'<details class="fields">\n<summary>{escape(table.label)} '
            f"<code>{escape(name)}</code></summary>\n{table._repr_html_()}\n</details>"
            for name, table in self.tables.items()
        )
        return f'<div class="screen-only" data-pagefind-ignore>\n{folded}\n</div>'

    def to_text(self) -> str:
        """The tables as text, each under the name of its resource."""
        return "\n".join(f"[{name}]\n{table.to_csv()}" for name, table in self.tables.items())

    def __repr__(self) -> str:
        return f"Dictionary: {', '.join(self.tables)}"


def dictionary() -> Dictionary:
    """The fields of every table of the data package."""
    tabular = [entry["name"] for entry in data.package()["resources"] if "schema" in entry]
    return Dictionary({name: fields_table(name) for name in tabular})
