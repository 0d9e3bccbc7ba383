"""The facts in `data/`: one table a resource of `datapackage.json`, read with the types it says."""

from __future__ import annotations

import csv
import json
from functools import lru_cache
from pathlib import Path

import pandas as pd
import yaml

from compendium import project
from compendium.errors import CompendiumError

_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast
_DTYPES = {
    "string": "str",
    "integer": "Int64",
    "year": "Int64",
    "number": "Float64",
    "boolean": "boolean",
}


@lru_cache
def package() -> dict:
    """The data package's descriptor."""
    return json.loads(project.path("data", "datapackage.json").read_text(encoding="utf-8"))


def resource(name: str) -> dict:
    """Descriptor of one resource.

    Raises
    ------
    CompendiumError
        If the package has no such resource.
    """
    for entry in package()["resources"]:
        if entry["name"] == name:
            return entry
    raise CompendiumError(
        f"The data package has no resource {name!r}.",
        path="data/datapackage.json",
        remedy="Name one of: " + ", ".join(e["name"] for e in package()["resources"]) + ".",
    )


def table(name: str, file: Path | None = None) -> pd.DataFrame:
    """A table of the data package.

    Parameters
    ----------
    name : str
        Name of a tabular resource.
    file : Path, optional
        Another file that the resource's schema describes; the resource's own if left out.

    Returns
    -------
    DataFrame with the columns of the resource's schema, in its order; an empty cell is an empty
    string in a text column and missing in any other

    Raises
    ------
    CompendiumError
        If the file is not UTF-8, lacks a column of the schema, or holds a cell that is not of the
        column's type.
    """
    entry = resource(name)
    file = file or project.path("data", entry["path"])
    fields = {field["name"]: field.get("type", "string") for field in entry["schema"]["fields"]}
    frame = read_csv(file, list(fields))
    for column, kind in fields.items():
        frame[column] = _typed(frame[column], kind, file)
    return frame


def read_csv(file: Path, columns: list[str]) -> pd.DataFrame:
    """A CSV file as text, with exactly these columns.

    Raises
    ------
    CompendiumError
        If the file is absent, is not UTF-8 or lacks a column.
    """
    shown = project.relative(file)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise CompendiumError(
            "The file does not exist.", path=shown, remedy="Restore it, or mend the path."
        ) from None
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise CompendiumError(
            "The file is not UTF-8.", path=shown, row=row, remedy="Save it as UTF-8."
        ) from None
    rows = list(csv.DictReader(text.splitlines(keepends=True)))
    header = next(csv.reader(text.splitlines()[:1]), [])
    for column in columns:
        if column not in header:
            raise CompendiumError(
                "The column is missing.",
                path=shown,
                column=column,
                remedy=f"The header must name: {', '.join(columns)}.",
            )
    return pd.DataFrame({column: [row[column] or "" for row in rows] for column in columns})


def _typed(cells: pd.Series, kind: str, file: Path) -> pd.Series:
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
            f"{cells.iloc[at]!r} is not of type {kind}.",
            path=project.relative(file),
            row=at + 2,
            column=str(cells.name),
            remedy="Correct the cell, or leave it empty if the value is unknown.",
        )
    return converted.astype(_DTYPES[kind])


def document(name: str, file: Path | None = None) -> dict | list:
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
    file = file or project.path("data", resource(name)["path"])
    shown = project.relative(file)
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_YAML)
    except FileNotFoundError:
        raise CompendiumError(
            "The file does not exist.", path=shown, remedy="Restore it, or mend the path."
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CompendiumError(
            f"The file is not YAML in UTF-8: {' '.join(str(error).split())}.", path=shown
        ) from None
