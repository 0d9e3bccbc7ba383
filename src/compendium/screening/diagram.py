"""The drawing of a flow diagram: phases, boxes and arrows, measured in inches.

Whoever has numbers to show lays them out as a `Diagram`; this is the only place that draws one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.textpath import TextPath

from compendium import project
from compendium.display import Figure, canvas, palette
from compendium.display.figure import FONT, style

PLAIN, STRONG, SILENT = "plain", "strong", "silent"
"""How a line looks: as text, as what it is about, or as a number that nobody reports."""

_SIZE, _LINE, _PAD = 9.5, 0.175, 0.09  # points; inches: a line's height, the room around a text
_BAND = 0.34  # inches: the band with a phase's name
_GAP, _ROW_GAP, _GUTTER = 0.16, 0.22, 0.3
_WIDEST = 7.0
_NARROW = 3.0  # inches: a column, where there are few


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
    """

    phases: tuple[tuple[str, tuple[Row, ...]], ...]
    columns: int = 4

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
        room = _WIDEST - self.gutter - (self.columns - 1) * _GAP
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


def draw(diagram: Diagram, alt: str) -> Figure:
    """Draw a diagram.

    Parameters
    ----------
    diagram : Diagram
    alt : str
        The diagram in words.
    """
    style()
    width = diagram.left(diagram.columns) - _GAP
    height = sum(
        _BAND + sum(diagram.height(row) + _ROW_GAP for row in rows)
        for _name, rows in diagram.phases
    )
    figure, axes = canvas(width, height + 0.1)
    axes.set(xlim=(-0.03, width + 0.03), ylim=(height, -0.1))
    axes.axis("off")
    top, placed = 0.0, []
    for name, rows in diagram.phases:
        axes.plot([diagram.gutter, width], [top, top], color=palette.FAINT, linewidth=0.8)
        axes.text(diagram.gutter, top + 0.17, name, weight="bold", color=palette.MUTED,
                  va="center", size=10.5)  # fmt: skip
        top += _BAND
        for row in rows:
            placed.append((row, top, diagram.height(row)))
            top += placed[-1][2] + _ROW_GAP
    _arrows(axes, diagram, placed)
    for row, top, height in placed:
        for box in row:
            _draw(axes, diagram, box, top, height)
    return Figure.of(figure, alt=alt)


def _draw(axes: Axes, diagram: Diagram, box: Box, top: float, height: float) -> None:
    """A box: its edge, dashed where nothing is known, its ground, and its lines."""
    left, width = diagram.left(box.column), diagram.width(box)
    filled = box.head or (box.known and not box.aside)
    axes.add_patch(
        FancyBboxPatch(
            (left, top), width, height,
            boxstyle="round,pad=0,rounding_size=0.05",
            facecolor=palette.SOFT if filled else palette.PAPER,
            edgecolor=palette.ACCENT if box.known else palette.MUTED,
            linestyle="-" if box.known else (0, (4, 3)), linewidth=1,
        )
    )  # fmt: skip
    lines = diagram.wrapped(box)
    first = top + height / 2 - (len(lines) - 1) * _LINE / 2
    for at, line in enumerate(lines):
        axes.text(
            left + width / 2, first + at * _LINE, line.text,
            ha="center", va="center_baseline", size=_SIZE,
            weight="bold" if line.look == STRONG else "normal",
            style="italic" if line.look == SILENT else "normal",
            color=palette.MUTED if line.look == SILENT and not filled else palette.INK,
        )  # fmt: skip


def _arrows(axes: Axes, diagram: Diagram, placed: list[tuple[Row, float, float]]) -> None:
    """Down each way, out to what leaves it, and along the left for what goes its own way."""
    for row, top, height in placed:
        for box in (box for box in row if box.aside and box.linked):
            _aside(axes, diagram, box, row, top + height / 2)
    done = set()
    for column in range(diagram.columns):
        way = [(box, top, height) for row, top, height in placed for box in row
               if box.covers(column) and not (box.head or box.aside or box.apart)]  # fmt: skip
        for (upper, top, height), (lower, below, _height) in pairwise(way):
            narrow = min(upper, lower, key=lambda box: box.span)
            centre = diagram.left(narrow.column) + diagram.width(narrow) / 2
            if (centre, below) not in done:
                done.add((centre, below))
                _arrow(axes, (centre, top + height), (centre, below))
    for row, top, height in placed:
        if any(box.apart for box in row):
            _last, bottom, tall = placed[-1]
            start, end, side = top + height / 2, bottom + tall / 2, diagram.gutter / 2
            axes.plot([diagram.gutter, side, side], [start, start, end], solid_capstyle="butt",
                      color=palette.MUTED, linewidth=1)  # fmt: skip
            _arrow(axes, (side, end), (diagram.gutter, end))


def _aside(axes: Axes, diagram: Diagram, box: Box, row: Row, middle: float) -> None:
    """An arrow to a box aside: from the box before it, or from that behind it if there is none."""
    left, right = diagram.left(box.column), diagram.left(box.column) + diagram.width(box)
    for other in row:
        if not other.aside and other.covers(box.column - 1):
            _arrow(axes, (left - _GAP, middle), (left, middle))
            return
    _arrow(axes, (right + _GAP, middle), (right, middle))


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=9, shrinkA=0, shrinkB=0,
            color=palette.MUTED, linewidth=1,
        )
    )  # fmt: skip


def _wrap(text: str, width: float) -> list[str]:
    """Lines of a text no wider than `width` inches, unless a word is."""
    lines: list[str] = []
    for word in text.split():
        if lines and measured(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def measured(text: str) -> float:
    """Width in inches, in the book's bold face, so that any face fits."""
    here = project.current_or_none()
    return here.kept.get(("measured", text), (), lambda: _measure(text)) if here else _measure(text)


def _measure(text: str) -> float:
    font = FontProperties(family=FONT, weight="bold")
    return TextPath((0, 0), text, size=_SIZE, prop=font).get_extents().width / 72
