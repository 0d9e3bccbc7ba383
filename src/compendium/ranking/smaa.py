"""SMAA-2: how often each model takes each rank when weights and scores are not known for sure."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, TypeVar

import numpy as np

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.ranking.criteria import TOP

CHUNK = 8192  # draws at a time: their arrays stay in a core's cache, and memory is bounded
CONFIDENCE_DRAWS = 50_000
_RANKS, _CONFIDENCE = 0, 1  # streams of random numbers that must not meet

Result = TypeVar("Result")


class Weights(Protocol):
    """Anything that draws weights: a `WeightSpace`, `FixedWeights`, or what a survey says."""

    def draw(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Weights of shape (criteria, draws), columns adding up to 1."""


class Scores(Protocol):
    """Anything that draws scores: `OrdinalScores`, or measurements with their errors."""

    def values(self, rng: np.random.Generator, weights: np.ndarray) -> np.ndarray:
        """Weighted sums of shape (models, draws), for weights of shape (criteria, draws)."""


@dataclass(frozen=True)
class FixedWeights:
    """Weights that are known.

    Parameters
    ----------
    weights : array of shape (criteria,)
        Not negative; scaled to add up to 1.
    """

    weights: np.ndarray

    def draw(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """The same weights for every draw, of shape (criteria, draws)."""
        known = np.asarray(self.weights, dtype=float)
        return np.broadcast_to((known / known.sum())[:, None], (len(known), draws))


@dataclass(frozen=True)
class OrdinalScores:
    """Ordinal levels whose distances are unknown, as in SMAA-O, and levels that are unknown.

    A draw gives every criterion a scale of its own: the worst level is worth 0, the best 1, those
    between lie at sorted uniform numbers. A level that nobody reported is drawn from the whole
    scale, each level being as likely as any other.

    Parameters
    ----------
    levels : array of shape (models, criteria)
        Levels 0 … `top` (the best); NaN where nobody reported one.
    top : int
        The best level.

    References
    ----------
    Lahdelma, Miettinen & Salminen (2003), doi:10.1016/S0377-2217(02)00267-8
    """

    levels: np.ndarray
    top: int = TOP

    @property
    def unknown(self) -> np.ndarray:
        """Row and column of each unknown score, of shape (unknown, 2), model by model."""
        return np.argwhere(np.isnan(self.levels))

    def scale(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Worth of each level by each criterion, of shape (levels, criteria, draws)."""
        worth = np.empty((self.top + 1, self.levels.shape[1], draws))
        worth[0], worth[self.top] = 0, 1
        inner = worth[1 : self.top]
        for level in inner:
            rng.random(out=level)
        # Comparisons of neighbours sort a few numbers, much faster than np.sort along an axis.
        for last in range(len(inner) - 1, 0, -1):
            for low, high in pairwise(inner[: last + 1]):
                less = np.minimum(low, high)
                np.maximum(low, high, out=high)
                low[...] = less
        return worth

    def guesses(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """A level for each of `unknown`, of shape (unknown, draws)."""
        return rng.integers(0, self.top + 1, (len(self.unknown), draws), dtype=np.uint8)

    def values(self, rng: np.random.Generator, weights: np.ndarray) -> np.ndarray:
        """Weighted sums of shape (models, draws), for weights of shape (criteria, draws)."""
        worth = self.scale(rng, weights.shape[1])
        worth *= weights
        return self.add_up(worth, self.guesses(rng, weights.shape[1]))

    def add_up(self, worth: np.ndarray, guesses: np.ndarray) -> np.ndarray:
        """Each model's sum over the criteria of what its levels are worth, weights included."""
        criteria, draws = worth.shape[1:]
        flat = worth.reshape(-1)
        columns = np.arange(draws)
        sums = np.zeros((len(self.levels), draws))
        for model, criterion in np.argwhere(self.levels > 0):  # level 0 is worth nothing
            sums[model] += worth[int(self.levels[model, criterion]), criterion]
        for (model, criterion), guess in zip(self.unknown, guesses, strict=True):
            places = guess * np.int64(criteria * draws)
            places += columns
            places += criterion * draws
            sums[model] += flat.take(places)
        return sums

    def draw(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Scores of shape (models, criteria, draws)."""
        worth = self.scale(rng, draws)
        levels = np.repeat(np.nan_to_num(self.levels)[:, :, None], draws, axis=2).astype(np.intp)
        levels[np.isnan(self.levels)] = self.guesses(rng, draws)
        rows = np.arange(self.levels.shape[1])[None, :, None]
        return worth[levels, rows, np.arange(draws)]


@dataclass(frozen=True)
class Ranking:
    """What SMAA-2 says of the models.

    Attributes
    ----------
    acceptability : array of shape (models, ranks)
        Share of the draws in which a model takes a rank; rows and columns add up to 1. Models
        that tie share their ranks.
    standard_error : array of shape (models, ranks)
        Monte Carlo error of the acceptability.
    central_weights : array of shape (models, criteria)
        Mean of the weights that put a model first; NaN if none do.
    confidence : array of shape (models,)
        Share of the score draws in which a model comes first at its central weights; NaN if it
        has none.
    confidence_error : array of shape (models,)
        Monte Carlo error of the confidence.
    pairwise : array of shape (models, models)
        Share of the draws in which the model of the row beats that of the column; a tie counts
        half. NaN on the diagonal.
    draws, seed : int
        What it was computed with.
    """

    acceptability: np.ndarray
    standard_error: np.ndarray
    central_weights: np.ndarray
    confidence: np.ndarray
    confidence_error: np.ndarray
    pairwise: np.ndarray
    draws: int
    seed: int

    @property
    def expected_rank(self) -> np.ndarray:
        """Mean rank of each model, 1 being the first."""
        return self.acceptability @ np.arange(1, len(self.acceptability) + 1)


def smaa2(
    scores: Scores | np.ndarray,
    weights: Weights | np.ndarray,
    *,
    draws: int = 100_000,
    seed: int = 1,
    threads: int | None = None,
) -> Ranking:
    """Rank acceptability, central weights and confidence of models.

    Parameters
    ----------
    scores : Scores or array of shape (models, criteria)
        An array is taken as ordinal levels 0 … 4, NaN where unknown.
    weights : Weights or array of shape (criteria,)
        What is known about the weights; an array is taken as weights that are known.
    draws : int
        Monte Carlo draws; the standard error is at most 0.5 / sqrt(draws).
    seed : int
        Equal seeds give equal results, whatever the number of threads.
    threads : int, optional
        As many as there are processors if left out.

    Raises
    ------
    CompendiumError
        If there are no draws, or fewer than two models.

    References
    ----------
    Lahdelma & Salminen (2001), doi:10.1287/opre.49.3.444.11220
    """
    if isinstance(scores, np.ndarray):
        if len(scores) < 2:
            raise CompendiumError(
                _("There is only one model."), remedy=_("A ranking needs two models or more.")
            )
        scores = OrdinalScores(scores)
    if isinstance(weights, np.ndarray):
        weights = FixedWeights(weights)

    def count(rng: np.random.Generator, size: int) -> tuple[np.ndarray, ...]:
        drawn = weights.draw(rng, size)
        return tally(scores.values(rng, drawn), drawn)

    ranks, sums, wins = total(count, draws, seed, _RANKS, threads)
    acceptability = ranks / draws
    with np.errstate(invalid="ignore", divide="ignore"):
        central = sums / ranks[:, :1]
    confidence = _confidence(scores, central, min(draws, CONFIDENCE_DRAWS), seed, threads)
    pairwise = wins / draws
    np.fill_diagonal(pairwise, np.nan)
    independent = draws * getattr(weights, "independent_share", 1.0)
    return Ranking(
        acceptability,
        standard_error(acceptability, independent),
        central,
        confidence,
        standard_error(confidence, min(draws, CONFIDENCE_DRAWS)),
        pairwise,
        draws,
        seed,
    )


def rank_acceptability(
    levels: np.ndarray, weights: Weights, *, draws: int, seed: int = 1
) -> np.ndarray:
    """Share of the draws in which each model takes each rank, and nothing else.

    Parameters
    ----------
    levels : array of shape (models, criteria)
        Ordinal levels, NaN where unknown.
    weights : Weights
    draws, seed : int
        As of `smaa2`, which gives the same shares.

    Returns
    -------
    array of shape (models, ranks)
    """
    scores = OrdinalScores(levels)

    def count(rng: np.random.Generator, size: int) -> tuple[np.ndarray, ...]:
        drawn = weights.draw(rng, size)
        return tally(scores.values(rng, drawn), drawn)[:1]

    return total(count, draws, seed, _RANKS)[0] / draws


def standard_error(share: np.ndarray, draws: float) -> np.ndarray:
    """Standard error of a share that was counted in independent draws."""
    return np.sqrt(share * (1 - share) / draws)


def tally(values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, ...]:
    """Count ranks, add up the weights that put a model first, count pairwise wins.

    Parameters
    ----------
    values : array of shape (models, draws)
    weights : array of shape (criteria, draws)

    Returns
    -------
    tuple of arrays of shape (models, ranks), (models, criteria), (models, models)
    """
    models, draws = values.shape
    ahead = np.zeros(values.shape, dtype=np.int8)  # how many models are better
    wins = np.zeros((models, models))
    tied = np.zeros(draws, dtype=bool)
    for one in range(models):
        for other in range(one + 1, models):
            better, worse = values[one] > values[other], values[one] < values[other]
            ahead[one] += worse
            ahead[other] += better
            won, lost = np.count_nonzero(better), np.count_nonzero(worse)
            ties = draws - won - lost
            wins[one, other], wins[other, one] = won + ties / 2, lost + ties / 2
            if ties:
                tied |= ~(better | worse)
    if tied.any():
        return _tally_with_ties(values, weights, wins)
    ranks = np.stack([np.bincount(row, minlength=models) for row in ahead]).astype(float)
    # einsum, not @: the sum's order must not depend on the threads of a linear algebra library.
    return ranks, np.einsum("cd,md->mc", weights, (ahead == 0).astype(float)), wins


def _tally_with_ties(
    values: np.ndarray, weights: np.ndarray, wins: np.ndarray
) -> tuple[np.ndarray, ...]:
    models = len(values)
    ahead = (values[None] > values[:, None]).sum(axis=1)
    level = (values[None] == values[:, None]).sum(axis=1)  # the model itself and its ties
    ranks = np.zeros((models, models))
    for rank in range(models):
        takes = (ahead <= rank) & (rank < ahead + level)
        ranks[:, rank] = (takes / level).sum(axis=1)
    return ranks, np.einsum("cd,md->mc", weights, (ahead == 0) / level), wins


def _confidence(
    scores: Scores, central: np.ndarray, draws: int, seed: int, threads: int | None
) -> np.ndarray:
    places = [model for model, weights in enumerate(central) if not np.isnan(weights).any()]

    def count(rng: np.random.Generator, size: int) -> tuple[np.ndarray]:
        firsts = np.zeros(len(central))
        for model in places:
            fixed = FixedWeights(central[model]).draw(rng, size)
            values = scores.values(rng, fixed)
            best = values == values.max(axis=0)
            firsts[model] = (best[model] / best.sum(axis=0)).sum()
        return (firsts,)

    (firsts,) = total(count, draws, seed, _CONFIDENCE, threads)
    confidence = np.full(len(central), np.nan)
    confidence[places] = firsts[places] / draws
    return confidence


def total(
    count: Callable[[np.random.Generator, int], tuple[np.ndarray, ...]],
    draws: int,
    seed: int,
    stream: int = 0,
    threads: int | None = None,
) -> tuple[np.ndarray, ...]:
    """Add up what is counted in chunks of draws, each with random numbers of its own.

    Parameters
    ----------
    count : callable
        Takes a generator and how many draws to make; returns arrays.
    draws, seed, stream : int
        Streams of one seed have random numbers of their own.
    threads : int, optional
        The result does not depend on it: chunks have their own seeds and are added in order.

    Raises
    ------
    CompendiumError
        If there are no draws, or the seed or the number of threads is not usable.
    """
    if draws < 1:
        raise CompendiumError(
            _("There are {draws} draws.").format(draws=draws),
            remedy=_("Ask for one draw or more, better 10000."),
        )
    if seed < 0:
        raise CompendiumError(
            _("The seed is {seed}.").format(seed=seed), remedy=_("Give a seed of 0 or more.")
        )
    if threads is not None and threads < 1:
        raise CompendiumError(
            _("There are {threads} threads.").format(threads=threads),
            remedy=_("Ask for one or more."),
        )
    sizes = [min(CHUNK, draws - start) for start in range(0, draws, CHUNK)]

    def one(chunk: int) -> tuple[np.ndarray, ...]:
        source = np.random.SeedSequence(seed, spawn_key=(stream, chunk))
        return count(np.random.default_rng(source), sizes[chunk])

    sums: list[np.ndarray] = []
    for parts in _in_order(one, range(len(sizes)), threads or _processors()):
        sums = [a + b for a, b in zip(sums, parts, strict=True)] if sums else list(parts)
    return tuple(sums)


def _in_order(work: Callable[[int], Result], items: range, threads: int) -> Iterator[Result]:
    if threads == 1 or len(items) == 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(max_workers=min(threads, len(items))) as pool:
        yield from pool.map(work, items)


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)  # what this process may use, where known
    return len(affinity(0)) if affinity else os.cpu_count() or 1
