"""From the rows of the article's tables to the unique works behind them."""

from __future__ import annotations

import pandas as pd


def table_rows(empirical: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Rows of both tables, with the query whose results each was selected from.

    Parameters
    ----------
    empirical, reviews : DataFrame
        The article's Tables 1 and 2, with `row`, `work` and `place`.

    Returns
    -------
    DataFrame with `query`, `stage`, `row`, `work` and `place`
    """
    parts = [("query1", "stage_empirical", empirical), ("query2", "stage_review", reviews)]
    return pd.concat(
        [
            table[["row", "work", "place"]].assign(query=query, stage=stage)
            for query, stage, table in parts
        ],
        ignore_index=True,
    )[["query", "stage", "row", "work", "place"]]


def included_works(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a work, in the order of the tables.

    Returns
    -------
    DataFrame with `work`, `table1` and `table2` (its row there; missing if it has none)
    """
    columns = {"table1": "query1", "table2": "query2"}
    works = pd.DataFrame({"work": rows["work"].drop_duplicates().to_list()})
    for column, query in columns.items():
        held = rows[rows["query"] == query].set_index("work")["row"]
        works[column] = works["work"].map(held).astype("Int64")
    return works
