"""Decisions as data: who decided what about which record, at which stage, and why.

A folder of decisions holds `records.csv` (what was identified, and where it came from) and
`decisions.csv`; `data/datapackage.json` describes both. A later row of the same reviewer about the
same record at the same stage revises the earlier one, which stays. Whoever writes holds a lock and
puts the whole file in place of the old one, so that two programs at once lose nothing.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from compendium import project
from compendium.errors import CompendiumError
from compendium.files import is_rehearsal, replacing
from compendium.language import _, label
from compendium.language.codebook import codebook
from compendium.screening import protocol
from compendium.spreadsheet import bare, guarded

if TYPE_CHECKING:
    import pandas as pd

IDENTIFICATION, TITLE_ABSTRACT, FULL_TEXT = "identification", "title_abstract", "full_text"
STAGES = (TITLE_ABSTRACT, FULL_TEXT)
INCLUDE, EXCLUDE, UNSURE = "include", "exclude", "unsure"
NOT_RETRIEVED, REMOVE = "not_retrieved", "remove"
WITHDRAWN = "withdrawn"
"""A reviewer takes a decision back; the record is as if they had not decided."""
CHOICES = {
    IDENTIFICATION: (REMOVE,),
    TITLE_ABSTRACT: (INCLUDE, EXCLUDE, UNSURE),
    FULL_TEXT: (INCLUDE, EXCLUDE, UNSURE, NOT_RETRIEVED),
}
"""Decisions that each stage knows."""
INDEPENDENT, SETTLING = "independent", "settling"
OTHER = "other_reason"
AS_THEY_ARE = ("duplicate", "automation_tool", OTHER)
"""Reasons for leaving that are no criteria."""

SEARCHED = ("origin_database", "origin_register")
"""Origins whose records are screened by title and abstract."""

RECORDS, DECISIONS = "records.csv", "decisions.csv"
_SCHEMAS = {RECORDS: "screening_records", DECISIONS: "screening_decisions"}


@dataclass(frozen=True)
class Decision:
    """One reviewer's decision about one record at one stage.

    Attributes
    ----------
    record : str
        Key of the record, as `records.record.Record.key` gives it.
    stage : str
        One of the codebook's set `screening_stage`.
    reviewer : str
        Whoever decided, as they sign.
    role : str
        `independent`, or `settling` where the decision settles a conflict.
    criterion : str
        Why a record leaves: a criterion that is not met, a removal, or `other_reason`.
    decision : str
        One of CHOICES for the stage.
    reason : str
        In the reviewer's words.
    date : str
        ISO 8601; empty if unknown.
    """

    record: str
    stage: str
    reviewer: str
    role: str
    criterion: str
    decision: str
    reason: str = ""
    date: str = ""

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What a decision is about, and whose it is: what a later row revises."""
        return self.record, self.stage, self.reviewer, self.role

    @property
    def said(self) -> tuple[str, str, str]:
        """What it says."""
        return self.decision, self.criterion, self.reason


COLUMNS = tuple(field.name for field in fields(Decision))


@dataclass(frozen=True)
class Identified:
    """A record that was found, by its key.

    Attributes
    ----------
    origin : str
        One of the codebook's set `origin`.
    source : str
        Name of the database, register, website or organisation.
    search : str
        Which search found it, if there were several.
    study : str
        Key of the study that the record reports; the record's own if empty.
    """

    record: str
    origin: str = "origin_database"
    source: str = ""
    search: str = ""
    study: str = ""
    title: str = ""


def read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The records and the decisions of a folder.

    Returns
    -------
    (DataFrame, DataFrame)
        With the columns of `Identified` and of `Decision`; empty where a file is not there yet.

    Raises
    ------
    CompendiumError
        If the folder does not exist, or a row does not hold what it should.
    """
    if not folder.is_dir():
        raise CompendiumError(
            _("The folder of decisions does not exist."), path=project.relative(folder),
            remedy=_("Make it with `compendium screening sheet`."),
        )  # fmt: skip
    records, decided = read_records(folder), read_decisions(folder)
    known = set(records["record"])
    for at, record in enumerate(decided["record"], start=2):
        if known and record not in known:
            raise CompendiumError(
                _("The record {record} is not among those identified.").format(record=record),
                path=project.relative(folder / DECISIONS), row=at, column="record",
                remedy=_("Correct the key, or add the record to records.csv."),
            )  # fmt: skip
    return records, decided


def read_records(folder: Path) -> pd.DataFrame:
    """What was identified; empty if the folder has no such file."""
    return _read(folder, RECORDS, [f.name for f in fields(Identified)])


def read_decisions(folder: Path) -> pd.DataFrame:
    """Decisions in the order in which they were read; empty if the folder has no such file."""
    found = _read(folder, DECISIONS, list(COLUMNS))
    reasons = protocol.read(folder).reasons
    # Whether a row is right does not depend on the record: each kind of row is looked at once.
    kinds = found.assign(reason=found["reason"].str.strip() != "").drop_duplicates(
        [column for column in COLUMNS if column not in ("record", "date")]
    )
    for at in kinds.index:
        if problem := wrong(Decision(*found.loc[at]), reasons):
            column, message, remedy = problem
            raise CompendiumError(
                message, path=project.relative(folder / DECISIONS), row=at + 2, column=column,
                remedy=remedy,
            )  # fmt: skip
    return found


def wrong(
    decision: Decision, reasons: Iterable[str] = protocol.DEFAULT.reasons
) -> tuple[str, str, str] | None:
    """What is wrong with a decision: the column, the message and the remedy; None if nothing is.

    Parameters
    ----------
    decision : Decision
    reasons : iterable of str
        Stages at which an exclusion must name its criterion.
    """
    if not decision.reviewer.strip():
        return "reviewer", _("Nobody signs the decision."), _("Write the reviewer's name.")
    missing = {c for c, entry in codebook().items() if entry["set"] == "missing"}
    if decision.role not in (INDEPENDENT, SETTLING) and decision.role not in missing:
        told = _("{value!r} is no role.").format(value=decision.role)
        return "role", told, _one_of((INDEPENDENT, SETTLING))
    if decision.criterion and decision.criterion not in codebook():
        told = _("{value!r} is no criterion.").format(value=decision.criterion)
        return "criterion", told, _("Add it to data/codebook.csv, or correct it.")
    if decision.stage not in CHOICES:
        if decision.stage in missing and decision.decision in (INCLUDE, EXCLUDE):
            return None
        return "stage", _("{value!r} is no stage.").format(value=decision.stage), _one_of(CHOICES)
    choices = (*CHOICES[decision.stage], WITHDRAWN)
    if decision.decision not in choices:
        told = _("{value!r} is no decision of this stage.").format(value=decision.decision)
        return "decision", told, _one_of(choices)
    asked = decision.decision == REMOVE or (
        decision.decision == EXCLUDE and decision.stage in reasons
    )
    if asked and not decision.criterion:
        return "criterion", _("The record leaves, and no criterion says why."), _(
            "Choose the criterion that it does not meet.")  # fmt: skip
    leaves = decision.decision in (EXCLUDE, REMOVE)
    if decision.criterion and not leaves and decision.criterion not in missing:
        return "criterion", _("A criterion says why a record leaves, and this one stays."), _(
            "Empty the cell, or change the decision.")  # fmt: skip
    if decision.criterion == OTHER and not decision.reason.strip():
        return "reason", _("The other reason is not written."), _("Write the reason.")
    return None


def why(criterion: str) -> str:
    """Why a record leaves, in words that cannot be read as their opposite."""
    if criterion in AS_THEY_ARE:
        return label(criterion)
    # Translators: why records were excluded, e.g. "Models described (not met)"
    return _("{criterion} (not met)").format(criterion=label(criterion))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else writes to a folder of decisions inside the `with` block."""
    from filelock import FileLock  # not in a browser, where a sheet is written and none is read

    if is_rehearsal():
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock", is_singleton=True):
        yield


def append(folder: Path, found: Iterable[Decision]) -> None:
    """Add decisions behind those that the folder holds, which stay as they are."""
    append_rows(folder / DECISIONS, COLUMNS, map(astuple, found))


@dataclass(frozen=True)
class Added:
    """What became of decisions that somebody handed in.

    Attributes
    ----------
    new, revised, unchanged : int
    refused : dict of str to Decision
        By the name of the decision that was not taken: what the folder holds instead.
    """

    new: int
    revised: int
    unchanged: int
    refused: dict[str, Decision]


def add(folder: Path, found: Mapping[str, Decision], *, revise: bool = False) -> Added:
    """Add decisions by name; a second time adds nothing.

    Parameters
    ----------
    revise : bool
        Whether a decision that differs from an earlier one of the same reviewer is added behind it;
        it is refused otherwise.
    """
    with locked(folder):
        held = latest(read_decisions(folder))[list(COLUMNS)]
        before = {d.place: d for d in (Decision(*row) for row in held.itertuples(index=False))}
        new, revised, unchanged, refused = [], 0, 0, {}
        for name, decision in found.items():
            earlier = before.get(decision.place)
            if earlier and earlier.said == decision.said:
                unchanged += 1
            elif earlier and not revise:
                refused[name] = earlier
            else:
                new.append(decision)
                revised += earlier is not None
        if new:
            append(folder, new)
    return Added(len(new) - revised, revised, unchanged, refused)


def identify(folder: Path, found: Iterable[Identified]) -> int:
    """Add records that the folder does not know yet.

    Returns
    -------
    int, how many are new
    """
    with locked(folder):
        known = set(read_records(folder)["record"]) if (folder / RECORDS).is_file() else set()
        new: dict[str, Identified] = {}
        for each in found:
            if each.record not in known:
                new.setdefault(each.record, each)
        columns = [f.name for f in fields(Identified)]
        append_rows(folder / RECORDS, columns, map(astuple, new.values()))
    return len(new)


def found_as(names: Iterable[str]) -> dict[str, str]:
    """By name of a record of a folder, the key that it was found under.

    They differ where a record was found a second time, in another source (`key@source`) or in the
    same (`key#2`).
    """
    known = set(names)

    def key(name: str) -> str:
        name = whole if (whole := _TIMES.sub("", name)) in known else name
        before = name.partition("@")[0]
        return before if before in known else name

    return {name: key(name) for name in known}


_TIMES = re.compile(r"#\d+$")


def change_source(folder: Path, names: Iterable[str], source: str) -> None:
    """Give records of a folder another source; nothing else of its table changes."""
    wanted, file = set(names), folder / RECORDS
    with locked(folder), replacing(file) as draft:
        header, *rows = csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig")))
        record, place = header.index("record"), header.index("source")
        for row in rows:
            if row and bare(row[record]) in wanted:
                row[place] = guarded(source)
        with draft.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([header, *rows])


def latest(decided: pd.DataFrame) -> pd.DataFrame:
    """The last row of each reviewer about each record at each stage, unless they withdrew it."""
    held = decided.drop_duplicates(["record", "stage", "reviewer", "role"], keep="last")
    return held[held["decision"] != WITHDRAWN]


def _one_of(values: Iterable[str] | Mapping) -> str:
    return _("Write one of: {values}.").format(values=", ".join(values))


def _read(folder: Path, name: str, columns: list[str]) -> pd.DataFrame:
    import pandas as pd

    from compendium import data

    file = folder / name
    if not file.is_file():
        return pd.DataFrame({column: pd.Series(dtype="str") for column in columns})
    found = data.table(_SCHEMAS[name], file)
    for column in found:
        found[column] = found[column].map(bare)
    return found[columns]


def append_rows(file: Path, columns: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    """Add rows to a table of a folder of decisions.

    The file is written whole and put in place of the old one, so that none is ever half. Cells go
    under the header that the file has, in whatever order a person put it; each is one line, for a
    spreadsheet's sake.
    """
    with locked(file.parent), replacing(file) as draft:
        held = file.read_bytes().decode("utf-8-sig") if file.is_file() else ""
        header = next(csv.reader(io.StringIO(held)), None) or list(columns)
        with draft.open("w", encoding="utf-8", newline="") as stream:
            out = csv.writer(stream, lineterminator="\n")
            if held:
                stream.write(held if held.endswith("\n") else held + "\n")
            else:
                out.writerow(header)
            for row in rows:
                cells = dict(zip(columns, row, strict=True))
                out.writerow([guarded(" ".join(cells.get(name, "").split())) for name in header])
            stream.flush()
            os.fsync(stream.fileno())
