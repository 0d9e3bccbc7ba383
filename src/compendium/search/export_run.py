"""What the readings of the queries find in an export that the parameter `corpus` names."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from compendium import project
from compendium.search import corpus, hits
from compendium.search.hits import Hit, Result
from scopus_query.repair import Reading


@dataclass(frozen=True)
class Asked:
    """One reading of a query, and what it finds.

    Attributes
    ----------
    query : str
    reading : int
        From 1.
    result : Result
    hits : list of Hit
    """

    query: str
    reading: int
    result: Result
    hits: list[Hit]


def ask(export: str, ways: dict[str, list[Reading]]) -> list[Asked]:
    """Ask an export every reading of every query.

    Parameters
    ----------
    export : str
        A file or a folder, from the compendium's folder; nothing is asked if it is empty.
    ways : dict
        Readings by query, as `readings.readings` gives them.

    Raises
    ------
    CompendiumError
        If there is no such export, or it cannot be read.
    """
    if not export:
        return []
    folder = corpus.prepared(project.root() / export)
    asked = []
    for query, found in ways.items():
        for number, reading in enumerate(found, start=1):
            result = hits.run(reading.tree, folder)
            asked.append(Asked(query, number, result, list(result.hits())))
    return asked


def found(asked: list[Asked]) -> pd.DataFrame:
    """The records found, one row a reading.

    Returns
    -------
    DataFrame with `query`, `reading`, `record` (its number in the export) and `title`
    """
    rows = [
        (one.query, one.reading, hit.record["record"], hit.record["title"])
        for one in asked
        for hit in one.hits
    ]
    return pd.DataFrame(rows, columns=["query", "reading", "record", "title"])
