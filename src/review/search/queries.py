"""The article's two queries as printed: their parts, their parentheses and their counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from pygments.token import Keyword, Operator

from compendium import data
from scopus_query.highlight import kind_of
from scopus_query.tokens import Lexer

_KINDS = {Keyword: "field", Operator.Word: "operator"}


@dataclass(frozen=True)
class Query:
    """A query as the article prints it, with the counts that it reports.

    Attributes
    ----------
    id : str
    text : str
        The query, letter for letter.
    hits, selected : int
        How many publications it found, and how many of them were selected.
    place, counts_place : str
        Where the article prints the query and where it reports the counts.
    """

    id: str
    text: str
    hits: int
    selected: int
    place: str
    counts_place: str


@dataclass(frozen=True)
class Part:
    """A stretch of a query.

    Attributes
    ----------
    text : str
    kind : {"field", "operator", "filter", "error", "plain"}
        An error is a unmatched parenthesis.
    group : str
        Concept group whose parentheses hold it; empty if none do.
    """

    text: str
    kind: str = "plain"
    group: str = ""


def printed() -> dict[str, Query]:
    """The two queries by their id."""
    return {query.id: query for query in of(data.document("queries"))}


def of(entries: Iterable[dict]) -> list[Query]:
    """The queries that entries of the resource `queries` describe."""
    return [
        Query(
            id=entry["id"],
            text=entry["text"],
            hits=entry["reported_hits"],
            selected=entry["reported_selected"],
            place=entry["place"],
            counts_place=entry["counts_place"],
        )
        for entry in entries
    ]


def counts(queries: Iterable[Query]) -> pd.DataFrame:
    """What the article reports of each query, and what follows from it.

    Returns
    -------
    DataFrame with `query`, `hits`, `selected`, `not_selected` (the difference), `share_selected`
    (missing where nothing was found) and `place`
    """
    return pd.DataFrame(
        {
            "query": query.id,
            "hits": query.hits,
            "selected": query.selected,
            "not_selected": query.hits - query.selected,
            "share_selected": query.selected / query.hits if query.hits else None,
            "place": query.counts_place,
        }
        for query in queries
    )


def parts(query: Query, terms: pd.DataFrame, filters: pd.DataFrame) -> list[Part]:
    """A query cut into parts; joined again, their texts are the query.

    Parameters
    ----------
    query : Query
    terms : DataFrame
        `query_terms`: which term belongs to which concept group.
    filters : DataFrame
        `query_filters`: which stretches of the query are filters.
    """
    own = terms[terms["query"] == query.id]
    groups = dict(zip(own["term"], own["concept_group"], strict=True))
    pieces = _cut(query.text, filters.loc[filters["query"] == query.id, "printed"])
    tokens = [
        Part(text, kind)
        for piece, is_filter in pieces
        for text, kind in ([(piece, "filter")] if is_filter else _tokens(piece))
    ]
    pairs = _pairs(tokens)
    around = _around(tokens, pairs)
    named: dict[int | None, str] = {None: ""}
    for token, start in zip(tokens, around, strict=True):
        group = groups.get(token.text.strip('"'), "")
        if start is not None and not named.get(start):
            named[start] = group
    return [
        Part(
            token.text,
            "error" if token.text in ("(", ")") and at not in pairs else token.kind,
            named[around[at]],
        )
        for at, token in enumerate(tokens)
    ]


def cut(
    entries: Iterable[dict], terms: pd.DataFrame, filters: pd.DataFrame
) -> dict[str, list[Part]]:
    """The parts of each query by its id; see `parts`."""
    return {query.id: parts(query, terms, filters) for query in of(entries)}


def parentheses_of_each(
    entries: Iterable[dict], cut: dict[str, list[Part]]
) -> list[dict[str, int | str]]:
    """The parentheses of each query; see `parentheses`."""
    return [parentheses(query, cut[query.id]) for query in of(entries)]


def parentheses(query: Query, cut: list[Part]) -> dict[str, int | str]:
    """How many parentheses a query opens and closes, and what its field code holds.

    Parameters
    ----------
    query : Query
    cut : list of Part
        The query's parts, as `parts` gives them.

    Returns
    -------
    dict with `query`, `opening`, `closing`, `unmatched`, `groups` (concept groups) and
    `groups_in_field` (those inside the parentheses of the field code)
    """
    opened = [at for at, part in enumerate(cut) if part.kind == "field"]
    inside = {part.group for at in opened for part in _held(cut, at)} - {""}
    return {
        "query": query.id,
        "opening": query.text.count("("),
        "closing": query.text.count(")"),
        "unmatched": sum(part.kind == "error" for part in cut),
        "groups": len({part.group for part in cut} - {""}),
        "groups_in_field": len(inside),
    }


def _cut(text: str, filters: Iterable[str]) -> list[tuple[str, bool]]:
    known = [re.escape(entry) for entry in filters if entry]
    if not known:
        return [(text, False)]
    pieces = re.split(f"({'|'.join(known)})", text)
    return [(piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece]


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens = Lexer(text).run()
    found, at = [], 0
    for token, following in zip(tokens, (*tokens[1:], None), strict=True):
        if token.start > at:
            found.append((text[at : token.start], "plain"))
        kind = _KINDS.get(kind_of(token, following), "plain")
        found.append((text[token.start : token.end], kind))
        at = token.end
    return [*found, (text[at:], "plain")] if text[at:] else found


def _pairs(tokens: list[Part]) -> dict[int, int]:
    """Partner of each parenthesis that has one."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for at, token in enumerate(tokens):
        if token.text == "(":
            waiting.append(at)
        elif token.text == ")" and waiting:
            start = waiting.pop()
            pairs[start], pairs[at] = at, start
    return pairs


def _around(tokens: list[Part], pairs: dict[int, int]) -> list[int | None]:
    """Where the innermost parentheses around each token open; they are inside themselves."""
    found: list[int | None] = []
    open_now: list[int] = []
    for at in range(len(tokens)):
        partner = pairs.get(at)
        if partner is not None and partner > at:
            open_now.append(at)
        found.append(open_now[-1] if open_now else None)
        if partner is not None and partner < at:
            open_now.pop()
    return found


def _held(cut: list[Part], field: int) -> list[Part]:
    """Parts inside the parentheses that follow a field code."""
    pairs = _pairs(cut)
    start = next((at for at in range(field, len(cut)) if cut[at].text == "("), None)
    return cut[start : pairs[start]] if start in pairs else []
