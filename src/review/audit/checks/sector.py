"""Checks of statements on the industry against public facts."""

from __future__ import annotations

from collections.abc import Iterator

from compendium.claims.check import (
    CANNOT,
    COMPUTED,
    CONFIRMED,
    DIFFERS,
    CheckResult,
    Counter,
    Evidence,
    check,
    one,
    where,
    with_cell,
)


def facts_on(evidence: Evidence, bears_on: str) -> tuple[tuple, ...]:
    """A line with the number of public facts that bear on a point, their pages kept in mind."""
    if not bears_on:
        return ()
    facts = where(evidence.table("context_facts"), {"bears_on": bears_on})
    evidence.pages(facts["seen_at"])
    return (("facts", len(facts)),) if len(facts) else ()


def _figure_changed(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims with a figure far above every public one, and with one of the wider group."""
    sector = evidence.table("sector")
    at = sector["id"] == arguments["id"]
    far = sector["value"].max() * 1_000_000
    yield Counter(arguments, {"sector": with_cell(sector, at, "value", far)})
    facts = evidence.table("context_facts")
    wider = facts[facts["scope"] != "scope_sector"]
    yield Counter(arguments, {"context_facts": wider})


@check(basis=COMPUTED, counters=_figure_changed)
def sector_figure(evidence: Evidence, id: str) -> CheckResult:
    """A figure of the industry is the one that a public fact on the industry itself gives.

    Figures of wider groups of industries do not stand in for those of electronics.
    """
    row = one(evidence, "sector", id=id)
    facts = evidence.table("context_facts")
    own = facts[(facts["scope"] == "scope_sector") & (facts["unit"] == row["unit"])]
    own = own[own["value"].notna()]
    if own.empty:
        return CheckResult(CANNOT, (), "needs_figure")
    evidence.pages(own["seen_at"])
    above = row["qualifier"] == "more_than"
    same = ((own["value"] > row["value"]) if above else (own["value"] == row["value"])).any()
    return CheckResult(CONFIRMED if same else DIFFERS, (("facts", len(own)),))


def _name_exchanged(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
    """Counter-claims with an organisation that is not there."""
    yield Counter({**arguments, "name": arguments["name"][::-1]})
    facts = evidence.table("context_facts")
    others = facts[~facts["statement"].str.contains(arguments["name"], regex=False)]
    yield Counter(arguments, {"context_facts": others})


@check(basis=COMPUTED, counters=_name_exchanged)
def facts_name(evidence: Evidence, name: str) -> CheckResult:
    """A public fact says what an organisation does or has."""
    facts = evidence.table("context_facts")
    held = facts[facts["statement"].str.contains(name, regex=False)]
    if held.empty:
        return CheckResult(CANNOT, (), "needs_page")
    evidence.pages(held["seen_at"])
    return CheckResult(CONFIRMED, (("facts", len(held)),))
