"""The levels on the page: which are known, by what rule and evidence, and which are not."""

from __future__ import annotations

from functools import partial
from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from compendium.addresses import place
from compendium.display import Cell, Column, Figure, Table, canvas, mark, palette
from compendium.display.marks import sign
from compendium.language import _, definition, label, number, text
from compendium.ranking.context import Context
from compendium.ranking.criteria import TOP, Assessment
from compendium.works import short_name


def criteria(assessment: Assessment) -> Table:
    """What each criterion asks, and where in the article it comes from."""
    return Table(
        assessment.criteria.assign(meaning=assessment.criteria["criterion"]),
        {
            "criterion": Column(_("Criterion"), label),
            "meaning": Column(_("What it asks for"), definition),
            "basis": Column(_("It comes from"), label),
            "place": Column(_("Place"), place),
        },
        label=_("Criteria"),
    )


def level_matrix(frame: pd.DataFrame, models: list[str]) -> Figure:
    """Criteria by models: a shade and the number of each level; unknown is hatched, with a `?`."""
    criteria = list(frame["criterion"])
    grid = frame.set_index("criterion")[models]
    figure, axes = canvas(7, 0.4 * len(criteria) + 1.9)
    for row, criterion in enumerate(criteria):
        for column, model in enumerate(models):
            _level_cell(axes, column, row, grid.loc[criterion, model])
    axes.set_xlim(0, len(models))
    axes.set_ylim(len(criteria), 0)
    axes.set_yticks([row + 0.5 for row in range(len(criteria))],
                    [fill(label(code), 34) for code in criteria], multialignment="right")
    axes.xaxis.tick_top()
    axes.set_xticks([column + 0.5 for column in range(len(models))],
                    [fill(label(code), 18) for code in models], rotation=40, ha="left",
                    rotation_mode="anchor")
    axes.tick_params(length=0, labelsize=9.5)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    told = "; ".join(
        f"{label(model)}: {known_of(int(grid[model].notna().sum()), len(criteria))}"
        for model in models
    )
    alt = _("Matrix of criteria by models with a level from 0 to {top} in each cell. {told}.")
    return Figure.of(figure, alt.format(top=TOP, told=told))


def _level_cell(axes: Axes, column: int, row: int, level: float) -> None:
    unknown = pd.isna(level)
    shade = palette.PAPER if unknown else (palette.ACCENT, palette.FULL * level / TOP)
    axes.add_patch(Rectangle(
        (column + 0.03, row + 0.05), 0.94, 0.9, facecolor=shade, linewidth=0.6,
        edgecolor=palette.FAINT, hatch="////" if unknown else None,
    ))  # fmt: skip
    ground = {"boxstyle": "round,pad=0.15", "facecolor": palette.PAPER, "edgecolor": "none"}
    axes.text(
        column + 0.5, row + 0.5, sign("unknown") if unknown else number(level, 0),
        ha="center", va="center", bbox=ground if unknown else None,
        color=palette.MUTED if unknown else palette.INK,
    )  # fmt: skip


def known_of(known: int, of: int) -> str:
    """How many levels of a model are known, as a phrase."""
    # Translators: part of a figure's description, after the name of a model
    return _("{known} of {all} levels are known").format(known=number(known), all=number(of))


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
    statements = {
        code: statement
        for table, key in ((context.facts, "fact"), (context.study_findings, "finding"),
                           (context.precedents, "case"))
        for code, statement in zip(table[key], table["statement"], strict=True)
    }
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
            "where": Column(_("Evidence"), partial(_evidence, statements=statements)),
        },
        label=_("Reasons of the scores"),
    )


def _level(value: float | str) -> str | Cell:
    return mark("unknown") if isinstance(value, str) else number(value, 0)


def _evidence(pair: list[str], statements: dict[str, str]) -> str:
    kind, evidence = pair
    if kind == "evidence_article":
        return place(evidence)
    if kind == "evidence_source":
        return short_name(evidence.partition(":")[0])  # the work, then its finding
    return text(statements[evidence])
