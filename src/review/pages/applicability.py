"""The chapter with the answer: the ranking, what it rests on in short, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from compendium import data
from compendium.chapter import Chapter
from compendium.display import Table
from compendium.ranking import codings, criteria, ranking_figures, smaa, standings, structure
from compendium.ranking import structure_figures as _structure
from compendium.ranking.context import Context, load
from compendium.ranking.criteria import Assessment
from compendium.ranking.level_figures import level_matrix
from compendium.ranking.level_figures import levels as levels_table
from compendium.ranking.rank_bars import rank_bars
from compendium.ranking.rank_bars import table as rank_shares
from compendium.ranking.smaa import Ranking
from compendium.ranking.structure_figures import by_group as structure_table
from compendium.ranking.structure_figures import first_ranks as structure_figure
from compendium.ranking.weights import WeightSpace
from compendium.ranking.weights_page import OwnWeights
from review.applicability import answer as _answer
from review.applicability import country_evidence as _country
from review.applicability import portfolio, portfolio_figures, prose, tables
from review.applicability.portfolio import flat
from review.synthesis import summary as _inputs
from review.synthesis import summary_table as _summary

__all__ = [
    "Assessed", "OwnWeights", "answer", "assess", "country_evidence", "cover", "covering", "flat",
    "level_matrix", "levels_table", "next_steps", "rank_bars", "rank_shares", "ranking_prose",
    "roadmap", "roadmap_table", "save", "structure_figure", "structure_prose", "structure_table",
    "summary", "summary_table",
]  # fmt: skip

structure_prose = _structure.prose
roadmap_table = portfolio_figures.roadmap


@dataclass(frozen=True)
class Assessed:
    """A context with its models ranked.

    Attributes
    ----------
    setting : Context
    assessment : Assessment
    space : WeightSpace
        All weights that the constraints allow.
    result : Ranking
    ranks : DataFrame
        Rank acceptability, one row a model and rank.
    levels : DataFrame
        One row a model and criterion.
    draws, seed : int
        What it was ranked with.
    """

    setting: Context
    assessment: Assessment
    space: WeightSpace
    result: Ranking
    ranks: pd.DataFrame
    levels: pd.DataFrame
    draws: int
    seed: int

    @cached_property
    def held(self) -> pd.DataFrame:
        """The ranking in every scenario of the structural sensitivity; drawn where it is asked for.

        The page of the ranking does not ask, and the scenarios take longer than all else.
        """
        coded = data.table("context_codings", self.setting.folder / "codings.csv")
        return structure.structural_sensitivity(
            self.assessment, self.setting, self.space,
            codings.levels(coded, self.setting.offers, self.assessment),
            draws=self.draws, seed=self.seed,
        )  # fmt: skip


def assess(context: str, constraints: list[str], *, draws: int, seed: int) -> Assessed:
    """Rank the models for a context, as they are coded; `held` ranks them in every scenario.

    Parameters
    ----------
    context : str
        Name of a folder of `data/contexts`.
    constraints : list of str
        What is known of the weights, e.g. `trust >= cost`.
    draws, seed : int
    """
    setting = load(context)
    assessment = criteria.assess(setting.folder)
    space = WeightSpace.parse(assessment.codes, constraints)
    result = smaa.smaa2(assessment.levels, space, draws=draws, seed=seed)
    return Assessed(
        setting, assessment, space, result, standings.acceptability(assessment, result),
        standings.levels(assessment), draws, seed,
    )  # fmt: skip


def save(chapter: Chapter, found: Assessed) -> None:
    """Leave what other chapters read: ranks, what the answer rests on, the scenarios."""
    chapter.save("acceptability", found.ranks)
    chapter.save("standing", _answer.standing(found.assessment, found.result))
    chapter.save("structural_sensitivity", found.held)


def answer(found: Assessed) -> dict[str, str]:
    """The answer in sentences."""
    standing = _answer.standing(found.assessment, found.result)
    return _answer.prose(standing, found.held)


def summary(chapter: Chapter, found: Assessed) -> pd.DataFrame:
    """The summary of findings, one row a model, with the certainty that chapter 3 leaves."""
    certain = chapter.load("3-synthesis", "certainty")
    # The scenarios are drawn less often than the ranking itself, whose share every page tells.
    first = dict(zip(found.assessment.models, found.result.acceptability[:, 0], strict=True))
    levels = np.isfinite(found.assessment.levels).sum(axis=1)
    known = dict(zip(found.assessment.models, map(int, levels), strict=True))
    summed = _summary.summary(_inputs.inputs(found.setting, certain), found.held, first)
    return summed.assign(
        known=summed["model"].map(known), criteria=len(found.assessment.codes)
    )


def summary_table(summed: pd.DataFrame, found: Assessed) -> Table:
    """The summary of findings, each line of a cell linked to the row behind it."""
    return _summary.table(summed, _inputs.rows(found.setting))


def ranking_prose(found: Assessed) -> dict[str, str | int]:
    """What is told of the ranking and of how much is known."""
    known = ranking_figures.known_weights(found.space)
    return {
        "rank_constraints": known, **ranking_figures.prose(found.assessment, found.result),
        "rank_unasked": _structure.unasked(found.assessment, found.setting),
    }  # fmt: skip


def country_evidence(setting: Context, *, fact: str, finding: str) -> dict[str, str | int]:
    """How many studies, cases and indicators speak for or against; a fact and a finding quoted."""
    return {
        **prose.indicators(setting), **_country.prose(setting),
        **_country.quoted(setting, fact=fact, finding=finding),
    }  # fmt: skip


def covering() -> pd.DataFrame:
    """Which model answers which barrier through one of the article's directions."""
    return portfolio.model_coverage(
        data.table("models"), data.table("barriers"), data.table("direction_models"),
        data.table("direction_barriers"),
    )  # fmt: skip


def cover() -> dict[str, str]:
    """The smallest sets of models that answer what can be answered, in words."""
    return portfolio_figures.cover_prose(portfolio.smallest_model_cover(covering()))


def roadmap() -> pd.DataFrame:
    """The article's directions with their barriers, models and addressees."""
    return portfolio.roadmap(
        data.table("directions"), data.table("direction_barriers"),
        data.table("direction_models"), data.table("recommendations"),
    )  # fmt: skip


def next_steps() -> Table:
    """Further studies that the article names."""
    return tables.next_steps(data.table("next_steps"))
