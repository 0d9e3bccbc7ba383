"""The article's flow: what it reports of each query's way, and what follows from that."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.screening.prisma import Flow

REPORTED, COMPUTED, COUNTED, NOT_REPORTED = "reported", "computed", "counted", "not_reported"

ASIDE = {
    "database_results": "duplicates",
    "records_screened": "records_excluded",
    "dbr_sought_reports": "dbr_notretrieved_reports",
    "dbr_assessed": "dbr_excluded",
}
"""Boxes of a way from top to bottom, each with the one at its side."""
WAY = tuple(box for pair in ASIDE.items() for box in pair)


@dataclass(frozen=True)
class ArticleFlow:
    """The whole selection.

    Attributes
    ----------
    ways : dict of str to Flow
        By query; the rows of its table are its reports included.
    works : int
        Unique works behind the rows.
    in_both : int
        Works that stand in both tables.
    """

    ways: dict[str, Flow]
    works: int
    in_both: int

    @property
    def rows(self) -> int:
        """Rows of both tables."""
        return sum(self.selected(query) for query in self.ways)

    def selected(self, query: str) -> int:
        """Rows of a query's table."""
        return self.ways[query].counts["new_reports"] or 0

    def not_selected(self, query: str) -> int:
        """Records that a query found and that are not in its table, all steps together."""
        return (self.ways[query].counts["database_results"] or 0) - self.selected(query)


def prisma_flow(counts: pd.DataFrame, included: pd.DataFrame) -> ArticleFlow:
    """The flow from the reported counts to the unique works.

    Parameters
    ----------
    counts : DataFrame
        `query` and `hits`: the result table `counts` of the chapter on the search.
    included : DataFrame
        Rows of the article's tables by work, as `included.table_rows` gives them.

    Raises
    ------
    CompendiumError
        If a table has more rows than its query found.
    """
    ways = {}
    for row in counts.itertuples():
        rows = int((included["query"] == row.query).sum())
        if rows > row.hits:
            raise CompendiumError(
                _("{query} found {hits} publications, but its table has {rows} rows.").format(
                    query=row.query, hits=row.hits, rows=rows
                ),
                path="data/article/queries.yml",
                remedy=_("Correct `reported_hits`, or the rows of the table."),
            )
        ways[str(row.query)] = Flow.reported(database_results=int(row.hits), new_reports=rows)
    tables = included.groupby("work")["query"].nunique()
    return ArticleFlow(ways, len(tables), int((tables > 1).sum()))


def frame(flow: ArticleFlow) -> pd.DataFrame:
    """The flow as a table.

    Returns
    -------
    DataFrame with `box`, `query` (empty for the whole), `count` (missing if not reported) and
    `status` (reported, computed, counted or not_reported)
    """
    rows: list[tuple[str, str, int | None, str]] = []
    for query, way in flow.ways.items():
        rows += [
            (box, query, n, NOT_REPORTED if n is None else REPORTED)
            for box in WAY for n in [way.counts[box]]
        ]  # fmt: skip
        rows.append(("not_selected", query, flow.not_selected(query), COMPUTED))
        rows.append(("rows", query, flow.selected(query), COUNTED))
    rows += [
        ("rows", "", flow.rows, COUNTED),
        ("in_both", "", flow.in_both, COUNTED),
        ("works", "", flow.works, COUNTED),
    ]
    whole = pd.DataFrame(rows, columns=["box", "query", "count", "status"])
    return whole.astype({"count": "Int64"})
