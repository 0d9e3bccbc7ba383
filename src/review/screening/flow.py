"""The PRISMA 2020 flow of the article: reported, computed from what is reported, not reported."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from compendium.errors import CompendiumError

REPORTED, COMPUTED, COUNTED, NOT_REPORTED = "reported", "computed", "counted", "not_reported"

# Boxes of PRISMA 2020 for which the article gives no number, in their order.
UNREPORTED = (
    "removed_duplicates",
    "screened",
    "excluded",
    "sought",
    "not_retrieved",
    "assessed",
    "excluded_full_text",
)


@dataclass(frozen=True)
class Branch:
    """One query's way through the selection; None is a number that the article does not report.

    Attributes
    ----------
    query : str
    identified : int
        Records that the query found.
    rows : int
        Rows of the article's table of what was selected.
    not_selected : int
        Identified less rows, all steps together.
    removed_duplicates, screened, excluded, sought, not_retrieved, assessed : int or None
    excluded_full_text : int or None
    """

    query: str
    identified: int
    rows: int
    not_selected: int
    removed_duplicates: int | None = None
    screened: int | None = None
    excluded: int | None = None
    sought: int | None = None
    not_retrieved: int | None = None
    assessed: int | None = None
    excluded_full_text: int | None = None


@dataclass(frozen=True)
class Flow:
    """The whole selection.

    Attributes
    ----------
    branches : tuple of Branch
    rows : int
        Rows of both tables.
    works : int
        Unique works behind the rows.
    in_both : int
        Works that stand in both tables.
    """

    branches: tuple[Branch, ...]
    rows: int
    works: int
    in_both: int


def prisma_flow(counts: pd.DataFrame, included: pd.DataFrame) -> Flow:
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
    branches = []
    for row in counts.itertuples():
        rows = int((included["query"] == row.query).sum())
        if rows > row.hits:
            raise CompendiumError(
                f"{row.query} found {row.hits} publications, but its table has {rows} rows.",
                path="data/article/queries.yml",
                remedy="Correct `reported_hits`, or the rows of the table.",
            )
        branches.append(Branch(row.query, int(row.hits), rows, int(row.hits) - rows))
    tables = included.groupby("work")["query"].nunique()
    return Flow(
        branches=tuple(branches),
        rows=len(included),
        works=len(tables),
        in_both=int((tables > 1).sum()),
    )


def frame(flow: Flow) -> pd.DataFrame:
    """The flow as a table.

    Returns
    -------
    DataFrame with `box`, `query` (empty for the whole), `count` (missing if not reported) and
    `status` (reported, computed, counted or not_reported)
    """
    rows = []
    for branch in flow.branches:
        rows.append(("identified", branch.query, branch.identified, REPORTED))
        rows += [
            (box, branch.query, value, NOT_REPORTED if value is None else REPORTED)
            for box in UNREPORTED
            for value in [getattr(branch, box)]
        ]
        rows.append(("not_selected", branch.query, branch.not_selected, COMPUTED))
        rows.append(("rows", branch.query, branch.rows, COUNTED))
    rows += [
        ("rows", "", flow.rows, COUNTED),
        ("in_both", "", flow.in_both, COUNTED),
        ("works", "", flow.works, COUNTED),
    ]
    whole = pd.DataFrame(rows, columns=["box", "query", "count", "status"])
    return whole.astype({"count": "Int64"})
