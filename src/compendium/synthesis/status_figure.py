"""The matrix of works and categories: where something is reported, and where it was read."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as MplFigure
from matplotlib.lines import Line2D

from compendium.display import PHONE, Figure, canvas, fill, legend, marks, needs_rows, palette
from compendium.language import _, join, label, number
from compendium.language.codebook import codebook
from compendium.works import short_name

PROVENANCE = "provenance"
"""The codebook's set of where something may have been read."""
_SHAPES = (
    ("s", palette.ACCENT), ("o", palette.ORANGE), ("^", palette.GREEN), ("D", palette.PURPLE),
)  # fmt: skip
_TEXT = {"not_reported", "unknown"}


@needs_rows
def draw(matrix: pd.DataFrame) -> Figure:
    """Works × categories: a mark where something is reported, its shape telling where."""
    filled = ~matrix.isin(_TEXT)
    per_category = join(
        [
            _("{name}: {count}").format(name=label(category), count=number(int(count)))
            for category, count in filled.sum().items()
        ]
    )
    alt = _(
        "Matrix of works ({works}) and categories ({categories}). Works with a reported cell by "
        "category: {per_category}."
    ).format(
        works=number(len(matrix)), categories=number(len(matrix.columns)),
        per_category=per_category,
    )  # fmt: skip
    return Figure.drawn(partial(_drawn, matrix), alt)


def _drawn(matrix: pd.DataFrame, width: float) -> MplFigure:
    figure, axes = canvas(width, 2.15 + 0.27 * len(matrix) + 0.7 * (width == PHONE))
    looks = _looks()
    for code in [*looks, *sorted(_TEXT)]:
        rows, columns = (matrix == code).to_numpy().nonzero()
        if code in _TEXT:
            for row, column in zip(rows, columns, strict=True):
                axes.text(
                    column, row, marks.sign(code), color=palette.MUTED, ha="center", va="center"
                )
        else:
            shape, colour = looks[code]
            axes.scatter(columns, rows, marker=shape, s=62 if width > PHONE else 40, color=colour,
                         linewidths=0)  # fmt: skip
    grid(axes, [short_name(work) for work in matrix.index], list(map(label, matrix.columns)),
         steep=width == PHONE)  # fmt: skip
    present = [c for c in [*looks, *sorted(_TEXT)] if (matrix == c).to_numpy().any()]
    legend(figure, [_handle(code, looks) for code in present])
    return figure


def _looks() -> dict[str, tuple[str, str]]:
    """Shape and colour of each provenance, in the order of the codebook."""
    codes = [code for code, entry in codebook().items() if entry["set"] == PROVENANCE]
    return {code: _SHAPES[at % len(_SHAPES)] for at, code in enumerate(codes)}


def _handle(code: str, looks: dict[str, tuple[str, str]]) -> Line2D:
    if code in _TEXT:
        return Line2D([], [], ls="", ms=7, marker="_", color=palette.MUTED, label=label(code))
    shape, colour = looks[code]
    return Line2D([], [], ls="", ms=8, marker=shape, color=colour, label=label(code))


def grid(axes: Axes, rows: list[str], columns: list[str], *, steep: bool = False) -> None:
    """Name rows and columns of a matrix of marks, with a hairline between the rows."""
    names = [fill(column, 40 if steep else 18) for column in columns]
    axes.set_xticks(range(len(columns)), names, rotation=75 if steep else 38, ha="left",
                    rotation_mode="anchor")  # fmt: skip
    axes.set_yticks(range(len(rows)), rows)
    axes.xaxis.tick_top()
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    for row in range(len(rows) + 1):
        axes.axhline(row - 0.5, color=palette.FAINT, lw=0.8)
