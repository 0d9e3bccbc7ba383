"""Years and filters: comparisons, LIMIT-TO and EXCLUDE, and pairs without either."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from scopus_query import fields, syntax, tree
from scopus_query.cursor import Cursor
from scopus_query.rules import Edit
from scopus_query.tokens import OR, Token
from scopus_query.tree import Node, Span

_SIGNS = {"IS": "=", "AFT": ">", "BEF": "<", "AFTER": ">", "BEFORE": "<", "=": "=", "<": "<",
          ">": ">", "≥": ">=", "≤": "<=", ">=": ">=", "=>": ">=", "<=": "<=", "=<": "<=",
          }  # fmt: skip
_RANGE = re.compile(r"(\d+)(?:-|–|\.\.|:)(\d+)")


class Filters(Cursor):
    """The part of the reader that reads years and filters."""

    def compare(self, token: Token) -> None:
        """Read a year or a date, and what it is compared with."""
        code = fields.canonical(token.text.rstrip(":"))
        if code != token.text.upper().rstrip(":"):
            self.spelled(token, code)
        start, grouped = token.start, False
        if self.peek().kind == "(" and self.peek(1).kind in ("sign", "word", "phrase"):
            self.at += 1
            grouped = True
        first = self.peek()
        sign, loose = _SIGNS.get(first.text.upper()), first.text.upper() in ("AFTER", "BEFORE")
        if first.kind in ("sign", "word") and sign:
            self.at += 1
        elif first.kind in ("word", "phrase") and (grouped or first.text[:1].isdigit()):
            sign, loose = "=", True
        else:
            sign = None
        value = self.peek()
        number = value.text.rstrip(".;")
        span = _RANGE.fullmatch(number) if sign == "=" else None
        if sign is None or not (span or (number.isdecimal() and number.isascii())):
            end = value.end if sign and value.kind in ("word", "phrase") else token.end
            self.at += end == value.end and value.kind in ("word", "phrase")
            self.note(syntax.NUMBER, Span(start, end), code=code)
            self.add(tree.Compare(code, "=", 0, span=Span(start, end)))  # keeps its place
        else:
            self.at += 1
            node = self._comparison(code, sign, number, span)
            node = replace(node, span=Span(start, value.end), grouped=span is not None)
            loose |= grouped or bool(span) or len(sign) == 2 or value.kind == "phrase"
            if loose or self.text[start : start + len(code)].upper() != code:
                self.otherwise(start, value.end if not grouped else self.peek().end, _plain(node))
            self.frames[-1].compared = code
            self.add(node)
        if grouped:
            if self.peek().kind == ")":
                self.at += 1
            else:
                self.note(syntax.NUMBER, Span(start, value.end), code=code)

    @staticmethod
    def _comparison(code: str, sign: str, number: str, span: re.Match | None) -> Node:
        if span:
            low, high = sorted((int(span[1][:9]), int(span[2][:9])))
            return tree.And((tree.Compare(code, ">", max(low - 1, 0)),
                             tree.Compare(code, "<", high + 1)))  # fmt: skip
        value = int(number[:9])
        if len(sign) == 2:
            value += -1 if sign == ">=" else 1
        return tree.Compare(code, sign[0], max(value, 0))

    def is_pair(self) -> bool:
        """Whether `( LANGUAGE , "English" )` follows: a code, a comma, values."""
        code = fields.canonical(self.peek().text)
        if self.peek().kind != "word" or self.peek(1).kind != "," or not fields.is_code(code):
            return False
        upper = self.peek().text.isupper()
        return fields.is_known(code) and (upper or fields.is_filter(code))

    def filter(self, opening: Token, function: Token | None) -> None:
        """LIMIT-TO or EXCLUDE, or a pair without either."""
        start = (function or opening).start
        inside = []
        while self.peek().kind not in (")", "(", "end"):
            inside.append(self.peek())
            self.at += 1
        closed = self.peek().kind == ")"
        end = self.peek().end if closed else (inside[-1].end if inside else opening.end)
        self.at += closed
        if not closed:
            self.note(syntax.UNCLOSED, opening.span, (Edit(end, end, ")"),))
        code = fields.canonical(inside[0].text) if inside and inside[0].kind == "word" else ""
        values = self._values(inside[1:])
        name = fields.canonical(function.text) if function else "LIMIT-TO"
        span = Span(start, end)
        try:
            node = tree.Limit(code, values, fields.FUNCTIONS[name], span=span)
        except ValueError:
            self.note(syntax.FILTER, span, function=name)
            return
        if not fields.is_known(code):
            self.spelled(inside[0], self.nearest(code))
        if function is None:
            pair = self.text[start:end]
            self.note(syntax.PAIR, span, (Edit(start, start, "LIMIT-TO "),),
                       (Edit(start, start, "EXCLUDE "),), pair=pair)  # fmt: skip
        self.add(node)

    def _values(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        values: list[list[str]] = [[]]
        for token in tokens:
            if token.kind == "," or (token.kind == "operator" and token.text == OR):
                values.append([])
            else:
                word = token.kind != "operator"
                values[-1].append(token.text if word else self.text[token.start : token.end])
        joined = (" ".join(" ".join(parts).split()).rstrip("\\") for parts in values)
        return tuple(value for value in joined if value)


def _plain(node: Node) -> str:
    from scopus_query.format import format

    text = format(node)
    return f"({text})" if isinstance(node, tree.And) else text
