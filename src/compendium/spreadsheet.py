"""Text that a spreadsheet would run as a formula, and how it is kept from doing so."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a formula begins with, for one spreadsheet or another."""
_MARK = "'"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text."""
    return text.startswith(FORMULA)


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before it."""
    return _MARK + text if text.startswith((*FORMULA, _MARK)) else text


def bare(cell: str) -> str:
    """The text of a cell that `guarded` wrote."""
    return cell[1:] if cell.startswith(_MARK) and cell[1:].startswith((*FORMULA, _MARK)) else cell
