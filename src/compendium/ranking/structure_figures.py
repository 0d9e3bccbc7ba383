"""How far the ranking holds: every scenario in one figure, by kind in one table, in sentences."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as MplFigure

from compendium.display import (
    PHONE,
    Column,
    Figure,
    Table,
    canvas,
    fill,
    palette,
    row_id,
    tallest,
)  # fmt: skip
from compendium.language import _, inside, join, label, number, pair, percent, span
from compendium.ranking import structure
from compendium.ranking.context import Context
from compendium.ranking.criteria import Assessment
from compendium.ranking.structure import GROUPS, first_ranges

APART = 0.13  # of the axis: labels that stand nearer than this would run into one another


def group_name(group: str) -> str:
    """A kind of scenarios, as a reader knows it."""
    return {
        # Translators: kinds of scenarios of a sensitivity analysis, in a figure and a table
        "as_coded": _("As coded"),
        "recoded": _("One level a step lower or higher"),
        "merged": _("Two criteria from one place merged"),
        "split": _("A criterion split into its requirements"),
        "known": _("Only criteria known for several models"),
        "unknown_as": _("Unknown levels as worst or as best"),
        "without_rule": _("Levels of one rule unknown"),
        "brought": _("Evidence on what models bring counted"),
        "coding": _("The codings of one coder"),
    }[group]


def scenario_name(name: str) -> str:
    """A scenario in words."""
    group, *parts = name.split(":")
    if group == "recoded":
        model, criterion, step = parts
        changed = _("one step higher") if step == "+1" else _("one step lower")
        return f"{pair(label(model), label(criterion))}, {changed}"
    if group == "known":
        # Translators: a scenario in which only some criteria are used
        return _("Only criteria known for at least {n} models").format(n=number(int(parts[0])))
    if group == "unknown_as":
        return _("Unknown levels as worst") if parts == ["worst"] else _("Unknown levels as best")
    if group == "coding":
        return _("First coding") if parts == ["first"] else _("Second coding")
    if not parts:
        return group_name(group)
    return f"{group_name(group)}: {join([label(part) for part in parts])}"


def first_ranks(frame: pd.DataFrame) -> Figure:
    """The share of first ranks of each model in every scenario, and the scenarios' kinds below.

    Parameters
    ----------
    frame : DataFrame
        From `structure.structural_sensitivity`.
    """
    ranges = "; ".join(
        pair(label(row.model), span(row.low, row.high))
        for row in first_ranges(frame).itertuples()
    )
    alt = _("Share of first ranks of each model in {n} scenarios. Lowest and highest: {ranges}.")
    scenarios = number(frame["scenario"].nunique())
    return Figure.drawn(partial(_drawn, frame), alt.format(n=scenarios, ranges=ranges))


def _drawn(frame: pd.DataFrame, width: float) -> MplFigure:
    """The scenarios in a width; on a phone the name of a kind stands above its marks."""
    tight = width == PHONE
    wide = frame.pivot(index="scenario", columns="model", values="rank_1")
    models = list(dict.fromkeys(frame["model"]))
    coded = wide.loc["as_coded"]
    wide = wide.sort_values(str(coded.idxmax()), kind="stable")
    groups = frame.drop_duplicates("scenario").set_index("scenario")["group"].loc[wide.index]
    there = [group for group in GROUPS if (groups == group).any()]
    names = [fill(group_name(group), 38 if tight else 22) for group in there]
    lines = tallest(names) + tight
    rows = (0.2 * lines + 0.1) * len(there)
    figure, (above, below) = canvas(width, 4 + rows, nrows=2, sharex=True, height_ratios=[4, rows])
    # A reader's font may be wider than the one that the layout is measured in.
    figure.get_layout_engine().set(w_pad=0.05 if tight else 0.2)
    places = np.arange(len(wide))
    for at, model in enumerate(models):
        colour = palette.SERIES[at % len(palette.SERIES)]
        above.plot(places, wide[model], color=colour, linewidth=1.3, marker=".", markersize=4)
    ends = _apart([float(wide[model].iloc[-1]) for model in models], APART * wide.max().max())
    for at, (model, end) in enumerate(zip(models, ends, strict=True)):
        above.annotate(
            fill(label(model), 12), (len(wide) - 1, end), xytext=(8, 0),
            textcoords="offset points", va="center", fontsize=9 if tight else 10,
            color=palette.SERIES[at % len(palette.SERIES)], annotation_clip=False,
        )
    above.set_ylim(bottom=-APART / 2 * wide.max().max())  # room for the lowest name above the axis
    as_coded = list(wide.index).index("as_coded")
    for axes in (above, below):
        axes.axvline(as_coded, color=palette.MUTED, linewidth=1, linestyle="--", zorder=0)
    # Translators: label at a dashed line of a figure: the ranking with the levels as coded
    above.annotate(_("As coded"), (as_coded, 1), xycoords=("data", "axes fraction"),
                   xytext=(3, -9), textcoords="offset points", fontsize=10, color=palette.MUTED)
    ticks = [tick for tick in above.get_yticks() if 0 <= tick <= 1]
    above.set_yticks(ticks, [percent(tick) for tick in ticks])
    above.set_ylabel(_("Share of draws in first place"), labelpad=10)
    for row, group in enumerate(there):
        own = places[(groups == group).to_numpy()]
        below.plot(own, np.full(len(own), row), linestyle="none", marker="|", markersize=9,
                   markeredgewidth=1.4, color=palette.INK)
    if tight:
        below.set_yticks([])
        for row, name in enumerate(names):
            ground = {"facecolor": palette.PAPER, "edgecolor": "none", "pad": 0.5}
            below.text(0, row - 0.25, name, va="bottom", fontsize=9, linespacing=0.95, bbox=ground)
    else:
        below.set_yticks(range(len(there)), names)
    below.set_ylim(len(there) - 0.5, -0.9 if tight else -0.5)
    below.set_xticks([])
    # Translators: axis of a figure; a scenario is one way to build the ranking
    told = _("Scenarios, by the share of the model that leads as coded")
    below.set_xlabel(fill(told, 36) if tight else told)
    below.tick_params(axis="y", length=0, pad=12, labelsize=10)
    return figure


def _apart(ends: list[float], least: float) -> list[float]:
    """The same heights, moved so far that none is nearer to another than the least."""
    order = np.argsort(ends, kind="stable")
    moved = np.array(ends)
    for below, above in pairwise(order):
        moved[above] = max(moved[above], moved[below] + least)
    return moved.tolist()


def by_group(frame: pd.DataFrame) -> Table:
    """Kinds of scenarios: how many there are, and from where to where each model's share goes."""
    models = list(dict.fromkeys(frame["model"]))
    ranges = first_ranges(frame, "group").set_index(["group", "model"])
    counts = frame.groupby("group")["scenario"].nunique()
    rows = [
        {"row": row_id("scenarios", group), "group": group, "scenarios": int(counts[group]),
         **{model: span(*ranges.loc[(group, model), ["low", "high"]]) for model in models}}
        for group in GROUPS if group in counts
    ]  # fmt: skip
    return Table(
        pd.DataFrame(rows),
        {
            "group": Column(_("Scenario"), group_name),
            "scenarios": Column(_("Number"), number, "number"),
            **{model: Column(label(model), str, "number") for model in models},
        },
        label=_("First ranks by scenario"),
        anchor="row",
    )


def prose(frame: pd.DataFrame) -> dict[str, str | int]:
    """What the prose says of the scenarios, by the keys that it glues."""
    ranges = first_ranges(frame)
    leads = ranges[ranges["leads"] > 0].sort_values("leads", ascending=False, kind="stable")
    leader = leads.iloc[0]
    own = frame[frame["model"] == leader["model"]].set_index("scenario")["rank_1"]
    return {
        "structure_scenarios": len(own),
        "structure_leader": inside(label(leader["model"])),
        "structure_each": join([
            # Translators: stands after "the lead goes to": a model, and in how many scenarios
            _("{model} in {n}").format(model=inside(label(row.model)), n=number(int(row.leads)))
            for row in leads.itertuples()
        ]),
        "structure_lowest": _share_in(own.min(), own.idxmin()),
        "structure_highest": _share_in(own.max(), own.idxmax()),
        "structure_majority": _majority(ranges),
    }  # fmt: skip


def _majority(ranges: pd.DataFrame) -> str:
    """Which model, and there can be one at most, takes most first places in every scenario."""
    models = [inside(label(row.model)) for row in ranges.itertuples() if row.low > 0.5]
    if not models:
        return _("Every model is first in half of the draws or fewer in at least one scenario.")
    return _("In every scenario, more than half of the first places go to {model}.").format(
        model=join(models)
    )


def unasked(assessment: Assessment, context: Context) -> str:
    """Which evidence lowers no level, as models bring what it is on; empty if there is none."""
    rows = structure.unasked(assessment, context)["requirement"]
    readings = context.offers.loc[context.offers["requirement"].isin(rows), "reading"]
    if rows.empty:
        return ""
    return _(
        "Under the coding rules, what a model itself brings is not among its needs. The evidence "
        "on {requirements} therefore lowers no level ({support} for, {both} mixed, {against} "
        "against). Among the scenarios are those in which it does."
    ).format(
        requirements=join([inside(label(row)) for row in rows]),
        support=number(int((readings == "supports").sum())),
        both=number(int((readings == "mixed").sum())),
        against=number(int((readings == "hinders").sum())),
    )


def _share_in(share: float, scenario: object) -> str:
    return f"{percent(share)} ({inside(scenario_name(str(scenario)))})"
