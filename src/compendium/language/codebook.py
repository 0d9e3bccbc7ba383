"""Labels and definitions of coded values, as domain experts wrote them in `data/codebook.csv`."""

from __future__ import annotations

from compendium.language.active import current
from compendium.language.catalog import words


def codebook() -> dict[str, dict[str, str]]:
    """Rows of the current compendium's codebook by code."""
    return words().codebook


def label(code: str) -> str:
    """What stands in a table or on an axis for this code, in the reader's language."""
    return words().label(code, current())


def definition(code: str) -> str:
    """One sentence that says what the code means, in the reader's language."""
    return words().definition(code, current())
