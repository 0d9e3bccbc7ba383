"""Records and trees for the tests of matching: small vocabularies, so that things are found."""

from __future__ import annotations

import random

import pyarrow.parquet as pq
from hypothesis import strategies as st

from scopus_query import columns, prepared
from scopus_query.tree import And, AndNot, Compare, Exact, Field, Limit, Near, Or, Phrase, Term

WORDS = ["university", "Universities", "industry", "collaboration", "organisation", "organization",
         "R&D", "open", "innovation", "innovations", "firm's", "state-of-the-art", "the", "of",
         "β-catenin", "beta", "Zürich", "criteria", "criterion", "50%", "(a)", "co-operation",
         "C++", "инновация", "don't", "a/b", "x_y", "p|q"]  # fmt: skip
ASKED = ["university", "innovation", "innovat*", "organi?ation", "collaboration", "firm", "r",
         "criterion", "beta", "co-operation", "state-of-the-art", "*", "?pen", "инновац*", "dont",
         "industr*", "zürich", "a"]  # fmt: skip
PHRASES = ["university industry", "R&D", "open innovation", "open innovat*", "of the art", "beta",
           "university * collaboration", "co operation", "the firm", "a b"]  # fmt: skip
EXACTS = ["R&D", "open innovation", "university-industry", "(a)", "firm's", "C++", "50%", "a/b",
          "x_y", "p|q", "the", "innovation; open"]  # fmt: skip
CODES = ["AFFIL", "TITLE", "ABS", "KEY", "AUTHKEY", "TITLE-ABS-KEY", "ALL", "AUTH", "SRCTITLE",
         "EXACTKEYWORD", "AU-ID", "REF"]  # fmt: skip
LIMITS = {"LANGUAGE": ["English", "French"], "DOCTYPE": ["ar", "re", "Article"],
          "OA": ["all", "repository"], "PUBSTAGE": ["final"], "PUBYEAR": ["2015", "2020"],
          "SUBJAREA": ["BUSI"], "EXACTKEYWORD": ["Open innovation", "R&D"],
          "SRCTITLE": ["open *"], "PREFNAMEAUID": ["Cohen"]}  # fmt: skip


def records(count: int, seed: int = 7) -> list[dict]:
    """Records with words of the vocabulary; each lacks some field."""
    chance = random.Random(seed)

    def text(most: int, divider: str = "") -> str:
        words = chance.choices(WORDS, k=chance.randint(1, most))
        return " ".join(w + (divider if divider and chance.random() < 0.4 else "") for w in words)

    def maybe(value):
        return "" if chance.random() < 0.2 else value

    return [
        columns.record({
            "title": maybe(text(7)), "abstract": maybe(text(25)),
            "author_keywords": maybe(text(5, ";")), "index_terms": maybe(text(4, ";")),
            "authors": maybe("Cohen W.; Levin D."), "source": maybe(text(3)),
            "affiliations": maybe(text(6, ";")),
            "references": maybe(text(6, ";")),
            "language": maybe(chance.choice(["English", "French; English"])),
            "document_type": maybe(chance.choice(["Article", "Review", "Conference Paper"])),
            "stage": maybe(chance.choice(["Final", "Article in Press"])),
            "open_access": maybe(chance.choice(["none", "All Open Access, Green"])),
            "year": maybe(str(chance.randint(2012, 2024))),
        })
        for _ in range(count)
    ]  # fmt: skip


def written(found: list[dict], folder) -> None:
    """Write records as a prepared corpus of two files."""
    half = len(found) // 2
    table = prepared.table(found)
    pq.write_table(table.slice(0, half), folder / "part-0.parquet")
    pq.write_table(table.slice(half), folder / "part-1.parquet")


def _several(kind, parts, **more):
    return st.lists(parts, min_size=2, max_size=3).map(lambda held: kind(tuple(held), **more))


def _near(parts):
    return st.builds(
        lambda held, within, ordered: Near(tuple(held), within, ordered),
        st.lists(parts, min_size=2, max_size=3), st.sampled_from([0, 1, 3, 20]), st.booleans(),
    )  # fmt: skip


words = (
    st.sampled_from(ASKED).map(Term)
    | st.sampled_from(PHRASES).map(Phrase)
    | st.sampled_from(EXACTS).map(Exact)
)
near = _near(words | _several(Or, words))
limits = st.sampled_from(list(LIMITS)).flatmap(
    lambda code: st.builds(
        lambda values, out: Limit(code, tuple(values), out),
        st.lists(st.sampled_from(LIMITS[code]), min_size=1, max_size=2), st.booleans(),
    )
)  # fmt: skip
years = st.builds(
    Compare, st.sampled_from(["PUBYEAR", "PUBYEAR", "REFPUBYEAR"]), st.sampled_from("<=>"),
    st.integers(2012, 2024),
)  # fmt: skip
values = st.builds(
    Field, st.sampled_from(["LANGUAGE", "DOCTYPE", "OPENACCESS"]),
    st.sampled_from(["english", "ar", "re", "1", "engl*"]).map(Term),
)  # fmt: skip
leaves = words | near | _near(words | near) | limits | years | values


def _wider(parts):
    return (
        _several(And, parts)
        | _several(Or, parts)
        | st.builds(AndNot, parts, st.lists(parts, min_size=1, max_size=2).map(tuple))
        | st.builds(Field, st.sampled_from(CODES), parts)
    )


trees = st.recursive(leaves, _wider, max_leaves=8)
