"""Figures of the chapter on the search."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as MplFigure
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path

from compendium import works
from compendium.display import COLUMN, PHONE, Figure, canvas, fill, needs_rows, palette
from compendium.display.marks import sign
from compendium.language import _, join, label, ngettext, number
from review.search.known_items import FIELDS
from scopus_query.kleene import NO, UNKNOWN, YES

_LOOKS: dict[str, dict[str, Any]] = {
    YES: {"facecolor": palette.ACCENT, "edgecolor": palette.PAPER},
    NO: {"facecolor": palette.PAPER, "edgecolor": palette.MUTED},
    UNKNOWN: {"facecolor": palette.FAINT, "edgecolor": palette.MUTED, "hatch": "////"},
}
_SIGN_COLOURS = {YES: palette.GREEN, NO: palette.RED, UNKNOWN: palette.MUTED}
_ROW = 0.32  # inches: height of a term's row
_NAMES, _KEY = 1.75, 1.0  # inches: works above, key below


class _Look(NamedTuple):
    """How the matrix is drawn in a width: inches of terms and of a square, letters in a line."""

    labels: float
    square: float
    letters: int


_SIZES = {COLUMN: _Look(2.5, 0.12, 34), PHONE: _Look(1.88, 0.05, 24)}


@needs_rows
def known_items(hits: pd.DataFrame, groups: pd.DataFrame) -> Figure:
    """Works of one query by terms: each cell has a square for title, abstract and keywords.

    Parameters
    ----------
    hits, groups : DataFrame
        Rows of one query, as `known_items.term_hits` and `known_items.group_hits` give them.
    """
    return Figure.drawn(partial(_drawn, hits, groups), _alt(hits, groups))


def _drawn(hits: pd.DataFrame, groups: pd.DataFrame, width: float) -> MplFigure:
    look = _SIZES[width]
    columns = hits["work"].drop_duplicates().tolist()
    rows = _rows(hits)
    figure, axes = canvas(width, _NAMES + len(rows) * _ROW + _KEY)
    right = width - look.labels
    axes.set(xlim=(-look.labels, right), ylim=(len(rows) * _ROW + _KEY, -_NAMES))
    axes.axis("off")
    across = right / (len(columns) + 0.7)  # room at the right for the last slanted name
    answers = groups.set_index(["concept_group", "work"])["found"]
    cells = hits.set_index(["term", "work"])
    squares: dict[str, list[Path]] = {answer: [] for answer in _LOOKS}
    for at, work in enumerate(columns):
        axes.text(
            (at + 0.45) * across, -0.1, works.short_name(work),
            rotation=60, ha="left", va="bottom", rotation_mode="anchor", size=10,
        )  # fmt: skip
    for at, (group, term) in enumerate(rows):
        middle = (at + 0.5) * _ROW
        if not term:
            axes.text(-look.labels, middle, fill(label(group), look.letters - 6), weight="bold",
                      va="center", size=9 if width == PHONE else 10.5, linespacing=0.9)  # fmt: skip
            for place, work in enumerate(columns):
                found = answers[group, work]
                axes.text(
                    (place + 0.5) * across, middle, sign(found),
                    color=_SIGN_COLOURS[found], weight="bold", ha="center", va="center", size=11,
                )  # fmt: skip
            continue
        axes.text(-look.labels + 0.08, middle, fill(term, look.letters), va="center", size=9,
                  linespacing=0.9)  # fmt: skip
        for place, work in enumerate(columns):
            inside = _squares((place + 0.5) * across, middle, look.square)
            for square, field in zip(inside, FIELDS, strict=True):
                squares[cells.loc[(term, work), field]].append(square)
    for answer, paths in squares.items():  # one path a look keeps the drawing small
        if paths:
            whole = Path.make_compound_path(*paths)
            axes.add_patch(PathPatch(whole, linewidth=0.6, **_LOOKS[answer]))
    _key(axes, -look.labels, len(rows) * _ROW + 0.3, int(15 * width))
    return figure


def _rows(hits: pd.DataFrame) -> list[tuple[str, str]]:
    """Concept groups, each followed by its terms."""
    rows = []
    for group, held in hits.groupby("concept_group", sort=False):
        rows += [(group, ""), *((group, term) for term in held["term"].drop_duplicates())]
    return rows


def _squares(centre: float, middle: float, width: float) -> list[Path]:
    height = 0.18
    lefts = [centre + (at - len(FIELDS) / 2) * width for at in range(len(FIELDS))]
    unit = Path.unit_rectangle()
    corners = np.asarray(unit.vertices)
    return [
        Path(corners * (width, height) + (left, middle - height / 2), unit.codes)
        for left in lefts
    ]


def _key(axes: Axes, left: float, top: float, letters: int) -> None:
    """What a square means by its look, and which field it is by its place."""
    entries = {
        YES: _("found"),
        NO: _("not found in what was read"),
        UNKNOWN: _("unknown: not read"),
    }
    patches = [Patch(linewidth=0.6, label=name, **_LOOKS[a]) for a, name in entries.items()]
    axes.legend(
        handles=patches, loc="upper left", bbox_to_anchor=(left, top), ncols=2,
        bbox_transform=axes.transData, borderaxespad=0, borderpad=0, fontsize=9,
        handlelength=1, columnspacing=1.5,
    )  # fmt: skip
    order = " · ".join(label(field) for field in FIELDS)
    order = _("Squares from left to right: {fields}").format(fields=order)
    axes.text(left, top + 0.47, fill(order, letters), va="top", size=9)


def _alt(hits: pd.DataFrame, groups: pd.DataFrame) -> str:
    counted = hits["work"].nunique()
    sentences = [
        _("Matrix of {terms} by {works}.").format(
            terms=ngettext("%d term", "%d terms", hits["term"].nunique()) % hits["term"].nunique(),
            works=ngettext("%d work", "%d works", counted) % counted,
        )
    ]
    for group, held in groups.groupby("concept_group", sort=False):
        answers = held["found"].value_counts()
        shown = [f"{label(a).lower()} {number(int(answers.get(a, 0)))}" for a in (YES, NO, UNKNOWN)]
        # Translators: how many works hold a term of a concept group, e.g. "Review: yes 6, no 1"
        sentences.append(
            _("{group}: {answers}.").format(group=label(group), answers=", ".join(shown))
        )
    unread = hits.groupby("work", sort=False)["found"].agg(lambda found: set(found) == {UNKNOWN})
    names = [works.short_name(work) for work, nothing in unread.items() if nothing]
    if names:
        sentences.append(_("All terms unknown: {works}.").format(works=join(names)))
    return " ".join(sentences)
