"""Tables of the chapter on the screening, laid out in the reader's language."""

from __future__ import annotations

import pandas as pd

from compendium import addresses, works
from compendium.display import Cell, Column, Table, mark
from compendium.language import _, label, text

_TABLES = ("table1", "table2")


def criteria(frame: pd.DataFrame) -> Table:
    """The criteria of one stage, as the article puts them."""
    return Table(
        frame,
        {
            "criterion": Column(_("Criterion"), label),
            "statement": Column(_("What the article asks"), text),
            "place": Column(_("Place in the article"), addresses.place),
        },
        label=_("Criteria"),
    )


def included(frame: pd.DataFrame) -> Table:
    """The unique works, and the rows of the article's tables in which they stand."""
    rows = zip(frame["table1"], frame["table2"], strict=True)
    shown = frame.assign(
        title=frame["work"],
        rows=[
            [f"{table}:{row}" for table, row in zip(_TABLES, pair, strict=True) if not pd.isna(row)]
            for pair in rows
        ],
    )
    return Table(
        shown,
        {
            "work": Column(_("Work"), works.work_cell),
            "title": Column(_("Title"), _title),
            "rows": Column(_("Place in the article"), _places),
        },
        label=_("Works in the article's tables"),
    )


def matrix(whole: pd.DataFrame) -> Table:
    """Works of one stage by its criteria, each cell a mark."""
    order = whole["criterion"].drop_duplicates().tolist()
    wide = whole.pivot(index="work", columns="criterion", values="met")
    wide = wide.loc[whole["work"].drop_duplicates(), order].reset_index()
    return Table(
        wide,
        {
            "work": Column(_("Work"), works.work_cell),
            **{criterion: Column(label(criterion), mark) for criterion in order},
        },
        label=_("Works by criteria"),
    )


def reasons(whole: pd.DataFrame) -> Table:
    """Why each mark stands where it does, and where that was read."""
    shown = whole.assign(source=list(zip(whole["place"], whole["seen_at"], strict=True)))
    return Table(
        shown,
        {
            "work": Column(_("Work"), works.short_name),
            "criterion": Column(_("Criterion"), label),
            "met": Column(_("Met"), mark),
            "reason": Column(_("Reason"), text),
            "source": Column(_("Place in the article, or page"), _source),
        },
        label=_("Reasons for the marks"),
    )


def reporting(frame: pd.DataFrame) -> Table:
    """What the article reports of the screening, a column a query."""
    wide = frame.pivot(index="item", columns="query", values="status")
    places_by_item = frame[frame["place"] != ""].groupby("item")["place"].agg(list)
    wide = wide.loc[frame["item"].drop_duplicates()].reset_index()
    wide["place"] = [places_by_item.get(item, []) for item in wide["item"]]
    return Table(
        wide,
        {
            "item": Column(_("What a report of a screening should say"), label),
            **{query: Column(label(query), mark) for query in frame["query"].unique()},
            "place": Column(_("Place in the article"), _places),
        },
        label=_("What the article reports of the screening"),
    )


def _places(codes: list[str]) -> list[str]:
    return [addresses.place(code) for code in codes]


def _title(key: str) -> str | Cell:
    # Translators: in the column of titles, a work that the article does not let a reader identify
    return works.title(key) or Cell(_("Not identified"), kind="mark unknown", sign="?")


def _source(source: tuple[str, str]) -> Cell:
    place, seen_at = source
    return addresses.source_cell(place, seen_at) if place or seen_at else Cell("–")
