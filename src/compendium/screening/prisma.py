"""Every box of the PRISMA 2020 flow diagram, counted from decisions.

Boxes are named as the columns of the R package PRISMA2020 name them. The template is that for
updated reviews, with searches of databases, registers and other sources: Page et al. (2021),
doi:10.1136/bmj.n71; Haddaway et al. (2022), doi:10.1002/cl2.1230.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.screening import decisions, outcomes, protocol
from compendium.screening.decisions import SEARCHED
from compendium.screening.outcomes import Outcome

if TYPE_CHECKING:
    import pandas as pd

PREVIOUS = "origin_previous"
RESULTS = {
    "origin_database": "database_results",
    "origin_register": "register_results",
    "origin_website": "website_results",
    "origin_organisation": "organisation_results",
    "origin_citations": "citations_results",
}
"""Box of the records found, by origin."""
REMOVED = {"duplicate": "duplicates", "automation_tool": "excluded_automatic",
           decisions.OTHER: "excluded_other"}  # fmt: skip

BOXES = (
    "previous_studies", "previous_reports",
    "database_results", "register_results",
    "website_results", "organisation_results", "citations_results",
    "duplicates", "excluded_automatic", "excluded_other",
    "records_screened", "records_excluded",
    "dbr_sought_reports", "dbr_notretrieved_reports",
    "other_sought_reports", "other_notretrieved_reports",
    "dbr_assessed", "dbr_excluded", "other_assessed", "other_excluded",
    "new_studies", "new_reports", "total_studies", "total_reports",
)  # fmt: skip


PREVIOUS_BOXES = ("previous_studies", "previous_reports")
OTHERS = tuple(RESULTS[o] for o in RESULTS if o not in SEARCHED) + tuple(
    box for box in BOXES if box.startswith("other_")
)
"""Boxes of what other methods than databases and registers found."""


@dataclass(frozen=True)
class Flow:
    """The flow of records.

    Attributes
    ----------
    counts : dict of str to int or None
        Number in each of BOXES; None where nothing says it.
    reasons : dict of str to dict of str to int
        For `dbr_excluded` and `other_excluded`: reports by criterion, the most frequent first.
    undecided : dict of str to int
        By stage: records about which reviewers disagree, are unsure, or have still to decide.
    sources : dict of str to dict of str to int
        For a box of records found: how many each database, register or the like gave, the most
        first.
    """

    counts: dict[str, int | None]
    reasons: dict[str, dict[str, int]] = field(default_factory=dict)
    undecided: dict[str, int] = field(default_factory=dict)
    sources: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def reported(cls, **counts: int) -> Flow:
        """A flow of which only some numbers are reported; every other box is silent."""
        return cls(dict.fromkeys(BOXES) | counts)


def flow(
    records: pd.DataFrame,
    decided: pd.DataFrame,
    *,
    readers: int = protocol.DEFAULT.reviewers,
    identified: Mapping[str, int] | None = None,
) -> Flow:
    """Count the boxes.

    Parameters
    ----------
    records, decided : DataFrame
        As `decisions.read` gives them.
    readers : int
        How many reviewers have to decide about a record independently.
    identified : mapping of str to int, optional
        Records found, by origin, where they are reported as a number and not one by one.

    Returns
    -------
    Flow
        A box is None where the data are silent: an origin without records, a stage without
        decisions. The total needs the previous version's studies.

    Raises
    ------
    CompendiumError
        If fewer records are said to be identified than are listed.
    """
    counts: dict[str, int | None] = dict.fromkeys(BOXES)
    origin = dict(zip(records["record"], records["origin"], strict=True))
    study = {row.record: row.study or row.record for row in records.itertuples()}
    previous = [record for record, held in origin.items() if held == PREVIOUS]
    if previous:
        counts["previous_studies"] = len({study[record] for record in previous})
        counts["previous_reports"] = len(previous)
    _found(counts, Counter(origin.values()), identified or {})

    latest = decisions.latest(decided)
    removals = latest[latest["stage"] == decisions.IDENTIFICATION].drop_duplicates("record")
    if len(removals):
        by_reason = removals["criterion"].value_counts()
        for reason, box in REMOVED.items():
            counts[box] = int(by_reason.get(reason, 0))
    removed = set(removals["record"])

    screened = outcomes.of_stage(decided, decisions.TITLE_ABSTRACT, readers)
    read = outcomes.of_stage(decided, decisions.FULL_TEXT, readers)
    searched = {r: o for r, o in screened.items() if origin.get(r, SEARCHED[0]) in SEARCHED}
    if searched:
        states = Counter(each.state for each in searched.values())
        counts["records_screened"] = len(searched)
        counts["records_excluded"] = states[decisions.EXCLUDE]
        counts["dbr_sought_reports"] = states[decisions.INCLUDE]
    others = [r for r, o in origin.items() if o in RESULTS and o not in SEARCHED
              and r not in removed]  # fmt: skip
    if others:
        counts["other_sought_reports"] = len(others)
    reasons = {}
    for side, mine in (("dbr", SEARCHED), ("other", tuple(set(RESULTS) - set(SEARCHED)))):
        held = {r: o for r, o in read.items() if origin.get(r, SEARCHED[0]) in mine}
        if held:
            reasons[f"{side}_excluded"] = _full_texts(counts, side, held)
    _included(counts, read, decided, study)
    left = _undecided(origin, removed, screened, read)
    listed = records[~records["origin"].isin(list(identified or {}))]
    return Flow(counts, reasons, left, _sources(listed))


def _found(counts: dict, listed: Counter, identified: Mapping[str, int]) -> None:
    for origin, box in RESULTS.items():
        if origin in identified:
            if identified[origin] < listed[origin]:
                raise CompendiumError(
                    _("Records said to be identified: {n}; listed: {listed}.")
                    .format(n=identified[origin], listed=listed[origin]),
                    remedy=_("Correct the number, or the list of records."),
                )  # fmt: skip
            counts[box] = identified[origin]
        elif listed[origin]:
            counts[box] = listed[origin]


def _sources(records: pd.DataFrame) -> dict[str, dict[str, int]]:
    """By box of records found, how many came from where."""
    return {
        RESULTS[str(origin)]: dict(Counter(held["source"]).most_common())
        for origin, held in records.groupby("origin", sort=False) if origin in RESULTS
    }  # fmt: skip


def _full_texts(counts: dict, side: str, held: dict[str, Outcome]) -> dict[str, int]:
    """Fill in the boxes of the full texts; returns the reasons for excluding them."""
    states = Counter(each.state for each in held.values())
    counts[f"{side}_notretrieved_reports"] = states[decisions.NOT_RETRIEVED]
    counts[f"{side}_assessed"] = len(held) - states[decisions.NOT_RETRIEVED]
    counts[f"{side}_excluded"] = states[decisions.EXCLUDE]
    why = Counter(
        o.criterion for o in held.values() if o.state == decisions.EXCLUDE and o.criterion
    )
    return dict(why.most_common())


def _included(counts: dict, read: dict[str, Outcome], decided: pd.DataFrame, study: dict) -> None:
    """Studies and reports included; also those that are reported without their stage."""
    kept = [r for r, each in read.items() if each.state == decisions.INCLUDE]
    known = (*decisions.CHOICES,)
    silent = decided[~decided["stage"].isin(known) & (decided["decision"] == decisions.INCLUDE)]
    kept += [record for record in silent["record"].unique() if record not in kept]
    if read or len(silent):
        counts["new_reports"] = len(kept)
        counts["new_studies"] = len({study.get(record, record) for record in kept})
    for what in ("studies", "reports"):
        before, new = counts[f"previous_{what}"], counts[f"new_{what}"]
        if before is not None and new is not None:
            counts[f"total_{what}"] = before + new


def _undecided(origin: dict, removed: set, screened: dict, read: dict) -> dict[str, int]:
    """By stage, how many records have no outcome, of those that reached it."""
    left: dict[str, int] = {}
    if screened:
        untouched = [r for r, o in origin.items()
                     if o in SEARCHED and r not in removed and r not in screened]  # fmt: skip
        left[decisions.TITLE_ABSTRACT] = len(untouched) + len([*outcomes.unsettled(screened)])
    if read:
        passed = {r for r, each in screened.items() if each.state == decisions.INCLUDE}
        others = {r for r, o in origin.items() if o in RESULTS and o not in SEARCHED}
        waiting = (passed | (others - removed)) - set(read)
        left[decisions.FULL_TEXT] = len(waiting) + len([*outcomes.unsettled(read)])
    return left
