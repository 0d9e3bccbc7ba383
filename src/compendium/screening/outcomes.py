"""What the reviewers' decisions amount to, record by record, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compendium.screening import decisions, protocol

if TYPE_CHECKING:
    import pandas as pd

CONFLICT, WAITING = "conflict", "waiting"


@dataclass(frozen=True)
class Outcome:
    """What was decided about a record at a stage.

    Attributes
    ----------
    record : str
    state : str
        `include`, `exclude` or `not_retrieved`; `waiting` where fewer have decided than are asked
        to, whatever they said; else `conflict` where they disagree or one is unsure.
    criterion : str
        Why it leaves. Where the reviewers agree that it does and name different criteria, the one
        named first stands until somebody settles it.
    reviewers : int
        How many decided independently.
    settled : bool
        Whether a settling decision made it so.
    criteria_differ : bool
    """

    record: str
    state: str
    criterion: str
    reviewers: int
    settled: bool
    criteria_differ: bool


def of_stage(
    decided: pd.DataFrame, stage: str, readers: int = protocol.DEFAULT.reviewers
) -> dict[str, Outcome]:
    """Outcomes of a stage by record, in the order of the first decision about each.

    Parameters
    ----------
    decided : DataFrame
        As `decisions.read` gives it.
    stage : str
    readers : int
        How many reviewers have to decide about a record independently.
    """
    held = decisions.latest(decided)
    held = held[held["stage"] == stage]
    return {
        str(record): _outcome(str(record), rows, readers)
        for record, rows in held.groupby("record", sort=False)
    }


def reached_full_text(
    listed: pd.DataFrame, decided: pd.DataFrame, readers: int = protocol.DEFAULT.reviewers
) -> set[str]:
    """Records whose full texts are read: those that passed, and those not found by a search."""
    before = of_stage(decided, decisions.TITLE_ABSTRACT, readers)
    gone = set(decided.loc[decided["stage"] == decisions.IDENTIFICATION, "record"])
    other = ~listed["origin"].isin([*decisions.SEARCHED, "origin_previous"])
    passed = {record for record, each in before.items() if each.state == decisions.INCLUDE}
    return (passed | set(listed.loc[other, "record"])) - gone


def conflicts(
    decided: pd.DataFrame, stage: str, readers: int = protocol.DEFAULT.reviewers
) -> pd.DataFrame:
    """Records that a further reviewer has to settle, with each reviewer's decision.

    Returns
    -------
    DataFrame with `record`, `kind` (`decision`, or `criterion` where full texts are excluded for
    different reasons), `reviewer`, `decision`, `criterion` and `reason`; a row a decision
    """
    import pandas as pd

    held = decisions.latest(decided)
    found = []
    for outcome in of_stage(decided, stage, readers).values():
        by_criterion = (
            stage == decisions.FULL_TEXT and outcome.criteria_differ and not outcome.settled
        )
        if outcome.state != CONFLICT and not by_criterion:
            continue
        kind = "decision" if outcome.state == CONFLICT else "criterion"
        rows = held[(held["record"] == outcome.record) & (held["stage"] == stage)]
        found += [
            (outcome.record, kind, row.reviewer, row.decision, row.criterion, row.reason)
            for row in rows.itertuples()
        ]
    columns = ["record", "kind", "reviewer", "decision", "criterion", "reason"]
    return pd.DataFrame(found, columns=columns)


def unsettled(found: dict[str, Outcome]) -> Iterator[Outcome]:
    """Outcomes that are none yet."""
    return (each for each in found.values() if each.state in (CONFLICT, WAITING))


def _outcome(record: str, rows: pd.DataFrame, readers: int) -> Outcome:
    settling = rows[rows["role"] == decisions.SETTLING]
    own = rows[rows["role"] != decisions.SETTLING]
    differ = own.loc[own["criterion"] != "", "criterion"].nunique() > 1
    if len(settling) and settling["decision"].iloc[-1] != decisions.UNSURE:
        last = settling.iloc[-1]
        return Outcome(record, last["decision"], last["criterion"], len(own), True, differ)
    if len(own) < readers and not len(settling):
        return Outcome(record, WAITING, "", len(own), False, differ)
    said = own["decision"].unique().tolist()
    if len(said) > 1 or said == [decisions.UNSURE] or len(settling):
        return Outcome(record, CONFLICT, "", len(own), False, differ)
    named = own.loc[own["criterion"] != "", "criterion"]
    return Outcome(record, said[0], named.iloc[0] if len(named) else "", len(own), False, differ)
