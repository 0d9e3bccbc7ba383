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
