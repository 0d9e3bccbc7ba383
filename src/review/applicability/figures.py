"""Figures of the chapter on applicability: dot strips of indicators, and the matrix of signs."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as MplFigure
from matplotlib.lines import Line2D
from scipy.optimize import isotonic_regression

from compendium.display import COLUMN, PHONE, Figure, canvas, fill, needs_rows, palette, tallest
from compendium.display.marks import sign
from compendium.language import _, country, join, label, ngettext, number
from compendium.ranking.context import Context
from review.applicability.indicators import positions, strips
from review.applicability.matrix import READINGS

KINDS = {"measured": "o", "index": "s", "opinion_survey": "D"}
COLOURS = {
    "supports": palette.GREEN,
    "mixed": palette.ORANGE,
    "hinders": palette.RED,
    "unknown": palette.MUTED,
}
CODE = 0.058  # width of a country's code, as a share of a strip


def indicator_strips(context: Context) -> Figure:
    """One row an indicator: the country among the example countries, from the worst to the best."""
    at = positions(context)
    if at.empty:
        return Figure.nothing()
    return Figure.drawn(partial(_strips, context, at), _strips_alt(at, context))


def _strips(context: Context, at: pd.DataFrame, width: float) -> MplFigure:
    """The strips in a width; on a phone an indicator's name stands above its strip."""
    tight, values = width == PHONE, strips(context)
    code = CODE * COLUMN / width
    figure, axes = canvas(width, (0.9 if tight else 0.5) * len(at) + (2.3 if tight else 1.2))
    for row, indicator in enumerate(at.itertuples()):
        own = values[values["indicator"] == indicator.indicator]
        _strip(axes, row, indicator, own, context.country, code, 0.24 if tight else 0.3)
        if row and indicator.criterion != at["criterion"].iloc[row - 1]:
            edge = 0.63 if tight else 0.5  # above the name, which stands over its strip on a phone
            axes.axhline(row - edge, color=palette.FAINT, linewidth=0.8)
    names = [label(indicator) for indicator in at["indicator"]]
    if tight:
        axes.set_yticks([])
        for row, name in enumerate(names):
            axes.text(-0.05, row - 0.5, name, va="center", fontsize=9)
    else:
        axes.set_yticks(range(len(at)), [fill(name, 30) for name in names],
                        multialignment="right")  # fmt: skip
    axes.tick_params(axis="y", length=0, labelsize=10)
    axes.set_ylim(len(at) - 0.4, -0.75 if tight else -0.6)
    axes.set_xlim(-0.05, 1.05)
    # Translators: ends of a scale, in a figure
    axes.set_xticks([0, 1], [_("Worst of these countries"), _("Best")], fontsize=10)
    axes.tick_params(axis="x", length=0)
    axes.get_xticklabels()[0].set_ha("left")
    axes.get_xticklabels()[1].set_ha("right")
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    handles = [_handle(shape, label(kind)) for kind, shape in KINDS.items()]
    handles += [
        # Translators: legend entry, a hollow mark
        _handle("o", _("Old value"), hollow=True),
        Line2D([], [], color=palette.FAINT, linewidth=5, label=_("Span of the examples")),
        Line2D([], [], color=palette.MUTED, marker="|", markersize=11, markeredgewidth=1.6,
               linestyle="none", label=_("Their median")),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=1 if tight else 3,
                  fontsize=9 if tight else 10)  # fmt: skip
    return figure


def _strip(
    axes: Axes, row: int, indicator, own: pd.DataFrame, country_code: str, code: float, off: float
) -> None:
    shape = KINDS[indicator.kind]
    known = own.dropna(subset=["value"]).sort_values("position")
    examples = known[known["country"] != country_code]
    if len(examples):
        axes.plot([examples["position"].min(), examples["position"].max()], [row, row],
                  color=palette.FAINT, linewidth=5, solid_capstyle="round", zorder=1)
        axes.plot(examples["position"].median(), row, marker="|", markersize=11,
                  markeredgewidth=1.6, color=palette.MUTED, zorder=2)
    for value in known.itertuples():
        mine = value.country == country_code
        colour = palette.ACCENT if mine else palette.MUTED
        axes.plot(value.position, row, marker=shape, markersize=8.5 if mine else 5.5,
                  color=colour, markerfacecolor=palette.PAPER if value.stale else colour,
                  markeredgewidth=1.4, linestyle="none", zorder=4 if mine else 3)
    ends = {}  # right end of the last code above and below the strip
    for side, of_side in _sides(known, code):
        # As near to their marks as codes that must not touch can be.
        room = np.arange(len(of_side)) * code
        places = isotonic_regression(of_side["position"] - room).x + room
        ends[side] = places[-1] + code / 2 if len(places) else -1.0
        for value, at in zip(of_side.itertuples(), places, strict=True):
            mine = value.country == country_code
            if abs(at - value.position) > code / 4:  # a line says which mark is meant
                axes.plot([value.position, at], [row, row + side * off * 0.6], linewidth=0.8,
                          color=palette.ACCENT if mine else palette.INK, zorder=2)
            axes.text(at, row + side * off, value.country, ha="center", va="center", fontsize=10,
                      color=palette.ACCENT if mine else palette.INK,
                      weight="bold" if mine else "normal", zorder=5)
    missing = own.loc[own["value"].isna(), "country"]
    if len(missing):
        side = 1 if ends[1] < ends[-1] else -1
        axes.text(1.05, row + side * off, f"{', '.join(missing)}: {label('no_data').lower()}",
                  ha="right", va="center", fontsize=10, style="italic", color=palette.MUTED)


def _sides(known: pd.DataFrame, code: float) -> list[tuple[int, pd.DataFrame]]:
    """Which marks have their code above their strip and which below: where there is more room."""
    ends, chosen = {-1: -1.0, 1: -1.0}, []
    for position in known["position"]:
        side = min(ends, key=lambda s: (ends[s] > position - code / 2, s))
        if ends[side] > position - code / 2:
            side = min(ends, key=ends.__getitem__)
        ends[side] = max(position, ends[side] + code / 2) + code / 2
        chosen.append(side)
    return [(side, known[np.array(chosen, dtype=int) == side]) for side in ends]


def _handle(shape: str, text: str, *, hollow: bool = False, colour: str = palette.MUTED) -> Line2D:
    return Line2D([], [], marker=shape, color=colour, linestyle="none", markersize=7,
                  markeredgewidth=1.4, markerfacecolor=palette.PAPER if hollow else colour,
                  label=text)


def _strips_alt(at: pd.DataFrame, context: Context) -> str:
    counts = at["reading"].value_counts()
    return _(
        "Dot strips of {n} indicators. {country}: worse than every example country in {below}, "
        "between the worst and the median of the examples in {between}, "
        "at their median or better in {above}."
    ).format(
        n=number(len(at)),
        country=country(context.country),
        below=number(int(counts.get("hinders", 0))),
        between=number(int(counts.get("mixed", 0))),
        above=number(int(counts.get("supports", 0))),
    )


@needs_rows
def model_matrix(matrix: pd.DataFrame, context: Context) -> Figure:
    """Requirements in rows: the evidence on each, then the models that require it."""
    return Figure.drawn(partial(_matrix, matrix, context),
                        _matrix_alt(matrix, len(context.requirements)))  # fmt: skip


def _matrix(matrix: pd.DataFrame, context: Context, width: float) -> MplFigure:
    tight = width == PHONE
    rows = list(context.requirements["requirement"])
    models = list(dict.fromkeys(matrix["model"]))
    said = [fill(label(code), 17 if tight else 24) for code in rows]
    figure, (left, right) = canvas(
        width, max(0.4, 0.155 * tallest(said)) * len(rows) + (3.0 if tight else 1.9),
        ncols=2, sharey=True, width_ratios=[1.0, 1.15 if tight else 1.45],
    )  # fmt: skip
    for row, requirement in enumerate(rows):
        _counts(left, row, context.offers[context.offers["requirement"] == requirement])
    for cell in matrix.itertuples():
        _sign(right, models.index(cell.model), rows.index(cell.requirement), cell,
              12 if tight else 16)
    for axes in (left, right):
        for row in range(len(rows) + 1):
            axes.axhline(row - 0.5, color=palette.FAINT, linewidth=0.6, zorder=0)
        axes.tick_params(length=0, labelsize=9 if tight else 10)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
    left.set_yticks(range(len(rows)), said, multialignment="right")
    left.set_ylim(len(rows) - 0.5, -0.5)
    left.set_xticks([])
    # Translators: heading over the pieces of evidence, in a figure
    left.set_title(_("Evidence"), fontsize=10, loc="center")
    right.set_xlim(-0.6, len(models) - 0.4)
    right.xaxis.tick_top()
    names = [label(code) for code in models]
    if tight:
        right.set_xticks(range(len(models)), names, rotation=90)
    else:
        right.set_xticks(range(len(models)), names, rotation=50, ha="left",
                         rotation_mode="anchor")  # fmt: skip
    for column in range(len(models)):
        right.axvline(column, color=palette.FAINT, linewidth=0.6, zorder=0)
    # The signs alone: among them a filled circle would be told from that of a basis by nothing.
    signs = [_handle(f"${sign(kind)}$", label(kind), colour=COLOURS[kind]) for kind in READINGS]
    basis = [
        _handle("o", label("stated"), colour=palette.MUTED),
        _handle("o", label("implied"), hollow=True),
    ]
    figure.legend(handles=[*signs, *basis], loc="outside lower center",
                  ncols=2 if tight else 3, fontsize=9 if tight else 10)  # fmt: skip
    return figure


def _counts(axes: Axes, row: int, offers: pd.DataFrame) -> None:
    """How many pieces of a requirement's evidence are against it, mixed, and for it."""
    kinds = ("hinders", "mixed", "supports")
    counts = [int((offers["reading"] == kind).sum()) for kind in kinds]
    for at, (kind, n) in enumerate(zip(kinds, counts, strict=True), start=-1):
        said = f"{sign(kind)} {number(n)}" if n else ""
        axes.text(at, row, said, ha="center", va="center", fontsize=10, weight="bold",
                  color=COLOURS[kind])  # fmt: skip
    axes.set_xlim(-1.5, 1.4)
    if not any(counts):
        axes.text(0, row, label("evidence_none"), ha="center", va="center", fontsize=9,
                  style="italic", color=palette.MUTED)  # fmt: skip


def _sign(axes: Axes, column: int, row: int, cell, size: float) -> None:
    colour, stated = COLOURS[cell.reading], cell.basis == "stated"
    axes.plot(column, row, marker="o", markersize=size, color=colour, linestyle="none",
              markerfacecolor=colour if stated else palette.PAPER, markeredgewidth=1.3)
    _glyph(axes, column, row, sign(cell.reading), 0.75 * size, palette.PAPER if stated else colour)


def _glyph(axes: Axes, x: float, y: float, glyph: str, size: float, colour: str) -> None:
    """A sign with the middle of its strokes, a third of its size above the baseline, at (x, y)."""
    axes.annotate(glyph, (x, y), xytext=(0, -size / 3), textcoords="offset points", ha="center",
                  va="baseline", fontsize=size, weight="bold", color=colour)


def _matrix_alt(matrix: pd.DataFrame, requirements: int) -> str:
    told = []
    for model, own in matrix.groupby("model", sort=False):
        counts = own["reading"].value_counts()
        parts = [
            f"{label(kind).lower()} {number(int(counts[kind]))}"
            for kind in READINGS
            if kind in counts
        ]
        told.append(f"{label(model)}: {join(parts)}")
    head = ngettext(
        "Matrix of the evidence on %d requirement and of the models that need it.",
        "Matrix of the evidence on %d requirements and of the models that need them.",
        requirements,
    ) % requirements
    return f"{head} {'; '.join(told)}."
