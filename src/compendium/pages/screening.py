"""The chapter on the screening: criteria, the flow of records, agreement, the works included."""

from __future__ import annotations

import pandas as pd

from compendium import works as named
from compendium.chapter import Chapter
from compendium.display import Column, Figure, Table
from compendium.language import _, label, text
from compendium.screening import prisma_csv, prisma_layout, sharing
from compendium.screening.agreement_table import agreement_table as _agreement_table
from compendium.screening.included import included
from compendium.screening.team import Team, coefficients, read

__all__ = [
    "agreement_table", "criteria_table", "flow", "flow_csv", "pilot", "read", "works",
    "works_table",
]  # fmt: skip


def criteria_table(criteria: pd.DataFrame) -> Table:
    """The criteria, as the review puts them.

    Parameters
    ----------
    criteria : DataFrame
        The resource of this name.
    """
    return Table(
        criteria,
        {
            "criterion": Column(_("Criterion"), label),
            "statement": Column(_("What it asks"), text),
        },
        label=_("Criteria"),
    )


def flow(decided: Team) -> Figure:
    """The PRISMA 2020 flow diagram, every box of it.

    Parameters
    ----------
    decided : Team
        As `read` gives it.
    """
    return prisma_layout.figure(decided.flow, whole=True)


def flow_csv(decided: Team) -> bytes:
    """The same as the CSV file that the R package PRISMA2020 reads."""
    return prisma_csv.write(decided.flow).encode()


def agreement_table(decided: Team) -> Table:
    """Coefficients of agreement with their intervals."""
    return _agreement_table(coefficients(decided))


def pilot(decided: Team) -> str:
    """In a sentence: whether the reviewers agreed as far as their protocol asks; or nothing."""
    return " ".join(filter(None, map(sharing.told, decided.pilots)))


def works(chapter: Chapter) -> pd.DataFrame:
    """The works included and the queries that found them: `work` and `queries`."""
    rows = pd.concat([included(query) for query in chapter.document("queries")])
    return rows.groupby("work", sort=False)["query"].agg(" ".join).reset_index(name="queries")


def works_table(frame: pd.DataFrame) -> Table:
    """The works included, each with its title and the queries that found it."""
    return Table(
        frame.assign(title=frame["work"]),
        {
            "work": Column(_("Work"), named.work_cell),
            "title": Column(_("Title"), named.title),
            "queries": Column(_("Query"), lambda ids: [label(each) for each in ids.split()]),
        },
        label=_("Works included"),
    )
