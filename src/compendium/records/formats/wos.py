"""Web of Science's tagged text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compendium.language import N_
from compendium.records import dates, fill, identifiers, names, tagged
from compendium.records.record import Record, Refusal
from compendium.records.registry import Format, register
from compendium.records.source import Source
from compendium.records.tagged import each, keep, one, whole

_TAG = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|\s*$)", re.DOTALL)
_PARTS = {"J": "journal", "B": "book", "S": "book_series", "C": "conference"}


def _issns(record: Record, values: list[str]) -> None:
    found = tuple(issn for value in values for issn in identifiers.issns(value))
    record.issn = tuple(dict.fromkeys(record.issn + found))


def _type(record: Record, values: list[str]) -> None:
    one("document_type", fill.DOCUMENT_TYPE)(record, values)
    if "early access" in values[0].casefold():
        record.stage = "in_press"


_TAGS = {
    "AF": each("authors", names.name), "BE": each("editors", names.name), "TI": one("title"),
    "SO": one("source"), "JI": one("abbreviated_source"), "LA": one("language", fill.LANGUAGE),
    "DT": _type, "DE": whole("author_keywords", fill.entries("author_keywords")),
    "ID": whole("index_terms", fill.entries("index_terms")), "AB": one("abstract"),
    "C1": each("affiliations"), "FU": whole("funding", fill.entries("funding")),
    "CR": each("references"), "PU": one("publisher"), "SN": _issns, "EI": _issns,
    "BN": whole("isbn", fill.ISBN), "PY": one("year", fill.YEAR), "VL": one("volume", fill.VOLUME),
    "IS": one("issue", fill.ISSUE), "AR": one("article_number"), "DI": one("doi", fill.DOI),
    "UT": one("wos", fill.WOS), "PM": one("pmid", fill.PMID), "CT": one("conference"),
    "OA": one("open_access", fill.OPEN_ACCESS), "Z9": one("cited_by", fill.CITED_BY),
}  # fmt: skip


@register
class Wos(Format):
    """Web of Science, tagged."""

    name = "wos"
    label = N_("Web of Science, tagged text")
    by_code = ("pages", "date", "source_type")

    def fills(self):
        """See `Format`."""
        return tagged.each_alone(_TAGS)

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return re.match(r"\s*(?:FN .*\s+VR|PT [JBSCP]\b(?!\t))", head) is not None

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        ignored = frozenset({"FN", "VR", "EF"})
        for entry in tagged.entries(source, _TAG, "PT", "ER", ignored):
            yield entry if isinstance(entry, Refusal) else made(entry)


def made(entry: tagged.Entry) -> Record:
    """A record of an entry's tags."""
    tags = entry.tags
    kind = tags.pop("PT", [""])[0]
    pages = [tags.pop(tag, [""])[0] for tag in ("BP", "EP")]
    month, early = (tags.pop(tag, [""])[0] for tag in ("PD", "EA"))
    short = tags.pop("AU", [])
    if "AF" not in tags:
        tags["AF"], short = short, []
    record = tagged.filled(entry, _TAGS)
    record.source_type = _PARTS.get(kind, "")
    record.pages = dates.pages(*pages)
    if record.pages != "–".join(filter(None, pages)):
        record.original["pages"] = "-".join(pages)
    year = str(record.year or "")
    record.date = dates.date(month, year) or year
    if month and record.date != month:
        record.original["date"] = month
    if early:
        keep(record, "EA", [early])
        if record.year is None:  # not yet in an issue: the year in which it appeared online
            record.date = dates.date(early)
            record.year = dates.year(early)
    if short:
        keep(record, "AU", short)
    if kind not in _PARTS:
        keep(record, "PT", [kind])
    return record
