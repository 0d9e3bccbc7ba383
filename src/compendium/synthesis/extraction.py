"""Extraction: what is reported of each work in each category, and where it was read."""

from __future__ import annotations

import pandas as pd

from compendium import data
from compendium.errors import CompendiumError
from compendium.language import _


def status_matrix(extraction: pd.DataFrame) -> pd.DataFrame:
    """Where each cell of works × categories was read, or that it is not reported.

    Parameters
    ----------
    extraction : DataFrame
        The resource `extraction`: one row a work and category.

    Returns
    -------
    DataFrame with works as rows and categories as columns, in the order of the data; a cell is a
    code of the set `provenance`, or ``not_reported``, or ``unknown`` where there is no row

    Raises
    ------
    CompendiumError
        If a reported cell does not say where it was read.
    """
    nameless = extraction[(extraction["status"] == "reported") & (extraction["provenance"] == "")]
    if len(nameless):
        cell = nameless.iloc[0]
        raise CompendiumError(
            _("{work}, {category}: reported, but not where it was read.").format(
                work=cell["work"], category=cell["category"]
            ),
            path=data.place_of("extraction"),
            row=int(nameless.index[0]) + 2,
            column="provenance",
            remedy=_("Name the provenance, or set the status to not_reported."),
        )
    shown = extraction["provenance"].where(extraction["status"] == "reported", extraction["status"])
    matrix = extraction.assign(shown=shown).pivot(index="work", columns="category", values="shown")
    return matrix.reindex(
        index=extraction["work"].unique(), columns=extraction["category"].unique()
    ).fillna("unknown")


def category_status(extraction: pd.DataFrame) -> pd.DataFrame:
    """How many works are reported, and how many not, in each category.

    Returns
    -------
    DataFrame with the columns `category`, `reported` and `not_reported`
    """
    counts = pd.crosstab(extraction["category"], extraction["status"])
    return (
        counts.reindex(
            index=extraction["category"].unique(),
            columns=["reported", "not_reported"],
            fill_value=0,
        )
        .rename_axis(index="category", columns=None)
        .reset_index()
    )
