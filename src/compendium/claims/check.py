"""What every check has: the verdicts, a finding, the evidence that it reads, its registry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pandas as pd

from compendium import data

CONFIRMED = "confirmed"
DIFFERS = "differs"
NOT_SUPPORTED = "not_supported"
NOT_TRACEABLE = "not_traceable"
NOT_REPORTED = "not_reported"
CANNOT = "cannot_be_checked"
VERDICTS = (CONFIRMED, DIFFERS, NOT_SUPPORTED, NOT_TRACEABLE, NOT_REPORTED, CANNOT)


class Finding(NamedTuple):
    """What a check came to.

    Attributes
    ----------
    verdict : str
        One of `VERDICTS`.
    found : tuple of tuple
        What was found, a line each: its kind, then its values (codes and numbers, no language).
        `found.line` knows the kinds.
    reason : str
        Why the check could not settle it; a code of the set `claim_reason`.
    """

    verdict: str
    found: tuple[tuple, ...] = ()
    reason: str = ""


class Evidence:
    """The data that a check reads; it keeps in mind which tables, pages and works these were.

    Parameters
    ----------
    tables : dict of str to DataFrame, optional
        Tables to read instead of the package's own of the same name.
    """

    def __init__(self, tables: dict[str, Any] | None = None):
        self._tables: dict[str, Any] = {} if tables is None else tables
        self.resources: list[str] = []
        self.addresses: list[str] = []
        self.works: list[str] = []

    def table(self, name: str) -> pd.DataFrame:
        """A table of the data package, read once."""
        return self._read(name, data.table)

    def document(self, name: str) -> Any:
        """A YAML resource of the data package, read once."""
        return self._read(name, data.document)

    def pages(self, addresses: Iterable[str]) -> None:
        """Keep in mind where the facts were read."""
        self.addresses += [a for a in addresses if a and a not in self.addresses]

    def about(self, work: str) -> None:
        """Keep in mind that the check is about a work."""
        if work and work not in self.works:
            self.works.append(work)

    def anew(self) -> Evidence:
        """The same tables for the next check, which has read nothing yet."""
        return Evidence(self._tables)

    def _read(self, name: str, read: Callable) -> Any:
        if name not in self.resources:
            self.resources.append(name)
        if name not in self._tables:
            self._tables[name] = read(name)
        return self._tables[name]


Check = Callable[..., Finding]
CHECKS: dict[str, Check] = {}


def check(function: Check) -> Check:
    """Register a check under its own name."""
    CHECKS[function.__name__] = function
    return function


def where(frame: pd.DataFrame, wanted: dict) -> pd.DataFrame:
    """Rows with these values."""
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    return frame


def one(evidence: Evidence, table: str, **key) -> pd.Series:
    """The row with this key; an IndexError where there is none."""
    return where(evidence.table(table), key).iloc[0]


def present(rows: pd.DataFrame) -> list[str]:
    """The items that a page was seen to name."""
    return list(rows.loc[rows["present"].eq(True).fillna(False).astype(bool), "item"])


def values(evidence: Evidence, work: str, measure: str) -> pd.DataFrame:
    """What the page of a work gives of a measure, its address kept in mind."""
    evidence.about(work)
    rows = where(evidence.table("source_values"), {"work": work, "measure": measure})
    evidence.pages(rows["seen_at"])
    return rows


def named_items(
    evidence: Evidence, work: str, measure: str, items: list[str], otherwise: str
) -> Finding:
    """Whether the page of a work names these items.

    Items that the page names instead come to `otherwise`. A page that was read for an item and
    lacks it does not support a statement that cites the work; of a table cell it says nothing.
    """
    rows = values(evidence, work, measure)
    named = present(rows)
    lines: tuple[tuple, ...] = (("items", measure, named),) if named else ()
    if set(items) <= set(named):
        return Finding(CONFIRMED, lines)
    if named:
        return Finding(otherwise, lines)
    if len(rows) and otherwise == NOT_SUPPORTED:
        return Finding(NOT_SUPPORTED, (("not_named", measure, list(rows["item"])),))
    found = (("not_named", measure, list(rows["item"])),) if len(rows) else ()
    return Finding(CANNOT, found, "needs_full_text")


def cited_work(evidence: Evidence, citation: int) -> tuple[str, tuple]:
    """The work that a citation number most likely means, if any, and a line that says so."""
    row = one(evidence, "citations", citation=citation)
    evidence.about(row["work"])
    return row["work"], ("cited", citation, row["work"], row["confidence"])


def facts_on(evidence: Evidence, bears_on: str) -> tuple[tuple, ...]:
    """A line with the number of public facts that bear on a point, their pages kept in mind."""
    if not bears_on:
        return ()
    facts = where(evidence.table("context_facts"), {"bears_on": bears_on})
    evidence.pages(facts["seen_at"])
    return (("facts", len(facts)),) if len(facts) else ()


def plain(text: str) -> str:
    """Letters without accents, dashes as hyphens, no difference of case."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[‐-―]", "-", bare).casefold()
