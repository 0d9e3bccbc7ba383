"""Checks of statements against the works that the article cites for them, or ties to a model."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from compendium.claims.check import (
    AMBIGUOUS,
    CANNOT,
    CODED,
    COMPUTED,
    CONFIRMED,
    CONSTRUCTED,
    NOT_SUPPORTED,
    NOT_TRACEABLE,
    CheckResult,
    Counter,
    Evidence,
    both,
    check,
    one,
    where,
)
from review.audit.checks import statements
from review.audit.checks.sector import facts_on

REGIONS = {"EU"}


def _work_exchanged(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims that cite a work whose page does not say it."""
    known = evidence.table("citations")
    rows = evidence.table("source_statements")
    saying = rows.loc[
        (rows["statement"] == arguments["statement"]) & (rows["stance"] == statements.SAYS), "work"
    ]
    for citation in known.loc[~known["work"].isin(saying), "citation"]:
        yield Counter({**arguments, "citations": [int(citation)]})


@check(
    basis=CODED,
    counters=both(_work_exchanged, statements.exchanged, statements.turned),
)
def cited_statement(
    evidence: Evidence, citations: list[int], statement: str, bears_on: str = ""
) -> CheckResult:
    """A work that the numbers mean says it on its own page.

    Where the work was inferred from the very passage that makes the statement, agreement had to
    come out and confirms nothing. A work that the number only likely means contradicts nothing.
    """
    rows = [one(evidence, "citations", citation=citation) for citation in citations]
    lines = tuple(("cited", int(r["citation"]), r["work"], r["confidence"]) for r in rows)
    known = [row for row in rows if row["work"]]
    facts = facts_on(evidence, bears_on)
    if not known:
        return CheckResult(NOT_TRACEABLE, (*lines, *facts), "needs_reference")
    for row in known:
        evidence.about(row["work"])
    result = statements.said(evidence, [row["work"] for row in known], statement)
    if result.verdict == NOT_SUPPORTED and all(row["confidence"] != "certain" for row in known):
        # A number that may mean another work leaves open whether its source says otherwise.
        return CheckResult(AMBIGUOUS, (*lines, *result.found, *facts))
    if result.verdict != CONFIRMED:
        if len(known) < len(rows) and not result.reason and not result.found:
            return CheckResult(CANNOT, lines, "needs_reference")
        return result._replace(found=(*lines, *result.found, *facts))
    stating = [
        row for row in known
        if statements.said(evidence, [row["work"]], statement).verdict == CONFIRMED
    ]  # fmt: skip
    if all(evidence.place in row["inferred_from"].split() for row in stating):
        return CheckResult(CONSTRUCTED, (*lines, *result.found, ("inferred",), *facts))
    return result._replace(found=(*lines, *result.found, *facts))


def _model_exchanged(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims that ascribe it to a model whose works do not say it."""
    rows = evidence.table("source_statements")
    saying = rows.loc[
        (rows["statement"] == arguments["statement"]) & (rows["stance"] == statements.SAYS), "work"
    ]
    for model in evidence.table("models")["model"]:
        if not set(_tied(evidence, model)) & set(saying):
            yield Counter({**arguments, "model": model})


@check(
    basis=CODED,
    counters=both(_model_exchanged, statements.exchanged, statements.turned),
)
def tied_statement(evidence: Evidence, model: str, statement: str) -> CheckResult:
    """A work whose row names the model says this of it on its own page.

    The article cites nothing for it, so a statement that no such page was read for has no source.
    """
    works = _tied(evidence, model)
    for work in works:
        evidence.about(work)
    result = statements.said(evidence, works, statement)
    if result.verdict == CANNOT:
        return CheckResult(NOT_TRACEABLE, (("works_tied", works), *result.found), "needs_citation")
    return result._replace(found=(("works_tied", works), *result.found))


def _tied(evidence: Evidence, model: str) -> list[str]:
    """Works that a row of the article's table names the model for; not those cited for it."""
    ties = where(evidence.table("work_models"), {"model": model, "provenance": "article_table"})
    return list(dict.fromkeys(ties["work"]))


def _country_exchanged(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims with a country that no page of the model's works names."""
    named = _on_pages(evidence, _tied(evidence, arguments["model"]))
    every = pd.concat(
        [evidence.table(name)["country"] for name in ("model_countries", "work_countries")]
    )
    for country in [*every.unique(), "KZ", "BR"]:
        if country not in named:
            yield Counter({**arguments, "country": country})


def _on_pages(evidence: Evidence, works: list[str]) -> dict[str, list[str]]:
    rows = evidence.table("work_countries")
    rows = rows[rows["work"].isin(works) & (rows["provenance"] == "source_page")]
    evidence.pages(rows["seen_at"])
    return {country: list(of["work"]) for country, of in rows.groupby("country", sort=False)}


@check(basis=COMPUTED, counters=_country_exchanged)
def example_country(evidence: Evidence, model: str, country: str) -> CheckResult:
    """The page of a work whose row names the model says that it studies the country.

    What only the article's own table says is no second source; a region leaves its countries open.
    """
    works = _tied(evidence, model)
    for work in works:
        evidence.about(work)
    on_pages = _on_pages(evidence, works)
    if country in on_pages:
        return CheckResult(
            CONFIRMED, (("works_tied", on_pages[country]), ("countries", list(on_pages)))
        )
    rows = evidence.table("work_countries")
    printed = rows[rows["work"].isin(works) & (rows["provenance"] != "source_page")]
    same = list(printed.loc[printed["country"] == country, "work"].unique())
    if same:
        lines: tuple[tuple, ...] = (("own_table", same),)
        if on_pages:
            lines = (*lines, ("countries", list(on_pages)))
        return CheckResult(CANNOT, lines, "needs_full_text")
    every = list(dict.fromkeys([*on_pages, *printed["country"]]))
    line = ("countries_tied", every)
    if any(_is_region(code) for code in (*every, country)):
        return CheckResult(CANNOT, (line,), "needs_full_text")
    return CheckResult(NOT_TRACEABLE, (line,), "needs_tied_work")


def _is_region(code: str) -> bool:
    return code.isdigit() or code in REGIONS


def _a_number_less(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    uses = evidence.table("citation_uses")
    for number in uses.loc[uses["place"].isin(arguments["places"]), "citation"].unique():
        yield Counter(arguments, {"citation_uses": uses[uses["citation"] != number]})


@check(basis=COMPUTED, counters=_a_number_less)
def numbers_for_works(evidence: Evidence, places: list[str], tables: list[str]) -> CheckResult:
    """The places cite as many numbers as the tables have different works."""
    uses = evidence.table("citation_uses")
    numbers = uses.loc[uses["place"].isin(places), "citation"].nunique()
    works = pd.concat([evidence.table(name)["work"] for name in tables]).nunique()
    line = ("numbers_and_works", int(numbers), int(works))
    return CheckResult(CONFIRMED if numbers == works else AMBIGUOUS, (line,))
