"""Figures of the audit: they draw what they are given."""

from __future__ import annotations

from textwrap import fill

import pandas as pd

from compendium.display import Figure, canvas, needs_rows, palette
from compendium.language import _, join, label, number

_LARGEST = 38
"""Side of the square of the largest count, in points."""


@needs_rows
def claims(counts: pd.DataFrame) -> Figure:
    """Kinds of claims by verdicts: squares whose areas are the counts, with the numbers in them."""
    most = int(counts.to_numpy().max())
    if not most:
        return Figure.nothing()
    figure, axes = canvas(7.0, 5.6)
    for row, verdict in enumerate(counts.columns):
        for column, count in enumerate(counts[verdict]):
            if count:
                axes.scatter(
                    column, row, s=_LARGEST**2 * count / most, marker="s",
                    facecolor=palette.SOFT, edgecolor=palette.ACCENT, linewidth=0.8,
                )  # fmt: skip
            axes.text(
                column, row, number(int(count)), ha="center", va="center",
                color=palette.INK if count else palette.MUTED,
            )  # fmt: skip
    of_verdict, of_kind = counts.sum(), counts.sum(axis=1)
    axes.set_xticks(
        range(len(counts)),
        [
            f"{fill(label(kind), 10, break_long_words=False)}\n({number(int(n))})"
            for kind, n in of_kind.items()
        ],
    )
    axes.set_yticks(
        range(len(counts.columns)),
        [f"{fill(label(verdict), 20)} ({number(int(n))})" for verdict, n in of_verdict.items()],
    )
    axes.set_xlim(-0.5, len(counts) - 0.5)
    axes.set_ylim(len(counts.columns) - 0.5, -0.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.grid(color=palette.FAINT, linewidth=0.6)
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
    return Figure.of(
        figure, _("Claims by kind and verdict. {counts}.").format(counts=". ".join(said))
    )
