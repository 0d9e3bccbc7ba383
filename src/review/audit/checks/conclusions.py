"""Checks of what the article concludes."""

from __future__ import annotations

from compendium.claims.check import CANNOT, CONFIRMED, DIFFERS, Evidence, Finding, check, facts_on
from review import synthesis


@check
def naming_none(evidence: Evidence, word: str) -> Finding:
    """No work of the sample has a word in its title, keywords or description in the article."""
    named = synthesis.naming(
        word,
        evidence.table("sources"),
        evidence.table("source_keywords"),
        evidence.table("extraction"),
    )
    line = ("naming", int(named.sum()), len(named))
    return Finding(DIFFERS if named.any() else CONFIRMED, (line,))


@check
def judgement(evidence: Evidence, of: list[str], bears_on: str = "") -> Finding:
    """A conclusion that data alone do not settle; `of` names the tables that bear on it."""
    for table in of:
        evidence.table(table)
    return Finding(CANNOT, facts_on(evidence, bears_on), "needs_judgement")
