"""Checks of what the article concludes."""

from __future__ import annotations

from collections.abc import Iterator

from compendium.claims.check import (
    AMBIGUOUS,
    CANNOT,
    CODED,
    CONFIRMED,
    DIFFERS,
    NOTED,
    CheckResult,
    Counter,
    Evidence,
    check,
    where,
)
from compendium.claims.table_checks import a_link_less, all_linked
from review.audit.checks.sector import facts_on


def _industry_exchanged(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims on the industries that pages do name."""
    for industry in evidence.table("work_industries")["industry"].unique():
        yield Counter({**arguments, "industry": industry, "near": []})


@check(basis=CODED, counters=a_link_less)
def linked_by_readings(evidence: Evidence, table: str, column: str, of: str) -> CheckResult:
    """As `all_linked`, where some rows of `table` are readings of ours and not the article's."""
    return all_linked(evidence, table, column, of)


@check(basis=CODED, counters=_industry_exchanged)
def no_case_from(evidence: Evidence, industry: str, near: list[str]) -> CheckResult:
    """No work of the sample takes its cases from an industry, nor from one that overlaps with it.

    A work whose page names no industry leaves it open.
    """
    rows = evidence.table("work_industries")
    evidence.pages(rows["seen_at"])
    works = set(evidence.table("sources")["key"])
    lines = tuple(
        ("industries", row.work, row.industry)
        for row in rows.itertuples()
        if row.industry in (industry, *near)
    )
    if not where(rows, {"industry": industry}).empty:
        return CheckResult(DIFFERS, lines)
    if lines:
        return CheckResult(AMBIGUOUS, lines)
    if works - set(rows["work"]):
        return CheckResult(CANNOT, (), "needs_full_text")
    return CheckResult(CONFIRMED)


def _reason_exchanged(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    yield Counter({**arguments, "of": []})


@check(basis=NOTED, counters=_reason_exchanged)
def open_question(
    evidence: Evidence, of: list[str], bears_on: str = "", reason: str = "needs_judgement"
) -> CheckResult:
    """Nothing at hand settles it, and the reason says why; `of` names tables that bear on it."""
    for table in of:
        evidence.table(table)
    return CheckResult(CANNOT, facts_on(evidence, bears_on), reason)
