"""Records as the search asks them: those of exports, and rows of a large table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.records import ledger
from compendium.records.formats import plain_table
from compendium.records.record import Record
from scopus_query import columns
from scopus_query.columns import record

Cells = dict[str, str]

_NAMES = {
    **plain_table.NAMES,
    "subject_area": ("subject area", "subject_area"),
    "author_ids": ("author(s) id", "author ids"),
}
_JOINED = {
    "identifiers": ("doi", "eid", "pubmed id", "pmid", "issn", "eissn", "isbn", "coden",
                    "identifiers"),
    "chemicals": ("chemicals/cas", "tradenames", "manufacturers", "chemicals"),
}  # fmt: skip
_AS_IS = ("title", "abstract", "source", "publisher", "conference")
_LISTS = ("author_keywords", "index_terms", "keywords", "authors", "affiliations", "editors",
          "funding", "references")  # fmt: skip
_CODED = ("document_type", "stage", "source_type")


def records(file: Path, refused: Callable[[int], None] = lambda count: None) -> Iterator[Cells]:
    """The records of an export of any format that `compendium.records` reads.

    Parameters
    ----------
    file : Path
    refused : callable, optional
        Told at the end how many entries are no records.

    Raises
    ------
    CompendiumError
        If the file is none of the formats.
    """
    accounts: list[ledger.Ledger] = []
    for found in ledger.records([file], accounts):
        yield cells(found)
    refused(len(accounts[0].refused))


def cells(found: Record) -> Cells:
    """What a record says, by the columns that are searched."""
    held = {name: getattr(found, name) for name in _AS_IS}
    held |= {name: "; ".join(getattr(found, name)) for name in _LISTS}
    held |= {name: getattr(found, name).replace("_", " ") for name in _CODED}
    held["first_author"] = found.authors[0] if found.authors else ""
    held["open_access"] = "; ".join(found.open_access).replace("_", " ")
    held["language"] = "; ".join(_language(code) for code in found.language)
    held["year"] = str(found.year or "")
    own = (found.doi, found.eid, found.wos, found.pmid, found.openalex)
    plain = (issn.replace("-", "") for issn in found.issn)  # both ways of writing it are asked
    held["identifiers"] = "; ".join(filter(None, (*own, *found.issn, *plain, *found.isbn)))
    if found.extra:
        other = {name.strip().casefold(): text for name, text in found.extra.items()}
        held["chemicals"] = "; ".join(other[n] for n in _JOINED["chemicals"] if n in other)
        held["author_ids"] = next((other[n] for n in _NAMES["author_ids"] if n in other), "")
        held["subject_area"] = next((other[n] for n in _NAMES["subject_area"] if n in other), "")
    held["key"] = found.key
    return {name: text for name, text in held.items() if text}


def as_searched(found: Record) -> dict[str, str | int | None]:
    """A record as the search reads it."""
    return record(cells(found))


def _language(code: str) -> str:
    """A language as queries name it: in English; its code in a browser, which is read as well."""
    try:
        from babel import Locale
    except ImportError:
        return code
    return Locale("en").languages.get(code, code).casefold()


def cells_of(header: Iterable[str], file: Path) -> Callable[[dict], Cells]:
    """How to read a row of a large table with such a header: a function from a row to cells.

    Raises
    ------
    CompendiumError
        If the header names no title and no abstract.
    """
    known = {name.strip().casefold(): name for name in header if name}
    chosen = {
        column: next((known[name] for name in _NAMES.get(column, ()) if name in known), None)
        for column in (*columns.TEXTS, *columns.FILTERS, columns.YEAR)
    }
    joined = {c: [known[name] for name in names if name in known] for c, names in _JOINED.items()}
    if not chosen["title"] and not chosen["abstract"]:
        raise CompendiumError(
            _('The header names neither a title nor an abstract.'), path=file, row=1,
            remedy=_('Name the columns as Scopus does: Title, Abstract, Author Keywords, Year.'),
        )  # fmt: skip
    of_scopus = "eid" in known and chosen["open_access"] is not None

    def read(row: dict) -> Cells:
        cells = {c: str(row[n]) for c, n in chosen.items() if n and row.get(n) not in (None, "")}
        for column, names in joined.items():
            cells[column] = "; ".join(str(row[name]) for name in names if row.get(name))
        if of_scopus:  # Scopus leaves this cell empty where there is no open access
            cells.setdefault("open_access", "none")
        cells["key"] = _key(row, known, cells)
        return cells

    return read


def _key(row: dict, known: dict[str, str], cells: Cells) -> str:
    """The key of a table's row, as `Record.key` makes it."""
    doi, eid = (str(row[known[name]] or "") if name in known else "" for name in ("doi", "eid"))
    year = cells.get("year", "")[:4]
    authors = cells.get("authors", "").split(";")[0].strip()
    return Record(
        title=cells.get("title", ""), year=int(year) if year.isdecimal() else None,
        authors=(authors,) if authors else (), doi=doi, eid=eid,
    ).key  # fmt: skip
