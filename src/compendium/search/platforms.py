"""In which database's language a query is written, and what is wrong with its text there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from compendium.language import _
from scopus_query import foreign, from_platform
from scopus_query.errors import ScopusQueryError
from scopus_query.parse import read

SCOPUS, OTHER = "scopus", ""
"""Another database's query is shown as it stands, where nobody can read its language."""
_NAMES = {
    SCOPUS: "scopus", "wos": r"web of (?:science|knowledge)|\bwos\b", "pubmed": "pubmed",
    "ovid": r"\bovid\b",
}  # fmt: skip


def platform(query: Mapping) -> str:
    """The language of a query: `scopus`, `wos`, `pubmed`, `ovid`, or OTHER.

    Parameters
    ----------
    query : mapping
        An entry of the resource `queries`. Its `database` decides; where none is named, or one
        that several platforms offer, such as MEDLINE, what the text itself shows.
    """
    database = str(query.get("database") or "")
    for name, pattern in _NAMES.items():
        if re.search(pattern, database, re.IGNORECASE):
            return name
    found = foreign.finding(str(query["text"]))
    shown = str(found.values.get("platform", "")) if found else ""
    for name, pattern in _NAMES.items():
        if shown and re.search(pattern, shown, re.IGNORECASE):
            return name
    return OTHER if shown or database else SCOPUS


def wrong(query: Mapping) -> tuple[str, str] | None:
    """What keeps a query from being read in its language, and the remedy; None if nothing does."""
    text, name = str(query["text"]), platform(query)
    if name == SCOPUS:
        errors = read(text).errors
        return (errors[0].message, errors[0].remedy) if errors else None
    if name == OTHER:
        return None
    try:
        from_platform.read(text, name)
    except ScopusQueryError as error:
        return error.message, error.remedy or _("Correct the query.")
    return None
