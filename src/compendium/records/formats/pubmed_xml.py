"""PubMed's XML, as its website and its programming interface give it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from compendium.language import N_
from compendium.records import dates, fill, identifiers, names, xml_stream
from compendium.records.formats.nbib import kinds
from compendium.records.record import Record, Refusal
from compendium.records.registry import Format, register
from compendium.records.source import Source
from compendium.records.xml_stream import text, texts

_ARTICLES = frozenset({"PubmedArticle", "PubmedBookArticle"})


@register
class PubmedXml(Format):
    """PubMed, XML."""

    name = "pubmed-xml"
    label = N_("PubMed, XML")
    by_code = ("title", "abstract", "authors", "affiliations", "pmid", "source",
               "abbreviated_source", "volume", "issue", "pages", "year", "date", "doi",
               "article_number", "issn", "language", "document_type", "source_type", "index_terms",
               "author_keywords", "funding")

    def recognises(self, head: str) -> bool:
        """See `Format`."""
        return head.lstrip().startswith("<") and "<Pubmed" in head[:5_000]

    def read(self, source: Source) -> Iterator[Record | Refusal]:
        """See `Format`."""
        yield from xml_stream.records(source, _ARTICLES, _record)


def _record(element: Element, line: int) -> Record:
    record = Record(line=line)
    cited = element.find("MedlineCitation")
    cited = element.find("BookDocument") if cited is None else cited
    cited = element if cited is None else cited
    article = cited.find("Article")
    article = cited if article is None else article
    fill.text("title")(record, text(article, "ArticleTitle") or text(cited, "Book/BookTitle"))
    record.abstract = _abstract(article)
    record.authors = tuple(filter(None, map(_person, article.iterfind("AuthorList/Author"))))
    places = texts(article, "AuthorList/Author/AffiliationInfo/Affiliation")
    record.affiliations = tuple(dict.fromkeys(places))
    record.pmid = identifiers.pmid(text(cited, "PMID"))
    record.source = text(article, "Journal/Title") or text(cited, "Book/BookTitle")
    record.abbreviated_source = text(article, "Journal/ISOAbbreviation")
    record.volume = text(article, "Journal/JournalIssue/Volume")
    record.issue = text(article, "Journal/JournalIssue/Issue")
    _pages(record, article)
    _appeared(record, article)
    _identifiers(record, element, article)
    record.issn = identifiers.issns("; ".join(texts(article, "Journal/ISSN")))
    if languages := texts(article, "Language"):
        fill.LANGUAGE(record, "; ".join(languages))
    if said := texts(article, "PublicationTypeList/PublicationType"):
        kinds(record, said)
    part = next((name for name in ("Journal", "Book") if article.find(name) is not None), "")
    record.source_type = part.casefold()
    record.index_terms = tuple(
        "/".join([text(heading, "DescriptorName"), *texts(heading, "QualifierName")])
        for heading in cited.iterfind("MeshHeadingList/MeshHeading")
    )
    record.author_keywords = tuple(texts(cited, "KeywordList/Keyword"))
    record.funding = tuple(
        " ".join(filter(None, (text(grant, "Agency"), text(grant, "GrantID"))))
        for grant in article.iterfind("GrantList/Grant")
    )
    for name in ("VernacularTitle", "CopyrightInformation"):
        if said_ := text(article, name) or text(article, f"Abstract/{name}"):
            record.extra[name] = said_
    return record


def _abstract(article: Element) -> str:
    parts = []
    for part in article.iterfind("Abstract/AbstractText"):
        label, said = part.get("Label", ""), text(part)
        parts.append(f"{label}: {said}" if label and said else said)
    return " ".join(filter(None, parts))


def _person(author: Element) -> str:
    if body := text(author, "CollectiveName"):
        return body
    given = names.given(text(author, "ForeName") or text(author, "Initials"))
    return ", ".join(filter(None, (text(author, "LastName"), given, text(author, "Suffix"))))


def _pages(record: Record, article: Element) -> None:
    first, last = (text(article, f"Pagination/{at}Page") for at in ("Start", "End"))
    raw = text(article, "Pagination/MedlinePgn") or first
    fill.put(record, "pages", dates.pages(first, last) if first else dates.pages(raw), raw)


def _appeared(record: Record, article: Element) -> None:
    issue = article.find("Journal/JournalIssue/PubDate")
    issue = article.find("Book/PubDate") if issue is None else issue
    if issue is None:
        return
    raw = text(issue, "MedlineDate") or " ".join(
        filter(None, (text(issue, name) for name in ("Year", "Month", "Day")))
    )
    record.year, record.date = dates.year(raw), dates.date(raw)
    if raw and record.date != raw:
        record.original["date"] = raw


def _identifiers(record: Record, element: Element, article: Element) -> None:
    others = element.iterfind("PubmedData/ArticleIdList/ArticleId")
    for each in (*article.iterfind("ELocationID"), *others):
        kind = each.get("EIdType") or each.get("IdType") or ""
        if kind == "doi":
            record.doi = record.doi or identifiers.doi(text(each))
        elif kind == "pii" and not record.pages:
            record.article_number = record.article_number or text(each)
        elif kind == "pmc":
            record.extra["PMCID"] = text(each)
