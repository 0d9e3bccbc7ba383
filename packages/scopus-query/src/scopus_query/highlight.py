"""Queries in colour: a Pygments lexer that cuts a query as the reader of queries does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer as PygmentsLexer
from pygments.token import (
    Comment,
    Error,
    Keyword,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
    Whitespace,
)

from scopus_query import fields, syntax
from scopus_query.language import _
from scopus_query.parse import read
from scopus_query.repair import Reading
from scopus_query.tokens import Lexer, Token
from scopus_query.unparse import unparse

if TYPE_CHECKING:
    from pygments.token import _TokenType as Kind

_WILD = re.compile(r"([*?])")
_BLANK = re.compile(r"(\s+)")
_LONG = 20_000  # beyond this, a text is coloured without being read for what is wrong
_WRONG = (syntax.UNOPENED, syntax.UNCLOSED, syntax.OPEN_QUOTE, syntax.STRAY_QUOTE, syntax.BRACE,
          syntax.OPERAND, syntax.OPERAND_BEFORE, syntax.SIGN)  # fmt: skip
_KINDS = {"operator": Operator.Word, "sign": Operator, "phrase": String.Double,
          "value": String.Double,
          "exact": String.Symbol}  # fmt: skip


class ScopusLexer(PygmentsLexer):
    """Scopus queries: fields, operators, phrases, wildcards, years, comments, and what is wrong."""

    name = "Scopus query"
    url = "https://www.elsevier.com/products/scopus"
    aliases: ClassVar = ["scopus"]
    filenames: ClassVar = ["*.scopus"]
    mimetypes: ClassVar = ["text/x-scopus"]

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, Kind, str]]:
        """Place, kind and text of each part of a query; together they are the query."""
        lexer = Lexer(text)
        tokens = lexer.run()
        comments = {f.span.start: f.span.end for f in lexer.findings if f.rule is syntax.COMMENT}
        wrong = _wrong(text)
        at = 0
        for place, token in enumerate(tokens):
            yield from _between(text, at, token.start, comments)
            kind = kind_of(token, tokens[place + 1] if place + 1 < len(tokens) else None)
            if token.span in wrong or wrong & {(token.start, token.start + 1)}:
                kind = Error
            yield from _inside(text[token.start : token.end], token.start, kind)
            at = token.end
        yield from _between(text, at, len(text), comments)


def _wrong(text: str) -> set[tuple[int, int]]:
    if len(text) > _LONG:
        return set()
    return {finding.span for finding in read(text).errors if finding.rule in _WRONG}


def kind_of(token: Token, following: Token | None) -> Kind:
    """What a token is to a reader, by what follows it."""
    if token.kind in _KINDS:
        return _KINDS[token.kind]
    if token.kind != "word":
        return Punctuation
    code = fields.canonical(token.text.rstrip(":"))
    before_group = following is not None and following.kind == "("
    if code in fields.FUNCTIONS and before_group:
        return Name.Function
    if fields.is_number(code) or (before_group and fields.is_code(code)):
        return Keyword
    if token.text.isdecimal():
        return Number.Integer
    if following is not None and following.kind == "," and fields.is_known(code):
        return Keyword  # LIMIT-TO ( LANGUAGE , …
    return Text


def _inside(text: str, start: int, kind: Kind) -> Iterator[tuple[int, Kind, str]]:
    """A token; the wildcards of a term or a phrase apart."""
    parts = _WILD.split(text) if kind in (Text, String.Double) else [text]
    for part in parts:
        if part:
            yield start, String.Escape if _WILD.fullmatch(part) else kind, part
            start += len(part)


def _between(
    text: str, start: int, end: int, comments: dict[int, int]
) -> Iterator[tuple[int, Kind, str]]:
    """What stands between two tokens: blanks, comments, and signs that are not read."""
    while start < end:
        if start in comments:
            stop = min(comments[start], end)
            yield start, Comment, text[start:stop]
        else:
            stop = min((place for place in comments if start < place < end), default=end)
            at = start
            for part in _BLANK.split(text[start:stop]):
                if part:
                    yield at, Whitespace if part.isspace() else Text, part
                    at += len(part)
        start = stop


@dataclass(frozen=True)
class Listing:
    """Queries in the page, in colour, as Sphinx shows a block of code.

    Attributes
    ----------
    text : str
        With comments above the queries.
    """

    text: str

    @classmethod
    def of(cls, readings: list[Reading], width: int = 72) -> Listing:
        """Each reading written out, its number above it."""
        written = []
        for at, reading in enumerate(readings, start=1):
            title = _("Reading {number}").format(number=at)
            written.append(f"# {title}\n{unparse(reading.tree, width)}")
        return cls("\n\n".join(written))

    def _repr_html_(self) -> str:
        shown = highlight(self.text, ScopusLexer(), HtmlFormatter(wrapcode=False))
        # The query is in Scopus's language and in English, whatever the reader's language is.
        return f'<div class="highlight-scopus" lang="en">{shown.rstrip()}</div>'

    def to_text(self) -> str:
        """The queries alone, to copy into a database."""
        return self.text

    def __repr__(self) -> str:
        return f"Query: {self.text}"
