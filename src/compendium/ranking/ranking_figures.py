"""The ranking on the page: the levels, how often a model takes a rank, and at what weights."""

from __future__ import annotations

import re
from functools import partial

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.colors import LinearSegmentedColormap, to_rgba
from matplotlib.figure import Figure as MplFigure

from compendium.display import (
    PHONE,
    Cell,
    Column,
    Figure,
    Table,
    canvas,
    fill,
    legend,
    palette,
    row_id,
)  # fmt: skip
from compendium.language import _, inside, join, label, ngettext, number, percent, text
from compendium.ranking.criteria import Assessment
from compendium.ranking.level_figures import known_of
from compendium.ranking.smaa import Ranking
from compendium.ranking.standings import lead
from compendium.ranking.weights import WeightSpace

SURE = 1.96  # standard errors that a 95% interval reaches to either side
SOMETIMES = 0.01  # from this share of first places on, a model is a possible first choice
SHADES = LinearSegmentedColormap.from_list(
    "shades", [to_rgba(palette.ACCENT, strength) for strength in (0, palette.FULL)]
)
APART = 0.6  # from this share of the draws on, one of two models is called ahead


def acceptability(frame: pd.DataFrame) -> Figure:
    """A heat map: models by ranks, the share of draws in each cell with its 95% interval."""
    models = list(frame["model"].drop_duplicates())
    shares = frame.pivot(index="model", columns="rank", values="acceptability").loc[models]
    errors = frame.pivot(index="model", columns="rank", values="standard_error").loc[models]
    firsts = frame[frame["rank"] == 1].sort_values("acceptability", ascending=False)
    told = "; ".join(f"{label(r.model)}: {percent(r.acceptability)}" for r in firsts.itertuples())
    alt = _("Heat map of models and ranks. Share of draws in which each ranks first: {shares}.")
    return Figure.drawn(partial(_heat_map, shares, errors), alt.format(shares=told))


def _heat_map(shares: pd.DataFrame, errors: pd.DataFrame, width: float) -> MplFigure:
    tight, models = width == PHONE, list(shares.index)
    figure, axes = canvas(width, 0.68 * len(models) + 0.9)
    top = shares.to_numpy().max()
    sns.heatmap(
        shares, ax=axes, cmap=SHADES, vmin=0, vmax=top, cbar=False, linewidths=1.5,
        linecolor=palette.PAPER,
    )  # fmt: skip
    for row, model in enumerate(models):
        for column, rank in enumerate(shares.columns):
            share = shares.loc[model, rank]
            axes.text(column + 0.5, row + 0.36, percent(share, 1), ha="center", va="center")
            half = SURE * 100 * errors.loc[model, rank]
            axes.text(column + 0.5, row + 0.7, f"± {number(half, 1)}", ha="center", va="center",
                      fontsize=9)  # fmt: skip
    axes.set_yticks([row + 0.5 for row in range(len(models))],
                    [fill(label(model), 14 if tight else 26) for model in models], rotation=0)
    axes.set_xticks([column + 0.5 for column in range(len(models))],
                    [number(rank) for rank in shares.columns])
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel(_("Rank"))
    axes.set_ylabel("")
    axes.tick_params(length=0)
    return figure


def central_weights(assessment: Assessment, ranking: Ranking) -> Figure:
    """Criteria by models: the mean weights at which each model comes first."""
    criteria = assessment.codes
    told = []
    for model in _order(ranking):
        weights = ranking.central_weights[model]
        if not np.isnan(weights).any():
            heavy = int(np.argmax(weights))
            told.append(f"{label(assessment.models[model])}: {label(criteria[heavy])} "
                        f"({percent(weights[heavy])})")
    alt = _("Central weights of the models. The criterion that weighs most for each: {told}.")
    return Figure.drawn(partial(_central, assessment, ranking), alt.format(told="; ".join(told)))


def _central(assessment: Assessment, ranking: Ranking, width: float) -> MplFigure:
    criteria, order = assessment.codes, _order(ranking)
    even, tight = 1 / len(criteria), width == PHONE
    figure, axes = canvas(width, 0.42 * len(criteria) + (2.4 if tight else 1.5))
    shapes = "osD^v"
    for at, model in enumerate(order):
        weights = ranking.central_weights[model]
        colour = palette.SERIES[at % len(palette.SERIES)]
        axes.plot(
            weights, range(len(criteria)), linestyle="none", marker=shapes[at % len(shapes)],
            markersize=7, color=colour, label=label(assessment.models[model]),
        )  # fmt: skip
    for row in range(len(criteria)):
        axes.axhline(row, color=palette.FAINT, linewidth=0.6, zorder=0)
    # Translators: legend entry, a dashed line in a figure
    axes.axvline(even, color=palette.MUTED, linestyle="--", linewidth=1, label=_("Equal weights"))
    axes.set_yticks(range(len(criteria)),
                    [fill(label(code), 22 if tight else 32) for code in criteria],
                    multialignment="right")  # fmt: skip
    axes.set_ylim(len(criteria) - 0.5, -0.5)
    right = 1.1 * np.nanmax(np.append(ranking.central_weights, even))
    axes.set_xlim(0, right)
    ticks = [tick for tick in axes.get_xticks() if 0 <= tick <= right]
    axes.set_xticks(ticks, [percent(tick) for tick in ticks])
    axes.set_xlabel(_("Central weight"))
    axes.tick_params(length=0, labelsize=9 if tight else 10)
    axes.spines["left"].set_visible(False)
    legend(figure, axes.get_legend_handles_labels()[0])
    return figure


def beside(
    assessment: Assessment, ranking: Ranking, models: pd.DataFrame, joined: pd.DataFrame
) -> Table:
    """What was computed of each model, beside what the article says of it.

    Parameters
    ----------
    assessment : Assessment
    ranking : Ranking
    models, joined : DataFrame
        Tables `models` and `direction_models`.
    """
    said = models.set_index("model")
    directions = joined.groupby("model")["direction"].agg(list)
    rows = []
    for at in _order(ranking):
        code = assessment.models[at]
        own = said.loc[code] if code in said.index else None
        rows.append({
            "row": row_id("rank", code),
            "model": code,
            "first": _interval(ranking.acceptability[at, 0], ranking.standard_error[at, 0]),
            "rank": number(ranking.expected_rank[at], 1),
            "confidence": _interval(ranking.confidence[at], ranking.confidence_error[at]),
            "known": known_of(int(np.isfinite(assessment.levels[at]).sum()),
                               len(assessment.codes)),
            "article": [] if own is None else [text(own["advantage"]), text(own["limitation"])],
            "directions": [label(one) for one in directions.get(code, [])],
        })  # fmt: skip
    # Translators: no direction, in a table of models
    none = [Cell(_("None"), kind="mark")]
    return Table(
        pd.DataFrame(rows),
        {
            "model": Column(_("Model"), label),
            "first": Column(_("First in"), list, "number"),
            "rank": Column(_("Mean rank"), str, "number"),
            # Translators: column header: the confidence factor of SMAA, no confidence in findings
            "confidence": Column(_("Confidence factor"), list, "number"),
            "known": Column(_("Evidence"), str),
            "article": Column(_("The article: advantage and limit"), list),
            "directions": Column(_("The article: direction"), lambda codes: codes or none),
        },
        label=_("The ranking beside the article"),
        anchor="row",
    )


def _order(ranking: Ranking) -> list[int]:
    """Places of the models, the best mean rank first."""
    return [int(at) for at in np.argsort(ranking.expected_rank, kind="stable")]


def _interval(share: float, error: float) -> list[str | Cell]:
    """A share and below it the half of its 95% interval, in points."""
    if np.isnan(share):
        return [Cell("–", kind="mark")]
    return [percent(share, 1), Cell(f"± {number(SURE * 100 * error, 1)}", kind="mark")]


def prose(assessment: Assessment, ranking: Ranking) -> dict[str, str | int]:
    """What the prose says of the ranking, by the keys that it glues."""
    ahead = lead(assessment, ranking)
    unknown = len(assessment.unknown)
    firsts = ranking.acceptability[:, 0]
    return {
        "rank_criteria": len(assessment.codes),
        "rank_known": assessment.levels.size - unknown,
        "rank_unknown": unknown,
        "rank_draws": ranking.draws,
        "rank_error": percent(float(ranking.standard_error.max()), 2),
        "rank_first": f"{inside(label(ahead.first))} ({percent(ahead.first_share)})",
        "rank_second": f"{inside(label(ahead.second))} ({percent(ahead.second_share)})",
        "rank_before": percent(ahead.before, 1),
        "rank_verdict": verdict(assessment, ranking),
        "rank_confidence": percent(float(np.nanmax(ranking.confidence))),
        "rank_silence": silence(assessment),
        "rank_possible": _("{n} of {all}").format(
            n=number(int((firsts >= SOMETIMES).sum())), all=number(len(firsts))
        ),
        "rank_sometimes": percent(SOMETIMES),
        "rank_most": _most([assessment.models[at] for at in np.flatnonzero(firsts > 0.5)]),
    }


def _most(models: list[str]) -> str:
    """Which model, and there can be one at most, comes first in more than half of the draws."""
    if not models:
        return _("None comes first in more than half of the draws.")
    return _("More than half of the first places go to {model}.").format(
        model=join([inside(label(code)) for code in models])
    )


def verdict(assessment: Assessment, ranking: Ranking) -> str:
    """Which models cannot be told apart from the one that comes first most often, if any."""
    first, *others = np.argsort(-ranking.acceptability[:, 0], kind="stable")
    near = [at for at in others if ranking.pairwise[first, at] < APART]
    if near:
        names = [inside(label(assessment.models[at])) for at in (first, *near)]
        # Translators: a whole sentence; {models} are names of models
        return _("No lead is clear among {models}.").format(models=join(names))
    # Translators: a whole sentence; of the two models that come first most often
    return _("The first model is ahead of the next, though not in every draw.")


def silence(assessment: Assessment) -> str:
    """How many levels of each model are known: `7 for model A and 6 for model B`."""
    known = np.isfinite(assessment.levels).sum(axis=1)
    return join([
        # Translators: stands after "the number of known levels is": a number, and of which model
        _("{n} for {model}").format(n=number(int(n)), model=inside(label(model)))
        for model, n in zip(assessment.models, known, strict=True)
    ])


def known_weights(space: WeightSpace) -> str:
    """What is taken as known about the weights, in a sentence."""
    n = len(space.names)
    if not n:
        return _("Nothing is therefore assumed about the weights.")
    said = "; ".join(
        re.sub(r"[A-Za-z_]\w*", lambda code: f"«{label(code[0])}»", name) for name in space.names
    )
    return ngettext(
        "The weights are assumed to meet {n} constraint ({said}).",
        "The weights are assumed to meet {n} constraints ({said}).",
        n,
    ).format(n=number(n), said=said)
