"""Readings of a query drawn as trees beside one another, with what each changes at its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from textwrap import shorten
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as MplFigure
from matplotlib.patches import FancyBboxPatch

from compendium.display import PHONE, Figure, canvas, palette
from compendium.language import _, join, label, ngettext, number
from compendium.search.readings import scope
from scopus_query.explain import head
from scopus_query.lint import lint
from scopus_query.repair import Reading
from scopus_query.rules import Edit
from scopus_query.tree import Field, Node, Span, is_filter, walk

_ROW, _STEP, _GAP = 0.24, 0.17, 0.12  # inches
_SIZE = 9.5
_LETTERS = 15  # of a leaf, to an inch


@dataclass(frozen=True)
class Row:
    """A part of a reading, as it is drawn.

    Attributes
    ----------
    node : Node
    depth : int
    parent : int
        Its row; -1 for the root.
    group : str
        Concept group of its terms, on the row that joins them.
    changes : list of Edit
        What the reading puts in, takes out or writes otherwise here.
    codes : list of str
        Rules that mark it.
    """

    node: Node
    depth: int
    parent: int
    group: str = ""
    changes: list[Edit] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def rows(reading: Reading, groups: dict[str, str]) -> list[Row]:
    """The parts of a reading from top to bottom, with the marks that stand at each.

    Parameters
    ----------
    reading : Reading
    groups : dict of str to str
        Concept groups by terms.
    """
    parts = list(walk(reading.tree))
    places = {id(node): at for at, (node, _around) in enumerate(parts)}
    changes, codes = defaultdict(list), defaultdict(list)
    for span, change in _changes(reading.edits):
        changes[_innermost(parts, span)].append(change)
    for finding in lint(reading.text).findings:
        codes[_innermost(parts, finding.span)].append(finding.rule.code)
    drawn: list[Row] = []
    for at, (node, around) in enumerate(parts):
        parent = places[id(around[-1])] if around else -1
        group = _group(node, groups)
        above = drawn[parent].group if drawn else ""
        shown = group if node.children and not isinstance(node, Field) and group != above else ""
        drawn.append(Row(node, len(around), parent, shown, changes[at], codes[at]))
    return drawn


def _changes(edits: tuple[Edit, ...]) -> Iterator[tuple[Span, Edit]]:
    """Where each edit stands in the text after all of them, and what it does."""
    moved = 0
    for edit in edits:
        start = edit.start + moved
        moved += len(edit.text) - (edit.end - edit.start)
        yield Span(start, start + len(edit.text)), edit


def _innermost(parts: list[tuple[Node, tuple[Node, ...]]], span: Span) -> int:
    """The innermost part around a stretch of the text; the root if there is none."""
    found = 0
    for at, (node, _around) in enumerate(parts):
        if node.span.start <= span.start and span.end <= node.span.end:
            found = at
    return found


def _group(node: Node, groups: dict[str, str]) -> str:
    """The concept group of all terms below a node; empty if they belong to several, or none."""
    held = {groups.get(leaf.text, "") for leaf, _around in walk(node) if hasattr(leaf, "text")}
    return held.pop() if len(held) == 1 else ""


def groups(terms: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Concept groups by terms, for each query; none for a query whose terms nobody listed.

    Parameters
    ----------
    terms : DataFrame
        `query_terms`: which term belongs to which concept group.
    """
    listed = {
        query: dict(zip(own["term"], own["concept_group"], strict=True))
        for query, own in terms.groupby("query")
    }
    return defaultdict(dict, listed)


def readings(ways: list[Reading], groups: dict[str, str], printed: dict) -> Figure:
    """Every reading of a query as a tree, two beside one another.

    Parameters
    ----------
    ways : list of Reading
    groups : dict of str to str
        Concept groups by terms.
    printed : dict
        `id` and `text` of the query that the readings mend.
    """
    if not ways:
        return Figure.nothing()
    text = printed["text"]
    panels = [rows(way, groups) for way in ways]
    return Figure.drawn(partial(_drawn, panels, text), _alt(ways, panels, printed["id"], text))


def _drawn(panels: list[list[Row]], text: str, whole: float) -> MplFigure:
    """Two panels beside one another; on a phone one below the other."""
    across = 1 if whole == PHONE else min(2, len(panels))
    down = -(-len(panels) // across)
    height = (max(map(len, panels)) + 1.6) * _ROW
    figure, axes = canvas(whole, down * height)
    axes.set(xlim=(0, whole), ylim=(down * height, 0))
    axes.axis("off")
    width = (whole - (across - 1) * 2 * _GAP) / across
    for at, panel in enumerate(panels):
        left, top = (at % across) * (width + 2 * _GAP), (at // across) * height
        name = _("Reading {number}").format(number=number(at + 1))
        axes.text(left, top + 0.5 * _ROW, name, weight="bold", va="center", size=10.5)
        _draw(axes, panel, left, top + 1.2 * _ROW, width, text)
    return figure


def _draw(
    axes: Axes, panel: list[Row], left: float, top: float, width: float, printed: str
) -> None:
    for at, row in enumerate(panel):
        if isinstance(row.node, Field) and row.node.children[0].children:
            _shade(axes, panel, at, left, top, width)
    last = {row.parent: at for at, row in enumerate(panel)}
    for at, row in enumerate(panel):
        x, y = left + 0.08 + row.depth * _STEP, top + (at + 0.5) * _ROW
        if row.parent >= 0:
            above = top + (row.parent + 0.85) * _ROW if last[row.parent] == at else y
            corner = x - 0.6 * _STEP
            axes.plot([corner, corner, x - 0.03], [above, y, y], color=palette.MUTED,
                      linewidth=0.7, solid_joinstyle="miter")  # fmt: skip
        _write(axes, row, x, y, left + width - x, printed)


def _shade(axes: Axes, panel: list[Row], at: int, left: float, top: float, width: float) -> None:
    """A ground for what a field code holds."""
    depth = panel[at].depth
    below = (n for n, row in enumerate(panel[at + 1 :], start=at + 1) if row.depth <= depth)
    count = next(below, len(panel)) - at
    x = left + depth * _STEP
    axes.add_patch(
        FancyBboxPatch(
            (x, top + at * _ROW + 0.01), left + width - x, count * _ROW - 0.02,
            boxstyle="round,pad=0,rounding_size=0.05", facecolor=palette.SOFT, alpha=0.5,
            edgecolor="none",
        )
    )  # fmt: skip


def _write(axes: Axes, row: Row, x: float, y: float, room: float, printed: str) -> None:
    """A part's own text, its concept group, and the marks after it."""
    node = row.node
    text = shorten(head(node), int(room * _LETTERS), placeholder="…")
    looks: dict[str, Any] = {"color": palette.INK, "weight": "normal"}
    if isinstance(node, Field):
        looks = {"color": palette.ACCENT, "weight": "bold"}
    elif node.children:
        looks = {"color": palette.MUTED, "weight": "bold"}
    elif is_filter(node):
        looks = {"color": palette.MUTED, "weight": "normal"}
    own = axes.text(x, y, text, va="center", size=_SIZE, **looks)
    beside: dict[str, Any] = {"va": "center", "size": _SIZE, "textcoords": "offset points"}
    if row.group:
        axes.annotate(label(row.group).lower(), (1, 0.5), (5, 0), xycoords=own, **beside)
    if row.codes:
        codes = " ".join(dict.fromkeys(row.codes))
        own = axes.text(x + room - 0.06, y, codes, va="center", ha="right", size=_SIZE,
                        color=palette.PURPLE, weight="bold")  # fmt: skip
    if row.changes:
        place: dict[str, Any] = {"xy": (0, 0.5), "xycoords": own, "xytext": (-6, 0)}
        if not row.codes:
            place = {"xy": (x + room - 0.06, y), "xytext": (0, 0)}
        changes = " · ".join(_change(edit, printed) for edit in row.changes)
        axes.annotate(changes, **place, **beside, ha="right", color=palette.RED, weight="bold")


def _change(edit: Edit, printed: str) -> str:
    """An edit in signs: what is put in, taken out, or written for something else."""
    old, new = printed[edit.start : edit.end].strip(), edit.text.strip()
    if not old:
        return f"+ {new}"
    return f"{old} → {new}" if new else f"− {old}"


def _alt(ways: list[Reading], panels: list[list[Row]], query: str, printed: str) -> str:
    count = ngettext("%d reading", "%d readings", len(ways)) % len(ways)
    sentences = [_("{query} as trees: {count}.").format(query=label(query), count=count)]
    for at, (way, panel) in enumerate(zip(ways, panels, strict=True), start=1):
        # Translators: where a query looks for a group of terms, e.g. "model … in TITLE-ABS-KEY"
        places = [_("{term} … in {field}").format(term=term, field=_field(code))
                  for term, code in scope(way)]  # fmt: skip
        told = _("Reading {number}: {places}.")
        sentences.append(told.format(number=number(at), places=join(places)))
        changes = [_change(edit, printed) for row in panel for edit in row.changes]
        if changes:
            sentences.append(_("Changes: {changes}.").format(changes=", ".join(changes)))
    return " ".join(sentences)


def _field(code: str) -> str:
    return _("all fields") if code == "ALL" else code
