"""Print a tree as a query: canonical, so that equal trees give equal texts."""

from __future__ import annotations

from scopus_query import fields
from scopus_query.tree import And, AndNot, Compare, Exact, Field, Limit, Near, Node, Or, Phrase


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
    return {Or: "OR", And: "AND", AndNot: "AND NOT"}[type(node)]


def _flat(node: Node) -> str:
    if isinstance(node, Or | And | AndNot | Near):
        return f" {operator(node)} ".join(_operand(child, _flat) for child in node.children)
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
    return node.text


def _operand(node: Node, show) -> str:
    return f"({show(node)})" if isinstance(node, Or | And | AndNot | Near) else show(node)


def _limit(node: Limit) -> str:
    bare = fields.is_number(node.code)
    values = (v if bare and v.isdecimal() and v.isascii() else f'"{v}"' for v in node.values)
    return f"{'EXCLUDE' if node.exclude else 'LIMIT-TO'}({node.code}, {', '.join(values)})"


def _lines(node: Node, width: int, indent: int) -> str:
    flat = _flat(node)
    if indent + len(flat) <= width or isinstance(node, Limit) or not node.children:
        return flat
    inner = "\n" + "  " * (indent // 2 + 1)
    outer = "\n" + "  " * (indent // 2)
    if isinstance(node, Field):
        return f"{node.code}({inner}{_lines(node.part, width, indent + 2)}{outer})"
    parts = []
    for child in node.children:
        grouped = isinstance(child, Or | And | AndNot | Near)
        text = _lines(child, width, indent + 2 if grouped else indent)
        if grouped:
            text = f"({inner}{text}{outer})" if "\n" in text or len(text) > width else f"({text})"
        parts.append(text)
    return f"{outer}{operator(node)} ".join(parts)
