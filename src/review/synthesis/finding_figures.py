"""Figures of what the works found: directions of effects, and the appraisal item by item."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as MplFigure
from matplotlib.lines import Line2D

from compendium.display import PHONE, Figure, canvas, fill, needs_rows, palette
from compendium.language import _, join, label, ngettext, number
from compendium.works import short_name
from review.synthesis.findings import SIDES

_ROW = 0.42
_END, _PHONE_END = 4.6, 4.1
"""Where the axis ends: the slanted name of the last direction has room."""
_LOOKS = {
    "supports": ("^", palette.GREEN),
    "mixed": ("D", palette.ORANGE),
    "no_effect": ("o", palette.MUTED),
    "hinders": ("v", palette.RED),
}
_ANSWERS = {
    "yes": ("o", palette.GREEN),
    "no": ("X", palette.RED),
    "cannot_tell": ("_", palette.MUTED),
}


@needs_rows
def effect_directions(told: pd.DataFrame) -> Figure:
    """Effect-direction plot: outcomes, under each the works and what acts; a column a direction.

    Parameters
    ----------
    told : DataFrame
        What `findings.effects` returns.
    """
    return Figure.drawn(partial(_directions, told), _directions_alt(told))


def _directions(told: pd.DataFrame, width: float) -> MplFigure:
    rows = _rows(told)
    letters, end, size = (25, _PHONE_END, 9) if width == PHONE else (48, _END, 10)
    lines = [fill(label(acting), letters) if acting else "" for *_both, acting in rows]
    tallest = max(line.count("\n") for line in lines)
    height = 0.31 + 0.14 * tallest if width == PHONE else _ROW + 0.16 * tallest
    figure, axes = canvas(width, height * len(rows) + 1.0)
    for at, (outcome, work, acting) in enumerate(rows):
        if not work:
            axes.text(-0.55, at, fill(label(outcome), letters), weight="bold", va="center",
                      ha="right", size=size, clip_on=False)  # fmt: skip
            continue
        own = told[(told["outcome"] == outcome) & (told["work"] == work)
                   & (told["acting"] == acting)]  # fmt: skip
        line = 1.25 * size
        for said, colour, down in (
            (lines[at], palette.INK, -line / 2),
            (short_name(work), palette.MUTED, line * (lines[at].count("\n") + 1) / 2),
        ):
            axes.annotate(said, (-0.55, at), xytext=(0, -down), textcoords="offset points",
                          va="center", ha="right", size=size, color=colour,
                          linespacing=1.05, annotation_clip=False)  # fmt: skip
        for side, count in own["direction"].value_counts().items():
            marker, colour = _LOOKS[side]
            axes.scatter(SIDES.index(side), at, marker=marker, s=70, color=colour, linewidths=1.4,
                         facecolors="none" if side == "no_effect" else colour)  # fmt: skip
            if count > 1:
                axes.annotate(number(int(count)), (SIDES.index(side), at), xytext=(8, 0),
                              textcoords="offset points", va="center", size=10)  # fmt: skip
    for edge in range(len(rows) + 1):
        axes.axhline(edge - 0.5, color=palette.FAINT, lw=0.8, zorder=0)
    axes.set_xticks(range(len(SIDES)), [fill(label(side), 12) for side in SIDES],
                    rotation=70 if width == PHONE else 38,
                    ha="left", rotation_mode="anchor", size=10)  # fmt: skip
    axes.xaxis.tick_top()
    axes.set_yticks([])
    axes.set(xlim=(-0.5, end), ylim=(len(rows) - 0.5, -0.5))
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    return figure


def _rows(told: pd.DataFrame) -> list[tuple[str, str, str]]:
    rows = []
    for outcome, own in told.groupby("outcome", sort=False):
        pairs = own[["work", "acting"]].drop_duplicates()
        rows += [(outcome, "", ""), *((outcome, p.work, p.acting) for p in pairs.itertuples())]
    return rows


def _directions_alt(told: pd.DataFrame) -> str:
    said = []
    for outcome, own in told.groupby("outcome", sort=False):
        each = [
            _("{work}, {acting}: {direction}").format(
                work=short_name(row.work), acting=label(row.acting).lower(),
                direction=label(row.direction).lower(),
            )
            for row in own.drop_duplicates(["work", "acting", "direction"]).itertuples()
        ]  # fmt: skip
        said.append(f"{label(outcome)}: {'; '.join(each)}.")
    counted = ngettext("%d finding", "%d findings", len(told)) % len(told)
    return " ".join([_("Effect-direction plot of {findings}.").format(findings=counted), *said])


@needs_rows
def appraisal(answers: pd.DataFrame) -> Figure:
    """Items in rows, works in columns, a mark for each answer; no sum is formed.

    Parameters
    ----------
    answers : DataFrame
        What `findings.answers` returns.
    """
    per_answer = join([
        _("{name}: {count}").format(
            name=label(code), count=number(int((answers == code).to_numpy().sum()))
        )
        for code in _ANSWERS
    ])
    alt = _("Matrix of {items} appraisal items and {works} works. {answers}.").format(
        items=number(len(answers)), works=number(len(answers.columns)), answers=per_answer
    )
    return Figure.drawn(partial(_appraisal, answers), alt)


def _appraisal(answers: pd.DataFrame, width: float) -> MplFigure:
    items = [fill(label(item), 27 if width == PHONE else 44) for item in answers.index]
    lines = [item.count("\n") + 1 for item in items]
    ends = np.cumsum(lines)
    middles = ends - np.array(lines) / 2
    figure, axes = canvas(width, (0.2 if max(lines) > 1 else 0.27) * ends[-1] + 2.0)
    for code, (marker, colour) in _ANSWERS.items():
        rows, columns = (answers == code).to_numpy().nonzero()
        axes.scatter(columns, middles[rows], marker=marker, s=50, color=colour)
    axes.set_xticks(range(len(answers.columns)), [short_name(work) for work in answers.columns],
                    rotation=90, size=10)  # fmt: skip
    axes.set_yticks(middles, items, size=10, linespacing=1.0)
    axes.xaxis.tick_top()
    axes.set(xlim=(-0.5, len(answers.columns) - 0.5), ylim=(ends[-1], 0))
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    for edge in (0, *ends):
        axes.axhline(edge, color=palette.FAINT, lw=0.8, zorder=0)
    handles = [
        Line2D([], [], ls="", ms=8, marker=marker, color=colour, label=label(code))
        for code, (marker, colour) in _ANSWERS.items()
    ]
    figure.legend(handles=handles, loc="outside lower left", ncols=3, fontsize=10,
                  columnspacing=1.0, handletextpad=0.2)  # fmt: skip
    return figure
