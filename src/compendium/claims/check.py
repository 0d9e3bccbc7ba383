"""What every check has: its basis, its result, the evidence that it reads, its counter-claims."""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd

from compendium import data, project
from compendium.book import FILE
from compendium.errors import CompendiumError
from compendium.language import _

CONFIRMED = "confirmed"
CONSTRUCTED = "consistent_by_construction"
DIFFERS = "differs"
NOT_SUPPORTED = "not_supported"
AMBIGUOUS = "ambiguous"
NOT_TRACEABLE = "not_traceable"
NOT_REPORTED = "not_reported"
NOT_IN_ABSTRACT = "not_in_abstract"
CANNOT = "cannot_be_checked"
VERDICTS = (
    CONFIRMED,
    CONSTRUCTED,
    DIFFERS,
    NOT_SUPPORTED,
    AMBIGUOUS,
    NOT_TRACEABLE,
    NOT_REPORTED,
    NOT_IN_ABSTRACT,
    CANNOT,
)
AGREEING = (CONFIRMED, CONSTRUCTED)
DIFFERING = (DIFFERS, NOT_SUPPORTED)
PROBLEMS = (*DIFFERING, AMBIGUOUS, NOT_TRACEABLE, NOT_REPORTED)
"""Verdicts that name something for a reader to mend or to mind; the rest agree or stay open."""

COMPUTED = "check_computed"
CODED = "check_coded"
NOTED = "check_noted"
BASES = (COMPUTED, CODED, NOTED)
"""What a check rests on; one that is only noted can never confirm anything."""

ANY_REVIEW = "compendium.claims.table_checks"
FIELD = "checks"
"""Where `book.yml` names the module with a review's own checks."""


class CheckResult(NamedTuple):
    """What a check came to.

    Attributes
    ----------
    verdict : str
        One of `VERDICTS`.
    found : tuple of tuple
        What was found, a line each: its kind, then its values (codes and numbers, no language).
        `result_lines.LINES` knows the kinds.
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
    place : str
        Where the publication makes the claim that is tried.
    """

    def __init__(self, tables: dict[str, Any] | None = None, place: str = ""):
        self._tables: dict[str, Any] = {} if tables is None else tables
        self.place = place
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

    def anew(self, place: str = "") -> Evidence:
        """The same tables for the next check, which has read nothing yet."""
        return Evidence(self._tables, place)

    def instead(self, tables: Mapping[str, Any]) -> Evidence:
        """The same tables but for these."""
        return Evidence({**self._tables, **tables}, self.place)

    def _read(self, name: str, read: Callable) -> Any:
        if name not in self.resources:
            self.resources.append(name)
        if name not in self._tables:
            self._tables[name] = read(name)
        return self._tables[name]


class Counter(NamedTuple):
    """A counter-claim: what cannot hold if the claim does.

    Attributes
    ----------
    arguments : dict
        What the check is given instead.
    tables : dict
        Tables that it reads instead of the package's own, where the publication's words change.
    """

    arguments: dict
    tables: Mapping[str, Any] = MappingProxyType({})


Counters = Callable[[dict, Evidence], Iterable[Counter]]


@dataclass(frozen=True)
class Check:
    """A check of claims.

    Attributes
    ----------
    run : callable
        Given the evidence and the claim's arguments, it comes to a `CheckResult`.
    basis : str
        One of `BASES`.
    counters : callable
        Makes counter-claims from the claim's arguments and the evidence.
    """

    run: Callable[..., CheckResult]
    basis: str
    counters: Counters


CHECKS: dict[str, Check] = {}
"""Every check that this process has imported; `checks` tells which are a compendium's own."""


def check(*, basis: str, counters: Counters) -> Callable:
    """Register a check under its function's name."""

    def registered(function: Callable[..., CheckResult]) -> Callable[..., CheckResult]:
        CHECKS[function.__name__] = Check(function, basis, counters)
        return function

    return registered


def checks() -> dict[str, Check]:
    """The checks that there are: those of any review, and those of this one.

    `book.yml` names under `checks` the module that defines the review's own.

    Raises
    ------
    CompendiumError
        If that module cannot be imported.
    """
    importlib.import_module(ANY_REVIEW)
    module = project.current().book.setting(FIELD)
    if module:
        try:
            importlib.import_module(module)
        except ImportError as error:
            raise CompendiumError(
                _("The module of this review's checks cannot be imported: {error}.").format(
                    error=error
                ),
                path=FILE,
                column=FIELD,
                remedy=_("Name a Python module that is installed, or leave the field out."),
            ) from error
    known = (ANY_REVIEW, module or ANY_REVIEW)
    return {
        name: of
        for name, of in CHECKS.items()
        if any(f"{of.run.__module__}.".startswith(f"{home}.") for home in known)
    }


def number_changed(name: str) -> Counters:
    """Counter-claims with another number: the nearest two, and one far away."""

    def made(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
        number = arguments[name]
        for other in (number - 1, number + 1, number * 1000):
            yield Counter({**arguments, name: other})

    return made


def both(*makers: Counters) -> Counters:
    """Counter-claims of several kinds."""

    def made(arguments: dict, evidence: Evidence) -> Iterator[Counter]:
        for maker in makers:
            yield from maker(arguments, evidence)

    return made


def with_cell(frame: pd.DataFrame, at: pd.Series, column: str, value: Any) -> pd.DataFrame:
    """A table with another value in a column of the rows that `at` marks."""
    changed = frame.copy()
    changed.loc[at, column] = value
    return changed


def where(frame: pd.DataFrame, wanted: dict) -> pd.DataFrame:
    """Rows with these values."""
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    return frame


def one(evidence: Evidence, table: str, **key) -> pd.Series:
    """The row with this key; an IndexError where there is none."""
    return where(evidence.table(table), key).iloc[0]


def plain(text: str) -> str:
    """Letters without accents, dashes as hyphens, no difference of case."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[‐-―]", "-", bare).casefold()
