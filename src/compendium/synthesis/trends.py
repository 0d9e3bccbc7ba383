"""Theories and trends that the article names, the works behind them, and what is left uneven."""

from __future__ import annotations

import pandas as pd


def theories(work_theories: pd.DataFrame) -> pd.DataFrame:
    """Theories and the works that they are read of, with every place.

    Parameters
    ----------
    work_theories : DataFrame
        The resource of this name.

    Returns
    -------
    DataFrame with the columns `theory`, `work` and `read_at` (pairs of place and address), the
    theory of most works first
    """
    rows = work_theories.assign(
        read_at=list(zip(work_theories["place"], work_theories["seen_at"], strict=True))
    )
    works = rows.groupby("theory")["work"].nunique()
    first = {theory: at for at, theory in enumerate(rows["theory"].unique())}
    return (
        rows.groupby(["theory", "work"], sort=False)["read_at"]
        .agg(list)
        .reset_index()
        .sort_values(
            "theory", key=lambda column: -column.map(works) * 1000 + column.map(first), kind="stable"
        )
        .reset_index(drop=True)
    )


def trend_support(
    trends: pd.DataFrame, trend_citations: pd.DataFrame, citations: pd.DataFrame
) -> pd.DataFrame:
    """The citations for each trend and the work that each most likely means.

    Parameters
    ----------
    trends, trend_citations, citations : DataFrame
        The resources of these names.

    Returns
    -------
    DataFrame: one row a trend, with `trend`, `statement`, `place` and `support` (triples of
    citation, work and confidence; an empty work is unknown)
    """
    known = trend_citations.merge(
        citations[["citation", "work", "confidence"]], on="citation", how="left"
    ).fillna({"work": "", "confidence": "unknown"})
    support = {
        trend: list(zip(rows["citation"], rows["work"], rows["confidence"], strict=True))
        for trend, rows in known.groupby("trend", sort=False)
    }
    return trends.assign(support=[support.get(trend, []) for trend in trends["trend"]])


def gap(
    extraction: pd.DataFrame, work_countries: pd.DataFrame, evidence_map: pd.DataFrame, own: str
) -> pd.DataFrame:
    """What can be counted about the evenness of the research.

    Parameters
    ----------
    extraction, work_countries : DataFrame
        The resources of these names.
    evidence_map : DataFrame
        What `evidence_map` returns.
    own : str
        ISO 3166 code of the country that the review is made for.

    Returns
    -------
    DataFrame with the columns `measure`, `count` and `of`
    """
    works = extraction["work"].nunique()
    with_country = work_countries["work"].nunique()
    of_own = work_countries.loc[work_countries["country"] == own, "work"].nunique()
    filled = extraction[extraction["status"] == "reported"].groupby("category")["work"].nunique()
    named = evidence_map[evidence_map["named"]]
    rows = [
        ("country_reported", with_country, works),
        ("own_country", of_own, with_country),
        ("named_with_work", int((named["works"] > 0).sum()), len(named)),
        ("effects", int(filled.get("effects", 0)), works),
        ("limits", int(filled.get("limits", 0)), works),
        ("applicability", int(filled.get("applicability", 0)), works),
    ]
    return pd.DataFrame(rows, columns=["measure", "count", "of"])
