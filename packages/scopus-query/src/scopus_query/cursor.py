"""Where the reader of a query stands: tokens to come, open groups, what was found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from compendium.language import ngettext
from scopus_query import fields, syntax
from scopus_query.rules import Edit, Finding, Rule
from scopus_query.tokens import AND, Token
from scopus_query.tree import Node, Span

MAX_DEPTH = 100


class TooDeep(Exception):
    """The tree has more levels than are read."""


@dataclass
class Frame:
    """An open group: what stands in it so far."""

    start: int
    opening: Token | None = None
    code: str = ""
    items: list[Node] = field(default_factory=list)
    operators: list[Token] = field(default_factory=list)
    beside: bool = False
    compared: str = ""

    @property
    def waits(self) -> bool:
        """Whether an operand is due."""
        return len(self.operators) == len(self.items)


class Cursor:
    """What every part of the reader needs."""

    def __init__(self, text: str, tokens: list[Token]):
        self.text, self.tokens = text, tokens
        self.at = 0
        self.findings: list[Finding] = []
        self.frames = [Frame(0)]
        self.guesses = 200  # looking for a misspelled code's neighbour takes long

    def note(self, rule: Rule, span: Span, *fixes: tuple[Edit, ...], **values) -> None:
        """Keep a finding."""
        self.findings.append(Finding(rule, span, values, fixes))

    def otherwise(self, start: int, end: int, meant: str) -> None:
        """Say that a stretch is written otherwise than Scopus reads it."""
        self.note(syntax.OTHERWISE, Span(start, end), (Edit(start, end, meant),),
                   found=" ".join(self.text[start:end].split()), meant=meant)  # fmt: skip

    def peek(self, ahead: int = 0) -> Token:
        """The next token, or one further on; after the last, an empty one."""
        at = self.at + ahead
        end = len(self.text)
        return self.tokens[at] if at < len(self.tokens) else Token("end", "", end, end)

    def add(self, node: Node) -> None:
        """Put an operand into the open group; beside another, AND joins them."""
        frame = self.frames[-1]
        if not frame.waits:
            at = node.span.start
            if not frame.beside and frame.code not in fields.NAMES:
                frame.beside = True
                self.note(syntax.BESIDE, Span(frame.items[-1].span.start, node.span.end))
            frame.operators.append(Token("operator", AND, at, at))
        frame.items.append(node)

    def made(self, node: Node) -> Node:
        """A node, unless the tree gets too deep with it."""
        if node.depth > MAX_DEPTH:
            limit = ngettext("%d level", "%d levels", MAX_DEPTH) % MAX_DEPTH
            self.note(syntax.LIMIT, node.span, limit=limit)
            raise TooDeep
        return node

    def nearest(self, code: str) -> str | None:
        """The field code that a misspelled one means; after many guesses, none."""
        self.guesses -= 1
        return fields.nearest(code) if self.guesses > 0 else None

    def spelled(self, token: Token, meant: str | None) -> None:
        """Say that a field code is misspelled, or unknown."""
        fixes = [(Edit(token.start, token.end, meant),)] if meant else []
        rule = syntax.FIELD if meant else syntax.FIELD_UNKNOWN
        self.note(rule, token.span, *fixes, code=token.text, meant=meant or "")
