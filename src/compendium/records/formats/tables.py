"""Tables of databases, reference managers and screening tools, each known by its own columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from compendium.language import N_
from compendium.records import dates, fill, identifiers, names, table, tagged
from compendium.records.delimited import header, rows
from compendium.records.formats import plain_table, wos
from compendium.records.record import Record, Refusal
from compendium.records.registry import Format, register, register_as
from compendium.records.source import Source

Fill = Callable[[Record, str], None]


@dataclass
class DatabaseTable(Format):
    """A table that one database exports.

    Attributes
    ----------
    marks : frozenset of str
        Columns, in lower case, that only its tables have together.
    columns : dict of str to function
        What its columns mean where their names do not say it; see `plain_table.NAMES`.
    finish : function, optional
        What is put together from several cells.
    """

    name: str
    label: str
    marks: frozenset[str]
    columns: dict[str, Fill] = field(default_factory=dict)
    finish: Callable[[Record, dict[str, str]], None] | None = None

    by_name = tuple(plain_table.NAMES)

    def fills(self):
        """See `Format`."""
        return self.columns.values()

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return self.marks <= {name.casefold() for name in header(head).names}

    def layout(self, names_of: list[str]) -> table.Layout:
        """Which column becomes which field."""
        known = plain_table.fills_of(names_of)
        return table.Layout(known | self.columns, (), self._finish)

    def _finish(self, record: Record, row: dict[str, str]) -> None:
        plain_table.finish(record, row)
        if self.finish:
            self.finish(record, row)

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        yield from table.read(source, self.layout(header(source.head).names))


def _accession(database: str, pattern: str = r"\S.*") -> Fill:
    def fills(record: Record, cell: str) -> None:
        found = re.search(pattern, cell)
        if found:
            record.accession = f"{database}:{found[0].strip()}"

    return fills


def _people(divider: str = ";") -> Fill:
    """Names as they are spoken: `Jane Doe; Richard Roe`."""

    def fills(record: Record, cell: str) -> None:
        fill.put(record, "authors", names.names(cell.split(divider), True), cell.strip())

    return fills


def _keep(name: str) -> Fill:
    return lambda record, cell: record.extra.__setitem__(name, cell)


def _also(name: str, divider: str = ";") -> Fill:
    """Entries that go to those that another column gave."""

    def fills(record: Record, cell: str) -> None:
        by = ";" if ";" in cell else divider
        found = (*getattr(record, name), *fill.divided(cell, by))
        setattr(record, name, tuple(dict.fromkeys(found)))

    return fills


def _type_of(said: dict[str, str]) -> Fill:
    def fills(record: Record, cell: str) -> None:
        word = fill.plain(cell).casefold()
        kind = said.get(word) or said.get(word.rpartition(" ")[2]) or fill.codes.code(
            "document_type", word)
        fill.put(record, "document_type", kind, cell.strip())

    return fills


def _commas(name: str) -> Fill:
    return lambda record, cell: fill.entries(name, ";" if ";" in cell else ",")(record, cell)


def _affiliations(record: Record, cell: str) -> None:
    """`Doe, Jane (University A; University B); Roe, Richard (Institute C)`."""
    parts = tuple(map(fill.plain, re.split(r";\s*(?![^()]*\))", cell)))
    fill.put(record, "affiliations", tuple(filter(None, parts)), cell.strip())


_PLACE = re.compile(
    r"(?P<source>.+?)\s*\((?P<year>\d{4})\)\s*(?P<volume>[^\s:(.]+)?"
    r"(?::(?P<issue>[^\s(.]+))?\s*(?:\((?P<pages>[^)]+)\))?"
)


def _embase_source(record: Record, cell: str) -> None:
    """`Journal of Examples (2020) 5:1 (1-9). Date of Publication: 2 Jan 2020`."""
    found = _PLACE.match(cell)
    if not found:
        fill.text("source")(record, cell)
        return
    fill.put(record, "source", fill.plain(found["source"]), cell.strip())
    record.year = record.year or int(found["year"])
    record.volume, record.issue = found["volume"] or "", found["issue"] or ""
    pages = (found["pages"] or "").strip()
    if re.match(r"(?:article number:?\s*)", pages, re.I):
        record.article_number = pages.partition(":")[2].strip() or pages
    else:
        record.pages = dates.pages(pages)
    if day := re.search(r"Date of Publication:\s*([^.]+)", cell):
        record.date = dates.date(day[1], str(record.year or ""))


def _family_first(record: Record, cell: str) -> None:
    """`Doe J.R., Roe, Poe A.`: commas divide persons, of whom some have one name."""
    parts = cell.split(",")
    if ";" in cell or not _INITIALS.search(parts[0].rstrip()):
        fill.people("authors")(record, cell)
    else:
        fill.put(record, "authors", names.names(parts), cell.strip())


_INITIALS = re.compile(r"\w[\w'’ .-]* (?:[^\W\d_]{1,2}\.-?)+$")
_EMBASE = {
    "source": _embase_source, "source title": fill.text("source"),
    "author names": _family_first, "author keywords": _commas("author_keywords"),
    "emtree drug index terms": _also("index_terms", ","),
    "emtree medical index terms": _also("index_terms", ","),
    "emtree drug index terms (major focus)": _also("index_terms", ","),
    "emtree medical index terms (major focus)": _also("index_terms", ","),
    "publication type": fill.DOCUMENT_TYPE, "medline pmid": fill.PMID,
    "embase accession id": _accession("embase", r"\d+"), "full text link": fill.text("url"),
    "author addresses": fill.entries("affiliations"), "article language": fill.LANGUAGE,
    "language of article": fill.LANGUAGE, "source type": fill.SOURCE_TYPE,
    "conference name": fill.text("conference"),
}  # fmt: skip

_CITED = re.compile(
    r"\b\d{4}[^;:]*;\s*(?P<volume>[\w.-]+)?(?:\s*\((?P<issue>[^)]+)\))?"
    r"(?::\s*(?P<pages>[\w-]+))?"
)


def _citation(record: Record, cell: str) -> None:
    """`J Exam. 2020 Jan;5(1):1-9. doi: 10.1000/ex.1.`."""
    record.extra["Citation"] = cell
    if found := _CITED.search(cell):
        record.volume, record.issue = found["volume"] or "", found["issue"] or ""
        record.pages = dates.pages(found["pages"] or "")


def _of_pubmed(record: Record, cell: str) -> None:
    """`Doe J, Roe RA Jr, Poe Ab; Example Group.`: commas stand between persons only."""
    people, *groups = cell.strip().removesuffix(".").split(";")
    found = [*people.split(","), *(one for group in groups for one in fill.persons_of(group))]
    fill.put(record, "authors", names.names(found), cell.strip())


def _initials_first(record: Record, cell: str) -> None:
    """`J Doe, RA Roe, B Poe`, as Google Scholar has it; `…` where it cut the list."""
    parts = [part.strip() for part in cell.split(",") if part.strip(" …")]
    turned = [re.sub(r"^([^\W\d_a-zа-яё]{1,3}) ([^\W\d_]{2,}.*)$", r"\2, \1", part)
              for part in parts]
    fill.put(record, "authors", names.names(turned, True), cell.strip())


def _known(put: Fill) -> Fill:
    """Where nought stands for what is not known."""
    return lambda record, cell: None if cell.strip() in ("0", "0.0") else put(record, cell)


def _run_together(record: Record, cell: str) -> None:
    """`Jane DoeRichard Roe`: a person ends where a capital follows a small letter."""
    if ";" in cell:
        _people()(record, cell)
        return
    parts = re.split(r"(?<![ .-]Mc)(?<![ .-]Mac)(?<![ .-]De)(?<![ .-]La)(?<![ .-]Le)(?<![ .]Van)"
                     r"(?<=[^\W\d_A-ZА-ЯЁ])(?=[A-ZÀ-ÞА-ЯЁ])", cell)  # fmt: skip
    fill.put(record, "authors", names.names(parts, True), cell.strip())


def _zotero_type(record: Record, cell: str) -> None:
    said = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cell).casefold()
    kind = {"book section": "book_chapter", "manuscript": "preprint"}.get(said)
    fill.put(record, "document_type", kind or fill.codes.code("document_type", said), cell)


def _day(record: Record, row: dict[str, str]) -> None:
    """A date in three columns, of which the last may be missing."""
    parts = [row.get(name, "").strip() for name in ("year", "month", "day")]
    if parts[0] and parts[1]:
        record.date = dates.date("-".join(filter(None, parts))) or dates.date(
            " ".join(reversed(list(filter(None, parts))))
        )


def _ieee(record: Record, row: dict[str, str]) -> None:
    if found := re.search(r"arnumber=(\d+)|/document/(\d+)", row.get("pdf link", "")):
        record.accession = f"ieee:{found[1] or found[2]}"


_TABLES = [
    DatabaseTable("cochrane-csv", N_("Cochrane Library, CSV"), frozenset({"cochrane review id"}), {
        "cochrane review id": _accession("cochrane"), "author(s)": fill.people("authors"),
    }, lambda record, row: setattr(record, "document_type", record.document_type or "review")),
    DatabaseTable("covidence", N_("Covidence, CSV"), frozenset({"covidence #"}), {
        "published year": fill.YEAR,
        "published month": lambda record, cell: setattr(
            record, "date", dates.date(cell, str(record.year or "")) if record.year else ""),
        "accession number": lambda record, cell: (
            fill.WOS if identifiers.wos(cell) else _keep("Accession Number"))(record, cell),
    }),
    DatabaseTable("dimensions", N_("Dimensions, CSV or Excel"), frozenset({"publication id",
                  "pubyear"}), {
        "publication id": _accession("dimensions"), "pubyear": fill.YEAR,
        "publication date": fill.made("date", dates.date), "pagination": fill.made(
            "pages", dates.pages), "anthology title": fill.text("source"),
        "source title/anthology title": fill.text("source"),
        "source title": fill.text("source"), "mesh terms": fill.entries("index_terms"),
        "publication type": fill.DOCUMENT_TYPE, "times cited": fill.CITED_BY,
        "authors affiliations": _affiliations, "authors (raw affiliation)": _affiliations,
        "dimensions url": fill.text("url"), "funding": fill.entries("funding"),
    }),
    DatabaseTable("embase", N_("Embase, CSV or Excel by columns"), frozenset({"title", "source",
                  "author names"}), _EMBASE),
    DatabaseTable("ieee", N_("IEEE Xplore, CSV"), frozenset({"document title",
                  "publication title"}), {
        "authors": _people(), "publication title": fill.text("source"),
        "author affiliations": fill.entries("affiliations"), "isbns": fill.ISBN,
        "pdf link": fill.text("url"), "ieee terms": fill.entries("index_terms"),
        "inspec controlled terms": _also("index_terms"), "funding information": fill.entries(
            "funding"), "article citation count": fill.CITED_BY,
        "document identifier": _type_of({
            "conferences": "conference_paper", "journals": "article", "magazines": "article",
            "articles": "article", "standards": "report", "books": "book", "ebooks": "book",
            "chapters": "book_chapter",
        }),
    }, _ieee),
    DatabaseTable("lens", N_("Lens, CSV"), frozenset({"lens id", "title"}), {
        "lens id": _accession("lens"), "author/s": _people(), "issns": fill.ISSN,
        "date published": fill.made("date", dates.date), "issue number": fill.ISSUE,
        "citing works count": fill.CITED_BY, "publication type": fill.DOCUMENT_TYPE,
        "mesh terms": fill.entries("index_terms"), "keywords": fill.entries("keywords"),
        "source urls": fill.text("url"), "external url": fill.text("url"), "funding": fill.entries(
            "funding"), "is open access": fill.OPEN_ACCESS,
    }),
    DatabaseTable("publish-or-perish", N_("Publish or Perish, CSV"), frozenset({"cites",
                  "articleurl"}), {
        "authors": _initials_first, "cites": fill.CITED_BY, "articleurl": fill.text("url"),
        "volume": _known(fill.VOLUME), "issue": _known(fill.ISSUE), "year": _known(fill.YEAR),
        "startpage": lambda record, cell: None, "endpage": lambda record, cell: None,
        "type": _keep("Type"),
    }, lambda record, row: setattr(record, "pages", dates.pages(*(
        "" if row.get(at, "0") == "0" else row[at] for at in ("startpage", "endpage"))))),
    DatabaseTable("pubmed-csv", N_("PubMed, summary CSV"), frozenset({"pmid", "citation",
                  "create date"}), {
        "citation": _citation, "journal/book": fill.text("source"), "authors": _of_pubmed,
    }),
    DatabaseTable("rayyan", N_("Rayyan, CSV"), frozenset({"key", "pubmed_id", "pmc_id"}), {
        "keywords": _commas("keywords"), "pubmed_id": fill.PMID, "notes": _keep("notes"),
        "key": _keep("key"), "location": _keep("location"),
    }, _day),
    DatabaseTable("springerlink", N_("SpringerLink, CSV"), frozenset({"item title", "item doi"}), {
        "item title": fill.text("title"), "item doi": fill.DOI, "authors": _run_together,
        "publication title": fill.text("source"), "journal volume": fill.VOLUME,
        "journal issue": fill.ISSUE, "book series title": _keep("Book Series Title"),
        "content type": _type_of({"conferencepaper": "conference_paper", "chapter": "book_chapter",
                                  "conferenceproceedings": "conference_review",
                                  "referenceworkentry": "book_chapter"}),
    }),
    DatabaseTable("zotero-csv", N_("Zotero, CSV"), frozenset({"item type", "publication title"}), {
        "item type": _zotero_type, "publication title": fill.text("source"),
        "abstract note": fill.text("abstract"), "manual tags": _also("keywords"),
        "automatic tags": _also("keywords"), "date": fill.made("date", dates.date),
        "proceedings title": fill.text("conference"), "key": _keep("Key"),
        "journal abbreviation": fill.text("abbreviated_source"), "author": fill.people("authors"),
        "editor": fill.people("editors"), "type": _keep("Type"),
    }),
    DatabaseTable("proquest", N_("ProQuest, Excel"), frozenset({"storeid", "title"}), {
        "storeid": _accession("proquest"), "pubtitle": fill.text("source"), "pubdate": fill.made(
            "date", dates.date), "digitalobjectidentifier": fill.DOI,
        "documentdoi": fill.DOI, "documenturl": fill.text("url"), "documenttype":
        fill.DOCUMENT_TYPE, "articletype": _keep("ArticleType"),
        "subjectterms": _also("index_terms", ","), "subjects": _also("index_terms", ","),
        "identifierkeywords": _commas("keywords"),
        "classification": _keep("classification"), "startpage": lambda record, cell: None,
    }, lambda record, row: setattr(record, "pages", record.pages or dates.pages(
        row.get("pages", row.get("startpage", ""))))),
    DatabaseTable("core", N_("CORE, CSV"), frozenset({"title", "yearpublished"}), {
        "yearpublished": fill.YEAR, "downloadurl": fill.text("url"), "id": _accession("core"),
        "publisheddate": fill.made("date", dates.date), "documenttype": fill.DOCUMENT_TYPE,
    }),
]  # fmt: skip
for _each in _TABLES:
    register_as(_each)


@register
class EmbaseRows(Format):
    """Embase's CSV by rows: a row a field, its name first."""

    name = "embase-rows"
    label = N_("Embase, CSV by rows")

    by_name = tuple(plain_table.NAMES)

    def fills(self):
        """See `Format`."""
        return _EMBASE.values()

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        start = head.lstrip("\ufeff\r\n")
        second = r'"?TITLE"?,(?:.*\n)+?"?(?:SOURCE|AUTHOR NAMES)"?,'
        return re.match(second, start[:20_000]) is not None

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        columns = plain_table.fills_of_any() | _EMBASE
        record: Record | None = None
        for row in rows(source, divider=",", ragged=True):
            if isinstance(row, Refusal):
                yield row
                continue
            line, (name, *cells) = row
            if name.casefold() == "title":
                if record:
                    plain_table.finish(record, {})
                    yield record
                record = Record(line=line)
            cell = ("; " if len(cells) > 1 else ", ").join(c for c in cells if c.strip())
            if record is None or not cell:
                continue
            if put := columns.get(name.casefold()):
                put(record, cell)
            else:
                record.extra[name] = cell
        if record:
            plain_table.finish(record, {})
            yield record


@register
class WosTab(Format):
    """Web of Science's table that tabs divide: a column a tag."""

    name = "wos-tab"
    label = N_("Web of Science, tab-delimited")
    by_code = wos.Wos.by_code

    def fills(self):
        """See `Format`."""
        return wos.Wos().fills()

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        named = set(header(head).names)
        return {"AU", "TI"} <= named and ("PT" in named or {"PY", "SO"} <= named)  # bibliometrix

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        tags, divider, before = header(source.head)
        first = True
        for row in rows(source, len(tags), divider, before):
            if isinstance(row, Refusal):
                yield row
            elif not first:
                entry = tagged.Entry(row[0])
                for tag, cell in zip(tags, row[1], strict=True):
                    if cell.strip() and tag and cell not in table.UNKNOWN:
                        parts = cell.split(";") if tag in ("AU", "AF", "BE", "CR", "C1") else [cell]
                        entry.tags[tag] = _whole_addresses(parts) if tag == "C1" else [
                            part.strip() for part in parts]  # fmt: skip
                if "BP" not in entry.tags and "PP" in entry.tags:
                    entry.tags["BP"] = entry.tags.pop("PP")
                record = wos.made(entry)
                record.eid = identifiers.eid(record.original.get("wos", "").lower())
                yield record
            first = False


def _whole_addresses(parts: list[str]) -> list[str]:
    """`[Doe, Jane; Roe, Richard] Univ Example`: semicolons between brackets divide no addresses."""
    found: list[str] = []
    for part in parts:
        if found and found[-1].count("[") > found[-1].count("]"):
            found[-1] += ";" + part
        else:
            found.append(part.strip())
    return found

