"""Checks of statements on the industry, against their citation and against public facts."""

from __future__ import annotations

import pandas as pd

from compendium.claims.check import (
    CANNOT,
    CONFIRMED,
    DIFFERS,
    NOT_TRACEABLE,
    Evidence,
    Finding,
    check,
    cited_work,
    facts_on,
    one,
    where,
)


@check
def sector_statement(evidence: Evidence, id: str, bears_on: str = "") -> Finding:
    """A statement on the industry, from the work that it cites or from public facts.

    Figures of wider groups of industries do not stand in for those of electronics.
    """
    row = one(evidence, "sector", id=id)
    if not pd.isna(row["citation"]):
        work, line = cited_work(evidence, int(row["citation"]))
        if not work:
            lines = (line, *facts_on(evidence, bears_on))
            return Finding(NOT_TRACEABLE, lines, "needs_reference")
    if pd.isna(row["value"]):
        return Finding(CANNOT, facts_on(evidence, bears_on), "needs_judgement")
    facts = evidence.table("context_facts")
    own = facts[(facts["scope"] == "scope_sector") & (facts["unit"] == row["unit"])]
    if own.empty:
        return Finding(CANNOT, facts_on(evidence, bears_on), "needs_figure")
    evidence.pages(own["seen_at"])
    above = row["qualifier"] == "more_than"
    same = ((own["value"] > row["value"]) if above else (own["value"] == row["value"])).any()
    return Finding(CONFIRMED if same else DIFFERS, (("facts", len(own)),))


@check
def barrier(evidence: Evidence, barrier: str) -> Finding:
    """A barrier of the industry, from the works that are cited for it."""
    rows = where(evidence.table("barrier_citations"), {"barrier": barrier})
    known = [cited_work(evidence, int(citation)) for citation in rows["citation"]]
    lines = (*(line for _, line in known), *facts_on(evidence, barrier))
    if not any(work for work, _ in known):
        return Finding(NOT_TRACEABLE, lines, "needs_reference")
    return Finding(CANNOT, lines, "needs_full_text")


@check
def facts_name(evidence: Evidence, name: str) -> Finding:
    """A public fact names an organisation."""
    facts = evidence.table("context_facts")
    held = facts[facts["statement"].str.contains(name, regex=False)]
    if held.empty:
        return Finding(CANNOT, (), "needs_page")
    evidence.pages(held["seen_at"])
    return Finding(CONFIRMED, (("facts", len(held)),))
