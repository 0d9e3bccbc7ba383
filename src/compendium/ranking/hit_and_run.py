"""Uniform draws from a narrow part of the simplex, by a Markov chain in a straightened space."""

from __future__ import annotations

from math import ceil

import numpy as np

PILOTS = 512  # chains that explore the space first
ROUNDS = 6
DRAWS_PER_CHAIN = 8


class HitAndRun:
    """Hit-and-run on the weights that obey `matrix @ weights <= limit`.

    A step draws a direction, then a uniform point on the stretch of it that lies in the space.
    Pilot chains first learn the shape of the space, so that steps are long where it is long, and
    then lend their places to the chains that are read: many short ones, side by side.

    Parameters
    ----------
    matrix, limit : arrays of shape (constraints, criteria) and (constraints,)
        Constraints besides positive weights that add up to 1.
    centre : array of shape (criteria,)
        Weights well inside the space.

    References
    ----------
    Smith (1984), doi:10.1287/opre.32.6.1296; for weights: Tervonen, van Valkenhoef, Baştürk &
    Postmus (2013), doi:10.1016/j.ejor.2012.08.026
    """

    def __init__(self, matrix: np.ndarray, limit: np.ndarray, centre: np.ndarray):
        size = len(centre)
        self.centre = centre
        # Coordinates inside the plane on which weights add up to 1, one fewer than criteria.
        self.plane = np.linalg.svd(np.ones((1, size)))[2][1:].T
        matrix = np.vstack([matrix, -np.eye(size)])
        self.slack = np.append(limit, np.zeros(size)) - matrix @ centre
        self.steepness = matrix @ self.plane
        self.dimension = size - 1
        self.stretch = np.eye(self.dimension)
        rng = np.random.default_rng(0)
        at = np.zeros((self.dimension, PILOTS))
        for _ in range(ROUNDS):
            at = self._steps(rng, at, self._burn)
            shape = np.atleast_2d(np.cov(at))
            tiny = 1e-9 * np.trace(shape) * np.eye(self.dimension)
            self.stretch = np.linalg.cholesky(shape + tiny)
        self.pilots = self._steps(rng, at, 2 * self._burn)

    @property
    def _burn(self) -> int:
        return 2 * self.dimension**2 + 10

    def draw(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Weights of shape (criteria, draws)."""
        at = self.pilots[:, rng.integers(0, PILOTS, ceil(draws / DRAWS_PER_CHAIN))]
        at = self._steps(rng, at, self._burn)
        kept = [at]
        for _ in range(DRAWS_PER_CHAIN - 1):
            kept.append(self._steps(rng, kept[-1], ceil(self._burn / 4)))
        inside = np.concatenate(kept, axis=1)[:, :draws]
        return np.clip(self.centre[:, None] + self.plane @ inside, 0, None)

    def _steps(self, rng: np.random.Generator, at: np.ndarray, steps: int) -> np.ndarray:
        slack = self.slack[:, None] - self.steepness @ at
        slopes = self.steepness @ self.stretch
        for _ in range(steps):
            heading = rng.standard_normal(at.shape)
            slope = slopes @ heading
            with np.errstate(divide="ignore", invalid="ignore"):
                reach = slack / slope
            far = np.where(slope > 0, reach, np.inf).min(axis=0)
            near = np.where(slope < 0, reach, -np.inf).max(axis=0)
            length = near + (far - near) * rng.random(at.shape[1])
            at = at + self.stretch @ (heading * length)
            slack = np.maximum(slack - slope * length, 0)
        return at
