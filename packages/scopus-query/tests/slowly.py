"""The slow way to answer: every leaf is compared with every word of every text, for each record.

Written to be read; what `scopus_query.evaluate` finds by its index has to be the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scopus_query import columns, normal
from scopus_query.columns import Where, where
from scopus_query.evaluate import Match, Record, answer
from scopus_query.meaning import EVERYWHERE, meant
from scopus_query.tree import (
    And,
    AndNot,
    Compare,
    Exact,
    Field,
    Limit,
    Near,
    Node,
    Or,
    Together,
    texts_of,
)
from scopus_query.variants import form

Interval = tuple[int, int]


def evaluate(tree: Node, record: Record) -> bool | None:
    """Whether a query finds a record."""
    return answer(meant(tree), lambda node, place: _leaf(node, place, record))


def matches(tree: Node, record: Record) -> list[Match]:
    """Every place in a record where a wanted leaf of the query stands."""
    found = []
    for node, place in _wanted(meant(tree), EVERYWHERE):
        for column in place.columns:
            text = _text(record, column)
            if text is None:
                continue
            if place.is_filter:
                if in_values(node, column, text):
                    found.append(Match(node, column, 0, len(columns.shown(column, text))))
            else:
                found += [Match(node, column, *span) for span in _spans(node, place, column, text)]
    return list(dict.fromkeys(found))


def _leaf(node: Node, place: Where, record: Record) -> bool | None:
    """A leaf's answer; in several columns it is enough to stand in one."""
    if isinstance(node, Compare) or (isinstance(node, Limit) and node.code == "PUBYEAR"):
        year = record.get(columns.YEAR)
        return _of_year(node, None if year is None else int(year))
    if not place.columns:
        return None
    said = {_in_column(node, place, column, _text(record, column)) for column in place.columns}
    return True if True in said else None if None in said else False


def _text(record: Record, column: str) -> str | None:
    cell = record.get(column)
    return None if cell is None else str(cell)


def _of_year(node: Compare | Limit, year: int | None) -> bool | None:
    if year is None or node.code != "PUBYEAR":
        return None
    if isinstance(node, Limit):
        return any(v.isascii() and v.isdecimal() and int(v[:9]) == year for v in node.values)
    return {"=": year == node.value, "<": year < node.value, ">": year > node.value}[node.sign]


def _in_column(node: Node, place: Where, column: str, text: str | None) -> bool | None:
    if text is None:
        return None
    if place.is_filter:
        return in_values(node, column, text)
    return any(True for _span in _spans(node, place, column, text))


def in_values(node: Node, column: str, text: str) -> bool:
    """Whether a filter's cell holds a value that a leaf asks for, whatever either calls it."""
    held = columns.values(column, text).split()
    return any(
        _is_word(word, columns.value(column, value)) for value in texts_of(node) for word in held
    )


def _is_word(word: str, asked: str) -> bool:
    if not normal.is_wild(asked):
        return word == asked
    pattern = re.escape(asked).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(pattern, word) is not None


# -- words


def _spans(node: Node, place: Where, column: str, text: str) -> Iterator[tuple[int, int]]:
    """Characters of a text where a leaf stands."""
    for offset, entry in normal.entries(text, column in columns.LISTS):
        tokens = normal.tokens(entry)
        for first, last in _intervals(node, tokens, normal.lead(entry)):
            if place.is_whole and (first, last) != (0, len(tokens)):
                continue
            yield offset + tokens[first].start, offset + tokens[last - 1].end


def _intervals(node: Node, tokens: list[normal.Token], lead: str) -> list[Interval]:
    """Runs of words that a leaf matches, as the first and the one behind the last."""
    if isinstance(node, Or):
        return [run for part in node.parts for run in _intervals(part, tokens, lead)]
    if isinstance(node, Together):
        return _apart([_intervals(part, tokens, lead) for part in node.parts])
    if isinstance(node, Near):
        left, right = (_intervals(part, tokens, lead) for part in node.parts)
        return [run for one in left for other in right for run in _near(one, other, node)]
    if isinstance(node, Exact):
        return _exactly(node.text.strip(), tokens, lead)
    return [run for text in texts_of(node) for run in _loosely(normal.asked(text), tokens)]


def _apart(runs: list[list[Interval]], taken: tuple[Interval, ...] = ()) -> list[Interval]:
    """One run of each part, none of which overlap; empty if there is no such choice."""
    if not runs:
        return sorted(taken)
    for run in runs[0]:
        free = all(run[1] <= other[0] or other[1] <= run[0] for other in taken)
        if free and (found := _apart(runs[1:], (*taken, run))):
            return found
    return []


def _near(one: Interval, other: Interval, node: Near) -> Iterator[Interval]:
    if 0 <= other[0] - one[1] <= node.within:
        yield one[0], other[1]
    elif not node.ordered and 0 <= one[0] - other[1] <= node.within:
        yield other[0], one[1]


def _loosely(asked: list[str], tokens: list[normal.Token]) -> list[Interval]:
    if not asked:
        return []
    return [
        (at, at + len(asked))
        for at in range(len(tokens) - len(asked) + 1)
        if all(_fits(token, word) for token, word in zip(tokens[at:], asked, strict=False))
    ]


def _fits(token: normal.Token, asked: str) -> bool:
    if normal.is_wild(asked):
        return _is_word(token.word, asked)
    return token.form == form(asked)


def _exactly(text: str, tokens: list[normal.Token], lead: str) -> list[Interval]:
    """Runs of the same words with the same signs before, between and behind them."""
    asked, before = normal.tokens(text), normal.lead(text)
    found = []
    for at in range(len(tokens) - len(asked) + 1):
        run = tokens[at : at + len(asked)]
        signs = tokens[at - 1].signs if at else lead
        if (
            [token.word for token in run] == [token.word for token in asked]
            and [token.signs for token in run[:-1]] == [token.signs for token in asked[:-1]]
            and run[-1].signs.startswith(asked[-1].signs)
            and signs.endswith(before)
        ):
            found.append((at, at + len(asked)))
    return found


def _wanted(node: Node, place: Where) -> Iterator[tuple[Node, Where]]:
    """Leaves that a hit may hold: not those that are left out."""
    if isinstance(node, Field):
        yield from _wanted(node.part, where(node.code))
    elif isinstance(node, AndNot):
        yield from _wanted(node.wanted, place)
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _wanted(part, place)
    elif isinstance(node, Limit):
        if not node.exclude and node.code != "PUBYEAR":
            yield node, where(node.code)
    elif not isinstance(node, Compare):
        yield node, place
