"""What is wrong with a folder of decisions: who decided, by which criterion, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from compendium import data, project
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _, label
from compendium.language.codebook import codebook
from compendium.screening import decisions, protocol, sharing
from compendium.screening.decisions import DECISIONS, Decision
from compendium.spreadsheet import bare

ALIKE = 0.75
"""How near two reviewers' names are if one is taken for a slip of the other."""


def problems(folder: Path) -> Iterator[CompendiumError]:
    """Every row of a folder's decisions that is wrong, alone or beside the others.

    Parameters
    ----------
    folder : Path
        A folder of decisions, its protocol among them.
    """
    if not (folder / DECISIONS).is_file():
        return
    agreed = protocol.read(folder)
    rows = data.table("screening_decisions", folder / DECISIONS)[list(decisions.COLUMNS)].map(bare)
    known = set(decisions.read_records(folder)["record"])
    found = [
        *_of_rows(rows, agreed, known), *_of_reviewers(rows, sharing.read(folder)),
        *_of_dates(rows),
    ]  # fmt: skip
    for at, column, message, remedy in sorted(found, key=lambda each: each[0]):
        yield CompendiumError(
            message, path=project.relative(folder / DECISIONS), row=at, column=column,
            remedy=remedy,
        )  # fmt: skip


Wrong = tuple[int, str, str, str]


def _of_rows(rows: pd.DataFrame, agreed: protocol.Protocol, known: set[str]) -> Iterator[Wrong]:
    offered = {*protocol.criteria(agreed), *decisions.AS_THEY_ARE}
    codes = codebook()
    for at, row in enumerate(rows.itertuples(index=False), start=2):
        if problem := decisions.wrong(Decision(*row), agreed.reasons):
            yield at, *problem
        elif (code := row.criterion) and code not in offered and codes[code]["set"] != "missing":
            yield at, "criterion", _("{value!r} is no criterion of this review.").format(
                value=code), protocol.near(code, offered)  # fmt: skip
        if known and row.record not in known:
            yield at, "record", _("The record {record} is not among those identified.").format(
                record=row.record), did_you_mean(row.record, known, otherwise=_(
                    "Correct the key, or add the record to records.csv."), cutoff=0.9)  # fmt: skip


def _of_reviewers(rows: pd.DataFrame, given: pd.DataFrame) -> Iterator[Wrong]:
    """Names that nobody was given a sheet under and that are nearly another's: slips of writing.

    Who screens in the browser is given no sheet, so a name alone is no mistake.
    """
    people = set(given["reviewer"])
    for at, row in enumerate(rows.itertuples(), start=2):
        if row.role != decisions.INDEPENDENT or row.stage not in decisions.STAGES:
            continue
        name = row.reviewer.strip()
        if name and people and name not in people:
            meant = did_you_mean(name, people, cutoff=ALIKE)
            if meant:
                yield at, "reviewer", _("No sheet was made for {name}.").format(
                    name=repr(row.reviewer)), meant  # fmt: skip


def _of_dates(rows: pd.DataFrame) -> Iterator[Wrong]:
    days: dict[int, date] = {}
    for at, text in enumerate(rows["date"], start=2):
        if not text:
            continue
        try:
            days[at] = date.fromisoformat(text[:10])
        except ValueError:
            yield at, "date", _("{value} is not a day.").format(value=repr(text)), _(
                "Write it as 2026-01-31.")  # fmt: skip
            continue
        if days[at] > date.today() + timedelta(days=1):  # it may be tomorrow elsewhere
            yield at, "date", _("The day has not come yet."), _("Correct the date.")
    rows = rows.assign(at=range(2, len(rows) + 2))
    rows = rows[rows["at"].isin(days)].assign(day=[days[at] for at in rows["at"] if at in days])
    for _record, own in rows.groupby("record", sort=False):
        yield from _out_of_order(own)


def _out_of_order(own: pd.DataFrame) -> Iterator[Wrong]:
    """Decisions about one record that are dated before what they rest on."""
    order = {stage: at for at, stage in enumerate((decisions.IDENTIFICATION, *decisions.STAGES))}
    for row in own.itertuples():
        before = [stage for stage in order if order[stage] < order.get(row.stage, 0)]
        for stage, role, told in [
            *((stage, None, label(stage)) for stage in before),
            *([(row.stage, decisions.INDEPENDENT, label(decisions.INDEPENDENT))]
              if row.role == decisions.SETTLING else []),
        ]:  # fmt: skip
            earlier = own[(own["stage"] == stage) & ((own["role"] == role) if role else True)]
            if len(earlier) and row.day < earlier["day"].min():
                yield row.at, "date", _(
                    "The decision is dated {day}, before those that it follows ({what}: {first}).",
                ).format(day=row.day, what=told, first=earlier["day"].min()), _(
                    "Correct one of the dates.")  # fmt: skip
                break
