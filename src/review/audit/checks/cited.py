"""Checks of statements against the works that the article cites for them."""

from __future__ import annotations

from compendium.claims.check import (
    CANNOT,
    CONFIRMED,
    NOT_SUPPORTED,
    NOT_TRACEABLE,
    Evidence,
    Finding,
    check,
    cited_work,
    named_items,
    one,
    plain,
    where,
)
from review import synthesis


@check
def cited_names(evidence: Evidence, citations: list[int], words: list[str]) -> Finding:
    """A work that the numbers mean has these words in its title or author keywords.

    Title and keywords show what a work is about, not what it found: a work without the words may
    still say so in its text.
    """
    lines, known = [], False
    for citation in citations:
        work, line = cited_work(evidence, citation)
        lines.append(line)
        if not work:
            continue
        known = True
        record = one(evidence, "sources", key=work)
        keywords = where(evidence.table("source_keywords"), {"work": work})
        held = plain(" ; ".join([record["title"], *keywords["keyword"]]))
        if all(plain(word) in held for word in words):
            evidence.pages([record["seen_at"]])
            return Finding(CONFIRMED, (line, ("words", words)))
    if not known:
        return Finding(NOT_TRACEABLE, tuple(lines), "needs_reference")
    return Finding(CANNOT, (*lines, ("no_words", words)), "needs_full_text")


@check
def cited_finding(evidence: Evidence, citation: int, measure: str, items: list[str]) -> Finding:
    """The page of the work that a number means names these items."""
    work, line = cited_work(evidence, citation)
    if not work:
        return Finding(NOT_TRACEABLE, (line,), "needs_reference")
    finding = named_items(evidence, work, measure, items, NOT_SUPPORTED)
    return finding._replace(found=(line, *finding.found))


@check
def cited_known(evidence: Evidence, citations: list[int]) -> Finding:
    """It is known which work each of the numbers means."""
    known = [cited_work(evidence, citation) for citation in citations]
    lines = tuple(line for _, line in known)
    if all(work for work, _ in known):
        return Finding(CANNOT, lines, "needs_full_text")
    return Finding(NOT_TRACEABLE, lines, "needs_reference")


@check
def cited_at(evidence: Evidence, place: str) -> Finding:
    """The paragraph, or the table, cites something for what it says."""
    uses = evidence.table("citation_uses")
    numbers = [int(n) for n in uses.loc[uses["place"] == place, "citation"]]
    if not numbers:
        return Finding(NOT_TRACEABLE, (), "needs_citation")
    return Finding(CANNOT, (("citations", numbers),), "needs_full_text")


@check
def example_country(evidence: Evidence, model: str, country: str) -> Finding:
    """A work tied to the model studies the country that is its example.

    A work that names a region only leaves open which of its countries it studies.
    """
    cells = synthesis.evidence_map(
        evidence.table("model_countries"),
        evidence.table("work_models"),
        evidence.table("work_countries"),
    )
    studied = where(cells, {"model": model})
    cell = where(studied, {"country": country}).iloc[0]
    if cell["works"]:
        return Finding(CONFIRMED, (("works_tied", cell["keys"].split()),))
    others = list(studied.loc[studied["works"] > 0, "country"])
    line = ("countries_tied", others)
    if any(code.isdigit() for code in others):
        return Finding(CANNOT, (line,), "needs_full_text")
    return Finding(NOT_TRACEABLE, (line,), "needs_tied_work")
