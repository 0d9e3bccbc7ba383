"""Marks for statuses: a sign and a word, never a colour alone."""

from __future__ import annotations

from compendium.display.table import Cell
from compendium.language import definition, label

SIGNS = {
    "yes": "✓",
    "no": "✗",
    "unknown": "?",
    "not_reported": "–",
    "contradicted": "≠",
    "agrees": "=",
    "differs": "≠",
    "ambiguous": "≈",
    "not_traceable": "?",
    "not_in_abstract": "?",
    "confirmed": "=",
    "not_supported": "✗",
    "consistent_by_construction": "○",
    "cannot_be_checked": "·",
    "reported": "✓",
    "partly": "±",
    "certain": "●",
    "likely": "◐",
    "supports": "+",
    "hinders": "−",
    "mixed": "±",
}


def sign(code: str) -> str:
    """The sign of a status; a small dot where it has none of its own."""
    return SIGNS.get(code, "·")


def explained(code: str) -> list[str | Cell]:
    """A coded value as a cell: the codebook's label, and below it the definition."""
    return [label(code), Cell(definition(code), kind="quiet")]


def mark(code: str) -> Cell:
    """A status as a cell: its sign and the codebook's label."""
    if not code:
        return Cell("")
    return Cell(label(code), kind=f"mark {code.replace('_', '-')}", sign=sign(code))
