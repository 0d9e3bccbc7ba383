"""The matrix of needs and works: what the literature covers of what the industry needs."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.figure import Figure as MplFigure
from matplotlib.lines import Line2D

from compendium.addresses import place
from compendium.display import (
    PHONE,
    Cell,
    Column,
    Figure,
    Table,
    canvas,
    fill,
    needs_rows,
    palette,
    tallest,
)  # fmt: skip
from compendium.language import _, join, label, number, text
from compendium.works import short_name, work_cell
from review.synthesis.needs import WHERE

_SHAPES = {
    "source_page": ("^", palette.GREEN),
    "article_table": ("s", palette.ACCENT),
    "article_text": ("o", palette.ORANGE),
}


@needs_rows
def needs(matrix: pd.DataFrame) -> Figure:
    """Needs × works: a mark where a work names a need, its shape telling where it was read."""
    counts = join(
        [
            _("{name}: {count}").format(name=label(need), count=number(int(works)))
            for need, works in (matrix != "").sum(axis=1).items()
        ]
    )
    alt = _("Matrix of works and needs. Works by need: {n}.").format(n=counts)
    return Figure.drawn(partial(_drawn, matrix), alt)


def _drawn(matrix: pd.DataFrame, width: float) -> MplFigure:
    tight = width == PHONE
    needed = [fill(label(need), 18 if tight else 24) for need in matrix.index]
    figure, axes = canvas(
        width, max(0.4, 0.16 * tallest(needed)) * len(matrix) + (3.1 if tight else 2.6)
    )
    for code in WHERE:
        rows, columns = (matrix == code).to_numpy().nonzero()
        shape, colour = _SHAPES[code]
        axes.scatter(columns, rows, marker=shape, s=36 if tight else 62, color=colour, linewidths=0)
    named = (matrix != "").sum(axis=1)
    last = len(matrix.columns)
    for row, works in enumerate(named):
        if not works:
            axes.axhspan(row - 0.5, row + 0.5, facecolor=palette.FAINT, lw=0)
        axes.text(last, row, number(int(works)), ha="center", va="center", weight="bold")
    # Translators: last column of a matrix: how many works name each need
    names = [*map(short_name, matrix.columns), _("Works in all")]
    axes.set_xticks(range(len(names)), names, rotation=75 if tight else 55, ha="left",
                    rotation_mode="anchor")  # fmt: skip
    axes.set_yticks(range(len(matrix)), needed, size=9 if tight else 10, linespacing=1.0)
    axes.xaxis.tick_top()
    axes.set(xlim=(-0.5, last + 0.5), ylim=(len(matrix) - 0.5, -0.5))
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.get_xticklabels()[-1].set_weight("bold")  # a number of works, not one of them
    for row in range(len(matrix) + 1):
        axes.axhline(row - 0.5, color=palette.FAINT, lw=0.8)
    for column in range(last):
        axes.axvline(column, color=palette.FAINT, lw=0.8, zorder=0)
    present = [code for code in WHERE if (matrix == code).to_numpy().any()]
    figure.legend(
        handles=[
            Line2D([], [], ls="", ms=8, marker=_SHAPES[c][0], color=_SHAPES[c][1], label=label(c))
            for c in present
        ],
        loc="outside lower left", ncols=1 if tight else 3, borderaxespad=0.2,
    )  # fmt: skip
    return figure


def words(rows: pd.DataFrame, matrix: pd.DataFrame) -> Table:
    """The needs, where the article speaks of them, the words looked for, and the works found."""
    return Table(
        rows.assign(
            said=[[text(row.statement), place(row.place)] for row in rows.itertuples()],
            looked=[", ".join(f"{w}…" for w in row.words.split()) for row in rows.itertuples()],
            works=[
                [work_cell(work) for work in matrix.columns[matrix.loc[row.need] != ""]]
                or [Cell(_("none found"))]
                for row in rows.itertuples()
            ],
        ),
        {
            "need": Column(_("Need"), label),
            "said": Column(_("The article says"), list),
            "looked": Column(_("Words looked for"), str),
            "works": Column(_("Works that name it"), list),
        },
        label=_("Needs and the works that name them"),
    )
