"""The known-item test of every reading: does it find the works that the article says it found?

A query is read in every plausible way (`repair`); each reading is asked about each work, its words
and its filters apart and together, with the answer that what was read allows.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from compendium.search import platforms
from scopus_query import from_platform
from scopus_query.errors import ScopusQueryError
from scopus_query.known import Known, verdicts
from scopus_query.losses import Loss
from scopus_query.repair import Reading, repair
from scopus_query.tree import Field, Or, is_filter, walk
from scopus_query.unparse import unparse


def readings(queries: list[dict]) -> dict[str, list[Reading]]:
    """The readings of each printed query, smallest edit first.

    Parameters
    ----------
    queries : list of dict
        `queries` of the data package: `id`, `text` and, if they are known, `database` and `as_of`,
        the day of the search.

    Returns
    -------
    dict
        By query; a query of another database has the one reading that an export can be asked, a
        `Foreign`, or none where its language is not read.
    """
    return {query["id"]: _readings(query) for query in queries}


@dataclass(frozen=True)
class Foreign(Reading):
    """What a query of another database means in Scopus's terms; `losses` says what differs."""

    losses: tuple[Loss, ...] = ()


def _readings(query: dict) -> list[Reading]:
    name, text = platforms.platform(query), query["text"]
    if name == platforms.SCOPUS:
        return repair(text, query.get("as_of"))
    try:
        read = from_platform.read(text, name) if name != platforms.OTHER else None
    except ScopusQueryError:
        return []
    if read is None or read.tree is None:
        return []
    return [Foreign((), unparse(read.tree), read.tree, 0, read.losses)]


def scope(reading: Reading) -> list[tuple[str, str]]:
    """Where a reading looks for each of its concept groups.

    Returns
    -------
    list of (first word of the group, field code); `ALL` where it stands outside any field
    """
    out = []
    for node, around in walk(reading.tree):
        if is_filter(node) or not isinstance(node, Or) or any(isinstance(a, Or) for a in around):
            continue
        codes = [outer.code for outer in around if isinstance(outer, Field)]
        if not codes:  # a group may have its fields inside, as other databases' queries do
            inner = [n.code for n, _ in walk(node) if isinstance(n, Field)]
            codes = [", ".join(dict.fromkeys(inner))] if inner else []
        first = next(n.text for n, _ in walk(node) if hasattr(n, "text"))
        out.append((first, codes[-1] if codes else "ALL"))
    return out


def known_items(
    found: dict[str, list[Reading]], facts: Known, works: list[str], selected: pd.DataFrame
) -> pd.DataFrame:
    """Ask every reading about every work.

    Parameters
    ----------
    found : dict
        Readings by query, as `readings` gives them.
    facts : Known
    works : list of str
        Keys of the works.
    selected : DataFrame
        `query` and `work`: what the article lists as selected from the query's hits.

    Returns
    -------
    DataFrame with `query`, `reading` (from 1), `work`, `selected`, and the answers `text` (the
    words), `filters` and `all`: true, false, or missing where what was read does not say
    """
    listed = set(selected[["query", "work"]].itertuples(index=False, name=None))
    rows = [
        {
            "query": query,
            "reading": number,
            "work": work,
            "selected": (query, work) in listed,
            **verdicts(reading.tree, facts, work),
        }
        for query, ways in found.items()
        for number, reading in enumerate(ways, start=1)
        for work in works
    ]
    answers = {"text": "boolean", "filters": "boolean", "all": "boolean"}
    columns = ["query", "reading", "work", "selected", *answers]
    return pd.DataFrame(rows, columns=columns).astype(answers)


@dataclass(frozen=True)
class Recall:
    """How many of the selected works a reading finds, with the bounds that unknown leaves.

    Attributes
    ----------
    found, missed, unknown : int
    """

    found: int
    missed: int
    unknown: int

    @property
    def low(self) -> float:
        """Recall if no unknown work is found."""
        return self.found / self.total

    @property
    def high(self) -> float:
        """Recall if every unknown work is found."""
        return (self.found + self.unknown) / self.total

    @property
    def total(self) -> int:
        """Works that the reading should find."""
        return self.found + self.missed + self.unknown


def recall(items: pd.DataFrame, part: str = "text") -> dict[tuple[str, int], Recall]:
    """Recall of each reading over the works that the article selected.

    Parameters
    ----------
    items : DataFrame
        As `known_items` gives it.
    part : {"text", "filters", "all"}
        Which answer counts.
    """
    out = {}
    selected = items[items["selected"].astype(bool)]
    for key, rows in selected.groupby(["query", "reading"], sort=False):
        answers = rows[part]
        out[key] = Recall(
            int((answers == True).sum()),  # noqa: E712 - missing is neither
            int((answers == False).sum()),  # noqa: E712
            int(answers.isna().sum()),
        )
    return out


