"""How often each model takes each rank, as bars that say so themselves, and as a table."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from compendium.display import Column, Figure, Table, canvas, fill, needs_rows, palette
from compendium.language import _, label, number, percent

FIRST, LAST = palette.FULL, 0.07
"""How strong the second and the last rank's colour is; the first is the colour itself."""
LETTER = 0.5
"""Width of a letter, as a share of the type's size."""
SIZE, SMALL = 10.5, 9
"""Points: the shares in the bars, and what is around them or has little room."""


@needs_rows
def rank_bars(frame: pd.DataFrame) -> Figure:
    """One bar for each model, divided by rank: the share of the draws in which it takes each.

    Parameters
    ----------
    frame : DataFrame
        From `standings.acceptability`.
    """
    shares = _shares(frame)
    told = "; ".join(
        _("{model}: first in {first}, last in {last}").format(
            model=label(model), first=percent(own.iloc[0]), last=percent(own.iloc[-1])
        )
        for model, own in shares.iterrows()
    )
    alt = _("Stacked bars, one for each model, divided by rank. Shares of the draws: {told}.")
    return Figure.drawn(partial(_drawn, shares), alt.format(told=told))


def table(frame: pd.DataFrame) -> Table:
    """The shares that the bars show, models by ranks."""
    shares = _shares(frame)
    return Table(
        shares.reset_index(),
        {
            "model": Column(_("Model"), label),
            **{rank: Column(place(rank), percent, "number") for rank in shares.columns},
        },
        label=_("Rank acceptability"),
    )


def place(rank: int) -> str:
    """What a rank is called over a bar or a column."""
    # Translators: a rank that a model takes, over a bar of a figure and over a column: "rank 2"
    return _("rank {n}").format(n=number(rank))


def _shares(frame: pd.DataFrame) -> pd.DataFrame:
    """Models by ranks, the model that comes first most often at the top."""
    shares = frame.pivot(index="model", columns="rank", values="acceptability")
    return shares.sort_values(list(shares.columns), ascending=False, kind="stable")


def _drawn(shares: pd.DataFrame, width: float):
    note = fill(_rounding(shares), int(width * 72 / (LETTER * SMALL)) - 3)
    below = 0.1 + 0.2 * (note.count("\n") + 1) if note else 0
    figure, axes = canvas(width, 0.68 * len(shares) + 0.3 + below)
    figure.get_layout_engine().set(w_pad=0, h_pad=0.02)
    if note:
        axes.text(0, len(shares) - 0.55, note, va="top", fontsize=SMALL, color=palette.MUTED)
    for row, (model, own) in enumerate(shares.iterrows()):
        axes.text(0, row - 0.33, label(model), fontsize=11, weight="bold", va="bottom")
        _bar(axes, row, own, width)
    _rank_names(axes, shares.iloc[0], width)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(shares) - 0.66 + below / 0.68, -1.02)
    axes.axis("off")
    return figure


def _bar(axes: Axes, row: int, own: pd.Series, width: float) -> None:
    strengths = [1.0, *np.linspace(FIRST, LAST, len(own) - 1)]
    start = 0.0
    for at, (share, strength) in enumerate(zip(own, strengths, strict=True)):
        axes.barh(row, share, left=start, height=0.56, facecolor=(palette.ACCENT, strength),
                  edgecolor=palette.PAPER, linewidth=1, clip_on=False)
        for size in (SIZE, SMALL):
            if _fits(percent(share), share, size, width):
                axes.text(start + share / 2, row, percent(share), ha="center", va="center",
                          fontsize=size, color=palette.INK if at else palette.PAPER,
                          weight="normal" if at else "bold")
                break
        start += share
    axes.barh(row, 1, height=0.56, color="none", edgecolor=palette.MUTED, linewidth=0.6,
              clip_on=False)


def _rank_names(axes: Axes, own: pd.Series, width: float) -> None:
    """What the parts of the first bar stand for, said over it; the other bars have the same order.

    If the name of one does not fit, all but the first are the numbers alone.
    """
    names = [place(rank) for rank in own.index]
    if not all(_fits(name, share, SMALL, width) for name, share in zip(names, own, strict=True)):
        names[1:] = [number(rank) for rank in own.index[1:]]
    middles = own.cumsum() - own / 2
    for name, share, middle in zip(names, own, middles, strict=True):
        if _fits(name, share, SMALL, width):
            axes.text(middle, -0.74, name, ha="center", va="bottom", fontsize=SMALL,
                      color=palette.MUTED)


def _fits(text: str, share: float, size: float, width: float) -> bool:
    return len(text) * LETTER * size + 2 < share * width * 72


def _rounding(shares: pd.DataFrame) -> str:
    """Why the numbers of a bar do not add up to 100, where they do not.

    They are rounded one by one, as the sentences and the tables round them.
    """
    if all(sum(round(100 * share) for share in own) == 100 for _model, own in shares.iterrows()):
        return ""
    # Translators: under bars whose parts are shares in per cent
    return _("Shares are rounded, so the numbers in a bar may not add up to 100.")
