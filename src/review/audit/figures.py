"""Figures of the audit: they draw what they are given."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.figure import Figure as MplFigure

from compendium.display import PHONE, Figure, canvas, fill, needs_rows, palette, tallest
from compendium.language import _, join, label, number


@needs_rows
def claims(counts: pd.DataFrame) -> Figure:
    """Kinds of claims by verdicts: squares whose areas are the counts, with the numbers in them."""
    if not counts.to_numpy().any():
        return Figure.nothing()
    said = [
        _("{name}: {counts}").format(
            name=label(kind),
            counts=join(
                [
                    _("{name}: {count}").format(name=label(v), count=number(int(count)))
                    for v, count in of_kind.items()
                    if count
                ]
            ),
        )
        for kind, of_kind in counts.iterrows()
    ]
    alt = _("Grid of squares: verdicts in rows, kinds of claim in columns. {counts}.").format(
        counts=". ".join(said)
    )
    return Figure.drawn(partial(_drawn, counts), alt)


def _drawn(counts: pd.DataFrame, width: float) -> MplFigure:
    tight, most = width == PHONE, int(counts.to_numpy().max())
    largest = 20 if tight else 38  # points: side of the square of the largest count
    verdicts = [fill(label(code), 15 if tight else 20) for code in counts.columns]
    figure, axes = canvas(width, max(0.42, 0.17 * tallest(verdicts)) * len(verdicts) + 1.8)
    for row, verdict in enumerate(counts.columns):
        for column, count in enumerate(counts[verdict]):
            if count:
                axes.scatter(
                    column, row, s=largest**2 * count / most, marker="s",
                    facecolor=palette.SOFT, linewidth=0,  # no edge: it would strike out its number
                )  # fmt: skip
            axes.text(
                column, row, number(int(count)), ha="center", va="center",
                color=palette.INK if count else palette.MUTED,
            )  # fmt: skip
    of_verdict, of_kind = counts.sum(), counts.sum(axis=1)
    axes.set_xticks(
        range(len(counts)),
        [
            f"{label(kind)} ({number(int(n))})"
            for kind, n in of_kind.items()
        ],
        rotation=90 if tight else 38, ha="center" if tight else "left",
        rotation_mode="default" if tight else "anchor",
    )  # fmt: skip
    axes.set_yticks(
        range(len(counts.columns)),
        [
            f"{name} ({number(int(n))})"
            for name, n in zip(verdicts, of_verdict, strict=True)
        ],
    )
    axes.set_xlim(-0.5, len(counts) - 0.5)
    axes.set_ylim(len(counts.columns) - 0.5, -0.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    # Between the numbers: a line through a number strikes it out.
    axes.set_xticks([at - 0.5 for at in range(len(counts) + 1)], minor=True)
    axes.set_yticks([at - 0.5 for at in range(len(counts.columns) + 1)], minor=True)
    axes.tick_params(which="minor", length=0)
    axes.grid(which="minor", color=palette.FAINT, linewidth=0.6)
    return figure
