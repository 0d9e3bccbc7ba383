"""Other methods beside SMAA-2, over the same draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from compendium import language, project
from compendium.errors import CompendiumError
from compendium.ranking import criteria, methods, sensitivity_figures
from compendium.ranking.smaa import smaa2
from compendium.ranking.weights import WeightSpace


def assessment(levels):
    levels = np.array(levels, dtype=float)
    codes = [f"c{at}" for at in range(levels.shape[1])]
    models = [f"m{at}" for at in range(len(levels))]
    return criteria.Assessment(pd.DataFrame({"criterion": codes}), None, models, levels, None)


@pytest.fixture(scope="module")
def compared():
    country = criteria.assess(project.path("data", "contexts", "kazakhstan-electronics"))
    space = WeightSpace(country.codes)
    return country, space, methods.compare(country, space, draws=400)


def test_every_method_puts_a_dominating_model_first():
    own = assessment([[4, 4, 3], [2, 3, 1], [0, 1, 0]])
    told = methods.compare(own, WeightSpace(["c0", "c1", "c2"]), draws=50)
    first = told.acceptability.query("model == 'm0' and rank == 1")
    assert len(first) == len(methods.rankers())
    assert first["acceptability"].to_numpy() == pytest.approx(np.ones(len(first)))
    assert told.same_first.to_numpy() == pytest.approx(np.ones((4, 4)))


def test_the_weighted_sum_ranks_as_smaa(compared):
    country, space, told = compared
    first = told.acceptability.query("method == 'smaa' and rank == 1")["acceptability"]
    ranking = smaa2(country.levels, space, draws=50_000)
    error = np.sqrt(0.25 / told.draws)
    assert first.to_numpy() == pytest.approx(ranking.acceptability[:, 0], abs=4 * error)


def test_agreement_is_whole_with_itself_and_mutual(compared):
    agreement = compared[2].agreement.to_numpy()
    assert np.diag(agreement) == pytest.approx(np.ones(4))
    assert agreement == pytest.approx(agreement.T)
    assert (agreement <= 1 + 1e-12).all() and (agreement > 0).all()


def test_the_ranks_of_each_method_add_up_to_one(compared):
    shares = compared[2].acceptability
    for by in (["method", "model"], ["method", "rank"]):
        sums = shares.groupby(by)["acceptability"].sum().to_numpy()
        assert sums == pytest.approx(np.ones(len(sums)))


def test_the_methods_are_those_of_their_published_examples():
    # The worked examples of pymcdm's documentation, with the ranks that follow from its values.
    by_name = methods.rankers()
    promethee = by_name["promethee_ii"](
        np.array([[4, 3, 2], [3, 2, 4], [5, 1, 3.0]]), np.array([0.5, 0.3, 0.2])
    )
    assert promethee.tolist() == [2, 3, 1]
    vikor = by_name["vikor"](
        np.array([[78, 56, 34, 6], [4, 45, 3, 97], [18, 2, 50, 63], [9, 14, 11, 92],
                  [85, 9, 100, 29.0]]),
        np.full(4, 0.25),
    )
    assert vikor.tolist() == [2, 4, 5, 3, 1]


def test_criteria_by_which_all_are_equal_do_not_break_a_method():
    told = methods.compare(
        assessment([[4, 2], [1, 2]]), WeightSpace(["c0", "c1"]), draws=20
    )
    assert told.acceptability.query("model == 'm0' and rank == 1")["acceptability"].eq(1).all()


def test_models_that_are_equal_in_everything_share_their_ranks():
    told = methods.compare(
        assessment([[4, 2], [4, 2], [1, 0]]), WeightSpace(["c0", "c1"]), draws=20
    )
    shares = told.acceptability.query("model == 'm0' and rank <= 2")["acceptability"]
    assert shares.to_numpy() == pytest.approx(np.full(8, 0.5))


def test_no_draws_are_refused():
    with pytest.raises(CompendiumError, match="There are 0 draws"):
        methods.compare(assessment([[4], [1]]), WeightSpace(["c0"]), draws=0)


def test_the_table_has_a_line_a_model_and_two_of_agreement(compared):
    language.use("en")
    country, _, told = compared
    lines = sensitivity_figures.methods(told, country.models).to_csv().splitlines()
    assert len(lines) == 1 + len(country.models) + 2
    shares = told.acceptability.query("rank == 1").set_index(["method", "model"])["acceptability"]
    own = next(line for line in lines if line.startswith("Living Labs")).split(",")
    assert own[-4:] == [
        language.percent(shares[name, "living_labs"]) for name in told.agreement.index
    ]
    assert lines[-2].startswith("Correlation of ranks with SMAA-2,1.00,")
    assert lines[-1].startswith("Same first as SMAA-2,100%,")
