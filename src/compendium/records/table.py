"""Tables of records: which column becomes which field, and what is kept of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from compendium.language import _
from compendium.records.delimited import header, rows
from compendium.records.record import Record, Refusal
from compendium.records.source import Source

Fill = Callable[[Record, str], None]


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
    """

    columns: dict[str, Fill]
    expected: tuple[str, ...] = ()
    finish: Callable[[Record, dict[str, str]], None] | None = None


def read(source: Source, layout: Layout) -> Iterator[Record | Refusal]:
    """Records of a CSV file; a column that the layout does not know is kept in `extra`."""
    names, divider = header(source.head)
    known = {name.casefold() for name in names}
    missing = [name for name in layout.expected if name.casefold() not in known]
    if missing:
        told = _("Columns that the header lacks: {names}.")
        source.note(1, told.format(names=", ".join(missing)))
    fills = [layout.columns.get(name.casefold()) for name in names]
    columns = list(zip(names, fills, strict=True))
    first = True
    for row in rows(source, len(names), divider):
        if isinstance(row, Refusal):
            yield row
            continue
        if first:
            first = False
            continue
        line, cells = row
        record = Record(line=line)
        for (name, fill), cell in zip(columns, cells, strict=True):
            if not cell:
                continue
            if fill:
                fill(record, cell)
            elif cell.strip():
                record.extra[name] = cell
        if layout.finish:
            layout.finish(record, dict(zip((n.casefold() for n in names), cells, strict=True)))
        yield record
