"""The front page: figures counted from the chapters' results, and references."""

import pandas as pd
import pytest

from compendium import data, language, open_chapter
from compendium.errors import CompendiumError
from review import overview

COUNTS = pd.DataFrame({"query": ["query1", "query2"], "hits": [3, 4]})
HITS = pd.DataFrame(
    [
        ("query1", "w1", "t", "yes", "unknown", "no"),
        ("query2", "w1", "t", "yes", "unknown", "no"),
        ("query1", "w2", "t", "unknown", "unknown", "unknown"),
    ],
    columns=["query", "work", "term", "title", "abstract", "keywords"],
)
INCLUDED = pd.DataFrame({"work": ["w1", "w2"], "table1": [1, 2], "table2": [1, None]})
MATRIX = pd.DataFrame({"model": ["m1", "m1", "m2"]})
VERDICTS = pd.DataFrame(
    {
        "verdict": ["confirmed", "differs", "differs", "cannot_be_checked"],
        "problem": [None, "a", "a", None],
    }
)


@pytest.fixture(autouse=True)
def _english():
    language.use("en")
    yield
    language.use("en")


@pytest.fixture
def figures():
    return overview.key_figures(COUNTS, HITS, INCLUDED, MATRIX, VERDICTS)


def test_a_work_in_both_tables_has_two_rows_and_counts_once(figures):
    assert (figures["rows"], figures["works"]) == (3, 2)


def test_an_answer_counts_once_and_unknown_is_no_answer(figures):
    assert (figures["answers"], figures["settled"]) == (6, 2)


def test_a_problem_that_two_claims_meet_counts_once(figures):
    assert (figures["claims"], figures["confirmed"], figures["problems"]) == (4, 1, 1)


def test_what_neither_holds_nor_shows_a_problem_is_unsettled(figures):
    assert figures["unsettled"] == 1


def test_the_grid_links_every_figure_to_a_chapter(figures):
    html = overview.shown(figures)._repr_html_()
    assert html.startswith('<dl class="key-figures">')
    assert html.count("<dt>") == html.count('<a href="') == 10


def test_the_article_is_cited_in_the_readers_language_or_its_own():
    article = data.document("article")
    assert "Khasenova" in overview.cite_article(article)
    language.use("kk")
    assert "Хасенова" in overview.cite_article(article)
    assert "81–90" in overview.cite_article(article)


def test_the_compendium_is_cited_with_the_version_of_its_data():
    assert data.package()["version"] in overview.cite_compendium()


@pytest.mark.parametrize("missing", overview.RESULTS)
def test_a_result_that_is_missing_is_named_with_its_chapter(tmp_path, missing):
    for name, table in overview.RESULTS:
        if (name, table) != missing:
            open_chapter(name, lang="en", results=str(tmp_path)).save(table, COUNTS)
    chapter = open_chapter("index", lang="en", results=str(tmp_path))
    with pytest.raises(CompendiumError, match=f"{missing[1]!r} of the chapter {missing[0]!r}"):
        overview.results(chapter)
