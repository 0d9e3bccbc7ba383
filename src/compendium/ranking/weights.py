"""What is known about the weights: nothing, an order, bounds; and uniform draws that obey it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, pairwise

import numpy as np

from compendium.errors import CompendiumError, did_you_mean
from compendium.ranking.hit_and_run import DRAWS_PER_CHAIN, HitAndRun

ACCEPTABLE = 0.02  # share of accepted proposals below which a Markov chain is cheaper
MOST_ORDERED = 16  # criteria; the table of linear extensions has 2^n rows
_PILOT = 20_000
_BOUND = re.compile(r"(\w+)\s*(>=|<=|>|<)\s*([0-9.]+)")


class EmptyWeightSpace(CompendiumError):
    """The constraints contradict each other.

    Attributes
    ----------
    constraints : list of str
        The smallest set of them that does.
    """

    def __init__(self, constraints: list[str]):
        self.constraints = constraints
        several = "These constraints on the weights contradict each other, or leave no room"
        one = "This constraint on the weights leaves no room"
        super().__init__(
            f"{several if len(constraints) > 1 else one}: {'; '.join(constraints)}.",
            remedy="Weights are positive and add up to 1. Drop or loosen one of them.",
        )


@dataclass(frozen=True)
class WeightSpace:
    """The weights that a decision maker may have: positive, adding up to 1, and as constrained.

    Parameters
    ----------
    criteria : sequence of str
        Codes of the criteria.
    order : sequence of (str, str)
        Pairs (a, b): a weighs at least as much as b.
    lower, upper : dict of str to float
        Bounds of single weights.

    Raises
    ------
    EmptyWeightSpace
        If the constraints contradict each other; names the smallest set that does.
    CompendiumError
        If a constraint names a criterion that there is not.
    """

    criteria: Sequence[str]
    order: Sequence[tuple[str, str]] = ()
    lower: dict[str, float] = field(default_factory=dict)
    upper: dict[str, float] = field(default_factory=dict)

    def __post_init__(self):
        for code in [*(c for pair in self.order for c in pair), *self.lower, *self.upper]:
            if code not in self.criteria:
                raise CompendiumError(
                    f"A constraint on the weights names {code!r}, which is no criterion.",
                    remedy=did_you_mean(
                        code, self.criteria,
                        otherwise=f"The criteria are: {', '.join(self.criteria)}.",
                    ),
                )
        if self.names and not _room(self._rows):
            raise EmptyWeightSpace([self.names[at] for at in _smallest_contradiction(self._rows)])

    @classmethod
    def parse(cls, criteria: Sequence[str], constraints: Iterable[str]) -> WeightSpace:
        """A space from constraints as a person writes them.

        Parameters
        ----------
        criteria : sequence of str
        constraints : iterable of str
            `a >= b`, `a > b > c`, `a >= 0.1` or `a <= 0.3`.

        Raises
        ------
        CompendiumError
            If a constraint is not of this form, or as of the class.
        """
        order: list[tuple[str, str]] = []
        lower: dict[str, float] = {}
        upper: dict[str, float] = {}
        for text in constraints:
            _parse(text, order, lower, upper)
        return cls(tuple(criteria), tuple(order), lower, upper)

    @property
    def names(self) -> list[str]:
        """The constraints as a person reads them."""
        return [
            *(f"{a} >= {b}" for a, b in self.order),
            *(f"{code} >= {value:g}" for code, value in self.lower.items()),
            *(f"{code} <= {value:g}" for code, value in self.upper.items()),
        ]

    @cached_property
    def _rows(self) -> tuple[np.ndarray, np.ndarray]:
        """The constraints as `matrix @ weights <= bound`, in the order of `names`."""
        place = {code: at for at, code in enumerate(self.criteria)}
        bounds = [(-1, self.lower), (1, self.upper)]
        matrix = np.zeros((len(self.names), len(self.criteria)))
        limit = np.zeros(len(self.names))
        for at, (a, b) in enumerate(self.order):
            matrix[at, place[b]], matrix[at, place[a]] = 1, -1
        at = len(self.order)
        for sign, values in bounds:
            for code, value in values.items():
                matrix[at, place[code]], limit[at] = sign, sign * value
                at += 1
        return matrix, limit

    @cached_property
    def _floor(self) -> np.ndarray:
        return np.array([max(self.lower.get(code, 0.0), 0.0) for code in self.criteria])

    @cached_property
    def _extensions(self) -> _LinearExtensions | None:
        if not self.order or len(self.criteria) > MOST_ORDERED:
            return None
        place = {code: at for at, code in enumerate(self.criteria)}
        return _LinearExtensions(len(place), [(place[a], place[b]) for a, b in self.order])

    @cached_property
    def _chain(self) -> HitAndRun:
        return HitAndRun(*self._rows, _centre(*self._rows))

    @cached_property
    def method(self) -> str:
        """How weights are drawn: `direct`, `rejection` or `hit-and-run`.

        Direct draws and rejection are exact. Hit-and-run is a Markov chain that forgets its start;
        it is taken where fewer than 2 in 100 proposals obey the constraints.
        """
        if not len(self.names) or self._obeys_by_construction:
            return "direct"
        pilot = self._propose(np.random.default_rng(0), _PILOT)
        return "rejection" if self._obeys(pilot).mean() >= ACCEPTABLE else "hit-and-run"

    @property
    def independent_share(self) -> float:
        """At least this share of the draws counts as independent, for the standard error."""
        return 1 / DRAWS_PER_CHAIN if self.method == "hit-and-run" else 1.0

    @property
    def _obeys_by_construction(self) -> bool:
        if self.upper:
            return False
        return (self._extensions is not None and not self.lower) or not self.order

    def draw(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Weights drawn uniformly from the space.

        Parameters
        ----------
        rng : Generator
        draws : int

        Returns
        -------
        array of shape (criteria, draws), columns adding up to 1
        """
        if self.method == "direct":
            return self._propose(rng, draws)
        if self.method == "hit-and-run":
            return self._chain.draw(rng, draws)
        kept, found = [], 0
        while found < draws:
            proposed = self._propose(rng, draws)
            kept.append(proposed[:, self._obeys(proposed)])
            found += kept[-1].shape[1]
        return np.concatenate(kept, axis=1)[:, :draws]

    def _propose(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        weights = rng.standard_exponential((len(self.criteria), draws))
        weights /= weights.sum(axis=0)
        if self._extensions is not None:
            return self._extensions.arrange(rng, weights)
        if self.lower:
            weights *= 1 - self._floor.sum()
            weights += self._floor[:, None]
        return weights

    def _obeys(self, weights: np.ndarray) -> np.ndarray:
        matrix, limit = self._rows
        return (matrix @ weights <= limit[:, None]).all(axis=0)


def _parse(text: str, order: list, lower: dict, upper: dict) -> None:
    bound = _BOUND.fullmatch(text.strip())
    if bound:
        code, sign, value = bound.groups()
        kept, better = (lower, max) if ">" in sign else (upper, min)
        kept[code] = better(kept.get(code, float(value)), float(value))
        return
    codes = [part.strip() for part in re.split(r">=?", text)]
    if len(codes) < 2 or not all(re.fullmatch(r"[A-Za-z_]\w*", code) for code in codes):
        raise CompendiumError(
            f"{text!r} is not a constraint on the weights.",
            remedy="Write `a >= b`, `a >= b >= c`, `a >= 0.1` or `a <= 0.3`.",
        )
    order += pairwise(codes)


class _LinearExtensions:
    """All rankings of the criteria that an order allows, to draw one uniformly.

    Sorted uniform weights given to the criteria by a ranking drawn uniformly among those that the
    order allows are uniform on the weights that obey the order: every ranking's share of the
    simplex is equally large.
    """

    def __init__(self, size: int, order: Sequence[tuple[int, int]]):
        self.size = size
        above = [0] * size
        for a, b in order:
            above[b] |= 1 << a
        ways = np.zeros(1 << size)
        ways[-1] = 1
        self.cumulative = np.zeros((1 << size, size))
        for placed in range((1 << size) - 2, -1, -1):
            for criterion in range(size):
                free = not placed >> criterion & 1 and above[criterion] & ~placed == 0
                if free:
                    self.cumulative[placed, criterion] = ways[placed | 1 << criterion]
            ways[placed] = self.cumulative[placed].sum()
        with np.errstate(invalid="ignore"):
            shares = self.cumulative / ways[:, None]
        self.cumulative = np.cumsum(np.nan_to_num(shares), axis=1)

    def arrange(self, rng: np.random.Generator, weights: np.ndarray) -> np.ndarray:
        """Give the weights, from the largest down, to the criteria of a ranking drawn anew."""
        falling = -np.sort(-weights, axis=0)
        draws = weights.shape[1]
        placed = np.zeros(draws, dtype=np.int64)
        columns = np.arange(draws)
        out = np.empty_like(weights)
        for rank in range(self.size):
            ahead = self.cumulative[placed]
            pick = (ahead <= rng.random(draws)[:, None]).sum(axis=1)
            # Rounding may leave the last sum just below 1: then the last criterion that is free.
            pick = np.minimum(pick, ahead.argmax(axis=1))
            out[pick, columns] = falling[rank]
            placed |= 1 << pick
        return out


def _room(rows: tuple[np.ndarray, np.ndarray]) -> bool:
    """Whether some weights obey every constraint with something to spare."""
    return _centre_and_slack(*rows)[1] > 1e-9


def _centre(matrix: np.ndarray, limit: np.ndarray) -> np.ndarray:
    """The weights with the most room around them."""
    return _centre_and_slack(matrix, limit)[0]


def _centre_and_slack(matrix: np.ndarray, limit: np.ndarray) -> tuple[np.ndarray, float]:
    from scipy.optimize import linprog

    size = matrix.shape[1]
    matrix = np.vstack([matrix, -np.eye(size)])
    limit = np.append(limit, np.zeros(size))
    reach = np.linalg.norm(matrix - matrix.mean(axis=1, keepdims=True), axis=1)
    found = linprog(
        c=np.append(np.zeros(size), -1),
        A_ub=np.column_stack([matrix, reach]),
        b_ub=limit,
        A_eq=np.append(np.ones(size), 0)[None],
        b_eq=[1],
        bounds=[(None, None)] * size + [(0, 1)],
    )
    return (found.x[:-1], found.x[-1]) if found.status == 0 else (np.full(size, np.nan), -1.0)


def _smallest_contradiction(rows: tuple[np.ndarray, np.ndarray]) -> list[int]:
    """Numbers of the fewest constraints that leave no room together."""
    matrix, limit = rows

    def contradict(chosen: Sequence[int]) -> bool:
        return not _room((matrix[list(chosen)], limit[list(chosen)]))

    kept = list(range(len(limit)))
    for at in range(len(limit)):  # none of what stays can be left out
        fewer = [other for other in kept if other != at]
        if contradict(fewer):
            kept = fewer
    for size in range(1, len(kept)):  # but fewer others may do
        for chosen in combinations(range(len(limit)), size):
            if contradict(chosen):
                return list(chosen)
    return kept
