"""Records of bibliographic exports as dictionaries: CSV, RIS and Web of Science's plain text."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from compendium.errors import CompendiumError
from compendium.search import columns

Cells = dict[str, str]

_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "article title", "display_name", "document title"),
    "abstract": ("abstract",),
    "author_keywords": ("author keywords", "author_keywords"),
    "index_terms": ("index keywords", "index_terms", "keywords plus", "mesh terms"),
    "keywords": ("keywords",),
    "authors": ("authors", "author full names", "author"),
    "affiliations": ("affiliations", "addresses"),
    "source": ("source title", "journal", "venue", "publication name", "source"),
    "publisher": ("publisher",),
    "conference": ("conference name", "conference title", "conference"),
    "editors": ("editors", "book editors"),
    "funding": ("funding details", "funding orgs", "funding"),
    "references": ("references", "cited references"),
    "language": ("language of original document", "language"),
    "document_type": ("document type", "document_type", "type"),
    "stage": ("publication stage", "stage"),
    "open_access": ("open access", "open access designations", "open_access", "is_oa"),
    "source_type": ("source type", "source_type"),
    "subject_area": ("subject area", "subject_area"),
    "year": ("year", "publication year", "publication_year"),
}
_JOINED = {
    "identifiers": ("doi", "eid", "pubmed id", "pmid", "issn", "eissn", "isbn", "coden",
                    "identifiers"),
    "chemicals": ("chemicals/cas", "tradenames", "manufacturers", "chemicals"),
}  # fmt: skip
_NO_ABSTRACT = re.compile(r"\s*\[?no abstract( available)?\]?\.?\s*", re.IGNORECASE)

_RIS = {"TI": "title", "T1": "title", "AB": "abstract", "N2": "abstract", "KW": "keywords",
        "AU": "authors", "A1": "authors", "AD": "affiliations", "T2": "source", "JO": "source",
        "JF": "source", "PB": "publisher", "PU": "publisher", "ED": "editors", "A2": "editors",
        "LA": "language", "M3": "document_type", "PY": "year", "Y1": "year", "DO": "identifiers",
        "SN": "identifiers", "FX": "funding"}  # fmt: skip
_WOS = {"TI": "title", "AB": "abstract", "DE": "author_keywords", "ID": "index_terms",
        "AU": "authors", "C1": "affiliations", "SO": "source", "PU": "publisher",
        "CT": "conference", "BE": "editors", "FU": "funding", "CR": "references",
        "LA": "language", "DT": "document_type", "OA": "open_access", "PY": "year",
        "DI": "identifiers", "UT": "identifiers", "SN": "identifiers", "EI": "identifiers",
        "PM": "identifiers"}  # fmt: skip
_LINES = {"AU", "C1", "CR", "BE"}  # Web of Science writes an entry of these on each line


def records(file: Path) -> Iterator[Cells]:
    """The records of a text export, by what the file contains.

    Raises
    ------
    CompendiumError
        If the file is none of the formats.
    """
    csv.field_size_limit(sys.maxsize)
    with file.open(encoding="utf-8-sig", newline="", errors="replace") as lines:
        head = lines.read(4096)
        lines.seek(0)
        if re.match(r"\s*TY  - ", head):
            yield from _tagged(_ris(lines), _RIS)
        elif head.startswith("FN ") or re.match(r"\s*PT \w", head):
            yield from _tagged(_wos(lines), _WOS)
        else:
            divider = "\t" if head.split("\n", 1)[0].count("\t") > 2 else ","
            rows = csv.DictReader(lines, delimiter=divider)
            reader = cells_of(rows.fieldnames or [], file)
            for row in rows:
                yield reader(row)


def cells_of(header: Iterable[str], file: Path):
    """How to read a row with such a header: a function from a row to cells.

    Raises
    ------
    CompendiumError
        If the header names no title and no abstract.
    """
    known = {name.strip().casefold(): name for name in header if name}
    chosen = {
        column: next((known[name] for name in names if name in known), None)
        for column, names in _NAMES.items()
    }
    joined = {c: [known[name] for name in names if name in known] for c, names in _JOINED.items()}
    if not chosen["title"] and not chosen["abstract"]:
        raise CompendiumError(
            "The header names neither a title nor an abstract.", path=file, row=1,
            remedy="Name the columns as Scopus does: Title, Abstract, Author Keywords, Year.",
        )  # fmt: skip
    of_scopus = "eid" in known and chosen["open_access"] is not None

    def read(row: dict) -> Cells:
        cells = {c: str(row[n]) for c, n in chosen.items() if n and row.get(n) not in (None, "")}
        for column, names in joined.items():
            cells[column] = "; ".join(str(row[name]) for name in names if row.get(name))
        if of_scopus:  # Scopus leaves this cell empty where there is no open access
            cells.setdefault("open_access", "none")
        return cells

    return read


def record(cells: Cells) -> dict[str, str | int | None]:
    """Cells as a record: what is absent is None, keywords are put together, values are codes."""
    found: dict[str, str | int | None] = {}
    for column in columns.TEXTS:
        found[column] = " ".join((cells.get(column) or "").split()) or None
    if found["abstract"] and _NO_ABSTRACT.fullmatch(found["abstract"]):
        found["abstract"] = None
    both = (found["author_keywords"], found["index_terms"], found["keywords"])
    found["keywords"] = "; ".join(part for part in both if part) or None
    if not found["first_author"] and found["authors"]:
        found["first_author"] = re.split(r"; ?|(?<=\.), ", found["authors"])[0]
    for column in columns.FILTERS:
        text = (cells.get(column) or "").strip()
        found[column] = columns.values(column, text) if text else None
    year = re.search(r"\d{4}", cells.get("year") or "")
    found[columns.YEAR] = int(year[0]) if year else None
    return found


def _tagged(entries: Iterable[list[tuple[str, str]]], names: dict[str, str]) -> Iterator[Cells]:
    for entry in entries:
        cells: dict[str, list[str]] = {}
        for tag, text in entry:
            if tag == "N1" and text.startswith("References:"):
                cells["references"] = [text.removeprefix("References:")]
            elif tag in names:
                cells.setdefault(names[tag], []).append(text)
        yield {
            column: "; ".join(held if column in columns.LISTS or column == "language" else held[:1])
            for column, held in cells.items()
        }


def _ris(lines: Iterable[str]) -> Iterator[list[tuple[str, str]]]:
    entry: list[tuple[str, str]] = []
    for line in lines:
        found = re.match(r"\ufeff?([A-Z][A-Z0-9])  - ?(.*)", line)
        if found and found[1] == "ER":
            yield entry
            entry = []
        elif found:
            entry.append((found[1], found[2].strip()))
        elif line.strip() and not line.startswith("ER") and entry:
            entry[-1] = (entry[-1][0], f"{entry[-1][1]} {line.strip()}")
    if any(tag == "TY" for tag, _text in entry):
        yield entry


def _wos(lines: Iterable[str]) -> Iterator[list[tuple[str, str]]]:
    entry: list[tuple[str, str]] = []
    for line in lines:
        tag, text = line[:2], line[3:].strip()
        if tag == "ER":
            yield entry
            entry = []
        elif tag == "  " and entry:
            last, before = entry[-1]
            divider = "; " if last in _LINES else " "
            entry[-1] = (last, before + divider + text)
        elif tag.strip() and tag not in ("FN", "VR", "EF"):
            entry.append((tag, text))
