"""The page of the ranking: criteria and levels, codings, the ranking in full, other methods."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from compendium import data
from compendium.display import Figure, Table
from compendium.ranking import coding_agreement, ranking_figures, sensitivity_figures
from compendium.ranking.coding_agreement import agreement
from compendium.ranking.context import Context, load
from compendium.ranking.level_figures import criteria as criteria_table
from compendium.ranking.level_figures import reasons
from compendium.ranking.methods import compare
from compendium.ranking.ranking_figures import acceptability, central_weights
from compendium.ranking.sensitivity import flip_points, leads, value_of_information, weight_sweeps
from compendium.ranking.sensitivity_figures import (
    flips,
    flips_prose,
    information,
    information_prose,
    methods_prose,
)
from compendium.survey.materials import offer
from compendium.survey.materials import prose as survey_prose
from review.applicability import (
    portfolio,
    portfolio_figures,
    profile,
    profile_figures,
    prose,
    tables,
)
from review.applicability.directions import direction_support
from review.pages.applicability import Assessed, assess, covering, ranking_prose

__all__ = [
    "acceptability",
    "agreement",
    "agreement_table",
    "assess",
    "beside",
    "central_weights",
    "codings_prose",
    "compare",
    "conditions",
    "conditions_prose",
    "coverage",
    "criteria_table",
    "directions",
    "directions_prose",
    "distances",
    "flip_points",
    "flips",
    "flips_prose",
    "flips_table",
    "information",
    "information_prose",
    "leads",
    "load",
    "methods_prose",
    "methods_table",
    "offer",
    "ranking_prose",
    "reasons",
    "robustness",
    "support",
    "survey_prose",
    "value_of_information",
    "weight_sweeps",
]  # fmt: skip

agreement_table = coding_agreement.table
codings_prose = coding_agreement.prose
flips_table = sensitivity_figures.flip_points
methods_table = sensitivity_figures.methods


@dataclass(frozen=True)
class Conditions:
    """How far the conditions of the example countries lie from the country's.

    Attributes
    ----------
    models, countries, variants : DataFrame
        From `profile.model_distances`, `profile.country_distances` and `profile.robustness`.
    """

    models: pd.DataFrame
    countries: pd.DataFrame
    variants: pd.DataFrame


def beside(found: Assessed) -> Table:
    """What was computed of each model beside what the article says of it."""
    return ranking_figures.beside(
        found.assessment, found.result, data.table("models"), data.table("direction_models")
    )


def conditions(setting: Context) -> Conditions:
    """Distances of the example countries, by model, by country and with other indicators."""
    named = data.table("model_countries")
    return Conditions(
        profile.model_distances(setting, named), profile.country_distances(setting),
        profile.robustness(setting, named),
    )  # fmt: skip


def distances(found: Conditions) -> Figure:
    """Distance of each model's example countries."""
    return profile_figures.distances(found.models, found.countries, found.variants)


def robustness(found: Conditions) -> Table:
    """Distances and ranks over all variants."""
    return profile_figures.robustness(found.models, found.variants)


def conditions_prose(setting: Context, found: Conditions) -> dict[str, str]:
    """Which example countries are near, in words."""
    return profile_figures.prose(setting, found.models, found.countries, found.variants)


def support() -> pd.DataFrame:
    """The work that each citation of a direction most likely means."""
    return direction_support(
        data.table("directions"), data.table("direction_citations"), data.table("citations")
    )


def directions(support: pd.DataFrame) -> Table:
    """The five directions, what the article cites for them, models and barriers."""
    return tables.directions(
        data.table("directions"), support, data.table("direction_models"),
        data.table("direction_barriers"), data.table("citations"),
    )  # fmt: skip


def directions_prose() -> dict[str, str]:
    """Directions without a model, and models without a direction."""
    return prose.directions(
        data.table("models"), data.table("directions"), data.table("direction_models")
    )


def coverage() -> Figure:
    """Which model answers which barrier through a direction."""
    links = covering()
    return portfolio_figures.coverage(links, portfolio.smallest_model_cover(links))
