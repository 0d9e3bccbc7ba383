"""The same scores ranked by other methods: what the choice of method changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.ranking.criteria import Assessment
from compendium.ranking.smaa import OrdinalScores, Weights, total

MOST_DRAWS = 600
_METHODS = 4  # a stream of random numbers apart from that of the ranking

Rank = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Comparison:
    """Rankings by several methods over the same draws of scores and weights.

    Attributes
    ----------
    acceptability : DataFrame
        `method`, `model`, `rank`, `acceptability`: share of the draws in which the method gives
        the model the rank; models that tie share their ranks.
    agreement : DataFrame
        Methods by methods: mean weighted Spearman correlation of their rankings, draw by draw.
    same_first : DataFrame
        Methods by methods: share of the draws in which both put the same models first.
    draws : int
    """

    acceptability: pd.DataFrame
    agreement: pd.DataFrame
    same_first: pd.DataFrame
    draws: int


def rankers() -> Mapping[str, Rank]:
    """The methods by name: each takes scores and weights of one draw and returns the ranks.

    TOPSIS, VIKOR and PROMETHEE II come from pymcdm; `smaa` is the weighted sum that SMAA-2 uses.
    """
    from pymcdm.methods import PROMETHEE_II, TOPSIS, VIKOR

    topsis, vikor, promethee = TOPSIS(), VIKOR(), PROMETHEE_II("usual")
    return {
        "smaa": lambda scores, weights: _ranks(-(scores @ weights)),
        "topsis": lambda scores, weights: _ranks(-_judge(topsis, scores, weights)),
        "vikor": lambda scores, weights: _ranks(_judge(vikor, scores, weights)),
        "promethee_ii": lambda scores, weights: _ranks(-_judge(promethee, scores, weights)),
    }


def compare(
    assessment: Assessment,
    weights: Weights,
    *,
    draws: int = MOST_DRAWS,
    seed: int = 1,
) -> Comparison:
    """Rank by every method over draws of weights, scales and unknown scores.

    An unknown score is drawn anew each time, as in SMAA-2, and never filled in. By a criterion on
    which all models are equal in a draw no method can tell them apart: it is left out of that
    draw for all.

    Parameters
    ----------
    assessment : Assessment
    weights : Weights
    draws, seed : int
        As of `smaa2`, but never more than 600 draws: pymcdm ranks one draw at a time.

    Raises
    ------
    CompendiumError
        If there are no draws.

    References
    ----------
    Weighted Spearman: Pinto da Costa & Soares (2005), doi:10.1111/j.1467-842X.2005.00413.x
    """
    from pymcdm.correlations import weighted_spearman

    if draws < 1:
        raise CompendiumError(
            _("There are {draws} draws.").format(draws=draws),
            remedy=_("Ask for one draw or more, better 1000."),
        )
    draws = min(draws, MOST_DRAWS)
    by_name = rankers()
    scores = OrdinalScores(assessment.levels)
    models, many = len(assessment.models), len(by_name)

    def count(rng: np.random.Generator, size: int) -> tuple[np.ndarray, ...]:
        drawn = scores.draw(rng, size)
        weight = weights.draw(rng, size)
        ranks = np.empty((size, many, models))
        for draw in range(size):
            tells = np.ptp(drawn[:, :, draw], axis=0) > 0
            own = weight[tells, draw]
            if not tells.any():  # all models are equal: each has the mean rank
                ranks[draw] = (models + 1) / 2
                continue
            for at, rank in enumerate(by_name.values()):
                ranks[draw, at] = rank(drawn[:, tells, draw], own / own.sum())
        taken = np.zeros((many, models, models))
        agree, first = np.zeros((many, many)), np.zeros((many, many))
        for one in range(many):
            taken[one] = _taken(ranks[:, one])
            for other in range(one, many):  # both measures are mutual
                pairs = zip(ranks[:, one], ranks[:, other], strict=True)
                alike = sum(weighted_spearman(a, b) for a, b in pairs)
                best = [
                    row == row.min(axis=1, keepdims=True)
                    for row in (ranks[:, one], ranks[:, other])
                ]
                agree[one, other] = agree[other, one] = alike
                same = (best[0] == best[1]).all(axis=1).sum()
                first[one, other] = first[other, one] = same
        return taken, agree, first

    # One thread: pymcdm holds Python's lock nearly all the time.
    taken, agree, first = total(count, draws, seed, _METHODS, threads=1)
    names = list(by_name)
    index = pd.MultiIndex.from_product(
        [names, assessment.models, range(1, models + 1)], names=["method", "model", "rank"]
    )
    shares = pd.Series((taken / draws).ravel(), index=index, name="acceptability").reset_index()
    return Comparison(
        shares,
        pd.DataFrame(agree / draws, index=names, columns=names),
        pd.DataFrame(first / draws, index=names, columns=names),
        draws,
    )


def _judge(method: Callable, scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    types = np.ones(scores.shape[1])
    with np.errstate(invalid="ignore", divide="ignore"):
        judged = method(scores, weights, types, validation=False)
    # VIKOR divides by the spread of its own measures, which is nothing if all models are equal.
    return np.zeros(len(scores)) if np.isnan(judged).any() else judged


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks, the least value first; equal values have their mean rank."""
    values = np.round(values, 12)
    less = (values[None] < values[:, None]).sum(axis=1)
    return less + ((values[None] == values[:, None]).sum(axis=1) + 1) / 2


def _taken(ranks: np.ndarray) -> np.ndarray:
    """How often each model took each rank, of shape (models, ranks); ties share."""
    models = ranks.shape[1]
    level = (ranks[:, :, None] == ranks[:, None]).sum(axis=2)
    start = ranks - (level - 1) / 2
    places = np.arange(1, models + 1)
    takes = (start[..., None] <= places) & (places < (start + level)[..., None])
    return (takes / level[..., None]).sum(axis=0)
