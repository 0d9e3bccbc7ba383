"""What a tree asks of a record: Scopus's conventions applied, before anything is matched.

- Stop words outside quotation marks are passed over.
- Excluding filters joined by OR leave out each of the values, as the results page means them.
- Proximity joins words of one field, from left to right; AND may not stand inside it, and signs
  before the first word of an exact phrase are not asked for there.
- Signs without a word are not searched.
"""

from __future__ import annotations

from scopus_query import normal
from scopus_query.columns import where
from scopus_query.errors import ScopusQueryError
from scopus_query.language import _
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
    Term,
    walk,
)
from scopus_query.unparse import unparse
from scopus_query.words import STOP_WORDS

EVERYWHERE = where("ALL")
_GENERAL = {"ALL", "TITLE", "ABS", "KEY", "AUTHKEY", "INDEXTERMS", "TITLE-ABS", "TITLE-ABS-KEY",
            "TITLE-ABS-KEY-AUTH", "REF", "REFTITLE"}  # fmt: skip


def meant(tree: Node) -> Node:
    """The tree without what Scopus passes over.

    Raises
    ------
    ScopusQueryError
        If nothing is left to search, or a proximity joins what cannot be near.
    """
    for node, around in walk(tree):
        if any(isinstance(outer, Near) for outer in around) and isinstance(node, And | AndNot):
            raise ScopusQueryError(
                _("AND stands inside a proximity: {text}").format(text=unparse(node)),
                remedy=_("Write the proximity once for each part."),
            )
    found = _meant(tree, "ALL")
    if found is None:
        raise ScopusQueryError(
            _("The query asks for stop words only."),
            remedy=_("Write a phrase in quotation marks, or another word."),
        )
    return found


def _meant(node: Node, code: str) -> Node | None:
    if isinstance(node, Field):
        part = _meant(node.part, node.code)
        return None if part is None else Field(node.code, part, span=node.span)
    if isinstance(node, Term):
        words = normal.asked(node.text)
        dropped = code in _GENERAL and len(words) == 1 and words[0] in STOP_WORDS
        return None if dropped or not words else node
    if isinstance(node, Phrase):
        return node if normal.asked(node.text) else None
    if isinstance(node, Exact):
        return node if normal.tokens(node.text) else None
    if isinstance(node, AndNot):
        wanted = _meant(node.wanted, code)
        unwanted = tuple(p for p in (_meant(part, code) for part in node.unwanted) if p)
        if wanted is None and unwanted:
            raise ScopusQueryError(_("Nothing but stop words is left before AND NOT."))
        return AndNot(wanted, unwanted, span=node.span) if wanted and unwanted else wanted
    if isinstance(node, Or | And | Near):
        parts = [part for part in (_meant(part, code) for part in node.parts) if part]
        if isinstance(node, Or):
            return _either(parts, node)
        if isinstance(node, Near):
            return _near(parts, node, code)
        return _joined(And, parts, node)
    return node


def _joined(kind: type, parts: list[Node], node: Node, **more) -> Node | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return kind(tuple(parts), **more, span=node.span)


def _either(parts: list[Node], node: Node) -> Node | None:
    """`EXCLUDE(…) OR EXCLUDE(…)` leaves out both."""
    out = [part for part in parts if isinstance(part, Limit) and part.exclude]
    kept = [part for part in parts if part not in out]
    if not out:
        return _joined(Or, kept, node)
    rest = _joined(Or, kept, node)
    return _joined(And, [*([rest] if rest else []), *out], node)


def _near(parts: list[Node], node: Near, code: str) -> Node | None:
    """A chain is read from the left; a field that holds every part stands around them all."""
    codes = {part.code for part in parts if isinstance(part, Field)}
    if codes:
        inside = [part.part for part in parts if isinstance(part, Field)]
        if len(codes) > 1 or len(inside) != len(parts):
            raise ScopusQueryError(
                _("Words of different fields cannot be near one another: {text}").format(
                    text=unparse(node)
                ),
                remedy=_("Write the field code around the proximity."),
            )
        code = codes.pop()
        return Field(code, _near(inside, node, code), span=node.span)
    for part in parts:
        wrong = [n for n, _around in walk(part) if isinstance(n, Compare | Limit | Field)]
        if wrong or where(code).is_filter:
            raise ScopusQueryError(
                _("Not a word that can be near another: {text}").format(
                    text=unparse(wrong[0] if wrong else part)
                ),
                remedy=_("Write the filter outside the proximity."),
            )
    parts = [_without_lead(part) for part in parts]
    if not parts:
        return None
    first, *others = parts
    for other in others:
        first = Near((first, other), node.within, node.ordered, span=node.span)
    return first


def _without_lead(node: Node) -> Node:
    if isinstance(node, Or):
        return Or(tuple(_without_lead(part) for part in node.parts), span=node.span)
    if isinstance(node, Exact):
        return Exact(node.text[normal.tokens(node.text)[0].start :], span=node.span)
    return node


def codes(tree: Node) -> set[str]:
    """The field codes that a query uses."""
    return {node.code for node, _around in walk(tree) if isinstance(node, Field | Compare | Limit)}

