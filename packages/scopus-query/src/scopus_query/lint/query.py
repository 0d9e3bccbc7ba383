"""A query as the rules see it, and what they all need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from scopus_query.rules import Edit
from scopus_query.tree import Node, Span

Found = Iterator[tuple]
Years = tuple[int | None, int | None]


@dataclass(frozen=True)
class LintedQuery:
    """What the rules look at.

    Attributes
    ----------
    text : str
    parts : list of (Node, tuple of Node)
        Every part with the parts around it.
    years : pair of int or None
        First and last year that the report names.
    kinds : dict
        Parts by the kinds that rules have asked for, found once.
    made : dict
        What rules have made of the parts, for others that need the same.
    """

    text: str
    parts: list[tuple[Node, tuple[Node, ...]]]
    years: Years | None = None
    kinds: dict[tuple[type, ...], list[tuple]] = field(default_factory=dict, compare=False)
    made: dict[type, list] = field(default_factory=dict, compare=False)

    @cached_property
    def _places(self) -> dict[type, list[int]]:
        """Where the parts of each kind stand among all."""
        places: dict[type, list[int]] = {}
        for at, (node, _around) in enumerate(self.parts):
            kind = type(node)
            if kind in places:
                places[kind].append(at)
            else:
                places[kind] = [at]
        return places

    def holds(self, *kinds: type) -> bool:
        """Whether there is any part of a kind."""
        return not self._places.keys().isdisjoint(kinds)

    def of(self, *kinds: type) -> Iterator[tuple]:
        """The parts of a kind, with the parts around them."""
        if kinds not in self.kinds:
            places = [at for kind in kinds for at in self._places.get(kind, ())]
            self.kinds[kinds] = [self.parts[at] for at in sorted(places)]
        return iter(self.kinds[kinds])

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]


def wrap(first: Node, last: Node | None = None) -> tuple[Edit, Edit]:
    """Parentheses around what stands from one part to another."""
    start, end = first.span.start, (last or first).span.end
    return Edit(start, start, "("), Edit(end, end, ")")


def bare(node: Node, *kinds: type) -> bool:
    """Whether a part is of one of the kinds and has no parentheses of its own."""
    return isinstance(node, kinds) and not node.grouped


def short(query: LintedQuery, part: Node | Span, length: int = 60) -> str:
    """A part as it is written, on one line, cut where it is long."""
    span = part if isinstance(part, Span) else part.span
    text = " ".join(query.text[span.start : min(span.end, span.start + 4 * length)].split())
    return text if len(text) <= length else text[: length - 1] + "…"
