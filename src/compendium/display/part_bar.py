"""One bar of a whole; each part has its name and number on a line of its own, above or below it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from compendium.display import palette
from compendium.display.figure import Figure, canvas, fill
from compendium.language import _, number

SMALL = 2.9
"""Inches: the width of a small picture."""
LINE = 0.23
"""Inches from one name to the next."""
BAR, GAP = 0.29, 0.09
"""Inches: the height of the bar, and what is between it and the nearest name."""
LETTER = 0.078
"""Inches that a letter of a name takes, a wide one."""


class Part(NamedTuple):
    """A part of the whole: what it is, how much, and the colour that it has through the book.

    An open part, of which nothing is known, is hatched as the unknown is elsewhere: its colour
    alone would look like its neighbour's to some readers.
    """

    name: str
    size: int
    colour: str
    open: bool = False


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
    """The bar; parts of its left half are named above it, those of its right half below.

    So a name has half of the width at least, the names are read from the first part to the last,
    and no line to a name passes another name.
    """
    total = sum(part.size for part in parts)
    starts = [sum(part.size for part in parts[:at]) / total for at in range(len(parts))]
    middles = [start + part.size / total / 2 for start, part in zip(starts, parts, strict=True)]
    names = [
        fill(f"{number(part.size)} {part.name}", int(width * max(at, 1 - at) / LETTER) - 1)
        for part, at in zip(parts, middles, strict=True)
    ]
    heights = [LINE * (name.count("\n") + 1) for name in names]
    above = sum(height for height, at in zip(heights, middles, strict=True) if at <= 0.5)
    below = sum(heights) - above
    top, bottom = (side and side + GAP for side in (above, below))
    figure, axes = canvas(width, top + BAR + bottom + 0.02)
    figure.get_layout_engine().set(w_pad=0.01, h_pad=0.01)  # room for half an outline
    y = -top  # downwards, in inches; the bar begins at 0
    for part, start, at, name, height in zip(parts, starts, middles, names, heights, strict=True):
        axes.barh(0, part.size / total, left=start, height=BAR, align="edge", clip_on=False,
                  color=palette.PAPER if part.open else part.colour, linewidth=1,
                  edgecolor=part.colour if part.open else palette.PAPER,
                  hatch="/////" if part.open else None,
                  zorder=2 if part.open else 1)  # over its neighbour's light edge  # fmt: skip
        left = at > 0.5
        if left and y < BAR:
            y = BAR + GAP
        end = y + (height - LINE / 2 if left else LINE / 2)
        axes.plot([at, at], [BAR if left else 0, end], color=part.colour, linewidth=1.2,
                  clip_on=False)
        axes.annotate(name, (at, y + height / 2), xytext=(-4 if left else 4, 0), va="center",
                      textcoords="offset points", ha="right" if left else "left", fontsize=10.5)
        y += height
    axes.set_xlim(0, 1)
    axes.set_ylim(BAR + bottom, -top)
    axes.axis("off")
    return figure
