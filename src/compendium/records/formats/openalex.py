"""Works of OpenAlex: JSON pages, JSON lines, and the CSV of its website and API."""

from __future__ import annotations

import json
from collections.abc import Iterator

from compendium.language import N_
from compendium.records import codes, dates, fill, identifiers, json_stream, names, table
from compendium.records.delimited import header
from compendium.records.record import Record, Refusal
from compendium.records.registry import Format, register
from compendium.records.source import Source


@register
class OpenAlexJson(Format):
    """OpenAlex's works as JSON."""

    name = "openalex"
    label = N_("OpenAlex, JSON")
    by_code = ("title", "abstract", "authors", "year", "date", "volume", "issue", "pages", "source",
               "publisher", "issn", "source_type", "doi", "openalex", "pmid", "language",
               "document_type", "open_access", "keywords", "references", "cited_by", "url")

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        start = head[:30_000].lstrip()
        return start.startswith(("{", "[")) and (
            '"authorships"' in start or "openalex.org/W" in start
        )

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        return json_stream.records(source, _record)


def _record(work: dict, line: int) -> Record:
    record = Record(line=line)
    work = dict(work)

    def take(key: str):
        return work.pop(key, None)

    place = work.get("primary_location") or {}
    source = place.get("source") or {}
    biblio = take("biblio") or {}
    fill.text("title")(record, str(take("title") or work.get("display_name") or ""))
    record.abstract = _abstract(take("abstract_inverted_index"))
    record.authors = _authors(work.get("authorships") or ())
    record.year = take("publication_year")
    appeared = take("publication_date") or ""
    record.date = dates.date(appeared) or str(record.year or "")
    for name, key in (("volume", "volume"), ("issue", "issue")):
        setattr(record, name, str(biblio.get(key) or ""))
    record.pages = dates.pages(*(str(biblio.get(f"{at}_page") or "") for at in ("first", "last")))
    record.source = fill.plain(source.get("display_name") or "")
    record.publisher = source.get("host_organization_name") or ""
    record.issn = identifiers.issns("; ".join(source.get("issn") or ()))
    record.source_type = codes.code("source_type", source.get("type") or "")
    _given(record, fill.DOI, take("doi"))
    ids = work.get("ids") or {}
    record.openalex = identifiers.openalex(take("id") or ids.get("openalex") or "")
    record.pmid = identifiers.pmid(str(ids.get("pmid") or ""))
    _given(record, fill.LANGUAGE, take("language"))
    retracted = work.get("is_retracted")
    _given(record, fill.DOCUMENT_TYPE, take("type"))
    if retracted:
        record.original["document_type"] = record.document_type
        record.document_type = "retracted"
    access = work.get("open_access") or {}
    if access.get("oa_status"):
        record.open_access = codes.open_access(access["oa_status"])
    words = (word.get("display_name") for word in work.get("keywords") or ())
    record.keywords = tuple(filter(None, words))
    record.references = tuple(take("referenced_works") or ())
    record.cited_by = take("cited_by_count")
    record.url = place.get("landing_page_url") or ""
    if work.get("display_name") == record.title:
        del work["display_name"]
    for key, value in work.items():
        if value not in (None, "", [], {}):
            record.extra[key] = value if isinstance(value, str) else json.dumps(
                value, ensure_ascii=False
            )  # fmt: skip
    return record


def _given(record: Record, put: fill.Fill, value) -> None:
    if value:
        put(record, str(value))


def _authors(authorships) -> tuple[str, ...]:
    found = ((a.get("author") or {}).get("display_name") or a.get("raw_author_name")
             for a in authorships)  # fmt: skip
    return names.names(found, given_first=True)


def _abstract(inverted: dict | None) -> str:
    """A text from the places of its words."""
    if not inverted:
        return ""
    placed = sorted((at, word) for word, places in inverted.items() for at in places)
    return fill.plain(" ".join(word for _at, word in placed))


def _bars(name: str) -> fill.Fill:
    return fill.entries(name, "|")


def _address(record: Record, cell: str) -> None:
    record.openalex = identifiers.openalex(cell)


def _people(record: Record, cell: str) -> None:
    fill.put(record, "authors", names.names(cell.split("|"), True), "; ".join(cell.split("|")))


_COLUMNS = {
    "id": _address, "title": fill.text("title"), "display_name": fill.text("title"),
    "abstract": fill.text("abstract"), "doi": fill.DOI, "publication_year": fill.YEAR,
    "publication_date": fill.made("date", dates.date), "language": fill.LANGUAGE,
    "type": fill.DOCUMENT_TYPE, "cited_by_count": fill.CITED_BY, "ids.pmid": fill.PMID,
    "biblio.volume": fill.text("volume"), "biblio.issue": fill.text("issue"),
    "authorships.author.display_name": _people, "authorships.raw_author_name": None,
    "primary_location.source.display_name": fill.text("source"),
    "primary_location.source.issn": fill.ISSN,
    "primary_location.landing_page_url": fill.text("url"),
    "open_access.oa_status": fill.OPEN_ACCESS, "keywords.display_name": _bars("keywords"),
    "referenced_works": _bars("references"),
}  # fmt: skip


@register
class OpenAlexCsv(Format):
    """OpenAlex's works as CSV."""

    name = "openalex-csv"
    label = N_("OpenAlex, CSV")
    by_code = ("pages",)

    def fills(self):
        """See `Format`."""
        return self._layout.columns.values()

    _layout = table.Layout(
        {column: put for column, put in _COLUMNS.items() if put},
        ("abstract", "doi", "publication_year", "type"),
        lambda record, row: setattr(
            record, "pages",
            dates.pages(row.get("biblio.first_page", ""), row.get("biblio.last_page", "")),
        ),
    )  # fmt: skip

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        names_of = {name.casefold() for name in header(head)[0]}
        return "id" in names_of and any(
            name == "cited_by_count" or name.startswith(("authorships.", "primary_location."))
            for name in names_of
        )

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        yield from table.read(source, self._layout)
