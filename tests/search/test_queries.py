"""The queries as printed: cut into parts, counted, shown."""

import re

import pandas as pd
import pytest

from compendium import data
from review.search import queries
from review.search.markup import Markup
from review.search.queries import Query

TERMS = pd.DataFrame(
    [("q", "group_collaboration", "ties"), ("q", "group_review", "review"),
     ("q", "group_review", "<script>alert(1)</script>")],
    columns=["query", "concept_group", "term"],
)  # fmt: skip
FILTERS = pd.DataFrame([("q", "PUBYEAR > 2014")], columns=["query", "printed"])
ARTICLE = list(queries.printed().values())


def query(text, hits=10, selected=4):
    return Query("q", text, hits, selected, "methods:1", "methods:2")


def cut(text):
    return queries.parts(query(text), TERMS, FILTERS)


def article_parts(printed):
    return queries.parts(printed, data.table("query_terms"), data.table("query_filters"))


@pytest.mark.parametrize("printed", ARTICLE, ids=lambda q: q.id)
def test_the_parts_of_a_printed_query_join_to_the_query(printed):
    assert "".join(part.text for part in article_parts(printed)) == printed.text


@pytest.mark.parametrize("printed", ARTICLE, ids=lambda q: q.id)
def test_every_term_of_the_table_stands_in_its_group(printed):
    parts = article_parts(printed)
    terms = data.table("query_terms")
    for row in terms[terms["query"] == printed.id].itertuples():
        assert row.concept_group in {p.group for p in parts if p.text.strip('"') == row.term}


@pytest.mark.parametrize("printed", ARTICLE, ids=lambda q: q.id)
def test_the_last_parenthesis_of_the_groups_has_no_partner(printed):
    errors = [part.text for part in article_parts(printed) if part.kind == "error"]
    counted = queries.parentheses(printed, article_parts(printed))
    assert errors == [")"]
    assert counted["closing"] - counted["opening"] == counted["unmatched"] == len(errors)
    assert counted["groups_in_field"] == 1 < counted["groups"]


def test_balanced_parentheses_have_no_error():
    parts = cut("TITLE-ABS-KEY ((ties) AND (review))")
    assert queries.parentheses(query("TITLE-ABS-KEY ((ties) AND (review))"), parts) == {
        "query": "q", "opening": 3, "closing": 3, "unmatched": 0, "groups": 2,
        "groups_in_field": 2,
    }  # fmt: skip


def test_an_unclosed_parenthesis_is_an_error_too():
    assert [part.kind for part in cut("(ties") if part.text == "("] == ["error"]


def test_the_operator_between_two_groups_belongs_to_neither():
    parts = cut("((ties OR ties) AND (review))")
    assert [part.group for part in parts if part.text == "AND"] == [""]
    assert [part.group for part in parts if part.text == "OR"] == ["group_collaboration"]


def test_a_filter_is_one_part():
    assert [p.text for p in cut("(ties) AND PUBYEAR > 2014") if p.kind == "filter"] == [
        "PUBYEAR > 2014"
    ]


def test_a_script_in_a_query_is_text_in_the_page():
    text = '(ties AND "<script>alert(1)</script>")'
    shown = Markup(tuple(cut(text)))
    assert "<script" not in shown._repr_html_()
    assert "&lt;script&gt;" in shown._repr_html_()
    assert shown.to_text() == text


def test_a_shown_query_reads_as_printed_once_its_tags_are_gone():
    printed = ARTICLE[0]
    html = Markup(tuple(article_parts(printed)))._repr_html_()
    body = re.search(r'<div class="query" lang="en">(.*?)</div>', html, re.DOTALL)[1]
    text = re.sub("<[^>]+>", "", body).replace("&quot;", '"').replace("&amp;", "&")
    assert text == printed.text


def test_the_legend_names_what_the_query_has_and_nothing_else():
    html = Markup(tuple(cut("(ties)")))._repr_html_()
    legend = html.partition("</div>")[2]
    assert "Collaboration" in legend
    assert "filter" not in legend and "parenthesis" not in legend


def test_the_share_is_the_selected_part_of_the_hits():
    row = queries.counts([query("(ties)", hits=8, selected=2)]).iloc[0]
    assert (row["not_selected"], row["share_selected"]) == (6, 0.25)
