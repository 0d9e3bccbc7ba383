"""Rows of a CSV file with their lines; a quote that never closes costs one row, not the rest."""

from __future__ import annotations

import csv
import re
import sys
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from compendium.errors import CompendiumError
from compendium.language import _, ngettext
from compendium.records.record import Refusal
from compendium.records.source import Source

_AHEAD, _MOST = 3, 1 << 24  # rows that show that a quote never closed; characters of one row


def rows(
    source: Source, width: int = 0, divider: str = ",", skip: int = 0,
    *, ragged: bool = False
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
    skip : int
        Lines to pass over, before the header.
    ragged : bool
        Whether rows may be of any width.
    """
    csv.field_size_limit(sys.maxsize)
    lines = _Lines(source.lines())
    while (line := lines.next()) is not None:
        start, text = lines.number, line
        if start <= skip:
            continue
        if line.count('"') & 1 and not _is_bare(line, width, divider):
            closed = _closed(lines, line, width, divider)
            if closed is None:
                yield Refusal(
                    start, _("A quotation mark opens here that never closes."), line[:200]
                )
                continue
            text = closed
        if not text.strip():
            continue
        cells = _cells(text, divider)
        width = width or len(cells)
        if len(cells) != width and not ragged:
            if len(cells) > width and not any(map(str.strip, cells[width:])):
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


def _is_bare(line: str, width: int, divider: str) -> bool:
    """Whether quotes are signs like others, as in tables that tabs divide."""
    if divider != "\t" or width < 2 or line.count("\t") != width - 1:
        return False
    opened = line.count('\t"') + line.startswith('"')
    return not opened or opened != line.count('"\t') + line.rstrip().endswith('"')


def _cells(text: str, divider: str) -> list[str]:
    """The cells of a row; quotes within a cell that none opens are signs like others."""
    if divider == "\t" and "\n" not in text.rstrip("\r\n"):
        cells = text.rstrip("\r\n").split("\t")
        return [c[1:-1].replace('""', '"') if len(c) > 1 and c[0] == c[-1] == '"' else c
                for c in cells]  # fmt: skip
    try:
        return next(csv.reader([text], delimiter=divider), [])
    except csv.Error:  # a line's end between quotes that stand within a cell
        cells, inside = [""], False
        for sign in text.rstrip("\r\n"):
            inside ^= sign == '"'
            if sign == divider and not inside:
                cells.append("")
            else:
                cells[-1] += sign
        return [c[1:-1].replace('""', '"') if len(c) > 1 and c[0] == c[-1] == '"' else c
                for c in cells]  # fmt: skip


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
            whole = width > 3 and len(_cells(line, divider)) == width
            plain = plain + 1 if whole else 0
            if plain >= _AHEAD:
                return None
        parts.append(line)
        size += len(line)
    lines.skip(at)
    joined = "".join(parts)
    if width > 3 and len(_cells(joined, divider)) != width and _is_row(
        parts[-1], width, divider
    ):
        lines.back(parts[1:])
        return None
    return joined


def _is_row(line: str, width: int, divider: str) -> bool:
    return len(_cells(line, divider)) == width


class _Lines:
    """Lines that can be looked at before they are taken."""

    def __init__(self, lines: Iterator[str]):
        self._lines, self.number = lines, 0
        self._ahead: deque[str] = deque()

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


class Header(NamedTuple):
    """Names of a table's columns, what divides them, and the lines before."""

    names: list[str]
    divider: str
    before: int


@lru_cache(maxsize=64)
def header(head: str) -> Header:
    """The header of a table: its first row of more than one cell, if it has any.

    What stands before it (a search's name, when it was exported, a spreadsheet's `sep=;`) is
    passed over; so are the figures of a citation report, of which a row is far wider.
    """
    told = re.match(r"\ufeff?sep=(.)\r?\n", head, re.IGNORECASE)
    lines = head.lstrip("\ufeff").splitlines(keepends=True)[: _HEADER_WITHIN + 40]
    some = [line for line in lines[:_HEADER_WITHIN] if any(sign in line for sign in ",;\t")]
    divider = told[1] if told else max(",;\t", key=some[0].count) if some else ","
    reader = csv.reader(iter(lines[1 if told else 0 :]), delimiter=divider, quoting=(
        csv.QUOTE_NONE if divider == "\t" else csv.QUOTE_MINIMAL))  # fmt: skip
    first, before, widest = None, 1 if told else 0, 0
    at = before
    try:
        for cells in reader:
            named = sum(bool(cell.strip()) for cell in cells)
            if named and first is None:
                first, before = cells, at
            if named > max(1, 4 * (widest if widest > 1 else 0)):
                first, before, widest = cells, at, named
                if named > 3:
                    break
            at = reader.line_num + (1 if told else 0)
            if at > _HEADER_WITHIN:
                break
    except csv.Error:
        pass
    return Header([" ".join(c.strip('" ').split()) for c in first or []], divider, before)


_HEADER_WITHIN = 15


def cells_of(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a small table by column, with their lines, whatever a spreadsheet made of it.

    Raises
    ------
    CompendiumError
        If a row does not fit the header.
    """
    source = Source.of(file)
    names, divider, before = header(source.head)
    first = True
    for row in rows(source, len(names), divider, before):
        if isinstance(row, Refusal):
            raise CompendiumError(row.reason, path=file, row=row.line)
        if not first:
            yield row[0], dict(zip(names, row[1], strict=True))
        first = False
