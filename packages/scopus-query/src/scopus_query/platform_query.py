"""A tree as an object of the package search-query, in the fields of one of its platforms.

What the platform cannot express is noted as a loss, with its place in the query.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from search_query.constants import Operators
from search_query.query import Query, SearchField

from scopus_query import normal
from scopus_query.language import _
from scopus_query.meaning import meant
from scopus_query.platforms import Platform
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
    Phrase,
    Span,
    Term,
)
from scopus_query.unparse import unparse


@dataclass(frozen=True)
class Loss:
    """A part of the query that the other database does not ask for as Scopus does."""

    text: str
    reason: str
    span: Span


def build(tree: Node, platform: Platform) -> tuple[Query | None, list[Loss]]:
    """The object of search-query for a tree, and what is lost."""
    builder = _Builder(platform)
    query = builder.node(meant(tree), "ALL")
    if query is not None and platform.lifts:
        _lift(query)
    return query, list(dict.fromkeys(builder.losses))


@dataclass
class _Builder:
    platform: Platform
    losses: list[Loss] = field(default_factory=list)

    def lose(self, node: Node, reason: str) -> None:
        self.losses.append(Loss(unparse(node), reason, node.span))

    def note(self, code: str, node: Node) -> None:
        note = Loss(code, _(self.platform.notes[code]), node.span)
        if all((loss.text, loss.reason) != (code, note.reason) for loss in self.losses):
            self.losses.append(note)

    def node(self, node: Node, code: str) -> Query | None:
        if isinstance(node, Field):
            return self.node(node.part, node.code)
        if isinstance(node, And):
            return self.all_of(node, code)
        if isinstance(node, AndNot):
            return self.without(self.node(node.wanted, code), node.unwanted, code, node)
        if isinstance(node, Or):
            return self.any_of(node, code)
        if isinstance(node, Compare):
            return self.years([node])
        if isinstance(node, Limit):
            return self.limit(node)
        return self.words([node], code)

    def all_of(self, node: And, code: str) -> Query | None:
        """Years become one span; what is excluded is taken from the rest."""
        years = [p for p in node.parts if isinstance(p, Compare) and p.code == "PUBYEAR"]
        out = [p for p in node.parts if isinstance(p, Limit) and p.exclude]
        kept = [self.node(p, code) for p in node.parts if p not in (*years, *out)]
        if years:
            kept.append(self.years(years))
        query = _joined(Operators.AND, [part for part in kept if part])
        return self.without(query, out, code, node) if out else query

    def any_of(self, node: Or, code: str) -> Query | None:
        leaves = [part for part in node.parts if isinstance(part, Term | Phrase | Exact)]
        others = [self.node(part, code) for part in node.parts if part not in leaves]
        lists = [self.words(leaves, code)] if leaves else []
        return _joined(Operators.OR, [part for part in (*lists, *others) if part])

    def without(
        self, wanted: Query | None, unwanted: Iterable[Node], code: str, node: Node
    ) -> Query | None:
        parts = [
            self.limit(part, wanted=False) if isinstance(part, Limit) else self.node(part, code)
            for part in unwanted
        ]
        out = _joined(Operators.OR, [part for part in parts if part])
        if wanted is None:
            self.lose(node, _("left out: nothing is left from which it could be taken"))
            return None
        return _made(Operators.NOT, [wanted, out]) if out else wanted

    def years(self, parts: list[Compare]) -> Query | None:
        node = parts[0] if len(parts) == 1 else And(tuple(parts), span=parts[0].span)
        if self.platform.years is None or any(part.code != "PUBYEAR" for part in parts):
            self.lose(node, _("left out: set it as a limiter of the page"))
            return None
        first, last = self.platform.ends
        for part in parts:
            if part.sign in ">=":
                first = max(first, part.value + (part.sign == ">"))
            if part.sign in "<=":
                last = min(last, part.value - (part.sign == "<"))
        pattern, name = self.platform.years
        return _term(pattern.format(first=first, last=last), name)

    def limit(self, node: Limit, wanted: bool = True) -> Query | None:
        if node.exclude and wanted:
            self.lose(node, _("left out: there is nothing that it is taken from"))
            return None
        if node.code == "PUBYEAR":
            spans = [Compare("PUBYEAR", "=", int(v)) for v in node.values if v.isdecimal()]
            return _joined(Operators.OR, [s for s in (self.years([year]) for year in spans) if s])
        values = [Phrase(value, span=node.span) for value in node.values]
        return self.words(values, node.code, whole=node)

    def words(self, leaves: list[Node], code: str, whole: Node | None = None) -> Query | None:
        """Leaves joined by OR, in each of the fields that stand for the code."""
        names = self.platform.fields.get(code)
        if names is None:
            for leaf in [whole] if whole else leaves:
                text = unparse(leaf) if whole or code == "ALL" else f"{code}({unparse(leaf)})"
                reason = _("left out: no field of {database} is known for {code}").format(
                    database=self.platform.label, code=code
                )
                self.losses.append(Loss(text, reason, leaf.span))
            return None
        if code in self.platform.notes:
            self.note(code, whole or leaves[0])
        parts = []
        for name in names:
            held = [leaf for node in leaves if (leaf := self.leaf(node, name, code))]
            part = _joined(Operators.OR, held)
            if part is not None and self.platform.lifts and len(names) > 1:
                _lift(part)
            parts.append(part)
        return _joined(Operators.OR, [part for part in parts if part])

    def leaf(self, node: Node, name: str, code: str) -> Query | None:
        if isinstance(node, Or):
            parts = [self.leaf(part, name, code) for part in node.parts]
            return _joined(Operators.OR, [part for part in parts if part])
        if isinstance(node, Near):
            return self.near(node, name, code)
        if code in self.platform.values:
            known = self.platform.values[code].get(node.text.casefold())
            if known is None:
                self.lose(node, _("left out: no such value of {code} there").format(code=code))
                return None
            return _term(known, name)
        if isinstance(node, Exact):
            reason = _("searched as a phrase: signs and forms of the words are not told apart")
            self.lose(node, reason)
        return _term(self.text(node), name)

    def text(self, node: Node) -> str:
        words = normal.asked(node.text)
        text = node.text.strip() if not isinstance(node, Exact) else node.text.strip("*? ")
        if self.platform.name == "pubmed" and any(
            "?" in word or "*" in word.rstrip("*") or (word.endswith("*") and len(word) < 5)
            for word in words
        ):
            self.lose(node, _("a wildcard stands at the end there, after four letters or more"))
        bare = len(words) == 1 and text.replace("*", "").replace("?", "").isalnum()
        return text if bare else f'"{text}"'

    def near(self, node: Near, name: str, code: str) -> Query | None:
        parts = [part for part in (self.leaf(p, name, code) for p in node.parts) if part]
        if len(parts) < 2:
            return parts[0] if parts else None
        if self.platform.name == "pubmed":
            return self.near_in_pubmed(node, name, parts)
        if node.ordered and not self.platform.ordered:
            self.lose(node, _("the order is not kept: NEAR finds both"))
        kind = Operators.WITHIN if node.ordered and self.platform.ordered else Operators.NEAR
        return Query.create(kind, children=parts, distance=node.within, platform="deactivated")

    def near_in_pubmed(self, node: Near, name: str, parts: list[Query]) -> Query:
        plain = all(isinstance(part, Term) for part in node.parts)
        wild = any(normal.is_wild(getattr(part, "text", "*")) for part in node.parts)
        if not plain or wild:
            self.lose(node, _("asked as AND: only plain words can be near one another there"))
            return _joined(Operators.AND, parts)
        if name not in ("[ti]", "[tiab]", "[ad]"):
            self.lose(node, _("asked in title and abstract only: nearness is not known elsewhere"))
            name = "[tiab]"
        if node.ordered:
            self.lose(node, _("the order is not kept"))
        value = '"' + " ".join(part.text for part in node.parts) + '"'
        return Query.create(
            Operators.NEAR, children=[_term(value, name)], distance=node.within,
            platform="deactivated",
        )  # fmt: skip


def _term(value: str, name: str) -> Query:
    return Query.create(
        value, operator=False, field=SearchField(name), platform="deactivated"
    )  # fmt: skip


def _made(operator: str, parts: list[Query]) -> Query:
    return Query.create(operator, children=parts, platform="deactivated")


def _joined(operator: str, parts: list[Query]) -> Query | None:
    """Parts under one operator; a list in a list of the same operator is one list."""
    flat = []
    for part in parts:
        same = part.children and part.value == operator and part.field is None
        flat += part.children if same else [part]
    return _made(operator, flat) if len(flat) > 1 else flat[0] if flat else None


def _lift(query: Query) -> str | None:
    """Write a field that all parts share once, before their parentheses."""
    if query.field or not query.children:
        return query.field.value if query.field else None
    names = {_lift(child) for child in query.children}
    name = names.pop() if len(names) == 1 else None
    if name is None or query.value == Operators.NOT:
        return None
    for child in query.children:
        child.field = None
    query.field = SearchField(name)
    return name
