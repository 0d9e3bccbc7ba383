"""Text that a spreadsheet would run as a formula, and how it is kept from doing so."""

from __future__ import annotations

SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a formula begins with, for one spreadsheet or another."""


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text."""
    return text.startswith(SIGNS)


def guarded(text: str) -> str:
    """The text as a cell that every spreadsheet takes for text."""
    return f"'{text}" if is_formula(text) else text
