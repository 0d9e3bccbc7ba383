"""The ranking on the page: how often each model takes each rank, and the scores behind it."""

from __future__ import annotations

from functools import partial
from textwrap import fill

import pandas as pd
import seaborn as sns
from matplotlib.colors import LinearSegmentedColormap

from compendium.applicability.context import Context
from compendium.applicability.criteria import Assessment
from compendium.applicability.ranking import lead
from compendium.applicability.smaa import Ranking
from compendium.display import Cell, Column, Figure, Table, canvas, mark, palette
from compendium.language import _, label, number, percent, text
from compendium.places import place
from compendium.works import short_name

_SHADES = LinearSegmentedColormap.from_list("shades", [palette.PAPER, palette.ACCENT])
_DARK = 0.75  # from this share of the largest on, a cell's text is light
_ON_LIGHT, _ON_DARK = "#1a1a1a", "#ffffff"  # as the cells, the same in both schemes


def acceptability(frame: pd.DataFrame) -> Figure:
    """A heat map: models by ranks, the share of draws in each cell."""
    models = list(frame["model"].drop_duplicates())
    shares = frame.pivot(index="model", columns="rank", values="acceptability").loc[models]
    figure, axes = canvas(6.4, 0.62 * len(models) + 0.9)
    top = shares.to_numpy().max()
    sns.heatmap(
        shares, ax=axes, cmap=_SHADES, vmin=0, vmax=top, cbar=False, linewidths=1.5,
        linecolor=palette.PAPER,
    )  # fmt: skip
    for row, model in enumerate(models):
        for column, rank in enumerate(shares.columns):
            share = shares.loc[model, rank]
            colour = _ON_DARK if share > _DARK * top else _ON_LIGHT
            axes.text(column + 0.5, row + 0.5, percent(share), color=colour, ha="center",
                      va="center")  # fmt: skip
    axes.set_yticks([row + 0.5 for row in range(len(models))],
                    [fill(label(model), 26) for model in models], rotation=0)
    axes.set_xticks([column + 0.5 for column in range(len(models))],
                    [number(rank) for rank in shares.columns])
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel(_("Rank"))
    axes.set_ylabel("")
    axes.tick_params(length=0)
    firsts = frame[frame["rank"] == 1].sort_values("acceptability", ascending=False)
    told = "; ".join(f"{label(r.model)}: {percent(r.acceptability)}" for r in firsts.itertuples())
    alt = _("Heat map of models by ranks. Share of draws on the first rank: {shares}.")
    return Figure.of(figure, alt.format(shares=told))


def levels(frame: pd.DataFrame, models: list[str]) -> Table:
    """Criteria by models: the level of each score, or unknown."""
    shown = frame.astype(object).where(frame.notna(), "unknown")
    return Table(
        shown,
        {
            "criterion": Column(_("Criterion"), label),
            **{model: Column(label(model), _level, "number") for model in models},
        },
        label=_("Scores"),
    )


def reasons(assessment: Assessment, context: Context) -> Table:
    """Every known score with its rule, its reason and its place."""
    facts = dict(zip(context.facts["fact"], context.facts["statement"], strict=True))
    known = assessment.scores[assessment.scores["status"] == "scored"]
    frame = known.assign(
        what=known[["model", "criterion"]].to_numpy().tolist(),
        why=known[["rule", "reason"]].to_numpy().tolist(),
        where=known[["evidence_kind", "evidence"]].to_numpy().tolist(),
    )
    return Table(
        frame,
        {
            "what": Column(_("Model, criterion"), lambda pair: [label(code) for code in pair]),
            "score": Column(_("Level"), number, "number"),
            "why": Column(_("Rule and reason"), lambda pair: [label(pair[0]), text(pair[1])]),
            "where": Column(_("Evidence"), partial(_evidence, facts=facts)),
        },
        label=_("Reasons of the scores"),
    )


def _level(value: float | str) -> str | Cell:
    return mark("unknown") if value == "unknown" else number(value, 0)


def _evidence(pair: list[str], facts: dict[str, str]) -> str:
    kind, evidence = pair
    if kind == "evidence_article":
        return place(evidence)
    if kind == "evidence_source":
        return short_name(evidence)
    return text(facts[evidence])


def told(assessment: Assessment, ranking: Ranking) -> dict[str, str | int]:
    """What the prose says of the ranking, by the keys that it glues."""
    ahead = lead(assessment, ranking)
    unknown = len(assessment.unknown)
    return {
        "rank_criteria": len(assessment.codes),
        "rank_known": assessment.levels.size - unknown,
        "rank_unknown": unknown,
        "rank_draws": ranking.draws,
        "rank_error": percent(float(ranking.standard_error.max()), 2),
        "rank_first": f"{label(ahead.first)} ({percent(ahead.first_share)})",
        "rank_second": f"{label(ahead.second)} ({percent(ahead.second_share)})",
        "rank_before": percent(ahead.before),
    }
