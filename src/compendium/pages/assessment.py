"""The chapter on the assessment: criteria, levels, and how often each model takes each rank."""

from __future__ import annotations

import pandas as pd

from compendium.display import Figure
from compendium.ranking import criteria, level_figures, smaa, standings
from compendium.ranking.context import place
from compendium.ranking.criteria import Assessment
from compendium.ranking.level_figures import criteria as criteria_table
from compendium.ranking.ranking_figures import acceptability
from compendium.ranking.weights import WeightSpace

__all__ = ["acceptability", "criteria_table", "levels", "ranked", "read"]


def read(context: str) -> Assessment:
    """Criteria and levels of a context.

    Parameters
    ----------
    context : str
        Name of a folder of `data/contexts`.
    """
    return criteria.assess(place(context))


def levels(assessment: Assessment) -> Figure:
    """Criteria by models: a shade and the number of each level."""
    return level_figures.level_matrix(standings.levels(assessment), assessment.models)


def ranked(
    assessment: Assessment, constraints: list[str], *, draws: int, seed: int
) -> pd.DataFrame:
    """Rank acceptability, one row a model and rank.

    Parameters
    ----------
    assessment : Assessment
    constraints : list of str
        What is known of the weights, e.g. `trust >= cost`.
    draws, seed : int
    """
    space = WeightSpace.parse(assessment.codes, constraints)
    result = smaa.smaa2(assessment.levels, space, draws=draws, seed=seed)
    return standings.acceptability(assessment, result)
