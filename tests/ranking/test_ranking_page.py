"""The ranking on the page: what is told is what was computed."""

from __future__ import annotations

import re

import numpy as np
import pytest

from compendium import data, language, project
from compendium.display import palette
from compendium.ranking import (
    context,
    criteria,
    level_figures,
    ranking_figures,
    smaa,
    standings,
    weights,
)


@pytest.fixture(autouse=True)
def _english():
    language.use("en")
    yield
    language.use("en")


@pytest.fixture(scope="module")
def result(assessment):
    return smaa.smaa2(
        assessment.levels, weights.WeightSpace(assessment.codes), draws=20_000, seed=1
    )


def test_shares_of_a_model_and_of_a_rank_add_up_to_one(assessment, result):
    frame = standings.acceptability(assessment, result)
    assert np.allclose(frame.groupby("model")["acceptability"].sum(), 1)
    assert np.allclose(frame.groupby("rank")["acceptability"].sum(), 1)


def test_the_lead_is_the_largest_share_of_first_ranks(assessment, result):
    ahead = standings.lead(assessment, result)
    firsts = dict(zip(assessment.models, result.acceptability[:, 0], strict=True))
    assert firsts[ahead.first] == max(firsts.values())
    assert ahead.first_share >= ahead.second_share
    assert 0 <= ahead.before <= 1


def test_an_unknown_level_is_shown_as_unknown_not_as_a_number(assessment):
    shown = level_figures.levels(standings.levels(assessment), assessment.models)._repr_html_()
    assert shown.count("mark unknown") == len(assessment.unknown)
    assert "nan" not in shown.lower()


def test_every_known_level_has_its_reason(assessment):
    setting = context.load("kazakhstan-electronics")
    shown = level_figures.reasons(assessment, setting)._repr_html_()
    assert shown.count('<th scope="row">') == (assessment.scores["status"] == "scored").sum()


@pytest.mark.parametrize("code", ["ru", "en", "kk"])
def test_the_figure_names_every_model_in_the_reader_s_language(assessment, result, code):
    language.use(code)
    figure = ranking_figures.acceptability(standings.acceptability(assessment, result))
    for model in assessment.models:
        assert language.label(model) in figure.alt


def test_known_and_unknown_levels_are_counted_together(assessment, result):
    told = ranking_figures.prose(assessment, result)
    assert told["rank_known"] + told["rank_unknown"] == assessment.levels.size


def test_models_that_are_first_now_and_then_and_mostly_are_counted(assessment, result):
    told = ranking_figures.prose(assessment, result)
    firsts = result.acceptability[:, 0]
    assert told["rank_possible"] == f"{(firsts >= 0.01).sum()} of 5"
    assert told["rank_most"].startswith("None comes first") == (firsts.max() <= 0.5)


def test_a_cell_of_the_heat_map_has_its_share_and_its_interval(assessment, result):
    frame = standings.acceptability(assessment, result)
    svg = ranking_figures.acceptability(frame).svg
    row = frame.iloc[0]
    half = 100 * ranking_figures.SURE * row["standard_error"]
    assert f">{language.percent(row['acceptability'], 1)}<" in svg
    assert f">± {language.number(half, 1)}<" in svg


def test_the_ranking_stands_beside_what_the_article_says(assessment, result):
    table = ranking_figures.beside(
        assessment, result, data.table("models"), data.table("direction_models")
    )
    shown = table.to_csv()
    for model, first in zip(assessment.models, result.acceptability[:, 0], strict=True):
        assert language.label(model) in shown and language.percent(first, 1) in shown
    assert language.text(data.table("models")["limitation"].iloc[0]) in shown


def test_a_model_that_never_comes_first_has_no_central_weights_to_draw():
    levels = np.array([[4, 4.0], [0, 1.0]])
    frame = criteria.assess(project.path("data", "contexts", "kazakhstan-electronics"))
    codes = frame.criteria.iloc[:2]
    two = criteria.Assessment(codes, None, frame.models[:2], levels, None)
    found = smaa.smaa2(levels, weights.WeightSpace(two.codes), draws=500)
    alone = ranking_figures.central_weights(two, found)
    assert language.label(frame.models[0]) in alone.alt
    assert language.label(frame.models[1]) not in alone.alt


def test_the_matrix_of_levels_says_how_many_are_known(assessment):
    figure = level_figures.level_matrix(standings.levels(assessment), assessment.models)
    known = int(np.isfinite(assessment.levels[0]).sum())
    assert f"{language.label(assessment.models[0])}: {known} of 15 levels are known" in figure.alt
    assert figure.svg.count(">?<") == len(assessment.unknown)


def test_a_larger_value_is_the_stronger_shade_in_the_dark_scheme_too(assessment, result):
    levels = standings.levels(assessment)
    levels.loc[0, assessment.models[0]] = criteria.TOP
    for figure in (
        level_figures.level_matrix(levels, assessment.models),
        ranking_figures.acceptability(standings.acceptability(assessment, result)),
    ):
        strongest = rf"fill: var\(--fig-accent, #\w+\); (?:fill-)?opacity: {palette.FULL}\b"
        assert re.search(strongest, figure.svg)


def test_every_criterion_says_what_it_asks_and_where_it_comes_from(assessment):
    lines = level_figures.criteria(assessment).to_csv().splitlines()
    assert len(lines) == 1 + len(assessment.codes)
    assert language.definition("crit_trust") in lines[1]
    assert "Limitation" in lines[1] and "Table 3, row 1" in lines[1]
