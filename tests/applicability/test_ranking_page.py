"""The ranking on the page: what is told is what was computed."""

from __future__ import annotations

import numpy as np
import pytest

from compendium import language, project
from compendium.applicability import context, criteria, ranking, ranking_figures, smaa, weights


@pytest.fixture(scope="module")
def assessment():
    return criteria.assess(project.path("data", "contexts", "kazakhstan-electronics"))


@pytest.fixture(scope="module")
def result(assessment):
    return smaa.smaa2(
        assessment.levels, weights.WeightSpace(assessment.codes), draws=20_000, seed=1
    )


def test_shares_of_a_model_and_of_a_rank_add_up_to_one(assessment, result):
    frame = ranking.acceptability(assessment, result)
    assert np.allclose(frame.groupby("model")["acceptability"].sum(), 1)
    assert np.allclose(frame.groupby("rank")["acceptability"].sum(), 1)


def test_the_lead_is_the_largest_share_of_first_ranks(assessment, result):
    ahead = ranking.lead(assessment, result)
    firsts = dict(zip(assessment.models, result.acceptability[:, 0], strict=True))
    assert firsts[ahead.first] == max(firsts.values())
    assert ahead.first_share >= ahead.second_share
    assert 0 <= ahead.before <= 1


def test_an_unknown_level_is_shown_as_unknown_not_as_a_number(assessment):
    shown = ranking_figures.levels(ranking.levels(assessment), assessment.models)._repr_html_()
    assert shown.count("mark unknown") == len(assessment.unknown)
    assert "nan" not in shown.lower()


def test_every_known_level_has_its_reason(assessment):
    setting = context.load("kazakhstan-electronics")
    shown = ranking_figures.reasons(assessment, setting)._repr_html_()
    assert shown.count('<th scope="row">') == (assessment.scores["status"] == "scored").sum()


@pytest.mark.parametrize("code", ["ru", "en", "kk"])
def test_the_figure_names_every_model_in_the_reader_s_language(assessment, result, code):
    language.use(code)
    figure = ranking_figures.acceptability(ranking.acceptability(assessment, result))
    for model in assessment.models:
        assert language.label(model) in figure.alt


def test_known_and_unknown_levels_are_counted_together(assessment, result):
    told = ranking_figures.told(assessment, result)
    assert told["rank_known"] + told["rank_unknown"] == assessment.levels.size
