"""The chapter on the synthesis: what is reported of each work, and when the works appeared."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.figure import Figure as MplFigure

from compendium.addresses import source_cell
from compendium.display import PHONE, Column, Figure, Table, canvas, needs_rows, palette
from compendium.language import _, join, label, number
from compendium.synthesis.extraction import status_matrix
from compendium.synthesis.form import shown
from compendium.synthesis.status_figure import draw
from compendium.works import work_cell


def status(extraction: pd.DataFrame) -> Figure:
    """Works by categories: a mark where something is reported, its shape telling where.

    Parameters
    ----------
    extraction : DataFrame
        The resource of this name.
    """
    return draw(status_matrix(extraction))


def extraction_table(extraction: pd.DataFrame) -> Table:
    """What is reported, by category and work, with the page where it was read."""
    reported = extraction[extraction["status"] == "reported"]
    order = {code: at for at, code in enumerate(extraction["category"].unique())}
    by_category = reported.sort_values("category", key=lambda c: c.map(order), kind="stable")
    return Table(
        by_category.assign(
            said=list(zip(by_category["category"], by_category["value"], strict=True)),
            read=list(zip(by_category["provenance"], by_category["seen_at"], strict=True)),
        ),
        {
            "category": Column(_("Category"), label),
            "work": Column(_("Work"), work_cell),
            "said": Column(_("What is reported"), lambda said: shown(*said)),
            "read": Column(
                _("Where it was read"),
                lambda read: [label(read[0]), *([source_cell("", read[1])] if read[1] else [])],
            ),
        },
        label=_("What is reported"),
    )


def years(sources: pd.DataFrame) -> Figure:
    """Bars of works by the year of their issue.

    Parameters
    ----------
    sources : DataFrame
        The resource of this name.
    """
    known = sources["year_issue"].dropna().astype(int)
    return _bars(known.value_counts().sort_index().rename_axis("year").reset_index(name="works"))


@needs_rows
def _bars(counts: pd.DataFrame) -> Figure:
    told = join([
        _("{name}: {count}").format(name=row.year, count=number(row.works))
        for row in counts.itertuples()
    ])  # fmt: skip
    alt = _("Bars of works by year. {counts}.").format(counts=told)
    return Figure.drawn(partial(_by_year, counts), alt)


def _by_year(counts: pd.DataFrame, width: float) -> MplFigure:
    figure, axes = canvas(width, 2.6)
    axes.bar(counts["year"], counts["works"], 0.72, color=palette.ACCENT)
    for year, works in zip(counts["year"], counts["works"], strict=True):
        axes.text(year, works + 0.08, number(works), ha="center", va="bottom")
    axes.set_xticks(counts["year"], counts["year"].astype(str),
                    rotation=90 if width == PHONE else 0)  # fmt: skip
    axes.set_ylim(0, counts["works"].max() + 0.7)
    axes.set_yticks([])
    axes.tick_params(axis="x", length=0)
    return figure
