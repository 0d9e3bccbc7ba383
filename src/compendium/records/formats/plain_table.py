"""Any table whose header names a title or an abstract: Web of Science's for Excel, one's own."""

from __future__ import annotations

from pathlib import Path

from compendium.errors import CompendiumError
from compendium.language import N_, _
from compendium.records import dates, delimited, fill, table
from compendium.records.delimited import header
from compendium.records.record import VALUES, Record
from compendium.records.registry import Format, register
from compendium.records.source import Source

NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "article title", "display_name", "document title", "item title",
              "primary_title", "titles", "название", "заглавие", "заголовок", "наименование",
              "название статьи", "название публикации", "атауы", "тақырыбы", "тақырып",
              "мақала атауы", "мақаланың атауы"),
    "abstract": ("abstract", "abstract note", "summary", "notes_abstract", "аннотация", "реферат",
                 "резюме", "аңдатпа", "түйіндеме", "түйін"),
    "author_keywords": ("author keywords", "author_keywords", "ключевые слова авторов",
                        "автордың кілт сөздері"),
    "index_terms": ("index keywords", "index_terms", "keywords plus", "mesh terms", "subjects",
                    "subject terms", "subject headings"),
    "keywords": ("keywords", "keyword", "tags", "ключевые слова", "кілт сөздер", "түйін сөздер",
                 "кілтті сөздер", "түйінді сөздер"),
    "authors": ("author full names", "authors", "author", "author names", "author(s)", "author/s",
                "creators", "first_authors", "авторы", "автор", "авторлар", "авторлары"),
    "affiliations": ("affiliations", "addresses", "author affiliations", "affiliation",
                     "аффилиация", "аффилиации", "организация", "место работы", "ұйым",
                     "жұмыс орны"),
    "source": ("source title", "journal", "journal title", "journal/book", "venue",
               "publication name", "publication title", "secondary_title", "source", "периодика",
               "журнал", "источник", "издание", "название источника", "название журнала",
               "дереккөз", "басылым", "журнал атауы"),
    "abbreviated_source": ("abbreviated source title", "journal abbreviation",
                           "journal iso abbreviation"),
    "publisher": ("publisher", "издательство", "издатель", "баспа", "баспасы"),
    "conference": ("conference name", "conference title", "conference", "конференция"),
    "editors": ("editors", "book editors", "редакторы", "редакторлар"),
    "funding": ("funding details", "funding orgs", "funding", "финансирование", "қаржыландыру"),
    "references": ("references", "cited references", "список литературы", "әдебиеттер тізімі"),
    "language": ("language of original document", "language", "язык", "тіл", "тілі"),
    "document_type": ("document type", "document_type", "type", "doctype", "publication type",
                      "тип документа", "тип публикации", "тип", "вид публикации", "құжат түрі",
                      "жарияланым түрі", "түрі"),
    "stage": ("publication stage", "stage"),
    "open_access": ("open access", "open access designations", "open_access", "is_oa",
                    "открытый доступ", "ашық қолжетімділік"),
    "source_type": ("source type", "source_type"),
    "year": ("year", "publication year", "publication_year", "published year", "pub_year", "год",
             "год публикации", "год издания", "жыл", "жылы", "жарияланған жылы"),
    "date": ("publication date", "date published", "date", "publication_date", "дата публикации",
             "жарияланған күні"),
    "volume": ("volume", "vol", "vol.", "том", "томы"),
    "issue": ("issue", "issue number", "number", "no.", "выпуск", "номер", "шығарылым", "нөмір",
              "нөмірі"),
    "pages": ("pages", "page range", "pagination", "страницы", "стр.", "стр", "беттер", "беттері",
              "бет"),
    "article_number": ("art. no.", "article number", "номер статьи", "мақала нөмірі"),
    "doi": ("doi", "doi link", "item doi"),
    "eid": ("eid",),
    "pmid": ("pubmed id", "pmid", "pubmed_id", "medline pmid"),
    "wos": ("ut (unique wos id)", "ut (unique id)", "unique wos id"),
    "issn": ("issn", "eissn", "e-issn", "issns", "print issn", "electronic issn"),
    "isbn": ("isbn", "isbns"),
    "url": ("link", "url", "urls", "plink", "ссылка", "сілтеме"),
    "cited_by": ("cited by", "times cited, all databases", "times cited, wos core", "times cited",
                 "cited_by_count", "total citations", "citations", "цитирований",
                 "число цитирований", "цитирования", "дәйексөздер саны"),
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
    "cited_by": fill.CITED_BY, "volume": fill.VOLUME, "issue": fill.ISSUE,
    "date": fill.made("date", dates.date),
}  # fmt: skip


def _issns(record: Record, cell: str) -> None:
    known = record.issn
    fill.put(record, "issn", tuple(dict.fromkeys((*known, *fill.identifiers.issns(cell)))),
             "; ".join((*known, cell.strip())))  # fmt: skip


_FILLS["issn"] = _issns


def chosen(names: list[str], told: dict[str, str] | None = None) -> dict[str, str]:
    """By field, the column of a header that holds it.

    Parameters
    ----------
    names : list of str
    told : dict of str to str, optional
        Fields by column, in lower case, as a person says it; an empty field leaves a column out.
    """
    told = told or {}
    known = {name.strip().casefold(): name for name in names if name}
    own = {field: known[name] for name, field in told.items() if field and name in known}
    found = {
        field: next((known[n] for n in held if n in known and n not in told), None)
        for field, held in NAMES.items()
    }
    return {field: name for field, name in (found | own).items() if name}


def fills_of(names: list[str], told: dict[str, str] | None = None) -> dict[str, fill.Fill]:
    """What to do with the cells of a column, by its name in lower case."""
    found = {
        name.casefold(): _FILLS.get(field, fill.text(field))
        for field, name in chosen(names, told).items()
    }
    known = {name.casefold() for name in names}
    issns = {name: _issns for name in known.intersection(NAMES["issn"])}
    pages = {name: _put_together for name in known & _PAGES}
    return pages | issns | found


def fills_of_any() -> dict[str, fill.Fill]:
    """What to do with a cell by any name that a column of it may have, in lower case."""
    return {
        name: _FILLS.get(field, fill.text(field))
        for field, held in NAMES.items() for name in held
    }  # fmt: skip


def _put_together(record: Record, cell: str) -> None:
    """First and last page are made one field by `finish`."""


_STARTS = ("start page", "page start", "first page", "startpage", "beginning page")
_ENDS = ("end page", "page end", "last page", "endpage", "ending page")
_PAGES = frozenset((*_STARTS, *_ENDS))


def read_columns(file: Path) -> dict[str, str]:
    """A person's table of columns: `column` and `field`, a row each.

    Raises
    ------
    CompendiumError
        If a field is none.
    """
    found = {}
    for at, row in delimited.cells_of(file):
        column, field = (row.get(name, "").strip() for name in ("column", "field"))
        if not column or (field and field not in VALUES):
            raise CompendiumError(
                _("{value!r} is no field.").format(value=field) if column
                else _("The cell is empty."),
                path=file, row=at, column="field" if column else "column",
                remedy=_("Write one of: {values}.").format(values=", ".join(NAMES)),
            )  # fmt: skip
        found[column.casefold()] = field
    return found


@register
class PlainTable(Format):
    """A table of somebody's own."""

    name = "table"
    label = N_("a table with a column Title or Abstract")
    last = True
    by_name = tuple(NAMES)

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return not head.lstrip().startswith(("{", "[", "<")) and bool(
            {"title", "abstract"} & chosen(header(head).names).keys()
        )

    def read(self, source: Source):
        """See `Format`."""
        names = header(source.head).names
        held = chosen(names, source.columns)
        missing = (NAMES[f][0] for f in ("title", "abstract", "year", "doi") if f not in held)
        layout = table.Layout(
            fills_of(names, source.columns), tuple(name.capitalize() for name in missing), finish
        )
        told = "; ".join(f"{field} ← {name}" for field, name in held.items())
        source.note(0, _("Columns read: {columns}.").format(columns=told))
        yield from table.read(source, layout)


def finish(record: Record, row: dict[str, str]) -> None:
    """What several columns of a table say together."""
    if record.date and not record.year:
        record.year = dates.year(record.date)
    if record.year and not record.date.startswith(str(record.year)):
        record.date = str(record.year)
    first, last = (
        next(filter(None, (row.get(name, "") for name in names)), "")
        for names in (_STARTS, _ENDS)
    )
    if (first or last) and not record.pages:
        record.pages = dates.pages(fill.whole(first), fill.whole(last))
    if not record.source and record.abbreviated_source:
        record.source = record.abbreviated_source
