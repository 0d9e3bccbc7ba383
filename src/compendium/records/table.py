"""Tables of records: which column becomes which field, and what is kept of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from compendium.language import _
from compendium.records.delimited import header, rows
from compendium.records.record import Record, Refusal
from compendium.records.source import Source

Fill = Callable[[Record, str], None]
UNKNOWN = frozenset({"NA", "N/A", "#N/A", "NaN", "nan", "NULL"})


@dataclass(frozen=True)
class Layout:
    """Columns of an export.

    Attributes
    ----------
    columns : dict of str to function
        What to do with a cell, by the column's name in lower case.
    expected : tuple of str
        Columns without which something is unknown in every record.
    finish : function, optional
        What is put together from several cells; gets the record and the row by column.
    unknown : frozenset of str
        Cells that say that nothing is known, as R and pandas write them.
    """

    columns: dict[str, Fill]
    expected: tuple[str, ...] = ()
    finish: Callable[[Record, dict[str, str]], None] | None = None
    unknown: frozenset[str] = UNKNOWN


def read(source: Source, layout: Layout) -> Iterator[Record | Refusal]:
    """Records of a CSV file; a column that the layout does not know is kept in `extra`.

    So is the second of two columns of one name, where it says something else.
    """
    names, divider, before = header(source.head)
    known = {name.casefold() for name in names}
    missing = [name for name in layout.expected if name.casefold() not in known]
    if missing:
        told = _("Columns that the header lacks: {names}.")
        source.note(before + 1, told.format(names=", ".join(missing)))
    columns = [
        (name, layout.columns.get(name.casefold()), names[:at].count(name))
        for at, name in enumerate(names)
    ]
    first = True
    for row in rows(source, len(names), divider, before):
        if isinstance(row, Refusal):
            yield row
        elif first:
            first = False
        else:
            yield _record(row[0], row[1], columns, layout)


def _record(line: int, cells: list[str], columns: list, layout: Layout) -> Record:
    record = Record(line=line)
    row: dict[str, str] = {}
    for (name, fill, again), cell in zip(columns, cells, strict=True):
        key = name.casefold()
        if not cell or cell.isspace() or cell in layout.unknown:
            row.setdefault(key, "")  # that the column is there tells something too
            continue
        held = row[key] = row.get(key) or cell
        if again and held is not cell:
            if held != cell:
                record.extra[f"{name} ({again + 1})"] = cell
        elif fill:
            fill(record, cell)
        else:
            record.extra[name] = cell
    if layout.finish:
        layout.finish(record, row)
    return record
