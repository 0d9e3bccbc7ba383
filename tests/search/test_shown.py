"""Figures, tables and sentences of the chapter on the search."""

import re

import pytest

from compendium import data, language
from review.search import figures, known_items, prose, queries, tables


@pytest.fixture(scope="module")
def results():
    works = known_items.expected(data.table("empirical"), data.table("reviews"))
    hits = known_items.term_hits(works, data.table("query_terms"), data.table("term_occurrences"))
    return hits, known_items.group_hits(hits)


def drawn(results, at=0):
    return figures.known_items(*(known_items.of_each_query(frame)[at] for frame in results))


def test_the_figure_draws_unknown_with_a_hatch(results):
    hits, groups = (known_items.of_each_query(frame)[0] for frame in results)
    assert "<pattern" in figures.known_items(hits, groups).svg
    settled = hits.replace("unknown", "no")
    # One hatch is the key's: the drawing of settled answers has no other place for it.
    known = figures.known_items(settled, known_items.group_hits(settled))
    assert figures.known_items(hits, groups).svg.count("url(#h") > known.svg.count("url(#h")


def test_the_figure_is_the_same_in_every_run(results):
    assert drawn(results).svg == drawn(results).svg


def test_the_description_of_the_figure_names_the_unread_work(results):
    assert "Hansen et al. 2020" in drawn(results).alt


@pytest.mark.parametrize("code", list(language.LANGUAGES))
def test_every_work_and_term_is_written_in_the_figure(results, code):
    language.use(code)
    hits, _groups = (known_items.of_each_query(frame)[1] for frame in results)
    svg = drawn(results, 1).svg
    for term in hits["term"]:
        assert term.split()[-1].replace("&", "&amp;") in svg
    for work in ("Mascarenhas", "Sjöö", "Nsanzumuhire"):
        assert work in svg


def test_an_unknown_answer_stands_in_the_table_as_unknown(results):
    _hits, groups = (known_items.of_each_query(frame)[0] for frame in results)
    found = known_items.query_hits(groups)
    row = next(
        line for line in tables.group_hits(groups, found).to_csv().splitlines() if "Hansen" in line
    )
    assert row.split(",")[1:] == ["Unknown"] * 4


def test_the_table_of_what_was_read_links_to_no_mirror():
    works = known_items.expected(data.table("empirical"), data.table("reviews"))
    html = tables.reading(known_items.reading(works, data.table("term_occurrences")))._repr_html_()
    assert not re.search(r"\d+\.\d+\.\d+\.\d+|topsight|9pdf|ceurspt", html)
    assert "page read" in html


def test_a_filter_that_the_prose_does_not_state_is_not_reported():
    rows = tables.filters(data.table("query_filters")).to_csv().splitlines()
    printed = next(row for row in rows if "PUBYEAR" in row)
    assert "Not reported" in printed


def test_the_prose_counts_every_work_of_a_query_once(results):
    told = prose.answers(known_items.query_hits(results[1]))
    for query, table in {"query1": "empirical", "query2": "reviews"}.items():
        counted = sum(int(told[f"{query}_{a}"].split()[0]) for a in ("yes", "no", "unknown"))
        assert counted == len(data.table(table))


def test_an_empty_list_of_works_is_told_as_none():
    assert prose.names([]) == "none"


def test_the_prose_tells_the_counts_of_the_article():
    told = prose.counts(queries.counts(queries.printed().values()))
    assert (told["query1_hits"], told["query2_selected"]) == ("18 publications", "8 publications")
