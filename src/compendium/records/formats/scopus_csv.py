"""Scopus's CSV export, of the layouts with `Author(s) ID` and with `Author full names`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compendium.language import N_
from compendium.records import dates, fill, names, rest, table
from compendium.records.delimited import header
from compendium.records.record import Record, Refusal
from compendium.records.registry import Format, register
from compendium.records.source import Source

_NONE = re.compile(r"\[?no abstract available\]?\.?", re.IGNORECASE)
_OWN = {"eid", "authors with affiliations", "author(s) id", "author full names", "art. no.",
        "link", "index keywords", "language of original document"}  # fmt: skip


def _abstract(record: Record, cell: str) -> None:
    if _NONE.fullmatch(cell.strip()):
        record.original["abstract"] = cell
    else:
        fill.put(record, "abstract", fill.plain(cell), cell.strip())


_TWICE = re.compile(r"\s*((?:[^\W\d_]{1,3}\.[ -]?)+),\s*([^,;]+),[^;]+")


def _authors(record: Record, cell: str) -> None:
    """Exports of 2025 have initials and the whole name: `J.R., Doe, Jane Roe; …`."""
    if cell.strip() == "[No author name available]":
        record.original["authors"] = cell
    elif all(found := [_TWICE.fullmatch(part) for part in cell.strip(" ;").split(";")]):
        people = tuple(f"{each[2].strip()}, {names.given(each[1])}" for each in found if each)
        fill.put(record, "authors", people, cell.strip())
    else:
        fill.people("authors")(record, cell)


def _link(record: Record, cell: str) -> None:
    record.url = cell.strip()
    if not record.eid and (found := fill.identifiers.eid(cell)):
        record.eid = found


_COLUMNS = {
    "authors": _authors,
    "title": fill.text("title"),
    "year": fill.YEAR,
    "source title": fill.text("source"),
    "abbreviated source title": fill.text("abbreviated_source"),
    "volume": fill.text("volume"),
    "issue": fill.text("issue"),
    "art. no.": fill.text("article_number"),
    "page start": lambda record, cell: None,
    "page end": lambda record, cell: None,
    "cited by": fill.CITED_BY,
    "doi": fill.DOI,
    "link": _link,
    "affiliations": fill.entries("affiliations"),
    "abstract": _abstract,
    "author keywords": fill.entries("author_keywords"),
    "index keywords": fill.entries("index_terms"),
    "funding details": fill.entries("funding"),
    "references": fill.entries("references"),
    "editors": fill.people("editors"),
    "publisher": fill.text("publisher"),
    "conference name": fill.text("conference"),
    "issn": fill.ISSN,
    "isbn": fill.ISBN,
    "pubmed id": fill.PMID,
    "language of original document": fill.LANGUAGE,
    "document type": fill.DOCUMENT_TYPE,
    "publication stage": fill.STAGE,
    "open access": fill.OPEN_ACCESS,
    "eid": fill.EID,
}


def _finish(record: Record, row: dict[str, str]) -> None:
    record.pages = dates.pages(row.get("page start", ""), row.get("page end", ""))
    if record.year:
        record.date = str(record.year)
    if "open access" in row and not record.open_access:
        record.open_access = ("none",)  # the column is there, and Scopus leaves this cell empty


@register
class ScopusCsv(Format):
    """Scopus's CSV."""

    name = "scopus-csv"
    label = N_("Scopus, CSV")
    by_code = ("pages", "date")

    def fills(self):
        """See `Format`."""
        return _COLUMNS.values()

    _layout = table.Layout(
        _COLUMNS, ("Abstract", "Author Keywords", "Year", "DOI", "Document Type"), _finish
    )

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        held = {name.casefold() for name in header(head)[0]}
        return "title" in held and bool(held & _OWN) and rest.NAME not in held

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        yield from table.read(source, self._layout)
