"""The tables and documents of the compendium that is current."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from compendium import data_package, project


def package() -> dict:
    """The descriptor of the current compendium's data package."""
    return project.current().data.package


def resource(name: str) -> dict:
    """Descriptor of one resource of the current compendium."""
    return project.current().data.resource(name)


def holds(name: str) -> bool:
    """Whether the current compendium's data package has a resource of this name."""
    return project.current().data.holds(name)


def place_of(name: str) -> Path:
    """The file of a resource as a person would name it."""
    return project.relative(project.current().data.file(name))


def table(name: str, file: Path | None = None) -> pd.DataFrame:
    """A table of the current compendium."""
    return project.current().data.table(name, file)


def column(name: str, column: str) -> list[str]:
    """The cells of one column of a table of the current compendium, as text."""
    return project.current().data.column(name, column)


def document(name: str, file: Path | None = None) -> Any:
    """A YAML resource of the current compendium."""
    return project.current().data.document(name, file)


def read_csv(file: Path, columns: list[str]) -> pd.DataFrame:
    """A CSV file as text, with exactly these columns; see `data_package.read_csv`."""
    if here := project.current_or_none():
        here.ask(file)
    return data_package.read_csv(file, columns, project.relative(file))
