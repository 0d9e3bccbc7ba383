"""The whole PRISMA 2020 flow diagram; a dashed box holds no number, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes

from compendium.display import Figure, palette
from compendium.language import _, label, ngettext, number
from compendium.screening import boxes, decisions
from compendium.screening.boxes import LINE, PAD, arrow, tall, wrap
from compendium.screening.prisma import Prisma
from compendium.screening.prisma_csv import HEADS, TEXTS

_WIDTH, _GUTTER = 7.0, 0.3  # inches; at the left runs the line from the previous studies
_GAP = 0.16
_COLUMN = (_WIDTH - _GUTTER - 3 * _GAP) / 4
_LEFT = [_GUTTER + at * (_COLUMN + _GAP) for at in range(4)]
_ROW_GAP = 0.2


@dataclass(frozen=True)
class _Line:
    """A line of a box: what is counted and how many; only a text where `known` is None."""

    text: str
    known: bool | None = None


@dataclass(frozen=True)
class _Box:
    """A box: its lines, its first column, how many it spans, and where arrows lead to."""

    lines: tuple[_Line, ...]
    column: int
    span: int = 1
    head: bool = False
    aside: bool = False

    @property
    def known(self) -> bool:
        """Whether a number stands in it."""
        return any(line.known for line in self.lines)

    @property
    def left(self) -> float:
        return _LEFT[self.column]

    @property
    def width(self) -> float:
        return self.span * _COLUMN + (self.span - 1) * _GAP

    @property
    def wrapped(self) -> list[tuple[str, _Line]]:
        room = self.width - 2 * PAD
        return [(part, line) for line in self.lines for part in wrap(line.text, room)]

    @property
    def height(self) -> float:
        return len(self.wrapped) * LINE + 2 * PAD


def draw(prisma: Prisma) -> Figure:
    """The diagram, with all boxes of the template for updated reviews."""
    figure, axes, placed = boxes.frame(phases_of(prisma), _WIDTH, _GUTTER, _ROW_GAP)
    _arrows(axes, placed)
    for row, top in placed:
        for box in row:
            _draw(axes, box, top, tall(row))
    return Figure.of(figure, alt=alt(prisma))


def phases_of(prisma: Prisma) -> list[tuple[str, list[list[_Box]]]]:
    """The diagram's phases and their rows, from top to bottom."""

    def lines(*boxes: str, head: str = "") -> tuple[_Line, ...]:
        told = [_Line(head)] if head else []
        return (*told, *(_counted(box, prisma) for box in boxes))

    def row(*cells: tuple[str, int]) -> list[_Box]:
        return [_Box(_with_reasons(box, prisma), column, aside=column % 2 == 1)
                for box, column in cells]  # fmt: skip

    heads = [HEADS[box] for box in ("prevstud", "newstud", "othstud")]
    found = _("Records identified from:")
    identification = [
        [_Box(lines("previous_studies", "previous_reports", head=_(heads[0])), 0, 4)],
        [
            _Box((_Line(_(heads[1])),), 0, 2, head=True),
            _Box((_Line(_(heads[2])),), 2, 2, head=True),
        ],
        [
            _Box(lines("database_results", "register_results", head=found), 0),
            _Box(
                lines("duplicates", "excluded_automatic", "excluded_other",
                      head=_("Records removed before screening:")),
                1, aside=True,
            ),
            _Box(
                lines("website_results", "organisation_results", "citations_results", head=found),
                2,
            ),
        ],
    ]  # fmt: skip
    screening = [
        row(("records_screened", 0), ("records_excluded", 1)),
        row(("dbr_sought_reports", 0), ("dbr_notretrieved_reports", 1),
            ("other_sought_reports", 2), ("other_notretrieved_reports", 3)),
        row(("dbr_assessed", 0), ("dbr_excluded", 1), ("other_assessed", 2),
            ("other_excluded", 3)),
    ]  # fmt: skip
    included = [
        [_Box(lines("new_studies", "new_reports"), 0, 4)],
        [_Box(lines("total_studies", "total_reports"), 0, 4)],
    ]
    return [
        (_("Identification"), identification),
        (_("Screening"), screening),
        (_("Included"), included),
    ]


def alt(prisma: Prisma) -> str:
    """The diagram in words: first what is known, then what nobody reports."""
    known = [_counted(box, prisma).text for box, n in prisma.counts.items() if n is not None]
    silent = list(dict.fromkeys(
        _(TEXTS[box]) for box, n in prisma.counts.items() if n is None
    ))  # fmt: skip
    told = [_("PRISMA 2020 flow diagram.")]
    if known:
        told.append("; ".join(known) + ".")
    if silent:
        told.append(_("{not_reported}: {boxes}.").format(
            not_reported=label("not_reported"), boxes="; ".join(silent)))  # fmt: skip
    told += [_open(stage, n) for stage, n in prisma.undecided.items() if n]
    return " ".join(told)


def _open(stage: str, n: int) -> str:
    told = ngettext("{stage}: {n} record undecided.", "{stage}: {n} records undecided.", n)
    return told.format(stage=label(stage), n=number(n))


def _counted(box: str, prisma: Prisma) -> _Line:
    count = prisma.counts[box]
    value = label("not_reported").lower() if count is None else number(count)
    # Translators: a line of the flow diagram, e.g. "Records screened: 45"
    told = _("{what}: {count}").format(what=_(TEXTS[box]), count=value)
    return _Line(told, count is not None)


def _with_reasons(box: str, prisma: Prisma) -> tuple[_Line, ...]:
    """A box's count; for reports excluded also the reasons; for what is open, how many."""
    told = [_counted(box, prisma)]
    told += [_Line(_("{what}: {count}").format(what=label(criterion), count=number(n)), True)
             for criterion, n in prisma.reasons.get(box, {}).items()]  # fmt: skip
    stage = {"records_screened": decisions.TITLE_ABSTRACT, "dbr_assessed": decisions.FULL_TEXT}
    if left := prisma.undecided.get(stage.get(box, ""), 0):
        told.append(_Line(_("Undecided: {n}").format(n=number(left)), True))
    return tuple(told)


def _draw(axes: Axes, box: _Box, top: float, height: float) -> None:
    filled = box.head or (box.known and not box.aside)
    boxes.outline(axes, (box.left, top), (box.width, height), box.known or box.head, filled)
    lines = [
        (text, {
            "weight": "bold" if box.head or line.known is None else "normal",
            "style": "italic" if line.known is False else "normal",
            "color": palette.MUTED if line.known is False and not filled else palette.INK,
        })
        for text, line in box.wrapped
    ]  # fmt: skip
    boxes.write(axes, (box.left + box.width / 2, top + height / 2), lines)


def _arrows(axes: Axes, placed: list[tuple[list[_Box], float]]) -> None:
    """Down each of the two ways, out to the sides, and from the previous studies to the total."""
    for row, top in placed:
        middle = top + tall(row) / 2
        for box in row:
            if box.aside:
                before = _LEFT[box.column - 1] + _COLUMN
                arrow(axes, (before, middle), (box.left, middle))
    for column in (0, 2):
        way = [(box, top, tall(row)) for row, top in placed for box in row
               if box.column <= column < box.column + box.span and not box.head
               and not box.aside]  # fmt: skip
        way = way[1:]  # the previous studies go another way
        for (_upper, top, height), (_lower, below, _h) in pairwise(way):
            centre = _LEFT[column] + _COLUMN / 2
            arrow(axes, (centre, top + height), (centre, below))
    (first, top), (last, bottom) = placed[0], placed[-1]
    start, end = top + tall(first) / 2, bottom + tall(last) / 2
    side = _GUTTER / 2
    line = {"color": palette.MUTED, "linewidth": 1}
    axes.plot([_GUTTER, side, side], [start, start, end], solid_capstyle="butt", **line)
    arrow(axes, (side, end), (_GUTTER, end))
