"""Figures of the chapter on the screening."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from matplotlib.axes import Axes

from compendium.display import Figure, palette
from compendium.language import _, label, number
from compendium.screening import boxes
from compendium.screening.boxes import LINE, PAD, arrow, tall, wrap
from review.screening.flow import Branch, Flow

_WIDTH = 7.0
_COLUMN, _GAP = 1.63, 0.16  # inches: a box and the space between two
_ROW_GAP = 0.22  # inches: between rows
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
        return wrap(self.text, self.width - 2 * PAD)

    @property
    def height(self) -> float:
        values = wrap(self.value, self.width - 2 * PAD)
        return (len(self.lines) + len(values)) * LINE + 2 * PAD


def prisma(flow: Flow) -> Figure:
    """The flow as PRISMA 2020 draws it, a branch for each query; a dashed box is not reported."""
    figure, axes, placed = boxes.frame(_phases(flow), _WIDTH, 0, _ROW_GAP)
    for (row, top), following in zip_longest(placed, placed[1:]):
        _arrows(axes, row, top, following)
    for row, top in placed:
        for box in row:
            _draw(axes, box, top, tall(row))
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


def _draw(axes: Axes, box: _Box, top: float, height: float) -> None:
    left = _LEFT[box.column]
    filled = box.known and not box.aside
    boxes.outline(axes, (left, top), (box.width, height), box.known, filled)
    values = wrap(box.value, box.width - 2 * PAD)
    plain = {"weight": "normal", "style": "normal", "color": palette.INK}
    told = {"weight": "bold"} if box.known else {"style": "italic", "color": palette.MUTED}
    lines = [(line, plain) for line in box.lines] + [(line, plain | told) for line in values]
    boxes.write(axes, (left + box.width / 2, top + height / 2), lines)


def _arrows(axes: Axes, row: list[_Box], top: float, following) -> None:
    """An arrow down to each box of the next row below a box, and one to each box at the side."""
    height = tall(row)
    columns = {box.column: box for box in row}
    for box in row:
        if not box.linked:
            continue
        if box.aside:
            main = columns.get(1 if box.column == 0 else 2, columns.get(1))
            right = _LEFT[main.column] + main.width
            start = _LEFT[main.column] if box.column == 0 else right
            end = _LEFT[box.column] + (_COLUMN if box.column == 0 else 0)
            arrow(axes, (start, top + height / 2), (end, top + height / 2))
        elif following:
            below, next_top = following
            targets = [b for b in below if not b.aside and _over(box, b)]
            for target in targets:
                centre = _LEFT[box.column] + box.width / 2
                if target.span == box.span:
                    centre = _LEFT[target.column] + target.width / 2
                arrow(axes, (centre, top + height), (centre, next_top))


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
