"""BibTeX, as databases, reference managers and people write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compendium.language import N_
from compendium.records import bibtex_parser, dates, fill, identifiers, names, rest, tex
from compendium.records.record import LISTS, Record, Refusal
from compendium.records.registry import Format, Writer, register
from compendium.records.source import Source

_VERBATIM = {"doi", "url", "eprint", rest.NAME}
_TYPES = {"article": "article", "review": "article", "conference_paper": "inproceedings",
          "book": "book", "book_chapter": "incollection", "thesis": "phdthesis",
          "report": "techreport", "preprint": "unpublished"}  # fmt: skip
_ENTRIES = {
    "article": "article", "inproceedings": "conference_paper", "conference": "conference_paper",
    "book": "book", "incollection": "book_chapter", "inbook": "book_chapter",
    "phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report",
    "unpublished": "preprint", "proceedings": "conference_review", "misc": "other",
    "online": "other", "electronic": "other", "thesis": "thesis", "report": "report",
    "collection": "book", "mvbook": "book", "booklet": "book", "manual": "report",
    "dataset": "dataset", "software": "other", "patent": "other", "review": "review",
}  # fmt: skip


def _people(name: str) -> fill.Fill:
    def fills(record: Record, cell: str) -> None:
        every = bibtex_parser.people(fill.plain(cell))
        parts = [part for part in every if part.casefold() != "others"]
        cut = ["others"] if len(parts) < len(every) else []
        if len(parts) == 1 and not parts[0].startswith("{"):
            parts = fill.persons_of(parts[0])
        told = "; ".join(parts + cut)
        parts = [one for part in parts for one in (  # Scopus's last may be a list of bodies
            map("{{{}}}".format, fill.divided(part)) if ";" in part and part[0] != "{" else [part])]
        fill.put(record, name, tuple(filter(None, map(_person, parts))), told)

    return fills


def _person(text: str) -> str:
    inner = text[1:-1] if text.startswith("{") and text.endswith("}") else ""
    if inner and "{" not in inner.replace("\\{", ""):
        return fill.plain(tex.decoded(inner))
    return names.name(fill.plain(tex.decoded(text)), given_first=True)


def _eid(record: Record, cell: str) -> None:
    """Scopus's identifier, or a number that others give an article instead of pages."""
    fill.EID(record, cell) if identifiers.eid(cell) else fill.text("article_number")(record, cell)


def _keywords(name: str) -> fill.Fill:
    def fills(record: Record, cell: str) -> None:
        fill.entries(name, ";" if ";" in cell else ",")(record, cell)

    return fills


def _issns(record: Record, cell: str) -> None:
    known, found = record.issn, identifiers.issns(cell)
    fill.put(record, "issn", tuple(dict.fromkeys(known + found)), "; ".join((*known, cell.strip())))


def _work(record: Record, cell: str) -> None:
    fill.DOCUMENT_TYPE(record, cell)
    if "early access" in cell.casefold() or "in press" in cell.casefold():
        record.stage = "in_press"


def _note(record: Record, cell: str) -> None:
    if found := re.match(r"cited by:?\s*(\d+)", cell, re.IGNORECASE):
        record.cited_by = fill.number(found[1])
    record.extra["note"] = cell


_FIELDS = {
    "title": fill.text("title"), "abstract": fill.text("abstract"), "author": _people("authors"),
    "editor": _people("editors"), "journal": fill.text("source"), "booktitle": fill.text("source"),
    "journaltitle": fill.text("source"), "abbrev_source_title": fill.text("abbreviated_source"),
    "journal-iso": fill.text("abbreviated_source"), "shortjournal": fill.text("abbreviated_source"),
    "volume": fill.VOLUME, "number": fill.ISSUE, "issue": fill.ISSUE,
    "pages": fill.made("pages", dates.pages), "art_number": fill.text("article_number"),
    "article-number": fill.text("article_number"), "doi": fill.DOI, "issn": _issns, "eissn": _issns,
    "isbn": fill.ISBN, "pmid": fill.PMID, "pubmed_id": fill.PMID, "unique-id": fill.WOS,
    "language": fill.LANGUAGE, "langid": fill.LANGUAGE, "keywords": _keywords("keywords"),
    "author_keywords": _keywords("author_keywords"),
    "keywords-plus": fill.entries("index_terms"), "affiliation": fill.entries("affiliations"),
    "affiliations": fill.entries("affiliations"), "publisher": fill.text("publisher"),
    "school": fill.text("publisher"), "institution": fill.text("publisher"),
    "document_type": _work, "type": _work, "url": fill.text("url"), "eid": _eid, "note": _note,
    "references": fill.entries("references"), "cited-references": fill.entries("references", "\n"),
    "funding_details": fill.entries("funding"), "funding-acknowledgement": fill.entries("funding"),
    "times-cited": fill.CITED_BY, "eventtitle": fill.text("conference"),
}  # fmt: skip
"""Fields by name; of several that fill one, the first counts."""


@register
class BibTex(Format, Writer):
    """BibTeX."""

    name = "bibtex"
    label = N_("BibTeX")
    suffix = ".bib"
    by_code = ("year", "date", "wos")

    def fills(self):
        """See `Format`."""
        return _FIELDS.values()

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return re.search(r"^\s*@\s*\w+\s*[{(]", head, re.MULTILINE) is not None and (
            not head.lstrip().startswith(("{", "["))
        )

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        for entry in bibtex_parser.entries(source):
            yield entry if isinstance(entry, Refusal) else _record(entry)

    def entry(self, record: Record, rest: str) -> str:
        """See `Writer`."""
        kind = _TYPES.get(record.document_type, "misc")
        lines = [f"  {name} = {{{text}}}," for name, text in _written(record, rest)]
        return "\n".join([f"@{kind}{{{_key(record)},", *lines, "}", ""]) + "\n"

    def back(self, text: str) -> Record:
        """See `Writer`."""
        entry = bibtex_parser.parsed(text, 1, bibtex_parser.MONTHS)
        return _record(entry) if entry else Record()


def _key(record: Record) -> str:
    return re.sub(r"[^\w:.-]", "_", record.extra.get(rest.KEY) or record.key)


def _record(entry: bibtex_parser.Entry) -> Record:
    record = Record(line=entry.line)
    kept = month = early = ""
    filled: dict[str, str] = {}
    for name, value in entry.fields:
        if name == rest.NAME:
            kept = value
            continue
        if name not in ("author", "editor", *_VERBATIM):
            value = tex.decoded(value)
        if not value.strip():
            continue
        if name in ("year", "date"):
            value = value.strip("{} ")
            fill.put(record, "year", dates.year(value), value.strip())
            record.date = dates.date(value) if name == "date" else record.date
        elif name == "month":
            month = value.strip("{} ")
        elif name in ("earlyaccessdate", "early-access-date"):
            early = value
        elif name not in _FIELDS:
            _keep(record, name, value)
        elif filled.setdefault(_target(name), name) == name or name in ("eissn", "issn"):
            _add(record, name, value)
        else:
            _keep(record, name, value)
    _appeared(record, month, early)
    if entry.kind.casefold() == "proceedings":
        record.title = record.title or record.source
    if not record.document_type:
        kind = entry.kind.casefold()
        record.document_type = _ENTRIES.get(kind, "other")
        if kind not in _ENTRIES:
            record.original["document_type"] = entry.kind
    record.eid = record.eid or identifiers.eid(record.url)
    record.wos = record.wos or identifiers.wos(entry.key)
    if kept:
        rest.restore(record, kept)
    if entry.key and entry.key != _key(record):
        record.extra[rest.KEY] = entry.key
    return record


def _add(record: Record, name: str, value: str) -> None:
    """Fill a field; what stands twice is added to a list, or kept beside."""
    target = _target(name)
    before = getattr(record, target, None)
    if before and name not in ("issn", "eissn"):
        if target not in LISTS:
            _keep(record, name, value)
            return
        raw = record.original.pop(target, "; ".join(before))
        setattr(record, target, ())
        _FIELDS[name](record, value)
        fill.put(record, target, before + getattr(record, target), f"{raw}; {value}")
    else:
        _FIELDS[name](record, value)


def _keep(record: Record, name: str, value: str) -> None:
    before = record.extra.get(name)
    if before != value:
        record.extra[name] = f"{before}\n{value}" if before else value


def _appeared(record: Record, month: str, early: str) -> None:
    if early:
        record.extra["earlyaccessdate"] = early
        if record.year is None:  # not yet in an issue: the year in which it appeared online
            record.year, record.date = dates.year(early), dates.date(early)
    known = str(record.year or "")
    record.date = record.date or (dates.date(month, known) if month else "") or known
    if month and record.date != month:
        record.original["date"] = month


_TARGETS = {"author": "authors", "editor": "editors", "journal": "source", "booktitle": "source",
            "journaltitle": "source", "number": "issue", "issue": "issue",
            "affiliation": "affiliations", "article-number": "article_number",
            "art_number": "article_number", "abbrev_source_title": "abbreviated_source",
            "journal-iso": "abbreviated_source", "shortjournal": "abbreviated_source",
            "pubmed_id": "pmid", "unique-id": "wos", "langid": "language",
            "keywords-plus": "index_terms", "school": "publisher", "institution": "publisher",
            "type": "document_type", "cited-references": "references",
            "funding_details": "funding", "funding-acknowledgement": "funding",
            "times-cited": "cited_by", "eventtitle": "conference", "eissn": "issn"}  # fmt: skip


def _target(name: str) -> str:
    return _TARGETS.get(name, name)


def _written(record: Record, rest_: str) -> Iterator[tuple[str, str]]:
    source = "booktitle" if record.document_type in ("conference_paper", "book_chapter") else (
        "journal"
    )  # fmt: skip
    month = record.date[5:7]
    fields = (("author", _joined(record.authors)), ("editor", _joined(record.editors)),
              ("title", record.title), (source, record.source), ("year", str(record.year or "")),
              ("month", month), ("volume", record.volume), ("number", record.issue),
              ("pages", record.pages.replace("–", "--")), ("art_number", record.article_number),
              ("doi", record.doi), ("url", record.url), ("issn", "; ".join(record.issn)),
              ("isbn", "; ".join(record.isbn)), ("pmid", record.pmid),
              ("language", "; ".join(record.language)), ("publisher", record.publisher),
              ("document_type", record.document_type.replace("_", " ")),
              ("keywords", "; ".join(record.keywords or record.author_keywords)),
              ("abstract", record.abstract))  # fmt: skip
    for name, text in fields:
        if name in _VERBATIM:
            text = tex.balanced(text)
        elif name not in ("author", "editor"):
            text = tex.escaped(text)
        if text:
            yield name, fill.plain(text)
    if rest_:
        yield rest.NAME, tex.shielded(rest_)


def _joined(persons: tuple[str, ...]) -> str:
    return " and ".join(
        tex.escaped(name) if ", " in name else f"{{{tex.escaped(name)}}}"
        for name in persons
    )
