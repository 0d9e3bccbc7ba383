"""Checks of how the works were selected and read."""

from __future__ import annotations

import pandas as pd

from compendium.claims.check import (
    CANNOT,
    CONFIRMED,
    DIFFERS,
    NOT_REPORTED,
    Evidence,
    Finding,
    check,
    one,
    where,
)


@check
def criterion_met(evidence: Evidence, criterion: str) -> Finding:
    """Every selected work meets a criterion of the selection."""
    rows = where(evidence.table("criteria_met"), {"criterion": criterion})
    against = rows[rows["met"] == "contradicted"]
    yes, unknown = int((rows["met"] == "yes").sum()), int((rows["met"] == "unknown").sum())
    evidence.pages(against["seen_at"])
    line = ("answers", yes, len(against), unknown)
    if len(against):
        return Finding(DIFFERS, (line, ("works_against", list(against["work"]))))
    if unknown:
        # Where no work has an answer, the criterion has no threshold to hold a work against.
        return Finding(CANNOT, (line,), "needs_page" if yes else "needs_threshold")
    return Finding(CONFIRMED, (line,))


@check
def metadata(evidence: Evidence, tables: list[str], column: str, equals: str) -> Finding:
    """Pages show the same of every work of the tables: its type, language, access or database."""
    works = list(dict.fromkeys(w for name in tables for w in evidence.table(name)["work"]))
    rows = evidence.table("source_metadata").set_index("work").loc[works]
    evidence.pages(rows[f"{column}_seen_at"])
    shown = rows[column].mask(rows[column].isin(["", "unknown"]))
    same, unknown = int((shown == equals).sum()), int(shown.isna().sum())
    others = shown[shown.notna() & (shown != equals)]
    line = ("answers", same, len(others), unknown)
    if len(others):
        return Finding(DIFFERS, (line, ("works_against", list(others.index))))
    return Finding(*((CANNOT, (line,), "needs_page") if unknown else (CONFIRMED, (line,))))


@check
def coded(evidence: Evidence, category: str) -> Finding:
    """The article shows what it coded under a category for every work."""
    rows = where(evidence.table("extraction"), {"category": category})
    shown: pd.Series = rows["status"] == "reported"
    line = ("shown_for", int(shown.sum()), len(rows))
    return Finding(CONFIRMED if shown.all() else NOT_REPORTED, (line,))


@check
def item_reported(evidence: Evidence, checklist: str, item: str) -> Finding:
    """The article reports what an item of a reporting checklist asks for."""
    status = one(evidence, "checklist_report", checklist=checklist, item=item)["status"]
    return Finding(
        CONFIRMED if status == "reported" else NOT_REPORTED, (("item", checklist, item, status),)
    )
