"""The syntax tree of a query: what it means, with the place where each part is written.

Nodes are equal if they mean the same, wherever and with however many parentheses they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar, NamedTuple

from scopus_query import fields

QUOTES = '"“”„‟″«»＂'
"""What people write for a double quotation mark; only the first is one to Scopus."""
_QUOTES = frozenset(QUOTES)

_WORD = re.compile(rf"[^\s()\[\]{{}}（）,，<>=≤≥\u200b\ufeff\u2060{QUOTES}]+")
_NEAR = re.compile(r"(?:W|PRE|NEAR|N|ADJ)/\d*|(?:NEAR|ADJ)\d+", re.IGNORECASE)
_BOOLEAN = {"AND", "OR", "NOT", "ANDNOT", "AND-NOT", "AND/OR"}
_GLUED = re.compile(r"\d{4}(?:AND|OR)")
_PLAIN = re.compile(
    rf"(?!(?:and|or|not|andnot|(?:near|adj)[0-9]+|{'|'.join(fields.NUMBER).lower()})$)"
    "[0-9]*[a-z][a-z0-9]*"
)
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_LEFT_BY_PDF = str.maketrans({"\u00ad": "", **_LIGATURES})
_APOSTROPHES = "'‘’`´"


class Span(NamedTuple):
    """Where a part is written: offsets into the query, the end is one behind."""

    start: int
    end: int


NOWHERE = Span(0, 0)


def cleaned(text: str) -> str:
    """A text without soft hyphens, ligatures apart: what a PDF has left, as it was meant."""
    return text if text.isascii() else text.translate(_LEFT_BY_PDF)


def is_operator(word: str) -> bool:
    """Whether a bare word is read as an operator."""
    return word.upper() in _BOOLEAN or (
        not word.isalpha() and _NEAR.fullmatch(word) is not None
    )  # fmt: skip


@lru_cache(maxsize=1 << 14)
def is_word(text: str) -> bool:
    """Whether a text, written bare, is read as one term."""
    return (
        _WORD.fullmatch(text) is not None
        and text[0] not in _APOSTROPHES + "\\"
        and not text.startswith(("/*", "//"))
        and "\\" not in text
        and any(sign.isalnum() or sign in "*?" for sign in text)
        and not is_operator(text)
        and not _GLUED.fullmatch(text)
        and not fields.reserved(text)
        and cleaned(text) == text
        and not ENTITY.search(text)
    )


def is_plain(text: str) -> bool:
    """Whether a text is a word in small letters that is nothing else, whatever its neighbours."""
    return _PLAIN.fullmatch(text) is not None


@dataclass(frozen=True)
class Node:
    """A part of a query.

    Attributes
    ----------
    span : Span
        Where it is written, with its parentheses.
    grouped : bool
        Whether it stands in parentheses of its own.
    written : tuple of (str, Node)
        Operators and operands of a group as they are written, where how they are joined depends
        on a date that is not known.
    depth : int
        Levels of the tree from here down.
    """

    depth: ClassVar[int] = 1

    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
    grouped: bool = field(default=False, compare=False, repr=False, kw_only=True)
    written: tuple[tuple[str, Node], ...] = field(
        default=(), compare=False, repr=False, kw_only=True
    )

    @property
    def children(self) -> tuple[Node, ...]:
        """The parts that it is made of."""
        return ()


def _above(parts: tuple[Node, ...]) -> int:
    """The depth of what is made of some parts."""
    return 1 + max([part.depth for part in parts])


@dataclass(frozen=True)
class _Several(Node):
    parts: tuple[Node, ...]

    def __post_init__(self):
        if len(self.parts) < 2:
            raise ValueError(f"{type(self).__name__} joins two parts or more")
        object.__setattr__(self, "depth", _above(self.parts))

    @property
    def children(self) -> tuple[Node, ...]:
        return self.parts


@dataclass(frozen=True)
class Or(_Several):
    """Any of the parts."""


@dataclass(frozen=True)
class And(_Several):
    """All of the parts.

    Attributes
    ----------
    beside : tuple of int
        Parts that stand beside the one before them, without an operator.
    """

    beside: tuple[int, ...] = field(default=(), compare=False, repr=False, kw_only=True)


@dataclass(frozen=True)
class Together(_Several):
    """All of the parts in one entry of a list: one reference, one affiliation.

    No query writes it; `meaning` makes it of AND inside REF(…), AFFIL(…) and AUTHOR-NAME(…).
    """


@dataclass(frozen=True)
class Near(_Several):
    """Each part within so many words of the next; `ordered` asks for the order written."""

    within: int
    ordered: bool = False


@dataclass(frozen=True)
class AndNot(Node):
    """The wanted part without any of the unwanted ones."""

    wanted: Node
    unwanted: tuple[Node, ...]

    def __post_init__(self):
        if not self.unwanted:
            raise ValueError("AndNot leaves something out")
        object.__setattr__(self, "depth", _above(self.children))

    @property
    def children(self) -> tuple[Node, ...]:  # noqa: D102
        return (self.wanted, *self.unwanted)


@dataclass(frozen=True)
class Field(Node):
    """A part that is searched in one field, or in a few."""

    code: str
    part: Node

    def __post_init__(self):
        object.__setattr__(self, "code", fields.canonical(self.code))
        if not fields.is_code(self.code) or fields.is_number(self.code):
            raise ValueError(f"{self.code} is not the code of a field of text")
        object.__setattr__(self, "depth", self.part.depth + 1)

    @property
    def children(self) -> tuple[Node, ...]:  # noqa: D102
        return (self.part,)


@dataclass(frozen=True)
class Term(Node):
    """One bare word; `*` stands for any signs, `?` for one."""

    text: str

    def __post_init__(self):
        if not is_word(self.text):
            raise ValueError(f"{self.text!r} is not one word")


@dataclass(frozen=True)
class Phrase(Node):
    """Words side by side, as Scopus reads quotation marks: loosely, with wildcards."""

    text: str

    def __post_init__(self):
        object.__setattr__(self, "text", " ".join(self.text.split()))
        wrong = not _QUOTES.isdisjoint(self.text) or self.text.endswith("\\")
        if not self.text or wrong or cleaned(self.text) != self.text:
            raise ValueError(f"{self.text!r} is not the text of a phrase")


@dataclass(frozen=True)
class Exact(Node):
    """Signs in braces: exactly these, wildcards among them."""

    text: str

    def __post_init__(self):
        if not self.text.strip() or set(self.text) & set("{}"):
            raise ValueError(f"{self.text!r} is not the text of an exact phrase")


@dataclass(frozen=True)
class Value(Node):
    """A value that has a syntax of its own, as written: `Smith, J.` or `"Univ Alpha" 123`."""

    text: str

    def __post_init__(self):
        object.__setattr__(self, "text", " ".join(self.text.split()))
        if not self.text:
            raise ValueError("A value has a text")


@dataclass(frozen=True)
class Compare(Node):
    """A year or a date compared: `=`, `<` or `>`."""

    code: str
    sign: str
    value: int

    def __post_init__(self):
        object.__setattr__(self, "code", fields.canonical(self.code))
        if not fields.is_number(self.code) or self.sign not in "<=>" or self.value < 0:
            raise ValueError(f"{self.code} {self.sign} {self.value} is not a comparison")


@dataclass(frozen=True)
class Limit(Node):
    """A filter as the results page writes it: LIMIT-TO, or EXCLUDE, any of the values."""

    code: str
    values: tuple[str, ...]
    exclude: bool = False

    def __post_init__(self):
        object.__setattr__(self, "code", fields.canonical(self.code))
        object.__setattr__(self, "values", tuple(" ".join(v.split()) for v in self.values))
        if not fields.is_code(self.code) or not self.values:
            raise ValueError("A filter has a field code and values")
        for value in self.values:
            wrong = not _QUOTES.isdisjoint(value) or value.endswith("\\") or cleaned(value) != value
            if not value or wrong:
                raise ValueError(f"{value!r} is not a value of a filter")


def plain(text: str, span: Span) -> Term:
    """A word that `is_plain`, which need not be checked again."""
    made = object.__new__(Term)
    made.__dict__.update(text=text, span=span)
    return made


def searched(code: str, part: Node, span: Span) -> Field:
    """A part in a field that Scopus has, which need not be checked again."""
    made = object.__new__(Field)
    made.__dict__.update(code=code, part=part, span=span, depth=part.depth + 1)
    return made


def joined(kind: type[_Several], parts: tuple[Node, ...], span: Span, **more) -> Node:
    """Two parts or more as a group; its own `__init__` would set each attribute by a call."""
    made = object.__new__(kind)
    made.__dict__.update(parts=parts, span=span, depth=_above(parts), **more)
    return made


def placed(node: Node, span: Span) -> Node:
    """The node in parentheses of its own; `dataclasses.replace` would check it all again."""
    made = object.__new__(type(node))
    made.__dict__.update(node.__dict__, span=span, grouped=True)
    return made


def text_of(node: Node) -> str:
    """The text of a term, a phrase, an exact phrase or a value."""
    if isinstance(node, Term | Phrase | Exact | Value):
        return node.text
    raise TypeError(f"{type(node).__name__} has no text of its own")


def texts_of(node: Node) -> tuple[str, ...]:
    """The texts that a leaf asks for: the values of a filter, or its own."""
    return node.values if isinstance(node, Limit) else (text_of(node),)


def walk(tree: Node) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Every part with the parts around it, outermost first, in the order of the text."""
    waiting: list[tuple[Node, tuple[Node, ...]]] = [(tree, ())]
    while waiting:
        node, around = waiting.pop()
        yield node, around
        children = node.children
        if children:
            inside = (*around, node)
            waiting.extend([(child, inside) for child in reversed(children)])


def normal(node: Node) -> Node:
    """The same query without nesting that means nothing: `a OR (b OR c)` is one list."""
    parts = tuple(normal(child) for child in node.children)
    if isinstance(node, Or | And):
        kind = type(node)
        return kind(tuple(leaf for part in parts for leaf in
                          (part.children if type(part) is kind else (part,))))  # fmt: skip
    if isinstance(node, Together):
        return Together(parts)
    if isinstance(node, AndNot):
        wanted, *unwanted = parts
        if isinstance(wanted, AndNot):
            unwanted = [*wanted.unwanted, *unwanted]
            wanted = wanted.wanted
        return AndNot(wanted, tuple(unwanted))
    if isinstance(node, Near):
        return Near(parts, node.within, node.ordered)
    return Field(node.code, parts[0]) if isinstance(node, Field) else node


def is_filter(node: Node) -> bool:
    """Whether a part asks for years, languages, types and the like, not for words."""
    if isinstance(node, Compare | Limit):
        return True
    if isinstance(node, Field):
        return fields.is_filter(node.code)
    return isinstance(node, Or | And) and all(is_filter(child) for child in node.children)


def as_data(node: Node) -> dict:
    """A tree as plain lists and dictionaries, for JSON."""
    data: dict = {"node": type(node).__name__.lower()}
    for name, value in vars(node).items():
        if name in ("span", "grouped", "depth", "written", "beside"):
            continue
        if isinstance(value, Node):
            value = as_data(value)
        elif isinstance(value, tuple):
            value = [as_data(part) if isinstance(part, Node) else part for part in value]
        data[name] = value
    return {**data, "start": node.span.start, "end": node.span.end}
