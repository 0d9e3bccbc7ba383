"""RIS, as Scopus, Web of Science, Zotero and EndNote write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compendium.language import N_
from compendium.records import dates, fill, identifiers, names, rest, tagged
from compendium.records.record import Record, Refusal
from compendium.records.registry import Format, Writer, register
from compendium.records.source import Source
from compendium.records.tagged import each, keep, one

_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|\s*$)", re.DOTALL)
# Web of Science leaves out the line's end after these in some records.
_RUN_ON = re.compile(r"(?<=\S)(?=(?:AD|FU|PU|WE|AN|FX)  - )")
_TYPES = {
    "JOUR": ("article", "journal"), "EJOUR": ("article", "journal"),
    "MGZN": ("article", "trade_journal"), "JFULL": ("other", "journal"),
    "CONF": ("conference_paper", "conference"), "CPAPER": ("conference_paper", "conference"),
    "CHAP": ("book_chapter", "book"), "ECHAP": ("book_chapter", "book"),
    "BOOK": ("book", "book"), "EBOOK": ("book", "book"), "EDBOOK": ("book", "book"),
    "SER": ("book_chapter", "book_series"), "THES": ("thesis", ""), "RPRT": ("report", ""),
    "UNPB": ("preprint", ""), "DATA": ("dataset", ""), "GEN": ("other", ""),
}  # fmt: skip
_WRITTEN = {"journal": "JOUR", "conference": "CPAPER", "book": "CHAP", "book_series": "SER",
            "trade_journal": "MGZN"}  # fmt: skip
_OF_TYPE = {"book": "BOOK", "thesis": "THES", "report": "RPRT", "preprint": "UNPB",
            "dataset": "DATA", "other": "GEN"}  # fmt: skip


def _type(record: Record, values: list[str]) -> None:
    known = _TYPES.get(values[0].upper())
    if known is None:
        record.original["source_type"] = values[0]
        return
    record.document_type, record.source_type = known


def _work(record: Record, values: list[str]) -> None:
    record.document_type = ""  # M3 says it more closely than TY
    one("document_type", fill.DOCUMENT_TYPE)(record, values)


def _numbers(record: Record, values: list[str]) -> None:
    for value in values:
        issns, isbns = identifiers.issns(value), identifiers.isbns(value)
        record.issn = tuple(dict.fromkeys((*record.issn, *issns)))
        record.isbn = tuple(dict.fromkeys((*record.isbn, *isbns)))
        if value not in (*issns, *isbns):
            before = record.original.get("issn")
            record.original["issn"] = f"{before}; {value}" if before else value


def _address(record: Record, values: list[str]) -> None:
    one("url")(record, values)
    record.eid = record.eid or identifiers.eid(record.url)


def _accession(record: Record, values: list[str]) -> None:
    for value in values:
        if found := identifiers.wos(value):
            record.wos = found
        if value != found:
            keep(record, "AN", [value])


def _pubmed(record: Record, values: list[str]) -> None:
    if re.fullmatch(r"\d{5,9}(?: \(pubmed\))?", values[0].casefold()):
        one("pmid", fill.PMID)(record, values)
    else:
        keep(record, "C2", values)


def _notes(record: Record, values: list[str]) -> None:
    for value in values:
        label, colon, text = value.partition(":")
        label, text = label.strip(), text.strip()
        if label == rest.NAME and rest.restore(record, text):
            continue
        if label == "References" and text:
            fill.entries("references")(record, text)
        elif label == "Funding details" and text:
            each("funding")(record, [text])
        elif label == "Cited By" and text.isdecimal():
            record.cited_by = int(text)
        elif colon and text and "\n" not in value and len(label) < 40:
            keep(record, label, [text])
        else:
            keep(record, "N1", [value])


_TAGS = {
    "TY": _type, "M3": _work,
    "TI": one("title"), "T1": one("title"), "AB": one("abstract"), "N2": one("abstract"),
    "AU": each("authors", names.name), "A1": each("authors", names.name),
    "ED": each("editors", names.name), "A2": each("editors", names.name),
    "T2": one("source"), "JO": one("source"), "JF": one("source"),
    "JI": one("abbreviated_source"), "J2": one("abbreviated_source"),
    "JA": one("abbreviated_source"),
    "VL": one("volume"), "IS": one("issue"), "C7": one("article_number"),
    "DO": one("doi", fill.DOI), "SN": _numbers, "AN": _accession, "C2": _pubmed,
    "PY": one("year", fill.YEAR), "Y1": one("year", fill.YEAR),
    "LA": one("language", fill.LANGUAGE), "KW": each("keywords"), "AD": each("affiliations"),
    "PB": one("publisher"), "PU": one("publisher"), "C3": one("conference"),
    "FU": tagged.whole("funding", fill.entries("funding")), "UR": _address, "N1": _notes,
}  # fmt: skip


@register
class Ris(Format, Writer):
    """RIS."""

    name = "ris"
    label = N_("RIS")
    suffix = ".ris"

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return re.search(r"^\s*TY  -", head, re.MULTILINE) is not None and not head.startswith("{")

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        apart = Source(source.path, source.encoding, source.head, source.notes)
        apart.lines = lambda: _apart(source)
        for entry in tagged.entries(apart, _TAG, "TY", "ER"):
            yield entry if isinstance(entry, Refusal) else _record(entry)

    def entry(self, record: Record, rest: str) -> str:
        """See `Writer`."""
        return "\n".join(f"{tag}  - {text}" for tag, text in _written(record, rest)) + "\n\n"

    def back(self, text: str) -> Record:
        """See `Writer`."""
        entry = tagged.Entry(0)
        for line in text.split("\n"):
            if found := _TAG.match(line):
                entry.add(found[1], (found[2] or "").strip())
        entry.tags.pop("ER", None)
        return _record(entry)


def _apart(source: Source) -> Iterator[str]:
    """Lines of a file, those that two tags share divided."""
    for line in source.lines():
        if "  - " in line[6:]:
            yield from _RUN_ON.split(line)
        else:
            yield line


def _record(entry: tagged.Entry) -> Record:
    tags = entry.tags
    notes = tags.pop("N1", None)
    pages = [tags.pop(tag, [""])[0] for tag in ("SP", "EP")]
    days = tags.pop("DA", [""])
    record = tagged.filled(entry, _TAGS)
    record.pages = dates.pages(*pages)
    if record.pages != "–".join(filter(None, pages)):
        record.original["pages"] = "-".join(pages)
    known = str(record.year or "")
    record.date = dates.date(days[0], known) if days[0] else known
    if days[0] and record.date != days[0]:
        record.original["date"] = days[0]
    if record.year is None and record.date:
        record.year = int(record.date[:4])
    if notes:  # last, for it may hold what the other tags could not say
        _notes(record, notes)
    return record


def _written(record: Record, rest_: str) -> Iterator[tuple[str, str]]:
    first, _dash, last = record.pages.partition("–")
    yield "TY", _OF_TYPE.get(record.document_type) or _WRITTEN.get(record.source_type, "JOUR")
    single = (("TI", record.title), ("T2", record.source), ("J2", record.abbreviated_source),
              ("VL", record.volume), ("IS", record.issue), ("SP", first), ("EP", last),
              ("C7", record.article_number), ("PY", str(record.year or "")),
              ("DA", record.date if record.date != str(record.year) else ""),
              ("DO", record.doi), ("UR", record.url), ("PB", record.publisher),
              ("C3", record.conference), ("C2", record.pmid), ("AN", record.wos),
              ("LA", "; ".join(record.language)),
              ("M3", record.document_type.replace("_", " ").capitalize()),
              ("AB", record.abstract))  # fmt: skip
    keywords = record.keywords or (*record.author_keywords, *record.index_terms)
    several = (("AU", record.authors), ("A2", record.editors), ("SN", record.issn + record.isbn),
               ("KW", keywords), ("AD", record.affiliations))  # fmt: skip
    yield from ((tag, " ".join(text.split())) for tag, text in single if text)
    for tag, texts in several:
        yield from ((tag, " ".join(text.split())) for text in texts)
    if record.cited_by is not None:
        yield "N1", f"Cited By :{record.cited_by}"
    if rest_:
        yield "N1", f"{rest.NAME}: {rest_}"
    yield "ER", ""
