"""How far the reviewers agree: coefficients for nominal values with bootstrap intervals.

All of them rest on one table: how many reviewers chose each category, a row a record. Each is
checked against a published example.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.stats import bootstrap

from compendium.screening import decisions

NAMES = ("percent_agreement", "cohen_kappa", "fleiss_kappa", "gwet_ac1", "krippendorff_alpha")
LEVEL = 0.95
DRAWS = 1_000
SEED = 2020
MISSING = -1


@dataclass(frozen=True)
class Agreement:
    """A coefficient of agreement.

    Attributes
    ----------
    name : str
        One of NAMES.
    reviewers : tuple of str
        Whom it compares.
    records : int
        Records that it rests on.
    value, low, high : float
        The coefficient and the ends of its interval; NaN where it is not defined, e.g. if every
        decision is the same.
    """

    name: str
    reviewers: tuple[str, ...]
    records: int
    value: float
    low: float
    high: float


def ratings(decided: pd.DataFrame, stage: str) -> pd.DataFrame:
    """Independent decisions of a stage.

    Returns
    -------
    DataFrame of categoricals, one row a record, one column a reviewer; missing where a reviewer
    did not decide
    """
    held = decisions.latest(decided)
    held = held[(held["stage"] == stage) & (held["role"] == decisions.INDEPENDENT)]
    wide = held.pivot(index="record", columns="reviewer", values="decision")
    return wide.reindex(index=held["record"].unique(), columns=held["reviewer"].unique())


def coefficients(rated: pd.DataFrame, *, draws: int = DRAWS, seed: int = SEED) -> list[Agreement]:
    """Every coefficient that is defined for these reviewers.

    Parameters
    ----------
    rated : DataFrame
        One row a record, one column a reviewer, as `ratings` gives them. A decision of "unsure" is
        a category like the others.
    draws : int
        Bootstrap samples of records; the interval holds the middle 95% (percentile method).
    seed : int

    Returns
    -------
    list of Agreement
        Cohen's kappa for each pair of reviewers; the others for all of them together. Fleiss's
        kappa rests on the records that everybody decided about.
    """
    codes = _codes(rated)
    names = tuple(map(str, rated.columns))
    if len(names) < 2:
        return []
    found = [measured("percent_agreement", names, codes, percent, draws, seed)]
    for one, other in combinations(range(len(names)), 2):
        pair = _whole(codes[:, [one, other]])
        found.append(
            measured("cohen_kappa", (names[one], names[other]), pair, cohen_kappa, draws, seed)
        )
    whole = _whole(codes)
    found.append(measured("fleiss_kappa", names, whole, fleiss_kappa, draws, seed))
    found.append(measured("gwet_ac1", names, codes, gwet_ac1, draws, seed))
    found.append(measured("krippendorff_alpha", names, codes, krippendorff_alpha, draws, seed))
    return found


def percent(codes: np.ndarray) -> float:
    """Share of pairs of reviewers that agree, averaged over records.

    Parameters
    ----------
    codes : array of int, shape (records, reviewers)
        Categories from 0; MISSING where a reviewer did not decide.
    """
    counts, n = _twice(_counts(codes))
    return float(np.mean((counts * (counts - 1)).sum(axis=1) / (n * (n - 1))))


def cohen_kappa(codes: np.ndarray) -> float:
    """Cohen's kappa of two reviewers; NaN where both always say the same one thing.

    References
    ----------
    Cohen (1960), doi:10.1177/001316446002000104
    """
    return weighted_kappa(codes, lambda apart: (apart > 0).astype(float))


def weighted_kappa(
    codes: np.ndarray, weight: Callable[[np.ndarray], np.ndarray] = np.square
) -> float:
    """Cohen's weighted kappa of two reviewers, for categories that have an order.

    Parameters
    ----------
    codes : array of int, shape (records, 2)
        Both reviewers decided about each.
    weight : callable
        From how many steps two categories lie apart to what that disagreement counts: their
        square if left out, `np.abs` for linear weights.

    References
    ----------
    Cohen (1968), doi:10.1037/h0026256
    """
    size = codes.max() + 1
    table = np.bincount(codes[:, 0] * size + codes[:, 1], minlength=size**2).reshape(size, size)
    seen = table / len(codes)
    by_chance = np.outer(seen.sum(axis=1), seen.sum(axis=0))
    cost = weight(np.abs(np.subtract.outer(np.arange(size), np.arange(size))))
    return float(1 - np.divide((cost * seen).sum(), (cost * by_chance).sum()))


def fleiss_kappa(codes: np.ndarray) -> float:
    """Fleiss's kappa of several reviewers who decided about every record.

    References
    ----------
    Fleiss (1971), doi:10.1037/h0031619
    """
    counts = _counts(codes)
    share = counts.sum(axis=0) / counts.sum()
    by_chance = float((share**2).sum())
    return float(np.divide(percent(codes) - by_chance, 1 - by_chance))


def gwet_ac1(codes: np.ndarray, categories: int | None = None) -> float:
    """Gwet's AC1, which stays high where one category is rare.

    What chance would give rests on every record that somebody decided about, the agreement on
    those that two did.

    Parameters
    ----------
    codes : array of int, shape (records, reviewers)
    categories : int, optional
        How many there are; those that occur if left out.

    References
    ----------
    Gwet (2008), doi:10.1348/000711006X126600
    """
    counts = _counts(codes, categories)
    counts = counts[counts.sum(axis=1) > 0]
    share = (counts / counts.sum(axis=1, keepdims=True)).mean(axis=0)
    by_chance = float((share * (1 - share)).sum() / (counts.shape[1] - 1))
    return (percent(codes) - by_chance) / (1 - by_chance)


def krippendorff_alpha(codes: np.ndarray) -> float:
    """Krippendorff's alpha for nominal values.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability,
    https://repository.upenn.edu/asc_papers/43
    """
    counts, n = _twice(_counts(codes))
    total, by_value = n.sum(), counts.sum(axis=0)
    observed = ((n**2 - (counts**2).sum(axis=1)) / (n - 1)).sum()
    expected = (total**2 - (by_value**2).sum()) / (total - 1)
    return float(1 - observed / expected)


def measured(
    name: str, reviewers: tuple[str, ...], codes: np.ndarray,
    statistic: Callable[[np.ndarray], float], draws: int = DRAWS, seed: int = SEED,
) -> Agreement:
    """A coefficient with its bootstrap interval.

    Parameters
    ----------
    name : str
    reviewers : tuple of str
    codes : array of int, shape (records, reviewers)
        Categories from 0; MISSING where a reviewer did not decide.
    statistic : callable
        The coefficient, of such an array.
    draws, seed : int
        As of `coefficients`.
    """
    records = int(((codes != MISSING).sum(axis=1) > 1).sum())
    if not records:
        return Agreement(name, reviewers, 0, float("nan"), float("nan"), float("nan"))
    low = high = float("nan")
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # a degenerate sample is NaN, and says so below
        value = statistic(codes)
        sampled = np.array([]) if records == 1 else bootstrap(
            (np.arange(len(codes)),), lambda at: statistic(codes[at]), vectorized=False,
            n_resamples=draws, confidence_level=LEVEL, method="percentile",
            rng=np.random.default_rng(seed),
        ).bootstrap_distribution  # fmt: skip
    defined = sampled[np.isfinite(sampled)]
    if len(defined) > draws / 2:
        edges = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
        low, high = (float(edge) for edge in np.quantile(defined, edges))
    return Agreement(name, reviewers, records, value, low, high)


def _codes(rated: pd.DataFrame) -> np.ndarray:
    values = sorted({value for value in rated.to_numpy().ravel() if isinstance(value, str)})
    at = {value: number for number, value in enumerate(values)}
    return np.array(
        [[at.get(value, MISSING) for value in row] for row in rated.to_numpy()], dtype=int
    ).reshape(rated.shape)


def _counts(codes: np.ndarray, categories: int | None = None) -> np.ndarray:
    """How many reviewers chose each category, a row a record."""
    size = categories or max(int(codes.max()) + 1, 2)
    return (codes[:, :, None] == np.arange(size)).sum(axis=1)


def _whole(codes: np.ndarray) -> np.ndarray:
    return codes[(codes != MISSING).all(axis=1)]


def _twice(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Counts of the records that two reviewers decided about, and how many did."""
    n = counts.sum(axis=1)
    return counts[n > 1], n[n > 1]
