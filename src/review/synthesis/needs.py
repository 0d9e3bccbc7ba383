"""What an industry needs beside what the works name: where the literature leaves a gap."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

WHERE = ("source_page", "article_table", "article_text")
"""Where a work's words were read, the nearest to the work first."""


def texts(
    sources: pd.DataFrame,
    source_keywords: pd.DataFrame,
    source_values: pd.DataFrame,
    extraction: pd.DataFrame,
) -> pd.DataFrame:
    """What is at hand in words of each work: its title, keywords, page, and the article on it.

    What the article says of a work's applicability is left out: it speaks of the article's own
    case.

    Parameters
    ----------
    sources, source_keywords, source_values, extraction : DataFrame
        The resources of these names.

    Returns
    -------
    DataFrame with the columns `work`, `text` and `provenance` (one of `WHERE`)
    """
    own = [
        sources[["key", "title"]],
        source_keywords[["work", "keyword"]],
        source_values.loc[source_values["present"].fillna(False).astype(bool), ["work", "item"]],
    ]
    described = extraction[extraction["category"] != "applicability"]
    return pd.concat(
        [
            *(f.set_axis(["work", "text"], axis=1).assign(provenance="source_page") for f in own),
            described[["work", "value", "provenance"]].set_axis(
                ["work", "text", "provenance"], axis=1
            ),
        ],
        ignore_index=True,
    ).query("text != ''")


def covered(needs: pd.DataFrame, at_hand: pd.DataFrame, works: Iterable[str]) -> pd.DataFrame:
    """Which works name which need, and where.

    Parameters
    ----------
    needs : DataFrame
        The resource of this name.
    at_hand : DataFrame
        What `texts` returns.
    works : iterable of str
        Works in the order of the columns.

    Returns
    -------
    DataFrame with needs as rows and works as columns: the nearest of `WHERE`, or nothing where
    none of the need's words was found; the full texts were not read
    """
    rows, works = {}, list(works)
    for need in needs.itertuples():
        pattern = "|".join(map(re.escape, need.words.split()))
        hits = at_hand["text"].str.contains(rf"\b(?:{pattern})", case=False, regex=True)
        found = at_hand[hits].groupby("work")["provenance"].agg(
            lambda read: min(read, key=WHERE.index)
        )
        rows[need.need] = found.reindex(works).fillna("")
    return pd.DataFrame(rows, index=works).T
