"""Checks of the queries as printed, and of what they find."""

from __future__ import annotations

from compendium.claims.check import CANNOT, CONFIRMED, DIFFERS, Evidence, Finding, check, one, where
from review.search import known_items, queries
from scopus_query.kleene import NO, UNKNOWN, YES


@check
def query_balanced(evidence: Evidence, query: str) -> Finding:
    """Every parenthesis of a query has its partner, or else it does not parse."""
    of = _parentheses(evidence, query)
    line = ("parentheses", of["opening"], of["closing"])
    return Finding(DIFFERS if of["unmatched"] else CONFIRMED, (line,))


@check
def query_in_field(evidence: Evidence, query: str) -> Finding:
    """All concept groups of a query stand inside the parentheses of its field code."""
    of = _parentheses(evidence, query)
    inside, groups = of["groups_in_field"], of["groups"]
    return Finding(CONFIRMED if inside == groups else DIFFERS, (("in_field", inside, groups),))


@check
def query_condition(evidence: Evidence, query: str, filter: str, form: str = "") -> Finding:
    """A query holds the condition that the article names, in Scopus's own form if one is given."""
    printed = one(evidence, "query_filters", query=query, filter=filter)["printed"]
    if not printed:
        return Finding(DIFFERS, (("no_condition",),))
    if form in printed:
        return Finding(CONFIRMED, (("printed", printed),))
    return Finding(DIFFERS, (("printed", printed), ("form", form)))


@check
def hits(evidence: Evidence, query: str, equals: int) -> Finding:
    """A query finds as many records; the article's number, and no export of that day at hand."""
    reported = _printed(evidence, query).hits
    if reported != equals:
        return Finding(DIFFERS, (("count", reported),))
    return Finding(CANNOT, (), "needs_database")


@check
def selection_found(evidence: Evidence, query: str) -> Finding:
    """A query, read with all its groups in one field, finds the works selected from its hits."""
    works = known_items.expected(evidence.table("empirical"), evidence.table("reviews"))
    works = where(works, {"query": query})
    terms = where(evidence.table("query_terms"), {"query": query})
    hits = known_items.term_hits(works, terms, evidence.table("term_occurrences"))
    answers = known_items.query_hits(known_items.group_hits(hits))["found"]
    yes, no, unknown = (int((answers == answer).sum()) for answer in (YES, NO, UNKNOWN))
    line = ("answers", yes, no, unknown)
    if no:
        return Finding(DIFFERS, (line,))
    return Finding(*((CANNOT, (line,), "needs_page") if unknown else (CONFIRMED, (line,))))


def _parentheses(evidence: Evidence, query: str) -> dict:
    printed = _printed(evidence, query)
    cut = queries.parts(printed, evidence.table("query_terms"), evidence.table("query_filters"))
    return queries.parentheses(printed, cut)


def _printed(evidence: Evidence, query: str) -> queries.Query:
    [printed] = [q for q in queries.of(evidence.document("queries")) if q.id == query]
    return printed
