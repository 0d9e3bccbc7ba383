"""What is known of works of which nobody has the whole record, and what a query says of them.

For each work it is known which terms stand in its title, abstract and keywords. What was not read
is unknown; and a search of all fields also looks where nobody looked, so that there a term not
seen is unknown too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from scopus_query.columns import Where, where
from scopus_query.evaluate import EVERYWHERE, Leaf, answer, in_values
from scopus_query.kleene import either, every
from scopus_query.meaning import meant
from scopus_query.normal import asked
from scopus_query.tree import And, Compare, Field, Limit, Node, is_filter

FIELDS = {
    "title": ("title",),
    "abstract": ("abstract",),
    "author_keywords": ("keywords",),
    "keywords": ("keywords",),
}
"""Fields that were read, by the column of a corpus that holds them."""


class Known(Protocol):
    """What is known of works, as far as a query asks."""

    def leaf(self, work: str) -> Leaf:
        """How a leaf of a query is answered for one work."""


@dataclass(frozen=True)
class Facts:
    """What was read of the works.

    Attributes
    ----------
    terms : dict
        From work, field and term, as `key` gives it, to whether it stands there.
    years : dict of str to int
    filters : dict
        From work and the column of a filter to the cell that a page shows.
    """

    terms: Mapping[tuple[str, str, str], bool]
    years: Mapping[str, int]
    filters: Mapping[tuple[str, str], str]

    def as_data(self) -> dict:
        """The facts as plain values, for JSON."""
        terms: dict[str, dict[str, dict[str, bool]]] = {}
        for (work, field, term), stands in self.terms.items():
            terms.setdefault(work, {}).setdefault(field, {})[term] = stands
        filters: dict[str, dict[str, str]] = {}
        for (work, column), cell in self.filters.items():
            filters.setdefault(work, {})[column] = cell
        return {"terms": terms, "years": dict(self.years), "filters": filters}

    @classmethod
    def from_data(cls, data: Mapping) -> Facts:
        """The facts that `as_data` gave."""
        terms = {
            (work, field, term): stands
            for work, fields in data["terms"].items()
            for field, seen in fields.items()
            for term, stands in seen.items()
        }
        filters = {
            (work, column): cell
            for work, cells in data["filters"].items()
            for column, cell in cells.items()
        }
        return cls(terms, data["years"], filters)

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
        term = key(getattr(node, "text", ""))
        seen = [
            self.terms.get((work, field, term))
            for field in dict.fromkeys(f for c in place.columns for f in FIELDS.get(c, ()))
        ]
        found = either(seen) if seen else None
        elsewhere = any(column not in FIELDS and column != "index_terms"
                        for column in place.columns)  # fmt: skip
        return None if elsewhere and found is False else found


def key(text: str) -> str:
    """A term without what Scopus does not tell apart: case, hyphens, signs."""
    return " ".join(asked(text))


def verdicts(tree: Node, facts: Known, work: str) -> dict[str, bool | None]:
    """What a query says of a work: its words (`text`), its filters, and both (`all`)."""
    leaf = facts.leaf(work)
    words: list[bool | None] = []
    filters: list[bool | None] = []
    for part in _parts(meant(tree)):
        (filters if is_filter(part) else words).append(answer(part, leaf, EVERYWHERE))
    text, kept = every(words), every(filters)
    return {"text": text, "filters": kept, "all": every((text, kept))}


def _parts(tree: Node) -> Iterator[Node]:
    """What is joined by AND, also inside a field, which then stands around each part."""
    if isinstance(tree, And):
        for part in tree.parts:
            yield from _parts(part)
    elif isinstance(tree, Field) and isinstance(tree.part, And):
        for part in tree.part.parts:
            yield Field(tree.code, part, span=tree.span)
    else:
        yield tree
