"""The steps of a screening on files: what was found, sheets for reviewers, sheets that settle."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import pandas as pd

from compendium import project
from compendium.errors import CompendiumError
from compendium.language import _, label, speaking
from compendium.records.record import Record
from compendium.screening import (
    decisions,
    full_texts,
    highlights,
    outcomes,
    protocol,
    sharing,
    sheets,
    sources,
)
from compendium.screening.decisions import Decision, Identified
from compendium.screening.layout import SheetPlan
from compendium.screening.sharing import Assignment, Share

SHEETS = "sheets"
PROGRAM = "compendium records dedup"


@dataclass(frozen=True)
class Found:
    """What became of the records found.

    Attributes
    ----------
    found, new, removed : int
    before : dict of str to int
        If these very records stood in the folder already: how many, by their source until now.
    changed : bool
        Whether these were given another source.
    elsewhere : int
        Records that stood there from another source or search; they are found a second time.
    unnamed : dict of str to int
        Records whose source is the name of their file, by that name.
    """

    found: int
    new: int
    removed: int
    before: dict[str, int] = field(default_factory=dict)
    changed: bool = False
    elsewhere: int = 0
    unnamed: dict[str, int] = field(default_factory=dict)


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
    again: bool = False,
) -> Found:
    """Register records in a folder as they were found.

    A record whose key is there already, from another source or a second time in the same, is
    registered under a name of its own, and removed before screening as a duplicate. If all that was
    found is there already, and is all that its sources gave, these are the same records once more:
    none is registered, and they take on the source if one is named.

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
    again : bool
        Whether the same records are registered all the same, since another source gave them too.
    """
    from compendium.records import dedup

    tree = _tree(query, reading)
    listed = decisions.read_records(folder) if folder.is_dir() else pd.DataFrame()
    records = [record for record in sources.of_all(files)
               if not tree or highlights.finds(tree, record) is not False]  # fmt: skip
    places = {} if again else _whole_places(listed, {r.key for r in records}, origin, search)
    owner = {row.record: (row.origin, row.source, row.search) for row in listed.itertuples()}
    found: dict[str, tuple[Record, Identified]] = {}
    repeats: set[str] = set()
    times: Counter[tuple[str, str]] = Counter()
    unnamed: Counter[str] = Counter()
    elsewhere = 0
    for record in records:
        if places:  # under the names that they have
            found[record.key] = (record, Identified(record.key))
            continue
        own = source or record.database or Path(record.file).name
        unnamed[own] += not (source or record.database)
        place = (origin, own, search)
        times[record.key, own] += 1
        name = record.key
        if owner.setdefault(name, place) != place:
            elsewhere += 1
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
    changed = bool(source and places and set(places) != {source})
    if changed:
        decisions.change_source(folder, chain.from_iterable(places.values()), source)
    new = decisions.identify(folder, (told for _record, told in found.values()))
    decided = set(decisions.read_decisions(folder)["record"])
    removed = [
        Decision(name, decisions.IDENTIFICATION, PROGRAM, decisions.INDEPENDENT, "duplicate",
                 decisions.REMOVE)
        for name in found if name in repeats and name not in decided
    ]  # fmt: skip
    if removed:
        decisions.append(folder, removed)
    return Found(
        len(records), new, len(removed), {name: len(held) for name, held in places.items()},
        changed, elsewhere, dict(+unnamed),
    )  # fmt: skip


def _whole_places(
    listed: pd.DataFrame, keys: set[str], origin: str, search: str
) -> dict[str, list[str]]:
    """The names of records by source, if these sources gave just these keys; else nothing."""
    if listed.empty:
        return {}
    key = decisions.found_as(listed["record"])
    alike = listed[(listed["origin"] == origin) & (listed["search"] == search)]
    places = {str(source): held["record"].tolist() for source, held in alike.groupby("source")}
    places = {s: held for s, held in places.items() if keys.issuperset(key[r] for r in held)}
    reached = {key[record] for held in places.values() for record in held}
    return places if reached == keys else {}


@dataclass(frozen=True)
class Choice:
    """Which records of a file are to be read, and in which order.

    Attributes
    ----------
    query : str, optional
        It selects the records.
    colour : str, optional
        A query whose words are coloured; that which selects if left out.
    reading : int, optional
        Which reading of a broken query.
    unknown : bool
        Whether the records that lack a field by which the query would decide are read too.
    order : Path, optional
        A table of `screening order`: its records first, in that order.
    """

    query: str | None = None
    colour: str | None = None
    reading: int | None = None
    unknown: bool = False
    order: Path | None = None


NO_CHOICE, NO_SHARE = Choice(), Share()


def plan_for(folder: Path, stage: str, *, lang: str = "en", criteria: str | None = None,
             colour: str | None = None, reading: int | None = None) -> SheetPlan:  # fmt: skip
    """What a sheet of a folder asks, after the folder's protocol.

    Parameters
    ----------
    criteria : str, optional
        Stage of the review whose criteria are offered; all are if left out.
    """
    agreed = protocol.read(folder)
    tree = _tree(colour, reading)
    return SheetPlan(
        stage=stage, lang=lang, criteria=protocol.criteria(agreed, criteria),
        reasons=agreed.reasons, labels=agreed.labels,
        highlight=highlights.of_query(tree) if tree else None,
        full_texts=folder / full_texts.FOLDER if stage == decisions.FULL_TEXT else None,
    )  # fmt: skip


def sheets_for(
    file: Path,
    folder: Path,
    reviewers: Sequence[str],
    plan: SheetPlan | None = None,
    *,
    choice: Choice = NO_CHOICE,
    share: Share = NO_SHARE,
    progress: Callable[[int], None] = lambda done: None,
) -> Made:
    """Write a sheet for each reviewer, of the records that wait for a decision at the stage.

    Parameters
    ----------
    file : Path
        Records that `compendium records read` reads or writes, or hits as JSON.
    folder : Path
        Of the decisions; records that it does not know are registered.
    plan : SheetPlan, optional
        That of the folder's protocol for titles and abstracts if left out.
    choice : Choice
    share : Share
    """
    agreed = protocol.read(folder)
    plan = plan or plan_for(folder, decisions.TITLE_ABSTRACT)
    held, left = chosen(file, folder, plan.stage, choice)
    held = waiting(held, folder, plan.stage)
    if not held:
        raise CompendiumError(
            _("No record waits for a decision at this stage."), path=project.relative(file),
            remedy=_("Look at the query, and at the decisions of the stage before."),
        )  # fmt: skip
    with decisions.locked(folder):
        if share.split:
            sharing.check_pilot(folder, plan.stage, agreed)
        given = sharing.read(folder)
        given = given[given["stage"] == plan.stage]
        shares = sharing.shares(list(held), reviewers, share, given, agreed.reviewers)
        made, assigned = [], []
        for name, keys in shares.items():
            if not keys:
                raise CompendiumError(
                    _("Every record that waits stands in an earlier sheet of {reviewer}, which "
                      "may hold decisions.").format(reviewer=name),
                    path=project.relative(folder / sharing.FILE),
                    remedy=_("Read that sheet back, or make another with --again."),
                )  # fmt: skip
            batch = sharing.next_batch(given, name, pilot=bool(share.pilot))
            path = _free(folder / SHEETS, name, plan.stage, batch)
            made.append((path, name, keys))
            assigned += [Assignment(key, plan.stage, name, batch) for key in keys]
        decisions.identify(
            folder, (Identified(key, title=record.title) for key, record in held.items())
        )
        written = [
            (path, sheets.write([held[key] for key in keys], path, name, plan, progress=progress))
            for path, name, keys in made
        ]
        sharing.assign(folder, assigned)
    return Made(left, written)


def settling_sheets(
    file: Path, folder: Path, conflicts: pd.DataFrame, reviewers: Sequence[str], plan: SheetPlan
) -> list[tuple[Path, int]]:
    """Write a sheet of the records in conflict, with what each reviewer decided."""
    held = sources.unique([file])
    wanted = list(dict.fromkeys(conflicts["record"]))
    if missing := [key for key in wanted if key not in held]:
        raise CompendiumError(
            _("The file does not hold the record {record}.").format(record=missing[0]),
            path=project.relative(file), remedy=_("Name the file that the sheets were made from."),
        )  # fmt: skip
    with speaking(plan.lang):
        told = earlier(conflicts)
    settling = replace(plan, role=decisions.SETTLING, earlier=told)
    made = []
    for name in reviewers:
        path = _free(folder / SHEETS, f"{name} {decisions.SETTLING}", plan.stage, "1")
        n = sheets.write([held[key] for key in wanted], path, name, settling)
        made.append((path, n))
    return made


def earlier(conflicts: pd.DataFrame) -> dict[str, str]:
    """What each reviewer decided, by record, a line a reviewer."""
    return {
        str(record): "\n".join(said(row) for row in rows.itertuples())
        for record, rows in conflicts.groupby("record", sort=False)
    }


def said(row) -> str:
    """A reviewer's decision on one line."""
    why = [decisions.why(row.criterion)] if row.criterion else []
    return f"{row.reviewer}: " + " · ".join(filter(None, [label(row.decision), *why, row.reason]))


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


def reached(held: dict[str, Record], folder: Path, stage: str) -> dict[str, Record]:
    """The records that have reached a stage, decided there or not."""
    if not folder.is_dir():
        return held if stage == decisions.TITLE_ABSTRACT else {}
    listed, decided = decisions.read(folder)
    gone = set(decided.loc[decided["stage"] == decisions.IDENTIFICATION, "record"])
    if stage == decisions.FULL_TEXT:
        readers = protocol.read(folder).reviewers
        passed = outcomes.reached_full_text(listed, decided, readers)
        held = {r: each for r, each in held.items() if r in passed}
    return {r: each for r, each in held.items() if r not in gone}


def waiting(here: dict[str, Record], folder: Path, stage: str) -> dict[str, Record]:
    """Of the records that have reached a stage, those that are not decided there."""
    if not folder.is_dir():
        return here
    decided = decisions.read_decisions(folder)
    found = outcomes.of_stage(decided, stage, protocol.read(folder).reviewers)
    done = {r for r, each in found.items() if each.state != outcomes.WAITING}
    return {r: each for r, each in here.items() if r not in done}


def chosen(
    file: Path, folder: Path, stage: str, choice: Choice = NO_CHOICE
) -> tuple[dict[str, Record], int]:
    """Records that have reached a stage, by key, and how many a query left open."""
    held = sources.unique([file])
    left: set[str] = set()
    if tree := _tree(choice.query, choice.reading):
        finds = {key: highlights.finds(tree, record) for key, record in held.items()}
        left = set() if choice.unknown else {key for key, found in finds.items() if found is None}
        held = {key: r for key, r in held.items() if finds[key] is not False and key not in left}
    held = reached(held, folder, stage)
    return (_ordered(held, choice.order) if choice.order else held), len(left)


def _free(folder: Path, reviewer: str, stage: str, batch: str) -> Path:
    """A name for a sheet that no file has; the first batch goes without its number."""
    path = folder / sheets.name(reviewer, stage, "" if batch == "1" else batch)
    at = 2
    while path.exists():
        path = folder / sheets.name(reviewer, stage, f"{batch}-{at}" if batch != "1" else str(at))
        at += 1
    return path


def _ordered(held: dict[str, Record], file: Path) -> dict[str, Record]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        first = [row["record"] for row in csv.DictReader(stream)]
    keys = [key for key in dict.fromkeys(first) if key in held]
    return {key: held[key] for key in [*keys, *(k for k in held if k not in set(keys))]}
