"""Checks of how the works were selected and read."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from compendium.claims.check import (
    CANNOT,
    CODED,
    COMPUTED,
    CONFIRMED,
    DIFFERS,
    NOT_REPORTED,
    CheckResult,
    Counter,
    Evidence,
    check,
    number_changed,
    where,
    with_cell,
)
from review.search import known_items

ARTICLE = ("article_table", "article_text")


def _turned(table: str, column: str, values: list[str], **of: str):
    """Counter-claims on a table in which one answer is another; `of`: its column by argument."""

    def made(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
        frame = evidence.table(table)
        held = pd.Series(True, index=frame.index)
        for key, argument in of.items():
            if arguments.get(argument):
                held &= frame[key] == arguments[argument]
        for at in frame.index[held]:
            for value in values:
                changed = with_cell(frame, frame.index == at, column, value)
                yield Counter(arguments, {table: changed})

    return made


@check(
    basis=CODED,
    counters=_turned("criteria_met", "met", ["contradicted", "unknown"], criterion="criterion"),
)
def criterion_met(evidence: Evidence, criterion: str) -> CheckResult:
    """Every selected work meets a criterion of the selection, by coded answers with reasons.

    An answer that rests on the article's own table is its word again and confirms nothing.
    """
    rows = where(evidence.table("criteria_met"), {"criterion": criterion})
    against = rows[rows["met"] == "contradicted"]
    yes, unknown = int((rows["met"] == "yes").sum()), int((rows["met"] == "unknown").sum())
    evidence.pages(against["seen_at"])
    line = ("answers", yes, len(against), unknown)
    if len(against):
        return CheckResult(DIFFERS, (line, ("works_against", list(against["work"]))))
    if unknown:
        # Where no work has an answer, the criterion has no threshold to hold a work against.
        return CheckResult(CANNOT, (line,), "needs_page" if yes else "needs_threshold")
    own = list(rows.loc[rows["provenance"].isin(ARTICLE), "work"])
    if own:
        return CheckResult(CANNOT, (line, ("own_table", own)), "needs_page")
    return CheckResult(CONFIRMED, (line,))


def _equals_exchanged(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    frame = evidence.table("source_metadata")
    for value in frame[arguments["column"]].unique():
        if value not in ("", "unknown", arguments["equals"]):
            yield Counter({**arguments, "equals": value})
    yield Counter({**arguments, "equals": "nothing"})


@check(basis=COMPUTED, counters=_equals_exchanged)
def metadata(evidence: Evidence, tables: list[str], column: str, equals: str) -> CheckResult:
    """Pages show the same of every work of the tables: its type, language, access or database."""
    works = list(dict.fromkeys(w for name in tables for w in evidence.table(name)["work"]))
    rows = evidence.table("source_metadata").set_index("work").loc[works]
    evidence.pages(rows[f"{column}_seen_at"])
    shown = rows[column].mask(rows[column].isin(["", "unknown"]))
    same, unknown = int((shown == equals).sum()), int(shown.isna().sum())
    others = shown[shown.notna() & (shown != equals)]
    line = ("answers", same, len(others), unknown)
    if len(others):
        return CheckResult(DIFFERS, (line, ("works_against", list(others.index))))
    return CheckResult(*((CANNOT, (line,), "needs_page") if unknown else (CONFIRMED, (line,))))


@check(
    basis=COMPUTED,
    counters=_turned("extraction", "status", ["not_reported"], category="category"),
)
def coded(evidence: Evidence, category: str = "") -> CheckResult:
    """The article shows what it coded under a category, or under each, for every work.

    What was read elsewhere, in an abstract or on a page, is not shown by the article.
    """
    rows = where(evidence.table("extraction"), {"category": category} if category else {})
    by_article = rows["status"].eq("reported") & rows["provenance"].isin(ARTICLE)
    shown = by_article.groupby(rows["work"]).all()
    line = ("shown_for", int(shown.sum()), len(shown))
    return CheckResult(CONFIRMED if shown.all() else NOT_REPORTED, (line,))


@check(basis=COMPUTED, counters=number_changed("found"))
def records_listed(evidence: Evidence, query: str, found: int) -> CheckResult:
    """Every record that a query found is listed, so that a reader sees which were left out."""
    selected = known_items.expected(evidence.table("empirical"), evidence.table("reviews"))
    listed = {
        *where(selected, {"query": query})["work"],
        *where(evidence.table("screening_records"), {"search": query})["record"],
    }
    line = ("listed", len(listed), found)
    return CheckResult(CONFIRMED if len(listed) == found else NOT_REPORTED, (line,))
