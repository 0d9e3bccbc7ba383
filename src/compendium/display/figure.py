"""A figure: SVG whose text can be selected, in colours that follow the page, with its own alt text.

The SVG is the same in every run: fixed identifiers, no date, coordinates to two decimals.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from html import escape
from io import StringIO
from pathlib import Path

import matplotlib as mpl
import matplotlib.font_manager
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.typing import RcKeyType

from compendium import project
from compendium.display import fonts, palette
from compendium.display.table import nothing_yet
from compendium.files import Kept

_STYLE: dict[RcKeyType, object] = {
    "font.family": [fonts.FONT, "DejaVu Sans"],
    "font.size": 10.5,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "axes.labelsize": 10.5,
    "axes.edgecolor": palette.MUTED,
    "axes.labelcolor": palette.INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": plt.cycler(color=palette.SERIES),
    "axes.axisbelow": True,
    "grid.color": palette.FAINT,
    "text.color": palette.INK,
    "xtick.color": palette.MUTED,
    "ytick.color": palette.MUTED,
    "xtick.labelcolor": palette.INK,
    "ytick.labelcolor": palette.INK,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "svg.fonttype": "none",
    "hatch.color": palette.MUTED,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
}


_fonts = Kept()


def style() -> None:
    """Set the book's look for matplotlib, with the fonts of the theme."""
    folder = project.theme("fonts")
    _fonts.get("fonts", [folder], lambda: _set(folder))


def _set(folder: Path) -> None:
    for file in sorted(folder.rglob("*.ttf")):
        mpl.font_manager.fontManager.addfont(file)
    mpl.rcParams.update(_STYLE)


COLUMN, PHONE = 7.0, 3.7
"""Inches: the book's column, and a phone's, on which a drawing is shown as large as it is."""


def canvas(width: float = COLUMN, height: float = 4.0, **options):
    """An empty figure and its axes in the book's look; sizes in inches, options as `subplots`."""
    style()
    return plt.subplots(figsize=(width, height), layout="constrained", **options)


def fill(text: str, letters: int) -> str:
    """A text in lines of so many letters; a longer word has a line of its own."""
    return textwrap.fill(text, letters, break_long_words=False)


def tallest(texts: Iterable[str]) -> int:
    """How many lines the tallest of the texts has."""
    return max(text.count("\n") + 1 for text in texts)


LETTERS = 12
"""Characters of a legend to an inch."""


def legend(figure: mpl.figure.Figure, handles: Sequence, columns: int = 2) -> None:
    """A legend below the whole figure, its entries broken to its columns; one on a phone."""
    width = figure.get_figwidth()
    if width == PHONE:
        columns = 1
    for handle in handles:
        handle.set_label(fill(handle.get_label(), int(LETTERS * width / columns)))
    figure.legend(handles=handles, loc="outside lower left", ncols=columns, borderaxespad=0.2,
                  fontsize=9 if width == PHONE else 10)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A drawing with its description.

    Attributes
    ----------
    svg : str
        The drawing, to stand inside a page.
    alt : str
        What a reader who does not see it should know, in the reader's language.
    narrow : str
        The same drawn for a phone's width; empty where the one drawing serves both.
    small : bool
        Whether it is a small picture beside a sentence, never wider than a phone.
    """

    svg: str
    alt: str
    narrow: str = ""
    small: bool = False

    @classmethod
    def of(
        cls,
        figure: mpl.figure.Figure,
        alt: str,
        narrow: mpl.figure.Figure | None = None,
        *,
        small: bool = False,
    ) -> Figure:
        """Take a matplotlib figure, perhaps drawn for a phone too, and close it."""
        phone = _inline(_written(narrow, f"narrow {alt}"), alt) if narrow else ""
        return cls(_inline(_written(figure, alt), alt), alt, phone, small)

    @classmethod
    def drawn(cls, draw: Callable[[float], mpl.figure.Figure], alt: str) -> Figure:
        """Take what `draw` makes of a width in inches, for the book's column and for a phone."""
        return cls.of(draw(COLUMN), alt, narrow=draw(PHONE))

    @classmethod
    def nothing(cls) -> Figure:
        """What stands in a figure's place while its tables are empty: a sentence that says so."""
        figure, axes = canvas(3.0, 0.6)
        axes.axis("off")
        axes.text(0.5, 0.5, nothing_yet(), color=palette.MUTED, style="italic", ha="center",
                  va="center")  # fmt: skip
        return cls.of(figure, nothing_yet(), small=True)

    def _repr_html_(self) -> str:
        if self.narrow:  # neither has to be scrolled; the page's width tells which one is shown
            return (
                f'<div class="figure-wide">{self.svg}</div>'
                f'<div class="figure-narrow screen-only">{self.narrow}</div>'
            )
        if self.small:
            return f'<div class="figure-small">{self.svg}</div>'
        return f'<div class="figure-scroll" tabindex="0">{self.svg}</div>'

    def standalone(self) -> str:
        """The drawing as a file of its own, with its colours and its font inside."""
        plain = fonts.embedded(palette.plain(self.svg))
        return f'<?xml version="1.0" encoding="utf-8"?>\n{plain}\n'

    def __repr__(self) -> str:
        return f"Figure: {self.alt}"


def needs_rows(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    """Let a function that draws tables say `nothing here yet` where one of them is empty."""

    @wraps(draw)
    def drawn(*given, **options) -> Figure:
        tables = [item for item in (*given, *options.values()) if isinstance(item, pd.DataFrame)]
        return Figure.nothing() if any(table.empty for table in tables) else draw(*given, **options)

    return drawn


def _written(figure: mpl.figure.Figure, salt: str) -> str:
    """A matplotlib figure as SVG, its identifiers made from the salt; the figure is closed."""
    with mpl.rc_context({"svg.hashsalt": salt}):
        stream = StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    return stream.getvalue()


_DROPPED = (
    re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL),
    re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL),
    re.compile(
        r' id="(?:figure|axes|patch|text|line2d|matplotlib\.axis|[xy]tick|legend|[A-Z]\w+)_\d+"'
    ),
    re.compile(r' xmlns:(?:xlink|cc|dc|rdf)="[^"]*"'),
)
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"-?\d+\.\d{3,}")


def _two_decimals(number: re.Match) -> str:
    return f"{float(number.group()):.2f}".rstrip("0").rstrip(".")


def _inline(svg: str, alt: str) -> str:
    for pattern in _DROPPED:
        svg = pattern.sub("", svg)
    svg = svg.replace("xlink:href", "href")
    svg = _TAG.sub(lambda tag: _NUMBER.sub(_two_decimals, tag.group()), svg)  # and in no text
    for colour, variable in palette.VARIABLES.items():
        svg = re.sub(
            rf"((?:fill|stroke): ){colour}\b", rf"\1var({variable}, {colour})", svg, flags=re.I
        )
        # The ground of a hatch is written as an attribute, where no variable may stand.
        svg = re.sub(
            rf'fill="{colour}"', f'style="fill: var({variable}, {colour})"', svg, flags=re.I
        )
    head = f'<svg role="img" aria-label="{escape(alt)}" stroke-linejoin="round" '
    svg = svg.replace("<svg ", head, 1)
    return re.sub(r"\s*\n\s*", "\n", svg).strip()
