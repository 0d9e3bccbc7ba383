"""A query cut into signs: parentheses, operators, phrases, words, each with its place."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from scopus_query import fields, syntax
from scopus_query.dates import AND, AND_NOT, NEAR, OR
from scopus_query.rules import Edit, Finding, Rule
from scopus_query.tree import ENTITY, QUOTES, Span, cleaned, is_operator


class Token(NamedTuple):
    """A sign of the query.

    Attributes
    ----------
    kind : {"(", ")", ",", "sign", "operator", "phrase", "exact", "word"}
    text : str
        The sign; of an operator its name; of a phrase the words alone.
    start, end : int
    within : int
        Distance of a proximity operator.
    ordered : bool
    """

    kind: str
    text: str
    start: int
    end: int
    within: int = 0
    ordered: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


_BLANK = r"\s\u200b\ufeff\u2060"
_SIGNS = re.compile(
    rf"""(?P<blank>[{_BLANK}]+)
    |(?P<escape>\\+(?=[{QUOTES}{{}}()\[\]]))
    |(?P<comment>(?:\#|//)(?![^{_BLANK}#/])[^\n]*|/\*)
    |(?P<mark>"\\"")(?=[\s)]|$)
    |(?P<quote>[{QUOTES}]+)
    |(?P<apostrophe>['‘’`´]+(?P<quoted>[^'‘’`´{QUOTES}()]*[^\s'‘’`´{QUOTES}()])['‘’`´]+(?=[\s),，）]|$))
    |(?P<brace>\{{+)
    |(?P<group>[()\[\]（）,，])
    |(?P<sign>[<>]=|=[<>]|[<>=≤≥])
    |(?P<closing>\}})
    |(?P<word>(?:[^{_BLANK}()\[\]{{}}（）,，<>=≤≥{QUOTES}\\]|\\(?![{QUOTES}{{}}()\[\]]))+)""",
    re.VERBOSE,
)
# What can be nothing else, whatever stands around it, so that no rule above has to look at it.
_CLEAR = re.compile(
    rf"""[{_BLANK}]*(?:
    (?P<parenthesis>[()])
    |(?P<word>(?!(?:and|or|not|andnot|w|pre|(?:near|adj)\d*)[\s)])[a-z][a-z0-9]*+)(?=[\s)])
    |(?P<operator>AND|OR)(?=[\s(])
    |(?P<near>(?:W|PRE)/[0-9]{{1,2}})(?=[\s(])
    |(?P<field>[A-Z]++(?:-[A-Z]+)*+)(?=\()
    |(?<![\w*?])"(?P<phrase>[A-Za-z0-9*?]++(?:[ ][A-Za-z0-9*?]++)*+)"(?=[\s)])
    )""",
    re.VERBOSE,
)
_NESTED = re.compile(
    r'"[^"()\n]*(?:""\w(?:[^"()\n]*\w)?""|(?<=\s)"\w[^"()\n]*(?<!\s)"(?=\s))[^"()\n]*\w"(?![\w"])'
)
_GLUED = re.compile(r"(\d{4})?((?:AND)?NOT|AND|OR)([A-Z][A-Z-]*)?")
_OPENS = re.compile(r"\s*[(（<>=≤≥]")
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(rf"[{QUOTES}]+")
_OPERATOR = r"(?:AND|OR|NOT|(?:W|PRE|NEAR)/\d+)"
_OPERATOR_INSIDE = re.compile(rf"(?:^|[\s)]){_OPERATOR}(?=[\s(]|$)|[()]")
_OPERATOR_NEXT = re.compile(rf"\s*{_OPERATOR}(?![\w*?-])", re.IGNORECASE)
_NEAR = re.compile(r"(?:(W|PRE|NEAR|N|ADJ)/|NEAR|ADJ)(\d+)", re.IGNORECASE)
_APART = re.compile(r"[^\S\n]+/[^\S\n]*(\d+)(?![\w*?])")
_ELSEWHERE = re.compile(r"[-+][\w*?\"]\S*")
_BROKEN = re.compile(r"(?P<first>[^\W\d_]{2,}-)[^\S\n]*\r?\n\s*(?P<second>[^\W\d_]{2,}\*?)")
_LINES = re.compile(r"[\s()]*(?:S\d{1,4}(?:[\s()]+(?:AND|OR|NOT|AND\s+NOT)[\s()]+|[\s()]*$))+",
                    re.IGNORECASE)  # fmt: skip
_PLAIN = {"（": "(", "）": ")", "[": "(", "]": ")", "，": ","}
_BOOLEAN = {"AND": AND, "OR": OR, "NOT": AND_NOT, "ANDNOT": AND_NOT, "AND-NOT": AND_NOT,
            "AND/OR": OR}  # fmt: skip


class Lexer:
    """Cuts a text into tokens, and keeps what it finds on the way."""

    def __init__(self, text: str):
        self.text = text
        self.tokens: list[Token] = []
        self.findings: list[Finding] = []
        self.comments: list[str] = []
        self.words = (0, 0)  # tokens that were looked at, and where the words at their end begin
        self.refers = _LINES.fullmatch(text) is not None

    def run(self) -> list[Token]:
        """All tokens of the text."""
        at, end = 0, len(self.text)
        readers = {kind: getattr(self, f"_{kind}") for kind in _SIGNS.groupindex
                   if kind not in ("blank", "quoted")}  # fmt: skip
        while at < end:
            at = self._clear(at)
            if at == end:
                break
            match = _SIGNS.match(self.text, at)
            if match is None:  # every sign belongs to one of the kinds
                raise AssertionError(f"{self.text[at]!r} is no sign of any kind")
            kind = match.lastgroup or ""
            at = match.end() if kind == "blank" else readers[kind](match)
        return self.tokens

    def _clear(self, at: int) -> int:
        """Add what can be nothing else from here on; where another sign begins."""
        text, add = self.text, self.tokens.append
        last = 0 if self.refers else len(text)
        while at < last:
            if text[at] in "()":
                add(Token(text[at], text[at], at, at + 1))
                at += 1
                continue
            found = _CLEAR.match(text, at)
            if found is None:
                break
            kind = found.lastgroup or ""
            word = found[kind]
            start, end = found.span(kind)
            at = found.end()
            if kind == "phrase":
                start, end = start - 1, at
            elif kind == "parenthesis":
                kind = word
            elif kind == "near":
                self._operator(word, start, end)
                continue
            elif kind == "field":
                if word not in fields.LABELS:
                    return start
                kind = "word"
            add(Token(kind, word, start, end))
        return at

    def note(self, rule: Rule, start: int, end: int, *fixes: tuple[Edit, ...], **values) -> None:
        """Keep a finding."""
        self.findings.append(Finding(rule, Span(start, end), values, fixes))

    def _add(self, kind: str, text: str, start: int, end: int, **more) -> int:
        self.tokens.append(Token(kind, text, start, end, **more))
        return end

    def _comment(self, match: re.Match) -> int:
        start, end = match.span()
        if match.group() == "/*":
            end = self.text.find("*/", end) + 2
            if end == 1:
                end = len(self.text)
                self.note(syntax.COMMENT_END, start, start + 2, (Edit(end, end, "*/"),))
        self.comments.append(self.text[start:end].strip())
        self.note(syntax.COMMENT, start, end)
        return end

    def _group(self, match: re.Match) -> int:
        sign = _PLAIN.get(match.group(), match.group())
        if sign != match.group():
            self._otherwise(match.start(), match.end(), sign)
        return self._add(sign, sign, *match.span())

    def _sign(self, match: re.Match) -> int:
        return self._add("sign", match.group(), *match.span())

    def _otherwise(self, start: int, end: int, meant: str) -> None:
        self.note(syntax.OTHERWISE, start, end, (Edit(start, end, meant),),
                  found=" ".join(self.text[start:end].split()), meant=meant)  # fmt: skip

    def _mark(self, match: re.Match) -> int:
        """The quotation mark itself, as the guide writes it: a backslash before it, in marks."""
        return self._add("value", match.group(), *match.span())

    def _quote(self, match: re.Match) -> int:
        start, opened = match.span()
        text = self.text
        if len(match.group()) > 1 and self._ends(opened):
            if self._follows_word(start):
                return self._stray(match)
            self.note(syntax.EMPTY, start, opened, (Edit(start, opened, ""),),
                      opening=text[start], closing=text[opened - 1])  # fmt: skip
            return opened
        if self._follows_word(start) and self._ends(opened):
            return self._stray(match)
        closing = _QUOTE.search(text, opened)
        if (nested := self._nested(start, opened)) is not None:
            return nested
        content = text[opened : closing.start()] if closing else ""
        if closing is None or (
            not self._ends(closing.end() if len(match.group()) > 1 else closing.start() + 1)
            and _OPERATOR_INSIDE.search(content)
        ):
            return self._open(match)
        end = closing.end()
        if len(match.group()) == 1 and len(closing.group()) > 1 and not self._ends(end):
            end = closing.start() + 1  # the rest opens the next phrase
        self._marks(Span(start, opened), Span(closing.start(), end))
        content = self._unescaped(content, closing.start())
        if not content.strip():
            self.note(syntax.EMPTY, start, end, (Edit(start, end, ""),), opening='"', closing='"')
            return end
        meant = cleaned(content)
        if meant != content:
            fix = (Edit(opened, opened + len(content), meant),)
            self.note(syntax.UNSEEN, start, end, fix, found=content, meant=meant)
        if not meant.strip():
            self.note(syntax.EMPTY, start, end, (Edit(start, end, ""),), opening='"', closing='"')
            return end
        return self._add("phrase", meant, start, end)

    def _nested(self, start: int, opened: int) -> int | None:
        """`"alpha "beta" gamma"`, or its inner marks doubled: one phrase, with marks inside."""
        inner = _NESTED.match(self.text, start) if opened - start == 1 else None
        if inner is None or _OPERATOR_INSIDE.search(inner.group()[1:-1]):
            return None
        inside = [m.span() for m in _QUOTE.finditer(self.text, opened, inner.end() - 1)]
        content = cleaned("".join(" " if sign == '"' else sign for sign in inner.group()))
        fix = tuple(Edit(first, last, "") for first, last in inside)
        self.note(syntax.NESTED, start, inner.end(), fix, found=inner.group())
        return self._add("phrase", " ".join(content.split()), start, inner.end())

    def _follows_word(self, at: int) -> bool:
        """Whether a word ends here."""
        return at > 0 and (self.text[at - 1].isalnum() or self.text[at - 1] in "_*?")

    def _ends(self, at: int) -> bool:
        """Whether nothing, or something else than a word, begins here: a mark before closes."""
        return (
            at >= len(self.text) or self.text[at] in "(),]） ，.;:\\" or self.text[at].isspace()
            or _OPERATOR_NEXT.match(self.text, at) is not None
        )  # fmt: skip

    def _open(self, match: re.Match) -> int:
        start, opened = match.span()
        stop = re.compile(rf"\s*(?:\b{_OPERATOR}(?=[\s(\"]|$)|[(){QUOTES}\[\]]|$)").search(
            self.text, opened
        )
        end = stop.start() if stop else len(self.text)
        content = self._unescaped(self.text[opened:end], end)
        self.note(syntax.OPEN_QUOTE, start, opened,
                  (Edit(end, end, '"'),), (Edit(start, opened, ""),))  # fmt: skip
        content = cleaned(content)
        return self._add("phrase", content, start, end) if content.strip() else opened

    def _escape(self, match: re.Match) -> int:
        start, end = match.span()
        self.note(syntax.PUNCTUATION, start, end, (Edit(start, end, ""),), found=match.group())
        return end

    def _unescaped(self, content: str, end: int) -> str:
        """A phrase without the backslash that a program has put before its closing mark."""
        last = len(content)
        while last and (content[last - 1] == "\\" or content[last - 1].isspace()):
            last -= 1
        plain = content[:last]
        if "\\" in content[len(plain) :]:
            start = end - len(content) + len(plain)
            self.note(syntax.PUNCTUATION, start, end, (Edit(start, end, ""),),
                      found=content[len(plain) :].strip())  # fmt: skip
        return plain

    def _stray(self, match: re.Match) -> int:
        first = len(self.tokens)
        seen, before = self.words
        while first > seen and self.tokens[first - 1].kind == "word":
            first -= 1
        if first == seen:
            first = before
        self.words = (len(self.tokens), first)
        begin = self.tokens[first].start if first < len(self.tokens) else match.start()
        self.note(syntax.STRAY_QUOTE, *match.span(),
                  (Edit(begin, begin, '"'),), (Edit(*match.span(), ""),))  # fmt: skip
        return match.end()

    def _marks(self, *spans: Span) -> None:
        """Report the marks of a phrase that are not one straight quotation mark, in one finding."""
        odd = [span for span in spans if self.text[span.start : span.end] != '"']
        if not odd:
            return
        marks = " ".join(self.text[start:end] for start, end in odd)
        rule = syntax.DOUBLED if set(marks) <= {'"', " "} else syntax.CURLY
        fix = tuple(Edit(start, end, '"') for start, end in odd)
        self.note(rule, spans[0].start, spans[-1].end, fix, mark=marks)

    def _apostrophe(self, match: re.Match) -> int:
        content = match["quoted"]
        if " " not in content.strip() and match.group()[0] in "'‘" and content[:1].isalnum():
            marks = (Edit(match.start(), match.start("quoted"), ""),
                     Edit(match.end("quoted"), match.end(), ""))  # fmt: skip
            self.note(syntax.SINGLE, *match.span(), marks, found=match.group())
            end = self._word_at(match.start("quoted"), "'‘’`´")
            return end + match.end() - match.end("quoted")
        if _OPERATOR_INSIDE.search(content) or " " not in content.strip():
            return self._word_at(match.start())
        inner = Span(*match.span("quoted"))
        self._marks(Span(match.start(), inner.start), Span(inner.end, match.end()))
        content = self._unescaped(content, inner.end)
        content = cleaned(content)
        return self._add("phrase", content, *match.span()) if content.strip() else match.end()

    def _brace(self, match: re.Match) -> int:
        start, opened = match.span()
        partner = _BRACE.search(self.text, opened)
        if partner is None or partner.group() == "{":
            self.note(syntax.BRACE, start, opened, (Edit(start, opened, ""),), sign="{")
            return opened
        end = partner.start()
        content = self.text[opened:end]
        marks = re.compile(r"\}+").match(self.text, end)
        closed = min(marks.end() if marks else end, end + opened - start)
        if opened - start > 1:
            fix = (Edit(start, opened, "{"), Edit(end, closed, "}"))
            self.note(syntax.DOUBLED, start, closed, fix, mark="{{ }}")
        if not content.strip():
            self.note(syntax.EMPTY, start, closed, (Edit(start, closed, ""),),
                      opening="{", closing="}")  # fmt: skip
            return closed
        return self._add("exact", content, start, closed)

    def _closing(self, match: re.Match) -> int:
        self.note(syntax.BRACE, *match.span(), (Edit(*match.span(), ""),), sign="}")
        return match.end()

    def _word_at(self, at: int, also: str = "") -> int:
        """Read a word on from its first sign, whatever that is, up to what ends one."""
        found = re.compile(rf"\S[^\s()\[\]{{}}，,{also}]*").match(self.text, at)
        return self._word(found) if found else at

    def _word(self, match: re.Match) -> int:
        start, end = match.span()
        word = match.group()
        if is_operator(word):
            return self._operator(word, start, end)
        if word.upper() in ("W", "PRE", "NEAR") and (apart := _APART.match(self.text, end)):
            return self._operator(f"{word}/", start, apart.end(), apart[1])
        if (glued := _GLUED.fullmatch(word)) and self._is_glued(glued, end):
            return self._apart(glued, start)
        plain = word.replace("\\", "")
        if plain != word:
            self._otherwise(start, end, plain)
        word, plain = self._copied(word, plain, start)
        if not any(sign.isalnum() or sign in "*?" for sign in plain):
            if self.findings and self.findings[-1].rule is syntax.ENTITY:
                return end
            self.note(syntax.PUNCTUATION, start, end, (Edit(start, end, ""),), found=word)
            return end
        if (word[0] == "#" and word[1:].isdigit()) or (self.refers and word[1:].isdigit()):
            self.note(syntax.REFERENCE, start, end, found=word)
        return self._add("word", plain.lstrip("'‘’`´") or plain, start, end)

    def _is_glued(self, found: re.Match, end: int) -> bool:
        """Whether an operator stands in one piece with the year before or the field after it."""
        if not found[3]:  # PUBYEAR > 2014AND
            return bool(found[1])
        known = fields.is_known(found[3]) or found[3] in fields.FUNCTIONS
        return known and not fields.is_known(found[0]) and bool(_OPENS.match(self.text, end))

    def _apart(self, found: re.Match, start: int) -> int:
        """`2014AND`, `ANDPUBYEAR` or both as the words that they are."""
        if found[1]:
            self._add("word", found[1], start, start + found.end(1))
        at = self._operator(found[2], start + found.start(2), start + found.end(2))
        if not found[3]:
            return at
        end = start + found.end()
        cuts = [start + found.start(2), at] if found[1] else [at]
        self.note(syntax.OTHERWISE, start, end, tuple(Edit(cut, cut, " ") for cut in cuts),
                  found=found[0], meant=" ".join(filter(None, found.groups())))  # fmt: skip
        return self._add("word", found[3], at, end)

    def _copied(self, word: str, plain: str, start: int) -> tuple[str, str]:
        """Name what a web page, a PDF or another search engine has left in a word."""
        end = start + len(word)
        meant = ENTITY.sub(lambda found: unescape(found.group()), plain) if "&" in plain else plain
        if meant != plain:
            fix = (Edit(start, end, meant.strip()),)
            self.note(syntax.ENTITY, start, end, fix, found=plain, meant=meant.strip())
            plain = meant.strip()
        meant = cleaned(plain)
        if meant != plain:
            self.note(syntax.UNSEEN, start, end, (Edit(start, end, meant),),
                      found=plain, meant=meant)  # fmt: skip
            plain = meant
        if plain[:1] == "~" or (
            plain[:1] in "+-" and _ELSEWHERE.fullmatch(plain) and plain[1:2].isalpha()
        ):
            self.note(syntax.OTHER_ENGINE, start, end, found=plain)
        broken = _BROKEN.match(self.text, start) if self.text[end - 1] == "-" else None
        if broken and broken.end("first") == end:
            meant = broken["first"][:-1] + broken["second"]
            self.note(syntax.BROKEN, start, broken.end(), (Edit(start, broken.end(), meant),),
                      found=" ".join(broken.group().split()), meant=meant)  # fmt: skip
        return word, plain

    def _operator(self, word: str, start: int, end: int, distance: str = "") -> int:
        if word in (AND, OR):
            return self._add("operator", word, start, end)
        upper, within, ordered = word.upper(), 0, False
        name = _BOOLEAN.get(upper)
        previous = self.tokens[-1] if self.tokens else None
        if upper == "NOT" and previous and (previous.kind, previous.text) == ("operator", AND):
            self.tokens.pop()
            return self._add("operator", AND_NOT, previous.start, end)
        if name is None:
            near = _NEAR.fullmatch(word)
            if distance:
                pass
            elif near is None:  # the distance stands apart: W/ 3
                digits = re.compile(r"\s*(\d+)(?![\w*?])").match(self.text, end)
                if digits is None:
                    self.note(syntax.PUNCTUATION, start, end, (Edit(start, end, ""),), found=word)
                    return end
                end, distance = digits.end(), digits[1]
            else:
                distance = near[2]
            within, ordered = int(distance[:6]), upper.startswith("PRE")
            name, meant = NEAR, f"{'PRE' if ordered else 'W'}/{distance}"
            if within > 255:
                self.note(syntax.DISTANCE, start, end, found=word)
        else:
            meant = name
        written = " ".join(self.text[start:end].split())
        if written.upper() != meant:
            self._otherwise(start, end, meant)
        elif written != meant:
            self.note(syntax.LOWER, start, end, (Edit(start, end, meant),),
                      found=written, meant=meant)  # fmt: skip
        return self._add("operator", name, start, end, within=within, ordered=ordered)
