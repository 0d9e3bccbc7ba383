"""Which models cover the barriers together, the fewest exactly; the directions as a roadmap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from compendium.errors import CompendiumError
from compendium.language import _

MOST_CANDIDATES = 24  # all subsets are tried, by size


@dataclass(frozen=True)
class Cover:
    """The smallest sets that cover whatever can be covered.

    Attributes
    ----------
    sets : list of tuple of str
        Every set of the least size, in the order of the candidates.
    size : int
    uncovered : list of str
        What no candidate covers.
    needed : list of str
        Candidates that stand in every one of the sets.
    """

    sets: list[tuple[str, ...]]
    size: int
    uncovered: list[str]
    needed: list[str]


def model_coverage(
    models: pd.DataFrame,
    barriers: pd.DataFrame,
    direction_models: pd.DataFrame,
    direction_barriers: pd.DataFrame,
) -> pd.DataFrame:
    """Which model answers which barrier, through the directions that adapt it.

    Parameters
    ----------
    models, barriers, direction_models, direction_barriers : DataFrame
        Tables of these names.

    Returns
    -------
    DataFrame
        One row a barrier and model: `barrier`, `model`, `directions` (list; empty if none links
        them) and `covered`.
    """
    links = direction_barriers[["direction", "barrier"]].merge(
        direction_models[["direction", "model"]], on="direction"
    )
    through = links.groupby(["barrier", "model"])["direction"].agg(list)
    rows = [
        (barrier, model, through.get((barrier, model), []))
        for barrier in barriers["barrier"]
        for model in models["model"]
    ]
    frame = pd.DataFrame(rows, columns=["barrier", "model", "directions"])
    return frame.assign(covered=frame["directions"].map(bool))


def smallest_cover(
    pairs: Iterable[tuple[str, str]], wanted: Iterable[str], candidates: Iterable[str]
) -> Cover:
    """The fewest candidates that cover all that is wanted, exactly.

    Parameters
    ----------
    pairs : iterable of (str, str)
        What is covered, and by which candidate.
    wanted, candidates : iterable of str

    Returns
    -------
    Cover
        What no candidate covers is left aside and told.

    Raises
    ------
    CompendiumError
        If there are too many candidates to try every set of them.
    """
    wanted, candidates, pairs = list(wanted), list(candidates), list(pairs)
    if len(candidates) > MOST_CANDIDATES:
        raise CompendiumError(
            _("{n} candidates are too many to try every set of them.").format(n=len(candidates)),
            remedy=_("Give {MOST_CANDIDATES} or fewer.").format(MOST_CANDIDATES=MOST_CANDIDATES),
        )
    covers = {one: {what for what, by in pairs if by == one} for one in candidates}
    coverable = {what for what in wanted if any(what in own for own in covers.values())}
    for size in range(len(candidates) + 1):
        sets = [
            chosen
            for chosen in combinations(candidates, size)
            if coverable <= set().union(*(covers[one] for one in chosen))
        ]
        if sets:
            break
    needed = [one for one in candidates if all(one in chosen for chosen in sets)]
    return Cover(sets, size, [what for what in wanted if what not in coverable], needed)


def smallest_model_cover(coverage: pd.DataFrame) -> Cover:
    """The fewest models that answer every barrier that any model answers.

    Parameters
    ----------
    coverage : DataFrame
        From `model_coverage`.
    """
    covered = coverage.loc[coverage["covered"], ["barrier", "model"]]
    return smallest_cover(
        covered.itertuples(index=False, name=None),
        coverage["barrier"].unique(),
        coverage["model"].unique(),
    )


def roadmap(
    directions: pd.DataFrame,
    direction_barriers: pd.DataFrame,
    direction_models: pd.DataFrame,
    recommendations: pd.DataFrame,
) -> pd.DataFrame:
    """The directions with the barriers they answer, the models they adapt and who is to act.

    Parameters
    ----------
    directions, direction_barriers, direction_models, recommendations : DataFrame
        Tables of these names.

    Returns
    -------
    DataFrame
        One row a direction: `direction`, `barriers`, `models`, `addressees` (lists, empty if
        there is none), `told` (in which words each of these is addressed) and `place`.
    """

    def of(table: pd.DataFrame, column: str) -> list[list[str]]:
        lists = table.groupby("direction")[column].agg(lambda own: list(dict.fromkeys(own)))
        return [lists.get(code, []) for code in directions["direction"]]

    return pd.DataFrame(
        {
            "direction": directions["direction"],
            "barriers": of(direction_barriers, "barrier"),
            "models": of(direction_models, "model"),
            "addressees": of(recommendations, "addressee"),
            "told": [
                list(recommendations.loc[recommendations["direction"] == code, "statement"])
                for code in directions["direction"]
            ],
            "place": directions["place"],
        }
    )


def flat(roadmap: pd.DataFrame) -> pd.DataFrame:
    """A roadmap with its lists as text, as a table of results holds them."""
    return roadmap.map(lambda cell: ";".join(cell) if isinstance(cell, list) else cell)
