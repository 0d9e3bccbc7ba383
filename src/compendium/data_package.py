"""The facts in `data/`: one table a resource of `datapackage.json`, read with the types it says."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd

from compendium.errors import CompendiumError, absent, did_you_mean
from compendium.folder import Folder
from compendium.language import _
from compendium.yaml_file import read_yaml

_DTYPES = {
    "string": "str",
    "integer": "Int64",
    "year": "Int64",
    "number": "Float64",
    "boolean": "boolean",
}


class Data:
    """The data package of a compendium.

    Parameters
    ----------
    compendium : Folder
    """

    def __init__(self, compendium: Folder):
        self._compendium = compendium

    @property
    def package(self) -> dict:
        """The data package's descriptor."""
        file = self._compendium.path("data", "datapackage.json")
        return self._compendium.kept.get("data package", [file], lambda: self._read(file))

    def _read(self, file: Path) -> dict:
        shown = self._compendium.relative(file)
        try:
            return json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise absent(shown) from None
        except json.JSONDecodeError as error:
            raise CompendiumError(
                _("The file is not JSON: {why}.").format(why=error.msg), path=shown,
                row=error.lineno, remedy=_("Look for a comma or a bracket on this line or above."),
            ) from None

    def resource(self, name: str) -> dict:
        """Descriptor of one resource.

        Raises
        ------
        CompendiumError
            If the package has no such resource.
        """
        entries = {entry["name"]: entry for entry in self.package["resources"]}
        if name not in entries:
            raise CompendiumError(
                _("The data package has no resource {name}.").format(name=repr(name)),
                path="data/datapackage.json",
                remedy=did_you_mean(
                    name, entries,
                    otherwise=_("Name one of: {names}.").format(names=", ".join(entries)),
                ),
            )
        return entries[name]

    def holds(self, name: str) -> bool:
        """Whether the package has a resource of this name."""
        return any(entry["name"] == name for entry in self.package["resources"])

    def file(self, name: str) -> Path:
        """The file of a resource."""
        return self._compendium.path("data", self.resource(name)["path"])

    def _place(self, name: str) -> Path:
        return self._compendium.place("data", self.resource(name)["path"])

    def table(self, name: str, file: Path | None = None) -> pd.DataFrame:
        """A table of the data package.

        Parameters
        ----------
        name : str
            Name of a tabular resource.
        file : Path, optional
            Another file that the resource's schema describes; the resource's own if left out.

        Returns
        -------
        DataFrame with the columns of the resource's schema, in its order; an empty cell is an
        empty string in a text column and missing in any other

        Raises
        ------
        CompendiumError
            If the file is not UTF-8, lacks a column of the schema, or holds a cell that is not of
            the column's type.
        """
        entry = self.resource(name)
        file = file or self._place(name)
        self._compendium.ask(file)
        fields = {field["name"]: field.get("type", "string") for field in entry["schema"]["fields"]}
        shown = self._compendium.relative(file)
        frame = read_csv(file, list(fields), shown)
        for column, kind in fields.items():
            frame[column] = _typed(frame[column], kind, shown)
        return frame

    def column(self, name: str, column: str) -> list[str]:
        """The cells of one column of a table as text: a chapter depends on no other then.

        Raises
        ------
        CompendiumError
            If the file is not UTF-8 or lacks the column.
        """
        file = self._place(name)
        self._compendium.ask(file, column)
        return read_csv(file, [column], self._compendium.relative(file))[column].tolist()

    def document(self, name: str, file: Path | None = None) -> Any:
        """A YAML resource of the data package, e.g. ``document("queries")``.

        Parameters
        ----------
        name : str
            Name of the resource.
        file : Path, optional
            Another file of the same kind; the resource's own if left out.

        Raises
        ------
        CompendiumError
            If the file is absent or is not YAML.
        """
        file = file or self._place(name)
        self._compendium.ask(file)
        return read_yaml(file, self._compendium.relative(file))


def read_csv(file: Path, columns: list[str], shown: Path) -> pd.DataFrame:
    """A CSV file as text, with exactly these columns.

    Parameters
    ----------
    file : Path
    columns : list of str
    shown : Path
        The file as an error names it.

    Raises
    ------
    CompendiumError
        If the file is absent, is not UTF-8 or lacks a column.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise absent(shown) from None
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise CompendiumError(
            _("The file is not UTF-8."), path=shown, row=row, remedy=_("Save it as UTF-8.")
        ) from None
    rows = list(csv.DictReader(text.splitlines(keepends=True)))
    header = next(csv.reader(text.splitlines()[:1]), [])
    for column in columns:
        if column not in header:
            raise CompendiumError(
                _("The column is missing."),
                path=shown,
                column=column,
                remedy=_("The header must name: {names}.").format(names=", ".join(columns)),
            )
    return pd.DataFrame({column: [row[column] or "" for row in rows] for column in columns})


def _typed(cells: pd.Series, kind: str, shown: Path) -> pd.Series:
    if kind == "string":
        return cells.astype("str")
    filled = cells.mask(cells == "")
    if kind == "boolean":
        filled = filled.map({"true": True, "false": False}, na_action="ignore")
    converted = filled if kind == "boolean" else pd.to_numeric(filled, errors="coerce")
    wrong = converted.isna() & (cells != "")
    if wrong.any():
        at = int(wrong.to_numpy().argmax())
        raise CompendiumError(
            _("{value} is not of type {kind}.").format(value=repr(cells.iloc[at]), kind=kind),
            path=shown,
            row=at + 2,
            column=str(cells.name),
            remedy=_("Correct the cell, or leave it empty if the value is unknown."),
        )
    return converted.astype(_DTYPES[kind])
