"""Queries for other databases: read again by search-query, and nothing lost in silence."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, assume, given, settings
from made import trees
from search_query.parser import parse as read_again

from scopus_query.columns import where
from scopus_query.errors import ScopusQueryError
from scopus_query.normal import asked
from scopus_query.parse import parse
from scopus_query.platform_query import build
from scopus_query.platforms import BY_NAME
from scopus_query.translate import translate
from scopus_query.tree import Exact, Field, Phrase, Term, walk

GROUPS = (
    'TITLE-ABS-KEY("university-industry collaboration" OR cooperation) AND TITLE(model* OR "x y") '
    'AND PUBYEAR > 2014 AND PUBYEAR < 2026 AND LIMIT-TO(LANGUAGE, "English")'
)


def shape(query, around: str = "") -> tuple:
    """A query of search-query without what its parsers write otherwise: fields at the leaves."""
    name = query.field.value if query.field else around
    if not query.children:
        return (query.value, name)
    distance = getattr(query, "distance", None)
    return (query.value, distance, *(shape(child, name) for child in query.children))


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.parametrize(
    "query",
    [
        GROUPS,
        "TITLE(a1 OR b1) AND NOT ABS(c1)",
        "TITLE-ABS-KEY(knowledge W/5 transfer)",
        'TITLE("open innovation") OR (ABS(firm) AND AUTH(smith))',
    ],
)
def test_the_parser_of_search_query_reads_the_same(query, name):
    platform = BY_NAME[name]
    built, _losses = build(parse(query), platform)
    text = platform.serializer.to_string(built)
    assert shape(read_again(text, platform=platform.name)) == shape(built)


def test_years_become_one_span_and_open_ends_are_closed():
    assert "PY=2015-2025" in translate(parse(GROUPS), "wos").text
    assert "2015:2025[dp]" in translate(parse(GROUPS), "pubmed").text
    assert translate(parse("TITLE(a1) AND PUBYEAR > 2014"), "pubmed").text.endswith(
        "2015:3000[dp]"
    )


def test_what_a_database_cannot_express_is_listed_with_its_place():
    query = 'TITLE(a1) AND AU-ID(7) AND LIMIT-TO(PUBSTAGE, "final")'
    for name in BY_NAME:
        losses = translate(parse(query), name).losses
        lost = {loss.text: query[slice(*loss.span)] for loss in losses}
        assert lost["AU-ID(7)"] == "7"
        assert lost['LIMIT-TO(PUBSTAGE, "final")'] == 'LIMIT-TO(PUBSTAGE, "final")'


def test_the_distance_of_near_and_both_sides_of_not_are_kept_in_web_of_science():
    text = translate(parse("TITLE(a1 W/5 b1) AND NOT (ABS(c1) OR ABS(d1))"), "wos").text
    assert text == "TI=(a1 NEAR/5 b1) NOT AB=(c1 OR d1)"


def test_a_fixed_order_is_kept_where_there_is_one_and_listed_where_not():
    tree = parse("TITLE(a1 PRE/2 b1)")
    assert translate(tree, "ebsco").text == "TI (a1 W2 b1)"
    assert not translate(tree, "ebsco").losses
    assert any("order" in loss.reason for loss in translate(tree, "wos").losses)


def test_openalex_gets_an_address_with_a_filter_for_each_part():
    found = unquote(translate(parse(GROUPS), "openalex").text)
    assert found.startswith("https://api.openalex.org/works?filter=")
    assert found.split("filter=")[1].split(",") == [
        'title_and_abstract.search:"university-industry collaboration" OR cooperation',
        'title.search:model OR "x y"',
        "language:en",
        "publication_year:2015-2025",
    ]


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=trees)
def test_every_leaf_is_in_the_translation_or_among_its_losses(tree):
    for name in (*BY_NAME, "openalex"):
        try:
            found = translate(tree, name)
        except ScopusQueryError:
            assume(False)
        text = unquote(found.text).casefold()
        lost = " ".join(loss.text for loss in found.losses).casefold()
        for node, around in walk(tree):
            coded = any(isinstance(a, Field) and where(a.code).is_filter for a in around)
            if isinstance(node, Term | Phrase | Exact) and not coded:
                for word in asked(node.text):  # signs before an exact phrase may go
                    shown = word.strip("*?") in text or word in lost
                    assert shown or node.text.casefold() in ("a", "the", "of")


def test_a_filter_that_is_left_out_is_always_listed():
    for query in ('TITLE(a1) AND LIMIT-TO(SUBJAREA, "BUSI")', "TITLE(a1) AND REFPUBYEAR > 2000"):
        for name in (*BY_NAME, "openalex"):
            assert translate(parse(query), name).losses, (query, name)


def test_a_field_without_translation_is_named():
    tree = Field("CHEMNAME", Term("gold"))
    assert translate(tree, "ebsco").text == ""
    assert translate(tree, "ebsco").losses[0].text == "CHEMNAME(gold)"
