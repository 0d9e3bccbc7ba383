"""What each format's reader makes of a record."""

from __future__ import annotations

import json

import pytest

from compendium.records import registry
from compendium.records.source import Source
from tests.records.make import CORPORA, read

WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU van der Berg, AB
   Kim, C
AF van der Berg, Anna B.
   Kim, Chul
TI A title
   on two lines
SO A JOURNAL
LA English
DT Article; Early Access
DE one; two words;
   three
CR Adams J, 2005, RES POLICY
   Barney J, 1991, J MANAGE
SN 0166-4972
EI 1879-2383
PD AUG-SEP
PY 2019
BP 75
EP 85
DI 10.1016/J.X.2019
OA Green Published, gold
Z9 31
UT WOS:000482250100007
ZZ unheard of
ER

EF
"""
RIS = """TY  - CONF
TI  - A title
AU  - Kim, C.
AD  - One street, CityAD  - Two street, TownPU  - A HOUSE
PY  - 2020
SP  - 1166
EP  - 83
SN  - 01664972 (ISSN)
KW  - one
N1  - Cited By :7
N1  - References: A. (2001) B; C. (2002) D
N1  - A remark
UR  - https://www.scopus.com/inward/record.uri?eid=2-s2.0-85126271708&x=1
ER  -
"""
NBIB = """
PMID- 33000001
TI  - A title that goes
      on.
FAU - Kim, Chul
AU  - Kim C
LA  - eng
PT  - Journal Article
PT  - Systematic Review
DP  - 2021 Mar 5
JT  - A journal
PG  - 100-9
LID - 10.5555/abc [doi]
MH  - Humans
SO  - A journal. 2021.
"""
WORK = {
    "id": "https://openalex.org/W2741809807", "doi": "https://doi.org/10.5555/ABC",
    "display_name": "A title", "title": "A title", "publication_year": 2018,
    "publication_date": "2018-02-13", "language": "en", "type": "article",
    "authorships": [{"author": {"display_name": "Anna van der Berg"}}],
    "primary_location": {"source": {"display_name": "PeerJ", "issn": ["2167-8359"],
                                    "type": "journal"}},
    "biblio": {"volume": "6", "first_page": "e4375", "last_page": "e4375"},
    "open_access": {"oa_status": "gold"}, "cited_by_count": 0, "fwci": 1.5,
    "abstract_inverted_index": {"is": [1], "This": [0], "open": [2, 4], "and": [3]},
}  # fmt: skip
CSL = {
    "id": "x", "type": "article-journal", "title": "A title", "DOI": "10.5555/abc",
    "author": [{"family": "Berg", "given": "Anna", "non-dropping-particle": "van der"},
               {"literal": "World Health Organization"}],
    "issued": {"date-parts": [[2019, 8]]}, "page": "10-19", "language": "en-GB",
    "citation-key": "berg2019",
}  # fmt: skip
BIB = r"""% made by hand
@string{jour = "A Journal"}
@comment{nothing}
@Article{berg, author = {van der Berg, Anna and {World Health Organization} and M{\"u}ller, J.},
  title = {The {R\&D} of 50\% firms: 20% more}, journal = jour, year = 2019, month = aug,
  pages = {10--19}, doi = {https://doi.org/10.5555/ABC}, shelf = {B 7}}
@article{berg, title = {The same key}}
"""


def write(path, text):
    path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
    return path


def test_web_of_science_tagged_text(tmp_path):
    (record,), account = read(write(tmp_path / "savedrecs.txt", WOS))
    assert account.format == "wos"
    assert record.authors == ("van der Berg, Anna B.", "Kim, Chul")
    assert record.title == "A title on two lines"
    assert record.author_keywords == ("one", "two words", "three")
    assert record.references == ("Adams J, 2005, RES POLICY", "Barney J, 1991, J MANAGE")
    assert (record.doi, record.original["doi"]) == ("10.1016/j.x.2019", "10.1016/J.X.2019")
    assert (record.date, record.pages, record.issn) == (
        "2019-08", "75–85", ("0166-4972", "1879-2383"))  # fmt: skip
    assert (record.document_type, record.stage) == ("article", "in_press")
    assert record.open_access == ("all", "green", "gold") and record.cited_by == 31
    assert record.extra["ZZ"] == "unheard of"


def test_ris_with_tags_that_share_a_line(tmp_path):
    (record,), account = read(write(tmp_path / "x.txt", RIS))
    assert account.format == "ris"
    assert record.affiliations == ("One street, City", "Two street, Town")
    assert record.publisher == "A HOUSE"
    assert (record.pages, record.original["pages"]) == ("1166–1183", "1166-83")
    assert (record.document_type, record.source_type) == ("conference_paper", "conference")
    assert (record.issn, record.original["issn"]) == (("0166-4972",), "01664972 (ISSN)")
    assert record.references == ("A. (2001) B", "C. (2002) D") and record.cited_by == 7
    assert record.eid == "2-s2.0-85126271708" and record.extra["N1"] == "A remark"


def test_pubmed(tmp_path):
    (record,), account = read(write(tmp_path / "x.nbib", NBIB))
    assert account.format == "nbib"
    assert record.title == "A title that goes on." and record.authors == ("Kim, Chul",)
    assert (record.document_type, record.language) == ("review", ("en",))
    assert (record.date, record.pages, record.doi) == ("2021-03-05", "100–109", "10.5555/abc")
    assert record.index_terms == ("Humans",) and record.extra["SO"]


@pytest.mark.parametrize("shape", ["page", "array", "lines", "one"])
def test_openalex_in_every_shape(tmp_path, shape):
    text = {
        "page": json.dumps({"meta": {"count": 1}, "results": [WORK]}, indent=1),
        "array": json.dumps([WORK], indent=1),
        "lines": json.dumps(WORK) + "\n",
        "one": json.dumps(WORK, indent=1),
    }[shape]
    (record,), account = read(write(tmp_path / "works.json", text))
    assert account.format == "openalex"
    assert record.abstract == "This is open and open"
    assert record.authors == ("van der Berg, Anna",)
    assert (record.openalex, record.doi) == ("W2741809807", "10.5555/abc")
    assert (record.date, record.pages, record.cited_by) == ("2018-02-13", "e4375", 0)
    assert record.extra["fwci"] == "1.5"


def test_openalex_csv(tmp_path):
    header = "id,doi,title,publication_year,authorships.author.display_name,type,topics"
    text = f"{header}\nhttps://openalex.org/W274180,,A title,2018,Anna Kim|Bo Lee,review,T1|T2\n"
    (record,), account = read(write(tmp_path / "works.csv", text))
    assert account.format == "openalex-csv"
    assert record.authors == ("Kim, Anna", "Lee, Bo") and record.document_type == "review"
    assert record.extra["topics"] == "T1|T2"


def test_csl_json(tmp_path):
    (record,), account = read(write(tmp_path / "zotero.json", [CSL]))
    assert account.format == "csl-json"
    assert record.authors == ("van der Berg, Anna", "World Health Organization")
    assert (record.date, record.pages, record.language) == ("2019-08", "10–19", ("en",))
    assert record.document_type == "article" and record.extra["citation-key"] == "berg2019"


def test_bibtex(tmp_path):
    (record, second), account = read(write(tmp_path / "library.bib", BIB))
    assert account.format == "bibtex" and not account.refused
    assert record.authors == ("van der Berg, Anna", "World Health Organization", "Müller, J.")
    assert record.title == "The R&D of 50% firms: 20% more"
    assert (record.source, record.date, record.pages) == ("A Journal", "2019-08", "10–19")
    assert record.doi == "10.5555/abc" and record.extra["shelf"] == "B 7"
    assert second.title == "The same key"


def test_a_large_bibtex_is_read_in_its_order_with_its_strings(tmp_path):
    text = "@string{j = {A Journal}}\n" + "".join(
        f"@article{{k{at}, title={{Title {at}}}, journal=j}}\n" for at in range(40)
    )
    records, account = read(write(tmp_path / "library.bib", text + "@article{k, title={Cut"))
    assert [r.title for r in records] == [f"Title {at}" for at in range(40)]
    assert {r.source for r in records} == {"A Journal"} and records[-1].line == 41
    assert [refusal.line for refusal in account.refused] == [42]


def test_a_format_is_recognised_by_one_reader_only(tmp_path):
    texts = [WOS, RIS, NBIB, json.dumps([WORK]), json.dumps([CSL]), BIB,
             registry.known()["csv"].opening]  # fmt: skip
    for at, text in enumerate(texts):
        source = Source.of(write(tmp_path / str(at), text))
        kinds = [kind for kind in registry.known().values() if not kind.last]
        said = [kind.name for kind in kinds if kind.recognises(source.head)]
        assert len(said) == 1, said


def test_a_table_of_ones_own_is_read_by_the_names_of_its_columns(tmp_path):
    text = (
        "Article Title\tAuthor Full Names\tPublication Year\tStart Page\tEnd Page\tShelf\n"
        "A title\tKim, Chul; Lee, Bo\t2020\t1166\t83\tB 7\n"
    )
    (record,), account = read(write(tmp_path / "savedrecs.txt", text))
    assert account.format == "table" and "Abstract" in account.notes[1].text
    assert "title ← Article Title" in account.notes[0].text
    assert record.title == "A title" and record.authors == ("Kim, Chul", "Lee, Bo")
    assert (record.year, record.pages, record.extra["Shelf"]) == (2020, "1166–1183", "B 7")


def test_rispy_reads_the_same_titles_authors_and_keywords():
    rispy = pytest.importorskip("rispy")
    if not (file := CORPORA / "scopus.ris").exists():
        pytest.skip(f"{file} is absent")
    records, _account = read(file)
    theirs = rispy.loads(file.read_text(encoding="utf-8-sig"))
    assert [" ".join(entry["title"].split()) for entry in theirs] == [r.title for r in records]
    assert [len(entry.get("authors", ())) for entry in theirs] == [len(r.authors) for r in records]
    assert [len(entry.get("keywords", ())) for entry in theirs] == [
        len(r.keywords) for r in records
    ]


@pytest.mark.parametrize(
    ("name", "count"),
    [("scopus.csv", 127), ("scopus.ris", 127), ("wos.txt", 621), ("wos.ris", 50),
     ("open_collaborative_innovation_scopus.csv", 104)],
)  # fmt: skip
def test_the_exports_at_hand_are_read_without_a_loss(name, count):
    if not (CORPORA / name).exists():
        pytest.skip(f"{CORPORA / name} is absent")
    records, account = read(CORPORA / name)
    assert (account.entries, len(records), account.refused) == (count, count, [])


def test_both_scopus_exports_say_the_same():
    if not CORPORA.exists():
        pytest.skip(f"{CORPORA} is absent")
    (table, _), (tagged, _) = read(CORPORA / "scopus.csv"), read(CORPORA / "scopus.ris")
    # Titles differ in one thing: the table adds the original title in brackets.
    assert all(
        a.title.startswith(b.title) and "[" in a.title[len(b.title) :]
        for a, b in zip(table, tagged, strict=True) if a.title != b.title
    )  # fmt: skip
    for name in ("authors", "year", "doi", "issn", "language", "document_type", "pages"):
        differ = [
            (getattr(a, name), getattr(b, name))
            for a, b in zip(table, tagged, strict=True)
            if getattr(a, name) != getattr(b, name)
        ]
        assert not differ, (name, differ[:3])
