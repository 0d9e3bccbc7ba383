"""Content analysis: the filled cells, and how sure it is which work a citation means."""

from __future__ import annotations

import pandas as pd


def reported(extraction: pd.DataFrame, citations: pd.DataFrame) -> pd.DataFrame:
    """The filled cells, with the confidence of the citation by which the work is meant.

    Parameters
    ----------
    extraction, citations : DataFrame
        The resources of these names.

    Returns
    -------
    DataFrame: rows of `extraction` with the column `confidence`, empty where no citation leads
    from the cell to the work
    """
    filled = extraction[extraction["status"] == "reported"]
    return filled.assign(confidence=confidence(filled["citation"], citations))


def confidence(numbers: pd.Series, citations: pd.DataFrame) -> pd.Series:
    """How sure it is which work each citation number means; empty where there is no number."""
    known = citations.set_index("citation")["confidence"]
    return numbers.map(known).astype(object).fillna("").astype("str")
