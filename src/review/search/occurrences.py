"""Leaf values from the table of verified term occurrences: what was read of a work, and no more.

Nobody's abstract is needed: for each work it is known which of the queries' terms stand in its
title, abstract and author keywords. What was not read is unknown; and a search of all fields also
looks where nobody looked, so that there a term not seen is unknown too.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from scopus_query import columns
from scopus_query.columns import Where, where
from scopus_query.evaluate import Leaf, in_values
from scopus_query.kleene import either
from scopus_query.normal import asked
from scopus_query.tree import Compare, Limit, Node

FIELDS = {
    "title": ("title",),
    "abstract": ("abstract",),
    "author_keywords": ("keywords",),
    "keywords": ("keywords",),
}
"""Fields of `term_occurrences` by the column of a corpus that holds them."""



_OPEN = {"yes": "all", "no": "none"}


@dataclass(frozen=True)
class Facts:
    """What was read of the works.

    Attributes
    ----------
    terms : dict
        From work, field and normalised term to whether it stands there.
    years : dict of str to int
    filters : dict
        From work and the column of a filter to the cell that a page shows.
    """

    terms: dict[tuple[str, str, str], bool]
    years: dict[str, int]
    filters: dict[tuple[str, str], str]

    @classmethod
    def of(
        cls, works: pd.DataFrame, occurrences: pd.DataFrame, metadata: pd.DataFrame
    ) -> Facts:
        """Take the facts from `sources`, `term_occurrences` and `source_metadata`."""
        terms = {
            (row.work, row.field, _key(row.term)): bool(row.present)
            for row in occurrences.itertuples()
            if not pd.isna(row.present)
        }
        years = {row.key: int(row.year_issue) for row in works.itertuples()
                 if not pd.isna(row.year_issue)}
        filters = {}
        for row in metadata.itertuples():
            shown = {"language": row.language, "document_type": row.document_type,
                     "open_access": _OPEN.get(row.open_access, "")}  # fmt: skip
            for column, text in shown.items():
                if text and text != "unknown":
                    filters[row.work, column] = columns.values(column, text.replace("_", " "))
        return cls(terms, years, filters)

    def leaf(self, work: str) -> Leaf:
        """How a leaf of a query is answered for one work."""

        def answer(node: Node, place: Where) -> bool | None:
            if isinstance(node, Compare):
                return self._year(work, node)
            if isinstance(node, Limit):
                place = where(node.code)
            if place.is_filter:
                return self._filter(work, node, place)
            return self._words(work, node, place)

        return answer

    def _year(self, work: str, node: Compare) -> bool | None:
        year = self.years.get(work)
        if year is None or node.code != "PUBYEAR":
            return None
        return {"=": year == node.value, "<": year < node.value, ">": year > node.value}[node.sign]

    def _filter(self, work: str, node: Node, place: Where) -> bool | None:
        (column,) = place.columns
        shown = self.filters.get((work, column))
        if shown is None:
            return None
        found = in_values(node, column, shown)
        # A page says that a work is open, not in which way.
        return None if column == "open_access" and "all" in shown and not found else found

    def _words(self, work: str, node: Node, place: Where) -> bool | None:
        term = _key(getattr(node, "text", ""))
        seen = [
            self.terms.get((work, field, term))
            for field in dict.fromkeys(f for c in place.columns for f in FIELDS.get(c, ()))
        ]
        found = either(seen) if seen else None
        elsewhere = any(column not in FIELDS and column != "index_terms"
                        for column in place.columns)  # fmt: skip
        return None if elsewhere and found is False else found


def _key(text: str) -> str:
    """A term without what Scopus does not tell apart: case, hyphens, signs."""
    return " ".join(asked(text))
