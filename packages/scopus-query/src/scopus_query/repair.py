"""Every plausible reading of a broken query, the smallest edit first."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from scopus_query import dates, syntax
from scopus_query.dates import AND, AND_NOT, AsOf
from scopus_query.lint import lint
from scopus_query.parse import Parsed, read
from scopus_query.rules import WARNING, Edit, Finding, Fix, apply
from scopus_query.tokens import Lexer
from scopus_query.tree import Node, normal

MAX_READINGS, _BUDGET = 8, 500_000
_EITHER = {"Q302", "Q305"}
"""Findings after which each of two readings may be meant."""
_QUOTES = (syntax.OPEN_QUOTE, syntax.STRAY_QUOTE, syntax.BRACE)


@dataclass(frozen=True)
class Reading:
    """What a query may mean.

    Attributes
    ----------
    edits : tuple of Edit
        Changes of the query as written, in the order of its text.
    text : str
        The query after the changes.
    tree : Node
    cost : int
        Signs taken out and put in to decide the reading. What mends the plain, such as a curly
        quotation mark, decides nothing.
    """

    edits: tuple[Edit, ...]
    text: str
    tree: Node
    cost: int


def repair(query: str, as_of: AsOf = None) -> list[Reading]:
    """Read a query in every plausible way.

    Parameters
    ----------
    query : str
        A query that may be broken.
    as_of : date or str, optional
        The day of the search; without it, a query whose meaning depends on the date has a reading
        for each order of precedence.

    Returns
    -------
    list of Reading
        Smallest edit first; of edits that come to the same tree, one; no more mendings than are
        needed. What is written otherwise than Scopus reads it, and plain to a person, is mended in
        all of them. Empty if a few edits do not make it readable.
    """
    readings: dict[Node, Reading] = {}
    tried, order, fewest = {query}, count(), None
    waiting: list[tuple] = [(0, 0, 0, _Draft.of(query))]
    budget = min(400, _BUDGET // (len(query) + 1) + 1)  # the time that a person waits
    while waiting and budget:
        budget -= 1
        _rank, _order, steps, draft = heapq.heappop(waiting)
        if fewest is not None and steps > fewest:
            continue
        parsed = read(draft.text)
        if parsed.tree is not None:
            fewest = steps
            for mended, more in _mended(draft, as_of, whole=steps == 0):
                reading = mended.reading(query, draft.cost(query) + more, as_of)
                if reading is None:
                    continue
                same = normal(reading.tree)
                if same not in readings or reading.cost < readings[same].cost:
                    readings[same] = reading
            continue
        left = len(parsed.errors)
        budget -= left // 10  # each error is a way or two to try
        if budget <= 0:
            break
        for fix in _ways(parsed):
            after = draft.edited(fix)
            if after.text not in tried:
                tried.add(after.text)
                # What leads on comes before a short dead end.
                heapq.heappush(waiting, (steps + 2 * left, next(order), steps + 1, after))
    ranked = sorted(readings.values(), key=lambda found: (found.cost, _blemishes(found.text)))
    return ranked[:MAX_READINGS]


def upgrade(query: str, as_of: AsOf = None) -> str:
    """A query with the parentheses that make it mean the same by every order of precedence.

    Parameters
    ----------
    query : str
    as_of : date or str, optional
        The day of the search, by whose order it is read; before autumn 2025 if left out.
    """
    way = 1 if dates.order(as_of) == dates.SINCE else 0
    found = [f for f in read(query, as_of).findings if f.rule.code in _EITHER]
    return apply(query, tuple(edit for finding in found for edit in finding.fixes[way]))


@dataclass(frozen=True)
class _Draft:
    """A text in the making; each of its signs remembers its place in the query as written."""

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, query: str) -> _Draft:
        return cls(query, tuple(range(len(query))))

    def edited(self, fix: Fix) -> _Draft:
        origin: list[int] = []
        at = 0
        for start, end, new in sorted(fix, key=lambda edit: edit[:2]):
            origin += self.origin[at:start]
            origin += [-1] * len(new)
            at = max(at, end)
        return _Draft(apply(self.text, fix), (*origin, *self.origin[at:]))

    def cost(self, query: str) -> int:
        return sum(edit.cost for edit in self.edits(query))

    def reading(self, query: str, cost: int, as_of: AsOf) -> Reading | None:
        tree = read(self.text, as_of).tree
        return None if tree is None else Reading(self.edits(query), self.text, tree, cost)

    def edits(self, query: str) -> tuple[Edit, ...]:
        edits, at, new = [], 0, ""
        for sign, place in zip((*self.text, ""), (*self.origin, len(query)), strict=True):
            if place < 0:
                new += sign
                continue
            if new or place > at:
                edits.append(Edit(at, place, new))
            at, new = place + 1, ""
        return tuple(edits)


def _mended(draft: _Draft, as_of: AsOf, whole: bool) -> Iterator[tuple[_Draft, int]]:
    """The draft with what is plain mended; a whole query also by each order of precedence."""
    for _round in range(4):  # a mending may uncover another
        findings = lint(draft.text).findings
        fixes = [f.fixes[0] for f in findings if f.rule.mend and f.fixes]
        edits: list[Edit] = []
        for fix in fixes:
            if not any(_meet(edit, other) for edit in fix for other in edits):
                edits += fix
        if not edits:
            break
        after = draft.edited(tuple(edits))
        if read(after.text).tree is None:
            break
        draft = after
    yield draft, 0
    if not whole or dates.order(as_of):
        return
    either = [f for f in read(draft.text).findings if f.rule.code in _EITHER]
    for way in (0, 1) if either else ():
        # Every group by one order of precedence: a search has one date.
        fix = tuple(edit for finding in either for edit in finding.fixes[way])
        after = draft.edited(fix)
        if read(after.text).tree is not None:
            yield after, sum(edit.cost for edit in fix)


def _meet(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


def _blemishes(text: str) -> int:
    return sum(finding.rule.severity == WARNING for finding in lint(text).findings)


def _ways(parsed: Parsed) -> list[Fix]:
    """Ways to mend the first error that is no consequence of another."""
    errors = parsed.errors
    first = next((e for e in errors if e.rule in _QUOTES), None)
    if first is None:
        first = next((e for e in errors if e.rule is syntax.UNOPENED), None)
    if first is None:
        last = [e for e in errors if e.rule is syntax.UNCLOSED]
        first = last[-1] if last else errors[0]
    if first.rule is syntax.UNOPENED:
        return _opened(parsed.text, first)
    if first.rule is syntax.UNCLOSED:
        return _closed(parsed.text, first)
    return list(first.fixes)


def _opened(text: str, error: Finding) -> list[Fix]:
    """Open what a `)` closes: inside a field code, or where a clause begins; or close less."""
    tokens = Lexer(text).run()
    before = [(at, token) for at, token in enumerate(tokens) if token.start < error.span.start]
    inside, starts, deleted = [], [], []
    for at, token in before:
        previous = tokens[at - 1] if at else None
        if token.kind == "(" and previous and previous.kind == "word":
            inside.append((Edit(token.end, token.end, "("),))
        elif token.kind == ")":
            deleted.append((Edit(token.start, token.end, ""),))
        clause = previous is None or previous.kind == "(" or previous.text in (AND, AND_NOT)
        if clause and token.kind not in (")", ",", "operator", "sign"):
            starts.append((Edit(token.start, token.start, "("),))
    return [*inside, *error.fixes, *starts, *reversed(deleted)]


def _closed(text: str, error: Finding) -> list[Fix]:
    """Close what a `(` opens where a clause ends; or open less."""
    tokens = Lexer(text).run()
    ends, deleted = [], []
    for at, token in enumerate(tokens):
        if token.start < error.span.start:
            continue
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        clause = following is None or following.kind == ")" or following.text in (AND, AND_NOT)
        if clause and token.kind not in ("(", ",", "operator", "sign"):
            ends.append((Edit(token.end, token.end, ")"),))
        pair = [token.kind for token in tokens[at + 1 : at + 3]] == ["word", ","]
        if token.kind == "(" and not pair and not (at and tokens[at - 1].kind == "word"):
            deleted.append((Edit(token.start, token.end, ""),))
    return [*error.fixes[:1], *ends, *deleted]
