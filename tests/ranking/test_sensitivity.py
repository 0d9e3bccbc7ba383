"""What an unknown would change, and where a weight turns the ranking."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from compendium import language, project
from compendium.errors import CompendiumError
from compendium.ranking import criteria, sensitivity, sensitivity_figures
from compendium.ranking.smaa import FixedWeights, smaa2
from compendium.ranking.weights import WeightSpace


def assessment(levels):
    levels = np.array(levels, dtype=float)
    codes = [f"c{at}" for at in range(levels.shape[1])]
    models = [f"m{at}" for at in range(len(levels))]
    return criteria.Assessment(pd.DataFrame({"criterion": codes}), None, models, levels, None)


@pytest.fixture
def country():
    return criteria.assess(project.path("data", "contexts", "kazakhstan-electronics"))


def test_the_value_of_knowing_one_score_is_what_it_settles():
    # Against level 2, the unknown one leaves the outcome open; at four of five levels knowing it
    # moves half of the first places, at one level none.
    told = sensitivity.value_of_information(
        assessment([[2], [np.nan]]), FixedWeights(np.ones(1)), draws=100_000
    )
    assert told.loc[0, ["model", "criterion"]].tolist() == ["m1", "c0"]
    assert told.loc[0, "change"] == pytest.approx(0.4, abs=0.01)
    assert told.loc[0, "gain"] == pytest.approx(0.4, abs=0.01)


def test_a_score_that_cannot_matter_has_no_value():
    told = sensitivity.value_of_information(
        assessment([[4, 4], [1, 1], [0, np.nan]]),
        WeightSpace.parse(["c0", "c1"], ["c0 >= 0.9"]),
        draws=10_000,
    )
    assert told.loc[0, "change"] == 0 and told.loc[0, "leader_changes"] == 0


def test_the_most_telling_unknown_comes_first(country):
    told = sensitivity.value_of_information(country, WeightSpace(country.codes), draws=20_000)
    assert told["change"].is_monotonic_decreasing
    assert len(told) == len(country.unknown)
    assert (told["change"] > 0).all()


def test_nothing_unknown_has_no_value_to_know():
    told = sensitivity.value_of_information(
        assessment([[4, 1], [1, 4]]), WeightSpace(["c0", "c1"]), draws=1_000
    )
    assert told.empty


def test_the_value_of_knowing_does_not_depend_on_threads(country):
    space = WeightSpace(country.codes)
    one, two = (
        sensitivity.value_of_information(country, space, draws=20_000, threads=threads)
        for threads in (1, 2)
    )
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_the_lead_turns_where_two_models_are_equal():
    # m0 has the first criterion, m1 the second: who leads turns at one half.
    sweeps = sensitivity.weight_sweeps(assessment([[4, 0], [0, 4]]), draws=2_000)
    turns = sensitivity.flip_points(sweeps).set_index("criterion")
    assert turns.loc["c0", "weight"] == pytest.approx(0.5, abs=0.005)
    assert turns.loc["c0", ["before", "after"]].tolist() == ["m1", "m0"]
    assert turns.loc["c1", ["before", "after"]].tolist() == ["m0", "m1"]
    assert turns.loc["c0", "low"] < 0.5 < turns.loc["c0", "high"]


def test_a_model_that_dominates_keeps_the_lead():
    sweeps = sensitivity.weight_sweeps(assessment([[4, 3], [0, 1]]), draws=1_000)
    turns = sensitivity.flip_points(sweeps)
    assert turns["weight"].isna().all() and turns["after"].isna().all()
    assert (turns["before"] == "m0").all()


def test_a_lead_within_the_error_is_open():
    sweeps = sensitivity.weight_sweeps(assessment([[2, 2], [2, 2]]), draws=1_000)
    assert sensitivity.flip_points(sweeps)["before"].isna().all()


def test_the_stretches_of_a_strip_join_and_turn_where_the_lead_does(country):
    sweeps = sensitivity.weight_sweeps(country, draws=4_000)
    stretches = sensitivity.leads(sweeps)
    points = sensitivity.flip_points(sweeps)
    for criterion, own in stretches.groupby("criterion", sort=False):
        assert own["low"].iloc[0] == 0 and own["high"].iloc[-1] == pytest.approx(0.9)
        assert own["low"].tolist()[1:] == own["high"].tolist()[:-1]
        named = [model for model in own["model"] if not pd.isna(model)]
        turns = sum(one != other for one, other in pairwise(named))
        changes = points[points["criterion"] == criterion]["weight"].notna().sum()
        assert turns == changes


def test_a_strip_where_nobody_leads_is_open_all_along():
    sweeps = sensitivity.weight_sweeps(assessment([[2, 2], [2, 2]]), draws=1_000)
    stretches = sensitivity.leads(sweeps)
    assert len(stretches) == 2 and stretches["model"].isna().all()


def test_the_figure_of_the_strips_says_how_often_the_lead_changes(country):
    language.use("en")
    sweeps = sensitivity.weight_sweeps(country, draws=2_000)
    points = sensitivity.flip_points(sweeps)
    figure = sensitivity_figures.flips(sensitivity.leads(sweeps), points)
    changing = points.dropna(subset=["weight"])["criterion"].nunique()
    assert figure.alt.startswith("A strip for each of 15 criteria")
    assert figure.alt.endswith(f"Another model takes the lead in {changing} of them.")
    told = sensitivity_figures.flips_prose(points, 15)
    assert told["flip_criteria"] == f"{changing} of 15"


def test_unknown_levels_that_cannot_be_told_from_the_first_are_counted():
    language.use("en")
    frame = pd.DataFrame({
        "model": ["living_labs", "intermediaries", "living_labs"],
        "criterion": ["crit_trust", "crit_trust", "crit_reach"],
        "change": [0.10, 0.09, 0.02],
        "standard_error": [0.01, 0.01, 0.01],
        "leader_changes": [0.4, 0.4, 0.0],
    })
    told = sensitivity_figures.information_prose(frame)
    assert told["know_alike"] == "1 other unknown level"
    assert told["know_change"] == "10.0%"


def test_with_everything_known_there_is_nothing_to_learn():
    told = sensitivity_figures.information_prose(
        sensitivity.value_of_information(
            assessment([[4, 0], [0, 4]]), WeightSpace(["c0", "c1"]), draws=500
        )
    )
    assert told["know_change"] == "–"


def test_the_shares_at_a_weight_add_up_to_one(country):
    sweeps = sensitivity.weight_sweeps(country, steps=4, draws=2_000)
    sums = sweeps.groupby(["criterion", "weight"])["acceptability"].sum()
    assert sums.to_numpy() == pytest.approx(np.ones(len(country.codes) * 4))


def test_a_swept_weight_agrees_with_the_ranking_at_that_weight(country):
    sweeps = sensitivity.weight_sweeps(country, steps=2, draws=40_000)
    own = sweeps[(sweeps["criterion"] == "crit_trust") & (sweeps["weight"] == 0)]

    class WithoutTrust:
        def draw(self, rng, draws):
            weights = rng.standard_exponential((len(country.codes), draws))
            weights[country.codes.index("crit_trust")] = 0
            return weights / weights.sum(axis=0)

    ranking = smaa2(country.levels, WithoutTrust(), draws=40_000)
    assert own["acceptability"].to_numpy() == pytest.approx(ranking.acceptability[:, 0], abs=0.015)


def test_one_step_is_refused(country):
    with pytest.raises(CompendiumError, match="cannot be varied"):
        sensitivity.weight_sweeps(country, steps=1)
