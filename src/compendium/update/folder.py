"""The folder of a living update: which exports were read, what they added, what was decided.

It is a folder of screening decisions (`records.csv`, `decisions.csv`) that also holds

- `runs.csv`: one row an export read, with the account of its entries;
- `hits.csv`: every new hit so far, whole;
- `duplicates.csv`: which records describe one publication, for a person to overrule;
- a folder a run: the hits explained, the screening sheets, the report.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.records import dedup, ledger, write
from compendium.records.record import Record

RUNS, HITS, DUPLICATES = "runs.csv", "hits.csv", "duplicates.csv"


@dataclass(frozen=True)
class Run:
    """The account of one export, or of several read together.

    `entries` = `refused` + `not_found` + `repeats` + `known` + `screened` + `found` +
    `undecided`.

    Attributes
    ----------
    run : str
        Name of its folder.
    date : str
    exports : str
        Names of the files.
    digest : str
        SHA-256 of their contents, the query and its reading.
    query : str
    reading : int
    found, undecided : int
        New hits: those that the query finds, and those that lack what would decide.
    screened : int
        Records that the review's screening holds, and no included work; 0 in an older table.
    """

    run: str
    date: str
    exports: str
    digest: str
    query: str
    reading: int
    entries: int
    refused: int
    not_found: int
    repeats: int
    known: int
    found: int
    undecided: int
    screened: int = 0


_COLUMNS = [field.name for field in fields(Run)]
_NUMBERS = {field.name for field in fields(Run) if field.type == "int"}


@dataclass(frozen=True)
class Folder:
    """A folder of a living update; made when the first export is read."""

    path: Path

    def runs(self) -> list[Run]:
        """The exports that were read.

        Raises
        ------
        CompendiumError
            If the table is not as it was written.
        """
        file = self.path / RUNS
        if not file.is_file():
            return []
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        found = []
        for at, row in enumerate(rows, start=2):
            try:
                cells: dict[str, Any] = {
                    name: int(row[name]) if name in _NUMBERS else row[name]
                    for name in _COLUMNS if name in row or name != "screened"
                }
                found.append(Run(**cells))
            except (KeyError, TypeError, ValueError):
                raise CompendiumError(
                    _('The row is not as the update wrote it.'), path=file, row=at,
                    remedy=_('Restore the file.'),
                ) from None  # fmt: skip
        return found

    def add(self, run: Run) -> None:
        """Add an export to those that were read."""
        runs = [*self.runs(), run]
        draft = self.path / f"{RUNS}.part"
        with draft.open("w", encoding="utf-8", newline="") as stream:
            out = csv.DictWriter(stream, _COLUMNS, lineterminator="\n")
            out.writeheader()
            out.writerows(asdict(each) for each in runs)
        draft.replace(self.path / RUNS)

    def hits(self) -> list[Record]:
        """New hits of all runs."""
        file = self.path / HITS
        return list(ledger.records([file], [])) if file.is_file() else []

    def keep(self, records: list[Record]) -> None:
        """Add new hits."""
        write.write([*self.hits(), *records], self.path / HITS)

    def pairs(self) -> list[dedup.Pair]:
        """What was decided about duplicates."""
        return dedup.read_table(self.path / DUPLICATES)

    @contextmanager
    def made(self, name: str) -> Iterator[Path]:
        """A run's folder, which is there only if all that goes into it was written."""
        draft, whole = self.path / f"{name}.part", self.path / name
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        try:
            yield draft
            shutil.rmtree(whole, ignore_errors=True)
            draft.rename(whole)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
