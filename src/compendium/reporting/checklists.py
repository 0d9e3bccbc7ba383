"""Reporting checklists: what each item asks for, and whether a review reports it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from compendium import data, project
from compendium.errors import CompendiumError
from compendium.language import _

CHECKLISTS = ("prisma_2020", "prisma_s", "swim", "entreq")
REPORTS = ("checklist_report", "book_report")
"""Tables that say what is reported: of a publication under review, and of the book itself."""

STATUSES = ("reported", "partly", "not_reported", "not_applicable")


UNKNOWN = "unknown"


def report(
    checklist: str, file: Path | None = None, of: str = "checklist_report", *, whole: bool = True
) -> pd.DataFrame:
    """A checklist with what a review reports of it.

    Parameters
    ----------
    checklist : str
        One of `CHECKLISTS`.
    file : Path, optional
        The report of another review, in the form of the resource `of`; the resource's own if left
        out.
    of : str
        One of `REPORTS`.
    whole : bool
        Whether every item must have its status; the status of an open one is `unknown` otherwise.

    Returns
    -------
    DataFrame with the columns `checklist`, `item`, `section`, `topic`, `status`, `place`, `note`;
    a row for every item, in the checklist's order; none where the report is not begun

    Raises
    ------
    CompendiumError
        If the report lacks an item, has one twice or one that the checklist has not, or gives a
        status that there is not.
    """
    items = data.table("checklist_items")
    items = items[items["checklist"] == checklist]
    given = data.table(of, file)
    shown = project.relative(file or project.path("data", data.resource(of)["path"]))
    for at, row in enumerate(given.itertuples(), start=2):
        if row.status not in STATUSES and (whole or row.status):
            raise CompendiumError(
                _("{status!r} is no status of an item.").format(status=row.status)
                if row.status
                else _("The item is open."),
                path=shown,
                row=at,
                column="status",
                remedy=_("Write one of: {what}.").format(what=", ".join(STATUSES)),
            )
    given = given[given["checklist"] == checklist]
    if given.empty:
        items = items.iloc[:0]
    twice = list(given.loc[given["item"].duplicated(), "item"])
    strange = [item for item in given["item"] if item not in set(items["item"])]
    missing = [item for item in items["item"] if item not in set(given["item"])]
    for wrong, told in (
        (twice, _("The report on {checklist} has items twice: {what}.")),
        (strange, _("The report on {checklist} has items that the checklist has not: {what}.")),
        (missing if whole else [], _("The report on {checklist} lacks items: {what}.")),
    ):
        if wrong:
            raise CompendiumError(
                told.format(checklist=checklist, what=", ".join(wrong)),
                path=shown,
                remedy=_("Begin with `compendium audit checklist {checklist} --blank`.").format(
                    checklist=checklist
                ),
            )
    found = items.merge(given, on=["checklist", "item"], how="left", validate="one_to_one")
    return found if whole else found.assign(
        status=found["status"].replace("", None).fillna(UNKNOWN),
        **{name: found[name].fillna("") for name in ("place", "note")},
    )  # fmt: skip


def blank(checklist: str) -> pd.DataFrame:
    """An empty report on a checklist, to be filled in for another review."""
    items = data.table("checklist_items")
    items = items.loc[items["checklist"] == checklist, ["checklist", "item"]]
    return items.assign(status="", place="", note="").reset_index(drop=True)


def counts(*reports: pd.DataFrame) -> pd.DataFrame:
    """How many items of each checklist have each status.

    Parameters
    ----------
    *reports : DataFrame
        One report a checklist, as `report` gives it.

    Returns
    -------
    DataFrame with checklists as rows and statuses as columns; zero where none
    """
    every = pd.concat(reports)
    return pd.crosstab(every["checklist"], every["status"]).reindex(
        index=list(dict.fromkeys(every["checklist"])), columns=list(STATUSES), fill_value=0
    )
