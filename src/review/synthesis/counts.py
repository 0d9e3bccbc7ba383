"""Works counted by year, kind of study, method and country; each work counts once."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


def works_by_year(empirical: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Works by the year that the article prints, and by the table that they stand in.

    Parameters
    ----------
    empirical, reviews : DataFrame
        The article's Tables 1 and 2.

    Returns
    -------
    DataFrame with the columns `year`, `table1`, `table2` and `both`; every year from the first
    to the last has a row, and a work of both tables counts in `both` alone
    """
    rows = pd.concat([empirical.assign(table="table1"), reviews.assign(table="table2")])
    works = rows.groupby("work").agg(
        year=("year_printed", "first"), table=("table", lambda t: t.iloc[0]), n=("table", "nunique")
    )
    works["table"] = works["table"].where(works["n"] == 1, "both")
    known = works["year"].dropna().astype(int)
    years = range(known.min(), known.max() + 1) if len(known) else range(0)
    counts = pd.crosstab(works["year"].astype(int), works["table"])
    return (
        counts.reindex(index=years, columns=["table1", "table2", "both"], fill_value=0)
        .rename_axis(index="year", columns=None)
        .reset_index()
    )


class Counted(NamedTuple):
    """Works by a value, and the works that nothing is known of.

    Attributes
    ----------
    works : DataFrame
        Columns `value`, `article` (the article says it) and `source_only` (only a page about the
        work says it); the most frequent first.
    not_reported : int
        Works of which neither says anything.
    """

    works: pd.DataFrame
    not_reported: int


def counted(facts: pd.DataFrame, column: str, works: pd.Series) -> Counted:
    """How many works have each value of a column.

    Parameters
    ----------
    facts : DataFrame
        One row a work, value and provenance, e.g. the resource `work_methods`.
    column : str
        The column of the values.
    works : Series
        Keys of all works, those without a fact among them.
    """
    article = facts["provenance"] != "source_page"
    pairs = facts.assign(article=article).groupby([column, "work"], sort=False)["article"].any()
    per_value = pairs.groupby(level=0, sort=False).agg(["sum", "size"])
    frame = pd.DataFrame(
        {
            "value": per_value.index,
            "article": per_value["sum"].to_numpy(int),
            "source_only": (per_value["size"] - per_value["sum"]).to_numpy(int),
        }
    )
    order = (frame["article"] + frame["source_only"]).sort_values(ascending=False, kind="stable")
    silent = ~works.isin(facts["work"])
    return Counted(frame.loc[order.index].reset_index(drop=True), int(silent.sum()))
