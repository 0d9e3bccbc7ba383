"""What changed between two versions: the tables that readers download, cell by cell."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from compendium.edition.offline import DOWNLOADS


@dataclass(frozen=True)
class Cell:
    """A cell that is another now, by its table, its row (the values that name it), its column."""

    table: str
    row: str
    column: str
    before: str
    after: str


@dataclass
class Changes:
    """Differences between two versions, in the order of the tables.

    Attributes
    ----------
    tables_added, tables_gone : list of str
        Names such as `chapter/table`.
    rows_added, rows_gone, columns_added, columns_gone : list of (str, str)
        The table, and what names the row or column.
    cells : list of Cell
    """

    tables_added: list[str] = field(default_factory=list)
    tables_gone: list[str] = field(default_factory=list)
    rows_added: list[tuple[str, str]] = field(default_factory=list)
    rows_gone: list[tuple[str, str]] = field(default_factory=list)
    columns_added: list[tuple[str, str]] = field(default_factory=list)
    columns_gone: list[tuple[str, str]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many there are of each kind."""
        return {kind: len(found) for kind, found in vars(self).items()}

    def __bool__(self) -> bool:
        return any(self.counts().values())


def between(before: Path, after: Path) -> Changes:
    """What changed between two editions in one language.

    Parameters
    ----------
    before, after : Path
        Folders of an edition in a site, such as `v1/en` and `v2/en`.
    """
    old, new = _tables(before), _tables(after)
    found = Changes(sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys()))
    for table in sorted(old.keys() & new.keys()):
        if old[table].read_bytes() != new[table].read_bytes():
            _compare(table, _read(old[table]), _read(new[table]), found)
    return found


def _tables(edition: Path) -> dict[str, Path]:
    folder = edition / DOWNLOADS
    return {file.relative_to(folder).with_suffix("").as_posix(): file
            for file in folder.rglob("*.csv")}  # fmt: skip


def _read(file: Path) -> list[dict[str, str]]:
    """The head of a table and its rows, by column; the later ones of one name are numbered."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    seen: Counter[str] = Counter()
    head = []
    for name in rows[0] if rows else []:
        seen[name] += 1
        head.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return [dict(zip(head, row, strict=False)) for row in [head, *rows[1:]]]


def _compare(
    table: str, old: list[dict[str, str]], new: list[dict[str, str]], found: Changes
) -> None:
    heads = [*old[0]], [*new[0]]
    shared = [name for name in heads[1] if name in heads[0]]
    found.columns_gone += [(table, name) for name in heads[0] if name not in shared]
    found.columns_added += [(table, name) for name in heads[1] if name not in shared]
    named = _naming(shared, old[1:], new[1:])
    before, after = _by_name(old[1:], named), _by_name(new[1:], named)
    found.rows_added += [(table, _shown(name)) for name in after if name not in before]
    found.rows_gone += [(table, _shown(name)) for name in before if name not in after]
    found.cells += [
        Cell(table, _shown(name), column, before[name].get(column, ""), row.get(column, ""))
        for name, row in after.items() if name in before
        for column in shared if before[name].get(column, "") != row.get(column, "")
    ]  # fmt: skip


def _naming(shared: list[str], *tables: list[dict[str, str]]) -> list[str]:
    """The columns that name a row: the fewest first ones that differ in each row of both tables."""
    for n in range(1, len(shared) + 1):
        names = [[tuple(row.get(c, "") for c in shared[:n]) for row in rows] for rows in tables]
        if all(len(set(each)) == len(each) for each in names):
            return shared[:n]
    return shared


def _by_name(rows: list[dict[str, str]], named: list[str]) -> dict[tuple, dict[str, str]]:
    """Rows by their names; equal ones are told apart by their number."""
    out: dict[tuple, dict[str, str]] = {}
    seen: Counter[tuple] = Counter()
    for row in rows:
        name = tuple(row.get(column, "") for column in named)
        seen[name] += 1
        out[name if seen[name] == 1 else (*name, f"#{seen[name]}")] = row
    return out


def _shown(name: tuple) -> str:
    return " · ".join(filter(None, name))
