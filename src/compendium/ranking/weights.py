"""What is known about the weights: nothing, an order, bounds; and uniform draws that obey it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, pairwise

import numpy as np

from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _
from compendium.ranking.hit_and_run import DRAWS_PER_CHAIN, HitAndRun

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
                    _("A constraint on the weights names {code!r}, which is no criterion.").format(
                        code=code
                    ),
                    remedy=did_you_mean(
                        code,
                        self.criteria,
                        otherwise=_("The criteria are: {what}.").format(
                            what=", ".join(self.criteria)
                        ),
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

    def over(self, criteria: Sequence[str]) -> WeightSpace:
        """The space over other criteria, with the constraints on those that are still there."""
        kept = set(criteria)
        return WeightSpace(
            tuple(criteria),
            tuple(pair for pair in self.order if kept.issuperset(pair)),
            {code: value for code, value in self.lower.items() if code in kept},
            {code: value for code, value in self.upper.items() if code in kept},
        )

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
    def _chain(self) -> HitAndRun:
        return HitAndRun(*self._rows, _centre(*self._rows))

    @property
    def independent_share(self) -> float:
        """At least this share of the draws counts as independent, for the standard error."""
        return 1 / DRAWS_PER_CHAIN if self.names else 1.0

    def draw(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Weights drawn uniformly from the space.

        Where nothing is known they are exact: independent exponential numbers, divided by their
        sum, are uniform. Where something is, they come from hit-and-run, a Markov chain that
        forgets its start.

        Parameters
        ----------
        rng : Generator
        draws : int

        Returns
        -------
        array of shape (criteria, draws), columns adding up to 1
        """
        if self.names and len(self.criteria) > 1:
            return self._chain.draw(rng, draws)
        weights = rng.standard_exponential((len(self.criteria), draws))
        return weights / weights.sum(axis=0)


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
            _("{text!r} is not a constraint on the weights.").format(text=text),
            remedy=_("Write `a >= b`, `a >= b >= c`, `a >= 0.1` or `a <= 0.3`."),
        )
    order += pairwise(codes)


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
