"""Weights are drawn uniformly from what is known of them; contradictions are told."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kstest

from compendium.errors import CompendiumError
from compendium.ranking.weights import EmptyWeightSpace, WeightSpace

DRAWS = 40_000


def drawn(criteria, constraints=(), draws=DRAWS):
    space = WeightSpace.parse(criteria, constraints)
    return space, space.draw(np.random.default_rng(11), draws)


def centroid(size):
    """Mean of ordered weights, the largest first (rank-order centroid)."""
    return np.array([sum(1 / j for j in range(k, size + 1)) / size for k in range(1, size + 1)])


def test_weights_that_are_not_known_are_uniform_on_the_simplex():
    space, weights = drawn("abcde")
    assert space.method == "direct"
    assert weights.sum(axis=0) == pytest.approx(np.ones(DRAWS))
    for own in weights:  # each weight alone has the distribution Beta(1, n − 1)
        assert kstest(own, "beta", args=(1, 4)).pvalue > 0.001


def test_ordered_weights_have_the_rank_order_centroid():
    space, weights = drawn("abcd", ["a >= b >= c >= d"])
    assert space.method == "direct"
    assert (np.diff(weights, axis=0) <= 0).all()
    assert weights.mean(axis=1) == pytest.approx(centroid(4), abs=0.003)


def test_a_partial_order_weighs_each_ranking_it_allows_alike():
    _, weights = drawn("abc", ["a > b", "a > c"])  # a b c and a c b
    first, second, third = centroid(3)
    assert weights.mean(axis=1) == pytest.approx(
        np.array([first, (second + third) / 2, (second + third) / 2]), abs=0.004
    )
    assert (weights[1] > weights[2]).mean() == pytest.approx(0.5, abs=0.01)


def test_a_partial_order_equals_rejection_from_the_whole_simplex():
    _, free = drawn("abcde", draws=400_000)
    obeys = (free[0] >= free[1]) & (free[0] >= free[2]) & (free[3] >= free[2])
    _, weights = drawn("abcde", ["a >= b", "a >= c", "d >= c"])
    for own, other in zip(weights, free[:, obeys], strict=True):
        assert kstest(own, other).pvalue > 0.001


def test_lower_bounds_shrink_the_simplex():
    space, weights = drawn("abc", ["a >= 0.3", "b >= 0.1"])
    assert space.method == "direct"
    assert weights.min(axis=1) == pytest.approx([0.3, 0.1, 0], abs=0.002)
    assert weights.mean(axis=1) == pytest.approx([0.5, 0.3, 0.2], abs=0.004)


def test_an_upper_bound_cuts_by_rejection():
    space, weights = drawn("ab", ["a <= 0.3"])
    assert space.method == "rejection"
    assert kstest(weights[0], "uniform", args=(0, 0.3)).pvalue > 0.001


def test_a_narrow_space_is_walked_and_the_walk_is_uniform():
    # Both bounds together leave a square of 0.05 by 0.05, 0.5 % of the simplex.
    space, weights = drawn("abc", ["a <= 0.05", "b <= 0.05"])
    assert space.method == "hit-and-run"
    assert weights.sum(axis=0) == pytest.approx(np.ones(DRAWS))
    for own in weights[:2]:
        assert kstest(own[::8], "uniform", args=(0, 0.05)).pvalue > 0.001
    assert np.corrcoef(weights[:2])[0, 1] == pytest.approx(0, abs=0.03)


def test_the_walk_agrees_with_direct_draws():
    space = WeightSpace.parse("abcdef", ["a >= b >= c >= d >= e >= f"])
    walked = space._chain.draw(np.random.default_rng(5), DRAWS)
    assert walked.mean(axis=1) == pytest.approx(centroid(6), abs=0.004)
    direct = space.draw(np.random.default_rng(6), DRAWS)
    assert np.cov(walked) == pytest.approx(np.cov(direct), abs=0.0004)


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
