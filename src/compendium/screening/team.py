"""What a team's folder amounts to: its flow, how far its reviewers agree, and their conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from compendium.screening import agreement, decisions, outcomes, prisma, protocol, sharing
from compendium.screening.agreement import Agreement
from compendium.screening.prisma import Flow
from compendium.screening.sharing import Pilot


@dataclass(frozen=True)
class Team:
    """A team's decisions, and what is counted from them.

    Attributes
    ----------
    flow : Flow
    agreement : list of Agreement
        Of the first stage that two reviewers decided about independently; empty if there is none.
    conflicts : int or None
        Records in conflict at any stage; None where nobody is said to have decided twice.
    pilots : sequence of Pilot
        The last one of each stage that had one.
    """

    flow: Flow
    agreement: list[Agreement]
    conflicts: int | None
    pilots: Sequence[Pilot]


def read(folder: Path) -> Team:
    """The decisions of a folder.

    Raises
    ------
    CompendiumError
        If the folder does not exist, or a row does not hold what it should.
    """
    records, decided = decisions.read(folder)
    agreed = protocol.read(folder)
    readers = agreed.reviewers
    found: list[Agreement] = []
    twice: list[int] = []
    for stage in decisions.STAGES:
        rated = agreement.ratings(decided, stage)
        if rated.shape[1] > 1:
            found = found or agreement.coefficients(rated)
            twice.append(outcomes.conflicts(decided, stage, readers)["record"].nunique())
    flow = prisma.flow(records, decided, readers=readers)
    return Team(flow, found, sum(twice) if twice else None, sharing.pilots(folder, agreed))


def coefficients(found: Team) -> pd.DataFrame:
    """The coefficients of agreement as a table.

    Returns
    -------
    DataFrame with `coefficient`, `reviewers`, `records`, `value`, `low` and `high`; for decisions
    that nobody made twice, each coefficient once with everything missing
    """
    columns = ["coefficient", "reviewers", "records", "value", "low", "high"]
    rows: list[tuple] = [(a.name, "; ".join(a.reviewers), a.records, a.value, a.low, a.high)
            for a in found.agreement]  # fmt: skip
    if not rows:
        rows = [(name, "", None, None, None, None) for name in agreement.NAMES]
    whole = pd.DataFrame(rows, columns=columns)
    return whole.astype({"records": "Int64", "value": float, "low": float, "high": float})
