"""Which models cover the barriers, and the roadmap of the directions: figure, table, sentences."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.figure import Figure as MplFigure

from compendium.addresses import place
from compendium.display import PHONE, Cell, Column, Figure, Table, canvas, fill, needs_rows, palette
from compendium.language import _, join, label, ngettext, number, text
from review.applicability.portfolio import Cover
from review.applicability.prose import names


@needs_rows
def coverage(frame: pd.DataFrame, cover: Cover) -> Figure:
    """Barriers by models: a disc where a direction links the two; models of every cover in bold."""
    told = "; ".join(
        f"{label(barrier)}: {_covering(own) or _('none')}"
        for barrier, own in frame.groupby("barrier", sort=False)
    )
    alt = _("Matrix of barriers by models. Models that answer each barrier: {told}.")
    return Figure.drawn(partial(_coverage, frame, cover), alt.format(told=told))


def _coverage(frame: pd.DataFrame, cover: Cover, width: float) -> MplFigure:
    barriers = list(dict.fromkeys(frame["barrier"]))
    models = list(dict.fromkeys(frame["model"]))
    tight = width == PHONE
    figure, axes = canvas(width, 0.62 * len(barriers) + (2.2 if tight else 1.9))
    for cell in frame.itertuples():
        x, y = models.index(cell.model), barriers.index(cell.barrier)
        if cell.covered:
            axes.plot(x, y, marker="o", markersize=16, color=palette.GREEN)
            axes.annotate("✓", (x, y), xytext=(0, -4), textcoords="offset points", ha="center",
                          va="baseline", fontsize=12, weight="bold", color=palette.PAPER)
        else:
            axes.plot(x, y, marker="o", markersize=4, color=palette.FAINT)
    for row in range(len(barriers) + 1):
        axes.axhline(row - 0.5, color=palette.FAINT, linewidth=0.6, zorder=0)
    axes.set_yticks(range(len(barriers)),
                    [fill(label(code), 17 if tight else 28) for code in barriers],
                    multialignment="right")  # fmt: skip
    axes.set_ylim(len(barriers) - 0.5, -0.5)
    axes.set_xlim(-0.5, len(models) - 0.5)
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(models)), [fill(label(code), 18) for code in models], ha="left",
                    rotation=75 if tight else 40, rotation_mode="anchor")
    for tick, model in zip(axes.get_xticklabels(), models, strict=True):
        tick.set_weight("bold" if model in cover.needed else "normal")
    axes.tick_params(length=0, labelsize=9 if tight else 10)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    return figure


def _covering(own: pd.DataFrame) -> str:
    return join([label(code) for code in own.loc[own["covered"], "model"]])


def cover_prose(cover: Cover) -> dict[str, str]:
    """What the prose says of the smallest covers, by the keys that it glues."""
    return {
        "cover_size": number(cover.size),
        "cover_sets": number(len(cover.sets)),
        "cover_each": "; ".join(map(names, cover.sets)) or _("none"),
        "cover_needed": names(cover.needed),
        "cover_uncovered": _uncovered(cover.uncovered),
    }


def _uncovered(barriers: list[str]) -> str:
    if not barriers:
        return _("Every barrier is answered by at least one model.")
    return ngettext(
        "No model answers one of the barriers: {barriers}.",
        "No model answers {n} of the barriers: {barriers}.",
        len(barriers),
    ).format(n=number(len(barriers)), barriers=names(barriers))


def roadmap(frame: pd.DataFrame) -> Table:
    """The directions: which barrier each answers, which model it adapts, who is to act."""
    none: list[str | Cell] = [Cell(_("None"), kind="mark")]

    def labels(codes: list[str]) -> list[str | Cell]:
        return [label(code) for code in codes] or none

    def words(row) -> list[str | Cell]:
        """The direction in the words of the front page, where all addressees have the same."""
        return [label(row.direction), *(Cell(text(said), kind="quiet")
                                        for said in row.told[:1] if len(set(row.told)) == 1)]

    def addressed(row) -> list[str | Cell]:
        """Each addressee, with its own words where they differ."""
        shown: list[str | Cell] = []
        for actor, said in zip(row.addressees, row.told, strict=True):
            shown.append(label(actor))
            if len(set(row.told)) > 1:
                shown.append(Cell(text(said), kind="quiet"))
        return shown or none

    return Table(
        frame.assign(
            addressees=[addressed(row) for row in frame.itertuples()],
            direction=[words(row) for row in frame.itertuples()],
        ),
        {
            "direction": Column(_("Direction"), list),
            "barriers": Column(_("Answers the barrier"), labels),
            "models": Column(_("Adapts the model"), labels),
            "addressees": Column(_("Who is to act"), list),
            "place": Column(_("Place"), place),
        },
        label=_("Roadmap"),
    )
