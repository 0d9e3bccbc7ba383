"""What an editor colours without Python, beside the lexer."""

from __future__ import annotations

import csv
import re

from hypothesis import given
from made import trees
from pygments.token import STANDARD_TYPES

from scopus_query import syntax
from scopus_query.grammar import SIGNS
from scopus_query.highlight import ScopusLexer
from scopus_query.lint import lint
from scopus_query.rules import RULES
from scopus_query.unparse import unparse

GUESSED = {syntax.NESTED, syntax.OTHERWISE}
"""Where these are found the lexer says what was meant, not what is written."""


def by_grammar(text: str) -> list[str]:
    """The kind of each sign; blanks and words have none."""
    kinds = [""] * len(text)
    for found in re.finditer(SIGNS, text, re.IGNORECASE):
        for at in range(*found.span()):
            is_wild = found.lastgroup in ("w", "s2") and text[at] in "*?"
            kinds[at] = "se" if is_wild else {"w": ""}.get(found.lastgroup, found.lastgroup)
    return shown(text, kinds)


def by_lexer(text: str) -> list[str]:
    kinds = [STANDARD_TYPES[kind] for _at, kind, part in ScopusLexer().get_tokens_unprocessed(text)
             for _sign in part]  # fmt: skip
    return shown(text, kinds)


def shown(text: str, kinds: list[str]) -> list[str]:
    return ["" if sign.isspace() else kind for sign, kind in zip(text, kinds, strict=True)]


def test_a_query_that_can_be_read_has_the_same_colours_as_in_the_book(shared):
    with (shared / "cases" / "queries.csv").open(encoding="utf-8", newline="") as rows:
        given = [row["input"] for row in csv.DictReader(rows) if row["command"] != "run"]
    queries = {*given, *(rule.example for rule in RULES.values() if rule.example)}
    whole = [query for query in queries if (found := lint(query)).tree is not None
             and not GUESSED & {one.rule for one in found.findings}]  # fmt: skip
    assert len(whole) > 80
    assert [query for query in whole if by_grammar(query) != by_lexer(query)] == []


@given(trees)
def test_a_written_tree_has_the_same_colours_as_in_the_book(tree):
    text = unparse(tree, 60)
    assert by_grammar(text) == by_lexer(text)
