"""Figures of the synthesis: they draw what they are given."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.figure import Figure as MplFigure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from compendium.display import PHONE, Figure, canvas, fill, legend, needs_rows, palette
from compendium.language import _, country, join, label, number, pair
from compendium.synthesis.status_figure import grid
from review.synthesis.counts import Counted


@needs_rows
def works_by_year(years: pd.DataFrame) -> Figure:
    """Bars of works by printed year, stacked by the table that they stand in."""
    totals = years.drop(columns="year").sum(axis=1)
    counts = join(
        [
            _("{name}: {count}").format(name=year, count=number(int(total)))
            for year, total in zip(years["year"], totals, strict=True)
        ]
    )
    alt = _("Bars of works by printed year. {counts}.").format(counts=counts)
    return Figure.drawn(partial(_by_year, years), alt)


def _by_year(years: pd.DataFrame, width: float) -> MplFigure:
    figure, axes = canvas(width, 3.0)
    parts = {
        "table1": (label("table1"), palette.ACCENT),
        "table2": (label("table2"), palette.ORANGE),
        "both": (_("Both tables"), palette.GREEN),
    }
    bottom = pd.Series(0, index=years.index)
    for column, (name, colour) in parts.items():
        axes.bar(years["year"], years[column], 0.72, bottom=bottom, label=name, color=colour)
        bottom += years[column]
    for year, total in zip(years["year"], bottom, strict=True):
        axes.text(year, total + 0.08, number(int(total)), ha="center", va="bottom")
    axes.set_xticks(years["year"], years["year"].astype(str),
                    rotation=90 if width == PHONE else 0)  # fmt: skip
    axes.set_ylim(0, bottom.max() + 0.7)
    axes.set_ylabel(_("Works"))
    axes.set_yticks(range(int(bottom.max()) + 1))
    axes.tick_params(axis="x", length=0)
    legend(figure, axes.get_legend_handles_labels()[0], columns=3)
    return figure


def kinds(study_types: Counted, methods: Counted) -> Figure:
    """Two panels of bars: kinds of study, and methods."""
    if not (_bars_in(study_types) and _bars_in(methods)):
        return Figure.nothing()
    alt = _("Bars of works. Types of study: {types}. Methods: {methods}.").format(
        types=_counts_in_words(study_types, label), methods=_counts_in_words(methods)
    )
    return Figure.drawn(partial(_kinds, study_types, methods), alt)


def _kinds(study_types: Counted, methods: Counted, width: float) -> MplFigure:
    sizes = [_bars_in(study_types), _bars_in(methods)]
    figure, panels = canvas(
        width, 1.5 + 0.27 * sum(sizes), nrows=2, sharex=True, height_ratios=sizes
    )
    for axes, counts, name in zip(
        panels, (study_types, methods), (_("Types of study"), _("Methods")), strict=True
    ):
        _count_bars(axes, counts, label)
        axes.set_title(name)
    panels[1].set_xlabel(_("Works"))
    legend(figure, _bar_handles([study_types, methods]))
    return figure


def countries(counts: Counted) -> Figure:
    """Bars of works by the country or region that they study."""
    if not _bars_in(counts):
        return Figure.nothing()
    alt = _("Bars of works by country or region. {counts}.")
    return Figure.drawn(
        partial(_countries, counts), alt.format(counts=_counts_in_words(counts, country))
    )


def _countries(counts: Counted, width: float) -> MplFigure:
    figure, axes = canvas(width, 1.1 + 0.29 * _bars_in(counts))
    _count_bars(axes, counts, country)
    axes.set_xlabel(_("Works"))
    legend(figure, _bar_handles([counts]))
    return figure


@needs_rows
def evidence_map(cells: pd.DataFrame) -> Figure:
    """Models × countries: what Table 3 names, and what the works tied to the model study."""
    models, places = list(cells["model"].unique()), _country_order(cells)
    named = cells[cells["named"]]
    with_work = named[named["works"] > 0]
    alt = _(
        "Map of {models} models and {countries} countries or regions. The article's Table 3 names "
        "{named} pairs; works tied to the model study {backed} of them: {pairs}."
    ).format(
        models=number(len(models)),
        countries=number(len(places)),
        named=number(len(named)),
        backed=number(len(with_work)),
        pairs=join([pair(label(c.model), country(c.country)) for c in with_work.itertuples()]),
    )
    return Figure.drawn(partial(_mapped, cells, models, places), alt)


def _mapped(
    cells: pd.DataFrame, models: list[str], places: list[str], width: float
) -> MplFigure:
    tight = width == PHONE
    figure, axes = canvas(width, 0.48 * len(models) + (3.3 if tight else 2.2))
    for cell in cells.itertuples():
        column, row = places.index(cell.country), models.index(cell.model)
        axes.scatter(column, row, s=110 if tight else 230, linewidths=1.4,
                     **_evidence_style(cell.named, cell.works))  # fmt: skip
        if cell.works:
            colour = palette.PAPER if cell.named else palette.INK
            axes.text(column, row, number(cell.works), color=colour, ha="center",
                      va="center")  # fmt: skip
    grid(axes, [fill(label(model), 14 if tight else 24) for model in models],
         list(map(country, places)), steep=tight)  # fmt: skip
    handles = [
        _evidence_handle(named, works, name)
        for named, works, name in (
            (True, 1, _("named in the article's Table 3; works tied to the model study it")),
            (True, 0, _("named in the article's Table 3; no work tied to the model studies it")),
            (False, 1, _("not named in the article's Table 3; works tied to the model study it")),
        )
    ]
    legend(figure, handles, columns=1)
    return figure


def _country_order(cells: pd.DataFrame) -> list[str]:
    return list(cells.sort_values("named", ascending=False, kind="stable")["country"].unique())


def _evidence_style(named: bool, works: int) -> dict:
    if named and works:
        return {"marker": "o", "color": palette.ACCENT, "edgecolors": palette.ACCENT}
    if named:
        return {"marker": "o", "color": "none", "edgecolors": palette.ACCENT}
    return {"marker": "s", "color": palette.SOFT, "edgecolors": palette.MUTED}


def _evidence_handle(named: bool, works: int, name: str) -> Line2D:
    style = _evidence_style(named, works)
    return Line2D(
        [], [], ls="", ms=9, marker=style["marker"], mfc=style["color"], mec=style["edgecolors"],
        label=name,
    )  # fmt: skip


def _bars_in(counts: Counted) -> int:
    return len(counts.works) + (counts.not_reported > 0)


def _count_bars(axes, counts: Counted, name) -> None:
    frame = counts.works
    tight = axes.get_figure().get_figwidth() == PHONE
    names = [fill(name(value), 22 if tight else 34) for value in frame["value"]]
    positions = list(range(len(frame)))
    axes.barh(positions, frame["article"], 0.7, color=palette.ACCENT)
    axes.barh(
        positions, frame["source_only"], 0.7, left=frame["article"], color=palette.SOFT,
        edgecolor=palette.MUTED,
    )  # fmt: skip
    totals = list(frame["article"] + frame["source_only"])
    if counts.not_reported:
        names.append(fill(label("not_reported"), 22))
        positions.append(len(frame))
        totals.append(counts.not_reported)
        axes.barh(
            positions[-1], counts.not_reported, 0.7, color="none", edgecolor=palette.MUTED, ls="--"
        )
    for position, total in zip(positions, totals, strict=True):
        axes.text(total + 0.1, position, number(total), va="center")
    axes.set_yticks(positions, names, size=9 if tight else 10, linespacing=0.9)
    axes.set_ylim(len(positions) - 0.4, -0.6)
    axes.set_xlim(0, max(*axes.get_xlim(), max(totals) + 0.8))
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.tick_params(axis="y", length=0)


def _bar_handles(all_counts: list[Counted]) -> list[Patch]:
    handles = [Patch(color=palette.ACCENT, label=_("in the article"))]
    if any(counts.works["source_only"].any() for counts in all_counts):
        handles.append(
            Patch(fc=palette.SOFT, ec=palette.MUTED, label=_("on a source's page only"))
        )
    return handles


def _counts_in_words(counts: Counted, name=label) -> str:
    said = [
        _("{name}: {count}").format(
            name=name(row.value), count=number(int(row.article + row.source_only))
        )
        for row in counts.works.itertuples()
    ]
    if counts.not_reported:
        said.append(
            _("{name}: {count}").format(
                name=label("not_reported"), count=number(counts.not_reported)
            )
        )
    return join(said)
