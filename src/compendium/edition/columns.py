"""How wide a table's columns are in print, how large its type is, and which way its page lies."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bs4 import NavigableString, Tag
from PIL import ImageFont

PORTRAIT, LANDSCAPE = 453.0, 700.0  # width of the text in points, as in theme/book.typ
INSET = 10.0  # left and right of a cell, as in theme/book.typ
SHORT = 12  # characters of a line that is not broken
FAVOURS = (0.7, 1.0, 1.4, 2.0)  # powers of how much text a column has more than its longest word
TALLEST = 11  # lines in a cell, beyond which the next layout is tried

_VOWEL, _CONSONANT = "[аәеёиоөуұүыіэюя]", "[бвгғджзйкқлмнңпрстфхһцчшщ]"
_SYLLABLE = re.compile(
    rf"(?<=\w)({_VOWEL}(?:{_CONSONANT}|[ьъ])*)(?={_CONSONANT}{_VOWEL}\w)", re.IGNORECASE
)

Sizes = Sequence[tuple[float, float]]
"""Type sizes and widths of the text, in the order in which they are tried."""
SIZES: Sizes = (
    *((size, PORTRAIT) for size in (8.5, 8.0, 7.5)),
    *((size, LANDSCAPE) for size in (8.0, 7.5)),
)

Ruler = Callable[[str], float]
"""Width of a text at one point."""


@dataclass(frozen=True)
class Layout:
    """Type size in points, shares of the width (None: as wide as the text), and the page."""

    size: float
    shares: list[float] | None
    landscape: bool
    tallest: int


TIGHTEST = Layout(7.5, None, True, TALLEST)


@cache
def ruler(font_dir: Path) -> Ruler:
    """A ruler that measures with the font of the tables, if it lies in the folder."""
    fonts = sorted(font_dir.rglob("*.ttf"))
    wanted = [f for f in fonts if f.name.startswith("SourceSans3-Bold")]
    wanted += [f for f in fonts if f.name.startswith("SourceSans3-Regular")]
    if not (wanted or fonts):
        return lambda text: 0.62 * len(text)
    # Bold, because headers are set in it: a width that is ample for the rest.
    font = ImageFont.truetype(str((wanted or fonts)[0]), 100)
    return cache(lambda text: font.getlength(text) / 100)


def layout(table: Tag, measure: Ruler, sizes: Sizes = SIZES) -> Layout | None:
    """The first layout, from large type on a portrait page on, that shows the table well.

    Columns are as wide as their text where that fits. Otherwise each has at least its longest
    word, and the rest is shared by how much text there is, more or less in favour of the longest,
    whichever makes the table the shortest. If no layout is good, the one with the lowest cells
    is taken; None if the words are too long for every one.
    """
    grid = [[lines(cell) for cell in row] for row in _plain_rows(table)]
    if not grid:
        return Layout(SIZES[0][0], None, False, 0)
    candidates = []
    for size, width in sizes:
        found = _at(grid, size, width, measure)
        if found is None:
            continue
        if found.tallest <= TALLEST:
            return found
        candidates.append(found)
    return min(candidates, key=lambda found: found.tallest, default=None)


def hyphenated(text: str) -> str:
    """The text with soft hyphens between the syllables of its Cyrillic words.

    A syllable begins with the last consonant before its vowel, in Kazakh as in Russian. Typst has
    no patterns for Kazakh, whose words may be too long for the columns of a wide table.
    """
    return _SYLLABLE.sub("\\1\u00ad", text)


def lines(cell: Tag) -> list[str]:
    """The text of a cell as the lines that it would have in an endlessly wide column."""
    parts = []
    for node in cell.descendants:
        if isinstance(node, NavigableString):
            parts.append(re.sub(r"[ \n\t]+", " ", node))
        elif isinstance(node, Tag) and node.name in {"br", "li", "p", "div"}:
            parts.append("\n")
    return [line.strip(" ") for line in "".join(parts).split("\n") if line.strip(" ")]


def _plain_rows(table: Tag) -> list[list[Tag]]:
    """Rows in which every cell stands in one column; the others do not decide the widths."""
    rows = [row.find_all(["th", "td"], recursive=False) for row in table.find_all("tr")]
    most = max((len(row) for row in rows), default=0)
    return [row for row in rows if len(row) == most]


def _at(grid, size: float, width: float, measure: Ruler) -> Layout | None:
    space = measure(" ")
    columns = list(zip(*grid, strict=True))
    least = [
        max((measure(w) for cell in c for line in cell for w in _words(line)), default=0) * size
        + INSET
        for c in columns
    ]
    wish = [
        max((_length(line, measure, space) for cell in c for line in cell), default=0) * size
        + INSET
        for c in columns
    ]
    landscape = width == LANDSCAPE
    if sum(wish) <= width:
        tallest = max(len(cell) for row in grid for cell in row)
        # pandoc makes columns of one width where a cell has lines, unless it is told other widths.
        shares = [w / width for w in wish] if tallest > 1 else None
        return Layout(size, shares, landscape, tallest)
    spare = width - sum(least)
    if spare < 0:
        return None
    lengths = [
        [[_length(line, measure, space) * size for line in cell] for cell in row] for row in grid
    ]

    def shared(favour: float) -> tuple[int, Layout]:
        hunger = [max(w - at_least, 0) ** favour for w, at_least in zip(wish, least, strict=True)]
        total = sum(hunger) or 1.0
        widths = [m + spare * h / total for m, h in zip(least, hunger, strict=True)]
        heights = [
            max(
                sum(max(1, round(line / (w - INSET) + 0.45)) for line in cell)
                for cell, w in zip(row, widths, strict=True)
            )
            for row in lengths
        ]
        return sum(heights), Layout(size, [w / width for w in widths], landscape, max(heights))

    return min(map(shared, FAVOURS), key=lambda found: found[0])[1]


def _words(line: str) -> list[str]:
    """What stays on one line: a word up to its hyphen, or a line so short that a break hurts."""
    if len(line) <= SHORT:
        return [line]
    return re.findall(r"[^ \u200b-]+-?|-", line.replace("\u00ad", "-"))


def _length(line: str, measure: Ruler, space: float) -> float:
    words = re.sub("[\u00ad\u200b]", "", line).split(" ")
    return sum(map(measure, words)) + space * (len(words) - 1)
