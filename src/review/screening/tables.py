"""Tables of the chapter on the screening, laid out in the reader's language."""

from __future__ import annotations

import pandas as pd

from compendium import addresses, works
from compendium.display import Cell, Column, Table, mark
from compendium.language import _, label, number, text

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
            "item": Column(_("What a report of a screening tells"), label),
            **{query: Column(label(query), mark) for query in frame["query"].unique()},
            "place": Column(_("Place in the article"), _places),
        },
        label=_("What the article reports of the screening"),
    )


def agreement(frame: pd.DataFrame) -> Table:
    """Coefficients of agreement with their intervals; what nobody computed says so."""
    asked = frame["reviewers"].ne("").any()
    shown = frame.assign(interval=list(zip(frame["low"], frame["high"], strict=True)))
    value = shown["value"].astype(object)
    told = {
        "value": value.where(value.notna(), _UNDEFINED),
        "records": shown["records"].astype(object),
    }
    if not asked:
        told = dict.fromkeys(told, "not_reported")
        shown["interval"] = "not_reported"
    return Table(
        shown.assign(**told),
        {
            "coefficient": Column(_("Coefficient"), label),
            "reviewers": Column(_("Reviewers"), lambda names: names or mark("not_reported")),
            "records": Column(_("Records"), _number, kind="number"),
            "value": Column(_("Value"), _number, kind="number"),
            "interval": Column(_("95 % interval"), _interval, kind="number"),
        },
        label=_("Agreement between reviewers"),
    )


_UNDEFINED = "undefined"


def _number(value) -> str | Cell:
    if value == _UNDEFINED:
        # Translators: of a coefficient that cannot be computed, e.g. where all decisions agree
        return Cell(_("not defined"))
    if isinstance(value, str):
        return mark(value)
    return number(value) if isinstance(value, int) else number(value, 2)


def _interval(ends) -> str | Cell:
    if isinstance(ends, str):
        return mark(ends)
    if pd.isna(ends[0]):
        return Cell(_("not defined"))
    return f"{number(ends[0], 2)}; {number(ends[1], 2)}"


def _places(codes: list[str]) -> list[str]:
    return [addresses.place(code) for code in codes]


def _title(key: str) -> str | Cell:
    # Translators: in the column of titles, a work that the article does not let a reader identify
    return works.title(key) or Cell(_("Not identified"), kind="mark unknown", sign="?")


def _source(source: tuple[str, str]) -> Cell:
    place, seen_at = source
    return addresses.source_cell(place, seen_at) if place or seen_at else Cell("–")
