"""Leaf values from the table of verified term occurrences: what was read of a work, and no more.

Nobody's abstract is needed: for each work it is known which of the queries' terms stand in its
title, abstract and author keywords.
"""

from __future__ import annotations

import pandas as pd

from scopus_query import columns, known

_OPEN = {"yes": "all", "no": "none"}


class Facts(known.Facts):
    """What was read of the works, taken from the tables of the data package."""

    @classmethod
    def of(cls, works: pd.DataFrame, occurrences: pd.DataFrame, metadata: pd.DataFrame) -> Facts:
        """Take the facts from `sources`, `term_occurrences` and `source_metadata`."""
        terms = {
            (row.work, row.field, known.key(row.term)): bool(row.present)
            for row in occurrences.itertuples()
            if not pd.isna(row.present)
        }
        years = {
            row.key: int(row.year_issue)
            for row in works.itertuples()
            if not pd.isna(row.year_issue)
        }
        filters = {}
        for row in metadata.itertuples():
            shown = {"language": row.language, "document_type": row.document_type,
                     "open_access": _OPEN.get(row.open_access, "")}  # fmt: skip
            for column, text in shown.items():
                if text and text != "unknown":
                    filters[row.work, column] = columns.values(column, text.replace("_", " "))
        return cls(terms, years, filters)
