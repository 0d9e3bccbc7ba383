"""Which parts of a record's title, abstract and keywords a query asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from compendium.records.record import Record
from compendium.search import exports
from scopus_query.evaluate import evaluate, matches
from scopus_query.tree import Node

Spans = Mapping[str, Iterable[tuple[int, int]]]
"""Places by field: `title`, `abstract` or `keywords`; offsets into what `texts` gives."""
Highlights = Callable[[Record], Spans]

FIELDS = ("title", "abstract", "keywords")


def texts(record: Record) -> dict[str, str]:
    """Title, abstract and keywords as a sheet shows them: single blanks, as the search reads."""
    found = exports.as_searched(record)
    return {field: str(found[field] or "") for field in FIELDS}


def of_query(tree: Node) -> Highlights:
    """The places of a query's words, found as the search finds them.

    Parameters
    ----------
    tree : Node
        A query, as `search.parse.read(text).tree` gives it.
    """

    def found(record: Record) -> dict[str, list[tuple[int, int]]]:
        spans: dict[str, list[tuple[int, int]]] = {field: [] for field in FIELDS}
        for match in matches(tree, exports.as_searched(record)):
            if match.column in spans:
                spans[match.column].append((match.start, match.end))
        return spans

    return found


def finds(tree: Node, record: Record) -> bool | None:
    """Whether a query finds a record; None where the record lacks what would decide."""
    return evaluate(tree, exports.as_searched(record))


def merged(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Places in order, those that overlap or touch as one, none beyond the text."""
    whole: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        start, end = max(0, start), min(end, length)
        if start >= end:
            continue
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole
