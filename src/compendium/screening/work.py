"""The steps of a screening on files: what was found, sheets for reviewers, sheets that settle."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from compendium import data, project
from compendium.errors import CompendiumError
from compendium.language import _, label, speaking
from compendium.records.record import Record
from compendium.screening import decisions, highlights, outcomes, sheets, sources
from compendium.screening.decisions import Decision, Identified

SHEETS = "sheets"
PROGRAM = "compendium records dedup"


@dataclass(frozen=True)
class Found:
    """What became of the records found."""

    found: int
    new: int
    removed: int


@dataclass(frozen=True)
class Made:
    """Sheets made, each with its number of records; and how many records the query left open."""

    unknown: int
    sheets: list[tuple[Path, int]]


def identify(
    files: Sequence[Path],
    folder: Path,
    *,
    origin: str = "origin_database",
    source: str = "",
    search: str = "",
    duplicates: Path | None = None,
    query: str | None = None,
    reading: int | None = None,
) -> Found:
    """Register records in a folder as they were found.

    A record whose key is there already, from another source or a second time in the same, is
    registered under a name of its own, and removed before screening as a duplicate.

    Parameters
    ----------
    files : sequence of Path
        All that were found at once, so that repeats between sources are seen.
    source : str
        Name of the database or the like; by each record's own identifier if left out.
    duplicates : Path, optional
        Table of `compendium records dedup`; of each group one record stays, and the others are
        removed before screening, which is a decision like any other.
    query : str, optional
        Only what it finds is registered, and what lacks a field that would decide.
    """
    from compendium.records import dedup

    tree = _tree(query, reading)
    listed = decisions.read_records(folder) if folder.is_dir() else pd.DataFrame()
    owner = {row.record: (row.origin, row.source, row.search) for row in listed.itertuples()}
    found: dict[str, tuple[Record, Identified]] = {}
    repeats: set[str] = set()
    times: Counter[tuple[str, str]] = Counter()
    for file in files:
        for record in sources.records_of(file):
            if tree and highlights.finds(tree, record) is False:
                continue
            own = source or record.database or Path(record.file).name
            place = (origin, own, search)
            times[record.key, own] += 1
            name = record.key
            if owner.setdefault(name, place) != place:
                name += "@" + ("-".join(filter(None, (own, search))) or origin)
            if (n := times[record.key, own]) > 1:
                name += f"#{n}"
            if name != record.key:
                repeats.add(name)
            found[name] = (record, Identified(name, *place, "", record.title))
    if duplicates:
        unique = {name: record for name, (record, _told) in found.items() if name not in repeats}
        result = dedup.deduplicate(unique.values(), dedup.read_table(duplicates), match=False)
        repeats |= set(unique) - {record.key for record in result.records}
    new = decisions.identify(folder, (told for _record, told in found.values()))
    decided = set(decisions.read_decisions(folder)["record"])
    removed = [
        Decision(name, decisions.IDENTIFICATION, PROGRAM, decisions.INDEPENDENT, "duplicate",
                 decisions.REMOVE)
        for name in found if name in repeats and name not in decided
    ]  # fmt: skip
    if removed:
        decisions.append(folder, removed)
    return Found(len(found), new, len(removed))


def sheets_for(
    file: Path,
    folder: Path,
    reviewers: Sequence[str],
    *,
    lang: str = "en",
    stage: str = decisions.TITLE_ABSTRACT,
    criteria: str | None = None,
    query: str | None = None,
    colour: str | None = None,
    reading: int | None = None,
    order: Path | None = None,
    readers: int = 1,
    unknown: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Made:
    """Write a sheet for each reviewer, of the records that wait for a decision at the stage.

    Parameters
    ----------
    file : Path
        Records that `compendium records read` reads or writes, or hits as JSON.
    folder : Path
        Of the decisions; records that it does not know are registered.
    criteria : str, optional
        Stage of the review whose criteria are offered; all are if left out.
    query, colour : str, optional
        A query that selects the records and whose words are coloured, or colours only.
    order : Path, optional
        A table of `screening order`: its records first, in that order.

    unknown : bool
        Whether the records that lack a field by which the query would decide are written too.
    """
    held = sources.unique([file])
    tree = _tree(query or colour, reading)
    left: set[str] = set()
    if query:
        finds = {key: highlights.finds(tree, record) for key, record in held.items()}
        left = set() if unknown else {key for key, found in finds.items() if found is None}
        held = {key: r for key, r in held.items() if finds[key] is not False and key not in left}
    held = _waiting(held, folder, stage, readers)
    if order:
        held = _ordered(held, order)
    if not held:
        raise CompendiumError(
            _("No record waits for a decision at this stage."), path=project.relative(file),
            remedy=_("Look at the query, and at the decisions of the stage before."),
        )  # fmt: skip
    paths = {name: folder / SHEETS / sheets.name(name, stage) for name in reviewers}
    if there := [path for path in paths.values() if path.exists()]:
        raise CompendiumError(
            _("The sheet exists, and may hold decisions."), path=project.relative(there[0]),
            remedy=_("Read it back with `compendium screening read`, or name another file."),
        )  # fmt: skip
    decisions.identify(
        folder, (Identified(key, title=record.title) for key, record in held.items())
    )
    light = highlights.of_query(tree) if tree else None
    return Made(len(left), [
        (path, sheets.write(
            held.values(), path, reviewer=name, lang=lang, stage=stage,
            criteria=criteria_of(criteria), highlight=light, progress=progress,
        ))
        for name, path in paths.items()
    ])  # fmt: skip


def settling_sheets(
    file: Path,
    folder: Path,
    conflicts: pd.DataFrame,
    reviewers: Sequence[str],
    *,
    lang: str,
    stage: str,
    criteria: str | None = None,
) -> list[tuple[Path, int]]:
    """Write a sheet of the records in conflict, with what each reviewer decided."""
    held = sources.unique([file])
    wanted = list(dict.fromkeys(conflicts["record"]))
    if missing := [key for key in wanted if key not in held]:
        raise CompendiumError(
            _("The file does not hold the record {record}.").format(record=missing[0]),
            path=project.relative(file), remedy=_("Name the file that the sheets were made from."),
        )  # fmt: skip
    with speaking(lang):
        earlier = {
            str(record): "\n".join(said(row) for row in rows.itertuples())
            for record, rows in conflicts.groupby("record", sort=False)
        }
    made = []
    for name in reviewers:
        path = folder / SHEETS / sheets.name(f"{name} {decisions.SETTLING}", stage)
        made.append((path, sheets.write(
            [held[key] for key in wanted], path, reviewer=name, lang=lang, stage=stage,
            criteria=criteria_of(criteria), role=decisions.SETTLING, earlier=earlier,
        )))  # fmt: skip
    return made


def said(row) -> str:
    """A reviewer's decision on one line."""
    why = " · ".join(filter(None, [label(row.criterion) if row.criterion else "", row.reason]))
    return f"{row.reviewer}: {label(row.decision)}" + (f" ({why})" if why else "")


def criteria_of(stage: str | None) -> list[str] | None:
    """Criteria of a stage of the review; None for all of them."""
    if stage is None:
        return None
    asked = data.table("criteria")
    found = asked.loc[asked["stage"] == stage, "criterion"].tolist()
    if not found:
        raise CompendiumError(
            _("{value!r} is no stage.").format(value=stage), path="data/article/criteria.csv",
            remedy=_("Write one of: {values}.").format(values=", ".join(asked["stage"].unique())),
        )  # fmt: skip
    return found


def _tree(query: str | None, reading: int | None):
    if not query:
        return None
    from scopus_query.cli import query_tree

    tree = query_tree(query, reading)
    if tree is None:
        raise CompendiumError(
            _("The query does not parse."), remedy=_("Choose a reading with --reading.")
        )
    return tree


def _waiting(held: dict[str, Record], folder: Path, stage: str, readers: int) -> dict[str, Record]:
    """The records that have reached a stage and are not decided there."""
    if not folder.is_dir():
        return held if stage == decisions.TITLE_ABSTRACT else {}
    listed, decided = decisions.read(folder)
    gone = set(decided.loc[decided["stage"] == decisions.IDENTIFICATION, "record"])
    here = outcomes.of_stage(decided, stage, readers)
    done = {r for r, each in here.items() if each.state not in (outcomes.WAITING,)}
    if stage == decisions.FULL_TEXT:
        before = outcomes.of_stage(decided, decisions.TITLE_ABSTRACT, readers)
        others = listed[~listed["origin"].isin(["origin_database", "origin_register"])]
        passed = {r for r, each in before.items() if each.state == decisions.INCLUDE}
        held = {r: each for r, each in held.items() if r in passed | set(others["record"])}
    return {r: each for r, each in held.items() if r not in gone | done}


def _ordered(held: dict[str, Record], file: Path) -> dict[str, Record]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        first = [row["record"] for row in csv.DictReader(stream)]
    keys = [key for key in dict.fromkeys(first) if key in held]
    return {key: held[key] for key in [*keys, *(k for k in held if k not in set(keys))]}
