"""Checks of what the article's tables say of a work, against the work's own page."""

from __future__ import annotations

import pandas as pd

from compendium.claims.check import (
    CANNOT,
    CONFIRMED,
    DIFFERS,
    NOT_REPORTED,
    NOT_TRACEABLE,
    Evidence,
    Finding,
    check,
    named_items,
    one,
    plain,
    present,
    values,
    where,
)

ARTICLE = ("article_table", "article_text")


@check
def authors_and_year(evidence: Evidence, table: str, row: int) -> Finding:
    """Authors and year that a row prints are those of the work."""
    printed = one(evidence, table, row=row)
    work = one(evidence, "sources", key=printed["work"])
    evidence.about(work["key"])
    if not work["title"]:
        return Finding(NOT_TRACEABLE, (), "needs_work")
    evidence.pages([work["seen_at"]])
    families = [name.split(",")[0].split()[-1] for name in work["authors"].split(";")]
    at = [plain(printed["authors_printed"]).find(plain(family)) for family in families]
    if -1 in at or at != sorted(at):
        return Finding(DIFFERS, (("authors", work["authors"]),))
    if "year_issue" not in work["verified"].split():
        return Finding(CANNOT, (("same_authors",),), "needs_page")
    issue, online = int(work["year_issue"]), work["year_online"]
    earlier = None if pd.isna(online) or int(online) == issue else int(online)
    same = int(printed["year_printed"]) == issue
    return Finding(CONFIRMED if same else DIFFERS, (("years", issue, earlier),))


@check
def venue(evidence: Evidence, row: int) -> Finding:
    """The journal that a row of the article's Table 2 prints is that of the work."""
    printed = one(evidence, "reviews", row=row)
    work = one(evidence, "sources", key=printed["work"])
    evidence.about(work["key"])
    evidence.pages([work["seen_at"]])
    lines = (("venue", work["venue"]),)
    if not printed["venue_printed"]:
        return Finding(NOT_REPORTED, lines)
    same = _journal(printed["venue_printed"]) == _journal(work["venue"])
    return Finding(CONFIRMED if same else DIFFERS, lines)


@check
def number_in_source(evidence: Evidence, work: str, measures: list[str], equals: float) -> Finding:
    """The page of a work gives this number, under one of these measures."""
    lines, same = [], False
    for measure in measures:
        for value in values(evidence, work, measure).itertuples():
            number = float(value.number)
            above = value.qualifier == "more_than"
            same = same or (equals > number if above else equals == number)
            lines.append(("number", measure, number, value.qualifier))
    if not lines:
        return Finding(CANNOT, (), "needs_full_text")
    return Finding(CONFIRMED if same else DIFFERS, tuple(lines))


@check
def count_in_source(evidence: Evidence, work: str, measure: str, equals: int) -> Finding:
    """The page of a work names as many items."""
    rows = values(evidence, work, measure)
    named = present(rows)
    if not named:
        found = (("not_named", measure, list(rows["item"])),) if len(rows) else ()
        return Finding(CANNOT, found, "needs_full_text")
    line = ("named", measure, len(named))
    return Finding(CONFIRMED if len(named) == equals else DIFFERS, (line,))


@check
def items_in_source(evidence: Evidence, work: str, measure: str, items: list[str]) -> Finding:
    """The page of a work names these items."""
    return named_items(evidence, work, measure, items, DIFFERS)


@check
def country_in_source(evidence: Evidence, work: str) -> Finding:
    """The page of a work names the countries that the article's Table 1 gives it."""
    evidence.about(work)
    rows = where(evidence.table("work_countries"), {"work": work})
    article = rows[rows["provenance"].isin(ARTICLE)]["country"].unique()
    page = rows[rows["provenance"] == "source_page"]
    if page.empty:
        return Finding(CANNOT, (), "needs_full_text")
    evidence.pages(page["seen_at"])
    named = list(page["country"].unique())
    same = set(article) <= set(named)
    return Finding(CONFIRMED if same else DIFFERS, (("countries", named),))


@check
def work_is_known(evidence: Evidence, work: str) -> Finding:
    """The work that the article names was identified."""
    evidence.about(work)
    if one(evidence, "sources", key=work)["title"]:
        return Finding(CANNOT, (), "needs_full_text")
    return Finding(NOT_TRACEABLE, (), "needs_work")


def _journal(name: str) -> str:
    """A journal's name without its article and without what is added after a comma."""
    return plain(name).removeprefix("the ").split(",")[0].strip()
