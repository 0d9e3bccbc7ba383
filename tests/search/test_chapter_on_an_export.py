"""Chapter 1 on an export: the parameter `corpus` makes it show hits; else it says why not."""

from __future__ import annotations

import csv
import shutil

import pytest

from compendium import language
from compendium.edition import chapters
from compendium.edition.execute import papermill
from compendium.search import export_run, hit_list
from scopus_query.repair import repair

QUERY = 'TITLE-ABS-KEY ("open innovation" AND firm*) AND (tie OR ties))'


def outputs(notebook) -> str:
    """What the chapter shows under the section on the export."""
    [cell] = [cell for cell in notebook.cells if cell.get("id") == "show-export"]
    return "".join(text for output in cell.outputs for text in output.data.values())


def run(folder, **values):
    source = chapters.read("1-search")
    values = {"results": str(folder / "results"), **values}
    return papermill("1-search", source, values, folder / "1-search.ipynb")


def test_without_an_export_the_chapter_says_that_none_is_published(tmp_path):
    assert "No export is published with this book" in outputs(run(tmp_path))
    saved = tmp_path / "results" / "1-search" / "results" / "export_hits.csv"
    assert saved.read_text().splitlines() == ["query,reading,record,title"]


def test_the_chapter_shows_marked_hits_of_the_exports_that_the_parameter_names(shared, tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    for name in ("scopus.csv", "wos.txt"):
        shutil.copy(shared / "corpora" / name, folder)
    shown = outputs(run(tmp_path, corpus=str(folder)))
    assert "The export holds" in shown
    assert ">university-industry collaboration</mark>" in shown
    saved = tmp_path / "results" / "1-search" / "results" / "export_hits.csv"
    assert "query1,1," in saved.read_text(encoding="utf-8")


@pytest.fixture
def export(tmp_path):
    file = tmp_path / "export.csv"
    rows = [
        ("Open innovation & ties", "How firms <x>search</x>.", "2016"),
        ("Open innovation", "Firms and others.", "2017"),
        ("Something else", "", "2018"),
    ]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerows([("Title", "Abstract", "Year"), *rows])
    return str(file)


def test_a_hit_names_the_readings_that_find_it_and_escapes_what_the_record_says(export):
    asked = export_run.ask(export, {"query1": repair(QUERY)})
    [(hit, readings)] = hit_list.Hits("query1", tuple(asked)).found()
    html = hit_list.Hits("query1", tuple(asked))._repr_html_()
    assert hit.record["title"] == "Open innovation & ties"
    assert readings[0] == 1 and len(readings) > 1
    assert "&lt;x&gt;" in html and "<x>" not in html
    assert ">Open innovation</mark> &amp; <mark" in html


def test_the_counts_leave_a_record_without_the_field_undecided(export):
    rows = hit_list.counts(export_run.ask(export, {"query1": repair("ABS(firm)")})).to_csv()
    assert rows.splitlines()[1] == "Query 1; reading 1,2,1,0"


def test_a_hit_is_told_in_the_readers_language(export):
    asked = tuple(export_run.ask(export, {"query1": repair("TITLE(innovation)")}))
    language.use("ru")
    assert "innovation: название" in hit_list.Hits("query1", asked)._repr_html_()


def test_nothing_is_asked_where_no_export_is_named():
    assert export_run.ask("", {"query1": repair("TITLE(innovation)")}) == []
