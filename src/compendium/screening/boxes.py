"""Texts and arrows of a flow diagram that is measured in inches."""

from __future__ import annotations

from functools import lru_cache

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch
from matplotlib.textpath import TextPath

from compendium.display import palette
from compendium.display.figure import FONT

SIZE, LINE, PAD = 9.5, 0.175, 0.09
"""Size of the text in points; height of a line and room around a text in inches."""


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
