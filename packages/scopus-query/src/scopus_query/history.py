"""Search histories: numbered lines that refer to one another, `#1 AND #2` or `S1 AND S2`."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from scopus_query.errors import ScopusQueryError
from scopus_query.language import _
from scopus_query.tokens import Lexer

_NUMBERED = re.compile(
    r"^[^\S\n]*(?:#|S)?(\d{1,4})[^\S\n]*(?:[.):=]|[^\S\n])[^\S\n]*(?=\S)", re.MULTILINE
)
_REFERENCE = re.compile(r"[#S](\d{1,4})", re.IGNORECASE)
_JOINED = re.compile(
    r"[\s(]*\d{1,4}[\s)]*(?:(?:AND\s+NOT|AND|OR|NOT)[\s(]+\d{1,4}[\s)]*)+", re.IGNORECASE
)


@dataclass(frozen=True)
class Line:
    """A line of a history.

    Attributes
    ----------
    number : int
    text : str
        As it is written.
    uses : tuple of int
        Lines that it refers to.
    query : str
        With the lines that it refers to written out.
    """

    number: int
    text: str
    uses: tuple[int, ...]
    query: str


@dataclass(frozen=True)
class History:
    """The lines of a search history, the last of which is the search.

    Attributes
    ----------
    lines : tuple of Line
    """

    lines: tuple[Line, ...]

    @property
    def query(self) -> str:
        """The search as a whole: the last line, written out."""
        return self.lines[-1].query

    @property
    def unused(self) -> tuple[int, ...]:
        """Lines that the last one does not reach."""
        by_number = {line.number: line for line in self.lines}
        reached, waiting = set(), [self.lines[-1].number]
        while waiting:
            number = waiting.pop()
            if number not in reached:
                reached.add(number)
                waiting += by_number[number].uses
        return tuple(line.number for line in self.lines if line.number not in reached)

    def as_data(self) -> dict:
        """Plain values, for JSON."""
        lines = [vars(line) | {"uses": list(line.uses)} for line in self.lines]
        return {"query": self.query, "unused": list(self.unused), "lines": lines}


def read(text: str) -> History:
    """A history from its lines: numbered, or one line a query.

    Parameters
    ----------
    text : str

    Raises
    ------
    ScopusQueryError
        If a line refers to one that is not there, or lines refer to one another in a circle.
    """
    texts = _lines(text)
    if not texts:
        raise ScopusQueryError(_("The history has no line."))
    uses = {number: _uses(line, texts) for number, line in texts.items()}
    for number, used in uses.items():
        for other in used:
            if other not in texts:
                raise ScopusQueryError(
                    _("Line {number} refers to line {other}, which is not there.").format(
                        number=number, other=other
                    ),
                    remedy=_("Give all lines of the history."),
                )
    written: dict[int, str] = {}
    for number in texts:
        _write(number, texts, uses, written, ())
    return History(tuple(Line(n, texts[n], uses[n], written[n]) for n in texts))


def _lines(text: str) -> dict[int, str]:
    marks = list(_NUMBERED.finditer(text))
    if not marks or text[: marks[0].start()].strip():  # only references begin with a number
        rows = (line.strip() for line in text.splitlines())
        return dict(enumerate((row for row in rows if row), start=1))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found: dict[int, str] = {}
    for mark, end in zip(marks, ends, strict=True):
        number = int(mark[1])
        if number in found:
            raise ScopusQueryError(_("Line {number} is there twice.").format(number=number))
        found[number] = text[mark.end() : end].strip()
    return found


def _references(text: str, numbers: Container[int]) -> list[tuple[int, int, int]]:
    """Start, end and number of each reference outside quotation marks and braces.

    A line of numbers and operators alone, `1 AND 2`, refers to the lines of these numbers.
    """
    if _JOINED.fullmatch(text):
        plain = [(found.start(), found.end(), int(found[0])) for found in
                 re.finditer(r"\d+", text)]  # fmt: skip
        if all(number in numbers for _start, _end, number in plain):
            return plain
    tokens = [token for token in Lexer(text).run() if token.kind == "word"]
    found = ((token, _REFERENCE.fullmatch(token.text)) for token in tokens)
    return [(token.start, token.end, int(match[1])) for token, match in found if match]


def _uses(text: str, numbers: Container[int]) -> tuple[int, ...]:
    references = _references(text, numbers)
    return tuple(dict.fromkeys(number for _start, _end, number in references))


def _write(
    number: int, texts: dict[int, str], uses: dict[int, tuple[int, ...]], written: dict[int, str],
    around: tuple[int, ...],
) -> str:  # fmt: skip
    if number in around:
        circle = " → ".join(map(str, (*around[around.index(number) :], number)))
        raise ScopusQueryError(
            _("Lines refer to one another in a circle: {circle}.").format(circle=circle)
        )
    if number not in written:
        for other in uses[number]:
            _write(other, texts, uses, written, (*around, number))
        text = texts[number]
        for start, end, other in reversed(_references(text, texts)):
            text = f"{text[:start]}({written[other]}){text[end:]}"
        written[number] = text
    return written[number]
