"""What a query says of one record, and where in it each part was found, in plain Python.

A query is made ready once for many records: each word of a text is looked up once, then known, and
a leaf is looked for only in texts that have its words. The engines compile a tree to one expression
instead; they must agree, and this alone knows places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from scopus_query import columns, normal
from scopus_query.columns import Where, where
from scopus_query.kleene import either, every, opposite
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
    is_filter,
    texts_of,
)
from scopus_query.variants import form

Record = Mapping[str, "str | int | None"]
"""Cells by columns of `columns`; None where the record lacks the field."""

Leaf = Callable[[Node, Where], "bool | None"]
Said = Callable[["_Texts"], "bool | None"]
Interval = tuple[int, int]
_MOST_WORDS = 1 << 19


@dataclass(frozen=True)
class Match:
    """Where a leaf of a query was found in a record.

    Attributes
    ----------
    node : Node
    column : str
    start, end : int
        Offsets into the column's text as it is shown; a filter's whole cell.
    """

    node: Node
    column: str
    start: int
    end: int


def evaluate(tree: Node, record: Record) -> bool | None:
    """Whether a query finds a record: true, false, or None where the record does not say.

    Parameters
    ----------
    tree : Node
    record : mapping
        Texts and the year by column.
    """
    return _ready(tree).answer(record)


def matches(tree: Node, record: Record) -> list[Match]:
    """Every place in a record where a wanted leaf of the query stands."""
    return _ready(tree).matches(record)


def answer(node: Node, leaf: Leaf, place: Where = EVERYWHERE) -> bool | None:
    """Kleene's logic over a tree whose leaves someone answers."""
    if isinstance(node, Field):
        return answer(node.part, leaf, where(node.code))
    if isinstance(node, And):
        return every(answer(part, leaf, place) for part in node.parts)
    if isinstance(node, Or):
        return either(answer(part, leaf, place) for part in node.parts)
    if isinstance(node, AndNot):
        out = either(answer(part, leaf, place) for part in node.unwanted)
        return every((answer(node.wanted, leaf, place), opposite(out)))
    if isinstance(node, Limit):
        found = leaf(node, where(node.code))
        return opposite(found) if node.exclude else found
    return leaf(node, where(node.code) if isinstance(node, Compare) else place)


def _of_year(node: Compare | Limit, year: int | None) -> bool | None:
    if year is None or node.code != "PUBYEAR":
        return None
    if isinstance(node, Limit):
        return any(v.isascii() and v.isdecimal() and int(v[:9]) == year for v in node.values)
    return {"=": year == node.value, "<": year < node.value, ">": year > node.value}[node.sign]


def in_values(node: Node, column: str, text: str) -> bool:
    """Whether a filter's cell holds a value that a leaf asks for, whatever either calls it."""
    held = columns.values(column, text).split()
    return any(
        _is_word(word, columns.value(column, value)) for value in texts_of(node) for word in held
    )


def _pattern(asked: str) -> str:
    return re.escape(asked).replace(r"\*", ".*").replace(r"\?", ".")


def _is_word(word: str, asked: str) -> bool:
    if not normal.is_wild(asked):
        return word == asked
    return re.fullmatch(_pattern(asked), word) is not None


# -- a query made ready


class Asked:
    """A query made ready to be asked of many records.

    Attributes
    ----------
    tree : Node
    """

    def __init__(self, tree: Node):
        self.tree = tree
        self._meant = meant(tree)
        self._leaves: list[_Leaf] = []
        self._numbers: dict[str, set[int]] = {}
        self._said = self._plan(self._meant, EVERYWHERE)
        self.words = _Words({key for leaf in self._leaves for key in _keys(leaf.node)})

    def answer(self, record: Record) -> bool | None:
        """Whether the query finds a record; None where the record does not say."""
        return self._said(_Texts(self, record))

    def matches(self, record: Record) -> list[Match]:
        """Every place where a wanted leaf of the query stands."""
        texts, found = _Texts(self, record), []
        for node, place, number in self._wanted:
            for column in place.columns:
                cell = record.get(column)
                if cell is None:
                    continue
                if not place.is_filter:
                    text = texts[column]
                    if number in text.candidates:
                        spans = self._leaves[number].spans(text)
                        found += [Match(node, column, *span) for span in spans]
                elif in_values(node, column, str(cell)):
                    found.append(Match(node, column, 0, len(columns.shown(column, str(cell)))))
        return list(dict.fromkeys(found))

    def candidates(self, keys: Iterable[str]) -> set[int]:
        """Numbers of the leaves that may stand in a text with such words."""
        return set().union(*(self._numbers[key] for key in keys if key in self._numbers))

    @cached_property
    def _wanted(self) -> list[tuple[Node, Where, int]]:
        numbers = {(id(leaf.node), leaf.place): at for at, leaf in enumerate(self._leaves)}
        found = _wanted(self._meant, EVERYWHERE)
        return [(node, place, numbers.get((id(node), place), -1)) for node, place in found]

    def _plan(self, node: Node, place: Where) -> Said:
        """How a part is answered; what is quick is asked first, what decides ends it."""
        if isinstance(node, Field):
            return self._plan(node.part, where(node.code))
        if isinstance(node, And):
            parts = [self._plan(part, place) for part in sorted(node.parts, key=_is_long)]
            return lambda texts: every(part(texts) for part in parts)
        if isinstance(node, Or):
            leaves = [part for part in node.parts if _is_leaf(part)]
            parts = [self._group(leaves, place)] if leaves else []
            parts += [self._plan(part, place) for part in node.parts if not _is_leaf(part)]
            return lambda texts: either(part(texts) for part in parts)
        if isinstance(node, AndNot):
            wanted = self._plan(node.wanted, place)
            out = [self._plan(part, place) for part in node.unwanted]
            kept: Said = lambda texts: opposite(either(part(texts) for part in out))  # noqa: E731
            return lambda texts: every(part(texts) for part in (wanted, kept))
        if isinstance(node, Compare) or (isinstance(node, Limit) and node.code == "PUBYEAR"):
            said: Said = lambda texts: _of_year(node, texts.year)  # noqa: E731
        else:
            said = self._group([node], where(node.code) if isinstance(node, Limit) else place)
        if isinstance(node, Limit) and node.exclude:
            return lambda texts: opposite(said(texts))
        return said

    def _group(self, nodes: list[Node], place: Where) -> Said:
        """Whether any of some leaves stands at a place; in one of its columns is enough."""
        if not place.columns:
            return lambda texts: None
        if place.is_filter:
            kept: dict[tuple[str, str], bool] = {}
            return lambda texts: either(
                texts.holds(column, nodes, kept) for column in place.columns
            )
        first = len(self._leaves)
        for number, node in enumerate(nodes, first):
            leaf = _Leaf(node, place)
            self._leaves.append(leaf)
            for key in _rarest(leaf.needs):
                self._numbers.setdefault(key, set()).add(number)
        own = set(range(first, first + len(nodes)))
        return lambda texts: either(self._stands(own, texts[column]) for column in place.columns)

    def _stands(self, own: set[int], text: _Text | None) -> bool | None:
        if text is None:
            return None
        return any(self._leaves[number].stands(text) for number in own & text.candidates)


_kept: dict[int, Asked] = {}


def _ready(tree: Node) -> Asked:
    """A query made ready; the last few are kept."""
    found = _kept.get(id(tree))
    if found is None or found.tree is not tree:
        found = Asked(tree)
        for old in list(islice(_kept, max(0, len(_kept) - 7))):
            del _kept[old]
        _kept[id(tree)] = found
    return found


def _is_leaf(node: Node) -> bool:
    return not isinstance(node, And | Or | AndNot | Field | Compare | Limit)


def _is_long(node: Node) -> bool:
    return not is_filter(node)


# -- words

# A word asked for is known by a key: the form of a plain word, a word with wildcards as it is, and
# behind a brace a word of an exact phrase.


@lru_cache(maxsize=1 << 14)
def _loose(text: str) -> tuple[str, ...]:
    return tuple(w if normal.is_wild(w) else form(w) for w in normal.asked(text))


@lru_cache(maxsize=1 << 14)
def _strict(text: str) -> tuple[str, ...]:
    return tuple("{" + token.word for token in normal.tokens(text))


def _keys(node: Node) -> Iterator[str]:
    """Keys of all the words that a leaf asks for."""
    if isinstance(node, Or | Near | Together):
        for part in node.parts:
            yield from _keys(part)
    elif isinstance(node, Exact):
        yield from _strict(node.text.strip())
    else:
        for text in texts_of(node):
            yield from _loose(text)


def _needs(node: Node) -> list[frozenset[str]]:
    """Keys, one of each set, without which a leaf stands nowhere."""
    if isinstance(node, Or):
        return [frozenset().union(*(_rarest(_needs(part)) for part in node.parts))]
    if isinstance(node, Near | Together):
        return [keys for part in node.parts for keys in _needs(part)]
    if isinstance(node, Exact):
        return [frozenset((key,)) for key in _strict(node.text.strip())]
    texts = [[frozenset((key,)) for key in _loose(text)] for text in texts_of(node)]
    if len(texts) == 1:
        return texts[0] or [frozenset()]
    return [frozenset().union(*(_rarest(keys) for keys in texts))]


def _rarest(needs: list[frozenset[str]]) -> frozenset[str]:
    """The keys that the fewest texts are likely to have: few, long, without wildcards."""
    return min(needs, default=frozenset(), key=lambda keys: (
        len(keys), any(map(normal.is_wild, keys)), -min(map(len, keys), default=0)
    ))  # fmt: skip


class _Words:
    """Words as written by the keys that they answer; each is looked at once."""

    def __init__(self, keys: set[str]):
        self._plain = {key for key in keys if not normal.is_wild(key)}
        self._wild = [(key, re.compile(_pattern(key))) for key in keys - self._plain]
        self._any = re.compile("|".join(f"(?:{_pattern(key)})" for key, _p in self._wild) or "(?!)")
        self._seen: set[str] = set()
        self._found: set[str] = set()
        self._answers: dict[str, tuple[str, ...]] = {}

    def answers(self, raw: list[str]) -> dict[str, tuple[str, ...]]:
        """Those of some words that answer a key, with all that they answer."""
        if len(self._seen) > _MOST_WORDS:
            for kept in (self._seen, self._answers, self._found):
                kept.clear()
        if not self._seen.issuperset(raw):
            self._look_at(set(raw) - self._seen)
        return {one: self._answers[one] for one in self._found.intersection(raw)}

    def _look_at(self, new: set[str]) -> None:
        self._seen |= new
        for one in new:
            word = normal.word(one)
            found = [key for key in (form(word), "{" + word) if key in self._plain]
            if self._any.fullmatch(word):
                found += [key for key, pattern in self._wild if pattern.fullmatch(word)]
            if found:
                self._answers[one] = tuple(found)
                self._found.add(one)


class _Texts(dict):
    """The texts of a record by column, each read when it is first asked for."""

    def __init__(self, asked: Asked, record: Record):
        super().__init__()
        self.asked, self.record = asked, record

    def __missing__(self, column: str) -> _Text | None:
        cell = self.record.get(column)
        text = None if cell is None else _Text(self.asked, str(cell), column in columns.LISTS)
        self[column] = text
        return text

    @property
    def year(self) -> int | None:
        year = self.record.get(columns.YEAR)
        return None if year is None else int(year)

    def holds(self, column: str, nodes: list[Node], kept: dict) -> bool | None:
        """Whether a filter's cell holds a value that any leaf asks for; few cells differ."""
        cell = self.record.get(column)
        if cell is None:
            return None
        known = kept.get((column, str(cell)))
        if known is None:
            if len(kept) > 1 << 12:
                kept.clear()
            known = any(in_values(node, column, str(cell)) for node in nodes)
            kept[column, str(cell)] = known
        return known


class _Text:
    """One text, by the words in it that a query asks for."""

    def __init__(self, asked: Asked, text: str, is_list: bool):
        self._text, self._is_list = text, is_list
        self._answers = asked.words.answers(normal.raw(text))
        self.keys = {key for keys in self._answers.values() for key in keys}
        self.candidates = asked.candidates(self.keys)

    @cached_property
    def entries(self) -> list[_Entry]:
        """Entries of a list, else the text alone."""
        parts = normal.entries(self._text, self._is_list)
        return [_Entry(start, text, self._answers) for start, text in parts]


class _Entry:
    """One entry of a list, or a text that is none: where each key stands in it."""

    def __init__(self, start: int, text: str, answers: Mapping[str, tuple[str, ...]]):
        self.start, self.text = start, text
        raw = normal.raw(text)
        self.length = len(raw)
        self.keys = {at: answers[word] for at, word in enumerate(raw) if word in answers}
        self.places: dict[str, list[int]] = {}
        for at, keys in self.keys.items():
            for key in keys:
                self.places.setdefault(key, []).append(at)

    @cached_property
    def spans(self) -> list[Interval]:
        """Characters where each word stands."""
        return normal.spans(self.text)

    @cached_property
    def tokens(self) -> list[normal.Token]:
        """Its words with the signs between them."""
        return normal.tokens(self.text)

    def runs(self, keys: tuple[str, ...]) -> list[int]:
        """Words where some keys stand side by side."""
        if not keys:
            return []
        return [
            at for at in self.places.get(keys[0], ())
            if all(key in self.keys.get(at + more, ()) for more, key in enumerate(keys) if more)
        ]  # fmt: skip


class _Leaf:
    """A leaf of a query at its place."""

    def __init__(self, node: Node, place: Where):
        self.node, self.place = node, place
        self.needs = [] if place.is_filter else _needs(node)
        texts = () if isinstance(node, Or | Near | Together | Exact) else texts_of(node)
        self._is_word = not place.is_whole and len(texts) == len(self.needs) == 1

    def stands(self, text: _Text) -> bool:
        """Whether it stands in a text."""
        if any(keys.isdisjoint(text.keys) for keys in self.needs):
            return False
        return self._is_word or any(True for _run in self._runs(text))

    def spans(self, text: _Text) -> Iterator[Interval]:
        """Characters of a text where it stands."""
        if not any(keys.isdisjoint(text.keys) for keys in self.needs):
            for entry, first, last in self._runs(text):
                yield entry.start + entry.spans[first][0], entry.start + entry.spans[last - 1][1]

    def _runs(self, text: _Text) -> Iterator[tuple[_Entry, int, int]]:
        for entry in text.entries:
            for first, last in _intervals(self.node, entry):
                if not self.place.is_whole or (first, last) == (0, entry.length):
                    yield entry, first, last


def _intervals(node: Node, entry: _Entry) -> list[Interval]:
    """Runs of words that a leaf matches, as the first and the one behind the last."""
    if isinstance(node, Or):
        return [run for part in node.parts for run in _intervals(part, entry)]
    if isinstance(node, Together):
        return _apart([_intervals(part, entry) for part in node.parts])
    if isinstance(node, Near):
        left, right = (_intervals(part, entry) for part in node.parts)
        return [run for one in left for other in right for run in _near(one, other, node)]
    if isinstance(node, Exact):
        return _exactly(node.text.strip(), entry)
    asked = [_loose(text) for text in texts_of(node)]
    return [(at, at + len(keys)) for keys in asked for at in entry.runs(keys)]


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


def _exactly(text: str, entry: _Entry) -> list[Interval]:
    """Runs of the same words with the same signs before, between and behind them."""
    found = [(at, at + len(_strict(text))) for at in entry.runs(_strict(text))]
    if not found:
        return []
    asked, before = normal.tokens(text), normal.lead(text)
    held, lead = entry.tokens, normal.lead(entry.text)
    return [
        (first, last) for first, last in found
        if [token.signs for token in held[first : last - 1]] == [t.signs for t in asked[:-1]]
        and held[last - 1].signs.startswith(asked[-1].signs)
        and (held[first - 1].signs if first else lead).endswith(before)
    ]  # fmt: skip


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
