"""Works included from the results of a query, as the data list them."""

from __future__ import annotations

import pandas as pd

from compendium import data


def included(query: dict) -> pd.DataFrame:
    """The works that were included from the results of a query.

    Parameters
    ----------
    query : dict
        An entry of the resource `queries`: `included_in` names the table that lists them. A table
        for several queries has a column `query`.

    Returns
    -------
    DataFrame with `query` and `work`
    """
    rows = data.table(query["included_in"])
    if "query" in rows:
        rows = rows[rows["query"] == query["id"]]
    return rows[["work"]].assign(query=query["id"])[["query", "work"]]


def criteria_of(query: str) -> pd.DataFrame:
    """The criteria that a query's results are screened by.

    A query's `stage` is that of its criteria where the table `criteria` has several stages.
    """
    stages = {each["id"]: each.get("stage") for each in data.document("queries")}
    criteria = data.table("criteria")
    stage = stages.get(query)
    return criteria[criteria["stage"] == stage] if stage else criteria
