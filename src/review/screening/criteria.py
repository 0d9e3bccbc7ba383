"""Which selected work meets which criterion, and what contradicts it."""

from __future__ import annotations

import pandas as pd

CONTRADICTED = "contradicted"
STAGES = ("stage_empirical", "stage_review")


def matrix(met: pd.DataFrame, criteria: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Every selected work beside every criterion of its stage.

    Parameters
    ----------
    met : DataFrame
        `criteria_met`: `work`, `stage`, `criterion`, `met` and where it was seen.
    criteria : DataFrame
        `criteria`: `criterion` and `stage`.
    rows : DataFrame
        Rows of the article's tables, as `included.table_rows` gives them.

    Returns
    -------
    DataFrame with `stage`, `work`, `criterion`, `met`, `reason`, `provenance`, `seen_at` and
    `place`; a pair that `met` does not hold is unknown
    """
    pairs = rows[["stage", "work"]].merge(criteria[["stage", "criterion"]], on="stage")
    columns = ["stage", "work", "criterion", "met", "reason", "provenance", "seen_at", "place"]
    whole = pairs.merge(met, on=["stage", "work", "criterion"], how="left")[columns]
    whole["met"] = whole["met"].fillna("unknown")
    return whole.fillna("")


def of_each_stage(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Rows of each stage of the selection, in the stages' order."""
    return [frame[frame["stage"] == stage] for stage in STAGES]


def contradictions(whole: pd.DataFrame) -> pd.DataFrame:
    """The rows of a criteria matrix in which something seen speaks against the criterion."""
    return whole[whole["met"] == CONTRADICTED].reset_index(drop=True)


def tally(whole: pd.DataFrame) -> pd.DataFrame:
    """How many works have which mark, by stage and criterion.

    Returns
    -------
    DataFrame with `stage`, `criterion`, `met` and `works`
    """
    counted = whole.groupby(["stage", "criterion", "met"], sort=False).size()
    return counted.rename("works").reset_index()
