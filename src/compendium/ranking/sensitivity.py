"""What would change the ranking: a score that became known, or a weight that grew."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

import numpy as np
import pandas as pd

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.ranking.criteria import Assessment
from compendium.ranking.smaa import OrdinalScores, Weights, standard_error, total

MOST = 0.9  # the largest weight of one criterion that is tried
STEPS = 37
MOST_DRAWS = 20_000
_KNOWING, _FLIPPING = 2, 3  # streams of random numbers apart from those of the ranking


def value_of_information(
    assessment: Assessment,
    weights: Weights,
    *,
    draws: int = 200_000,
    seed: int = 1,
    threads: int | None = None,
) -> pd.DataFrame:
    """How much each unknown score would change who comes first, if it were known.

    For each level that the unknown score may turn out to have, the first-rank acceptability is
    that of the draws in which it has it. The change is half the sum of the absolute differences
    to the acceptability without knowing: the share of the first places that would move. Its mean
    over the levels is what to expect.

    Parameters
    ----------
    assessment : Assessment
    weights : Weights
    draws, seed, threads : int
        As of `smaa2`. Each level has about a fifth of the draws.

    Returns
    -------
    DataFrame
        One row an unknown score, the most telling first: `model`, `criterion`, `change` (from 0
        to 1), `standard_error` (an upper bound of the Monte Carlo error, which also biases small
        changes upwards), `leader_changes` (share of the levels at which another model leads), and
        `gain` (expected rise of the leader's acceptability).
    """
    scores = OrdinalScores(assessment.levels)
    unknown = scores.unknown
    models = len(assessment.models)

    def count(rng: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray]:
        worth = scores.scale(rng, size)
        worth *= weights.draw(rng, size)
        guesses = scores.guesses(rng, size)
        first = _first(scores.add_up(worth, guesses))
        cells = np.zeros((len(unknown), scores.top + 1, models))
        for at, guess in enumerate(guesses):
            for model in range(models):
                cells[at, :, model] = np.bincount(guess, first[model], minlength=scores.top + 1)
        return first.sum(axis=1), cells

    first, cells = total(count, draws, seed, _KNOWING, threads)
    before = first / draws
    seen = cells.sum(axis=2, keepdims=True)
    with np.errstate(invalid="ignore"):
        after = cells / seen  # of shape (unknown, levels, models)
    change = np.abs(after - before).sum(axis=2) / 2
    error = standard_error(after, np.maximum(seen, 1)).sum(axis=2) / 2
    frame = pd.DataFrame(
        {
            "model": [assessment.models[model] for model, _ in unknown],
            "criterion": [assessment.codes[criterion] for _, criterion in unknown],
            "change": np.nanmean(change, axis=1) if len(unknown) else [],
            "standard_error": np.sqrt(np.nanmean(error**2, axis=1)) if len(unknown) else [],
            "leader_changes": (after.argmax(axis=2) != before.argmax()).mean(axis=1)
            if len(unknown)
            else [],
            "gain": np.nanmean(after.max(axis=2), axis=1) - before.max() if len(unknown) else [],
        }
    )
    return frame.sort_values("change", ascending=False, kind="stable", ignore_index=True)


def weight_sweeps(
    assessment: Assessment,
    *,
    steps: int = STEPS,
    draws: int = MOST_DRAWS,
    seed: int = 1,
    threads: int | None = None,
) -> pd.DataFrame:
    """First-rank acceptability as the weight of one criterion goes from 0 to 0.9.

    Above that the other criteria hardly count, and models that are equal by this one tie. The
    other criteria share the rest of the weight, uniformly. All weights of one criterion are
    judged by the same draws, so the curves are smooth.

    Parameters
    ----------
    assessment : Assessment
    steps : int
        How many weights from 0 to 0.9.
    draws, seed, threads : int
        As of `smaa2`, but never more than 20,000 draws: each is judged at every weight.

    Returns
    -------
    DataFrame
        `criterion`, `weight`, `model`, `acceptability`, `standard_error`.

    Raises
    ------
    CompendiumError
        If there are fewer than two steps or two criteria.
    """
    if steps < 2 or len(assessment.codes) < 2:
        raise CompendiumError(
            _("A weight cannot be varied."),
            remedy=_("It takes two steps and two criteria or more."),
        )
    draws = min(draws, MOST_DRAWS)
    scores = OrdinalScores(assessment.levels)
    grid = np.linspace(0, MOST, steps)
    size_of = (len(assessment.codes), steps, len(assessment.models))

    def count(rng: np.random.Generator, size: int) -> tuple[np.ndarray]:
        drawn = scores.draw(rng, size)  # (models, criteria, draws)
        shares = rng.standard_exponential((len(assessment.codes), size))
        weighed = np.einsum("cd,mcd->md", shares, drawn)
        firsts = np.zeros(size_of)
        for criterion in range(size_of[0]):
            own = drawn[:, criterion]
            rest = (weighed - shares[criterion] * own) / (shares.sum(axis=0) - shares[criterion])
            for step, weight in enumerate(grid):
                firsts[criterion, step] = _first(weight * own + (1 - weight) * rest).sum(axis=1)
        return (firsts,)

    (firsts,) = total(count, draws, seed, _FLIPPING, threads)
    index = pd.MultiIndex.from_product(
        [assessment.codes, grid, assessment.models], names=["criterion", "weight", "model"]
    )
    sweeps = pd.Series((firsts / draws).ravel(), index=index, name="acceptability").reset_index()
    return sweeps.assign(standard_error=standard_error(sweeps["acceptability"], draws))


def flip_points(sweeps: pd.DataFrame, *, errors: float = 2) -> pd.DataFrame:
    """Weights of a criterion at which another model takes the lead.

    A model leads at a weight if its acceptability exceeds every other's by more than so many
    standard errors; where none does the lead is open, and the change lies in between.

    Parameters
    ----------
    sweeps : DataFrame
        From `weight_sweeps`.
    errors : float
        Standard errors of the difference that make a lead.

    Returns
    -------
    DataFrame
        One row a change of the leader: `criterion`, `weight` (where the two are equal, by
        interpolation), `low` and `high` (the weights between which the change lies), `before` and
        `after` (the model that leads below and above). A criterion whose weight changes nothing
        has one row: the weights and `after` are missing; `before` too if nobody ever leads.
    """
    rows = []
    for criterion, grid, models, shares, error in _curves(sweeps):
        leaders = [_leader(*pair, errors) for pair in zip(shares, error, strict=True)]
        decided = [(at, leader) for at, leader in enumerate(leaders) if leader is not None]
        changes = [(one, two) for one, two in pairwise(decided) if one[1] != two[1]]
        for (low, before), (high, after) in changes:
            between = slice(low, high + 1)
            weight = _crossing(grid[between], (shares[:, before] - shares[:, after])[between])
            rows.append((criterion, weight, grid[low], grid[high], models[before], models[after]))
        if not changes:
            leader = models[decided[0][1]] if decided else None
            rows.append((criterion, np.nan, np.nan, np.nan, leader, None))
    columns = ["criterion", "weight", "low", "high", "before", "after"]
    return pd.DataFrame(rows, columns=columns)


def leads(sweeps: pd.DataFrame, *, errors: float = 2) -> pd.DataFrame:
    """Which model leads over which stretch of a criterion's weight.

    Parameters
    ----------
    sweeps : DataFrame
        From `weight_sweeps`.
    errors : float
        As of `flip_points`.

    Returns
    -------
    DataFrame
        `criterion`, `low`, `high`, `model` (missing where no model leads by more than the
        error). The stretches of a criterion join without a gap; a weight that was tried stands
        for those halfway to the next.
    """
    rows = []
    for criterion, grid, models, shares, error in _curves(sweeps):
        edges = [grid[0], *((grid[1:] + grid[:-1]) / 2), grid[-1]]
        leaders = [_leader(*pair, errors) for pair in zip(shares, error, strict=True)]
        start = 0
        for leader, run in groupby(leaders):
            end = start + len(list(run))
            model = None if leader is None else models[leader]
            rows.append((criterion, edges[start], edges[end], model))
            start = end
    return pd.DataFrame(rows, columns=["criterion", "low", "high", "model"])


def _curves(sweeps: pd.DataFrame) -> Iterator[tuple]:
    """Criterion, weights, models, and their shares and errors of shape (weights, models)."""
    for criterion, own in sweeps.groupby("criterion", sort=False):
        grid, models = own["weight"].unique(), own["model"].unique()
        shares, error = (
            own[column].to_numpy(dtype=float).reshape(len(grid), len(models))
            for column in ("acceptability", "standard_error")
        )
        yield criterion, grid, models, shares, error


def _leader(shares: np.ndarray, error: np.ndarray, errors: float) -> int | None:
    first, second = np.argsort(-shares, kind="stable")[:2]
    margin = errors * np.hypot(error[first], error[second])
    return int(first) if shares[first] - shares[second] > margin else None


def _crossing(weights: np.ndarray, ahead: np.ndarray) -> float:
    """Where a lead that begins above and ends below nothing passes nothing first."""
    at = int(np.argmax(ahead <= 0))
    high, low = ahead[at - 1], ahead[at]
    return float(weights[at - 1] + high / (high - low) * (weights[at] - weights[at - 1]))


def _first(values: np.ndarray) -> np.ndarray:
    """Each model's share of the first place in each draw; models that tie share it."""
    best = values == values.max(axis=0)
    return best / best.sum(axis=0)
