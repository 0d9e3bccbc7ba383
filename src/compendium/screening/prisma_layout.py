"""The PRISMA 2020 flow laid out as the template has it; a dashed box holds no number, and says so.

What no record and no decision needs is left out: previous studies, other methods, registers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compendium.language import _, label, ngettext, number
from compendium.screening import decisions
from compendium.screening.diagram import PLAIN, SILENT, STRONG, Box, Diagram, Line, draw
from compendium.screening.prisma import OTHERS, PREVIOUS_BOXES, Flow
from compendium.screening.prisma_csv import HEADS, TEXTS

if TYPE_CHECKING:
    from compendium.display import Figure


def figure(flow: Flow, *, whole: bool = False) -> Figure:
    """The diagram.

    Parameters
    ----------
    flow : Flow
    whole : bool
        Whether every box of the template for updated reviews is drawn, also those that nothing
        fills.
    """
    needed = diagram(flow)
    narrow = needed if needed.columns == 2 else None
    return draw(diagram(flow, whole=whole), alt(flow, whole=whole), narrow)


def diagram(flow: Flow, *, whole: bool = False) -> Diagram:
    """The boxes of the template in their places."""
    previous = whole or any(flow.counts[box] is not None for box in PREVIOUS_BOXES)
    others = whole or any(flow.counts[box] is not None for box in OTHERS)
    columns = 4 if others else 2

    def box(*names: str, column: int, head: str = "", **more) -> Box:
        shown = [name for name in names if whole or _needed(name, names, flow)]
        lines = [Line(head, STRONG)] if head else []
        lines += [line for name in shown for line in _lines(name, flow)]
        known = any(flow.counts[name] is not None for name in shown)
        return Box(tuple(lines), column, known=known, **more)

    def row(*names: str) -> tuple[Box, ...]:
        held = [None if name is None else box(name, column=at, aside=at % 2 == 1)
                for at, name in enumerate(names)]  # fmt: skip
        return tuple(each for each in held if each and each.column < columns)

    found = _("Records identified from:")
    heads = {name: _(HEADS[name]) for name in ("prevstud", "newstud", "othstud")}
    identification: list[tuple[Box, ...]] = [
        (
            box("database_results", "register_results", column=0, head=found),
            box("duplicates", "excluded_automatic", "excluded_other", column=1, aside=True,
                head=_("Records removed before screening:")),
        ),
    ]  # fmt: skip
    if others:
        other = ("website_results", "organisation_results", "citations_results")
        identification[0] += (box(*other, column=2, head=found),)
        identification.insert(0, tuple(
            Box((Line(heads[name], STRONG),), at, 2, head=True)
            for at, name in ((0, "newstud"), (2, "othstud"))
        ))  # fmt: skip
    if previous:
        identification.insert(0, (
            box(*PREVIOUS_BOXES, column=0, head=heads["prevstud"], span=columns, apart=True),
        ))  # fmt: skip
    screening = (
        row("records_screened", "records_excluded"),
        row("dbr_sought_reports", "dbr_notretrieved_reports",
            "other_sought_reports", "other_notretrieved_reports"),
        row("dbr_assessed", "dbr_excluded", "other_assessed", "other_excluded"),
    )  # fmt: skip
    included = [(box("new_studies", "new_reports", column=0, span=columns),)]
    if previous:
        included.append((box("total_studies", "total_reports", column=0, span=columns),))
    return Diagram(
        (
            (_("Identification"), tuple(identification)),
            (_("Screening"), screening),
            (_("Included"), tuple(included)),
        ),
        columns,
    )


def alt(flow: Flow, *, whole: bool = False) -> str:
    """The diagram in words: first what is known, then what nobody reports."""
    known = [line.text for box, n in flow.counts.items() if n is not None
             for line in _lines(box, flow)]  # fmt: skip
    shown = {line.text for box in diagram(flow, whole=whole).boxes for line in box.lines}
    silent = list(dict.fromkeys(
        _(TEXTS[box]) for box, n in flow.counts.items()
        if n is None and counted(box, flow).text in shown
    ))  # fmt: skip
    told = [_("PRISMA 2020 flow diagram.")]
    if known:
        told.append("; ".join(known) + ".")
    if silent:
        told.append(_("{not_reported}: {boxes}.").format(
            not_reported=label("not_reported"), boxes="; ".join(silent)))  # fmt: skip
    told += [
        ngettext("{stage}: {n} record undecided.", "{stage}: {n} records undecided.", n)
        .format(stage=label(stage), n=number(n)) for stage, n in flow.undecided.items() if n
    ]  # fmt: skip
    return " ".join(told)


def counted(box: str, flow: Flow) -> Line:
    """A box's text and its number on one line."""
    count = flow.counts[box]
    value = label("not_reported").lower() if count is None else number(count)
    return Line(_told(_(TEXTS[box]), value), SILENT if count is None else PLAIN)


def _needed(box: str, others: tuple[str, ...], flow: Flow) -> bool:
    """Whether a line of a box is shown: it has a number, or no line of the box has."""
    filled = [name for name in others if flow.counts[name] is not None]
    if not filled:
        return box == others[0]
    return box in filled and (flow.counts[box] != 0 or len(filled) == 1 or box == others[0])


def _lines(box: str, flow: Flow) -> list[Line]:
    """A count; of a source's records by name; of reports excluded by reason; what is open."""
    told = [counted(box, flow)]
    sources = flow.sources.get(box, {})
    if len(sources) > 1 or any(sources):
        told += [Line(_told(source or label("unknown"), number(n)))
                 for source, n in sources.items()]  # fmt: skip
    told += [Line(_told(decisions.why(criterion), number(n)))
             for criterion, n in flow.reasons.get(box, {}).items()]  # fmt: skip
    stage = {"records_screened": decisions.TITLE_ABSTRACT, "dbr_assessed": decisions.FULL_TEXT}
    if left := flow.undecided.get(stage.get(box, ""), 0):
        told.append(Line(_("Undecided: {n}").format(n=number(left))))
    return told


def _told(what: str, count: str) -> str:
    # Translators: a line of the flow diagram, e.g. "Records screened: 45"
    return _("{what}: {count}").format(what=what, count=count)


