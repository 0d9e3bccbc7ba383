"""The drawing of a flow diagram: phases, boxes and arrows, measured in inches.

Whoever has numbers to show lays them out as a `Diagram`; this is the only place that draws one. It
writes SVG as text, and so the reader's browser draws what the command line draws.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from compendium.display import palette

if TYPE_CHECKING:
    from compendium.display import Figure

PLAIN, STRONG, SILENT = "plain", "strong", "silent"
"""How a line looks: as text, as what it is about, or as a number that nobody reports."""

_SIZE, _LINE, _PAD = 9.5, 0.175, 0.09  # points; inches: a line's height, the room around a text
_BAND = 0.34  # inches: the band with a phase's name
_GAP, _ROW_GAP, _GUTTER = 0.16, 0.22, 0.3
_NARROW = 3.0  # inches: a column, where there are few
_MARGIN, _TIP = 0.05, 0.05  # inches: around the drawing; how long and half as wide an arrow's tip
_UNIT = 72  # of the drawing in an inch
_FACE = "font-family: 'Source Sans 3', 'DejaVu Sans'; font-size: {size}px"
_WIDTHS = Path(__file__).with_name("letters.json")
"""Widths of the letters of the book's bold face, in thousandths of its size."""


@dataclass(frozen=True)
class Line:
    """A line of a box: its text, and how it looks."""

    text: str
    look: str = PLAIN


@dataclass(frozen=True)
class Box:
    """A box.

    Attributes
    ----------
    lines : tuple of Line
    column, span : int
        Its first column, and how many it is wide.
    known : bool
        Whether a number stands in it; its edge is dashed otherwise.
    head : bool
        Whether it only heads a part; no arrow leads to or from it.
    aside : bool
        Whether it stands beside the way, for what leaves it.
    linked : bool
        Whether an arrow leads to a box aside.
    apart : bool
        Whether it goes to the last box by a line of its own.
    """

    lines: tuple[Line, ...]
    column: int
    span: int = 1
    known: bool = True
    head: bool = False
    aside: bool = False
    linked: bool = True
    apart: bool = False

    def covers(self, column: int) -> bool:
        """Whether it stands in a column."""
        return self.column <= column < self.column + self.span


Row = Sequence[Box]


@dataclass(frozen=True)
class Diagram:
    """Boxes in their places.

    Attributes
    ----------
    phases : tuple of (str, rows)
        From top to bottom.
    columns : int
    widest : float
        Inches that it may take.
    """

    phases: tuple[tuple[str, tuple[Row, ...]], ...]
    columns: int = 4
    widest: float = 7.0

    @property
    def boxes(self) -> list[Box]:
        """All boxes, row by row."""
        return [box for _name, rows in self.phases for row in rows for box in row]

    @cached_property
    def gutter(self) -> float:
        """Room at the left for the line of a box that goes its own way."""
        return _GUTTER if any(box.apart for box in self.boxes) else 0.0

    @cached_property
    def column(self) -> float:
        """Width of a column."""
        room = self.widest - self.gutter - (self.columns - 1) * _GAP
        return min(room / self.columns, _NARROW)

    def left(self, column: int) -> float:
        """Where a column begins."""
        return self.gutter + column * (self.column + _GAP)

    def width(self, box: Box) -> float:
        """Width of a box."""
        return box.span * self.column + (box.span - 1) * _GAP

    def wrapped(self, box: Box) -> list[Line]:
        """Lines of a box, none wider than it, unless a word is."""
        room = self.width(box) - 2 * _PAD
        return [Line(part, line.look) for line in box.lines for part in _wrap(line.text, room)]

    def height(self, row: Row) -> float:
        """Height of a row: that of its highest box."""
        return max(len(self.wrapped(box)) for box in row) * _LINE + 2 * _PAD


def draw(diagram: Diagram, alt: str, narrow: Diagram | None = None) -> Figure:
    """Draw a diagram.

    Parameters
    ----------
    diagram : Diagram
    alt : str
        The diagram in words.
    narrow : Diagram, optional
        The same with so few columns that a phone holds it.
    """
    from compendium.display import PHONE, Figure

    phone = svg(replace(narrow, widest=PHONE), alt) if narrow else ""
    return Figure(svg(diagram, alt), alt, phone)


def svg(diagram: Diagram, alt: str) -> str:
    """A diagram as SVG to stand inside a page, in colours that follow it."""
    width = diagram.left(diagram.columns) - _GAP
    top, placed, parts = 0.0, [], []
    for name, rows in diagram.phases:
        parts.append(_path([(diagram.gutter, top), (width, top)], palette.FAINT, 0.8))
        parts.append(_text(name, diagram.gutter, top + 0.17, palette.MUTED, size=10.5,
                           anchor="start", bold=True))  # fmt: skip
        top += _BAND
        for row in rows:
            placed.append((row, top, diagram.height(row)))
            top += placed[-1][2] + _ROW_GAP
    parts += _arrows(diagram, placed)
    for row, above, height in placed:
        for box in row:
            parts += _draw(diagram, box, above, height)
    wide, tall = (_units(side + 2 * _MARGIN) for side in (width, top))
    shift = _units(_MARGIN)
    return "\n".join((
        f'<svg role="img" aria-label="{escape(alt)}" stroke-linejoin="round" width="{wide}pt" '
        f'height="{tall}pt" viewBox="-{shift} -{shift} {wide} {tall}" '
        'xmlns="http://www.w3.org/2000/svg" version="1.1">',
        *parts, "</svg>",
    ))  # fmt: skip


def _draw(diagram: Diagram, box: Box, top: float, height: float) -> Iterator[str]:
    """A box: its edge, dashed where nothing is known, its ground, and its lines."""
    left, width = diagram.left(box.column), diagram.width(box)
    filled = box.head or (box.known and not box.aside)
    edge = _stroke(palette.ACCENT if box.known else palette.MUTED, 1)
    dashes = "" if box.known else "; stroke-dasharray: 4 3"
    yield (
        f'<rect x="{_units(left)}" y="{_units(top)}" width="{_units(width)}" '
        f'height="{_units(height)}" rx="{_units(0.05)}" '
        f'style="fill: {_colour(palette.SOFT if filled else palette.PAPER)}; {edge}{dashes}"/>'
    )
    lines = diagram.wrapped(box)
    first = top + height / 2 - (len(lines) - 1) * _LINE / 2
    for at, line in enumerate(lines):
        is_pale = line.look == SILENT and not filled
        yield _text(
            line.text, left + width / 2, first + at * _LINE,
            palette.MUTED if is_pale else palette.INK,
            bold=line.look == STRONG, italic=line.look == SILENT,
        )  # fmt: skip


def _arrows(diagram: Diagram, placed: list[tuple[Row, float, float]]) -> Iterator[str]:
    """Down each way, out to what leaves it, and along the left for what goes its own way."""
    for row, top, height in placed:
        for box in (box for box in row if box.aside and box.linked):
            yield _aside(diagram, box, row, top + height / 2)
    done = set()
    for column in range(diagram.columns):
        way = [(box, top, height) for row, top, height in placed for box in row
               if box.covers(column) and not (box.head or box.aside or box.apart)]  # fmt: skip
        for (upper, top, height), (lower, below, _height) in pairwise(way):
            narrow = min(upper, lower, key=lambda box: box.span)
            centre = diagram.left(narrow.column) + diagram.width(narrow) / 2
            if (centre, below) not in done:
                done.add((centre, below))
                yield _arrow((centre, top + height), (centre, below))
    for row, top, height in placed:
        if any(box.apart for box in row):
            _last, bottom, tall = placed[-1]
            start, end, side = top + height / 2, bottom + tall / 2, diagram.gutter / 2
            way_along = [(diagram.gutter, start), (side, start), (side, end)]
            yield _path(way_along, palette.MUTED, 1)
            yield _arrow((side, end), (diagram.gutter, end))


def _aside(diagram: Diagram, box: Box, row: Row, middle: float) -> str:
    """An arrow to a box aside: from the box before it, or from that behind it if there is none."""
    left, right = diagram.left(box.column), diagram.left(box.column) + diagram.width(box)
    for other in row:
        if not other.aside and other.covers(box.column - 1):
            return _arrow((left - _GAP, middle), (left, middle))
    return _arrow((right + _GAP, middle), (right, middle))


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line with a tip: down, to the right or to the left."""
    (x, y), across = end, start[1] == end[1]
    back = _TIP if end[0] < start[0] else -_TIP
    base = [(x + back, y - _TIP / 2), (x + back, y + _TIP / 2)] if across else [
        (x - _TIP / 2, y - _TIP), (x + _TIP / 2, y - _TIP)
    ]  # fmt: skip
    return _path([start, end], palette.MUTED, 1) + _path([*base, end], palette.MUTED, 1, tip=True)


def _path(
    points: Sequence[tuple[float, float]], colour: str, width: float, *, tip: bool = False
) -> str:
    way = " L ".join(f"{_units(x)} {_units(y)}" for x, y in points)
    fill = _colour(colour) if tip else "none"
    return (
        f'<path d="M {way}{" z" if tip else ""}" style="fill: {fill}; {_stroke(colour, width)}"/>'
    )


def _text(
    told: str, x: float, middle: float, colour: str, *, size: float = _SIZE,
    anchor: str = "middle", bold: bool = False, italic: bool = False,
) -> str:  # fmt: skip
    """A line of text; letters stand on a line a third of their size below its middle."""
    look = ("font-weight: 700; " if bold else "") + ("font-style: italic; " if italic else "")
    return (
        f'<text x="{_units(x)}" y="{_units(middle + 0.33 * size / _UNIT)}" '
        f'style="{look}{_FACE.format(size=size)}; text-anchor: {anchor}; '
        f'fill: {_colour(colour)}">{escape(told, quote=False)}</text>'
    )


def _stroke(colour: str, width: float) -> str:
    return f"stroke: {_colour(colour)}; stroke-width: {width:g}"


def _colour(colour: str) -> str:
    return f"var({palette.VARIABLES[colour]}, {colour})"


def _units(inches: float) -> str:
    return f"{inches * _UNIT:.2f}".rstrip("0").rstrip(".")


def _wrap(text: str, width: float) -> list[str]:
    """Lines of a text no wider than `width` inches, unless a word is."""
    lines: list[str] = []
    for word in re.split(r" (?!\d+(?![\d-]))", text):  # a number stays with its word
        if lines and measured(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def measured(text: str) -> float:
    """Width in inches, in the book's bold face, so that any face fits."""
    widths = _widths()
    widest = max(widths.values())  # of a letter that the face lacks
    return sum(widths.get(letter, widest) for letter in text) / 1000 * _SIZE / _UNIT


@cache
def _widths() -> dict[str, int]:
    told = json.loads(_WIDTHS.read_text(encoding="utf-8"))
    return {letter: int(width) for width, letters in told.items() for letter in letters}
