"""The page behind the assessment: facts, studies, cases, indicators, what the models require."""

from __future__ import annotations

from compendium import data
from compendium.display import Table
from compendium.ranking.context import Context, load
from review.applicability import country_evidence, figures, prose, tables
from review.applicability.country_evidence import (
    case_counts,
    cases,
    cases_by_model,
    findings,
    left_out,
    selection,
)
from review.applicability.figures import indicator_strips
from review.applicability.matrix import context_offers, model_matrix, profiles
from review.applicability.tables import (
    evidence,
    indicator_sources,
    indicator_values,
    model_requirements,
)

__all__ = [
    "actors",
    "all_facts",
    "barriers",
    "case_counts",
    "cases",
    "cases_by_model",
    "context_offers",
    "country_prose",
    "enablers",
    "evidence",
    "findings",
    "indicator_sources",
    "indicator_strips",
    "indicator_values",
    "indicators_prose",
    "left_out",
    "load",
    "matrix_figure",
    "matrix_prose",
    "model_matrix",
    "model_requirements",
    "profiles",
    "profiles_table",
    "sector",
    "selection",
    "setting_prose",
]  # fmt: skip

country_prose = country_evidence.prose
indicators_prose = prose.indicators
matrix_figure = figures.model_matrix
matrix_prose = prose.matrix
profiles_table = tables.profiles
setting_prose = prose.setting


def sector() -> Table:
    """The industry as the article describes it."""
    return tables.sector(data.table("sector"), data.table("citations"))


def all_facts(setting: Context) -> Table:
    """Every fact of the context, by what it bears on."""
    order = [
        *data.table("barriers")["barrier"], *data.table("enablers")["enabler"],
        *data.table("models")["model"],
    ]  # fmt: skip
    bears = dict.fromkeys(setting.facts["bears_on"])
    return tables.facts(setting, [*(code for code in bears if code not in order), *order])


def barriers() -> Table:
    """Barriers in the article, and what it cites for them."""
    return tables.barriers(
        data.table("barriers"), data.table("barrier_citations"), data.table("citations")
    )


def enablers() -> Table:
    """Enablers in the article."""
    return tables.enablers(
        data.table("enablers"), data.table("citation_uses"), data.table("citations")
    )


def actors() -> Table:
    """Organisations that the article names."""
    return tables.actors(data.table("actors"))
