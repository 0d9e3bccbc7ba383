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


def adapted_models(
    models: pd.DataFrame, direction_models: pd.DataFrame, model_ties: pd.DataFrame
) -> pd.DataFrame:
    """Models of Table 3 with the directions that adapt them and the works tied to them.

    Parameters
    ----------
    models, direction_models : DataFrame
        Tables of these names.
    model_ties : DataFrame
        Result of the synthesis: which work is tied to which model (columns `work`, `model`).

    Returns
    -------
    DataFrame
        One row a model: `model`, `directions` and `works` (lists, empty if there is none).
    """
    adapts = direction_models.groupby("model")["direction"].agg(list)
    tied = model_ties.dropna(subset=["work"]).groupby("model")["work"].agg(_unique)
    return pd.DataFrame(
        {
            "model": models["model"],
            "directions": [adapts.get(model, []) for model in models["model"]],
            "works": [tied.get(model, []) for model in models["model"]],
        }
    )


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
