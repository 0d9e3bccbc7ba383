"""Verdicts: how often what the article says agrees with what was found, and what was checked."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

VERDICTS = (
    "agrees",
    "differs",
    "ambiguous",
    "not_traceable",
    "not_in_abstract",
    "not_reported",
)


def verdicts(article_checks: pd.DataFrame, source_checks: pd.DataFrame) -> pd.DataFrame:
    """How many checks of each kind came to each verdict.

    Parameters
    ----------
    article_checks, source_checks : DataFrame
        The resources of these names.

    Returns
    -------
    DataFrame with the columns `checked` (``article`` or ``sources``), `verdict` and `checks`; a
    verdict that no check came to has a row of zero
    """
    rows = [
        (checked, verdict, int((frame["verdict"] == verdict).sum()))
        for checked, frame in (("article", article_checks), ("sources", source_checks))
        for verdict in VERDICTS
    ]
    return pd.DataFrame(rows, columns=["checked", "verdict", "checks"])


class Coverage(NamedTuple):
    """How many works were checked against their abstract, and which were not."""

    checked: int
    works: int
    unchecked: list[str]


def coverage(source_checks: pd.DataFrame, included: pd.DataFrame) -> Coverage:
    """Which of the included works were compared with their own abstract.

    Parameters
    ----------
    source_checks : DataFrame
        The resource of this name.
    included : DataFrame
        The works that the screening included, in the column `work`.
    """
    works = list(included["work"].unique())
    unchecked = [work for work in works if work not in set(source_checks["work"])]
    return Coverage(len(works) - len(unchecked), len(works), unchecked)


def of_table(source_checks: pd.DataFrame, table: str) -> pd.DataFrame:
    """Checks of what the article says in one of its tables; its sentences go with Table 1.

    Parameters
    ----------
    source_checks : DataFrame
        The resource of this name.
    table : {"table1", "table2"}
    """
    second = source_checks["place"].str.startswith("table2:")
    return source_checks[second if table == "table2" else ~second].reset_index(drop=True)


def example_countries(evidence_map: pd.DataFrame) -> tuple[int, int]:
    """How many example countries of models have a work behind them, and how many there are."""
    named = evidence_map[evidence_map["named"].astype(bool)]
    return int((named["works"] > 0).sum()), len(named)
