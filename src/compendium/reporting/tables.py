"""Tables of a review's methods: its rules, where it deviates, its limitations, its checklists."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from compendium.addresses import place
from compendium.display import Cell, Column, Table, mark
from compendium.language import _, label, number, text
from compendium.reporting.declarations import FIELDS


def section_cell(code: str) -> Cell:
    """A section of the book as a link, named by its chapter.

    Parameters
    ----------
    code : str
        Page and label, e.g. ``"1-search#search-queries"``; empty stays empty.
    """
    if not code:
        return Cell("")
    page, _hash, anchor = code.partition("#")
    return Cell(label(f"chapter_{page.split('-', 1)[-1]}"), href=f"{page}.html#{anchor}")


def protocol(rows: pd.DataFrame) -> Table:
    """The rules by which the review was made, and when each was set."""
    return Table(
        rows,
        {
            "step": Column(_("Step"), label),
            "rule": Column(_("Rule"), text),
            "decided": Column(_("When set"), label),
            "place": Column(_("Where it is used"), section_cell),
        },
        label=_("Protocol"),
    )


def deviations(rows: pd.DataFrame) -> Table:
    """Where the book proceeds otherwise than the publication, and why."""
    return Table(
        rows,
        {
            "step": Column(_("Step"), label),
            "article_does": Column(_("The article"), text),
            "book_does": Column(_("This book"), text),
            "reason": Column(_("Why"), text),
            "place": Column(_("Where it is used"), section_cell),
        },
        label=_("Deviations from the article's method"),
    )


def limitations(rows: pd.DataFrame) -> Table:
    """What could not be done, and what that means for the conclusions."""
    return Table(
        rows,
        {
            "step": Column(_("Step"), label),
            "limitation": Column(_("Limitation"), text),
            "consequence": Column(_("What it means"), text),
        },
        label=_("Limitations"),
    )


def declarations(said: dict[str, str]) -> Table:
    """Authors, contact, funding and competing interests."""
    return Table(
        pd.DataFrame({"field": list(said), "said": list(said.values())}),
        {
            "field": Column(_("Subject"), lambda field: _(FIELDS[field])),
            "said": Column(_("Stated")),
        },
        label=_("Declarations"),
    )


def checklist(rows: pd.DataFrame, where: Callable[[str], str | Cell] = place) -> Table:
    """The items of a reporting checklist, whether each is reported, and where.

    Parameters
    ----------
    rows : DataFrame
        As `checklists.report` gives it.
    where : callable
        Shows a place: one of the publication, or `section_cell` for one of the book.
    """
    return Table(
        rows.assign(at=[[mark(r.status), where(r.place)] for r in rows.itertuples()]),
        {
            "item": Column(_("Item")),
            "topic": Column(_("What it asks for"), text),
            "at": Column(_("Reported, and where"), list),
            "note": Column(_("Note"), text),
        },
        label=label(rows["checklist"].iloc[0]) if len(rows) else _("Reporting checklist"),
    )


def checklist_counts(counts: pd.DataFrame) -> Table:
    """How many items of each checklist are reported."""
    return Table(
        counts.rename_axis("checklist").reset_index(),
        {
            "checklist": Column(_("Checklist"), label),
            **{
                status: Column(label(status), number, kind="number") for status in counts.columns
            },
        },
        label=_("Items of the checklists by status"),
    )
