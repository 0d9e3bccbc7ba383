"""Theories and trends that the article names, the works behind them, and what is left uneven."""

from __future__ import annotations

import re

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
    works = rows.groupby("theory", sort=False)["work"].nunique()
    rank = {t: at for at, t in enumerate(works.sort_values(ascending=False, kind="stable").index)}
    return (
        rows.groupby(["theory", "work"], sort=False)["read_at"]
        .agg(list)
        .reset_index()
        .sort_values("theory", key=lambda column: column.map(rank), kind="stable")
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
    extraction: pd.DataFrame,
    work_countries: pd.DataFrame,
    cells: pd.DataFrame,
    naming_industry: pd.Series,
    told: pd.DataFrame,
    own: str,
) -> pd.DataFrame:
    """What can be counted about how even the research is.

    Effects and limitations are counted twice: where the article tells them, and where an abstract,
    a catalogue page or a text of the work was read.

    Parameters
    ----------
    extraction, work_countries : DataFrame
        The resources of these names.
    cells : DataFrame
        What `evidence_map` returns.
    naming_industry : Series of bool
        Which works name the industry, by key; see `naming`.
    told : DataFrame
        The resource `work_findings`.
    own : str
        ISO 3166 code of the country that the review is made for.

    Returns
    -------
    DataFrame with the columns `measure`, `count` and `of`
    """
    works = extraction["work"].nunique()
    with_country = work_countries["work"].nunique()
    of_own = work_countries.loc[work_countries["country"] == own, "work"].nunique()
    by_article = extraction[
        (extraction["status"] == "reported") & (extraction["provenance"] != "source_page")
    ]
    filled = by_article.groupby("category")["work"].nunique()
    own_words = told[~told["candidate"] & (told["voice"] == "voice_authors")]
    read = own_words.groupby("category")["work"].nunique()
    named = cells[cells["named"]]
    rows = [
        ("country_reported", with_country, works),
        ("own_country", of_own, with_country),
        ("industry_named", int(naming_industry.sum()), works),
        ("named_with_work", int((named["works"] > 0).sum()), len(named)),
        ("effects", int(filled.get("effects", 0)), works),
        ("effects_read", int(read.get("finding_effect", 0)), works),
        ("limits", int(filled.get("limits", 0)), works),
        ("limits_read", int(read.get("finding_limit", 0)), works),
    ]
    return pd.DataFrame(rows, columns=["measure", "count", "of"])


def naming(
    word: str, sources: pd.DataFrame, source_keywords: pd.DataFrame, extraction: pd.DataFrame
) -> pd.Series:
    """Which works have a word in their title, author keywords or description in the article.

    What the article says of a work's applicability is left out: it speaks of the article's own
    case. Abstracts are not at hand, so a work that does not name the word here may still do so.

    Parameters
    ----------
    word : str
        English word or its beginning; letter case does not matter.
    sources, source_keywords, extraction : DataFrame
        The resources of these names.

    Returns
    -------
    Series of bool by key of the work
    """
    described = extraction[extraction["category"] != "applicability"]
    texts = pd.concat(
        [
            sources[["key", "title"]].set_axis(["work", "text"], axis=1),
            source_keywords[["work", "keyword"]].set_axis(["work", "text"], axis=1),
            described[["work", "value"]].set_axis(["work", "text"], axis=1),
        ]
    )
    hits = texts["text"].str.contains(rf"\b{re.escape(word)}", case=False, regex=True)
    return hits.groupby(texts["work"]).any().reindex(sources["key"], fill_value=False)
