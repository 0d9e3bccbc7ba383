"""Cases that an information specialist collected: each gives what is expected of it."""

from __future__ import annotations

import csv

import pytest
from conftest import SHARED

from scopus_query import columns
from scopus_query.evaluate import evaluate
from scopus_query.lint import lint
from scopus_query.parse import parse, read
from scopus_query.repair import repair
from scopus_query.rules import grouped
from scopus_query.unparse import unparse

LINT = {
    "q001": {"Q302"}, "q002": {"Q302"}, "q003": {"Q302"}, "q004": {"Q324"}, "q005": {"Q312"},
    "q013": {"Q217"}, "q014": set(), "q022": {"Q116"}, "q023": {"Q116"}, "q025": {"Q117"},
    "q042": set(), "q043": set(), "q044": set(), "q045": set(), "q046": set(), "q047": {"Q321"},
    "q048": {"Q320"}, "q049": {"Q320"}, "q050": {"Q204"}, "q051": {"Q204"}, "q052": {"Q214"},
    "q053": {"Q213"}, "q054": {"Q211"},
}
"""Rules that must be named; with none, only notes about single words or AND NOT as such may be."""
FORMAT = {
    "q006": "TITLE(a1) AND ORIG-LOAD-DATE > 1779408000",
    "q007": "AUTHOR-NAME(smith, j)", "q008": "FIRSTAUTH(smith, j)", "q009": "AU-ID(Smith, J. 123)",
    "q010": 'AF-ID("Univ Alpha" 123)', "q011": "REFEID(2-s2.0-1)",
    "q012": "REFTITLE(Some title: a case)", "q015": "KEY(innovation)", "q016": "KEY(inno- vation)",
}
NAMED = {"q015": "Q215", "q016": "Q216"}
REPAIR = {
    "q017": "TITLE(a1) AND NOT KEY(b1)", "q018": "SRCID(1)", "q019": "REFAUTHLASTNAME(x)",
    "q020": "REFPAGEFIRST(5)", "q021": "REFARTNUM(1)", "q024": 'TITLE("alpha beta gamma")',
}
RUN = {
    "q055": ({"references": "a1 x; b1 y"}, {"references": "a1 x b1; c1"}),
    "q056": ({"affiliations": "a1 x; b1 y"}, {"affiliations": "b1, a1; c1"}),
    "q057": ({"author_ids": "2; 3"}, {"author_ids": "2; 1"}),
}
"""Records that the query must not find, and must find."""
QUIET = {"Q319"}


def codes(text: str) -> set[str]:
    return {finding.rule.code for finding in lint(text).findings}


@pytest.fixture(scope="module")
def inputs() -> dict[str, str]:
    file = SHARED / "cases" / "queries.csv"
    if not file.is_file():
        pytest.skip("../shared/cases is not here: it holds the cases")
    with file.open(encoding="utf-8", newline="") as rows:
        return {row["id"]: row["input"] for row in csv.DictReader(rows)}


@pytest.mark.parametrize("case", LINT)
def test_lint_names_what_is_wrong_and_nothing_else(case, inputs):
    found = codes(inputs[case])
    assert LINT[case] <= found
    if not LINT[case]:
        assert found <= QUIET


@pytest.mark.parametrize("case", FORMAT)
def test_format_changes_nothing(case, inputs):
    assert unparse(read(inputs[case]).tree) == FORMAT[case]
    assert case not in NAMED or NAMED[case] in codes(inputs[case])


@pytest.mark.parametrize("case", REPAIR)
def test_repair_gives_what_is_meant_and_never_its_opposite(case, inputs):
    assert [unparse(reading.tree) for reading in repair(inputs[case])] == [REPAIR[case]]


@pytest.mark.parametrize("case", RUN)
def test_run_finds_what_the_guide_says(case, inputs):
    missed, found = RUN[case]
    tree = parse(inputs[case])
    assert evaluate(tree, columns.record(missed)) is False
    assert evaluate(tree, columns.record(found)) is True


def test_one_grouped_note_has_a_count_and_spans(inputs):
    [note] = grouped(lint(inputs["q005"]).findings)
    assert note.count == 3 and len(note.others) == 2


def test_both_readings_are_offered_with_parentheses(inputs):
    [finding] = [f for f in lint(inputs["q001"]).findings if f.rule.code == "Q302"]
    assert "(a1 OR b1) AND c1" in finding.message and "a1 OR (b1 AND c1)" in finding.message
    assert len(finding.fixes) == 2


def test_every_case_without_a_translation_is_looked_at(inputs):
    with (SHARED / "cases" / "queries.csv").open(encoding="utf-8", newline="") as rows:
        asked = {r["id"] for r in csv.DictReader(rows) if not r["command"].startswith("translate")}
    assert asked == {*LINT, *FORMAT, *REPAIR, *RUN}
