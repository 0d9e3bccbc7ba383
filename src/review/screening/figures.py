"""Figures of the chapter on the screening."""

from __future__ import annotations

from compendium.display import PHONE, Figure
from compendium.language import _, label, number
from compendium.screening.diagram import PLAIN, SILENT, STRONG, Box, Diagram, Line, svg
from review.screening.flow import ASIDE, ArticleFlow


def prisma(flow: ArticleFlow) -> Figure:
    """The flow as PRISMA 2020 draws it, a way for each query; a dashed box is not reported.

    On a phone the ways stand one below the other.
    """
    told = _alt(flow)
    return Figure(svg(diagram(flow), told), told, "".join(svg(part, told) for part in parts(flow)))


def diagram(flow: ArticleFlow) -> Diagram:
    """The ways side by side, what leaves them at the edges, and the works below."""
    ways = [_way(flow, query, 1 + at, 3 * at) for at, query in enumerate(flow.ways)]
    rows = [sum(pairs, ()) for pairs in zip(*ways, strict=True)]
    return Diagram((
        (_("Identification"), (rows[0],)),
        (_("Screening"), tuple(rows[1:-1])),
        (_("Included"), (rows[-1], *_works(flow, 1, 3))),
    ))  # fmt: skip


def parts(flow: ArticleFlow) -> list[Diagram]:
    """The same for a phone: a diagram of two columns for each way, and one of the works."""
    ways = [Diagram(((label(query), tuple(_way(flow, query, 0, 1))),), 2, PHONE)
            for query in flow.ways]  # fmt: skip
    return [*ways, Diagram(((_("Included"), tuple(_works(flow, 0, 1, span=1))),), 2, PHONE)]


def _way(flow: ArticleFlow, query: str, column: int, aside: int) -> list[tuple[Box, Box]]:
    """A query's boxes in one column, and beside each what leaves the way there."""
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
    way = flow.ways[query]
    steps = [
        (_box(texts.get(main) or found.format(query=label(query)), way.counts[main], column),
         _box(texts[leaving], way.counts[leaving], aside, aside=True))
        for main, leaving in ASIDE.items()
    ]  # fmt: skip
    return [*steps, (
        _box(tables[query], flow.selected(query), column),
        _box(rest, flow.not_selected(query), aside, aside=True, linked=False),
    )]  # fmt: skip


def _works(flow: ArticleFlow, column: int, aside: int, span: int = 2) -> list[tuple[Box, ...]]:
    return [
        (_box(_("Rows of both tables"), flow.rows, column, span=span),),
        (_box(_("Unique works"), flow.works, column, span=span),
         _box(_("Works in both tables"), flow.in_both, aside, aside=True, linked=False)),
    ]  # fmt: skip


def _box(text: str, count: int | None, column: int, **more) -> Box:
    """A text, and below it its number or that nobody reports one."""
    value = Line(label("not_reported"), SILENT) if count is None else Line(number(count), STRONG)
    return Box((Line(text, PLAIN), value), column, known=count is not None, **more)


def _said(count: int | None) -> str:
    return label("not_reported") if count is None else number(count)


def _alt(flow: ArticleFlow) -> str:
    told = _(
        "{query}: found {found}, selected {selected}, not selected {rest}; the numbers of the "
        "steps between are not reported."
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
