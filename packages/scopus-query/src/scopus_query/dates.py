"""The language has a date: in which order operators are joined, by when a search was run.

Scopus announced on 24 March 2025 an update of the order of precedence, "set to roll out in fall
2025 and be fully implemented in early 2026" (Doug Feldner, "Boolean searches in Scopus:
understanding operator precedence and best practices", blog.scopus.com). Before it: OR, proximity,
AND, AND NOT, tightest first (Scopus Search Guide, schema.elsevier.com; library guides of Galway and
Oulu). Since: AND NOT, AND, OR, as clients of Scopus describe it; that proximity stays tighter than
all of these is an assumption. Between the two, and where no date is given, the order is not known:
a query is then read by the order of the guide, and what depends on the date is reported.
"""

from __future__ import annotations

from datetime import date

from scopus_query.errors import ScopusQueryError
from scopus_query.language import _

OR, NEAR, AND, AND_NOT = "OR", "NEAR", "AND", "AND NOT"
BEFORE = (OR, NEAR, AND, AND_NOT)
SINCE = (NEAR, AND_NOT, AND, OR)
"""Operators by the two orders, tightest first."""
ROLLOUT = (date(2025, 9, 22), date(2026, 3, 31))
"""From the first day of autumn 2025 to the end of "early 2026": either order may hold."""

Order = tuple[str, ...]
AsOf = date | str | None


def order(as_of: AsOf) -> Order | None:
    """The order of precedence on a day; None where it is not known.

    Raises
    ------
    ScopusQueryError
        If the day is no date.
    """
    if as_of is None or as_of == "":
        return None
    if isinstance(as_of, str):
        try:
            as_of = date.fromisoformat(as_of)
        except ValueError:
            raise ScopusQueryError(
                _("{text} is no date.").format(text=as_of),
                remedy=_("Write it as 2025-09-01."),
            ) from None
    first, last = ROLLOUT
    return BEFORE if as_of < first else SINCE if as_of > last else None
