"""Labels and notes that reviewers give to records, beside their decisions.

`remarks.csv` of a folder of decisions; a later row of the same reviewer about the same record takes
the place of the earlier one, which stays in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import pandas as pd

from compendium import data
from compendium.screening import decisions
from compendium.spreadsheet import bare

FILE = "remarks.csv"


@dataclass(frozen=True)
class Remark:
    """What a reviewer notes about a record: labels, divided by semicolons, and a note."""

    record: str
    reviewer: str
    labels: str = ""
    note: str = ""
    date: str = ""


COLUMNS = tuple(field.name for field in fields(Remark))


def read(folder: Path) -> pd.DataFrame:
    """The last remark of each reviewer about each record; empty if there is none."""
    file = folder / FILE
    if not file.is_file():
        return pd.DataFrame({column: pd.Series(dtype="str") for column in COLUMNS})
    found = data.read_csv(file, list(COLUMNS))
    for column in COLUMNS:
        found[column] = found[column].map(bare)
    return found.drop_duplicates(["record", "reviewer"], keep="last").reset_index(drop=True)


def append(folder: Path, found: Iterable[Remark]) -> int:
    """Add remarks that say something else than what the folder holds.

    Returns
    -------
    int, how many were added
    """
    with decisions.locked(folder):
        held = {
            (row.record, row.reviewer): (row.labels, row.note)
            for row in read(folder).itertuples()
        }  # fmt: skip
        new = [
            each for each in found
            if held.get((each.record, each.reviewer), ("", "")) != (each.labels, each.note)
        ]  # fmt: skip
        if new:
            decisions.append_rows(folder / FILE, COLUMNS, map(astuple, new))
    return len(new)
