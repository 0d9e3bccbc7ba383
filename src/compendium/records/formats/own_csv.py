"""The compendium's own table: a column a field, the same names as `record.Record`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from compendium.language import N_
from compendium.records import rest, table
from compendium.records.delimited import header
from compendium.records.record import DICTIONARIES, LISTS, NUMBERS, VALUES, Record, Refusal
from compendium.records.registry import Format, Writer, register
from compendium.records.source import Source
from compendium.spreadsheet import bare, guarded

_FIELDS = [name for name in VALUES if name not in DICTIONARIES]
_NAMES = [*_FIELDS, rest.NAME]


def _put(name: str):
    def fill(record: Record, cell: str) -> None:
        text = bare(cell)
        if name in LISTS:
            setattr(record, name, tuple(text.split("; ")))
        elif name in NUMBERS:
            setattr(record, name, int(text) if text.isdecimal() else None)
        else:
            setattr(record, name, text)

    return fill


def _restore(record: Record, row: dict[str, str]) -> None:
    if row.get(rest.NAME):
        rest.restore(record, row[rest.NAME])


@register
class OwnCsv(Format, Writer):
    """The compendium's CSV."""

    name = "csv"
    label = N_("the compendium's CSV")
    suffix = ".csv"
    by_code = tuple(_FIELDS)
    opening = ",".join(_NAMES) + "\r\n"
    _layout = table.Layout(
        {**{name: _put(name) for name in _FIELDS}, rest.NAME: lambda record, cell: None},
        finish=_restore,
        unknown=frozenset(),
    )

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return set(header(head)[0]) >= {"title", "author_keywords", "index_terms", rest.NAME}

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        yield from table.read(source, self._layout)

    def entry(self, record: Record, rest: str) -> str:
        """See `Writer`."""
        out = io.StringIO()
        csv.writer(out).writerow([*(_cell(record, name) for name in _FIELDS), rest])
        return out.getvalue()

    def back(self, text: str) -> Record:
        """See `Writer`."""
        (cells,) = csv.reader(io.StringIO(text, newline=""))
        record = Record()
        for name, cell in zip(_FIELDS, cells, strict=False):
            if cell:
                _put(name)(record, cell)
        return record


def _cell(record: Record, name: str) -> str:
    value = getattr(record, name)
    if value is None:
        return ""
    return guarded("; ".join(value) if name in LISTS else str(value))
