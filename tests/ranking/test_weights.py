"""Weights are drawn uniformly from what is known of them; contradictions are told."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kstest

from compendium.errors import CompendiumError
from compendium.ranking.hit_and_run import DRAWS_PER_CHAIN
from compendium.ranking.weights import EmptyWeightSpace, WeightSpace

DRAWS = 40_000


def drawn(criteria, constraints=(), draws=DRAWS):
    space = WeightSpace.parse(criteria, constraints)
    return space, space.draw(np.random.default_rng(11), draws)


def centroid(size):
    """Mean of ordered weights, the largest first (rank-order centroid)."""
    return np.array([sum(1 / j for j in range(k, size + 1)) / size for k in range(1, size + 1)])


def test_weights_that_are_not_known_are_uniform_on_the_simplex():
    _, weights = drawn("abcde")
    assert weights.sum(axis=0) == pytest.approx(np.ones(DRAWS))
    for own in weights:  # each weight alone has the distribution Beta(1, n − 1)
        assert kstest(own, "beta", args=(1, 4)).pvalue > 0.001


def test_ordered_weights_have_the_rank_order_centroid():
    _, weights = drawn("abcdef", ["a >= b >= c >= d >= e >= f"])
    assert (np.diff(weights, axis=0) <= 1e-12).all()
    assert weights.mean(axis=1) == pytest.approx(centroid(6), abs=0.004)


def test_a_partial_order_weighs_each_ranking_it_allows_alike():
    _, weights = drawn("abc", ["a > b", "a > c"])  # a b c and a c b
    first, second, third = centroid(3)
    assert weights.mean(axis=1) == pytest.approx(
        np.array([first, (second + third) / 2, (second + third) / 2]), abs=0.005
    )
    assert (weights[1] > weights[2]).mean() == pytest.approx(0.5, abs=0.015)


def test_a_partial_order_equals_rejection_from_the_whole_simplex():
    _, free = drawn("abcde", draws=400_000)
    obeys = (free[0] >= free[1]) & (free[0] >= free[2]) & (free[3] >= free[2])
    _, weights = drawn("abcde", ["a >= b", "a >= c", "d >= c"])
    for own, other in zip(weights, free[:, obeys], strict=True):
        assert kstest(own[::DRAWS_PER_CHAIN], other).pvalue > 0.001
    assert np.cov(weights) == pytest.approx(np.cov(free[:, obeys]), abs=0.0006)


def test_lower_bounds_shrink_the_simplex():
    _, weights = drawn("abc", ["a >= 0.3", "b >= 0.1"])
    assert weights.min(axis=1) == pytest.approx([0.3, 0.1, 0], abs=0.002)
    assert weights.mean(axis=1) == pytest.approx([0.5, 0.3, 0.2], abs=0.005)


def test_an_upper_bound_cuts():
    _, weights = drawn("ab", ["a <= 0.3"])
    assert kstest(weights[0, ::DRAWS_PER_CHAIN], "uniform", args=(0, 0.3)).pvalue > 0.001


def test_a_narrow_space_is_walked_uniformly():
    # Both bounds together leave a square of 0.05 by 0.05, 0.5 % of the simplex.
    _, weights = drawn("abc", ["a <= 0.05", "b <= 0.05"])
    assert weights.sum(axis=0) == pytest.approx(np.ones(DRAWS))
    for own in weights[:2]:
        assert kstest(own[::DRAWS_PER_CHAIN], "uniform", args=(0, 0.05)).pvalue > 0.001
    assert np.corrcoef(weights[:2])[0, 1] == pytest.approx(0, abs=0.03)


def test_the_only_criterion_has_all_the_weight_whatever_is_known_of_it():
    assert (drawn("a", ["a >= 0.5"], draws=5)[1] == 1).all()


def test_a_walk_counts_fewer_independent_draws():
    assert drawn("abc", ["a <= 0.05", "b <= 0.05"])[0].independent_share < 1
    assert drawn("abc")[0].independent_share == 1


@pytest.mark.parametrize(
    ("constraints", "culprits"),
    [
        (["a >= b", "b >= a"], ["a >= b", "b >= a"]),
        (["a >= b", "b >= c", "c >= a"], ["a >= b", "b >= c", "c >= a"]),
        (["a >= 0.6", "b >= 0.5", "c >= 0.1"], ["a >= 0.6", "b >= 0.5"]),
        (["a >= b", "a <= 0.1", "b >= 0.2"], ["a >= b", "b >= 0.2", "a <= 0.1"]),
        (["a >= 1.2"], ["a >= 1.2"]),
        (["a <= 0.2", "b <= 0.2", "c <= 0.2", "a >= b"], ["a <= 0.2", "b <= 0.2", "c <= 0.2"]),
    ],
)
def test_the_smallest_set_of_constraints_that_contradict_is_told(constraints, culprits):
    with pytest.raises(EmptyWeightSpace) as told:
        WeightSpace.parse("abc", constraints)
    assert told.value.constraints == culprits
    assert all(culprit in str(told.value) for culprit in culprits)


def test_the_fewest_contradicting_constraints_are_found_though_more_contradict_first():
    # Leaving constraints out one by one would end with the three orders.
    with pytest.raises(EmptyWeightSpace) as told:
        WeightSpace.parse("abcd", ["d >= 0.7", "a >= 0.4", "a >= b >= c >= a"])
    assert told.value.constraints == ["d >= 0.7", "a >= 0.4"]


def test_a_criterion_that_there_is_not_is_named_with_the_nearest():
    with pytest.raises(CompendiumError, match=r"'trst', which is no criterion.*'trust'"):
        WeightSpace.parse(["trust", "reach"], ["trst >= reach"])


@pytest.mark.parametrize("text", ["trust", "trust >", "trust >= reach >= 0.2", "0.2 >= trust"])
def test_a_malformed_constraint_shows_the_form(text):
    with pytest.raises(CompendiumError, match="is not a constraint on the weights"):
        WeightSpace.parse(["trust", "reach"], [text])


def test_the_tightest_of_several_bounds_counts():
    space = WeightSpace.parse("ab", ["a >= 0.1", "a >= 0.2", "a <= 0.5", "a <= 0.4"])
    assert space.names == ["a >= 0.2", "a <= 0.4"]
