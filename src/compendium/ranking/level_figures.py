"""The levels on the page: which are known, by what rule and evidence, and which are not."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as MplFigure
from matplotlib.patches import Rectangle

from compendium.addresses import place
from compendium.display import PHONE, Cell, Column, Figure, Table, canvas, fill, mark, palette
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
    grid = frame.set_index("criterion")[models]
    told = "; ".join(f"{label(model)}: {_told(grid[model])}" for model in models)
    alt = _("Matrix of criteria by models with a level from 0 to {top} in each cell. {told}.")
    return Figure.drawn(partial(_drawn, grid), alt.format(top=TOP, told=told))


def _told(levels: pd.Series) -> str:
    """How many levels of a model are known, and which they are."""
    known = levels.dropna()
    told = known_of(len(known), len(levels))
    each = [f"{label(str(code))} {number(level, 0)}" for code, level in known.items()]
    return f"{told} ({', '.join(each)})" if each else told


def _drawn(grid: pd.DataFrame, width: float) -> MplFigure:
    narrow = width == PHONE
    criterion, model = (17, 24) if narrow else (34, 18)
    figure, axes = canvas(width, (0.5 if narrow else 0.4) * len(grid) + (1.7 if narrow else 1.9))
    for row, code in enumerate(grid.index):
        for column, level in enumerate(grid.loc[code]):
            _level_cell(axes, column, row, level)
    axes.set_xlim(0, len(grid.columns))
    axes.set_ylim(len(grid), 0)
    axes.set_yticks([row + 0.5 for row in range(len(grid))],
                    [fill(label(code), criterion) for code in grid.index],
                    multialignment="right")  # fmt: skip
    axes.xaxis.tick_top()
    axes.set_xticks([column + 0.5 for column in range(len(grid.columns))],
                    [fill(label(code), model) for code in grid.columns],
                    rotation=90 if narrow else 40, ha="center" if narrow else "left",
                    rotation_mode="default" if narrow else "anchor")  # fmt: skip
    axes.tick_params(length=0, labelsize=9 if narrow else 10)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    return figure


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
