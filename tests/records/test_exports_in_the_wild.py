"""Exports as databases, managers and people write them: each kind with a small one of its own."""

from __future__ import annotations

import gzip
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from compendium.cli import main
from compendium.errors import CompendiumError
from compendium.records import ledger, overview, packed, registry
from compendium.records.record import Record
from tests.conftest import SHARED
from tests.records.make import read, row, scopus

CASES = SHARED / "cases" / "exports"
REFUSED = {"json_deep.json"}
"""Cases that are answered with an error and not with records."""
SHORT = {"passes/pub_misc_without_title.bib": 1}
"""Entries refused with a true reason: a record that tells nothing of a publication."""

RIS = [
    ("one blank", "TY - JOUR\nAU - Öz, D.\nTI - Small\n  firms\nPY - 2020\nER -\n"),
    ("no blank", "TY  -JOUR\nAU  -Öz, D.\nTI  -Small firms\nPY  -2020\nER  -\n"),
    ("tabs", "TY\t-\tJOUR\nAU\t-\tÖz, D.\nTI\t-\tSmall firms\nPY\t-\t2020\nER\t-\n"),
    ("lower case", "ty  - JOUR\nau  - Öz, D.\nti  - Small firms\npy  - 2020\ner  - \n"),
    ("indented", "  TY  - JOUR\n  AU  - Öz, D.\n  TI  - Small firms\n  PY  - 2020\n  ER  - \n"),
    ("no TY", "C1  - 7\nAU  - Öz, D.\nTI  - Small firms\nPY  - 2020\nER  - \n"),
    ("TY not first", "DB  - X\nTI  - Small firms\nTY  - JOUR\nAU  - Öz, D.\nPY  - 2020\nER  - \n"),
    ("a preamble", "Record #1 of 1\n\nTY  - JOUR\nAU  - Öz, D.\nTI  - Small firms\nPY  - 2020\n"
     "ER  - \n"),
    ("a strategy after", "TY  - JOUR\nAU  - Öz, D.\nTI  - Small firms\nPY  - 2020\nER  - \n\n"
     "C1  - Database: X\n\nSearch Strategy:\n1 exp firms/\n"),
]  # fmt: skip


def write(tmp_path, name: str, text: str):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("text", [text for _kind, text in RIS], ids=[kind for kind, _text in RIS])
def test_ris_is_one_whoever_wrote_it(tmp_path, text):
    records, account = read(write(tmp_path, "a.ris", text))
    assert [(r.title, r.authors, r.year) for r in records] == [("Small firms", ("Öz, D.",), 2020)]
    assert account.refused == []


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        ("L3  - 10.5555/AB", "doi", "10.5555/ab"),
        ("M3  - 10.5555/AB", "doi", "10.5555/ab"),
        ("N1  - doi: 10.5555/ab", "doi", "10.5555/ab"),
        ("JA  - J. Firms", "source", "J. Firms"),
        ("AU  - Doe, J. R., Jr", "authors", ("Doe, J.R., Jr",)),
        ("AU  - A. B., Roe Poe", "authors", ("A. B., Roe Poe",)),
        ("AU  - Doe, J., Jr., Roe, R.", "authors", ("Doe, J., Jr.", "Roe, R.")),
        ("DO  - 10.5555/1(2004)024 [ 0141:AB]2.CO;2", "doi", "10.5555/1(2004)024[0141:ab]2.co;2"),
        ("AN  - 123456\nDB  - PubMed", "pmid", "123456"),
        ("AN  - 2000000001\nDB  - Embase", "accession", "embase:2000000001"),
        ("C3  - PUBMED 123456,EMBASE 600001", "pmid", "123456"),
        ("AN  - WOS:0001\nC3  - University of Firms", "affiliations", ("University of Firms",)),
        ("C3  - A conference", "conference", "A conference"),
        ("C3  - CTgov NCT00000001", "conference", ""),
        ("AN  - pub.1000000001", "accession", "dimensions:pub.1000000001"),
        ("UR  - https://www.proquest.com/journals/a-title/docview/1000001/se-2", "accession",
         "proquest:1000001"),
        ("UR  - https://lens.org/000-001-002-003-00X", "accession", "lens:000-001-002-003-00X"),
        ("L1  - https://example.org/a.pdf\nL2  - https://doi.org/10.5555/A", "doi", "10.5555/a"),
        ("AU  - Roe C., Ann B.\nAU  - Doe, J.", "authors", ("Roe C., Ann B.", "Doe, J.")),
        ("AU  - Doe J. A., Roe R., Poe A.", "authors", ("Doe, J.A.", "Roe, R.", "Poe, A.")),
        ("AU  - Practice, Firms and Trade Community of", "authors",
         ("Practice, Firms and Trade Community of",)),
        ("M3  - Firms & Work [3300]", "document_type", "article"),
        ("M3  - Article in Press", "stage", "in_press"),
        ("BT  - The Book", "source", "The Book"),
        ("AU  - Doe, Jane; Roe, R.", "authors", ("Doe, Jane", "Roe, R.")),
        ("A1  - ['Doe, Jane', 'Roe, R.']", "authors", ("Doe, Jane", "Roe, R.")),
        ("AU  - Food and Agriculture Organization", "authors",
         ("Food and Agriculture Organization",)),
        ("Y1  - 2013/05/28\nPY  - 2013\nDA  - 2014/04/01", "date", "2013-05-28"),
        ("AB  - <jats:p>H<sub>2</sub>O &amp; more</jats:p>", "abstract", "H2O & more"),
        ("AB  - <p class='a'>Of <a href='u'>A</a></p><br />", "abstract", "Of A"),
        ("AB  - <scp>DNA</scp><dl class='a'><dt>A</dt><dd>B</dd></dl>", "abstract", "DNA A B"),
        ("AB  - <A report.pdf>", "abstract", "<A report.pdf>"),
        ("AB  - 0.1 <p and b> 2", "abstract", "0.1 <p and b> 2"),
    ],
)  # fmt: skip
def test_tags_that_databases_use_in_their_own_way(tmp_path, lines, field, value):
    (record,), _account = read(
        write(tmp_path, "a.ris", f"TY  - JOUR\nTI  - A title\n{lines}\nER  - \n")
    )
    assert getattr(record, field) == value


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ("author={{Food and Drug Agency} and Doe, Jane and others}", "authors",
         ("Food and Drug Agency", "Doe, Jane")),
        ("author={Doe, Jane and others}", "original", {"authors": "Doe, Jane; others"}),
        ("author={Doe, J. and ACME Consortium}", "authors", ("Doe, J.", "ACME Consortium")),
        ("abstract={R&D at 5% of caf{\\'e}s, a_b, 10~km, $x<y$}", "abstract",
         "R&D at 5% of cafés, a_b, 10 km, x<y"),
        ("funding_details={A}, funding_details={B}", "funding", ("A", "B")),
        ("unique-id={ISI:0001}", "wos", "WOS:0001"),
        ("unique-id={SCIELO:S1000-100020}", "wos", "SCIELO:S1000-100020"),
        ("type={research-article}", "document_type", "article"),
        ("note={cited By 5}", "cited_by", 5),
        ("doi={10.5555/ex\\_a}", "doi", "10.5555/ex_a"),
        ("issn={1234-5678}, eissn={8765-4321}", "issn", ("1234-5678", "8765-4321")),
        ("type={Article; Early Access}, earlyaccessdate={APR 2020}", "date", "2020-04"),
        ("pages={1--9}\n volume={5}", "volume", "5"),
        ("abstract={Text \\{in\\\n } braces}", "abstract", "Text {in} braces"),
        ("keywords={one, two}", "keywords", ("one", "two")),
        ("funding_text\u00a01={By A}", "extra", {"funding_text 1": "By A", "citation-key": "k"}),
        ("abstract={9{\\hspace{0.167em}}MHz, 4\\texttimes{}10 {\\textbeta} \\textit{in} 3 \\textm}",
         "abstract", "9 MHz, 4×10 β in 3 m"),
        ("author={D{\\a'E}R, A.}", "authors", ("DÉR, A.",)),
        ("author={B\\laszk, A. and \\AAs, B. and S\\orensen, C.}", "authors",
         ("Błaszk, A.", "Ås, B.", "Sørensen, C.")),
        ("author={G\\a{'}{o}recka, A.}", "authors", ("Górecka, A.",)),
        ("abstract={f\\left(x\\right) of a\\over b}", "abstract", "f(x) of ab"),
        ('abstract = "Of "small, old" firms",\n year = "2020",', "abstract",
         'Of "small, old" firms'),
        ("author = {Doe, J. and Firms GmbH; City of Firms}", "authors",
         ("Doe, J.", "Firms GmbH", "City of Firms")),
        ("keywords = {one, {two, a}, b},\n year = {2020},", "year", 2020),
        ("keywords = {one, {two; three},\n year = {2020},", "keywords", ("one, two", "three")),
        ("title2={" + "{" * 3000 + "deep" + "}" * 3000 + "}", "title", "A title"),
    ],
)  # fmt: skip
def test_bibtex_as_it_is_written(tmp_path, fields, name, value):
    (record,), account = read(
        write(tmp_path, "a.bib", f"@article{{k,\n title={{A title}},\n {fields}\n}}\n")
    )
    assert getattr(record, name) == value and account.refused == []


OVID = [
    ("numbered", "<1. >\nVN  - Ovid Technologies\nDB  - Embase\nUI  - 2000000001\nTI  - Firms\n"
     "SO  - J. Firms. 5 (1) (pp 10-19), 2020. Date of Publication: 2020.\nAU  - Doe J.A.\n"
     "AU  - Roe R.\nMH  - trade\nMH  - *work\nAB  - One\ntwo.\nDO  - http://dx.doi.org/10.5555/A\n"
     "YR  - 2020\n\n<2. >\nVN  - Ovid Technologies\nDB  - Embase\nUI  - 2000000002\nTI  - More\n",
     {"accession": "embase:2000000001", "source": "J. Firms", "volume": "5", "issue": "1",
      "pages": "10–19", "authors": ("Doe, J.A.", "Roe, R."), "index_terms": ("trade", "*work"),
      "abstract": "One two.", "doi": "10.5555/a", "year": 2020}),
    ("PsycINFO", " <1. >\n VN  - Ovid Technologies\n DB  - PsycINFO\n AN  - Book: 2020-00001-001.\n"
     " TI  - Firms. [References].\n AU  - Doe, Jane A [Ed]\n"
     " SO  - J. Firms. Vol.43(5), Sep 2020, pp. 10-19. \n\n <2. >\n VN  - Ovid Technologies\n"
     " TI  - More\n",
     {"accession": "ovid:2020-00001-001", "title": "Firms.", "volume": "43", "issue": "5",
      "pages": "10–19", "authors": ("Doe, Jane A",), "source": "J. Firms"}),
    ("MEDLINE", "<1. >\nVN - Ovid Technologies\nDB - Ovid MEDLINE(R)\nUI - 12345678\nTI - Firms\n"
     "AU - Doe J\nFA - Doe, Jane\nSO - J Firms. 201(2-3):327-34, 2020 Nov 15.\n"
     "PT - Journal Article\n\n<2. >\nVN - Ovid Technologies\nTI - More\n",
     {"pmid": "12345678", "authors": ("Doe, Jane",), "source": "J Firms", "volume": "201",
      "issue": "2-3", "pages": "327–334", "year": 2020, "document_type": "article"}),
    ("a date before", "VN  - Ovid Technologies\nDB  - Journals@Ovid\nTI  - Firms\n"
     "AU  - Doe, J. 1,2,*\nSO  - J Firms January/February 2010;14(1):56\n\n"
     "VN  - Ovid Technologies\nTI  - More\n",
     {"authors": ("Doe, J.",), "source": "J Firms", "volume": "14", "pages": "56", "year": 2010}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fields"), [case[1:] for case in OVID], ids=[case[0] for case in OVID]
)
def test_ovids_tagged_text_is_read_from_every_database(tmp_path, text, fields):
    (first, second), account = read(write(tmp_path, "a.cgi", text))
    assert first.reader == "ovid" and second.title == "More" and account.refused == []
    assert {name: getattr(first, name) for name in fields} == fields


def test_erics_nbib_has_no_number_of_pubmed(tmp_path):
    one = ("OWN - ERIC\nTI  - Firms\nAU  - Doe, Jane\nJT  - J Firms\nSO  - v5 n1 p1-9 2020\n"
           "AID - http://dx.doi.org/10.5555/A\nOID - EJ1\nDP  - 2020\n"
           "LID - http://example.org/EJ1\nISSN - ISSN-1234-5678\n"
           "PT  - Journal Articles\nPT  - Reports - Research\n\n")  # fmt: skip
    (record, _second), account = read(write(tmp_path, "a.nbib", one + one.replace("EJ1", "EJ2")))
    assert (record.accession, record.doi, record.issn) == ("eric:EJ1", "10.5555/a", ("1234-5678",))
    assert (record.url, record.document_type) == ("http://example.org/EJ1", "article")
    assert account.refused == []


def test_long_lines_of_pubmed_are_wrapped_and_not_divided(tmp_path):
    text = ("PMID- 12\nTI  - Firms\nAD  - Institute of Firms,\n      City.\nMH  - Trade/\n"
            "      history\nSO  - J Firms. 2020.\n")  # fmt: skip
    (record,), _account = read(write(tmp_path, "a.nbib", text))
    assert record.affiliations == ("Institute of Firms, City.",)
    assert record.index_terms == ("Trade/ history",)


def test_no_element_of_endnotes_xml_is_dropped(tmp_path):
    text = ("<xml><records><record><titles><title>Firms</title><short-title>F</short-title>"
            "</titles><issue>3</issue><reviewed-item>Book</reviewed-item><urls><pdf-urls><url>a.pdf</url>"
            "</pdf-urls></urls><dates><year>2020</year></dates></record></records></xml>")
    (record,), _account = read(write(tmp_path, "a.xml", text))
    assert (record.issue, record.year) == ("3", 2020)
    assert record.extra == {"short-title": "F", "reviewed-item": "Book", "pdf-urls": "a.pdf"}


def test_endnotes_tagged_text_may_begin_with_the_title(tmp_path):
    text = "%T Firms\n%0 Journal Article\n%A Doe, J\n%D 2020\n\n\n%T More\n%A Roe, R\n"
    records, account = read(write(tmp_path, "a.enw", text))
    assert [(r.title, r.authors) for r in records] == [
        ("Firms", ("Doe, J.",)), ("More", ("Roe, R.",))]  # fmt: skip
    assert account.refused == []


def test_a_book_that_scopus_knows_from_references_has_its_title_in_the_source(tmp_path):
    text = "TY  - JOUR\nT2  - Of firms\nPY  - 1992\nAU  - Doe, J.\n{}DB  - Scopus\nER  - \n"
    (record,), _account = read(write(tmp_path, "a.ris", text.format("")))
    assert (record.title, record.authors) == ("Of firms", ("Doe, J.",))
    _records, account = read(write(tmp_path, "b.ris", text.format("VL  - 5\nSP  - 1\n")))
    assert len(account.refused) == 1


def test_a_tag_of_endnote_without_text_takes_the_lines_below_it(tmp_path):
    text = "%0 Thesis\n%T Firms\n%K one;;two\n%X\n\n    Of firms.\n\n%D 2020\n"
    (record,), _account = read(write(tmp_path, "a.enw", text))
    assert (record.abstract, record.year) == ("Of firms.", 2020)
    assert record.keywords == ("one", "two")


def test_proceedings_without_a_title_have_that_of_the_book(tmp_path):
    (record,), _account = read(
        write(tmp_path, "a.bib", "@proceedings{k,\n booktitle = {Talks on firms},\n}\n")
    )
    assert (record.title, record.document_type) == ("Talks on firms", "conference_review")


def test_an_entry_of_bibtex_may_begin_where_the_one_before_it_ends(tmp_path):
    glued = (
        "@INPROCEEDINGS{1,\n title={Firms},\n abstract={a@b.org},\n month={May},}"
        "@ARTICLE{2,\n title={More},}\n\n"
    )
    records, account = read(write(tmp_path, "a.bib", glued))
    assert [r.title for r in records] == ["Firms", "More"] and account.refused == []


TABLES = [
    ("wos-tab", "PT\tAU\tAF\tTI\tPY\tUT\nJ\tDoe, J\tDoe, Jane\tFirms of \"A\"\t2020\tWOS:0001\n",
     {"title": 'Firms of "A"', "authors": ("Doe, Jane",), "wos": "WOS:0001"}),
    ("wos-tab", "PT\tAU\tTI\tPY\tUT\nJ\tDoe, J\tFirms of \"A\" and \"B' too\t2020\tWOS:0001\n",
     {"title": "Firms of \"A\" and \"B' too", "year": 2020, "wos": "WOS:0001"}),
    ("wos-tab", "AU,TI,PY,SO,PP,UT,AB\n"
     "DOE J;ROE R,FIRMS,2020,J FIRMS,10S-18S,2-S2.0-85000000001,NA\n",
     {"authors": ("DOE, J.", "ROE, R."), "pages": "10S–18S", "eid": "2-s2.0-85000000001",
      "abstract": ""}),
    ("table", "TOPIC: (firms)\nPublications by Year\tCited by Year\nResults\t1\n"
     "Title\tAuthors\tSource Title\tPublication Year\tVolume\tIssue\tDOI\tCited\t2019\n"
     "Firms\tDoe, J.\tJ. Firms\t2020\t5\t1\t10.5555/a\t7\t0\n",
     {"title": "Firms", "source": "J. Firms", "year": 2020, "volume": "5", "doi": "10.5555/a"}),
    ("embase-rows", '"TITLE","Firms"\n"SOURCE","J. Firms (2020) 5:1 (1-9)."\n'
     '"AUTHOR NAMES","Doe J.","Roe R."\n"DOI","10.5555/a"\n',
     {"source": "J. Firms", "volume": "5", "pages": "1–9", "authors": ("Doe, J.", "Roe, R."),
      "doi": "10.5555/a"}),
    ("embase", '"Title","Source","Author Names","Embase Accession ID"\n'
     '"Firms","J. Firms (2020) 5:1 (1-9). Date of Publication: 2 Jan 2020","Doe J., Roe R.","20"\n',
     {"year": 2020, "date": "2020-01-02", "accession": "embase:20"}),
    ("ieee", "Document Title,Authors,Publication Title,Document Identifier\n"
     "Firms,J. Doe; R. Roe,Conference of Firms,IEEE Conferences\n",
     {"authors": ("Doe, J.", "Roe, R."), "document_type": "conference_paper"}),
    ("dimensions", '"About the data: exported"\nPublication ID,Title,PubYear,Authors,'
     "Authors Affiliations,Open Access\n"
     'pub.1,Firms,2020,"Doe, Jane; Roe, R.","Doe, Jane (A; B); Roe, R. (C)","All OA, Gold"\n',
     {"accession": "dimensions:pub.1", "authors": ("Doe, Jane", "Roe, R."),
      "affiliations": ("Doe, Jane (A; B)", "Roe, R. (C)"), "open_access": ("all", "gold")}),
    ("scopus-csv", "Title,EID,Open Access\n"
     "Firms,2-s2.0-1,All Open Access; Green Final Open Access; Hybrid Gold Open Access\n",
     {"open_access": ("all", "green", "hybrid_gold")}),
    ("ieee", "Document Title,Authors,Publication Title,Document Identifier\n"
     "Firms,J. Doe,Of firms,River eBook Chapters\n", {"document_type": "book_chapter"}),
    ("ieee", "Document Title,Authors,Publication Title,Date Added To Xplore,Publication_Year,"
     "Volume,Issue,Start Page,End Page,ISBNs,DOI,PDF Link,Author Keywords,IEEE Terms,Mesh_Terms,"
     "Article Citation Count,Document Identifier\nFirms,J. Doe,Letters of Firms,2 Jan 2020,2020,5,"
     "1,10,19,,10.5555/A,https://example.org/stamp.jsp?arnumber=7,one;two,Three,,4,IEEE Journals\n",
     {"year": 2020, "volume": "5", "issue": "1", "pages": "10–19", "doi": "10.5555/a",
      "author_keywords": ("one", "two"), "index_terms": ("Three",), "cited_by": 4,
      "accession": "ieee:7", "document_type": "article"}),
    ("dimensions", '"About the data: exported"\nRank,Publication ID,DOI,PMID,PMCID,Title,Abstract,'
     "Source title,Anthology title,MeSH terms,Publication Date,PubYear,Volume,Issue,Pagination,"
     "Open Access,Publication Type,Authors,Times cited,Dimensions URL\n"
     "500,pub.1,10.5555/A,12,,Firms,Text,J. Firms,,One; Two,2020-01-02,2020,5,1,1-9,Closed,Article,"
     '"Doe, Jane; Roe, R.",3,https://example.org\n',
     {"source": "J. Firms", "date": "2020-01-02", "pages": "1–9", "pmid": "12", "cited_by": 3,
      "index_terms": ("One", "Two"), "document_type": "article"}),
    ("embase", "Title,Author Names,Source,Publication Year,Volume,Issue,Publication Type,Abstract,"
     "Author Keywords,Emtree Drug Index Terms,Emtree Medical Index Terms,Embase Accession ID,"
     'Medline PMID,DOI\nFirms,"Doe J., Roe R.","J. Firms (2020) 5:1 Article Number: e7. Date of '
     'Publication: 2 Jan 2020",2020,5,1,Article,Text,"one, two",drug,"trade, work",20,12,\n',
     {"volume": "5", "issue": "1", "year": 2020, "accession": "embase:20", "pmid": "12",
      "index_terms": ("drug", "trade", "work"), "author_keywords": ("one", "two")}),
    ("proquest", "Title,Abstract,StoreId,ArticleType,Authors,documentType,issn,isbn,issue,language,"
     "languageOfSummary,pages,pubdate,pubtitle,volume,year,DocumentURL,classification,"
     "identifierKeywords,startPage,subjectTerms,subjects,digitalObjectIdentifier\n"
     'Firms,Text,12,Scholarly Journals,"Doe, Jane; Roe, R.",Journal Article,12345678,,1,English,'
     'English,10-19,Jan 2020,J. Firms,5,2020,https://example.org,,"one, two",10,"Trade; Work",'
     "Trade,10.5555/A\n",
     {"accession": "proquest:12", "authors": ("Doe, Jane", "Roe, R."), "source": "J. Firms",
      "document_type": "article", "issn": ("1234-5678",), "pages": "10–19", "date": "2020-01",
      "language": ("en",), "keywords": ("one", "two"), "index_terms": ("Trade", "Work"),
      "doi": "10.5555/a", "volume": "5", "issue": "1", "year": 2020}),
    ("core", "id,title,authors,abstract,doi,yearPublished,publishedDate,publisher,documentType,"
     "downloadUrl\n7,Firms,\"[{'name': 'Doe, Jane'}, {'name': 'Roe, R.'}]\",Text,10.5555/A,2020,"
     "2020-01-02T00:00:00,A Press,research,https://example.org/7.pdf\n",
     {"accession": "core:7", "authors": ("Doe, Jane", "Roe, R."), "year": 2020,
      "date": "2020-01-02", "doi": "10.5555/a", "publisher": "A Press",
      "url": "https://example.org/7.pdf"}),
    ("table", "record_id,title,abstract,authors,year,doi,keywords,asreview_label,asreview_time,"
     "asreview_note\n0,Firms,Text,\"['Doe, Jane', 'Roe, R.']\",2020,10.5555/A,\"['one', 'two']\",1,"
     "2024-01-02 10:00:00,\n",
     {"authors": ("Doe, Jane", "Roe, R."), "year": 2020, "doi": "10.5555/a",
      "keywords": ("one", "two")}),
    ("lens", "Lens ID,Title,Author/s,ISSNs,Start Page,End Page\n"
     "000-1,Firms,Jane Doe,12345678,1,9\n",
     {"accession": "lens:000-1", "issn": ("1234-5678",), "pages": "1–9"}),
    ("publish-or-perish", "Cites,Authors,Title,Year,ArticleURL,Volume\n"
     "3,\"J Doe, RA Roe\",Firms,0,u,0\n",
     {"authors": ("Doe, J.", "Roe, R.A."), "year": None, "volume": "", "cited_by": 3}),
    ("publish-or-perish", "Cites,Authors,Title,Year,ArticleURL\n3,\"J Doe, RA Roe, ...\",F,0,u\n",
     {"authors": ("Doe, J.", "Roe, R.A.")}),
    ("embase", "Title,Author Names,Source\nFirms,\"Doe J.A., Roe, Poe-Ay A.-B.\",J. Firms\n",
     {"authors": ("Doe, J.A.", "Roe", "Poe-Ay, A.-B.")}),
    ("scopus-csv", "Authors,Title,EID\n"
     '"J.A., Doe, Jane Ann; R.-B., Roe Poe, R.",Firms,2-s2.0-1\n',
     {"authors": ("Doe, J.A.", "Roe Poe, R.-B.")}),
    ("pubmed-csv", "PMID,Title,Authors,Citation,Create Date\n"
     '12,Firms,"Doe J, Roe RA.",J Firms. 2020 Jan;5(1):1-9.,2020/01/02\n',
     {"pmid": "12", "volume": "5", "issue": "1", "pages": "1–9"}),
    ("pubmed-csv", "PMID,Title,Authors,Citation,Create Date\n"
     '12,Firms,"Doe J, Roe RA 2nd, Poe Ab; Group of Firms.",J Firms. 2020 Jan;5(1):1.,2020/01/02\n',
     {"authors": ("Doe, J.", "Roe, R.A., 2nd", "Poe Ab", "Group of Firms")}),
    ("table", "Title,Authors\nFirms,\"Jane Doe, Richard Roe, and Ann B. Poe\"\n",
     {"authors": ("Jane Doe", "Richard Roe", "Ann B. Poe")}),
    ("table", "Title,Authors\nFirms,\"Doe, J., Roe, R., & Poe, A.\"\n",
     {"authors": ("Doe, J.", "Roe, R.", "Poe, A.")}),
    ("table", "Title,Authors\nFirms,\"Doe, Jane and Roe, Richard\"\n",
     {"authors": ("Doe, Jane", "Roe, Richard")}),
    ("table", "Title,Authors\nFirms,Doe J and Plu-Bureau G and Poe A and Grp of Firms and Work\n",
     {"authors": ("Doe, J.", "Plu-Bureau, G.", "Poe, A.", "Grp of Firms", "Work")}),
    ("table", "Title,Authors\nFirms,\"Doe, J. and Roe, and De Poe, and Loe,\"\n",
     {"authors": ("Doe, J.", "Roe", "De Poe", "Loe")}),
    ("table", "Title,Authors\nFirms,\"Rahul, and Center, J.R.\"\n",
     {"authors": ("Rahul", "Center, J.R.")}),
    ("table", "Title,Authors\nFirms,\"Ministry of Land, Transport and Work, Trade\"\n",
     {"authors": ("Ministry of Land, Transport and Work, Trade",)}),
    ("table", "Title,Authors\nFirms,\"Department of Firms, Trade, and Work, Office of A\"\n",
     {"authors": ("Department of Firms, Trade, and Work, Office of A",)}),
    ("covidence", "Title,Authors,Covidence #\nFirms,\"Doe, Jane; Roe, R and Poe, AB\",#1\n",
     {"authors": ("Doe, Jane", "Roe, R.", "Poe, A.B.")}),
    ("table", "Title,Authors\n"
     "Firms,\"Ann Doe, Bo Roe, Cy Poe, Di Loe, Ed de la Foe Goe, Company of Firms\"\n",
     {"authors": ("Ann Doe", "Bo Roe", "Cy Poe", "Di Loe", "Ed de la Foe Goe",
                  "Company of Firms")}),
    ("table", "Title,Authors,Volume,Abstract\nFirms,NA,NA,nan\n",
     {"authors": (), "volume": "", "abstract": "", "original": {}}),
    ("table", "Title,Authors\nFirms,\"Jane Doe, Richard Roe, Ann B. Poe\"\n",
     {"authors": ("Jane Doe", "Richard Roe", "Ann B. Poe")}),
    ("table", "Title;Authors;Keywords\nFirms;\"M&uuml;ller, J.; Roe, R.\";\"R&amp;D; trade\"\n",
     {"authors": ("Müller, J.", "Roe, R."), "keywords": ("R&D", "trade")}),
    ("table", "Title,Authors,Beginning Page,Ending Page,Total Citations\nFirms,\"DOE, J\",1,9,3\n",
     {"pages": "1–9", "cited_by": 3}),
    ("lens", "Lens ID,Title,Source URLs,External URL\n000-1,Firms,https://a.org,https://b.org\n",
     {"url": "https://b.org", "extra": {"url (2)": "https://a.org"}}),
    ("zotero-csv", "Key,Item Type,Title,Publication Title,Type\nK,journalArticle,Firms,J,A talk\n",
     {"document_type": "article", "extra": {"Key": "K", "Type": "A talk"}}),
    ("rayyan", "key,title,year,month,day,authors,pubmed_id,pmc_id\n"
     "r-1,Firms,2020,1,2,\"Doe, J. and Roe, R. A.\",12,\n",
     {"authors": ("Doe, J.", "Roe, R.A."), "date": "2020-01-02", "pmid": "12"}),
    ("springerlink", "Item Title,Item DOI,Authors,Content Type\n"
     "Firms,10.5555/a,Jane DoeRichard Roe,Chapter\n",
     {"authors": ("Doe, Jane", "Roe, Richard"), "document_type": "book_chapter"}),
    ("zotero-csv", "Key,Item Type,Title,Publication Title,Abstract Note,Manual Tags\n"
     "K,bookSection,Firms,Book,Text,one; two\n",
     {"document_type": "book_chapter", "abstract": "Text", "keywords": ("one", "two")}),
    ("cochrane-csv", "Cochrane Review ID,Author(s),Title\nCD1,\"Doe, J; Roe, R\",Firms\n",
     {"accession": "cochrane:CD1", "document_type": "review"}),
    ("covidence", "Title,Authors,Published Year,Covidence #\nFirms,\"Doe, J.; Roe, R.\",2020,#1\n",
     {"year": 2020, "authors": ("Doe, J.", "Roe, R.")}),
    ("table", "Название;Авторы;Год;Аннотация\nФирмы;Иванов И.И.;2020;Текст\n",
     {"title": "Фирмы", "authors": ("Иванов, И.И.",), "abstract": "Текст"}),
    ("table", "Атауы;Авторлар;Жылы;Аңдатпа;Кілт сөздер\nФирмалар;Досжан Р.;2020;Мәтін;а; \n",
     {"title": "Фирмалар", "abstract": "Мәтін"}),
    ("table", "sep=;\nTitle;Year;Volume\nFirms;2016.0;133.0\n", {"year": 2016, "volume": "133"}),
    ("table", "Title;Year;Volume;Issue;Citations;PMID\nFirms;2016,0;133,0;2,0;7,0;12345,0\n",
     {"year": 2016, "volume": "133", "issue": "2", "cited_by": 7, "pmid": "12345"}),
    ("table", "A search's results\n\nTitle,Year,Abstract\nFirms,2020,Text\n",
     {"abstract": "Text"}),
    ("table", 'title,abstract,year\nFirms,He wrote "one\nand two" here,2020\n',
     {"abstract": 'He wrote "one and two" here', "year": 2020}),
    ("table", "Title,Abstract,Abstract\nFirms,First,Second\n",
     {"abstract": "First", "extra": {"Abstract (2)": "Second"}}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "told"), TABLES)
def test_tables_are_known_by_their_columns(tmp_path, kind, text, told):
    (record,), account = read(write(tmp_path, "a.csv", text))
    assert account.format == kind and account.refused == []
    assert {name: getattr(record, name) for name in told} == told


PUBMED = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>12</PMID><Article><Journal><Title>J. "
    "Firms</Title><JournalIssue><Volume>5</Volume><PubDate><Year>2020</Year><Month>Jan</Month>"
    "</PubDate></JournalIssue></Journal><ArticleTitle>Firms of H<sub>2</sub>O</ArticleTitle>"
    '<Abstract><AbstractText Label="AIM">To see.</AbstractText><AbstractText>More.</AbstractText>'
    "</Abstract><AuthorList><Author><LastName>Doe</LastName><ForeName>Jane</ForeName></Author>"
    "<Author><CollectiveName>A Group</CollectiveName></Author></AuthorList></Article>"
    "</MedlineCitation></PubmedArticle></PubmedArticleSet>"
)
ENDNOTE = (
    '<xml><records><record><ref-type name="Book Section">5</ref-type><contributors><authors>'
    "<author><style>Doe, Jane</style></author></authors></contributors><titles><title><style>Firms"
    "</style><style> of A</style></title><secondary-title>A Book</secondary-title></titles>"
    "<dates><year>2020</year></dates></record></records></xml>"
)


def test_xml_of_pubmed(tmp_path):
    (record,), _account = read(write(tmp_path, "a.xml", PUBMED))
    assert (record.title, record.abstract) == ("Firms of H2O", "AIM: To see. More.")
    assert (record.authors, record.date) == (("Doe, Jane", "A Group"), "2020-01")
    assert (record.key, record.source, record.volume) == ("pmid:12", "J. Firms", "5")


def test_xml_and_tagged_text_of_endnote(tmp_path):
    (record,), _account = read(write(tmp_path, "a.xml", ENDNOTE))
    assert (record.title, record.source) == ("Firms of A", "A Book")
    assert (record.document_type, record.year) == ("book_chapter", 2020)
    text = "%0 Journal Article\n%A Doe, Jane\n%T Firms\n%J J. Firms\n%D 2020\n%K one\ntwo\n"
    records, _account = read(write(tmp_path, "a.enw", text + "\n" + text.replace("Firms", "More")))
    assert [(r.title, r.year, r.keywords) for r in records] == [
        ("Firms", 2020, ("one", "two")), ("More", 2020, ("one", "two")),
    ]  # fmt: skip


EBSCO = (
    '<records><rec resultID="1"><header shortDbName="psyh" longDbName="APA PsycInfo" uiTerm="1-2">'
    "<controlInfo><bkinfo><btl>Firms.</btl></bkinfo><jinfo><jtl>J. Firms</jtl><issn>12345678</issn>"
    '</jinfo><pubinfo><dt year="2020" month="02" day="00">20200200</dt><vid>5</vid></pubinfo>'
    '<artinfo><ui type="doi">10.5555/a</ui><ui type="pmid">1234567</ui><pages>1-9</pages>'
    "<tig><atl>Firms.</atl></tig><aug><au>Doe, Jane</au></aug><sug><subj>Trade</subj></sug>"
    "<ab>To see.</ab><doctype>Journal Article</doctype></artinfo><language>English</language>"
    "</controlInfo></header></rec></records>"
)


def test_xml_of_ebsco_is_not_taken_for_that_of_endnote(tmp_path):
    (record,), account = read(write(tmp_path, "a.xml", EBSCO))
    assert account.format == "ebsco-xml" and account.refused == []
    assert (record.title, record.source, record.abstract) == ("Firms.", "J. Firms", "To see.")
    assert (record.authors, record.date, record.pages) == (("Doe, Jane",), "2020-02", "1–9")
    assert (record.doi, record.pmid, record.issn) == ("10.5555/a", "1234567", ("1234-5678",))
    assert (record.document_type, record.keywords) == ("article", ("Trade",))
    book = EBSCO.replace("<jtl>J. Firms</jtl>", "<jtl/>").replace("<atl>Firms.</atl>", "<atl/>")
    (record,), _account = read(write(tmp_path, "b.xml", book.replace("Journal Article", "Book")))
    assert (record.title, record.source, record.document_type) == ("Firms.", "", "book")


def test_a_broken_place_in_xml_keeps_what_stands_before(tmp_path):
    records, account = read(write(tmp_path, "a.xml", PUBMED.replace("</PubmedArticleSet>", "<x")))
    assert len(records) == 1 and "broken here" in account.refused[0].reason


def test_entities_that_unfold_and_nesting_without_end_are_refused(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n' + PUBMED
    with pytest.raises(CompendiumError, match="entities of its own"):
        read(write(tmp_path, "a.xml", bomb))
    deep = "<PubmedArticleSet><PubmedArticle>" + "<a>" * 5000
    with pytest.raises(CompendiumError, match="too deep"):
        read(write(tmp_path, "b.xml", deep))
    with pytest.raises(CompendiumError, match="too deep"):
        read(write(tmp_path, "c.json", '[{"id": "x", "type": "a", "title": ' + "[" * 100_000))


def workbook(tmp_path, *rows):
    book = openpyxl.Workbook()
    for cells in rows:
        book.active.append(cells)
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_a_workbook_is_a_table(tmp_path):
    file = workbook(tmp_path, ["Article Title", "Publication Year", "Volume", "UT (Unique WOS ID)"],
                    ["Firms, \"A\"\nand B", 2020, 5.0, "WOS:0001"])  # fmt: skip
    (record,), _account = read(file)
    assert (record.title, record.year, record.volume) == ('Firms, "A" and B', 2020, "5")
    assert record.key == "wos:WOS:0001" and record.file.endswith("a.xlsx")


def test_a_workbook_is_read_whole_whatever_size_it_says_it_has(tmp_path):
    file = workbook(tmp_path, ["Title", "Year", "Authors"], ["Firms", 2020, "Doe, J."], ["More"])
    told = tmp_path / "told.xlsx"
    with zipfile.ZipFile(file) as held, zipfile.ZipFile(told, "w") as out:
        for name in held.namelist():
            out.writestr(name, re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1"',
                                      held.read(name)))  # fmt: skip
    assert b'"A1"' in zipfile.ZipFile(told).read("xl/worksheets/sheet1.xml")
    records, account = read(told)
    assert [(r.title, r.year) for r in records] == [("Firms", 2020), ("More", None)]
    assert account.refused == []


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<table:table table:name="Notes"><table:table-row><table:table-cell><text:p>Mine</text:p>'
    '</table:table-cell></table:table-row></table:table><table:table table:name="Found">{rows}'
    "</table:table></office:document-content>"
)


def opendocument(file, *rows: str):
    rows = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in rows)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", ODS.format(rows=rows))
    return file


def ods_cell(text: str, told: str = "") -> str:
    return f"<table:table-cell {told}><text:p>{text}</text:p></table:table-cell>"


def test_an_opendocument_sheet_is_a_table(tmp_path):
    empty, day = '<table:table-cell table:number-columns-repeated="2"/>', "2020-05-04T00:00:00"
    file = opendocument(
        tmp_path / "a.ods",
        "".join(map(ods_cell, ("Title", "Year", "Date", "Pages", "Volume", "DOI"))),
        ods_cell('Firms<text:s text:c="2"/>of <text:span>A</text:span></text:p><text:p>and B')
        + ods_cell("2020", 'office:value-type="float" office:value="2020"')
        + ods_cell("4. 5. 20", f'office:value-type="date" office:date-value="{day}"') + empty
        + ods_cell("10.5555/a") + '<table:table-cell table:number-columns-repeated="16000"/>',
        ods_cell("More firms") + ods_cell("2021") + empty,
    )  # fmt: skip
    records, account = read(file)
    assert [(r.title, r.year, r.date, r.doi) for r in records] == [
        ("Firms of A and B", 2020, "2020-05-04", "10.5555/a"), ("More firms", 2021, "2021", ""),
    ]  # fmt: skip
    assert account.refused == []


@pytest.mark.parametrize("cells", [
    '<table:table-cell table:number-columns-repeated="99999999"><text:p>A</text:p>'
    "</table:table-cell>",
    "<table:table-cell><text:p>A",
])  # fmt: skip
def test_an_opendocument_sheet_without_end_is_an_answer(tmp_path, cells):
    with pytest.raises(CompendiumError, match="damaged"):
        read(opendocument(tmp_path / "a.ods", ods_cell("Title"), cells))


def test_packed_exports_are_read_and_called_by_their_names(tmp_path):
    text = scopus(row(1), row(2)).encode()
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(text))
    assert len(read(tmp_path / "a.csv.gz")[0]) == 2
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.csv", text)
        archive.writestr("two.ris", RIS[0][1])
        archive.writestr("notes.txt", "Dear colleague")
        archive.writestr("customizations_log.csv", "article_id,user_email,created_at,key,value")
    ledgers, failed = [], []
    records = list(ledger.records([tmp_path / "a.zip"], ledgers, failed=failed))
    assert len(records) == 3 and records[2].file.endswith("a.zip/two.ris")
    assert len(failed) == 1 and "notes.txt" in str(failed[0])


def test_what_would_unfold_beyond_the_limits_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "TEXT_LIMIT", 1 << 16)
    monkeypatch.setattr(packed, "BOOK_LIMIT", 1 << 16)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"a" * (1 << 20)))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.csv", b"a" * (1 << 20))
    workbook(tmp_path, ["Title"], *(["word " * 500] for _each in range(40)))
    for name in ("a.csv.gz", "a.zip", "a.xlsx"):
        with pytest.raises(CompendiumError, match="unfolds to more than"):
            read(tmp_path / name)


@pytest.mark.parametrize("start", [b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_damaged_archive_or_workbook_is_an_answer(tmp_path, start):
    file = tmp_path / "a.bin"
    file.write_bytes(start + b"nothing that makes sense" * 9)
    with pytest.raises(CompendiumError, match="damaged"):
        read(file)


def test_a_folder_a_loop_and_a_missing_file_are_answers(tmp_path):
    loop = tmp_path / "loop.ris"
    loop.symlink_to(loop)
    for path in (tmp_path, loop, tmp_path / "none.ris"):
        with pytest.raises(CompendiumError):
            read(path)
    assert main(["records", "read", str(loop), "--to", str(tmp_path / "out.csv")]) == 1


def test_signs_that_no_text_holds_are_taken_out_and_noted(tmp_path):
    text = "TY  - JOUR\nTI  - A\uffff ti\x08tle\nER  - \n"
    (record,), account = read(write(tmp_path, "a.ris", text))
    assert record.title == "A title" and account.notes[0].line == 2
    (record,), _account = read(
        write(tmp_path, "a.json", '[{"id":"a","type":"book","title":"A \\ud800"}]')
    )
    assert record.title == "A \ufffd"


def test_a_person_says_what_columns_hold(tmp_path, capsys):
    file = write(tmp_path, "a.csv", "Nom,Quoi,Title\nFirms,Text,No title\n")
    told = write(tmp_path, "columns.csv", "column;field\nNom;title\nQuoi;abstract\nTitle;\n")
    out = tmp_path / "out.csv"
    assert main(["records", "read", str(file), "--columns", str(told), "--to", str(out)]) == 0
    (record,), _account = read(out)
    assert (record.title, record.abstract, record.extra) == ("Firms", "Text", {"Title": "No title"})
    assert "title ← Nom" in capsys.readouterr().out
    write(tmp_path, "columns.csv", "column;field\nNom;titel\n")
    assert main(["records", "read", str(file), "--columns", str(told)]) == 1


def _cases() -> list[str]:
    if not CASES.exists():
        return []
    found = (file for file in sorted(CASES.rglob("*")) if file.is_file())
    return [str(f.relative_to(CASES)) for f in found if f.suffix not in (".md", ".py")]


@pytest.mark.parametrize("name", _cases() or [pytest.param("", marks=pytest.mark.skip(
    reason=f"{CASES} is absent"))])  # fmt: skip
def test_the_cases_at_hand_are_read_whole_or_refused(name):
    if name in REFUSED:
        with pytest.raises(CompendiumError):
            read(CASES / name)
        return
    records, account = read(CASES / name)
    assert records and len(account.refused) == SHORT.get(name, 0)
    assert all(isinstance(record, Record) and record.title for record in records)


def test_the_table_of_formats_and_fields_is_the_readers_own():
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    assert "\n".join(overview.table()) in page, "compendium records formats --fields"
    ris, openalex = registry.known()["ris"], registry.known()["openalex-csv"]
    assert {"doi", "accession", "stage"} <= overview.fields(ris)
    assert "editors" not in overview.fields(openalex)
