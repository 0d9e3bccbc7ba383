"""How the answers of two groups differ, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from compendium.survey.read import Answer

FEWEST = 3
"""Answers that a group needs for an interval."""
SAMPLES = 2_000


def weight_differences(
    answers: Sequence[Answer],
    criteria: Sequence[str],
    *,
    groups: tuple[str, str] = ("enterprise", "university"),
    seed: int = 1,
) -> pd.DataFrame:
    """Difference of the mean weights of two groups.

    Parameters
    ----------
    answers : sequence of Answer
    criteria : sequence of str
    groups : (str, str)
        Roles; the difference is the first's mean less the second's.
    seed : int

    Returns
    -------
    DataFrame
        `criterion`, `first`, `second` (means), `difference`, `low`, `high`: a 95% percentile
        bootstrap interval, for which respondents are drawn anew within their groups. NaN where a
        group has fewer than three answers.
    """
    parts = [np.array([a.weights for a in answers if a.role == role]) for role in groups]
    rows = []
    for at, criterion in enumerate(criteria):
        first, second = (part[:, at] if len(part) else np.empty(0) for part in parts)
        low, high = _interval(first, second, _mean_difference, seed)
        means = [own.mean() if len(own) else np.nan for own in (first, second)]
        rows.append((criterion, *means, means[0] - means[1], low, high))
    return pd.DataFrame(rows, columns=["criterion", "first", "second", "difference", "low", "high"])


def score_differences(
    answers: Sequence[Answer],
    models: Sequence[str],
    criteria: Sequence[str],
    *,
    groups: tuple[str, str] = ("enterprise", "university"),
    seed: int = 1,
) -> pd.DataFrame:
    """How often one group's level is above the other's, a tie counting half.

    Levels are ordinal: their order counts, their differences do not.

    Parameters
    ----------
    answers, models, criteria, groups, seed
        As of `weight_differences`.

    Returns
    -------
    DataFrame
        `model`, `criterion`, `first_count`, `second_count`, `above` (0.5: no difference), `low`,
        `high`; rows only where both groups gave levels.

    References
    ----------
    Vargha & Delaney (2000), doi:10.3102/10769986025002101
    """
    rows = []
    for m, model in enumerate(models):
        for c, criterion in enumerate(criteria):
            first, second = (
                np.array([a.levels[m, c] for a in answers
                          if a.role == role and not np.isnan(a.levels[m, c])])
                for role in groups
            )
            if len(first) and len(second):
                low, high = _interval(first, second, _above, seed)
                above = float(_above(first[None], second[None])[0])
                rows.append((model, criterion, len(first), len(second), above, low, high))
    columns = ["model", "criterion", "first_count", "second_count", "above", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _mean_difference(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return first.mean(axis=1) - second.mean(axis=1)


def _above(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    difference = first[:, :, None] - second[:, None]
    return ((difference > 0) + (difference == 0) / 2).mean(axis=(1, 2))


def _interval(
    first: np.ndarray, second: np.ndarray, statistic: Callable, seed: int
) -> tuple[float, float]:
    if min(len(first), len(second)) < FEWEST:
        return np.nan, np.nan
    rng = np.random.default_rng(seed)
    drawn = [own[rng.integers(0, len(own), (SAMPLES, len(own)))] for own in (first, second)]
    low, high = np.percentile(statistic(*drawn), [2.5, 97.5])
    return float(low), float(high)
