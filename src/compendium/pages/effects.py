"""The chapter on effects: a forest plot for each outcome, and effects pooled where two or more are.

The random-effects model is that of statsmodels: Paule & Mandel's variance between works, and the
interval of Hartung, Knapp, Sidik & Jonkman (https://doi.org/10.1186/1471-2288-14-25), which does
not promise too much where works are few. Ratios are pooled on the logarithmic scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as MplFigure
from matplotlib.ticker import LogLocator, NullFormatter

from compendium import data, validation
from compendium.addresses import source_cell
from compendium.display import PHONE, Column, Figure, Table, canvas, fill, needs_rows, palette
from compendium.display.figure import LETTERS
from compendium.language import _, join, label, ngettext, number, percent, text
from compendium.synthesis.table_rules import RATIOS
from compendium.works import short_name, work_cell

_QUANTILE = 1.959963984540054
"""Half the width of a 95% interval, in standard errors."""


@dataclass(frozen=True)
class Effects:
    """Effects of works, and what they come to by outcome.

    Attributes
    ----------
    each : DataFrame
        The resource `effects`.
    pooled : DataFrame
        As `pooled` returns it.
    """

    each: pd.DataFrame
    pooled: pd.DataFrame


def read() -> Effects:
    """The effects of the resource `effects`, checked and pooled.

    Raises
    ------
    CompendiumError
        If a cell is wrong, such as an effect outside its interval: names the first.
    """
    validation.require("effects")
    each = data.table("effects")
    return Effects(each, pooled(each))


def pooled(each: pd.DataFrame) -> pd.DataFrame:
    """Effects pooled by outcome and measure, where at least two works report one.

    Parameters
    ----------
    each : DataFrame
        With `work`, `outcome`, `measure`, `effect`, `low` and `high`; the interval is one of 95 %.

    Returns
    -------
    DataFrame with `outcome`, `measure`, `works`, `effect`, `low`, `high`, `tau2`, `i2`
        `tau2` is on the scale of the pooling; `i2` is a share from 0 to 1.
    """
    from statsmodels.stats.meta_analysis import combine_effects

    rows = []
    for (outcome, measure), group in each.groupby(["outcome", "measure"], sort=False):
        if len(group) < 2:
            continue
        values = group[["effect", "low", "high"]].to_numpy(float)
        if measure in RATIOS:
            values = np.log(values)
        error = (values[:, 2] - values[:, 1]) / (2 * _QUANTILE)
        fit = combine_effects(values[:, 0], error**2, method_re="iterated", use_t=True)
        (low, high) = fit.conf_int()[3]
        found = np.array([fit.mean_effect_re, low, high])
        if measure in RATIOS:
            found = np.exp(found)
        rows.append((outcome, measure, len(group), *found, fit.tau2, max(0.0, fit.i2)))
    return pd.DataFrame(
        rows,
        columns=["outcome", "measure", "works", "effect", "low", "high", "tau2", "i2"],
    )


def forest(effects: Effects) -> Figure:
    """A forest plot: a block an outcome, a row a work, a diamond for what they come to."""
    return _forest(effects.each, effects.pooled)


def effects_table(effects: Effects) -> Table:
    """Every effect with its interval, and where it was read."""
    return Table(
        effects.each.assign(interval=_intervals(effects.each)),
        {
            "outcome": Column(_("Outcome"), text),
            "work": Column(_("Work"), work_cell),
            "measure": Column(_("Measure"), label),
            "interval": Column(_("Effect and 95% interval"), str, "number"),
            "seen_at": Column(_("Where it was read"), lambda at: source_cell("", at)),
        },
        label=_("Effects"),
    )


def pooled_table(effects: Effects) -> Table:
    """What the effects on each outcome come to, and how much they differ between works."""
    return Table(
        effects.pooled.assign(interval=_intervals(effects.pooled)),
        {
            "outcome": Column(_("Outcome"), text),
            "measure": Column(_("Measure"), label),
            "works": Column(_("Works"), number, "number"),
            "interval": Column(_("Effect and 95% interval"), str, "number"),
            "i2": Column(_("I²"), percent, "number"),
            "tau2": Column(_("τ²"), lambda value: number(value, 3), "number"),
        },
        label=_("Pooled effects"),
    )


def _intervals(frame: pd.DataFrame) -> list[str]:
    return [_interval(row) for row in frame.itertuples()]


def _interval(row) -> str:
    # Translators: an effect with the ends of its interval
    return _("{effect} [{low}; {high}]").format(
        effect=number(row.effect, 2), low=number(row.low, 2), high=number(row.high, 2)
    )


def told(effects: Effects, outcome: str) -> str:
    """What the works with an outcome come to: the pooled effects, or those that stand alone.

    Parameters
    ----------
    effects : Effects
    outcome : str
        As the resource `effects` has it.
    """
    measures = effects.each.loc[effects.each["outcome"] == outcome, "measure"].unique()
    rows = []
    for measure in measures:
        for frame in (effects.pooled, effects.each):  # nothing is pooled where there is one alone
            same = frame[(frame["outcome"] == outcome) & (frame["measure"] == measure)]
            if len(same):
                interval = _interval(next(same.itertuples()))
                rows.append(_("{name}: {count}").format(name=label(measure), count=interval))
                break
    return "; ".join(rows)


@needs_rows
def _one(each: pd.DataFrame) -> Figure:
    return _draw(each, each.iloc[:0])


def _forest(each: pd.DataFrame, together: pd.DataFrame) -> Figure:
    return _draw(each, together) if len(together) else _one(each)


def _draw(each: pd.DataFrame, together: pd.DataFrame) -> Figure:
    lines: list[Line] = []
    for (outcome, measure), group in each.groupby(["outcome", "measure"], sort=False):
        lines.append(Line(f"{text(str(outcome))}, {label(str(measure))}"))
        lines += [Line(short_name(row.work), row) for row in group.itertuples()]
        same = (together["outcome"] == outcome) & (together["measure"] == measure)
        # Translators: label of the row of a forest plot that holds the pooled effect
        lines += [Line(_("Pooled"), row, pooled=True) for row in together[same].itertuples()]
    logarithmic = bool(each["measure"].isin(RATIOS).all())
    spoken = "; ".join(f"{line.name}: {_interval(line.row)}" for line in lines if line.row)
    alt = _("Forest plot. {effects}.").format(effects=spoken)
    return Figure.drawn(partial(_plot, lines, logarithmic), alt)


class Line(NamedTuple):
    """A line of the plot: a heading, the effect in a work, or what the works come to."""

    name: str
    row: Any = None
    pooled: bool = False


def _plot(lines: list[Line], logarithmic: bool, width: float) -> MplFigure:
    """On a phone, name and interval stand above an effect, and not beside it."""
    phone = width == PHONE
    figure, axes = canvas(width, 0.5 + (0.52 if phone else 0.3) * len(lines))
    if logarithmic:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=_numbers(lines)))
        axes.xaxis.set_major_formatter(
            lambda value, _at: number(value, max(0, -int(np.floor(np.log10(value)))))
        )
        axes.xaxis.set_minor_formatter(NullFormatter())
    told = {"transform": axes.get_yaxis_transform(), "va": "center"}
    for at, line in enumerate(lines):
        if line.row is None:
            axes.text(0, at, fill(line.name, int(0.8 * LETTERS * width)), fontweight="bold", **told)
        elif phone:
            axes.text(0, at - 0.3, line.name, fontsize=9, **told)
            axes.text(1, at - 0.3, _interval(line.row), fontsize=9, ha="right", **told)
        else:
            axes.text(1.02, at, _interval(line.row), **told)
        if line.row is not None:
            _row(axes, at + (0.15 if phone else 0), line)
    axes.axvline(1 if logarithmic else 0, color=palette.MUTED, linewidth=0.8)
    named = [at for at, line in enumerate(lines) if line.row is not None and not phone]
    axes.set_yticks(named, [lines[at].name for at in named])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(lines) - 0.4, -0.6)
    axes.spines["left"].set_visible(False)
    return figure


def _numbers(lines: list[Line]) -> tuple[float, ...]:
    """Which numbers of each power of ten the axis names: more, the less the intervals span."""
    ends = [end for line in lines if line.row is not None for end in (line.row.low, line.row.high)]
    span = max(ends) / min(ends)
    return (1.0,) if span > 100 else (1.0, 2.0, 5.0) if span > 10 else (1.0, 2.0, 3.0, 5.0, 7.0)


def _row(axes: Axes, at: float, line: Line) -> None:
    row = line.row
    if line.pooled:
        axes.fill(
            [row.low, row.effect, row.high, row.effect], [at, at - 0.22, at, at + 0.22],
            color=palette.ACCENT, linewidth=0,
        )  # fmt: skip
        return
    axes.plot([row.low, row.high], [at, at], color=palette.INK, linewidth=1.1)
    axes.plot([row.effect], [at], marker="s", markersize=5, color=palette.INK)


def summary(effects: Effects) -> str:
    """In a sentence: how many works report how many effects on which outcomes."""
    if effects.each.empty:
        return _("No effect has been extracted yet.")
    works = effects.each["work"].nunique()
    return ngettext(
        "{works} work reports an effect on this outcome: {outcomes}.",
        "{works} works report effects on these outcomes: {outcomes}.",
        works,
    ).format(
        works=number(works),
        outcomes=join([text(str(each)) for each in effects.each["outcome"].unique()]),
    )
