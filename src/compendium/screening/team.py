"""The decisions that the chapter shows: the article's own, or those of a team's folder."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from compendium import data, project
from compendium.screening import agreement, decisions, outcomes, prisma
from compendium.screening.agreement import Agreement
from compendium.screening.prisma import Prisma


@dataclass(frozen=True)
class Shown:
    """Decisions, and what is counted from them.

    Attributes
    ----------
    folder : str
        The team's folder as it was named; empty for the article's own decisions.
    flow : Prisma
    agreement : list of Agreement
        Of the first stage that two reviewers decided about independently; empty if there is none.
    conflicts : int or None
        Records in conflict at any stage; None where nobody is said to have decided twice.
    """

    folder: str
    flow: Prisma
    agreement: list[Agreement]
    conflicts: int | None


def shown(folder: str, counts: pd.DataFrame) -> Shown:
    """The decisions of a folder, or the article's where none is named.

    Parameters
    ----------
    folder : str
        From the compendium's folder.
    counts : DataFrame
        `hits` by query, as the article reports them: the result table `counts` of the chapter on
        the search. They are not used with a folder.

    Raises
    ------
    CompendiumError
        If the folder does not exist, or a row does not hold what it should.
    """
    if not folder:
        flow = prisma.flow(
            data.table("screening_records"), data.table("screening_decisions"),
            identified={"origin_database": int(counts["hits"].sum())},
        )  # fmt: skip
        return Shown("", flow, [], None)
    records, decided = decisions.read(project.root() / folder)
    found: list[Agreement] = []
    twice: list[int] = []
    for stage in decisions.STAGES:
        rated = agreement.ratings(decided, stage)
        if rated.shape[1] > 1:
            found = found or agreement.coefficients(rated)
            twice.append(outcomes.conflicts(decided, stage)["record"].nunique())
    return Shown(folder, prisma.flow(records, decided), found, sum(twice) if twice else None)


def coefficients(found: Shown) -> pd.DataFrame:
    """The coefficients of agreement as a table.

    Returns
    -------
    DataFrame with `coefficient`, `reviewers`, `records`, `value`, `low` and `high`; for decisions
    that nobody made twice, each coefficient once with everything missing
    """
    columns = ["coefficient", "reviewers", "records", "value", "low", "high"]
    rows = [(a.name, "; ".join(a.reviewers), a.records, a.value, a.low, a.high)
            for a in found.agreement]  # fmt: skip
    if not rows:
        rows = [(name, "", None, None, None, None) for name in agreement.NAMES]
    whole = pd.DataFrame(rows, columns=columns)
    return whole.astype({"records": "Int64", "value": float, "low": float, "high": float})
