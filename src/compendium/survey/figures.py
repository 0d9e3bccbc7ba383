"""What the answers say, drawn; answers that a program made up are marked as such in the figure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as MplFigure

from compendium.display import PHONE, Figure, canvas, fill, palette
from compendium.language import _, label, number
from compendium.survey.read import Answer


def weight_differences(
    differences: pd.DataFrame, answers: Sequence[Answer], *, generated: bool
) -> Figure:
    """One row a criterion: mean weight of enterprises less that of universities, with interval.

    Parameters
    ----------
    differences : DataFrame
        From `groups.weight_differences`.
    answers : sequence of Answer
    generated : bool
        Whether a program made the answers up; the figure then says so.
    """
    # Translators: stands in a figure of trial data, in capitals
    warning = _("GENERATED ANSWERS: made up by a program, no finding") if generated else ""
    apart = int(((differences["low"] > 0) | (differences["high"] < 0)).sum())
    alt = _(
        "Differences of the mean weights of enterprises and universities by {n} criteria. "
        "Intervals that exclude no difference: {apart}."
    ).format(n=number(len(differences)), apart=number(apart))
    return Figure.drawn(
        partial(_differences, differences, answers, warning),
        f"{warning}. {alt}" if warning else alt,
    )


def _differences(
    differences: pd.DataFrame, answers: Sequence[Answer], warning: str, width: float
) -> MplFigure:
    tight = width == PHONE
    figure, axes = canvas(width, 0.4 * len(differences) + 1.1 + 0.4 * (bool(warning) + tight))
    for row, own in enumerate(differences.itertuples()):
        axes.axhline(row, color=palette.FAINT, linewidth=0.6, zorder=0)
        if not np.isnan(own.low):
            axes.plot([100 * own.low, 100 * own.high], [row, row], color=palette.ACCENT,
                      linewidth=2.2, solid_capstyle="butt")
        axes.plot(100 * own.difference, row, marker="o", markersize=6.5, color=palette.ACCENT)
    axes.axvline(0, color=palette.MUTED, linewidth=1, linestyle="--")
    axes.set_yticks(range(len(differences)),
                    [fill(label(code), 18 if tight else 32) for code in differences["criterion"]],
                    multialignment="right")
    axes.set_ylim(len(differences) - 0.5, -0.5)
    ticks = list(axes.get_xticks())[1:-1]
    axes.set_xticks(ticks, [number(tick, 1) for tick in ticks])
    counts = {role: sum(answer.role == role for answer in answers)
              for role in ("enterprise", "university")}
    # Translators: axis of a figure; the numbers of answers follow in brackets
    axes.set_xlabel(fill(_(
        "Mean weight, enterprises ({enterprises}) less universities ({universities}), "
        "percentage points, with 95% intervals"
    ).format(enterprises=number(counts["enterprise"]),
             universities=number(counts["university"])), 30 if tight else 62))
    axes.tick_params(length=0, labelsize=9 if tight else 10)
    axes.spines["left"].set_visible(False)
    if warning:
        figure.suptitle(fill(warning, 36 if tight else 80), fontsize=10, color=palette.RED,
                        weight="bold")  # fmt: skip
    return figure
