"""Printing and reading undo each other, for every tree; no input breaks the reader."""

from __future__ import annotations

import csv
import os
import random
import re

import fuzz
import pytest
from conftest import SHARED
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scopus_query import fields
from scopus_query.lint import lint
from scopus_query.parse import parse, read
from scopus_query.rules import RULES
from scopus_query.tokens import Lexer
from scopus_query.tree import (
    And,
    AndNot,
    Compare,
    Exact,
    Field,
    Limit,
    Near,
    Or,
    Phrase,
    Term,
    is_word,
    normal,
)
from scopus_query.unparse import unparse

SIGNS = st.text(
    st.sampled_from("abZ19 *?'-–_/&.,:;()[]{}<>=\\#éßАқ创ع😀\u200b\xa0\n“”ANDORTW")
    | st.characters(),
    min_size=1,
    max_size=12,
)


def made(kind, *strategies):
    """Nodes of a kind from texts, of which those that the kind refuses are left out."""

    def build(values):
        try:
            return kind(*values)
        except ValueError:
            return None

    return st.tuples(*strategies).map(build).filter(lambda node: node is not None)


SEVERAL = {"min_size": 2, "max_size": 4}
TERMS = made(Term, st.sampled_from(["innovation*", "R&D", "co-op", "α", "#1", "8th"]) | SIGNS)
LEAVES = st.one_of(
    TERMS,
    made(Phrase, SIGNS),
    made(Exact, SIGNS),
    made(Compare, st.sampled_from(list(fields.NUMBER)), st.sampled_from("<=>"),
         st.integers(0, 99_999_999)),
    made(Limit, st.sampled_from([*fields.LABELS, "FOO"]),
         st.lists(SIGNS | st.just("2020"), min_size=1, max_size=3).map(tuple), st.booleans()),
)  # fmt: skip


def grown(parts):
    """Nodes over other nodes."""
    lists = st.lists(parts, **SEVERAL).map(tuple)
    return st.one_of(
        made(Or, lists),
        made(And, lists),
        made(Near, lists, st.integers(0, 255), st.booleans()),
        made(AndNot, parts, st.lists(parts, min_size=1, max_size=3).map(tuple)),
        made(Field, st.sampled_from([*fields.TEXT, *fields.FILTER, "FOO", "X-Y2"]), parts),
    )


TREES = st.recursive(LEAVES, grown, max_leaves=25)


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_a_printed_tree_is_read_as_the_same_tree(tree):
    assert parse(unparse(tree)) == tree


@given(TREES, st.integers(10, 100))
@settings(max_examples=200, deadline=None)
def test_line_breaks_do_not_change_the_tree(tree, width):
    assert parse(unparse(tree, width)) == tree


@given(TREES)
@settings(max_examples=100, deadline=None)
def test_canonical_text_is_not_changed_by_printing_again(tree):
    assert unparse(parse(unparse(tree))) == unparse(tree)


@given(TREES)
@settings(max_examples=100, deadline=None)
def test_every_tree_can_be_linted(tree):
    assert lint(unparse(tree)).tree == tree


@given(st.text(max_size=60))
@example("\x00")
@example("İ(ß")
@settings(max_examples=500, deadline=None)
def test_any_text_gives_a_tree_or_a_query_error(text):
    assert fuzz.outcome(text) in ("tree", "QueryError")


def test_generated_and_damaged_queries_give_a_tree_or_a_query_error(capsys):
    count = int(os.environ.get("FUZZ_QUERIES", "2500"))
    assert fuzz.main(count, seed=11) == 0
    assert "tree" in capsys.readouterr().out


HUGE = {
    "10,000 parentheses": "(" * 10_000 + "a" + ")" * 10_000,
    "10,000 that are not closed": "(" * 10_000,
    "10,000 that were not opened": ")" * 10_000,
    "10,000 fields in one another": "TITLE(" * 10_000 + "a" + ")" * 10_000,
    "nesting that the tree keeps": "(" * 10_000 + "a" + " OR b) AND c" * 10_000,
    "proximities in one another": "a W/1 b W/2 " * 8_000 + "c",
    "3 MB of words": "word " * 600_000,
    "100,000 signs of quotation marks": '" ' * 50_000,
    "a group of 3,000 operators of two kinds": "a OR b AND " * 3_000 + "c",
    "100,000 signs of words": "a " * 50_000,
    "100,000 signs of braces": "{ " * 50_000,
    "100,000 signs of apostrophes": "' a " * 25_000,
    "a list of 10,000 terms": " OR ".join(f"word{number:04}" for number in range(9_000)),
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_input_gives_an_answer_or_a_limit(name):
    parsed = read(HUGE[name])
    assert parsed.tree is not None or parsed.errors


def test_ten_thousand_parentheses_around_a_word_are_that_word():
    assert parse(HUGE["10,000 parentheses"]) == Term("a")


def test_nesting_beyond_the_limit_is_named():
    assert [problem.message for problem in read(HUGE["10,000 fields in one another"]).errors] == [
        "The query goes beyond the limit of 100 levels."
    ]


def test_a_tree_as_deep_as_the_limit_can_be_compared_and_printed():
    text = "(" * 99 + "a" + " OR b)" * 99
    assert parse(text).depth == 100
    assert parse(unparse(parse(text))) == parse(text)


@pytest.mark.parametrize("word", ["OR", "w/3", "PUBYEAR", "a b", "a)", '"a', "&", "LIMIT-TO"])
def test_a_text_that_would_be_read_otherwise_is_no_term(word):
    assert not is_word(word)
    with pytest.raises(ValueError, match="is not one word"):
        Term(word)


def test_a_list_of_one_is_refused():
    with pytest.raises(ValueError, match="joins two parts or more"):
        Or((Term("a"),))


def test_canonical_text_has_parentheses_wherever_operators_meet():
    text = 'title(a or b and "x  y" and not c) and pubyear>2014'
    before, since = (unparse(parse(text, day)) for day in ("2024-01-01", "2026-06-01"))
    assert before == 'TITLE(((a OR b) AND "x y") AND NOT c) AND PUBYEAR > 2014'
    assert since == 'TITLE(a OR (b AND ("x y" AND NOT c))) AND PUBYEAR > 2014'


def test_no_parentheses_decide_what_depends_on_an_unknown_date():
    text = "TITLE(a OR b AND c) AND NOT KEY(d) AND PUBYEAR > 2014"
    assert unparse(parse(text)) == unparse(parse(text, "2025-12-01")) == text


def test_words_side_by_side_stay_so():
    assert unparse(parse("TITLE(alpha beta AND gamma)")) == "TITLE(alpha beta AND gamma)"


KEPT = [
    "TITLE(a1) AND ORIG-LOAD-DATE > 1779408000", "AUTHOR-NAME(smith, j)", "FIRSTAUTH(smith, j)",
    "AU-ID(Smith, J. 123)", 'AF-ID("Univ Alpha" 123)', "REFTITLE(Some title: a case)",
    'TITLE("\\"")', "REFEID(2-s2.0-1)", "AFFIL(London, United Kingdom)",
    "AUTH(Smith, J. OR Doe, A.)",
    'TITLE(a1) AND LIMIT-TO(AF-ID, "Univ Alpha, Beta" 123, "Univ Gamma" 45)',
    "DOI(10.1007/s00202-004-0261-3)", "ISSN(0959-8278)",
]


@pytest.mark.parametrize("text", KEPT)
def test_a_value_with_a_syntax_of_its_own_is_kept(text):
    assert unparse(parse(text)) == text


def signs(text: str) -> list[tuple]:
    return [(token.kind, token.text, token.within, token.ordered)
            for token in Lexer(text).run() if token.kind not in "()"]  # fmt: skip


@given(st.integers(0, 10**9))
@settings(max_examples=200, deadline=None)
def test_printing_keeps_every_sign_in_its_order(seed):
    draw = random.Random(seed)
    words = ["alpha", "beta*", '"gamma delta"', "{eps}", "KEY(zeta)", "eta theta", "(iota OR kap)",
             "(lam AND NOT mu nu)", "PUBYEAR > 2014", 'LIMIT-TO(LANGUAGE, "English")']  # fmt: skip
    parts = [draw.choice(words)]
    for _ in range(draw.randint(0, 7)):
        parts += [draw.choice(["AND", "OR", "AND NOT", "W/3", ""]), draw.choice(words)]
    text = " ".join(part for part in parts if part)
    for day in (None, "2024-01-01", "2026-06-01"):
        tree = parse(text, day)
        assert signs(unparse(tree)) == signs(text)
        assert normal(parse(unparse(tree), day)) == normal(tree)


CORPUS = [*fuzz.GOOD[:2], *KEPT, *(rule.example for rule in RULES.values() if rule.example)]


COMPARED = {"IS": "=", "AFT": ">", "BEF": "<"}


def collected() -> list[str]:
    """Queries of the tests and, where they are, those that an information specialist collected."""
    file = SHARED / "cases" / "queries.csv"
    if not file.is_file():
        return CORPUS
    with file.open(encoding="utf-8", newline="") as rows:
        return CORPUS + [row["input"] for row in csv.DictReader(rows)]


@pytest.mark.parametrize("day", fuzz.DAYS)
def test_printing_keeps_every_sign_of_every_collected_query(day):
    kept = 0
    for text in collected():
        parsed = read(text, day)
        # What is mended on the way, such as a comment or an operator of another database, differs.
        if parsed.tree is None or any(f.rule.code[:2] in ("Q1", "Q2") for f in parsed.findings):
            continue
        plain = re.sub(r"(?<=(?:YEAR|DATE) )(IS|AFT|BEF)\b", lambda sign: COMPARED[sign[1]], text)
        plain = re.sub(r"\b[a-z-]+(?=\()", lambda code: code.group().upper(), plain)
        assert signs(unparse(parsed.tree)) == signs(plain), text
        assert normal(parse(unparse(parsed.tree), day)) == normal(parsed.tree), text
        kept += 1
    assert kept > 25


def test_a_long_query_is_broken_by_group():
    text = "TITLE-ABS-KEY((alpha OR beta) AND (gamma OR delta)) AND PUBYEAR > 2014"
    assert unparse(parse(text), 30) == (
        "TITLE-ABS-KEY(\n"
        "  (alpha OR beta)\n"
        "  AND (gamma OR delta)\n"
        ")\n"
        "AND PUBYEAR > 2014"
    )
