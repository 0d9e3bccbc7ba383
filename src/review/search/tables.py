"""Tables of the chapter on the search, laid out in the reader's language."""

from __future__ import annotations

import pandas as pd

from compendium import addresses, works
from compendium.display import Cell, Column, Table, mark
from compendium.language import _, join, label, number, percent, text
from review.search.known_items import FIELDS


def parentheses(rows: list[dict]) -> Table:
    """How many parentheses each query has, and how much of it its field code holds."""
    return Table(
        pd.DataFrame(rows),
        {
            "query": Column(_("Query"), label),
            "opening": Column(_("Opening"), number, "number"),
            "closing": Column(_("Closing"), number, "number"),
            "unmatched": Column(_("Without a partner"), number, "number"),
            "groups": Column(_("Concept groups"), number, "number"),
            "groups_in_field": Column(_("Groups inside TITLE-ABS-KEY"), number, "number"),
        },
        label=_("Parentheses"),
    )


def terms(query_terms: pd.DataFrame) -> Table:
    """Concept groups by queries, with the terms of each."""
    listed = query_terms.groupby(["concept_group", "query"], sort=False)["term"].agg(list)
    frame = listed.unstack("query").reindex(query_terms["concept_group"].drop_duplicates())
    frame = frame.map(lambda held: held if isinstance(held, list) else [])
    columns = {query: Column(label(query), _terms) for query in frame.columns}
    return Table(
        frame.reset_index(),
        {"concept_group": Column(_("Concept group"), label), **columns},
        label=_("Terms of the queries"),
    )


def filters(query_filters: pd.DataFrame) -> Table:
    """What the queries restrict beside what the prose says that they do."""
    return Table(
        query_filters,
        {
            "query": Column(_("Query"), label),
            "filter": Column(_("Filter"), label),
            "printed": Column(_("Printed in the query"), _printed),
            "stated": Column(_("Stated in the prose"), _stated),
            "place": Column(_("Place in the article"), addresses.place),
        },
        label=_("Filters"),
    )


def counts(frame: pd.DataFrame) -> Table:
    """Hits and selected publications as reported, with the difference and the share."""
    return Table(
        frame,
        {
            "query": Column(_("Query"), label),
            "hits": Column(_("Found"), number, "number"),
            "selected": Column(_("Selected"), number, "number"),
            "not_selected": Column(_("Not selected"), number, "number"),
            "share_selected": Column(_("Share selected"), percent, "number"),
            "place": Column(_("Place in the article"), addresses.place),
        },
        label=_("Reported counts"),
    )


def group_hits(groups: pd.DataFrame, queries: pd.DataFrame) -> Table:
    """Works of one query by concept groups: the answer, and the fields with a term.

    Parameters
    ----------
    groups, queries : DataFrame
        Rows of one query, as `known_items.group_hits` and `known_items.query_hits` give them.
    """
    cells = groups.assign(cell=list(zip(groups["found"], groups["fields"], strict=True)))
    frame = cells.pivot(index="work", columns="concept_group", values="cell")
    order = groups["concept_group"].drop_duplicates().tolist()
    frame = frame.loc[groups["work"].drop_duplicates(), order].reset_index()
    frame["all_groups"] = frame["work"].map(queries.set_index("work")["found"])
    return Table(
        frame,
        {
            "work": Column(_("Work"), works.work_cell),
            **{group: Column(label(group), _answer) for group in order},
            "all_groups": Column(_("All groups"), mark),
        },
        label=_("Works by concept groups"),
    )


def reading(frame: pd.DataFrame) -> Table:
    """What was read of each work: terms settled in each field, and the page."""
    cells = frame.assign(
        cell=list(zip(frame["settled"], frame["asked"], frame["seen_at"], strict=True))
    )
    wide = cells.pivot(index="work", columns="field", values="cell")
    wide = wide.loc[frame["work"].drop_duplicates()].reindex(columns=FIELDS).reset_index()
    return Table(
        wide,
        {
            "work": Column(_("Work"), works.work_cell),
            **{field: Column(label(field), _read) for field in FIELDS},
        },
        label=_("What was read of each work"),
    )


def _none() -> Cell:
    # Translators: in a table cell, where there is no such term, condition or work
    return Cell(_("none"), kind="mark")


def _terms(terms: list[str]) -> list[str] | Cell:
    return list(terms) or _none()


def _printed(printed: str) -> str | Cell:
    return printed or _none()


def _stated(stated: str) -> str | Cell:
    return text(stated) or mark("not_reported")


def _answer(cell: tuple[str, str]) -> list[str | Cell]:
    found, fields = cell
    where = [join([label(field).lower() for field in fields.split()])] if fields else []
    return [mark(found), *where]


def _read(cell: tuple[int, int, str]) -> list[str | Cell]:
    settled, asked, seen_at = cell
    if not settled:
        return [mark("unknown")]
    # Translators: how many of the terms a page settles, e.g. "4 of 20"
    share = _("{settled} of {asked}").format(settled=number(settled), asked=number(asked))
    return [share, addresses.page_cell(seen_at)]
