"""RIS, as Scopus, Web of Science, Zotero and EndNote write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from compendium.language import N_
from compendium.records import dates, fill, identifiers, names, rest, tagged
from compendium.records.record import Record, Refusal
from compendium.records.registry import Format, Writer, register
from compendium.records.source import Source
from compendium.records.tagged import each, keep, one

_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|\s*$)", re.DOTALL)
_FIRST = re.compile(r"^([ \t]*)(TY|ty)([ \t]{1,4})-([ \t]*)(?=[A-Za-z])", re.MULTILINE)
_UNTYPED, _END = re.compile(r"\s*[A-Z][A-Z0-9]  - "), re.compile(r"^ER  -\s*$", re.MULTILINE)
_KNOWN = (
    "A[1-6BDNUV]|B[LT]|C[1-8APRNTVY]|D[ABOPSI]|E[DPRNT]|F[DUX]|I[DS]|J[1-9AFOI]|KW|L[1-4ABK]|M[1-3]|"
    "N[1-9LTO]|O[PI]|P[BMPUYTST]|R[INPTD]|S[ENPTOQU]|T[1-3AITY]|U[1-9RST]|V[LO]|WE|Y[1-2R]|[XZ][1-9]"
)
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
    "INPR": ("article", "journal"), "ABST": ("abstract_report", ""), "ELEC": ("other", ""),
    "NEWS": ("article", ""), "BLOG": ("other", ""), "WEB": ("other", ""), "MISC": ("other", ""),
    "PAT": ("other", ""), "STAT": ("other", ""), "STAND": ("other", ""), "GOVDOC": ("report", ""),
    "DBASE": ("dataset", ""), "ENCYC": ("book_chapter", "book"), "DICT": ("book_chapter", "book"),
    "MANSCPT": ("preprint", ""), "PCOMM": ("other", ""), "VIDEO": ("other", ""),
    "COMP": ("other", ""), "HEAR": ("other", ""), "CASE": ("other", ""), "AGGR": ("dataset", ""),
    "ANCIENT": ("other", ""), "CTLG": ("other", ""),
    "GRANT": ("other", ""), "INTV": ("other", ""), "MAP": ("other", ""), "SOUND": ("other", ""),
    "SLIDE": ("other", ""), "ART": ("other", ""), "BILL": ("other", ""),
}  # fmt: skip
_WRITTEN = {"journal": "JOUR", "conference": "CPAPER", "book": "CHAP", "book_series": "SER",
            "trade_journal": "MGZN"}  # fmt: skip
_OF_TYPE = {"book": "BOOK", "thesis": "THES", "report": "RPRT", "preprint": "UNPB",
            "dataset": "DATA", "other": "GEN"}  # fmt: skip


def _type(record: Record, values: list[str]) -> None:
    kind = values[0].upper()
    known = _TYPES.get(kind)
    if known is None:
        record.original["source_type"] = values[0]
        return
    record.document_type, record.source_type = known
    if kind == "INPR":
        record.stage = "in_press"


def _work(record: Record, values: list[str]) -> None:
    """A kind of work, a DOI, a class of a thesaurus: `M3` holds what each database likes."""
    for value in values:
        said = fill.codes.code("document_type", value)
        if found := identifiers.doi(value):
            record.doi = record.doi or found
            if value.casefold() != found:
                keep(record, "M3", [value])
        elif fill.codes.code("stage", value) == "in_press":
            record.stage = "in_press"
            record.original["stage"] = value
        elif said in fill.codes.DOCUMENT_TYPES:
            record.document_type = ""  # it says it more closely than TY
            one("document_type", fill.DOCUMENT_TYPE)(record, [value])
        else:
            keep(record, "M3", [value])


def _links(record: Record, values: list[str]) -> None:
    """Addresses of files; EBSCO has the DOI here."""
    for value in values:
        found = identifiers.doi(value)
        if found and (not record.doi or record.doi == found):
            record.doi = found
        else:
            keep(record, "L3", [value])


def _copies(tag: str) -> Callable[[Record, list[str]], None]:
    """Addresses of copies, of which the one at doi.org is the DOI's own."""

    def fills(record: Record, values: list[str]) -> None:
        keep(record, tag, values)
        own = next(filter(_AT_DOI.match, values), "")
        record.doi = record.doi or identifiers.doi(own)

    return fills


_AT_DOI = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/10\.")


def _persons(name: str) -> Callable[[Record, list[str]], None]:
    def fills(record: Record, values: list[str]) -> None:
        lines = [line for value in values for line in value.split("\n")]
        parts = [part for line in lines for part in _persons_of(line, len(lines) == 1)]
        each(name, names.name)(record, parts)
        if [part.strip() for part in parts] != values:
            record.original[name] = "; ".join(values)

    return fills


def _persons_of(line: str, alone: bool) -> list[str]:
    """Persons of a line; among several lines `Roe C., Ann B.` is one who has two family names."""
    if not (_SEVERAL.search(line) or _AFTER_INITIAL.search(line)):
        return [line]
    found = fill.persons_of(line)
    return found if alone or len(found) != 2 or _SEVERAL.search(line) else [line]


_SEVERAL = re.compile(r";|^\[['\"]|\band\b")
_AFTER_INITIAL = re.compile(r"\., \w")


def _affiliations_or_conference(record: Record, values: list[str]) -> None:
    """`C3`: affiliations of Web of Science, numbers of other databases in Cochrane's, or a talk."""
    whole = "; ".join(values)
    found = re.findall(r"\b(PUBMED|EMBASE|CINAHL|CTGOV|ICTRP)\s+(\w+)", whole, re.IGNORECASE)
    numbers = {database.upper(): number for database, number in found}
    if numbers:
        record.pmid = record.pmid or identifiers.pmid(numbers.get("PUBMED", ""))
        if embase := numbers.get("EMBASE"):
            record.accession = record.accession or f"embase:{embase}"
        keep(record, "C3", values)
    elif record.wos:
        keep(record, "C3", values)
        record.affiliations = record.affiliations or tuple(map(fill.plain, values))
    else:
        one("conference")(record, values)


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
    if lens := _AT_LENS.match(record.url):
        record.accession = record.accession or f"lens:{lens[1]}"
    elif proquest := _AT_PROQUEST.match(record.url):
        record.accession = record.accession or f"proquest:{proquest[1]}"


_AT_LENS = re.compile(r"https?://(?:www\.|link\.)?lens\.org/(\d{3}(?:-\d{3}){3}-\w{3})$")
_AT_PROQUEST = re.compile(r"https?://[\w.]*proquest\.com/.*\bdocview/(\d{6,})\b")
_DATABASES = (("embase", r"embase|emba\b|emez\b|oemezd"), ("proquest", r"proquest"),
              ("ieee", r"ieee"), ("cochrane", r"cochrane|\bcctr"))  # fmt: skip


def accession(record: Record, values: list[str], database: str = "") -> None:
    """A number of a database: whose it is, its form tells or the database's name."""
    for value in values:
        if found := identifiers.wos(value):
            record.wos = found
        elif re.fullmatch(r"CN-\d+", value.strip()):
            record.accession = found = f"cochrane:{value.strip()}"
        elif re.fullmatch(r"pub\.\d+", value):
            found = value
            record.accession = f"dimensions:{value}"
        elif re.fullmatch(r"\d{1,9}", value) and _PUBMED.search(database):
            record.pmid = record.pmid or identifiers.pmid(value)
            found = value
        elif number := re.fullmatch(r"[LA-Z]?(\d{5,})", value):
            own = next((n for n, words in _DATABASES if re.search(words, database, re.I)), "")
            record.accession = record.accession or (f"{own}:{number[1]}" if own else "")
        if value != found:
            keep(record, "AN", [value])


_PUBMED = re.compile(r"\b(?:NLM|pubmed|medline|ovid medline|MEDL|ppez|prem)\b", re.IGNORECASE)


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
            record.cited_by = fill.number(text)
        elif times := re.match(r"Times Cited in Web of Science Core Collection:\s*(\d+)", value):
            record.cited_by = fill.number(times[1])
            keep(record, "N1", [value])
        elif label.casefold() == "doi" and not record.doi and identifiers.doi(text):
            record.doi = identifiers.doi(text)
        elif colon and text and "\n" not in value and len(label) < 40:
            keep(record, label, [text])
        else:
            keep(record, "N1", [value])


_TAGS = {
    "TY": _type, "M3": _work,
    "TI": one("title"), "T1": one("title"), "AB": one("abstract"), "N2": one("abstract"),
    "AU": _persons("authors"), "A1": _persons("authors"),
    "ED": _persons("editors"), "A2": _persons("editors"),
    "T2": one("source"), "JO": one("source"), "JF": one("source"), "BT": one("source"),
    "SO": one("source"),
    "JI": one("abbreviated_source"), "J2": one("abbreviated_source"),
    "JA": one("abbreviated_source"),
    "VL": one("volume", fill.VOLUME), "IS": one("issue", fill.ISSUE), "C7": one("article_number"),
    "DO": one("doi", fill.DOI), "SN": _numbers, "AN": accession, "C2": _pubmed,
    "PY": one("year", fill.YEAR), "Y1": one("year", fill.YEAR),
    "LA": one("language", fill.LANGUAGE), "KW": each("keywords"), "AD": each("affiliations"),
    "PB": one("publisher"), "PU": one("publisher"), "L3": _links,
    "L1": _copies("L1"), "L2": _copies("L2"),
    "FU": tagged.whole("funding", fill.entries("funding")), "UR": _address, "N1": _notes,
}  # fmt: skip


@register
class Ris(Format, Writer):
    """RIS."""

    name = "ris"
    label = N_("RIS")
    suffix = ".ris"
    by_code = ("pages", "date", "cited_by", "pmid", "accession", "affiliations", "conference",
               "references")

    def fills(self):
        """See `Format`."""
        return tagged.each_alone(_TAGS)

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        if _FIRST.search(head) is None:
            return _UNTYPED.match(head) is not None and _END.search(head) is not None
        return not head.lstrip().startswith(("{", "<", "@"))

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        apart = _Apart(**vars(source))
        for entry in tagged.entries(apart, _tag(source.head), "TY", "ER"):
            yield entry if isinstance(entry, Refusal) else made(entry)

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
        return made(entry)


def fills_of(tags: Iterable[str]) -> Iterator[Callable[[Record, str], None]]:
    """What some tags do; see `Format.fills`."""
    return tagged.each_alone({tag: _TAGS[tag] for tag in tags if tag in _TAGS})


def _tag(head: str) -> re.Pattern:
    """A line with a tag as this file writes it: indented, in lower case, with one blank or tabs."""
    begun = _FIRST.search(head)
    if begun is None:
        return _TAG
    indent, tag, gap, after = begun.groups()
    if (indent, tag, gap) == ("", "TY", "  ") and after:
        return _TAG
    letters = "[A-Z][A-Z0-9]" if gap == "  " else f"(?:{_KNOWN})"
    between = gap if gap == "  " else "[ \\t]{1,4}"
    return re.compile(
        rf"[ \t]{{0,{len(indent) + 1 if indent else 0}}}({letters}){between}-(?:[ \t]*(.*)|\s*$)",
        re.DOTALL | (re.IGNORECASE if tag == "ty" else 0),
    )


class _Apart(Source):
    """A file whose lines are divided where two tags share one."""

    def lines(self) -> Iterator[str]:
        for line in super().lines():
            if "  - " in line[6:]:
                yield from _RUN_ON.split(line)
            else:
                yield line


def made(entry: tagged.Entry) -> Record:
    """A record of an entry's tags."""
    tags = entry.tags
    notes, talk, numbers = (tags.pop(tag, None) for tag in ("N1", "C3", "AN"))
    pages = [tags.pop(tag, [""])[0] for tag in ("SP", "EP")]
    days = [day for tag in ("DA", "Y1") for day in tags.pop(tag, []) if day]
    if "PY" in tags and not any(tags["PY"]):
        del tags["PY"]
    if "PY" not in tags:
        tags["PY"] = days[-1:]  # Y1 before DA
    database = " ".join(v for tag in ("DB", "DP") for v in tags.get(tag, ()))
    record = tagged.filled(entry, _TAGS)
    record.source = record.source or record.abbreviated_source  # Ovid has the whole title in JA
    if database == "Scopus" and not (record.title or record.volume or any(pages)):
        record.title = record.source  # a book that it knows from references only
    if numbers:
        accession(record, numbers, database)
    record.pages = dates.pages(*pages)
    if record.pages != "–".join(filter(None, pages)):
        record.original["pages"] = "-".join(filter(None, pages))
    _days(record, days)
    if talk:
        _affiliations_or_conference(record, talk)
    if notes:  # last, for it may hold what the other tags could not say
        _notes(record, notes)
    return record


def _days(record: Record, days: list[str]) -> None:
    """The most precise date of the year that the record is of; what says otherwise is kept."""
    known = str(record.year or "")
    found = {day: dates.date(day, known) for day in days}
    fit = [day for day, made in found.items() if made.startswith(known)]
    chosen = max(fit, key=lambda day: len(found[day]), default="")
    record.date = found[chosen] if chosen else known
    for day in days:
        if day not in (chosen, known) and not record.date.startswith(found[day] or "?"):
            keep(record, "DA", [day])
    if chosen and record.date != chosen:
        record.original["date"] = chosen
    if record.year is None and record.date:
        record.year = int(record.date[:4])


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
