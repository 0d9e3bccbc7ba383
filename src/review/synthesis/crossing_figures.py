"""Figures that cross two sides: models with what is known of their works, keywords with works."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as MplFigure
from matplotlib.patches import Patch, Rectangle

from compendium.display import PHONE, Figure, canvas, fill, legend, needs_rows, palette
from compendium.language import _, country, join, label, ngettext, number
from compendium.works import short_name
from review.synthesis.crossings import SILENT

_ROW = 0.22  # inches: height of a row; a page of the PDF has to hold all of them
_LOOKS = {False: (palette.SOFT, palette.INK), True: (palette.ACCENT, palette.PAPER)}
"""Ground and ink of a cell with one work, and of one with several."""


@needs_rows
def crossings(cells: pd.DataFrame, models: Iterable[str]) -> Figure:
    """Models in columns; theories, countries and methods in rows; works in the cells.

    Parameters
    ----------
    cells : DataFrame
        What `crossings.crossings` returns.
    models : iterable of str
        All models in their order, those without a work among them.
    """
    models = list(dict.fromkeys([*models, *cells["model"]]))
    return Figure.drawn(partial(_crossed, cells, models), _crossings_alt(cells, models))


def _crossed(cells: pd.DataFrame, models: list[str], width: float) -> MplFigure:
    rows, tight = _rows(cells), width == PHONE
    names = [_name(*row, 30 if tight else 34) if row[1] else "" for row in rows]
    tall = sum(name.count("\n") for name in names)
    figure, axes = canvas(width, _ROW * len(rows) + 0.1 * tall + (3.2 if tight else 1.9))
    for cell in cells.itertuples():
        _cell(axes, models.index(cell.model), rows.index((cell.kind, cell.value)), cell)
    heads = {
        "theory": _("Theories"), "country": _("Countries and regions"), "method": _("Methods"),
    }  # fmt: skip
    for at, (kind, value) in enumerate(rows):
        axes.axhline(at - 0.5, color=palette.FAINT, lw=0.8, zorder=0)
        if not value:
            axes.text(-0.5, at + 0.1, heads[kind], weight="bold", va="center", size=10)
    axes.set_yticks(range(len(rows)), names, size=9 if tight else 10, linespacing=0.9)
    axes.set_xticks(
        range(len(models)),
        [fill(label(m) if m else _("No model"), 40 if tight else 18) for m in models],
        rotation=75 if tight else 38, ha="left", rotation_mode="anchor",
    )  # fmt: skip
    axes.xaxis.tick_top()
    axes.set(xlim=(-0.5, len(models) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    handles = [
        Patch(fc=palette.SOFT, label=_("one work")),
        Patch(fc=palette.ACCENT, label=_("several works")),
        Patch(fc=palette.PAPER, ec=palette.MUTED, label=_("on a source's page only")),
        Patch(fc="none", ec=palette.MUTED, ls="--", label=label(SILENT)),
    ]  # fmt: skip
    legend(figure, handles)
    return figure


def _rows(cells: pd.DataFrame) -> list[tuple[str, str]]:
    """Kinds, each followed by its values."""
    rows = []
    for kind, own in cells.groupby("kind", sort=False):
        rows += [(kind, ""), *((kind, value) for value in own["value"].drop_duplicates())]
    return rows


def _name(kind: str, value: str, letters: int = 1000) -> str:
    shown = country(value) if kind == "country" and value != SILENT else label(value)
    return fill(shown, letters)


def _cell(axes: Axes, column: int, row: int, cell) -> None:
    (ground, ink), look = _LOOKS[cell.works > 1], dict[str, Any]()
    if cell.value == SILENT:
        ground, ink, look = "none", palette.MUTED, {"ls": (0, (4, 3)), "ec": palette.MUTED}
    elif not cell.article:
        ground, ink, look = palette.PAPER, palette.INK, {"ec": palette.MUTED}
    axes.add_patch(Rectangle((column - 0.44, row - 0.42), 0.88, 0.84, fc=ground, lw=0.8, **look))
    axes.text(
        column, row, number(cell.works), color=ink, ha="center", va="center_baseline", size=10,
    )  # fmt: skip


def _crossings_alt(cells: pd.DataFrame, models: list[str]) -> str:
    told = []
    for model in models:
        own = cells[(cells["model"] == model) & (cells["value"] != SILENT)]
        values = [_name(c.kind, c.value) for c in own.itertuples()]
        name = label(model) if model else _("No model")
        told.append(_("{name}: {values}.").format(name=name, values=", ".join(values)))
    whole = _("Grid of counts: models in columns, what their works use and study in rows.")
    return " ".join([whole, *told])


@needs_rows
def keywords(use: pd.DataFrame, works: Iterable[str]) -> Figure:
    """Keywords in rows, works in columns: a filled square where a work has the keyword.

    Parameters
    ----------
    use : DataFrame
        What `keywords.keyword_use` returns.
    works : iterable of str
        The works in their order; those without a keyword are left out.
    """
    names = list(use["keyword"].drop_duplicates())
    shown = [work for work in works if work in set(use["work"])]
    shared = dict(zip(use["keyword"], use["works"] > 1, strict=True))
    counted = ngettext("%d keyword", "%d keywords", len(names)) % len(names)
    alt = _("Matrix of {keywords} by works. In more than one work: {shared}.").format(
        keywords=counted, shared=join([name for name in names if shared[name]]) or _("none")
    )
    return Figure.drawn(partial(_keywords, use, names, shown, shared), alt)


def _keywords(
    use: pd.DataFrame, names: list[str], shown: list[str], shared: dict[str, bool], width: float
) -> MplFigure:
    tight = width == PHONE
    lines = [fill(name, 32 if tight else 40) for name in names]
    tall = sum(line.count("\n") for line in lines)
    figure, axes = canvas(width, _ROW * len(names) + 0.14 * tall + 1.7)
    for row in use.itertuples():
        colour = palette.ACCENT if shared[row.keyword] else palette.SKY
        axes.scatter(shown.index(row.work), names.index(row.keyword), marker="s",
                     s=36 if tight else 62, color=colour, linewidths=0)  # fmt: skip
    axes.set_yticks(range(len(names)), lines, size=9 if tight else 10, linespacing=0.9)
    for tick, name in zip(axes.get_yticklabels(), names, strict=True):
        tick.set_weight("bold" if shared[name] else "normal")
    axes.set_xticks(range(len(shown)), [short_name(work) for work in shown], ha="left",
                    rotation=75 if tight else 38, rotation_mode="anchor",
                    size=9 if tight else 10)  # fmt: skip
    axes.xaxis.tick_top()
    axes.set(xlim=(-0.5, len(shown) - 0.5), ylim=(len(names) - 0.5, -0.5))
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    for at in range(len(names) + 1):
        axes.axhline(at - 0.5, color=palette.FAINT, lw=0.8, zorder=0)
    for at in range(len(shown)):
        axes.axvline(at, color=palette.FAINT, lw=0.8, zorder=0)
    return figure
