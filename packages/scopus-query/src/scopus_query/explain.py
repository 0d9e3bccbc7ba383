"""A tree for people: drawn with branches, and told in sentences."""

from __future__ import annotations

from scopus_query import columns, fields
from scopus_query.language import N_, _, ngettext
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
    Value,
    text_of,
)
from scopus_query.unparse import operator, unparse

_SIGNS = {
    "=": N_("{field} is {value}"),
    ">": N_("{field} after {value}"),
    "<": N_("{field} before {value}"),
}


def draw(tree: Node) -> str:
    """The tree with branches: operators and field codes above what they join."""
    lines: list[str] = []
    waiting = [(tree, "", "")]
    while waiting:
        node, before, branch = waiting.pop()
        lines.append(before + branch + head(node))
        below = before + {"": "", "├─ ": "│  ", "└─ ": "   "}[branch]
        for child in reversed(node.children):
            last = child is node.children[-1]
            waiting.append((child, below, "└─ " if last else "├─ "))
    return "\n".join(lines)


def head(node: Node) -> str:
    """A node's own text, without its parts."""
    if isinstance(node, Field):
        return node.code
    return operator(node) if node.children else unparse(node)


def label(code: str) -> str:
    """What a field code searches, in the reader's language; an unknown code stays as it is."""
    return _(fields.LABELS[code]) if code in fields.LABELS else code


def column(name: str) -> str:
    """A column of a corpus in the reader's language, by the field code that searches it alone."""
    if name == "identifiers":  # several unlike codes search it
        return _("identifier")
    code = next((code for code, held in columns.CODES.items() if held == (name,)), name)
    return label(code)


def tell(tree: Node) -> str:
    """What a query asks for, as an indented list of sentences in the reader's language."""
    lines: list[str] = []
    waiting = [(tree, 0, "", "")]
    while waiting:
        node, level, before, code = waiting.pop()
        node = _as_run(node)
        fields_of = []
        while isinstance(node, Field):  # a field and what is in it are told on one line
            fields_of.append(_("in {field}").format(field=label(node.code)))
            code, node = node.code, node.part
        place = f"{', '.join(fields_of)}: " if fields_of else ""
        lines.append("  " * level + "- " + before + place + _sentence(node, code))
        parts = [(child, level + 1, "", code) for child in node.children]
        if isinstance(node, AndNot):
            parts[1:] = [(child, level + 1, _("not: "), code) for child in node.unwanted]
        waiting.extend(reversed(parts))
    return "\n".join(lines)


def _as_run(node: Node) -> Node:
    """`EXCLUDE(…) OR EXCLUDE(…)` leaves out both, as the results page means it."""
    out = [p for p in node.children if isinstance(p, Limit) and p.exclude]
    if not isinstance(node, Or) or not out:
        return node
    kept = [part for part in node.parts if part not in out]
    rest = [Or(tuple(kept))] if len(kept) > 1 else kept
    return And((*rest, *out), span=node.span)


def _sentence(node: Node, code: str) -> str:
    valued = fields.is_filter(code) or code in fields.NUMBERED
    if isinstance(node, Value) or (valued and isinstance(node, Term | Phrase)):
        return _("the value “{text}”").format(text=node.text)
    if isinstance(node, Or):
        return _("any of these")
    if isinstance(node, And):
        return _("all of these in one entry") if code in columns.TOGETHER else _("all of these")
    if isinstance(node, AndNot):
        return _("the first without the others")
    if isinstance(node, Near):
        apart = ngettext(
            "each with at most %d word between it and the next",
            "each with at most %d words between it and the next",
            node.within,
        ) % node.within  # fmt: skip
        return apart + (_(", in this order") if node.ordered else _(", in any order"))
    if isinstance(node, Phrase):
        return _("the phrase “{text}” and its forms").format(text=node.text)
    if isinstance(node, Exact):
        return _("exactly “{text}”").format(text=node.text)
    if isinstance(node, Compare):
        return _(_SIGNS[node.sign]).format(field=label(node.code), value=node.value)
    if isinstance(node, Limit):
        sentence = (
            _("leave out where {field} is {values}") if node.exclude
            else _("keep only where {field} is {values}")
        )  # fmt: skip
        values = _(" or ").join(f"“{value}”" for value in node.values)
        return sentence.format(field=label(node.code), values=values)
    return _("the word “{text}” and its forms").format(text=text_of(node))
