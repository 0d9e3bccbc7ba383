"""A prepared corpus: records with their texts normalised, as a table that the engines ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyarrow as pa

from scopus_query import columns, normal
from scopus_query.compile import FORMS, MARKS, text_column


def schema() -> pa.Schema:
    """Columns of a prepared corpus: each record as read, its forms and marks, values, the year."""
    texts = [(name, pa.string()) for name in columns.TEXTS]
    written = [(text_column(c, k), pa.string()) for c in columns.TEXTS for k in (FORMS, MARKS)]
    values = [(name, pa.string()) for name in columns.FILTERS]
    place = [("record", pa.int64()), ("key", pa.string()), ("file", pa.string()),
             (columns.YEAR, pa.int32())]  # fmt: skip
    return pa.schema([*place, *texts, *values, *written])


def table(records: Iterable[Mapping], file: str = "") -> pa.Table:
    """Records with their forms and marks, as a table of a prepared corpus."""
    data: dict[str, list] = {name: [] for name in schema().names}
    for at, record in enumerate(records):
        data["record"].append(at)
        data["key"].append(record.get("key"))
        data["file"].append(file)
        for column in (columns.YEAR, *columns.FILTERS):
            data[column].append(record.get(column))
        for column in columns.TEXTS:
            text = record.get(column)
            data[column].append(text)
            forms, marks = (None, None) if text is None else normal.both(
                text, column in columns.LISTS
            )
            data[text_column(column, FORMS)].append(forms)
            data[text_column(column, MARKS)].append(marks)
    return pa.table(data, schema=schema())
