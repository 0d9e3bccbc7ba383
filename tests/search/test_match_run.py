"""`search run` and its parts: exports are read, hits explain themselves, memory stays bounded."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser

import pyarrow.parquet as pq
import pytest

from compendium import cli
from compendium.errors import CompendiumError
from compendium.records import ledger
from compendium.search import corpus, exports, hits
from scopus_query.engines import engine
from scopus_query.parse import parse

ROWS = [
    {"Title": "Open <b>innovation</b> & firms", "Abstract": "University–industry ties; R&D.",
     "Author Keywords": "open innovation; firms", "Year": "2016", "Document Type": "Article"},
    {"Title": "Something else", "Abstract": "", "Author Keywords": "", "Year": "2017",
     "Document Type": "Review"},
    {"Title": "A third", "Abstract": "No ties.", "Author Keywords": "ties", "Year": "",
     "Document Type": "Article"},
]  # fmt: skip


@pytest.fixture
def export(tmp_path):
    file = tmp_path / "export.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(ROWS[0]))
        writer.writeheader()
        writer.writerows(ROWS)
    return file


@pytest.fixture
def folder(export, tmp_path):
    where = tmp_path / "prepared"
    corpus.prepare(export, where)
    return where


def run(capsys, *arguments):
    code = cli.main(["search", *map(str, arguments)])
    return code, capsys.readouterr()


def test_the_command_says_what_is_found_unknown_and_not_found(folder, capsys):
    code, told = run(capsys, "run", "TITLE-ABS-KEY(innovation)", folder)
    assert code == 0
    assert "Records: 3; found: 1; unknown: 1; not found: 1." in told.out


@pytest.mark.parametrize("name", ["duckdb", "pandas", "polars"])
def test_every_engine_gives_the_same_json(folder, name, capsys):
    code, told = run(capsys, "run", 'TITLE-ABS-KEY("university industry")', folder, "--json",
                     "--engine", name)  # fmt: skip
    found = json.loads(told.out)
    assert code == 0
    assert (found["found"], found["unknown"], found["not_found"]) == (1, 1, 1)
    (match,) = found["hits"][0]["matches"]
    assert (match["field"], match["text"]) == ("abstract", "University–industry")
    assert match["leaf"] == '"university industry"'


def test_the_command_speaks_the_language_asked_for(folder, capsys, tmp_path):
    page = tmp_path / "hits.html"
    _code, told = run(capsys, "run", "TITLE(third)", folder, "--lang", "ru", "--html", page)
    assert "Найдено: 1, неизвестно: 0, не найдено: 2; всего записей: 3." in told.out
    assert "third: title, 2–7" in told.out
    assert '<html lang="ru">' in page.read_text("utf-8")


def test_a_field_that_no_export_has_is_named(folder, capsys):
    _code, told = run(capsys, "run", "TITLE(third) AND AF-ID(7)", folder)
    assert "No export has the field AF-ID" in told.out


def test_a_query_that_does_not_parse_ends_with_2(folder, capsys):
    code, told = run(capsys, "run", "TITLE(ties", folder)
    assert code == 2
    assert "--reading" in told.err


def test_a_reading_of_a_broken_query_runs(folder, capsys):
    code, told = run(capsys, "run", "ABS(ties", folder, "--reading", 1)
    assert code == 0
    assert "found: 2" in told.out


class _Marks(HTMLParser):
    def __init__(self):
        super().__init__()
        self.marked, self.tags, self.inside = [], [], False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.inside = tag == "mark"

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.marked.append(data)


def test_a_page_of_hits_marks_them_and_escapes_what_the_record_says(folder, tmp_path, capsys):
    page = tmp_path / "hits.html"
    query = 'TITLE-ABS-KEY(innovation OR "r&d")'
    run(capsys, "run", query, folder, "--html", page)
    read = _Marks()
    read.feed(page.read_text("utf-8"))
    assert read.marked == ["innovation", "R&D", "innovation"]
    assert "</mark> &amp; firms" in page.read_text("utf-8")


def test_overlapping_matches_are_marked_once(folder):
    tree = parse('TITLE("open innovation" OR innovation OR open)')
    (hit,) = hits.hits(tree, folder, engine("duckdb"))
    marked = hits.highlighted(hit.record["title"], hit.matches)
    assert marked.count("<mark") == 1
    assert "open &lt;" not in marked.split("<mark")[0].lower()


def test_a_corpus_is_prepared_once_and_anew_when_it_changes(export):
    first = corpus.prepared(export)
    stamp = (first / corpus.MARKER).stat().st_mtime_ns
    assert corpus.prepared(export) == first
    assert (first / corpus.MARKER).stat().st_mtime_ns == stamp
    export.write_text(export.read_text("utf-8-sig") + "Fourth,,,2018,Article\n", "utf-8")
    second = corpus.prepared(export)
    assert second != first
    assert corpus.size(second) == 4


def test_a_folder_holds_what_its_files_hold_and_parquet_is_read_like_csv(export, tmp_path):
    import pandas as pd

    many = tmp_path / "many"
    many.mkdir()
    (many / "a.csv").write_bytes(export.read_bytes())
    pd.DataFrame(ROWS).to_parquet(many / "b.parquet")
    where = tmp_path / "both"
    corpus.prepare(many, where)
    assert corpus.size(where) == 6
    found = [hit.record["title"] for hit in hits.hits(parse("TITLE(third)"), where,
                                                      engine("duckdb"))]  # fmt: skip
    assert found == ["A third", "A third"]


def test_batches_of_a_large_corpus_keep_their_order(tmp_path, monkeypatch):
    file = tmp_path / "large.csv"
    file.write_text("Title\n" + "".join(f"number {at}\n" for at in range(25)), "utf-8")
    monkeypatch.setattr(corpus, "_BATCH", 4)
    monkeypatch.setattr(corpus, "_ROWS_A_FILE", 10)
    where = tmp_path / "prepared"
    done = []
    corpus.prepare(file, where, done.append)
    titles = pq.read_table(where).sort_by("record")["title"].to_pylist()
    assert titles == [f"number {at}" for at in range(25)]
    assert len(list(where.glob("*.parquet"))) > 1
    assert done == sorted(done) and done[-1] == 25


def test_a_file_without_title_and_abstract_is_refused(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(CompendiumError, match="a column Title or Abstract"):
        corpus.prepared(file)


def test_a_file_of_a_folder_that_is_no_export_is_named_and_the_others_are_read(
    export, tmp_path, capsys
):
    many = tmp_path / "many"
    many.mkdir()
    (many / "a.csv").write_bytes(export.read_bytes())
    (many / "b.tsv").write_text("a\tb\n1\t2\n", "utf-8")
    code, told = run(capsys, "run", "TITLE(third)", many)
    assert code == 0
    assert "found: 1" in told.out
    assert "Not read: " in told.out and "b.tsv" in told.out


def test_a_hit_carries_the_key_of_its_record(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text("Title,DOI,Year\nEditorial,10.1234/a,2020\nEditorial,10.1234/b,2020\n", "utf-8")
    where = tmp_path / "keys"
    corpus.prepare(file, where)
    found = [hit.key for hit in hits.hits(parse("TITLE(editorial)"), where, engine("duckdb"))]
    assert len(set(found)) == 2
    assert found == [record.key for record in ledger.records([file], [])]


RIS = """TY  - JOUR
TI  - Open innovation
AU  - Cohen, W.
AU  - Levin, D.
KW  - firms
KW  - R&D
PY  - 2016
LA  - English
M3  - Article
N1  - References: First (2001) A title;
Second (2002) Another one
ER  -
"""
WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Cohen, W
   Levin, D
TI Open
   innovation
DE firms; R&D
PY 2016
LA English
DT Article
CR First, 2001
   Second, 2002
ER

EF
"""


@pytest.mark.parametrize("text", [RIS, WOS])
def test_ris_and_web_of_science_hold_the_same_record(text, tmp_path):
    file = tmp_path / "export.txt"
    file.write_text(text, "utf-8")
    (cells,) = exports.records(file)
    found = exports.record(cells)
    assert found["title"] == "Open innovation"
    assert found["authors"].split("; ")[1].startswith("Levin")
    assert found["keywords"] == "firms; R&D"
    assert (found["year"], found["language"], found["document_type"]) == (
        2016, " | english | ", " | ar | ",
    )  # fmt: skip
    assert "Second" in found["references"]
    assert found["abstract"] is None


def test_entries_that_are_no_records_are_told(tmp_path, capsys):
    file = tmp_path / "library.bib"
    file.write_text("@book{a, title={Open innovation}}\n@book{b, title={Cut off", "utf-8")
    code, told = run(capsys, "run", "TITLE(innovation)", file)
    assert code == 0
    assert "Records: 1; found: 1; unknown: 0; not found: 0." in told.out
    assert "Entries that could not be read: 1." in told.out


def test_a_language_is_asked_by_its_english_name_whatever_its_code(tmp_path):
    file = tmp_path / "pubmed.nbib"
    file.write_text("PMID- 1\nTI  - A title\nLA  - tur\nSO  - J.\n", "utf-8")
    (cells,) = exports.records(file)
    assert exports.record(cells)["language"] == " | turkish | "


def test_an_empty_open_access_cell_of_scopus_means_that_there_is_none(tmp_path):
    file = tmp_path / "scopus.csv"
    file.write_text("Title,Open Access,EID\nx,,2-s2.0-1\ny,All Open Access,2-s2.0-2\n", "utf-8")
    found = [exports.record(cells)["open_access"] for cells in exports.records(file)]
    assert found == [" | none | ", " | all | "]


def test_the_same_records_in_two_formats_give_the_same_hits(shared):
    query = parse('TITLE("knowledge transfer" OR spillover*) AND PUBYEAR > 2010')
    titles = [
        sorted(hit.record["title"].casefold() for hit in hits.hits(query, folder, engine("duckdb")))
        for folder in (corpus.prepared(shared / "corpora" / name)
                       for name in ("scopus.csv", "scopus.ris"))
    ]  # fmt: skip
    assert len(titles[0]) > 5
    assert titles[0] == titles[1]


@pytest.mark.parametrize("export", ["scopus.csv", "wos.txt"])
def test_regular_expressions_over_the_texts_as_read_find_the_same_records(export, shared):
    """Written apart from the search, as a reader of the exports would look for the words."""
    query = parse(
        "TITLE-ABS-KEY((universit* OR academi*) W/5 (industr* OR firm*)) AND PUBYEAR > 2005 AND "
        'TITLE-ABS-KEY("knowledge transfer" OR "technology transfer" OR spillover)'
    )
    one, other = r"(?:universit|academi)\w*", r"(?:industr|firm)\w*"
    between = r"(?:\W+[^\W_]+(?:['’][^\W_]+)?){0,5}\W+"
    near = re.compile(rf"\b(?:{one}{between}{other}|{other}{between}{one})", re.IGNORECASE)
    topic = re.compile(r"\b(?:(?:knowledge|technology)\W+transfers?|spillovers?)\b", re.IGNORECASE)
    folder = corpus.prepared(shared / "corpora" / export)
    looked = set()
    for record in pq.read_table(folder).to_pylist():
        texts = [record["title"], record["abstract"], *(record["keywords"] or "").split(";")]
        texts = [text for text in texts if text]
        if (record["year"] or 0) > 2005 and all(any(map(p.search, texts)) for p in (near, topic)):
            looked.add(record["record"])
    found = {hit.record["record"] for hit in hits.hits(query, folder, engine("duckdb"))}
    assert len(found) > 3
    assert found == looked
