"""Print a tree as a query: canonical, with every sign that the query had, in its order.

Words that stand side by side stay so, and where the order of operators depends on a date that is
not known, no parentheses are added that would decide it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from scopus_query import fields
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
    Together,
    text_of,
)

_JOINED = Or | And | AndNot | Near | Together


def unparse(tree: Node, width: int | None = None) -> str:
    """A query's canonical text.

    Parameters
    ----------
    tree : Node
    width : int, optional
        Break what is longer into lines, indented by group; without it all is one line.

    Returns
    -------
    str that `parse` reads as the same tree
    """
    return _lines(tree, width, 0) if width else _flat(tree)


def operator(node: Node) -> str:
    """The operator between the parts of a node, as Scopus writes it."""
    if isinstance(node, Near):
        return f"{'PRE' if node.ordered else 'W'}/{node.within}"
    return {Or: "OR", And: "AND", AndNot: "AND NOT", Together: "AND"}[type(node)]


def _pieces(node: Node) -> Iterator[tuple[str, Node]]:
    """Parts of a node, each with the operator before it; none between words side by side."""
    pieces = node.written
    if not pieces:
        name = operator(node)
        beside = node.beside if isinstance(node, And) else ()
        pieces = tuple(("" if at == 0 or at in beside else name, child)
                       for at, child in enumerate(node.children))  # fmt: skip
    before = None
    for name, child in pieces:
        # A word like a field code would take what stands beside it for its own.
        word = before.text if isinstance(before, Term) else ""
        code = fields.canonical(word)
        takes = "-" in word or fields.is_known(code)
        takes &= not isinstance(child, Term) or ("-" in code and fields.is_known(code))
        yield ("AND" if not name and takes and word[-1:] != ":" else name), child
        before = child


def _flat(node: Node) -> str:
    if isinstance(node, _JOINED):
        return " ".join(f"{name} {_operand(child, _flat)}".lstrip()
                        for name, child in _pieces(node))  # fmt: skip
    if isinstance(node, Field):
        return f"{node.code}({_flat(node.part)})"
    if isinstance(node, Phrase):
        return f'"{node.text}"'
    if isinstance(node, Exact):
        return f"{{{node.text}}}"
    if isinstance(node, Compare):
        return f"{node.code} {node.sign} {node.value}"
    if isinstance(node, Limit):
        return _limit(node)
    return text_of(node)


def _operand(node: Node, show: Callable[[Node], str]) -> str:
    return f"({show(node)})" if isinstance(node, _JOINED) else show(node)


def _limit(node: Limit) -> str:
    bare = fields.is_number(node.code)
    values = (v if bare and v.isdecimal() and v.isascii() else _marked(v, node.code)
              for v in node.values)  # fmt: skip
    return f"{'EXCLUDE' if node.exclude else 'LIMIT-TO'}({node.code}, {', '.join(values)})"


def _marked(value: str, code: str) -> str:
    """A value in quotation marks; the number after a name stands behind them."""
    named = re.fullmatch(r"(.*\S) (\d+)", value) if code in fields.VERBATIM else None
    return f'"{named[1]}" {named[2]}' if named else f'"{value}"'


def _lines(node: Node, width: int, indent: int) -> str:
    flat = _flat(node)
    if indent + len(flat) <= width or isinstance(node, Limit) or not node.children:
        return flat
    inner = "\n" + "  " * (indent // 2 + 1)
    outer = "\n" + "  " * (indent // 2)
    if isinstance(node, Field):
        return f"{node.code}({inner}{_lines(node.part, width, indent + 2)}{outer})"
    parts = []
    for name, child in _pieces(node):
        grouped = isinstance(child, _JOINED)
        text = _lines(child, width, indent + 2 if grouped else indent)
        if grouped:
            text = f"({inner}{text}{outer})" if "\n" in text or len(text) > width else f"({text})"
        parts.append(f"{name} {text}".lstrip())
    return outer.join(parts)
