"""Precedence: a flat list of operands and operators becomes a tree, tightest first."""

from __future__ import annotations

from collections.abc import Callable

from scopus_query import tree
from scopus_query.tokens import AND, NEAR, OR, Token
from scopus_query.tree import Node, Span

Made = Callable[[Node], Node]
"""What looks at each node that is made; it may refuse a tree that gets too deep."""


def fold(items: list[Node], operators: list[Token], made: Made) -> Node:
    """Join operands by the operators between them: OR, then proximity, AND, AND NOT.

    Parameters
    ----------
    items : list of Node
        One more than operators.
    operators : list of Token
    made : callable
    """
    items, operators = _pass(items, operators, OR, made)
    items, operators = _near(items, operators, made)
    items, operators = _pass(items, operators, AND, made)
    if not operators:
        return items[0]
    span = Span(items[0].span.start, items[-1].span.end)
    return made(tree.AndNot(items[0], tuple(items[1:]), span=span))


def _pass(
    items: list[Node], operators: list[Token], name: str, made: Made
) -> tuple[list[Node], list[Token]]:
    """Join the operands between which the operator stands."""
    if not any(operator.text == name for operator in operators):
        return items, operators
    kind = tree.Or if name == OR else tree.And
    runs, left = [[items[0]]], []
    for operator, item in zip(operators, items[1:], strict=True):
        if operator.text == name:
            runs[-1].append(item)
        else:
            left.append(operator)
            runs.append([item])
    return [_joined(kind, run, made) for run in runs], left


def _joined(kind: type, run: list[Node], made: Made, **more) -> Node:
    if len(run) == 1:
        return run[0]
    span = Span(run[0].span.start, run[-1].span.end)
    return made(kind(tuple(run), **more, span=span))


def _near(items: list[Node], operators: list[Token], made: Made) -> tuple[list[Node], list[Token]]:
    """Join what is near; a chain of one kind is one node, another kind holds the first."""
    if not any(operator.text == NEAR for operator in operators):
        return items, operators
    done, left = [], []
    run, kind = [items[0]], None

    def closed() -> Node:
        within, ordered = kind or (0, False)
        return _joined(tree.Near, run, made, within=within, ordered=ordered)

    for operator, item in zip(operators, items[1:], strict=True):
        if operator.text == NEAR:
            this = (operator.within, operator.ordered)
            if kind not in (None, this):
                run = [closed()]
            run.append(item)
            kind = this
        else:
            done.append(closed())
            left.append(operator)
            run, kind = [item], None
    return [*done, closed()], left
