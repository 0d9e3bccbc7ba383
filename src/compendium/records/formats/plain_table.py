"""Any table whose header names a title or an abstract: Web of Science's for Excel, one's own."""

from __future__ import annotations

from compendium.language import N_
from compendium.records import dates, fill, table
from compendium.records.delimited import header
from compendium.records.record import Record
from compendium.records.registry import Format, register
from compendium.records.source import Source

NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "article title", "display_name", "document title"),
    "abstract": ("abstract",),
    "author_keywords": ("author keywords", "author_keywords"),
    "index_terms": ("index keywords", "index_terms", "keywords plus", "mesh terms"),
    "keywords": ("keywords",),
    "authors": ("author full names", "authors", "author"),
    "affiliations": ("affiliations", "addresses"),
    "source": ("source title", "journal", "venue", "publication name", "source"),
    "abbreviated_source": ("abbreviated source title", "journal abbreviation"),
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
    "year": ("year", "publication year", "publication_year"),
    "volume": ("volume",),
    "issue": ("issue",),
    "pages": ("pages",),
    "article_number": ("art. no.", "article number"),
    "doi": ("doi",),
    "eid": ("eid",),
    "pmid": ("pubmed id", "pmid"),
    "wos": ("ut (unique wos id)", "ut (unique id)"),
    "issn": ("issn",),
    "isbn": ("isbn",),
    "url": ("link", "url"),
    "cited_by": ("cited by", "times cited, all databases"),
}
"""Names of columns, in lower case, by field; of several in a header the first counts."""

_FILLS = {
    "author_keywords": fill.entries("author_keywords"), "index_terms": fill.entries("index_terms"),
    "keywords": fill.entries("keywords"), "authors": fill.people("authors"),
    "affiliations": fill.entries("affiliations"), "editors": fill.people("editors"),
    "funding": fill.entries("funding"), "references": fill.entries("references"),
    "language": fill.LANGUAGE, "document_type": fill.DOCUMENT_TYPE, "stage": fill.STAGE,
    "open_access": fill.OPEN_ACCESS, "source_type": fill.SOURCE_TYPE, "year": fill.YEAR,
    "pages": fill.made("pages", dates.pages), "doi": fill.DOI, "eid": fill.EID,
    "pmid": fill.PMID, "wos": fill.WOS, "issn": fill.ISSN, "isbn": fill.ISBN,
    "cited_by": fill.CITED_BY,
}  # fmt: skip


def chosen(names: list[str]) -> dict[str, str]:
    """The column of each field that a header names, by field."""
    known = {name.strip().casefold(): name for name in names if name}
    found = {
        field: next((known[name] for name in held if name in known), None)
        for field, held in NAMES.items()
    }
    return {field: name for field, name in found.items() if name}


@register
class PlainTable(Format):
    """A table of somebody's own."""

    name = "table"
    label = N_("a table with a column Title or Abstract")
    last = True

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return not head.lstrip().startswith(("{", "[")) and bool(
            {"title", "abstract"} & chosen(header(head)[0]).keys()
        )

    def read(self, source: Source):
        """See `Format`."""
        held = chosen(header(source.head)[0])
        columns = {
            name.casefold(): _FILLS.get(field, fill.text(field)) for field, name in held.items()
        }
        missing = (NAMES[f][0] for f in ("title", "abstract", "year", "doi") if f not in held)
        layout = table.Layout(columns, tuple(name.capitalize() for name in missing), _finish)
        yield from table.read(source, layout)


def _finish(record: Record, row: dict[str, str]) -> None:
    if record.year:
        record.date = str(record.year)
    first, last = (
        row.get(f"{at} page") or row.get(f"page {at}") or "" for at in ("start", "end")
    )  # fmt: skip
    record.pages = record.pages or dates.pages(first, last)
