"""What is found by an index of words is what the slow way finds, and where."""

from __future__ import annotations

import pytest
import slowly
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from made import records, trees

from scopus_query import columns, evaluate, normal
from scopus_query.errors import ScopusQueryError
from scopus_query.parse import parse

RECORDS = records(40, seed=11)
QUERIES = [
    "AFFIL(univers* AND innovation)", 'AUTHKEY({R&D}) OR LIMIT-TO(EXACTKEYWORD, "R&D")',
    "TITLE-ABS-KEY((open OR universit*) W/3 (innovation OR {R&D}))",
    'ALL("open innovation" OR the OR firm) AND NOT TITLE(beta) AND PUBYEAR > 2015',
    'SRCTITLE("of the") OR LIMIT-TO(SRCTITLE, "open *")', "REF(a W/2 b) OR ABS(*)",
    "PUBYEAR < 2016", "PUBYEAR > 2016 AND NOT PUBYEAR = 2018", "TITLE(?)",
]  # fmt: skip


def same(tree) -> None:
    for record in RECORDS:
        assert evaluate.evaluate(tree, record) is slowly.evaluate(tree, record)
        assert evaluate.matches(tree, record) == slowly.matches(tree, record)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=trees)
def test_answers_and_places_are_those_of_the_slow_way(tree):
    try:
        slowly.evaluate(tree, RECORDS[0])
    except ScopusQueryError:
        assume(False)
    same(tree)


@pytest.mark.parametrize("query", QUERIES)
def test_written_queries_find_the_same_the_slow_way(query):
    same(parse(query))


@given(st.text(alphabet=st.sampled_from("aZéяß0_ '’‘`´sS.;\u0301-½")))
def test_words_as_written_are_those_of_the_tokens(text):
    tokens = normal.tokens(text)
    assert normal.raw(text) == [text[token.start : token.end] for token in tokens]
    assert normal.spans(text) == [(token.start, token.end) for token in tokens]
    assert list(map(normal.word, normal.raw(text))) == [token.word for token in tokens]


def test_a_word_is_found_again_after_the_known_ones_were_let_go(monkeypatch):
    monkeypatch.setattr(evaluate, "_MOST_WORDS", 3)
    tree = parse("TITLE(delta)")
    held = [columns.record({"title": f"alpha{at} beta{at} delta"}) for at in range(4)]
    assert [evaluate.evaluate(tree, record) for record in held] == [True] * 4


def test_queries_asked_by_turns_keep_their_answers():
    held = columns.record({"title": "Open innovation"})
    asked = [parse(f"TITLE({word})") for word in ["open", "shut"] * 10]
    for _turn in range(2):
        found = [evaluate.evaluate(tree, held) for tree in asked]
        assert found == [True, False] * 10
