"""SMAA-2 against published examples and against cases that can be worked out by hand."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from scipy.integrate import quad

from compendium.errors import CompendiumError
from compendium.ranking.smaa import FixedWeights, OrdinalScores, smaa2
from compendium.ranking.weights import WeightSpace

UNKNOWN = np.nan


class Measured:
    """Scores that are measured with errors: what the published examples have."""

    def __init__(self, sample):
        self.sample = sample

    def values(self, rng, weights):
        return np.einsum("cd,mcd->md", weights, self.sample(rng, weights.shape[1]))


def known(*rows):
    """Scores on a common scale that are known exactly."""
    table = np.array(rows, dtype=float)[:, :, None]
    return Measured(lambda rng, draws: np.broadcast_to(table, (*table.shape[:2], draws)))


def free(count):
    return WeightSpace([f"c{at}" for at in range(count)])


# ------------------------------------------------------------------ published examples


def thrombolytics():
    """Heparin and enoxaparin by three risks, as in the example of the R package smaa.

    Beta distributions and linear scales as in the package's example data; printed results in
    smaa 0.3-3, tests/Examples/smaa-Ex.Rout.save (10,000 draws), https://CRAN.R-project.org/package=smaa
    """
    beta = np.array([[(20, 116), (40, 96), (1, 135)], [(8, 121), (32, 97), (5, 124)]])
    worst, best = np.array([0.25, 0.4, 0.1]), np.array([0.0, 0.15, 0.0])

    def sample(rng, draws):
        risk = rng.beta(beta[..., 0, None], beta[..., 1, None], (2, 3, draws))
        return (worst[:, None] - risk) / (worst - best)[:, None]

    return Measured(sample)


def test_the_example_of_the_r_package_without_preferences():
    ranking = smaa2(thrombolytics(), free(3), draws=400_000, seed=3)
    error = np.sqrt(0.35 * 0.65 / 10_000)  # of the published 10,000 draws
    assert ranking.acceptability == pytest.approx(
        np.array([[0.3504, 0.6496], [0.6496, 0.3504]]), abs=3 * error
    )
    assert ranking.central_weights == pytest.approx(
        np.array([[0.1865, 0.2772, 0.5363], [0.4073, 0.3641, 0.2285]]), abs=0.012
    )
    assert ranking.confidence == pytest.approx(np.array([0.6682, 0.8956]), abs=0.025)


def test_the_example_of_the_r_package_with_ordered_weights():
    # The same example with proximal > bleeding > distal: drugis/mcda-elicitation-web,
    # R/test/thrombo.R, which asks for the acceptability to 0.02 and the weights to 5 %.
    names = ("proximal", "distal", "bleeding")
    space = WeightSpace.parse(names, ["proximal > bleeding > distal"])
    ranking = smaa2(thrombolytics(), space, draws=200_000, seed=3)
    assert ranking.acceptability[:, 0] == pytest.approx(np.array([0.1369, 0.8631]), abs=0.0105)
    assert ranking.central_weights == pytest.approx(
        np.array([[0.5240, 0.1213, 0.3547], [0.6229, 0.1103, 0.2668]]), rel=0.05
    )
    assert ranking.confidence == pytest.approx(np.array([0.1914, 0.9174]), abs=0.02)


def test_the_example_of_the_r_package_with_known_weights():
    # As above: proximal twice bleeding, bleeding twice distal.
    ranking = smaa2(thrombolytics(), np.array([4.0, 1.0, 2.0]), draws=200_000, seed=3)
    assert ranking.acceptability[:, 0] == pytest.approx(np.array([0.1049, 0.8951]), abs=0.0095)
    assert ranking.central_weights[0] == pytest.approx(np.array([4, 1, 2]) / 7)


def test_the_antidepressants_of_tervonen_and_others():
    # Tervonen, van Valkenhoef, Buskens, Hillege & Postmus (2010), SOM Research Report 10001,
    # University of Groningen: four drugs, efficacy (log-normal) and five adverse reactions
    # (normal). Inputs and results to two decimals as in JSMAA's own check of that model,
    # tommite/jsmaa, SMAA2SimulationTest.testCorrectResultsWithBRModel; 10,000 draws.
    drugs = ("fluoxetine", "paroxetine", "sertraline", "venlafaxine")
    mean = np.array([
        [0.0, 11.7, 7.2, 16.6, 13.7, 18.6],
        [0.086, 9.2, 10.6, 21.2, 14.3, 18.3],
        [0.095, 15.4, 7.5, 20.2, 15.0, 19.5],
        [0.113, 5.5, 15.7, 12.8, 11.2, 31.0],
    ])
    spread = np.array([
        [0.0, 2.5, 1.45, 3.27, 1.89, 1.79],
        [0.056, 1.86, 1.58, 5.15, 2.93, 3.7],
        [0.044, 2.65, 1.48, 3.78, 3.21, 2.6],
        [0.048, 2.32, 4.44, 2.45, 3.98, 1.68],
    ])
    low, high = mean - 1.96 * spread, mean + 1.96 * spread  # scales: hulls of the 95 % intervals
    low[:, 0], high[:, 0] = np.exp(low[:, 0]), np.exp(high[:, 0])
    low, high = low.min(axis=0)[:, None], high.max(axis=0)[:, None]

    def sample(rng, draws):
        drawn = rng.normal(mean[..., None], spread[..., None], (4, 6, draws))
        drawn[:, 0] = np.exp(drawn[:, 0])
        scaled = (drawn - low) / (high - low)
        scaled[:, 1:] = 1 - scaled[:, 1:]
        return scaled

    ranking = smaa2(Measured(sample), free(6), draws=200_000, seed=5)
    published = {
        "fluoxetine": ([0.20, 0.28, 0.30, 0.22], [0.08, 0.14, 0.23, 0.18, 0.16, 0.22], 0.48),
        "paroxetine": ([0.25, 0.29, 0.27, 0.19], [0.18, 0.17, 0.15, 0.13, 0.15, 0.22], 0.44),
        "sertraline": ([0.17, 0.25, 0.29, 0.30], [0.21, 0.10, 0.22, 0.13, 0.15, 0.20], 0.34),
        "venlafaxine": ([0.39, 0.18, 0.15, 0.29], [0.18, 0.21, 0.12, 0.21, 0.19, 0.09], 0.74),
    }
    for at, drug in enumerate(drugs):
        acceptability, central, confidence = published[drug]
        assert ranking.acceptability[at] == pytest.approx(np.array(acceptability), abs=0.02), drug
        assert ranking.central_weights[at] == pytest.approx(np.array(central), abs=0.02), drug
        assert ranking.confidence[at] == pytest.approx(confidence, abs=0.03), drug


# ------------------------------------------------------------------ worked out by hand


def test_a_model_that_dominates_is_first_in_every_draw():
    levels = np.array([[4, 3, 4.0], [2, 2, 3.0], [0, 1, 1.0]])
    ranking = smaa2(levels, free(3), draws=20_000)
    assert ranking.acceptability == pytest.approx(np.eye(3))
    assert ranking.confidence[0] == 1
    assert ranking.pairwise[0, 1] == 1 and ranking.pairwise[1, 0] == 0
    assert np.isnan(ranking.central_weights[1:]).all(), "a model that is never first has none"
    assert np.isnan(ranking.confidence[1:]).all()


def test_with_two_criteria_the_acceptability_is_a_ratio_of_lengths():
    # The third model is best while 0.4 < w < 0.6, so its share of the interval is 0.2.
    ranking = smaa2(known([1, 0], [0, 1], [0.6, 0.6]), free(2), draws=200_000, seed=2)
    assert ranking.acceptability[:, 0] == pytest.approx(
        np.array([0.4, 0.4, 0.2]), abs=4 * ranking.standard_error.max()
    )
    assert ranking.central_weights == pytest.approx(
        np.array([[0.8, 0.2], [0.2, 0.8], [0.5, 0.5]]), abs=0.002
    )
    assert ranking.confidence.tolist() == [1, 1, 1]
    assert ranking.pairwise[0, 1] == pytest.approx(0.5, abs=0.005)


def test_a_level_between_is_worth_an_order_statistic():
    # The middle level is worth the median q of three uniform numbers, of density 6q(1 − q), and
    # the first model wins if w q > 1 − w: with probability q / (1 + q) over uniform w.
    wanted = quad(lambda q: 6 * q * (1 - q) * q / (1 + q), 0, 1)[0]
    ranking = smaa2(np.array([[2, 0.0], [0, 4.0]]), free(2), draws=400_000, seed=4)
    assert ranking.acceptability[0, 0] == pytest.approx(
        wanted, abs=4 * ranking.standard_error.max()
    )


@pytest.mark.parametrize(("level", "share"), [(0, 0.1), (2, 0.5), (3, 0.7), (4, 0.9)])
def test_an_unknown_score_is_drawn_from_the_whole_scale(level, share):
    # Against a known level, the unknown one is below, equal (a shared place) or above.
    ranking = smaa2(np.array([[level], [UNKNOWN]]), np.array([1.0]), draws=100_000)
    assert ranking.acceptability[0, 0] == pytest.approx(share, abs=0.007)


def test_an_unknown_score_is_not_a_middle_one():
    unknown = smaa2(np.array([[3, 3.0], [4, UNKNOWN]]), free(2), draws=50_000)
    middle = smaa2(np.array([[3, 3.0], [4, 2.0]]), free(2), draws=50_000)
    assert abs(unknown.acceptability[0, 0] - middle.acceptability[0, 0]) > 0.05


def test_models_that_tie_share_their_ranks():
    ranking = smaa2(np.array([[3, 1.0], [3, 1.0], [0, 0.0]]), free(2), draws=1_000)
    assert ranking.acceptability == pytest.approx(
        np.array([[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]])
    )
    assert ranking.pairwise[0, 1] == 0.5
    assert ranking.confidence[:2] == pytest.approx([0.5, 0.5])


# ------------------------------------------------------------------ Monte Carlo


@pytest.fixture
def levels():
    drawn = np.random.default_rng(7)
    table = drawn.integers(0, 5, (5, 12)).astype(float)
    table[drawn.random(table.shape) < 0.4] = UNKNOWN
    return table


def test_the_result_does_not_depend_on_the_number_of_threads(levels):
    one, two, five = (
        smaa2(levels, free(12), draws=50_001, seed=9, threads=threads) for threads in (1, 2, 5)
    )
    for name in ("acceptability", "central_weights", "confidence", "pairwise"):
        assert np.array_equal(getattr(one, name), getattr(two, name), equal_nan=True)
        assert np.array_equal(getattr(one, name), getattr(five, name), equal_nan=True)


def test_equal_seeds_give_equal_results_and_others_differ(levels):
    results = [smaa2(levels, free(12), draws=5_000, seed=seed) for seed in (1, 1, 2)]
    assert np.array_equal(results[0].acceptability, results[1].acceptability)
    assert not np.array_equal(results[0].acceptability, results[2].acceptability)


def test_rows_and_columns_of_the_acceptability_add_up_to_one(levels):
    ranking = smaa2(levels, free(12), draws=12_345)
    assert ranking.acceptability.sum(axis=0) == pytest.approx(np.ones(5))
    assert ranking.acceptability.sum(axis=1) == pytest.approx(np.ones(5))
    both = ranking.pairwise + ranking.pairwise.T
    assert both[~np.eye(5, dtype=bool)] == pytest.approx(np.ones(20))
    assert ranking.expected_rank.sum() == pytest.approx(15)


def test_the_standard_error_is_the_spread_over_seeds(levels):
    runs = [smaa2(levels, free(12), draws=2_000, seed=seed, threads=1) for seed in range(60)]
    spread = np.std([run.acceptability for run in runs], axis=0, ddof=1)
    told = np.mean([run.standard_error for run in runs], axis=0)
    assert (spread / told).mean() == pytest.approx(1, abs=0.1)


def test_memory_does_not_grow_with_the_draws(levels):
    def peak(draws):
        tracemalloc.start()
        smaa2(levels, free(12), draws=draws, threads=2)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(400_000) < 1.5 * peak(50_000)
    assert peak(100_000) < 100e6


def test_drawn_scores_and_their_weighted_sums_are_the_same_arithmetic(levels):
    scores = OrdinalScores(levels)
    weights = free(12).draw(np.random.default_rng(1), 500)
    drawn = scores.draw(np.random.default_rng(2), 500)
    sums = scores.values(np.random.default_rng(2), weights)
    assert np.einsum("cd,mcd->md", weights, drawn) == pytest.approx(sums)


def test_known_weights_are_scaled_to_add_up_to_one():
    assert FixedWeights(np.array([2, 6])).draw(None, 3)[:, 0].tolist() == [0.25, 0.75]


# ------------------------------------------------------------------ bad input


@pytest.mark.parametrize("draws", [0, -5])
def test_no_draws_are_refused(levels, draws):
    with pytest.raises(CompendiumError, match=rf"There are {draws} draws.*one draw or more"):
        smaa2(levels, free(12), draws=draws)


def test_one_model_is_refused(levels):
    with pytest.raises(CompendiumError, match=r"only one model.*two models or more"):
        smaa2(levels[:1], free(12))


def test_a_negative_seed_is_refused(levels):
    with pytest.raises(CompendiumError, match="The seed is -1"):
        smaa2(levels, free(12), seed=-1)


# ------------------------------------------------------------------ other scales


@pytest.mark.parametrize("top", [1, 2, 3, 6])
def test_levels_between_worst_and_best_are_worth_sorted_uniform_numbers_on_any_scale(top):
    scores = OrdinalScores(np.array([[0.0, top], [top, 0.0]]), top)
    worth = scores.scale(np.random.default_rng(2), 50_000)
    assert worth.shape[0] == top + 1
    assert (worth[0] == 0).all() and (worth[top] == 1).all()
    assert (np.diff(worth, axis=0) >= 0).all()
    # The k-th of n sorted uniform numbers has the mean k / (n + 1).
    assert worth.mean(axis=(1, 2)) == pytest.approx(np.arange(top + 1) / top, abs=0.005)


@pytest.mark.parametrize("top", [3, 6])
def test_an_unknown_level_is_any_of_its_scale(top):
    scores = OrdinalScores(np.array([[np.nan], [top]]), top)
    guesses = scores.guesses(np.random.default_rng(3), 70_000)
    assert np.bincount(guesses[0]) / 70_000 == pytest.approx(np.full(top + 1, 1 / (top + 1)),
                                                             abs=0.006)


def test_a_ranking_on_another_scale_is_what_it_would_be_worked_out_by_hand():
    # On a scale of 0 to 2 the middle level is worth one uniform number u: the first model wins
    # if w u > 1 - w, with probability u / (1 + u) over uniform w, so 1 - ln 2 in all.
    scores = OrdinalScores(np.array([[1, 0.0], [0, 2.0]]), 2)
    ranking = smaa2(scores, free(2), draws=400_000, seed=4)
    assert ranking.acceptability[0, 0] == pytest.approx(
        1 - np.log(2), abs=4 * ranking.standard_error.max()
    )
