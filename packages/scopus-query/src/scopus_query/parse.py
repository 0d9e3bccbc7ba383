"""Read a query into its tree, or say everything that stands in the way.

The parser is written by hand, because a generated one (Lark was the candidate) tells what it
expected in tokens, loses its place after an error, and is slow or recurses on deep nesting; here
a group is a flat list of operands and operators that four passes fold, tightest first.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from scopus_query import dates, fields, foreign, syntax, tree
from scopus_query.dates import AND, AND_NOT, NEAR, OR, AsOf, Order
from scopus_query.language import ngettext
from scopus_query.rules import ERROR, Edit, Finding, Fix, QueryError, Rule, apply
from scopus_query.tokens import Lexer, Token
from scopus_query.tree import Node, Span
from scopus_query.unparse import unparse

MAX_LENGTH, MAX_FINDINGS, MAX_DEPTH = 2_000_000, 1_000, 100
_DIGITS = 40
_SHOWN = 120
_SIGNS = {"IS": "=", "AFT": ">", "BEF": "<", "AFTER": ">", "BEFORE": "<", "=": "=", "<": "<",
          ">": ">", "≥": ">=", "≤": "<=", ">=": ">=", "=>": ">=", "<=": "<=", "=<": "<=",
          }  # fmt: skip
_RANGE = re.compile(r"(\d+)(?:-|–|\.\.|:)(\d+)")


@dataclass(frozen=True)
class Parsed:
    """What came of reading a query.

    Attributes
    ----------
    text : str
    tree : Node or None
        None where an error stands in the way.
    findings : tuple of Finding
        In the order of the text.
    comments : tuple of str
    """

    text: str
    tree: Node | None
    findings: tuple[Finding, ...]
    comments: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stand in the way."""
        return tuple(finding for finding in self.findings if finding.rule.severity == ERROR)


def parse(text: str, as_of: AsOf = None) -> Node:
    """The tree of a query.

    Parameters
    ----------
    text : str
    as_of : date or str, optional
        The day of the search, which decides the order of precedence; see `dates`.

    Raises
    ------
    QueryError
        If it cannot be read; with all problems, not only the first.
    """
    parsed = read(text, as_of)
    if parsed.tree is None:
        raise QueryError(text, parsed.errors)
    return parsed.tree


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for circles: a tree has none, and looking as it grows takes long."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@uncollected()
def read(text: str, as_of: AsOf = None) -> Parsed:
    """Read a query, whatever stands in it: only a date that is none raises."""
    if len(text) > MAX_LENGTH:
        limit = ngettext("%d character", "%d characters", MAX_LENGTH) % MAX_LENGTH
        return Parsed(text, None, (Finding(syntax.LIMIT, Span(0, 0), {"limit": limit}),))
    if other := foreign.finding(text):
        return Parsed(text, None, (other,))
    lexer = Lexer(text)
    parser = _Parser(text, lexer.run(), dates.order(as_of))
    try:
        root = parser.run()
    except _TooDeep:
        root = None
    findings = sorted(lexer.findings + parser.findings, key=lambda finding: finding.span)
    if root is None and not any(finding.rule.severity == ERROR for finding in findings):
        findings.append(Finding(syntax.NOTHING, Span(0, len(text))))
    if len(findings) > MAX_FINDINGS:
        limit = ngettext("%d finding", "%d findings", MAX_FINDINGS) % MAX_FINDINGS
        errors = [finding for finding in findings if finding.rule.severity == ERROR]
        findings = (errors or findings)[:MAX_FINDINGS]
        findings.append(Finding(syntax.LIMIT, findings[-1].span, {"limit": limit}))
    wrong = any(finding.rule.severity == ERROR for finding in findings)
    return Parsed(text, None if wrong else root, tuple(findings), tuple(lexer.comments))


class _TooDeep(Exception):
    """The tree has more levels than are read."""


@dataclass(slots=True)
class _Frame:
    """An open group: what stands in it so far."""

    start: int
    opening: Token
    code: str = ""
    items: list[Node] = field(default_factory=list)
    operators: list[Token] = field(default_factory=list)
    beside: bool = False
    compared: str = ""
    negated: Token | None = None
    field: str = ""

    @property
    def waits(self) -> bool:
        """Whether an operand is due."""
        return len(self.operators) == len(self.items)


@dataclass(slots=True)
class _Group:
    """What stands between two parentheses: whether the second is there, the last operator."""

    is_closed: bool = False
    last: int = -1


class _Parser:
    """Goes over the tokens once; a group is a frame with operands and operators."""

    def __init__(self, text: str, tokens: list[Token], order: Order | None = None):
        self.text, self.tokens, self.order = text, tokens, order
        self.at = 0
        self.findings: list[Finding] = []
        self.frames = [_Frame(0, Token("start", "", 0, 0))]
        self.end = Token("end", "", len(text), len(text))
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
        return self.tokens[at] if at < len(self.tokens) else self.end

    def add(self, node: Node) -> None:
        """Put an operand into the open group; beside another, AND joins them."""
        frame = self.frames[-1]
        if len(frame.operators) != len(frame.items):
            at = node.span.start
            if not frame.beside and frame.field not in fields.NAMES:
                frame.beside = True
                self.note(syntax.BESIDE, Span(frame.items[-1].span.start, node.span.end))
            frame.operators.append(Token("operator", AND, at, at))  # of no length: not written
        frame.items.append(node)

    def made(self, node: Node) -> Node:
        """A node, unless the tree gets too deep with it."""
        if node.depth > MAX_DEPTH:
            limit = ngettext("%d level", "%d levels", MAX_DEPTH) % MAX_DEPTH
            self.note(syntax.LIMIT, node.span, limit=limit)
            raise _TooDeep
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

    # -- the query

    def run(self) -> Node | None:
        readers = {
            "(": self._opening, ")": self._closing, ",": self._comma, "sign": self._sign,
            "operator": self._operator, "phrase": self._leaf, "exact": self._leaf,
            "value": self._leaf, "word": self._word,
        }  # fmt: skip
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            readers[token.kind](token)
        end = len(self.text.rstrip())
        while len(self.frames) > 1:
            opening = self.frames[-1].opening
            self.note(syntax.UNCLOSED, opening.span,
                       (Edit(end, end, ")"),), (Edit(opening.start, opening.end, ""),))  # fmt: skip
            self._close(end)
        return self._fold(self.frames[0], len(self.text))

    # -- groups

    def _opening(self, token: Token) -> None:
        if self.peek().kind == "word" and self.is_pair():
            self.filter(token, None)
        else:
            self.frames.append(_Frame(token.start, token, field=self.frames[-1].field))

    def _closing(self, token: Token) -> None:
        if len(self.frames) > 1:
            self._close(token.end)
        else:
            self.note(syntax.UNOPENED, token.span, (Edit(token.start, token.end, ""),))

    def _close(self, end: int) -> None:
        frame = self.frames.pop()
        node = self._fold(frame, end)
        span = Span(frame.start, end)
        if node is None:
            if not any(finding.span.start >= frame.opening.end for finding in self.findings[-2:]):
                self.note(syntax.EMPTY, Span(frame.opening.start, end),
                           (Edit(frame.start, end, ""),), opening="(", closing=")")  # fmt: skip
            return
        if frame.negated is not None:
            self._without(frame.negated, node, span)
        elif frame.code:
            known = fields.is_text(frame.code)
            self.add(self.made(tree.searched(frame.code, node, span) if known
                               else tree.Field(frame.code, node, span=span)))  # fmt: skip
        else:
            self.add(tree.placed(node, span))

    def _without(self, negation: Token, node: Node, span: Span) -> None:
        """`A AND (NOT B)` is `A AND NOT (B)`."""
        operator = self.frames[-1].operators[-1]
        meant = Token("operator", AND_NOT, operator.start, operator.end)
        self.frames[-1].operators[-1] = meant
        rest = self.text[negation.end : span.end].lstrip()
        begin = span.end - len(rest)
        before = self.text[span.start : negation.start]
        if before.startswith("(") and not before[1:].strip():
            moved = Edit(span.start, begin, "(")
        else:  # a comment or a sign between them, and what it says of itself, stay as they are
            moved = Edit(negation.start, begin, "")
        self.note(syntax.OTHERWISE, Span(operator.start, span.end),
                  (Edit(operator.start, operator.end, AND_NOT),
                   moved),
                  found=_short(self.text[operator.start : span.end]),
                  meant=_short(f"{AND_NOT} ({rest}"))  # fmt: skip
        self.add(replace(node, span=span, grouped=True))

    # -- operators

    def _negates(self, frame: _Frame) -> bool:
        """Whether NOT opens a group that stands behind AND and holds one operand."""
        if len(self.frames) < 2 or frame.code or frame.items or frame.operators:
            return False
        around = self.frames[-2]
        if not (around.waits and around.operators and around.operators[-1].text == AND):
            return False
        group = self._groups[self.at - 1]
        return group.is_closed and group.last == self.at - 1

    @cached_property
    def _groups(self) -> dict[int, _Group]:
        """The group that each operator stands in, by the operator's place among the tokens."""
        groups = {}
        open_ = [_Group()]
        for at, token in enumerate(self.tokens):
            if token.kind == "(":
                open_.append(_Group())
            elif token.kind == ")":
                open_.pop().is_closed = True
                open_ = open_ or [_Group()]
            elif token.kind == "operator":
                groups[at] = open_[-1]
                open_[-1].last = at
        return groups

    def _operator(self, token: Token) -> None:
        frame = self.frames[-1]
        if not frame.waits:
            frame.operators.append(token)
            return
        if token.text == AND_NOT and self._negates(frame):
            frame.negated = token
            return
        # Whoever wrote NOT meant it: to delete it would turn the query round.
        delete = () if token.text == AND_NOT else (Edit(token.start, token.end, ""),)
        previous = frame.operators[-1] if frame.operators else None
        if previous and previous[1] == token[1] and previous[4:] == token[4:]:
            self.otherwise(previous.start, token.end, self._name(token))
        elif previous:
            fixes = [delete, (Edit(previous.start, previous.end, ""),)]
            self._lacks(token, "before", *filter(None, fixes))
        else:
            self._lacks(token, "before", *filter(None, [delete]))

    def _lacks(self, token: Token, side: str, *fixes: tuple[Edit, ...]) -> None:
        rule = syntax.OPERAND if side == "after" else syntax.OPERAND_BEFORE
        self.note(rule, token.span, *fixes, operator=self._name(token))

    @staticmethod
    def _name(token: Token) -> str:
        if token.text != NEAR:
            return token.text
        return f"{'PRE' if token.ordered else 'W'}/{token.within}"

    def _fold(self, frame: _Frame, end: int) -> Node | None:
        items, operators = frame.items, frame.operators
        if items and len(items) == len(operators):
            last = operators.pop()
            self._lacks(last, "after", (Edit(last.start, last.end, ""),))
        if not operators:
            return items[0] if items else None
        return self._folded(items, operators)

    def _folded(self, items: list[Node], operators: list[Token]) -> Node:
        kinds = {operator.text for operator in operators}
        own = self.order or dates.BEFORE
        node = fold(items, operators, self.made, own, kinds)
        if len(kinds) < 2:
            return node
        ways = [node if order == own else fold(items, operators, lambda made: made, order, kinds)
                for order in (dates.BEFORE, dates.SINCE)]  # fmt: skip
        atoms = {id(item): at for at, item in enumerate(items)}
        alike = _kind(ways[0]) == _kind(ways[1])
        if alike and _meaning(ways[0], atoms) == _meaning(ways[1], atoms):
            return node
        before, since = (tuple(_parenthesised(way, atoms)) for way in ways)
        span = Span(items[0].span.start, items[-1].span.end)
        before_text, since_text = (self._applied(span, fix) for fix in (before, since))
        rule = syntax.NEAR_IN_LIST if kinds == {OR, NEAR} else syntax.ORDER
        self.note(rule, span, before, since, before=before_text, since=since_text)
        if self.order is None:
            names = [""] + ["" if o.start == o.end else self._name(o) for o in operators]
            node = replace(node, written=tuple(zip(names, items, strict=True)))
        return node

    def _applied(self, span: Span, fix: Fix) -> str:
        """A stretch with a fix, or as much of it as is shown."""
        end = min(span.end, span.start + 20 * _SHOWN)
        moved = tuple(Edit(e.start - span.start, e.end - span.start, e.text)
                      for e in fix if e.end <= end)  # fmt: skip
        return _short(apply(self.text[span.start : end], moved))

    # -- operands

    def _leaf(self, token: Token) -> None:
        if token.kind == "phrase" and self._value_of_its_own(token):
            return
        if token.kind == "value":
            self.add(tree.Value(token.text, span=token.span))
            return
        kind = tree.Phrase if token.kind == "phrase" else tree.Exact
        self.add(kind(token.text, span=token.span))

    def _value_of_its_own(self, first: Token) -> bool:
        """Read `smith, j` or `"Univ Alpha" 123` as one value, where the field has such values."""
        frame = self.frames[-1]
        if not frame.waits or frame.field not in fields.OWN_SYNTAX:
            return False
        at, comma = self.at, False
        while at < len(self.tokens) and self.tokens[at].kind in ("word", "phrase", ","):
            comma |= self.tokens[at].kind == ","
            at += 1
        verbatim = frame.field in fields.VERBATIM and at > self.at
        if not (comma or verbatim) or at >= len(self.tokens) or self.tokens[at].kind == "(":
            return False
        last = self.tokens[at - 1]
        if last.kind == ",":
            return False
        self.at = at
        span = Span(first.start, last.end)
        self.add(tree.Value(self.text[first.start : last.end], span=span))
        return True

    def _comma(self, token: Token) -> None:
        if self.frames[-1].field not in fields.NAMES:
            self.note(syntax.PUNCTUATION, token.span, found=",")

    def _sign(self, token: Token) -> None:
        frame = self.frames[-1]
        if frame.compared:  # PUBYEAR > 2014 AND < 2026
            self.at -= 1
            self.compare(_code_left_out(token, frame.compared))
        else:
            delete = (Edit(token.start, token.end, ""),)
            self.note(syntax.SIGN, token.span, delete, sign=token.text)

    def _word(self, token: Token) -> None:
        if self.frames[-1].field in fields.OWN_SYNTAX and self._value_of_its_own(token):
            return
        follows = self.peek()
        if self._is_plain(token.text, follows):
            self.add(tree.plain(token.text, Span(token.start, token.end)))
            return
        if follows.kind == "(" and fields.is_text(token.text):
            self._field(token, follows, token.text)
            return
        token, follows = self._rejoined(token)
        word = token.text.rstrip(":") or token.text
        code = fields.canonical(word)
        if self.frames[-1].compared and word.upper() in ("AFT", "BEF") and follows.text.isdecimal():
            self._sign(token)
        elif follows.kind == "(" and code in fields.FUNCTIONS:
            if word.upper() != code:
                self.otherwise(token.start, token.end, code)
            self.at += 1
            self.filter(follows, token)
        elif fields.is_number(code) and (code == word.upper() or follows.kind in ("sign", "(")):
            self.compare(token)
        elif follows.kind == "(" and self._is_field(word, code, token.end == follows.start):
            if word != token.text or code != word.upper():
                self.spelled(token, code)
            elif not fields.is_known(code):
                self.spelled(token, self.nearest(code))
            self._field(token, follows, code)
        elif (
            fields.is_text(code) and not any(frame.code for frame in self.frames)
            and self._bare_field(token, word, code, follows)
        ):
            pass
        elif fields.reserved(word):
            self.note(syntax.PARENTHESES, token.span, code=code)
        elif tree.is_word(token.text):
            self.add(tree.Term(token.text, span=token.span))
        else:
            self.note(syntax.PUNCTUATION, token.span, found=token.text)

    def _field(self, token: Token, opening: Token, code: str) -> None:
        self.at += 1
        self.frames.append(_Frame(token.start, opening, code, field=code))

    def _is_plain(self, word: str, follows: Token) -> bool:
        """Whether a word is a term, as what follows can make nothing else of it."""
        if not tree.is_plain(word):
            return False
        if follows.kind in ("operator", ")", "end"):
            return True
        return (
            follows.kind in ("word", "phrase") and follows.text[0] not in "-–"
            and not self.frames[-1].compared and not fields.is_like_code(word)
        )  # fmt: skip

    def _rejoined(self, token: Token) -> tuple[Token, Token]:
        """A code that a line end has cut, `TITLE-ABS- KEY`, in one piece; and what follows it."""
        follows, ahead, joined = self.peek(), 0, token.text
        while (
            ahead < 3 and follows.kind == "word" and "-" in joined + follows.text
            and (joined[-1] in "-–" or follows.text[0] in "-–")
        ):  # fmt: skip
            joined += follows.text
            ahead += 1
            follows = self.peek(ahead)
            known = fields.canonical(joined)
            if follows.kind == "(" and (fields.is_known(known) or known in fields.FUNCTIONS):
                last = self.peek(ahead - 1)
                self.at += ahead
                self.otherwise(token.start, last.end, known)
                return token._replace(text=known, end=last.end), follows
        return token, self.peek()

    def _is_field(self, word: str, code: str, glued: bool) -> bool:
        if fields.is_known(code):
            return True
        if not fields.is_code(code):
            return False
        if "-" in word and self.nearest(code) is not None:
            return True
        if not glued or not word.isascii():
            return False
        # `model(s)` is a word with an ending, `foo(alpha)` an unknown field in small letters.
        inside = self.peek(1)
        ending = inside.kind == "word" and len(inside.text) <= 3 and self.peek(2).kind == ")"
        return word == code or not ending

    def _bare_field(self, token: Token, word: str, code: str, follows: Token) -> bool:
        """A field without parentheses: `LANGUAGE = English`, `TITLE: "x"`, `TITLE "x"`."""
        equals = follows.kind == "sign" and follows.text == "="
        colon = word != token.text
        value = self.peek(1) if equals else follows
        clear = equals or colon or (word == code and value.kind in ("phrase", "exact"))
        clear = clear or ("-" in code and value.kind == "word")
        if not clear or value.kind not in ("word", "phrase", "exact", "("):
            return False
        self.at += equals
        if value.kind == "(":
            self.otherwise(token.start, value.start, code)
            self._field(token, value, code)
            return True
        part = self._value(value)
        if part is None:
            return False
        self.at += 1
        self.otherwise(token.start, value.end, f"{code}({self.text[value.start : value.end]})")
        self.add(tree.Field(code, part, span=Span(token.start, value.end)))
        return True

    def _value(self, token: Token) -> Node | None:
        if token.kind == "word":
            return tree.Term(token.text, span=token.span) if tree.is_word(token.text) else None
        kind = tree.Phrase if token.kind == "phrase" else tree.Exact
        return kind(token.text, span=token.span)

    # -- years and filters

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
        if sign is None or len(number) > _DIGITS or not (
            span or (number.isdecimal() and number.isascii())
        ):
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
            low, high = sorted((int(span[1]), int(span[2])))
            return tree.And((tree.Compare(code, ">", max(low - 1, 0)),
                             tree.Compare(code, "<", high + 1)))  # fmt: skip
        value = int(number)
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
    text = unparse(node)
    return f"({text})" if isinstance(node, tree.And) else text


def _code_left_out(token: Token, code: str) -> Token:
    """The token of the field code that a comparison has left out."""
    return Token("word", code, token.start, token.start)


# -- precedence

Made = Callable[[Node], Node]
"""What looks at each node that is made; it may refuse a tree that gets too deep."""


def fold(items: list[Node], operators: list[Token], made: Made, order: Order,
         present: set[str]) -> Node:  # fmt: skip
    """Join operands by the operators between them, tightest first.

    Parameters
    ----------
    items : list of Node
        One more than operators.
    operators : list of Token
    made : callable
    order : tuple of str
        Operators, tightest first, as `dates` gives them.
    present : set of str
        Those that are among the operators.
    """
    for name in order:
        if name not in present:
            continue
        if name == NEAR:
            items, operators = _near(items, operators, made)
        else:
            items, operators = _pass(items, operators, name, made)
    return items[0]


def _pass(
    items: list[Node], operators: list[Token], name: str, made: Made
) -> tuple[list[Node], list[Token]]:
    """Join the operands between which the operator stands."""
    done, left = [], []
    first = 0
    beside: list[int] = []
    for at, operator in enumerate(operators):
        if operator.text == name:
            if name == AND and operator.start == operator.end:
                beside.append(at + 1 - first)
        else:
            alone = first == at
            done.append(items[at] if alone else
                        _joined(name, items[first : at + 1], made, tuple(beside)))  # fmt: skip
            left.append(operator)
            first, beside = at + 1, []
    done.append(_joined(name, items[first:], made, tuple(beside)))
    return done, left


def _joined(name: str, run: list[Node], made: Made, beside: tuple[int, ...]) -> Node:
    if len(run) == 1:
        return run[0]
    span = Span(run[0].span.start, run[-1].span.end)
    if name == AND_NOT:
        return made(tree.AndNot(run[0], tuple(run[1:]), span=span))
    if name == AND:
        return made(tree.joined(tree.And, tuple(run), span, beside=beside))
    return made(tree.joined(tree.Or, tuple(run), span))


def _near(items: list[Node], operators: list[Token], made: Made) -> tuple[list[Node], list[Token]]:
    """Join what is near; a chain of one kind is one node, another kind holds the first."""
    done, left = [], []
    run, kind = [items[0]], None

    def closed() -> Node:
        if kind is None:
            return run[0]
        span = Span(run[0].span.start, run[-1].span.end)
        within, ordered = kind
        return made(tree.joined(tree.Near, tuple(run), span, within=within, ordered=ordered))

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


# -- what depends on the date


def _kind(node: Node) -> str:
    return "near" if isinstance(node, tree.Near) else "or" if isinstance(node, tree.Or) else "and"


def _meaning(node: Node, atoms: dict[int, int]) -> int | tuple:
    """What a group means, its operands being what they are: AND NOT is AND and NOT."""
    at = atoms.get(id(node))
    if at is not None:
        return at
    if isinstance(node, tree.Near):
        parts = tuple(_meaning(part, atoms) for part in node.parts)
        return ("near", node.within, node.ordered, parts)
    if isinstance(node, tree.AndNot):
        kept = [_meaning(node.wanted, atoms)]
        kept += [("not", _meaning(part, atoms)) for part in node.unwanted]
    else:
        kept = [_meaning(part, atoms) for part in node.children]
    name = _kind(node)
    flat: set = set()
    for part in kept:
        if type(part) is tuple and part[0] == name:
            flat |= part[1]
        else:
            flat.add(part)
    return (name, frozenset(flat))


def _parenthesised(node: Node, atoms: dict[int, int]) -> Iterator[Edit]:
    """Parentheses around every part that an operator joins inside a group."""
    for part in node.children:
        if id(part) not in atoms:
            start, end = part.span
            yield Edit(start, start, "(")
            yield from _parenthesised(part, atoms)
            yield Edit(end, end, ")")


def _short(text: str, length: int = _SHOWN) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"
