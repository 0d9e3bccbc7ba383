"""BibTeX, read with bibtexparser 2, a stretch of the file at a time.

bibtexparser says what it cannot read and where, which is why it is used. Two things are put right:
an entry whose key stands twice is a record all the same (bibtexparser leaves its braces on and its
@strings unresolved), and TeX is decoded only where there is some, for a bare `%` in an abstract is
no comment.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator

from compendium.language import N_, _
from compendium.records import dates, fill, identifiers, names, rest, tex
from compendium.records.processes import in_order
from compendium.records.record import Note, Record, Refusal
from compendium.records.registry import Format, Writer, register
from compendium.records.source import Source

_AT = re.compile(r"\s*@\s*\w+\s*[{(]")
_STRETCH = 500  # entries at a time: memory stays flat, and parsing is not slower
_ALONE = 4  # stretches that are done before a process has started
_NO_RECORD = ("@comment", "@preamble", "@string")
_VERBATIM = {"doi", "url", "eprint", rest.NAME}
_TYPES = {"article": "article", "review": "article", "conference_paper": "inproceedings",
          "book": "book", "book_chapter": "incollection", "thesis": "phdthesis",
          "report": "techreport", "preprint": "unpublished"}  # fmt: skip
_ENTRIES = {
    "article": "article", "inproceedings": "conference_paper", "conference": "conference_paper",
    "book": "book", "incollection": "book_chapter", "inbook": "book_chapter",
    "phdthesis": "thesis", "mastersthesis": "thesis", "techreport": "report",
    "unpublished": "preprint", "proceedings": "conference_review", "misc": "other",
}  # fmt: skip


def _people(name: str) -> fill.Fill:
    def fills(record: Record, cell: str) -> None:
        parts = re.split(r"\s+and\s+", fill.plain(cell))
        value = tuple(_person(part) for part in parts if part)
        fill.put(record, name, value, "; ".join(parts))

    return fills


def _person(text: str) -> str:
    if text.startswith("{") and text.endswith("}"):
        return fill.plain(tex.decoded(text[1:-1]))
    return names.name(tex.decoded(text), given_first=True)


_FIELDS = {
    "title": fill.text("title"), "abstract": fill.text("abstract"), "author": _people("authors"),
    "editor": _people("editors"), "journal": fill.text("source"), "booktitle": fill.text("source"),
    "journaltitle": fill.text("source"), "abbrev_source_title": fill.text("abbreviated_source"),
    "volume": fill.text("volume"), "number": fill.text("issue"), "issue": fill.text("issue"),
    "pages": fill.made("pages", dates.pages), "art_number": fill.text("article_number"),
    "doi": fill.DOI, "issn": fill.ISSN, "isbn": fill.ISBN, "pmid": fill.PMID,
    "unique-id": fill.WOS, "language": fill.LANGUAGE, "keywords": fill.entries("keywords"),
    "author_keywords": fill.entries("author_keywords"),
    "keywords-plus": fill.entries("index_terms"), "affiliation": fill.entries("affiliations"),
    "affiliations": fill.entries("affiliations"), "publisher": fill.text("publisher"),
    "document_type": fill.DOCUMENT_TYPE, "url": fill.text("url"),
    "references": fill.entries("references"), "eid": fill.EID,
}  # fmt: skip


@register
class BibTex(Format, Writer):
    """BibTeX."""

    name = "bibtex"
    label = N_("BibTeX")
    suffix = ".bib"

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return re.search(r"^\s*@\s*\w+\s*[{(]", head, re.MULTILINE) is not None and (
            not head.lstrip().startswith(("{", "["))
        )

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        for items, notes in in_order(_read, _stretches(source), _ALONE):
            source.notes += notes
            yield from items

    def entry(self, record: Record, rest: str) -> str:
        """See `Writer`."""
        kind = _TYPES.get(record.document_type, "misc")
        lines = [f"  {name} = {{{text}}}," for name, text in _written(record, rest)]
        return "\n".join([f"@{kind}{{{_key(record)},", *lines, "}", ""]) + "\n"

    def back(self, text: str) -> Record:
        """See `Writer`."""
        (record,) = _parsed(text, 1, "")
        return record if isinstance(record, Record) else Record()


Stretch = tuple[str, int, str]


def _read(stretch: Stretch) -> tuple[list[Record | Refusal], list[Note]]:
    text, start, strings = stretch
    notes: list[Note] = []
    items = list(_parsed(text, start, strings, lambda line, told: notes.append(Note(line, told))))
    return items, notes


def _stretches(source: Source) -> Iterator[Stretch]:
    """Pieces of the file that begin with an entry, their first lines' numbers and the @strings."""
    strings = ""
    for start, text in _pieces(source):
        if "@string" in text.casefold():
            strings += "".join(re.findall(r"^\s*@string\s*\{.*\}\s*$", text, re.I | re.M))
        yield text, start, strings


def _pieces(source: Source) -> Iterator[tuple[int, str]]:
    held: list[str] = []
    entries, start = 0, 1
    for number, line in enumerate(source.lines(), start=1):
        if "@" in line[:8] and _AT.match(line):
            entries += 1
            if entries > _STRETCH:
                yield start, "".join(held)
                held, entries, start = [], 1, number
        held.append(line)
    if held:
        yield start, "".join(held)


def _key(record: Record) -> str:
    return re.sub(r"[^\w:.-]", "_", record.extra.get(rest.KEY) or record.key)


def _parsed(
    text: str, start: int, strings: str, note: Callable[[int, str], None] = lambda *told: None
) -> Iterator[Record | Refusal]:
    import bibtexparser
    from bibtexparser import model
    from bibtexparser.middlewares.parsestack import default_parse_stack

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    before = strings.replace("\n", " ") + "\n" if strings and strings not in text else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    library = bibtexparser.parse_string(before + text, [_keys_apart(), *default_parse_stack()])
    at = start - before.count("\n")
    for block in library.blocks:
        line = block.start_line + at
        if isinstance(block, model.Entry):
            yield _record(block, line)
        elif isinstance(block, model.DuplicateFieldKeyBlock):
            names_of = ", ".join(sorted(block.duplicate_keys))
            yield Refusal(
                line, _("A field stands twice in the entry: {names}.").format(names=names_of),
                block.raw[:200],
            )  # fmt: skip
        elif isinstance(block, model.ParsingFailedBlock):
            raw = block.raw.lstrip()
            if raw.casefold().startswith(_NO_RECORD) or not raw.startswith("@"):
                continue
            yield Refusal(line, _("The entry is not BibTeX: its braces or quotes do not close."),
                          raw[:200])  # fmt: skip
        elif isinstance(block, model.ImplicitComment) and not block.comment.startswith("%"):
            note(line, _("Text that stands outside any entry was passed over."))


def _keys_apart():
    """A step of bibtexparser's that gives a key of its own to each entry whose key stands twice."""
    from bibtexparser import Library, middlewares, model

    class KeysApart(middlewares.LibraryMiddleware):
        def transform(self, library):
            blocks = []
            for at, block in enumerate(library.blocks):
                if isinstance(block, model.DuplicateBlockKeyBlock):
                    block = block.ignore_error_block
                    block.key = f"{block.key}\0{at}"
                blocks.append(block)
            return Library(blocks)

    return KeysApart()


def _record(entry, line: int) -> Record:
    record = Record(line=line)
    kept = ""
    month = ""
    for field in entry.fields:
        name, value = field.key.casefold(), str(field.value)
        if name == rest.NAME:
            kept = value
            continue
        if name not in ("author", "editor"):
            value = value if name in _VERBATIM else tex.decoded(value)
        if not value.strip():
            continue
        if name in ("year", "date"):
            fill.put(record, "year", dates.year(value), value.strip())
            record.date = dates.date(value) if name == "date" else record.date
        elif name == "month":
            month = value
        elif name == "note" and value.startswith("Cited by"):
            record.cited_by = fill.number(value.partition("Cited by")[2].strip(" :;."))
            record.extra["note"] = value
        elif name in _FIELDS and not getattr(record, _target(name), None):
            _FIELDS[name](record, value)
        else:
            record.extra[field.key] = value
    record.date = record.date or (dates.date(month, str(record.year or "")) if month else "")
    record.date = record.date or str(record.year or "")
    if month and record.date != month:
        record.original["date"] = month
    if not record.document_type:
        kind = entry.entry_type.casefold()
        record.document_type = _ENTRIES.get(kind, "other")
        if kind not in _ENTRIES:
            record.original["document_type"] = entry.entry_type
    record.eid = record.eid or identifiers.eid(record.url)
    if kept:
        rest.restore(record, kept)
    key = entry.key.partition("\0")[0]
    if key and key != _key(record):
        record.extra[rest.KEY] = key
    return record


_TARGETS = {"author": "authors", "editor": "editors", "journal": "source", "booktitle": "source",
            "journaltitle": "source", "number": "issue", "issue": "issue",
            "affiliation": "affiliations"}  # fmt: skip


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
