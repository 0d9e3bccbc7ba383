"""Checks of what the article's tables say of a work, against the work's own page."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from compendium.claims.check import (
    AMBIGUOUS,
    CANNOT,
    CODED,
    COMPUTED,
    CONFIRMED,
    DIFFERS,
    NOT_REPORTED,
    NOT_TRACEABLE,
    CheckResult,
    Counter,
    Evidence,
    both,
    check,
    number_changed,
    one,
    plain,
    where,
    with_cell,
)

ARTICLE = ("article_table", "article_text")
LEFT_THE_EU = {"GB"}
"""Countries that left the European Union: a study of them may or may not be one of the union."""


def _row_changed(column: str):
    """Counter-claims on a table whose row prints what another row prints."""

    def made(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
        table = arguments.get("table", "reviews")
        frame = evidence.table(table)
        at = frame["row"] == arguments["row"]
        own = frame.loc[at, column].item()
        for other in frame[column].unique():
            if other and other != own:
                yield Counter(arguments, {table: with_cell(frame, at, column, other)})

    return made


def _year_changed(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    frame = evidence.table(arguments["table"])
    at = frame["row"] == arguments["row"]
    work = one(evidence, "sources", key=frame.loc[at, "work"].item())
    years = [int(y) for y in (work["year_issue"], work["year_online"]) if not pd.isna(y)]
    if years:
        for year in (min(years) - 1, max(years) + 1):
            changed = with_cell(frame, at, "year_printed", year)
            yield Counter(arguments, {arguments["table"]: changed})


@check(basis=COMPUTED, counters=both(_row_changed("authors_printed"), _year_changed))
def authors_and_year(evidence: Evidence, table: str, row: int) -> CheckResult:
    """Authors and year that a row prints are those of the work: the year of the issue or online."""
    printed = one(evidence, table, row=row)
    work = one(evidence, "sources", key=printed["work"])
    evidence.about(work["key"])
    if not work["title"]:
        return CheckResult(NOT_TRACEABLE, (), "needs_work")
    evidence.pages([work["seen_at"]])
    families = [name.split(",")[0].split()[-1] for name in work["authors"].split(";")]
    at = [plain(printed["authors_printed"]).find(plain(family)) for family in families]
    if -1 in at or at != sorted(at):
        return CheckResult(DIFFERS, (("authors", work["authors"]),))
    if "year_issue" not in work["verified"].split():
        return CheckResult(CANNOT, (("same_authors",),), "needs_page")
    issue, online = int(work["year_issue"]), work["year_online"]
    earlier = None if pd.isna(online) or int(online) == issue else int(online)
    same = int(printed["year_printed"]) in (issue, earlier)
    return CheckResult(CONFIRMED if same else DIFFERS, (("years", issue, earlier),))


@check(basis=COMPUTED, counters=_row_changed("venue_printed"))
def venue(evidence: Evidence, row: int) -> CheckResult:
    """The journal that a row of the article's Table 2 prints is that of the work."""
    printed = one(evidence, "reviews", row=row)
    work = one(evidence, "sources", key=printed["work"])
    evidence.about(work["key"])
    evidence.pages([work["seen_at"]])
    lines = (("venue", work["venue"]),)
    if not printed["venue_printed"]:
        return CheckResult(NOT_REPORTED, lines)
    same = _journal(printed["venue_printed"]) == _journal(work["venue"])
    return CheckResult(CONFIRMED if same else DIFFERS, lines)


def _work_exchanged(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims that say it of another work."""
    for work in evidence.table("sources")["key"]:
        if work != arguments["work"]:
            yield Counter({**arguments, "work": work})


@check(basis=COMPUTED, counters=both(number_changed("equals"), _work_exchanged))
def number_in_source(
    evidence: Evidence, work: str, measures: list[str], equals: float
) -> CheckResult:
    """The page of a work gives this number, under one of these measures.

    A page that says "more than" rules out what is not more; it confirms no single number.
    """
    lines, same, above = [], False, False
    for measure in measures:
        for value in _values(evidence, work, measure).itertuples():
            number = float(value.number)
            bound = value.qualifier == "more_than"
            same = same or (not bound and equals == number)
            above = above or (bound and equals > number)
            lines.append(("number", measure, number, value.qualifier))
    if not lines:
        return CheckResult(CANNOT, (), "needs_full_text")
    if same:
        return CheckResult(CONFIRMED, tuple(lines))
    if above:
        return CheckResult(CANNOT, tuple(lines), "needs_exact")
    return CheckResult(DIFFERS, tuple(lines))


@check(basis=COMPUTED, counters=number_changed("equals"))
def count_in_source(evidence: Evidence, work: str, measure: str, equals: int) -> CheckResult:
    """The page of a work names as many items."""
    rows = _values(evidence, work, measure)
    named = _present(rows)
    if not named:
        found = (("not_named", measure, list(rows["item"])),) if len(rows) else ()
        return CheckResult(CANNOT, found, "needs_full_text")
    line = ("named", measure, len(named))
    return CheckResult(CONFIRMED if len(named) == equals else DIFFERS, (line,))


def _item_exchanged(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims with an item that the work's page does not name in place of the first."""
    rows = evidence.table("source_values")
    own = set(_present(where(rows, {"work": arguments["work"], "measure": arguments["measure"]})))
    items = arguments["items"]
    for other in rows["item"].unique():
        if other and other not in own:
            yield Counter({**arguments, "items": [other, *items[1:]]})


@check(basis=CODED, counters=_item_exchanged)
def items_in_source(evidence: Evidence, work: str, measure: str, items: list[str]) -> CheckResult:
    """The page of a work names these items; where it names others instead, it differs."""
    if not one(evidence, "sources", key=work)["title"]:
        evidence.about(work)
        return CheckResult(NOT_TRACEABLE, (), "needs_work")
    rows = _values(evidence, work, measure)
    named = _present(rows)
    lines: tuple[tuple, ...] = (("items", measure, named),) if named else ()
    if set(items) <= set(named):
        return CheckResult(CONFIRMED, lines)
    if named:
        return CheckResult(DIFFERS, lines)
    found = (("not_named", measure, list(rows["item"])),) if len(rows) else ()
    return CheckResult(CANNOT, found, "needs_full_text")


def _country_changed(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims on a table that gives the work a country that its page does not name."""
    rows = evidence.table("work_countries")
    own = rows["work"] == arguments["work"]
    named = set(rows.loc[own & (rows["provenance"] == "source_page"), "country"])
    at = own & rows["provenance"].isin(ARTICLE)
    for country in [*rows["country"].unique(), "KZ"]:
        if country not in named:
            changed = with_cell(rows, at, "country", country)
            yield Counter(arguments, {"work_countries": changed})


@check(basis=COMPUTED, counters=_country_changed)
def country_in_source(evidence: Evidence, work: str) -> CheckResult:
    """The page of a work names the countries that the article's Table 1 gives it.

    The European Union stays open where the page names a country that left it: the study may be
    older than the exit.
    """
    evidence.about(work)
    rows = where(evidence.table("work_countries"), {"work": work})
    article = rows[rows["provenance"].isin(ARTICLE)]["country"].unique()
    page = rows[rows["provenance"] == "source_page"]
    if page.empty:
        return CheckResult(CANNOT, (), "needs_full_text")
    evidence.pages(page["seen_at"])
    named = list(page["country"].unique())
    lines: tuple[tuple, ...] = (("countries", named),)
    missing = set(article) - set(named)
    if not missing:
        return CheckResult(CONFIRMED, lines)
    left = [code for code in named if code in LEFT_THE_EU]
    if missing == {"EU"} and left:
        return CheckResult(AMBIGUOUS, (*lines, ("former_members", left)))
    return CheckResult(DIFFERS, lines)


def _values(evidence: Evidence, work: str, measure: str) -> pd.DataFrame:
    """What the page of a work gives of a measure, its address kept in mind."""
    evidence.about(work)
    rows = where(evidence.table("source_values"), {"work": work, "measure": measure})
    evidence.pages(rows["seen_at"])
    return rows


def _present(rows: pd.DataFrame) -> list[str]:
    """The items that a page was seen to name."""
    return list(rows.loc[rows["present"].eq(True).fillna(False).astype(bool), "item"])


def _journal(name: str) -> str:
    """A journal's name without its article and without what is added after a comma."""
    return plain(name).removeprefix("the ").split(",")[0].strip()
