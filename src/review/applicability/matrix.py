"""What each model requires against what the context offers, from single pieces of evidence."""

from __future__ import annotations

import pandas as pd

from compendium.ranking.context import Context
from compendium.ranking.scoring import leaning

READINGS = ("supports", "mixed", "hinders", "unknown")
BASES = ("stated", "implied")


def context_offers(context: Context) -> pd.DataFrame:
    """What the context offers against each requirement.

    Returns
    -------
    DataFrame
        One row a requirement: `requirement`, `reading` (see `leaning`), and how many pieces of
        evidence read as `supports`, `mixed` and `hinders`.
    """
    rows = []
    for requirement in context.requirements["requirement"]:
        readings = context.offers.loc[context.offers["requirement"] == requirement, "reading"]
        counts = {kind: int((readings == kind).sum()) for kind in READINGS[:3]}
        rows.append({"requirement": requirement, "reading": leaning(list(readings)), **counts})
    return pd.DataFrame(rows, columns=["requirement", "reading", *READINGS[:3]])


def model_matrix(context: Context) -> pd.DataFrame:
    """Each model's requirements with what the context offers against them.

    Returns
    -------
    DataFrame
        One row a model and requirement: `model`, `requirement`, `basis` (stated or implied),
        `place`, and the columns of `context_offers`.
    """
    return context.model_requires.merge(context_offers(context), on="requirement", how="left")


def profiles(matrix: pd.DataFrame) -> pd.DataFrame:
    """How many of a model's requirements the context meets, by how they are known.

    Parameters
    ----------
    matrix : DataFrame
        From `model_matrix`.

    Returns
    -------
    DataFrame
        One row a model, in the matrix's order: `model`, `stated`, `implied`, and how many of
        both read as `supports`, `mixed`, `hinders`, `unknown`.
    """
    columns = ["model", *BASES, *READINGS]
    rows = [
        {
            "model": model,
            **{basis: int((own["basis"] == basis).sum()) for basis in BASES},
            **{kind: int((own["reading"] == kind).sum()) for kind in READINGS},
        }
        for model, own in matrix.groupby("model", sort=False)
    ]
    return pd.DataFrame(rows, columns=columns)
