"""Figures of the chapter on the screening."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from compendium.display import Figure, canvas, palette
from compendium.display.figure import style
from compendium.language import _, label, number
from compendium.screening.boxes import LINE as _LINE
from compendium.screening.boxes import PAD as _PAD
from compendium.screening.boxes import SIZE as _SIZE
from compendium.screening.boxes import arrow, wrap
from compendium.screening.flow import Branch, Flow

_WIDTH = 7.0
_COLUMN, _GAP = 1.63, 0.16  # inches: a box and the space between two
_ROW_GAP, _BAND = 0.22, 0.34  # inches: between rows; for the name of a phase
_LEFT = [at * (_COLUMN + _GAP) for at in range(4)]  # side, query 1, query 2, side


@dataclass(frozen=True)
class _Box:
    """A box of the diagram: its text, its number if any, where it lies, whether a line leads to it.

    A box at the side (`aside`) takes records out; one that is not `linked` only adds up.
    """

    text: str
    count: int | None
    column: int
    span: int = 1
    aside: bool = False
    linked: bool = True

    @property
    def known(self) -> bool:
        return self.count is not None

    @property
    def value(self) -> str:
        return number(self.count) if self.known else label("not_reported")

    @property
    def width(self) -> float:
        return self.span * _COLUMN + (self.span - 1) * _GAP

    @property
    def lines(self) -> list[str]:
        return wrap(self.text, self.width - 2 * _PAD)

    @property
    def height(self) -> float:
        values = wrap(self.value, self.width - 2 * _PAD)
        return (len(self.lines) + len(values)) * _LINE + 2 * _PAD


def prisma(flow: Flow) -> Figure:
    """The flow as PRISMA 2020 draws it, a branch for each query; a dashed box is not reported."""
    style()
    phases = _phases(flow)
    height = sum(_BAND + sum(_tall(row) + _ROW_GAP for row in rows) for _name, rows in phases)
    figure, axes = canvas(_WIDTH, height + 0.1)
    axes.set(xlim=(-0.03, _WIDTH + 0.03), ylim=(height, -0.1))
    axes.axis("off")
    top = 0.0
    placed: list[tuple[list[_Box], float, float]] = []
    for name, rows in phases:
        axes.plot([0, _WIDTH], [top, top], color=palette.FAINT, linewidth=0.8)
        axes.text(0, top + 0.17, name, weight="bold", color=palette.MUTED, va="center", size=10.5)
        top += _BAND
        for row in rows:
            placed.append((row, top, _tall(row)))
            top += _tall(row) + _ROW_GAP
    for at, (row, start, tall) in enumerate(placed):
        _arrows(axes, row, start, tall, placed[at + 1] if at + 1 < len(placed) else None)
    for row, start, tall in placed:
        for box in row:
            _draw(axes, box, start, tall)
    return Figure.of(figure, alt=_alt(flow))


def _phases(flow: Flow) -> list[tuple[str, list[list[_Box]]]]:
    """The diagram's phases and their rows, from top to bottom."""
    tables = {
        "query1": _("Rows of the article's Table 1"),
        "query2": _("Rows of the article's Table 2"),
    }

    def row(main: str, aside: str, text: str, aside_text: str) -> list[_Box]:
        return [
            box
            for at, branch in enumerate(flow.branches)
            for box in (
                _Box(text, getattr(branch, main), 1 + at),
                _Box(aside_text, getattr(branch, aside), 3 * at, aside=True),
            )
        ]

    # Translators: a box of the flow diagram, e.g. "Records found in Scopus, Query 1"
    found = _("Records found in Scopus, {query}")
    removed = _("Duplicates removed before screening")
    identification = [
        _Box(found.format(query=label(branch.query)), branch.identified, 1 + at)
        for at, branch in enumerate(flow.branches)
    ] + [
        _Box(removed, branch.removed_duplicates, 3 * at, aside=True)
        for at, branch in enumerate(flow.branches)
    ]
    selected = [
        box
        for at, branch in enumerate(flow.branches)
        for box in (
            _Box(tables[branch.query], branch.rows, 1 + at),
            _Box(
                _("Not selected, all steps together; reasons not reported"),
                branch.not_selected,
                3 * at,
                aside=True,
                linked=False,
            ),
        )
    ]
    return [
        (_("Identification"), [identification]),
        (
            _("Screening"),
            [
                row("screened", "excluded", _("Records screened"), _("Records excluded")),
                row(
                    "sought", "not_retrieved",
                    _("Full texts sought"), _("Full texts not retrieved"),
                ),
                row(
                    "assessed", "excluded_full_text",
                    _("Full texts assessed"), _("Full texts excluded"),
                ),
            ],
        ),
        (
            _("Included"),
            [
                selected,
                [_Box(_("Rows of both tables"), flow.rows, 1, span=2)],
                [
                    _Box(_("Unique works"), flow.works, 1, span=2),
                    _Box(_("Works in both tables"), flow.in_both, 3, aside=True, linked=False),
                ],
            ],
        ),
    ]  # fmt: skip


def _tall(row: list[_Box]) -> float:
    return max(box.height for box in row)


def _draw(axes: Axes, box: _Box, top: float, tall: float) -> None:
    left = _LEFT[box.column]
    axes.add_patch(
        FancyBboxPatch(
            (left, top), box.width, tall,
            boxstyle="round,pad=0,rounding_size=0.05",
            facecolor=palette.SOFT if box.known and not box.aside else palette.PAPER,
            edgecolor=palette.ACCENT if box.known else palette.MUTED,
            linestyle="-" if box.known else (0, (4, 3)), linewidth=1,
        )
    )  # fmt: skip
    values = wrap(box.value, box.width - 2 * _PAD)
    lines = [(line, False) for line in box.lines] + [(line, True) for line in values]
    first = top + tall / 2 - (len(lines) - 1) * _LINE / 2
    for at, (line, is_value) in enumerate(lines):
        axes.text(
            left + box.width / 2, first + at * _LINE, line,
            ha="center", va="center_baseline", size=_SIZE,
            weight="bold" if is_value and box.known else "normal",
            style="italic" if is_value and not box.known else "normal",
            color=palette.MUTED if is_value and not box.known else palette.INK,
        )  # fmt: skip


def _arrows(axes: Axes, row: list[_Box], top: float, tall: float, following) -> None:
    """An arrow down to each box of the next row below a box, and one to each box at the side."""
    columns = {box.column: box for box in row}
    for box in row:
        if not box.linked:
            continue
        if box.aside:
            main = columns.get(1 if box.column == 0 else 2, columns.get(1))
            right = _LEFT[main.column] + main.width
            start = _LEFT[main.column] if box.column == 0 else right
            end = _LEFT[box.column] + (_COLUMN if box.column == 0 else 0)
            arrow(axes, (start, top + tall / 2), (end, top + tall / 2))
        elif following:
            below, next_top, _next_tall = following
            targets = [b for b in below if not b.aside and _over(box, b)]
            for target in targets:
                centre = _LEFT[box.column] + box.width / 2
                if target.span == box.span:
                    centre = _LEFT[target.column] + target.width / 2
                arrow(axes, (centre, top + tall), (centre, next_top))


def _over(upper: _Box, lower: _Box) -> bool:
    return lower.column <= upper.column < lower.column + lower.span


def _alt(flow: Flow) -> str:
    whole = [_("PRISMA 2020 flow diagram.")]
    whole += [_told(branch) for branch in flow.branches]
    whole.append(
        _("Rows of both tables: {rows}. Unique works: {works}. Works in both tables: {both}.")
        .format(rows=number(flow.rows), works=number(flow.works), both=number(flow.in_both))
    )  # fmt: skip
    return " ".join(whole)


def _told(branch: Branch) -> str:
    return _(
        "{query}: found {found}, selected {selected}, not selected {rest}; "
        "numbers of the steps between not reported."
    ).format(
        query=label(branch.query),
        found=number(branch.identified),
        selected=number(branch.rows),
        rest=number(branch.not_selected),
    )
