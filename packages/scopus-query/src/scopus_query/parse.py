"""Read a query into its tree, or say everything that stands in the way.

The parser is written by hand, because a generated one (Lark was the candidate) tells what it
expected in tokens, loses its place after an error, and is slow or recurses on deep nesting; here
a group is a flat list of operands and operators that four passes fold, tightest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from scopus_query import fields, syntax, tree
from scopus_query.language import ngettext
from scopus_query.rules import ERROR, Edit, Finding, QueryError, Rule
from scopus_query.tokens import AND, NEAR, OR, Lexer, Token
from scopus_query.tree import Node, Span
from scopus_query.unparse import unparse

MAX_LENGTH, MAX_FINDINGS, MAX_DEPTH = 100_000, 1_000, 100
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


def parse(text: str) -> Node:
    """The tree of a query.

    Raises
    ------
    QueryError
        If it cannot be read; with all problems, not only the first.
    """
    parsed = read(text)
    if parsed.tree is None:
        raise QueryError(text, parsed.errors)
    return parsed.tree


def read(text: str) -> Parsed:
    """Read a query, whatever stands in it: never raises."""
    if len(text) > MAX_LENGTH:
        limit = ngettext("%d character", "%d characters", MAX_LENGTH) % MAX_LENGTH
        return Parsed(text, None, (Finding(syntax.LIMIT, Span(0, 0), {"limit": limit}),))
    lexer = Lexer(text)
    parser = _Parser(text, lexer.run())
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


@dataclass
class _Frame:
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


class _Parser:
    """Goes over the tokens once; a group is a frame with operands and operators."""

    def __init__(self, text: str, tokens: list[Token]):
        self.text, self.tokens = text, tokens
        self.at = 0
        self.findings: list[Finding] = []
        self.frames = [_Frame(0)]
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
            "word": self._word,
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
        if self.is_pair():
            self.filter(token, None)
        else:
            self.frames.append(_Frame(token.start, token))

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
        if frame.code:
            self.add(self.made(tree.Field(frame.code, node, span=span)))
        else:
            self.add(replace(node, span=span, grouped=True))

    # -- operators

    def _operator(self, token: Token) -> None:
        frame = self.frames[-1]
        if not frame.waits:
            frame.operators.append(token)
            return
        delete = (Edit(token.start, token.end, ""),)
        previous = frame.operators[-1] if frame.operators else None
        if previous and previous[1] == token[1] and previous[4:] == token[4:]:
            self.otherwise(previous.start, token.end, self._name(token))
        elif previous:
            self._lacks(token, "before", delete, (Edit(previous.start, previous.end, ""),))
        else:
            self._lacks(token, "before", delete)

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
        if items and frame.waits:
            last = operators.pop()
            self._lacks(last, "after", (Edit(last.start, last.end, ""),))
        if not items:
            return None
        return fold(items, operators, self.made)

    # -- operands

    def _leaf(self, token: Token) -> None:
        kind = tree.Phrase if token.kind == "phrase" else tree.Exact
        self.add(kind(token.text, span=token.span))

    def _comma(self, token: Token) -> None:
        if self.frames[-1].code not in fields.NAMES:
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
            self.at += 1
            self.frames.append(_Frame(token.start, follows, code))
        elif fields.is_text(code) and self._bare_field(token, word, code, follows):
            pass
        elif fields.reserved(word):
            self.note(syntax.PARENTHESES, token.span, code=code)
        elif tree.is_word(token.text):
            self.add(tree.Term(token.text, span=token.span))
        else:
            self.note(syntax.PUNCTUATION, token.span, found=token.text)

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
        return (glued and word == code) or ("-" in word and self.nearest(code) is not None)

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
            self.at += 1
            self.frames.append(_Frame(token.start, value, code))
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
    text = unparse(node)
    return f"({text})" if isinstance(node, tree.And) else text


def _code_left_out(token: Token, code: str) -> Token:
    """The token of the field code that a comparison has left out."""
    return Token("word", code, token.start, token.start)


# -- precedence

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
