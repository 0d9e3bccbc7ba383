"""Figures of the chapter on the screening."""

from __future__ import annotations

from compendium.display import Figure
from compendium.language import _, label, number
from compendium.screening.diagram import PLAIN, SILENT, STRONG, Box, Diagram, Line, draw
from review.screening.flow import ASIDE, ArticleFlow


def prisma(flow: ArticleFlow) -> Figure:
    """The flow as PRISMA 2020 draws it, a way for each query; a dashed box is not reported."""
    return draw(diagram(flow), _alt(flow))


def diagram(flow: ArticleFlow) -> Diagram:
    """The ways side by side, what leaves them at the edges, and the works below."""
    # Translators: a box of the flow diagram, e.g. "Records found in Scopus, Query 1"
    found = _("Records found in Scopus, {query}")
    texts = {
        "duplicates": _("Duplicates removed before screening"),
        "records_screened": _("Records screened"), "records_excluded": _("Records excluded"),
        "dbr_sought_reports": _("Full texts sought"),
        "dbr_notretrieved_reports": _("Full texts not retrieved"),
        "dbr_assessed": _("Full texts assessed"), "dbr_excluded": _("Full texts excluded"),
    }  # fmt: skip
    tables = {
        "query1": _("Rows of the article's Table 1"),
        "query2": _("Rows of the article's Table 2"),
    }
    rest = _("Not selected, all steps together; reasons not reported")
    steps, selected = [], []
    for main, aside in ASIDE.items():
        row = []
        for at, (query, way) in enumerate(flow.ways.items()):
            text = texts.get(main) or found.format(query=label(query))
            row += [_box(text, way.counts[main], 1 + at),
                    _box(texts[aside], way.counts[aside], 3 * at, aside=True)]  # fmt: skip
        steps.append(tuple(row))
    for at, query in enumerate(flow.ways):
        selected += [
            _box(tables[query], flow.selected(query), 1 + at),
            _box(rest, flow.not_selected(query), 3 * at, aside=True, linked=False),
        ]
    works = (
        _box(_("Unique works"), flow.works, 1, span=2),
        _box(_("Works in both tables"), flow.in_both, 3, aside=True, linked=False),
    )
    return Diagram((
        (_("Identification"), (steps[0],)),
        (_("Screening"), tuple(steps[1:])),
        (_("Included"), (tuple(selected), (_box(_("Rows of both tables"), flow.rows, 1, span=2),),
                         works)),
    ))  # fmt: skip


def _box(text: str, count: int | None, column: int, **more) -> Box:
    """A text, and below it its number or that nobody reports one."""
    value = Line(label("not_reported"), SILENT) if count is None else Line(number(count), STRONG)
    return Box((Line(text, PLAIN), value), column, known=count is not None, **more)


def _said(count: int | None) -> str:
    return label("not_reported") if count is None else number(count)


def _alt(flow: ArticleFlow) -> str:
    told = _(
        "{query}: found {found}, selected {selected}, not selected {rest}; "
        "numbers of the steps between not reported."
    )
    whole = [_("PRISMA 2020 flow diagram.")]
    whole += [
        told.format(
            query=label(query), found=_said(way.counts["database_results"]),
            selected=number(flow.selected(query)), rest=number(flow.not_selected(query)),
        )
        for query, way in flow.ways.items()
    ]  # fmt: skip
    whole.append(
        _("Rows of both tables: {rows}. Unique works: {works}. Works in both tables: {both}.")
        .format(rows=number(flow.rows), works=number(flow.works), both=number(flow.in_both))
    )  # fmt: skip
    return " ".join(whole)
