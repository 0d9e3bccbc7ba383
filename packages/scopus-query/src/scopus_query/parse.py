"""Read a query into its tree, or say everything that stands in the way.

The parser is written by hand, because a generated one (Lark was the candidate) tells what it
expected in tokens, loses its place after an error, and is slow or recurses on deep nesting; here
a group is a flat list of operands and operators that four passes fold, tightest first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from compendium.language import ngettext
from scopus_query import fields, syntax, tree
from scopus_query.cursor import Frame, TooDeep
from scopus_query.fold import fold
from scopus_query.parse_filters import Filters
from scopus_query.rules import ERROR, Edit, Finding, QueryError
from scopus_query.tokens import NEAR, Lexer, Token
from scopus_query.tree import Node, Span

MAX_LENGTH, MAX_FINDINGS = 100_000, 1_000


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
    except TooDeep:
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


class _Parser(Filters):
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
            self.frames.append(Frame(token.start, token))

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

    def _fold(self, frame: Frame, end: int) -> Node | None:
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
            self.frames.append(Frame(token.start, follows, code))
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
            self.frames.append(Frame(token.start, value, code))
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


def _code_left_out(token: Token, code: str) -> Token:
    """The token of the field code that a comparison has left out."""
    return Token("word", code, token.start, token.start)
