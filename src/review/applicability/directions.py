"""The five directions: what supports them, which models they adapt, which barriers they answer."""

from __future__ import annotations

import pandas as pd


def direction_support(
    directions: pd.DataFrame, direction_citations: pd.DataFrame, citations: pd.DataFrame
) -> pd.DataFrame:
    """Citation numbers of each direction, with the work that each most likely means.

    Parameters
    ----------
    directions, direction_citations, citations : DataFrame
        Tables of these names.

    Returns
    -------
    DataFrame
        One row a direction and citation: `direction`, `citation`, `work` (empty if unknown),
        `confidence`; a direction without a citation has one row in which they are missing.
    """
    named = direction_citations[["direction", "citation"]].merge(
        citations[["citation", "work", "confidence"]], on="citation", how="left"
    )
    return directions[["direction"]].merge(named, on="direction", how="left")



def without_model(directions: pd.DataFrame, direction_models: pd.DataFrame) -> list[str]:
    """Directions that adapt no model."""
    return _missing(directions["direction"], direction_models["direction"])


def without_direction(models: pd.DataFrame, direction_models: pd.DataFrame) -> list[str]:
    """Models that no direction adapts."""
    return _missing(models["model"], direction_models["model"])


def _missing(wanted: pd.Series, found: pd.Series) -> list[str]:
    return [code for code in wanted if code not in set(found)]


def _unique(works: pd.Series) -> list[str]:
    return list(dict.fromkeys(works))
