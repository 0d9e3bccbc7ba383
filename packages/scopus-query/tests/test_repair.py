"""Broken queries are repaired into every plausible reading, the smallest edit first."""

from __future__ import annotations

import random

import fuzz
import pytest

from scopus_query.lint import lint
from scopus_query.parse import parse, read
from scopus_query.repair import repair
from scopus_query.rules import apply
from scopus_query.tree import And, Field, Limit, walk
from scopus_query.unparse import unparse


def texts(query: str) -> list[str]:
    return [unparse(reading.tree) for reading in repair(query)]


ONE_TOO_MANY = (
    'TITLE-ABS-KEY ("alpha-beta ties" OR "beta alpha") AND ("joint R&D" OR "gamma delta") AND '
    "(model OR strateg*)) AND PUBYEAR > 2014"
)
WITH_PAIRS = (
    "TITLE-ABS-KEY (alpha OR beta) AND (gamma OR delta) AND (review OR overview)) AND "
    'PUBYEAR > 2014 AND (LANGUAGE, "English") AND (DOCTYPE, "ar") AND (PUBSTAGE, "final") AND '
    '(OA, "all")'
)


@pytest.fixture(params=[ONE_TOO_MANY, WITH_PAIRS])
def printed(request) -> str:
    return request.param


def test_a_printed_query_has_two_readings(printed):
    assert len(repair(printed)) == 2


def groups_in_field(reading) -> int:
    [field] = [node for node, _around in walk(reading.tree) if isinstance(node, Field)]
    return len(field.part.parts) if isinstance(field.part, And) else 1


def test_the_readings_have_all_groups_in_the_field_or_the_first_alone(printed):
    assert [groups_in_field(reading) for reading in repair(printed)] == [3, 1]


def test_each_reading_needs_one_parenthesis_more_or_less(printed):
    parentheses = [
        (edit.end - edit.start, edit.text)
        for reading in repair(printed)
        for edit in reading.edits
        if "(" in edit.text or printed[edit.start : edit.end] == ")"
    ]
    assert parentheses == [(0, "("), (1, "")]


def test_the_bare_pairs_of_the_second_query_become_limit_to():
    for reading in repair(WITH_PAIRS):
        limits = [node for node, _around in walk(reading.tree) if isinstance(node, Limit)]
        assert limits == [
            Limit("LANGUAGE", ("English",)),
            Limit("DOCTYPE", ("ar",)),
            Limit("PUBSTAGE", ("final",)),
            Limit("OA", ("all",)),
        ]
        assert reading.text.count("LIMIT-TO (") == 4


def test_edits_lead_from_the_printed_text_to_the_reading(printed):
    for reading in repair(printed):
        assert apply(printed, reading.edits) == reading.text
        assert parse(reading.text) == reading.tree


BROKEN = {
    "a query in order stays as it is": ("TITLE(a)", ["TITLE(a)"]),
    "curly quotes become straight": ("TITLE(“x y”)", ['TITLE("x y")']),
    "a mixed pair becomes straight": ('TITLE(“x y")', ['TITLE("x y")']),
    "a phrase is closed before the operator": (
        'TITLE("x y OR "z w")', ['TITLE("x y" OR "z w")', 'TITLE(x y OR "z w")'],
    ),
    "a curly phrase is closed, not opened up": (
        "TITLE(“x y OR z)", ['TITLE("x y" OR z)', "TITLE(x y OR z)"],
    ),
    "a phrase is opened after the operator": (
        'TITLE(z OR x y" AND "w v")', ['TITLE(z OR "x y" AND "w v")'],
    ),
    "a misspelled field code": ("TITEL-ABS-KEY(a)", ["TITLE-ABS-KEY(a)"]),
    "a field code with the wrong dash": ("TITLE–ABS–KEY(a)", ["TITLE-ABS-KEY(a)"]),
    "operators that a PDF has glued to fields and years": (
        "TITLE(a)ANDKEY(b)ANDNOTABS (c) ANDPUBYEAR≥2020ANDPUBYEAR<2025ANDLIMIT-TO(LANGUAGE, x)",
        ["TITLE(a) AND KEY(b) AND NOT ABS(c) AND PUBYEAR > 2019 AND PUBYEAR < 2025 "
         'AND LIMIT-TO(LANGUAGE, "x")'],
    ),
    "a field whose name begins like an operator": (
        "ORCID(1) OR ORIG-LOAD-DATE > 5", ["ORCID(1) OR ORIG-LOAD-DATE > 5"],
    ),
    "NOT": ("TITLE(a NOT b)", ["TITLE(a AND NOT b)"]),
    "an operator at the end": ("TITLE(a OR b OR)", ["TITLE(a OR b)"]),
    "an operator at the beginning": ("AND TITLE(a)", ["TITLE(a)"]),
    "an empty group": ("TITLE(a) AND ()", ["TITLE(a)"]),
    "a parenthesis that is missing before the filter": (
        "TITLE((a OR b) AND (c OR d) AND PUBYEAR > 2014",
        ["TITLE((a OR b) AND (c OR d)) AND PUBYEAR > 2014"],
    ),
    "what AND NOT leaves out depends on the date": (
        "TITLE(a) AND NOT KEY(b) AND PUBYEAR > 2014",
        ["TITLE(a) AND NOT KEY(b) AND PUBYEAR > 2014",
         "(TITLE(a) AND NOT KEY(b)) AND PUBYEAR > 2014"],
    ),
    "a group that NOT opens": ("TITLE(a) AND (NOT KEY(b))", ["TITLE(a) AND NOT KEY(b)"]),
    "NOT behind a wide parenthesis": ("TITLE(a AND （NOT b）)", ["TITLE(a AND NOT b)"]),
    "NOT behind a comment": ("TITLE(a AND (/* x */ NOT b))", ["TITLE(a AND NOT b)"]),
    "NOT behind a stray sign": ("TITLE(a AND (; NOT b))", ["TITLE(a AND NOT b)"]),
    "NOT behind a sign unseen": ("TITLE(a AND (\u200bNOT b))", ["TITLE(a AND NOT b)"]),
    "AND-NOT that opens a group": ("TITLE(a AND (AND-NOT b))", ["TITLE(a AND NOT b)"]),
    "doubled marks inside a phrase": ('TITLE("a b ""c"" d")', ['TITLE("a b c d")']),
    "a cell of a table": ('"TITLE(a OR ""b c"")"', ['TITLE(a OR "b c")']),
    "part of an address": ("TITLE%28a%20AND%20b%29", ["TITLE(a AND b)"]),
    "a flat proximity in a list may be meant or not": (
        "TITLE(a OR b W/3 c OR d)",
        ["TITLE(a OR b W/3 c OR d)", "TITLE(a OR (b W/3 c) OR d)"],
    ),
    "names of document types": (
        'TITLE(a) AND LIMIT-TO(DOCTYPE, "article", "Reviews")',
        ['TITLE(a) AND LIMIT-TO(DOCTYPE, "ar", "re")'],
    ),
    "several things at once": (
        "TITEL(“x y” OR z)) AND PUBYEAR ≥ 2015 AND",
        ['TITLE("x y" OR z) AND PUBYEAR > 2014'],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_query_is_mended(what):
    query, first = BROKEN[what]
    assert texts(query)[: len(first)] == first


@pytest.mark.parametrize(
    "query", ["SRCID(1)", "REFAUTHLASTNAME(x)", "REFPAGEFIRST(5)", "REFARTNUM(1)", "XAUTH(a)",
              "AUTHOR-NAME(smith, j)", "AU-ID(Smith, J. 123)"],
)  # fmt: skip
def test_a_repair_never_makes_one_field_of_another(query):
    [reading] = repair(query)
    assert unparse(reading.tree) == query


@pytest.mark.parametrize("query", ["NOT TITLE(a)", "TITLE(a) OR NOT KEY(b)", "TITLE(NOT a OR b)"])
def test_a_repair_never_deletes_a_not(query):
    assert all("NOT" in reading.text for reading in repair(query))


@pytest.mark.parametrize(("day", "count"), [("2024-05-01", 1), ("2026-05-01", 1), (None, 2)])
def test_a_day_decides_between_the_orders(day, count):
    assert len(repair("TITLE(a OR b AND c)", day)) == count


def test_a_query_in_order_needs_no_edit():
    [reading] = repair('TITLE("x y") AND PUBYEAR > 2014')
    assert reading.edits == () and reading.cost == 0


def test_the_smallest_edit_comes_first():
    readings = repair('TITLE-ABS-KEY ("a b" OR c) AND (d OR "e f)) AND PUBYEAR>2014')
    costs = [reading.cost for reading in readings]
    assert costs == sorted(costs) and len(costs) > 1


def test_no_two_readings_mean_the_same(printed):
    trees = [reading.tree for reading in repair(printed)]
    assert len(set(trees)) == len(trees)


def test_nothing_to_search_for_has_no_reading():
    assert repair("") == []


def test_damaged_queries_are_repaired_into_something_readable():
    draw = random.Random(3)
    for _ in range(80):
        query = fuzz.query(draw)
        for reading in repair(query):
            assert lint(reading.text).tree == reading.tree
            assert apply(query, reading.edits) == reading.text


def test_more_errors_than_a_few_edits_mend_have_no_reading_and_few_are_tried(monkeypatch):
    tried = []
    monkeypatch.setattr("scopus_query.repair.read",
                        lambda text, *day: tried.append(text) or read(text, *day))
    assert repair("(" * 1_000) == []
    assert len(tried) < 10
    assert repair("TITLE(a) " * 20 + ")" * 20)
