"""PubMed's format, also called MEDLINE or nbib; ERIC exports it too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compendium.language import N_
from compendium.records import codes, dates, fill, identifiers, names, tagged
from compendium.records.record import Record, Refusal
from compendium.records.registry import Format, register
from compendium.records.source import Source
from compendium.records.tagged import each, keep, one

_TAG = re.compile(r"([A-Z]{2,4}) *- (.*)", re.DOTALL)
_FIRST = re.compile(r"\s*(?:(PMID) *- \d|(OWN) *- ERIC\b)")


def kinds(record: Record, values: list[str]) -> None:
    """Of several publication types the one that says most: a review is a journal article too."""
    said = (codes.code("document_type", v.removesuffix("s")) for v in values)  # ERIC has plurals
    kinds = [kind for kind in said if kind in codes.DOCUMENT_TYPES]
    chosen = next((kind for kind in kinds if kind != "article"), kinds[0] if kinds else "")
    fill.put(record, "document_type", chosen or values[0].casefold(), "; ".join(values))


def _location(record: Record, values: list[str]) -> None:
    for value in values:
        text, _bracket, kind = value.partition(" [")
        if kind.startswith("doi") or "doi.org/" in text:
            record.doi = record.doi or identifiers.doi(text)
        elif "://" in text and not record.url:  # ERIC's page
            record.url = text
        else:
            keep(record, "LID", [value])


def _eric(record: Record, values: list[str]) -> None:
    record.accession = f"eric:{values[0]}"


def _issns(record: Record, values: list[str]) -> None:
    fill.ISSN(record, "; ".join(values))


_TAGS = {
    "PMID": one("pmid", fill.PMID), "TI": one("title"), "BTI": one("title"), "AB": one("abstract"),
    "FAU": each("authors", names.name), "CN": each("authors", fill.plain),
    "FED": each("editors", names.name), "AD": each("affiliations"), "JT": one("source"),
    "TA": one("abbreviated_source"), "VI": one("volume"), "IP": one("issue"),
    "LA": one("language", fill.LANGUAGE), "PT": kinds, "LID": _location, "AID": _location,
    "IS": _issns, "ISSN": _issns, "OID": _eric,
    "ISBN": one("isbn", fill.ISBN), "MH": each("index_terms"),
    "OT": each("author_keywords"), "GR": each("funding"), "PB": one("publisher"),
}  # fmt: skip


@register
class Nbib(Format):
    """PubMed."""

    name = "nbib"
    label = N_("PubMed, nbib")
    by_code = ("pages", "date", "year", "source_type", "doi")

    def fills(self):
        """See `Format`."""
        return tagged.each_alone(_TAGS)

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return _FIRST.match(head) is not None

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        begun = _FIRST.match(source.head)
        first = begun[2] or "PMID" if begun else "PMID"  # ERIC's have no number of PubMed
        # PubMed closes each record with `SO`; nothing else marks its end.
        for entry in tagged.entries(source, _TAG, first, "", closing="SO"):
            yield entry if isinstance(entry, Refusal) else _record(entry)


def _record(entry: tagged.Entry) -> Record:
    tags = entry.tags
    for values in tags.values():
        values[:] = map(fill.plain, values)  # wrapped, not divided
    for kind in ("AU", "ED"):
        if f"F{kind}" not in tags and kind in tags:
            tags[f"F{kind}"] = tags.pop(kind)
    pages = tags.pop("PG", [""])[0]
    appeared = tags.pop("DP", [""])[0]
    record = tagged.filled(entry, _TAGS)
    fill.put(record, "pages", dates.pages(pages), pages)
    record.date, record.year = dates.date(appeared), dates.year(appeared)
    if appeared and record.date != appeared:
        record.original["date"] = appeared
    record.source_type = "journal" if record.source else ""
    return record
