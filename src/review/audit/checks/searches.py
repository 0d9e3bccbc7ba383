"""Checks of the queries as printed, and of what they find."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from compendium.claims.check import (
    AMBIGUOUS,
    CANNOT,
    COMPUTED,
    CONFIRMED,
    DIFFERS,
    NOTED,
    CheckResult,
    Counter,
    Evidence,
    check,
    number_changed,
    one,
    where,
    with_cell,
)
from review.search import known_items, queries
from scopus_query.kleene import NO, UNKNOWN, YES, all_of

INSIDE, OUTSIDE = "reading_inside", "reading_outside"


def _a_parenthesis_more(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    entries = evidence.document("queries")
    for added in (")", "))"):
        changed = [
            {**entry, "text": entry["text"] + added} if entry["id"] == arguments["query"] else entry
            for entry in entries
        ]
        yield Counter(arguments, {"queries": changed})


@check(basis=COMPUTED, counters=_a_parenthesis_more)
def query_balanced(evidence: Evidence, query: str) -> CheckResult:
    """Every parenthesis of a query has its partner, or else it does not parse."""
    of = _parentheses(evidence, query)
    line = ("parentheses", of["opening"], of["closing"])
    return CheckResult(DIFFERS if of["unmatched"] else CONFIRMED, (line,))


def _field_exchanged(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    for field in ("TITLE", "AUTH", "AFFIL", "ALL"):
        yield Counter({**arguments, "field": field})


@check(basis=COMPUTED, counters=_field_exchanged)
def query_field(evidence: Evidence, query: str, field: str) -> CheckResult:
    """A query looks for its groups in a field; ambiguous where parentheses leave some out."""
    of = _parentheses(evidence, query)
    inside, groups = of["groups_in_field"], of["groups"]
    line = ("in_field", inside, groups)
    if _printed(evidence, query).text.split("(")[0].strip() != field:
        return CheckResult(DIFFERS, (line,))
    return CheckResult(CONFIRMED if inside == groups else AMBIGUOUS, (line,))


def _value_exchanged(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims where the query asks for something else in the right form, or in no form."""
    filters = evidence.table("query_filters")
    at = (filters["query"] == arguments["query"]) & (filters["filter"] == arguments["filter"])
    other = f"{arguments['form']} (X, \"other\")"
    yield Counter(arguments, {"query_filters": with_cell(filters, at, "printed", other)})
    yield Counter(arguments, {"query_filters": with_cell(filters, at, "printed", "")})
    yield Counter({**arguments, "value": arguments["value"] + "0"})


@check(basis=COMPUTED, counters=_value_exchanged)
def query_condition(
    evidence: Evidence, query: str, filter: str, value: str, form: str
) -> CheckResult:
    """A query asks for a value, in the form that Scopus reads.

    A value without this form is ambiguous: as printed it is no filter, and it can be read as one.
    """
    printed = one(evidence, "query_filters", query=query, filter=filter)["printed"]
    if not printed:
        # A search can be limited elsewhere than in its query: silence is no contradiction.
        return CheckResult(CANNOT, (("no_condition",),), "needs_database")
    if form in printed and value in printed:
        return CheckResult(CONFIRMED, (("printed", printed),))
    verdict = AMBIGUOUS if value in printed else DIFFERS
    return CheckResult(verdict, (("printed", printed), ("form", form)))


@check(basis=NOTED, counters=number_changed("equals"))
def hits(evidence: Evidence, query: str, equals: int) -> CheckResult:
    """A query finds as many records; the article's number, and no export of that day at hand."""
    reported = _printed(evidence, query).hits
    if reported != equals:
        return CheckResult(DIFFERS, (("count", reported),))
    return CheckResult(CANNOT, (), "needs_database")


def _a_work_without_terms(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims on a work that holds no term of the query, and on one that nobody read."""
    terms = evidence.table("term_occurrences")
    works = known_items.expected(evidence.table("empirical"), evidence.table("reviews"))
    for work in where(works, {"query": arguments["query"]})["work"]:
        at = terms["work"] == work
        yield Counter(arguments, {"term_occurrences": with_cell(terms, at, "present", False)})
        yield Counter(arguments, {"term_occurrences": terms[~at]})


@check(basis=COMPUTED, counters=_a_work_without_terms)
def selection_found(evidence: Evidence, query: str) -> CheckResult:
    """A query finds the works selected from its hits, under every reading of its parentheses.

    Read with all groups in the field, a work must hold a term of each in title, abstract or
    keywords. Read with the field around the first group only, the others may stand anywhere in
    the record, so that what these three lack is unknown.
    """
    works = known_items.expected(evidence.table("empirical"), evidence.table("reviews"))
    works = where(works, {"query": query})
    terms = where(evidence.table("query_terms"), {"query": query})
    hits = known_items.term_hits(works, terms, evidence.table("term_occurrences"))
    groups = known_items.group_hits(hits)
    first = terms["concept_group"].min()
    inside = known_items.query_hits(groups)["found"]
    loose = groups["found"].where(
        (groups["concept_group"] == first) | (groups["found"] == YES), UNKNOWN
    )
    outside = loose.groupby(groups["work"], sort=False).agg(all_of)
    answers = {INSIDE: inside, OUTSIDE: outside}
    lines = tuple(("in_reading", reading, *_tally(found)) for reading, found in answers.items())
    none = [bool((found == NO).any()) for found in answers.values()]
    if all(none):
        return CheckResult(DIFFERS, lines)
    if any(none):
        return CheckResult(AMBIGUOUS, lines)
    if any((found == UNKNOWN).any() for found in answers.values()):
        return CheckResult(CANNOT, lines, "needs_page")
    return CheckResult(CONFIRMED, lines)


def _tally(found: pd.Series) -> tuple[int, int, int]:
    yes, no, unknown = (int((found == answer).sum()) for answer in (YES, NO, UNKNOWN))
    return yes, no, unknown


def _parentheses(evidence: Evidence, query: str) -> dict:
    printed = _printed(evidence, query)
    cut = queries.parts(printed, evidence.table("query_terms"), evidence.table("query_filters"))
    return queries.parentheses(printed, cut)


def _printed(evidence: Evidence, query: str) -> queries.Query:
    [printed] = [q for q in queries.of(evidence.document("queries")) if q.id == query]
    return printed
