"""From a cell to a field: normalised, and the original kept where that changed it."""

from __future__ import annotations

import re
from collections.abc import Callable

from compendium.records import codes, dates, identifiers
from compendium.records import names as persons
from compendium.records.record import Record

Fill = Callable[[Record, str], None]
_BEFORE_NEXT = re.compile(r"(?<=\.), ")


def plain(text: str) -> str:
    """A text on one line without blanks around it."""
    return " ".join(text.split())


def put(record: Record, name: str, value, raw: str) -> None:
    """Set a field; what stood there is kept if the value shows it no more.

    A value that cannot be made of what stood there (a DOI of a text that holds none) leaves the
    field unknown, and the original beside it.
    """
    if value or value == 0:
        setattr(record, name, value)
    shown = "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    if shown != raw:
        record.original[name] = raw


def text(name: str) -> Fill:
    """A text: blanks are put in order."""

    def fill(record: Record, cell: str) -> None:
        put(record, name, " ".join(cell.split()), cell.strip())

    return fill


def made(name: str, normal: Callable) -> Fill:
    """A value that a function makes of the text."""

    def fill(record: Record, cell: str) -> None:
        put(record, name, normal(cell), cell.strip())

    return fill


def entries(name: str, divider: str = ";") -> Fill:
    """A list that signs divide."""

    def fill(record: Record, cell: str) -> None:
        put(record, name, divided(cell, divider), cell.strip())

    return fill


def divided(cell: str, divider: str = ";") -> tuple[str, ...]:
    """Entries of a list, blanks put in order, the empty ones left out."""
    return tuple(plain(part) for part in cell.split(divider) if part and not part.isspace())


def people(name: str, given_first: bool = False) -> Fill:
    """Persons that semicolons divide, or, in older exports of Scopus, commas after initials."""

    def fill(record: Record, cell: str) -> None:
        parts = cell.split(";") if ";" in cell else _BEFORE_NEXT.split(cell)
        put(record, name, persons.names(parts, given_first), cell.strip())

    return fill


def number(cell: str) -> int | None:
    """A whole number; None if the cell holds none."""
    return int(cell) if cell.strip().isdecimal() else None


YEAR = made("year", dates.year)
DOI = made("doi", identifiers.doi)
ISSN = made("issn", identifiers.issns)
ISBN = made("isbn", identifiers.isbns)
EID = made("eid", identifiers.eid)
WOS = made("wos", identifiers.wos)
PMID = made("pmid", identifiers.pmid)
LANGUAGE = made("language", codes.languages)
OPEN_ACCESS = made("open_access", codes.open_access)
DOCUMENT_TYPE = made("document_type", lambda cell: codes.code("document_type", cell))
SOURCE_TYPE = made("source_type", lambda cell: codes.code("source_type", cell))
STAGE = made("stage", lambda cell: codes.code("stage", cell))
CITED_BY = made("cited_by", number)
