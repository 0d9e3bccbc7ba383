"""Labels and definitions of coded values, as domain experts wrote them in `data/codebook.csv`."""

from __future__ import annotations

import csv
from functools import lru_cache

from compendium import project
from compendium.errors import CompendiumError
from compendium.language.active import current


@lru_cache
def codebook() -> dict[str, dict[str, str]]:
    """Rows of the codebook by code."""
    with project.path("data", "codebook.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}


def label(code: str) -> str:
    """What stands in a table or on an axis for this code, in the reader's language.

    Raises
    ------
    CompendiumError
        If the codebook does not hold the code.
    """
    return _entry(code)[f"label_{current()}"]


def definition(code: str) -> str:
    """One sentence that says what the code means, in the reader's language."""
    return _entry(code)[f"definition_{current()}"]


def _entry(code: str) -> dict[str, str]:
    try:
        return codebook()[code]
    except KeyError:
        from difflib import get_close_matches

        near = get_close_matches(str(code), codebook(), n=1)
        raise CompendiumError(
            f"The code {code!r} is not in the codebook.",
            path="data/codebook.csv",
            remedy=f"Did you mean {near[0]!r}?" if near else "Add a row for it.",
        ) from None
