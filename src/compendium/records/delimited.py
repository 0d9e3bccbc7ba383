"""Rows of a CSV file with their lines; a quote that never closes costs one row, not the rest."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from compendium.errors import CompendiumError
from compendium.language import _, ngettext
from compendium.records.record import Refusal
from compendium.records.source import Source

_AHEAD, _MOST = 3, 1 << 24  # rows that show that a quote never closed; characters of one row


def rows(
    source: Source, width: int = 0, divider: str = ","
) -> Iterator[tuple[int, list[str]] | Refusal]:
    """Rows of a file with the line on which each begins.

    Python's own reader takes all that follows an open quote as one cell; here lines are put
    together until their quotes are even, unless the lines after are rows by themselves.

    Parameters
    ----------
    source : Source
    width : int
        How many cells a row has; that of the first row if left out.
    divider : str
    """
    csv.field_size_limit(sys.maxsize)
    lines = _Lines(source.lines())
    while (line := lines.next()) is not None:
        start, text = lines.number, line
        if start == 1 and re.fullmatch(r"sep=.\s*", line, re.IGNORECASE):
            continue
        if line.count('"') & 1:
            text = _closed(lines, line, width, divider)
            if text is None:
                yield Refusal(
                    start, _("A quotation mark opens here that never closes."), line[:200]
                )
                continue
        if not text.strip():
            continue
        cells = next(csv.reader([text], delimiter=divider), [])
        width = width or len(cells)
        if len(cells) != width:
            if len(cells) > width and not any(cells[width:]):
                del cells[width:]
            else:
                told = ngettext("The row has {n} cell, the header {width}.",
                                "The row has {n} cells, the header {width}.",
                                len(cells))  # fmt: skip
                yield Refusal(start, told.format(n=len(cells), width=width), text[:200])
                continue
        if any(cells):
            yield start, cells
        else:
            yield Refusal(start, _("All cells of the row are empty."))


def _closed(lines: _Lines, text: str, width: int, divider: str) -> str | None:
    """The row that begins with a line of odd quotes; None if it never closes."""
    parts, size, odd, at = [text], len(text), True, 0
    plain = 0  # lines in a row that are rows by themselves
    while odd:
        line = lines.peek(at)
        if line is None or size > _MOST:
            return None
        at += 1
        if line.count('"') & 1:
            odd, plain = False, 0
        else:
            whole = width > 3 and len(next(csv.reader([line], delimiter=divider), [])) == width
            plain = plain + 1 if whole else 0
            if plain >= _AHEAD:
                return None
        parts.append(line)
        size += len(line)
    lines.skip(at)
    joined = "".join(parts)
    if width > 3 and len(next(csv.reader([joined], delimiter=divider))) != width and _is_row(
        parts[-1], width, divider
    ):
        lines.back(parts[1:])
        return None
    return joined


def _is_row(line: str, width: int, divider: str) -> bool:
    return len(next(csv.reader([line], delimiter=divider), [])) == width


class _Lines:
    """Lines that can be looked at before they are taken."""

    def __init__(self, lines: Iterator[str]):
        self._lines, self._ahead, self.number = lines, deque(), 0

    def next(self) -> str | None:
        line = self._ahead.popleft() if self._ahead else next(self._lines, None)
        self.number += line is not None
        return line

    def peek(self, at: int) -> str | None:
        while len(self._ahead) <= at:
            line = next(self._lines, None)
            if line is None:
                return None
            self._ahead.append(line)
        return self._ahead[at]

    def skip(self, n: int) -> None:
        for _at in range(n):
            self.next()

    def back(self, lines: list[str]) -> None:
        self._ahead.extendleft(reversed(lines))
        self.number -= len(lines)


def header(head: str) -> tuple[list[str], str]:
    """Names of the columns in a file's first row, and what divides them.

    A spreadsheet's own first line, `sep=;`, says the latter.
    """
    text = head.lstrip("\ufeff\r\n")
    if told := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):
        text, divider = text[told.end() :], told[1]
    else:
        first = text.splitlines()[:1]
        divider = max(",;\t", key=first[0].count) if first else ","
    names = next(csv.reader(io.StringIO(text, newline=""), delimiter=divider), [])
    return [" ".join(name.split()) for name in names], divider


def cells_of(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a small table by column, with their lines, whatever a spreadsheet made of it.

    Raises
    ------
    CompendiumError
        If a row does not fit the header.
    """
    source = Source.of(file)
    names, divider = header(source.head)
    first = True
    for row in rows(source, len(names), divider):
        if isinstance(row, Refusal):
            raise CompendiumError(row.reason, path=file, row=row.line)
        if not first:
            yield row[0], dict(zip(names, row[1], strict=True))
        first = False
