"""Author keywords: which works share one, and which keywords stand together."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"))


def same(keyword: str) -> str:
    """What two spellings of one keyword have in common: letter case and dashes do not matter.

    Nothing else is brought together: *cooperation* and *collaboration* stay two keywords, because
    their authors chose them.
    """
    return " ".join(keyword.translate(_DASHES).casefold().split())


def keyword_use(source_keywords: pd.DataFrame) -> pd.DataFrame:
    """Which work has which keyword.

    Parameters
    ----------
    source_keywords : DataFrame
        The resource of this name.

    Returns
    -------
    DataFrame
        One row a keyword and work: `keyword` (as its first work spells it), `work`, `works` (how
        many works have it); the most shared first, then in the order of the works.
    """
    rows = source_keywords[["work", "keyword"]].assign(same=source_keywords["keyword"].map(same))
    rows = rows.drop_duplicates(["work", "same"])
    rows["works"] = rows.groupby("same")["work"].transform("size")
    rows["keyword"] = rows.groupby("same")["keyword"].transform("first")
    first = {key: at for at, key in enumerate(rows["same"].drop_duplicates())}
    rows["at"] = rows["same"].map(first)
    rows = rows.sort_values(["works", "at"], ascending=[False, True], kind="stable")
    return rows[["keyword", "work", "works"]].reset_index(drop=True)


def keyword_pairs(use: pd.DataFrame) -> pd.DataFrame:
    """Keywords that stand together in a work.

    Parameters
    ----------
    use : DataFrame
        What `keyword_use` returns.

    Returns
    -------
    DataFrame with `first`, `second` and `works` (in how many works both stand), the most first
    """
    pairs = [
        (first, second)
        for _, own in use.groupby("work", sort=False)
        for first, second in combinations(own["keyword"], 2)
    ]
    counted = pd.Series(pairs, dtype=object).value_counts(sort=False)
    rows = [(*pair, int(works)) for pair, works in counted.items()]
    frame = pd.DataFrame(rows, columns=["first", "second", "works"])
    return frame.sort_values("works", ascending=False, kind="stable", ignore_index=True)
