"""Phases, boxes and arrows of a flow diagram that is measured in inches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.textpath import TextPath

from compendium.display import canvas, palette
from compendium.display.figure import FONT, style

SIZE, LINE, PAD = 9.5, 0.175, 0.09
"""Size of the text in points; height of a line and room around a text in inches."""
BAND = 0.34
"""Height of the band with a phase's name, in inches."""


class Box(Protocol):
    """A box, as high as its text."""

    @property
    def height(self) -> float:
        """In inches."""


Row = Sequence[Box]


def tall(row: Row) -> float:
    """Height of a row: that of its highest box."""
    return max(box.height for box in row)


def frame(
    phases: list[tuple[str, list[Row]]], width: float, left: float, row_gap: float
) -> tuple[Figure, Axes, list[tuple[Row, float]]]:
    """A canvas for a diagram, with a line and a name for each phase.

    Parameters
    ----------
    phases : list of (str, list of Row)
        From top to bottom.
    width, left, row_gap : float
        Width of the diagram, where the phases' lines begin, and the room below a row, in inches.

    Returns
    -------
    figure, axes, and each row with the place of its top
    """
    style()
    height = sum(BAND + sum(tall(row) + row_gap for row in rows) for _name, rows in phases)
    figure, axes = canvas(width, height + 0.1)
    axes.set(xlim=(-0.03, width + 0.03), ylim=(height, -0.1))
    axes.axis("off")
    top, placed = 0.0, []
    for name, rows in phases:
        axes.plot([left, width], [top, top], color=palette.FAINT, linewidth=0.8)
        axes.text(
            left, top + 0.17, name, weight="bold", color=palette.MUTED, va="center", size=10.5
        )
        top += BAND
        for row in rows:
            placed.append((row, top))
            top += tall(row) + row_gap
    return figure, axes, placed


def outline(
    axes: Axes, corner: tuple[float, float], size: tuple[float, float], solid: bool, filled: bool
) -> None:
    """The edge of a box, dashed unless `solid`, and its ground."""
    axes.add_patch(
        FancyBboxPatch(
            corner, *size,
            boxstyle="round,pad=0,rounding_size=0.05",
            facecolor=palette.SOFT if filled else palette.PAPER,
            edgecolor=palette.ACCENT if solid else palette.MUTED,
            linestyle="-" if solid else (0, (4, 3)), linewidth=1,
        )
    )  # fmt: skip


def write(axes: Axes, centre: tuple[float, float], lines: list[tuple[str, dict]]) -> None:
    """Lines of text around a point, each with its own `weight`, `style` and `color`."""
    x, y = centre
    first = y - (len(lines) - 1) * LINE / 2
    for at, (text, look) in enumerate(lines):
        axes.text(x, first + at * LINE, text, ha="center", va="center_baseline", size=SIZE, **look)


def arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """An arrow between two points, in inches."""
    axes.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=9, shrinkA=0, shrinkB=0,
            color=palette.MUTED, linewidth=1,
        )
    )  # fmt: skip


def wrap(text: str, width: float) -> list[str]:
    """Lines of a text no wider than `width` inches, unless a word is."""
    lines: list[str] = []
    for word in text.split():
        if lines and measured(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=1024)
def measured(text: str) -> float:
    """Width in inches, in the book's bold face, so that any face fits."""
    font = FontProperties(family=FONT, weight="bold")
    return TextPath((0, 0), text, size=SIZE, prop=font).get_extents().width / 72
