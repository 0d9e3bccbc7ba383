"""The decisions that the chapter shows: the article's own, or those of a team's folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from compendium import data, project
from compendium.display import Figure
from compendium.screening import prisma, prisma_layout, team
from compendium.screening.team import Team


@dataclass(frozen=True)
class Shown(Team):
    """Decisions, what is counted from them, and whose they are.

    Attributes
    ----------
    folder : str
        The team's folder as it was named; empty for the article's own decisions.
    """

    folder: str


def shown(
    folder: str, counts: pd.DataFrame, place: Callable[[str], Path] = project.path
) -> Shown:
    """The decisions of a folder, or the article's where none is named.

    Parameters
    ----------
    folder : str
        From the compendium's folder.
    counts : DataFrame
        `hits` by query, as the article reports them: the result table `counts` of the chapter on
        the search. They are not used with a folder.
    place : callable
        Where the folder lies, e.g. `chapter.input`, which also remembers it.

    Raises
    ------
    CompendiumError
        If the folder does not exist, or a row does not hold what it should.
    """
    if folder:
        found = team.read(place(folder))
        return Shown(found.flow, found.agreement, found.conflicts, found.pilots, folder)
    flow = prisma.flow(
        data.table("screening_records"), data.table("screening_decisions"),
        identified={"origin_database": int(counts["hits"].sum())},
    )  # fmt: skip
    return Shown(flow, [], None, (), "")


def figure(found: Shown) -> Figure:
    """The diagram; of the article's decisions every box, because most of them are silent."""
    return prisma_layout.figure(found.flow, whole=not found.folder)
