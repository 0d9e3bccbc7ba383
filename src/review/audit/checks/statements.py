"""What the pages of works say of statements, as a reader of the pages coded it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from compendium.claims.check import (
    AMBIGUOUS,
    CANNOT,
    CONFIRMED,
    NOT_IN_ABSTRACT,
    NOT_SUPPORTED,
    CheckResult,
    Counter,
    Evidence,
    with_cell,
)

SAYS, OTHERWISE, SILENT = "says_so", "says_otherwise", "says_nothing"


def said(evidence: Evidence, works: list[str], statement: str) -> CheckResult:
    """What the pages of works say of a statement; a work whose page was not read for it is unknown.

    A work that says it beside one that says otherwise leaves the statement ambiguous. Silence is
    told only where every work's page was read for the statement.
    """
    rows = evidence.table("source_statements")
    rows = rows[rows["work"].isin(works) & (rows["statement"] == statement)]
    evidence.pages(rows["seen_at"])
    told = tuple(
        ("says", row.work, row.source_says) if row.source_says else ("silent", row.work)
        for row in rows.itertuples()
    )
    stances = set(rows["stance"])
    if {SAYS, OTHERWISE} <= stances:
        return CheckResult(AMBIGUOUS, told)
    if OTHERWISE in stances:
        return CheckResult(NOT_SUPPORTED, told)
    if SAYS in stances:
        return CheckResult(CONFIRMED, told)
    if set(works) <= set(rows["work"]):
        return CheckResult(NOT_IN_ABSTRACT, told)
    return CheckResult(CANNOT, told, "needs_full_text")


def turned(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims on pages that say the opposite, say nothing, or were not read for it."""
    rows = evidence.table("source_statements")
    own = rows["statement"] == arguments["statement"]
    for stance in (OTHERWISE, SILENT):
        yield Counter(arguments, {"source_statements": with_cell(rows, own, "stance", stance)})
    yield Counter(arguments, {"source_statements": rows[~own]})


def exchanged(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims with statements that no page makes."""
    rows = evidence.table("source_statements")
    stated = set(rows.loc[rows["stance"] == SAYS, "statement"])
    unstated: pd.Index = pd.Index(rows["statement"].unique()).difference(stated)
    for statement in unstated[:3]:
        yield Counter({**arguments, "statement": statement})
