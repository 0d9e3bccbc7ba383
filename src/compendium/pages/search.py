"""The chapter on the search: the queries, what each can mean, and what they found."""

from __future__ import annotations

import pandas as pd

from compendium import data
from compendium.display import Column, Table
from compendium.language import _, label, number
from compendium.screening.included import included
from compendium.search.export_run import ask
from compendium.search.hit_list import show, state
from compendium.search.queries import Listings, unread
from compendium.search.reading_tables import findings, readings_table
from compendium.search.reading_tables import findings_table as _findings_table
from compendium.search.readings import readings

__all__ = [
    "ask", "counts", "counts_table", "findings_table", "printed", "readings", "readings_table",
    "show", "state", "unread",
]  # fmt: skip


def printed(queries: list[dict]) -> Listings:
    """The queries letter for letter, each under its name.

    Parameters
    ----------
    queries : list of dict
        The resource `queries`.
    """
    return Listings(queries)


def findings_table(queries: list[dict]) -> Table:
    """What a reviewer of the queries would mark."""
    return _findings_table(findings(queries))


def counts(queries: list[dict]) -> pd.DataFrame:
    """What each query found, and how many works were included from its results.

    Works are counted in the table that the query names where nobody reports their number.

    Returns
    -------
    DataFrame with `query`, `database`, `hits` and `selected`; missing where nobody wrote hits down,
    or no work is listed yet
    """
    rows = [
        (q["id"], q.get("database") or "", q.get("reported_hits"), _selected(q)) for q in queries
    ]
    frame = pd.DataFrame(rows, columns=["query", "database", "hits", "selected"])
    return frame.astype({"hits": "Int64", "selected": "Int64"})


def _selected(query: dict) -> int | None:
    reported = query.get("reported_selected")
    if reported is not None:
        return reported
    table = query.get("included_in")
    # A table without a row is not filled in yet: that is no count of zero
    if not table or data.table(table).empty:
        return None
    return included(query)["work"].nunique()


def counts_table(frame: pd.DataFrame) -> Table:
    """Records found and works included, by query; its database where the queries name one."""
    database = {"database": Column(_("Database"))} if frame["database"].any() else {}
    return Table(
        frame,
        {
            "query": Column(_("Query"), label),
            **database,
            "hits": Column(_("Found"), _count, "number"),
            "selected": Column(_("Included"), _count, "number"),
        },
        label=_("What the queries found"),
    )


def _count(value) -> str:
    return label("unknown") if pd.isna(value) else number(int(value))
