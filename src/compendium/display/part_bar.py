"""One bar of a whole, each part with its name and number on a line of its own below it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from compendium.display import palette
from compendium.display.figure import Figure, canvas
from compendium.language import _, number

SMALL = 2.9
"""Inches: the width of a small picture."""
LINE = 0.23
"""Inches from one name to the next."""
LETTER = 0.078
"""Inches that a letter of a name takes, a wide one."""


class Part(NamedTuple):
    """A part of the whole: what it is, how much, and the colour that it has through the book."""

    name: str
    size: int
    colour: str


def part_bar(parts: Sequence[Part], *, small: bool = False) -> Figure:
    """The parts of a whole as one bar; those of which there is none are left out.

    Parameters
    ----------
    parts : sequence of Part
        In the order in which they stand in the bar.
    small : bool
        Whether it is a small picture, as large on every screen.
    """
    there = [part for part in parts if part.size]
    if not there:
        return Figure.nothing()
    told = "; ".join(f"{part.name}: {number(part.size)}" for part in there)
    # Translators: description of a figure for those who do not see it
    alt = _("One bar of {n} in parts. {parts}.").format(
        n=number(sum(part.size for part in there)), parts=told
    )
    if small:
        return Figure.of(_drawn(there, SMALL), alt, small=True)
    return Figure.drawn(partial(_drawn, there), alt)


def _drawn(parts: Sequence[Part], width: float):
    total = sum(part.size for part in parts)
    figure, axes = canvas(width, 0.42 + LINE * len(parts))
    figure.get_layout_engine().set(w_pad=0, h_pad=0.01)
    start = 0.0
    for row, part in enumerate(parts, 1):
        share = part.size / total
        axes.barh(0, share, left=start, height=1.2, color=part.colour, edgecolor=palette.PAPER,
                  linewidth=1, align="center", clip_on=False)
        _name(axes, part, row, start, share, width)
        start += share
    axes.set_xlim(0, 1)
    axes.set_ylim(len(parts) + 0.55, -0.62)
    axes.axis("off")
    return figure


def _name(axes, part: Part, row: int, start: float, share: float, width: float) -> None:
    """A part's number and name beneath it, to the side where there is room, and a line to it.

    A name too long for its side ends at the edge of the figure, under its part all the same.
    """
    middle = start + share / 2
    left = middle > 0.5
    axes.plot([middle, middle], [0.5, row + 0.1], color=part.colour, linewidth=1.2, clip_on=False)
    said = f"{number(part.size)} {part.name}"
    room = width * (middle if left else 1 - middle)
    if LETTER * len(said) > room:
        left, middle = not left, 0.0 if left else 1.0
    # On paper of its own, so that the lines to the names further down pass behind it.
    ground = {"boxstyle": "square,pad=0.08", "facecolor": palette.PAPER, "edgecolor": "none"}
    axes.annotate(said, (middle, row + 0.1), xytext=(-4 if left else 4, 0), va="center",
                  textcoords="offset points", ha="right" if left else "left", fontsize=10.5,
                  bbox=ground)
