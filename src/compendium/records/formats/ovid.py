"""Ovid's tagged text, for Citavi or EndNote: `.ovd`, `.cgi`, `.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compendium.language import N_
from compendium.records import dates, fill, names, tagged
from compendium.records.formats import nbib, ris
from compendium.records.record import Record, Refusal
from compendium.records.registry import Format, register
from compendium.records.source import Source
from compendium.records.tagged import each, keep, one

_NUMBER = re.compile(r"\s*<\d+\.\s*>\s*$")
_FIRST = re.compile(r"\s*?(?:^[ \t]*<\d+\.\s*>\s*?)?^([ \t]*)VN( {1,2})- Ovid ", re.MULTILINE)
_ASIDE = re.compile(r"\s*\[[^\]]*\]|(?:\s+|(?<=\.))\d+(?:,\d+)*[,+*]*$|\s*[*+]+$|(?<=[a-z]{3})\.$")
# `J Exam. 201(2-3):327-334, 2004`, `J Exam January 2010;14(1):56`; Embase: `J Exam. 5 (1) (pp 1-9)`
_COLON = re.compile(
    r"(?P<volume>\b\d\w*)\s*(?:\((?P<issue>[^)]+)\))?:(?P<pages>[A-Za-z]{0,2}\d[\w.-]*\w|\d)"
)
_BRACKETS = re.compile(
    r"(?P<volume>\b\d\w*)\s+(?:\((?P<issue>[^)]+)\)\s+)?"
    r"\((?:pp\s+(?P<pages>[^)]+)|no pagination|[^)]*\d[^)]*)\)"
)
# PsycINFO: `J Exam. Vol.43(5), Sep 2015, pp. 623-634.`
_NAMED = re.compile(
    r"Vol\.\s*(?P<volume>\d\w*)(?:\((?P<issue>[\w./-]+(?:\(\w+\))?)\))?"
    r"(?:.*?\bpp\.\s*(?P<pages>\d[\w-]*\w|\d))?"
)
_WHEN = re.compile(r"[\s,.;]*(?:(?:[A-Z][a-z]+[/-])?[A-Z][a-z]+\s+)?(?:1[89]|20)\d\d[\s,.;]*$")

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def _persons(name: str):
    """`Doe, Jane [Author, Reprint Author]`, `Doe, J. 1,2,*`: brackets and signs go."""

    def normal(text: str) -> str:
        return names.name(_ASIDE.sub("", text).strip())

    return each(name, normal)


def _place(record: Record, values: list[str]) -> None:
    """`SO`: journal, volume, issue and pages in one line, in each database's own way."""
    keep(record, "SO", values)
    text = fill.plain(values[0])
    if "[Ed" in text:
        return
    found = next(filter(None, (kind.search(text) for kind in (_NAMED, _BRACKETS, _COLON))), None)
    before = text[: found.start()] if found else text
    end = r"\.\s(?=[A-Z][a-z]+:)" if found else r"(?<=[^\W\d_]{4})\.\s"  # not after `J.`
    source = _WHEN.sub("", re.split(end, before)[0]).strip(" ,;").removesuffix(".")
    record.source = record.source or source
    if found:
        record.volume = record.volume or found["volume"]
        record.issue = record.issue or (found["issue"] or "")
        record.pages = record.pages or dates.pages(found["pages"] or "")
    when = _WHEN.search(before) or (found and _YEAR.search(text, found.end()))
    record.year = record.year or (dates.year(when[0]) if when else None)


def _issns(record: Record, values: list[str]) -> None:
    fill.ISSN(record, "; ".join(values))


def _title(record: Record, values: list[str]) -> None:
    one("title", fill.made("title", lambda text: _REFERENCES.sub("", fill.readable(text))))(
        record, values)


_REFERENCES = re.compile(r"\s*\[References\]\.?$")  # PsycINFO says that the work has a list


def _pages(record: Record, values: list[str]) -> None:
    if re.search(r"\d", values[0]):
        fill.put(record, "pages", dates.pages(values[0]), values[0])
    else:
        keep(record, "PG", values)


def _type(record: Record, values: list[str]) -> None:
    nbib.kinds(record, [value.rstrip(".").title() for value in values])


_TAGS = {
    "TI": _title, "AU": _persons("authors"), "ED": _persons("editors"),
    "AB": one("abstract"), "JN": one("source"), "JT": one("source"), "BT": one("source"),
    "JA": one("abbreviated_source"), "TA": one("abbreviated_source"),
    "VI": one("volume", fill.VOLUME), "VO": one("volume", fill.VOLUME),
    "IP": one("issue", fill.ISSUE), "PG": _pages,
    "YR": one("year", fill.YEAR), "DP": one("date", fill.made("date", dates.date)),
    "DO": one("doi", fill.DOI), "DI": one("doi", fill.DOI), "PM": one("pmid", fill.PMID),
    "IS": _issns, "IB": one("isbn", fill.ISBN),
    "LG": one("language", fill.made("language", lambda cell: fill.codes.languages(
        cell.rstrip(".")))),
    "PT": _type, "DT": _type, "MH": each("index_terms"), "DE": each("index_terms"),
    "KW": each("author_keywords"), "IN": each("affiliations"), "PB": one("publisher"),
    "PU": one("publisher"), "XL": one("url"),
}  # fmt: skip


@register
class Ovid(Format):
    """Ovid, tagged."""

    name = "ovid"
    label = N_("Ovid, tagged text (.ovd, .cgi)")
    by_code = ("source", "volume", "issue", "pages", "year", "accession", "pmid")

    def fills(self):
        """See `Format`."""
        return tagged.each_alone(_TAGS)

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return _FIRST.match(head) is not None

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        begun = _FIRST.match(source.head)
        indent, gap = begun.groups() if begun else ("", "  ")
        tag = re.compile(rf"{indent}([A-Z][A-Z0-9]){gap}- (.*)", re.DOTALL)
        for entry in tagged.entries(_Unnumbered(**vars(source)), tag, "VN", "", closing="TI"):
            yield entry if isinstance(entry, Refusal) else _record(entry)


class _Unnumbered(Source):
    """A file without the numbers `<1. >` between its records."""

    def lines(self) -> Iterator[str]:
        for line in super().lines():
            yield "\n" if _NUMBER.match(line) else line


def _record(entry: tagged.Entry) -> Record:
    tags = entry.tags
    tags.pop("VN", None)
    if full := tags.pop("FA", None):  # whole names beside those with initials
        tags["AU"] = full
    place = tags.pop("SO", None)
    numbers = (text for tag in ("UI", "AN") for text in tags.pop(tag, ()))
    own = [number.rpartition(": ")[2].rstrip(".") for number in numbers]  # Book: 2015-00001-001.
    record = tagged.filled(entry, _TAGS)
    if place:
        _place(record, place)
    ris.accession(record, own, " ".join(tags.get("DB", ())))
    if own and not (record.accession or record.pmid):
        record.accession = f"ovid:{own[0]}"
    record.source = record.source or record.abbreviated_source
    if record.date and not record.year:
        record.year = dates.year(record.date)
    record.date = record.date or str(record.year or "")
    return record
