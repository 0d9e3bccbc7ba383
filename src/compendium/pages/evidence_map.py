"""The chapter with the evidence map: how many works there are where two dimensions cross."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.figure import Figure as MplFigure

from compendium import data, validation
from compendium.display import (
    COLUMN,
    PHONE,
    Column,
    Figure,
    Table,
    canvas,
    fill,
    needs_rows,
    palette,
)
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _, join, label, ngettext, number
from compendium.language.codebook import codebook
from compendium.works import work_cell

MANY = 6
"""More columns than these have no room for names that lie."""


def read(rows: str, columns: str) -> pd.DataFrame:
    """Works by two dimensions, one row a work and pair of codes.

    Parameters
    ----------
    rows, columns : str
        Dimensions: sets of the codebook.

    Returns
    -------
    DataFrame with `work`, `row` and `column`

    Raises
    ------
    CompendiumError
        If the codebook has no such set, or a code belongs to another one.
    """
    validation.require("map")
    each = data.table("map")
    sets = {entry["set"] for entry in codebook().values()}
    for wanted in (rows, columns):
        if wanted not in sets:
            raise CompendiumError(
                _("The codebook has no set {name}.").format(name=repr(wanted)),
                path="data/codebook.csv", column="set", remedy=did_you_mean(wanted, sets),
            )
    sides = [
        each.loc[each["dimension"] == name, ["work", "code"]].rename(columns={"code": side})
        for name, side in ((rows, "row"), (columns, "column"))
    ]
    return sides[0].merge(sides[1], on="work")


def counts(pairs: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Number of works where each row crosses each column; every code stands, a gap as 0."""
    return (
        pd.crosstab(pairs["row"], pairs["column"])
        .reindex(index=_codes(rows), columns=_codes(columns), fill_value=0)
        .rename_axis(index="row", columns="column")
    )


def draw(pairs: pd.DataFrame, rows: str, columns: str) -> Figure:
    """The map: a circle where works are, its area their number, nothing where there is a gap."""
    return _draw(pairs, counts(pairs, rows, columns)) if len(pairs) else Figure.nothing()


def works_table(pairs: pd.DataFrame, rows: str, columns: str) -> Table:
    """The works behind each circle."""
    together = pairs.groupby(["row", "column"], sort=False)["work"].agg(list).reset_index()
    return Table(
        together,
        {
            "row": Column(label(f"dimension_{rows}"), label),
            "column": Column(label(f"dimension_{columns}"), label),
            "work": Column(_("Works"), lambda keys: [work_cell(key) for key in keys]),
        },
        label=_("Works by what they study"),
    )


def gaps(pairs: pd.DataFrame, rows: str, columns: str) -> str:
    """In a sentence: how many crossings no work studies."""
    if pairs.empty:
        return _("No work has been coded yet.")
    grid = counts(pairs, rows, columns)
    empty = int((grid == 0).to_numpy().sum())
    return ngettext(
        "Of {all} crossings, {empty} is studied by no work.",
        "Of {all} crossings, {empty} are studied by no work.",
        empty,
    ).format(all=number(grid.size), empty=number(empty))


def _codes(dimension: str) -> list[str]:
    return [code for code, row in codebook().items() if row["set"] == dimension]


@needs_rows
def _draw(pairs: pd.DataFrame, grid: pd.DataFrame) -> Figure:
    told = [
        _("{row} and {column}: {count}").format(
            row=label(row), column=label(column), count=number(int(grid.loc[row, column]))
        )
        for row in grid.index for column in grid.columns if grid.loc[row, column]
    ]  # fmt: skip
    alt = _("Evidence map. Works: {counts}.").format(counts=join(told))
    return Figure.drawn(partial(_circles, grid), alt)


def _circles(grid: pd.DataFrame, width: float) -> MplFigure:
    """On a phone, the columns' names stand upright above their circles."""
    phone = width == PHONE
    rows = [fill(label(code), 14 if phone else 24) for code in grid.index]
    columns = [fill(label(code), 16 if phone else 14) for code in grid.columns]
    upright = phone or len(columns) > MANY
    head = 0.1 * max(map(len, columns)) if upright else 0.5
    figure, axes = canvas(width, 0.7 + head + 0.5 * len(grid))
    most = max(1, int(grid.to_numpy().max()))
    largest = min(700.0, 7000 * (width / COLUMN) / len(columns))
    for y, row in enumerate(grid.index):
        for x, column in enumerate(grid.columns):
            if works := int(grid.loc[row, column]):
                axes.scatter([x], [y], s=largest * works / most, color=palette.SOFT, linewidths=0)
                axes.text(x, y, number(works), ha="center", va="center")
    axes.set_xticks(range(len(columns)), columns, rotation=90 if upright else 0)
    axes.set_yticks(range(len(grid)), rows)
    axes.xaxis.tick_top()
    axes.set_xlim(-0.6, len(columns) - 0.4)
    axes.set_ylim(len(grid) - 0.4, -0.6)
    axes.tick_params(length=0)
    axes.grid(color=palette.FAINT, linewidth=0.6)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    return figure
