"""The best–worst method: weights of one respondent's comparisons, and how consistent they are."""

from __future__ import annotations

import numpy as np


def weights(best: int, worst: int, to_others: np.ndarray, to_worst: np.ndarray) -> np.ndarray:
    """Weights that fit a respondent's comparisons best, by the linear best–worst method.

    The largest of the gaps |w_best − a_j·w_j| and |w_j − b_j·w_worst| is made as small as
    possible, which has one solution.

    Parameters
    ----------
    best, worst : int
        Places of the most and the least important criterion.
    to_others : array of shape (criteria,)
        a: how many times more important the best is than each, from 1 to 9.
    to_worst : array of shape (criteria,)
        b: how many times more important each is than the worst, from 1 to 9.

    Returns
    -------
    array of shape (criteria,), adding up to 1

    References
    ----------
    Rezaei (2016), doi:10.1016/j.omega.2015.12.001
    """
    from scipy.optimize import linprog

    size = len(to_others)
    rows = []
    for at in range(size):
        for one, ratio, other in ((best, to_others[at], at), (at, to_worst[at], worst)):
            if one != other:
                row = np.zeros(size)
                row[one] += 1
                row[other] -= ratio
                rows += [np.append(row, -1), np.append(-row, -1)]
    found = linprog(
        c=np.append(np.zeros(size), 1),
        A_ub=np.array(rows), b_ub=np.zeros(len(rows)),
        A_eq=np.append(np.ones(size), 0)[None], b_eq=[1],
        bounds=[(0, None)] * (size + 1),
    )  # fmt: skip
    given = np.maximum(found.x[:-1], 0)
    return given / given.sum()


def inconsistency(best: int, worst: int, to_others: np.ndarray, to_worst: np.ndarray) -> float:
    """The input-based consistency ratio: 0 if the comparisons agree, 1 at worst.

    For each criterion a_j·b_j should be the ratio a_w of the best to the worst; the largest gap
    counts, divided by the largest that there can be, a_w² − a_w.

    Parameters
    ----------
    best, worst, to_others, to_worst
        As of `weights`.

    References
    ----------
    Liang, Brunelli & Rezaei (2020), doi:10.1016/j.omega.2019.102175
    """
    span = to_others[worst]
    if span <= 1:
        alike = np.all(to_others == 1) and np.all(to_worst == 1)
        return 0.0 if alike else 1.0
    others = [at for at in range(len(to_others)) if at not in (best, worst)]
    gaps = np.abs(to_others[others] * to_worst[others] - span) / (span**2 - span)
    return float(min(1.0, gaps.max())) if len(gaps) else 0.0
