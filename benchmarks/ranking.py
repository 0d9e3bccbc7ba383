"""The ranking: a million draws beside the plain way to write them, in time and memory.

The peer is SMAA-2 as one would write it first: all draws at once in NumPy, ranks by sorting. Both
rank the same models; their acceptabilities must agree to Monte Carlo error.
"""

from __future__ import annotations

import time
import tracemalloc

import numpy as np

from compendium import project
from compendium.ranking import criteria
from compendium.ranking.smaa import smaa2
from compendium.ranking.weights import WeightSpace

DRAWS = 1_000_000
PEER_DRAWS = 100_000  # a million would need several gigabytes
RUNS = 5


def fictitious() -> np.ndarray:
    """Five models by twelve criteria, a third of the scores unknown."""
    rng = np.random.default_rng(1)
    levels = rng.integers(0, 5, (5, 12)).astype(float)
    levels[rng.random(levels.shape) < 1 / 3] = np.nan
    return levels


def peer(levels: np.ndarray, draws: int) -> np.ndarray:
    """Rank acceptability, all draws at once."""
    rng = np.random.default_rng(1)
    models, count = levels.shape
    weights = rng.dirichlet(np.ones(count), draws)
    worth = np.sort(rng.random((draws, count, 3)), axis=2)
    worth = np.concatenate(
        [np.zeros((draws, count, 1)), worth, np.ones((draws, count, 1))], axis=2
    )
    drawn = np.broadcast_to(levels, (draws, models, count)).copy()
    missing = np.isnan(drawn)
    drawn[missing] = rng.integers(0, 5, missing.sum())
    index = drawn.astype(int).transpose(0, 2, 1)
    scores = np.take_along_axis(worth, index, axis=2)
    values = np.einsum("dc,dcm->dm", weights, scores)
    ranks = np.argsort(np.argsort(-values, axis=1), axis=1)
    return np.stack([np.bincount(row, minlength=models) for row in ranks.T]) / draws


def best(work) -> float:
    """Seconds of the fastest of several runs: the others had company."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def peak(work) -> float:
    """Megabytes at the peak."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main() -> None:
    country = criteria.assess(project.path("data", "contexts", "kazakhstan-electronics"))
    cases = {"5 models, 12 criteria": fictitious(), "the country's scores": country.levels}
    for name, levels in cases.items():
        models, count = levels.shape
        space = WeightSpace([f"c{at}" for at in range(count)])
        print(f"{name}: {models} × {count}, {int(np.isnan(levels).sum())} scores unknown")
        for threads in (1, 2):
            seconds = best(
                lambda levels=levels, space=space, threads=threads: smaa2(
                    levels, space, draws=DRAWS, threads=threads
                )
            )
            print(f"  {seconds:6.2f} s  {DRAWS:,} draws, {threads} thread(s)")
        most = peak(lambda levels=levels, space=space: smaa2(levels, space, draws=DRAWS, threads=2))
        print(f"  {most:6.0f} MB at the peak, {DRAWS:,} draws, 2 threads")
        each = best(lambda levels=levels: peer(levels, PEER_DRAWS)) * DRAWS / PEER_DRAWS
        needs = peak(lambda levels=levels: peer(levels, PEER_DRAWS)) * DRAWS / PEER_DRAWS
        print(f"  {each:6.2f} s  the plain way, for as many draws (from {PEER_DRAWS:,})")
        print(f"  {needs:6.0f} MB  the plain way, for as many draws")
        ours = smaa2(levels, space, draws=DRAWS)
        gap = np.abs(peer(levels, PEER_DRAWS) - ours.acceptability).max()
        print(f"  {gap:6.4f}    largest difference of an acceptability, error "
              f"{0.5 / PEER_DRAWS**0.5:.4f} at most")


if __name__ == "__main__":
    main()
