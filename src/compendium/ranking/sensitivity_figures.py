"""What would change the ranking, and what other methods say: figures, tables, sentences."""

from __future__ import annotations

from functools import partial
from string import ascii_uppercase

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as MplFigure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from compendium.display import PHONE, Cell, Column, Figure, Table, canvas, fill, legend, palette
from compendium.language import _, inside, join, label, ngettext, number, pair, percent, span
from compendium.ranking.methods import Comparison

LISTED = 10  # unknown scores in the table; the others stand in the file of results
LETTER = 0.02  # a stretch of weights that is wide enough for a letter


def methods(comparison: Comparison, models: list[str]) -> Table:
    """Each method's share of first ranks by model, and below its agreement with SMAA-2."""
    shares = comparison.acceptability
    first = shares[shares["rank"] == 1].pivot(
        index="model", columns="method", values="acceptability"
    )
    names = list(comparison.agreement.index)
    rows = [
        {"what": label(code), **{name: percent(first.loc[code, name]) for name in names}}
        for code in models
    ]
    rows.append({
        "what": _("Correlation of ranks with SMAA-2"),
        **{name: number(comparison.agreement.loc[name, "smaa"], 2) for name in names},
    })
    rows.append({
        "what": _("Same first as SMAA-2"),
        **{name: percent(comparison.same_first.loc[name, "smaa"]) for name in names},
    })
    return Table(
        pd.DataFrame(rows),
        {
            "what": Column(_("Model")),
            **{name: Column(method(name), str, "number") for name in names},
        },
        label=_("Other methods"),
    )


def method(name: str) -> str:
    """A method's name as a reader knows it."""
    return {
        "smaa": _("Weighted sum, as in SMAA-2"),
        "topsis": "TOPSIS",
        "vikor": "VIKOR",
        "promethee_ii": "PROMETHEE II",
    }[name]


def methods_prose(comparison: Comparison) -> dict[str, str | int]:
    """What the prose says of the methods, by the keys that it glues."""
    shares = comparison.acceptability
    first = shares[shares["rank"] == 1].pivot(
        index="method", columns="model", values="acceptability"
    )
    leaders = first.idxmax(axis=1)
    others = comparison.agreement.index != "smaa"
    own = leaders["smaa"]
    same = int((leaders.drop("smaa") == own).sum())
    return {
        "methods_draws": comparison.draws,
        # of a share of one half, the largest that there is
        "methods_error": percent(0.5 / np.sqrt(comparison.draws), 1),
        "methods_leader": inside(label(own)),
        "methods_same": _("{n} of {all}").format(
            n=number(same), all=number(int(others.sum()))
        ),
        "methods_agreement": number(float(comparison.agreement.loc[others, "smaa"].min()), 2),
        "methods_first": percent(float(comparison.same_first.loc[others, "smaa"].min())),
    }


def information(frame: pd.DataFrame) -> Table:
    """The unknown scores that would tell most if they were known."""
    shown = frame.head(LISTED).assign(
        change=[
            [percent(row.change, 1), Cell(f"± {number(196 * row.standard_error, 1)}", kind="mark")]
            for row in frame.head(LISTED).itertuples()
        ]
    )
    return Table(
        shown,
        {
            "model": Column(_("Model"), label),
            "criterion": Column(_("Criterion"), label),
            "change": Column(_("First places that would move"), list, "number"),
            "leader_changes": Column(_("Levels at which another model leads"), percent, "number"),
        },
        label=_("Value of information"),
    )


def information_prose(frame: pd.DataFrame) -> dict[str, str | int]:
    """What the prose says of the unknown scores, by the keys that it glues."""
    if frame.empty:
        return {"know_first": label("evidence_none"), "know_change": "–", "know_alike": 0,
                "know_models": label("evidence_none")}
    top = frame.iloc[0]
    near = top["change"] - frame["change"] <= 2 * np.hypot(
        top["standard_error"], frame["standard_error"]
    )
    n = int(near.sum()) - 1
    counts = frame[near]["model"].value_counts()
    return {
        "know_first": pair(inside(label(top["model"])), inside(label(top["criterion"]))),
        "know_change": percent(float(top["change"]), 1),
        "know_alike": ngettext("%d other unknown level", "%d other unknown levels", n) % n,
        "know_models": join([
            # Translators: so many unknown levels of a model, in a list
            _("{n} for {model}").format(n=number(int(c)), model=inside(label(code)))
            for code, c in counts.items()
        ]),
    }


def flips(leads: pd.DataFrame, points: pd.DataFrame) -> Figure:
    """A strip a criterion: who leads as its weight grows, and where the lead changes.

    Parameters
    ----------
    leads, points : DataFrame
        From `sensitivity.leads` and `sensitivity.flip_points`.
    """
    changing = points.dropna(subset=["weight"])["criterion"].nunique()
    alt = _(
        "A strip for each of {n} criteria, coloured by the model that leads as the weight of the "
        "criterion grows. Another model takes the lead in {flips} of them."
    ).format(n=number(leads["criterion"].nunique()), flips=number(changing))
    return Figure.drawn(partial(_flips, leads, points), alt)


def _flips(leads: pd.DataFrame, points: pd.DataFrame, width: float) -> MplFigure:
    tight, criteria = width == PHONE, list(dict.fromkeys(leads["criterion"]))
    models = [code for code in dict.fromkeys(leads["model"]) if not pd.isna(code)]
    letters = dict(zip(models, ascii_uppercase, strict=False))
    colours = dict(zip(models, palette.SERIES, strict=False))
    figure, axes = canvas(width, 0.42 * len(criteria) + (2.8 if tight else 1.5))
    for stretch in leads.itertuples():
        _stretch(axes, criteria.index(stretch.criterion), stretch, letters, colours)
    for point in points.dropna(subset=["weight"]).itertuples():
        row = criteria.index(point.criterion)
        axes.plot([point.weight] * 2, [row - 0.42, row + 0.42], color=palette.INK, linewidth=1.6,
                  zorder=3)
    even = 1 / len(criteria)
    axes.axvline(even, color=palette.INK, linewidth=1, linestyle=(0, (2, 2)), zorder=4)
    axes.set_yticks(range(len(criteria)),
                    [fill(label(code), 22 if tight else 34) for code in criteria],
                    multialignment="right")  # fmt: skip
    axes.set_ylim(len(criteria) - 0.5, -0.5)
    axes.set_xlim(0, leads["high"].max())
    ticks = [0, 0.2, 0.4, 0.6, 0.8]
    axes.set_xticks(ticks, [percent(tick) for tick in ticks])
    axes.set_xlabel(_("Weight of the criterion"))
    axes.tick_params(axis="y", length=0, labelsize=9 if tight else 10)
    axes.spines["left"].set_visible(False)
    handles: list[Artist] = [
        Patch(facecolor=colours[code], label=f"{letters[code]}  {label(code)}") for code in models
    ]
    handles += [
        # Translators: legend entry of a figure: none of the models leads by more than the error
        Patch(facecolor=palette.FAINT, label=_("No clear leader")),
        Line2D([], [], color=palette.INK, linewidth=1.6, marker="|", linestyle="none",
               markersize=11, markeredgewidth=1.6, label=_("The lead changes")),
        Line2D([], [], color=palette.INK, linewidth=1, linestyle=(0, (2, 2)),
               label=_("Equal weights")),
    ]
    legend(figure, handles)
    return figure


def _stretch(
    axes: Axes, row: int, stretch, letters: dict[str, str], colours: dict[str, str]
) -> None:
    length = stretch.high - stretch.low
    known = not pd.isna(stretch.model)
    axes.barh(row, length, left=stretch.low, height=0.68,
              color=colours[stretch.model] if known else palette.FAINT)
    if known and length > LETTER:
        axes.annotate(letters[stretch.model], (stretch.low + length / 2, row), xytext=(0, -3.3),
                      textcoords="offset points", ha="center", va="baseline", fontsize=10,
                      weight="bold", color=palette.PAPER)


def flip_points(points: pd.DataFrame) -> Table:
    """Where another model takes the lead, criterion by criterion."""
    none = Cell(_("No change"), kind="mark")
    shown = points.assign(
        at=[[none] if pd.isna(row.weight) else [
            percent(row.weight, 1),
            Cell(span(row.low, row.high), kind="mark"),
        ] for row in points.itertuples()],
        change=[_change(row) for row in points.itertuples()],
    )  # fmt: skip
    return Table(
        shown,
        {
            "criterion": Column(_("Criterion"), label),
            "at": Column(_("Weight at which the lead changes"), list, "number"),
            "change": Column(_("Who leads"), list),
        },
        label=_("Flip points"),
    )


def _change(row) -> list[str | Cell]:
    if pd.isna(row.weight):
        # Translators: no model leads clearly, in a table
        nobody = Cell(_("No clear leader"), kind="mark")
        return [nobody if pd.isna(row.before) else label(row.before)]
    return [f"{label(row.before)} → {label(row.after)}"]


def flips_prose(points: pd.DataFrame, criteria: int) -> dict[str, str]:
    """What the prose says of the flip points, by the keys that it glues."""
    changing = points.dropna(subset=["weight"])
    below = changing.loc[changing["weight"] <= 2 / criteria, "criterion"].nunique()
    leaders = [
        inside(label(code)) for code in dict.fromkeys([*changing["before"], *changing["after"]])
    ]
    near = (
        ngettext(
            "For {n} of them it is estimated to change below twice the equal weight of {even}.",
            "For {n} of them it is estimated to change below twice the equal weight of {even}.",
            below,
        )
        if below
        else _(
            "For none of them is it estimated to change below twice the equal weight of {even}."
        )
    )
    return {
        "flip_criteria": _("{n} of {all}").format(
            n=number(changing["criterion"].nunique()), all=number(criteria)
        ),
        "flip_near": near.format(n=number(below), even=percent(1 / criteria, 1)),
        "flip_leaders": (
            _("The models that lead at some weight are {models}.").format(models=join(leaders))
            if leaders
            else _("No weight of a single criterion changes the lead.")
        ),
    }
