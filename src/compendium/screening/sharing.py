"""Who reads what: a pilot that everybody reads, the rest shared out, further batches, and progress.

`assignments.csv` of a folder of decisions says which record stands in whose sheet.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from itertools import combinations, cycle
from pathlib import Path

import pandas as pd

from compendium import data
from compendium.errors import CompendiumError
from compendium.language import N_, _, inside, label, ngettext, number
from compendium.screening import agreement, decisions, outcomes
from compendium.screening.protocol import Protocol
from compendium.spreadsheet import bare

FILE = "assignments.csv"
PILOT = "pilot"
SEED = 2020


@dataclass(frozen=True)
class Assignment:
    """A record in a reviewer's sheet: at which stage, in which batch (or `pilot`), since when."""

    record: str
    stage: str
    reviewer: str
    batch: str
    date: str = ""


COLUMNS = tuple(field.name for field in fields(Assignment))


@dataclass(frozen=True)
class Share:
    """How records are shared out between reviewers.

    Attributes
    ----------
    pilot : int or None
        So many records, drawn at random, for all of them.
    split : bool
        Each record to as many of them as have to decide about it.
    batch : int or None
        At most so many for each.
    again : bool
        Also what stands in an earlier sheet of theirs.
    seed : int
        Of the draw.
    """

    pilot: int | None = None
    split: bool = False
    batch: int | None = None
    again: bool = False
    seed: int = SEED


def read(folder: Path) -> pd.DataFrame:
    """Assignments of a folder; empty if it has none."""
    file = folder / FILE
    if not file.is_file():
        return pd.DataFrame({column: pd.Series(dtype="str") for column in COLUMNS})
    found = data.read_csv(file, list(COLUMNS))
    for column in COLUMNS:
        found[column] = found[column].map(bare)
    return found


def assign(folder: Path, found: Iterable[Assignment]) -> None:
    """Add assignments to a folder."""
    day = date.today().isoformat()
    rows = [(*astuple(each)[:-1], each.date or day) for each in found]
    decisions.append_rows(folder / FILE, COLUMNS, rows)


def shares(
    keys: Sequence[str], reviewers: Sequence[str], share: Share, given: pd.DataFrame, readers: int
) -> dict[str, list[str]]:
    """Records for each reviewer, in the order of `keys`.

    Parameters
    ----------
    keys : sequence of str
        Records that wait for a decision.
    reviewers : sequence of str
    share : Share
    given : DataFrame
        Assignments of the stage so far.
    readers : int
        How many have to decide about a record.

    Raises
    ------
    CompendiumError
        If there are fewer reviewers than have to decide.
    """
    had = {name: set(given.loc[given["reviewer"] == name, "record"]) for name in reviewers}
    if share.again:
        had = {name: set() for name in reviewers}
    if share.pilot:
        untouched = [key for key in keys if key not in set(given["record"])]
        drawn = set(random.Random(share.seed).sample(untouched, min(share.pilot, len(untouched))))
        return {name: [key for key in keys if key in drawn] for name in reviewers}
    taken = Counter(given["record"])
    if share.split:
        return _split([key for key in keys if not taken[key]], reviewers, readers)
    if share.batch is None:
        return {name: [key for key in keys if key not in had[name]] for name in reviewers}
    place = {key: at for at, key in enumerate(keys)}
    made = {}
    for name in reviewers:
        # What another reviewer has already comes first: so pairs are completed.
        free = sorted((key for key in keys if key not in had[name] and taken[key] < readers),
                      key=lambda key: (-taken[key], place[key]))  # fmt: skip
        made[name] = sorted(free[: share.batch], key=place.__getitem__)
        taken.update(made[name])
    return made


def next_batch(given: pd.DataFrame, reviewer: str, *, pilot: bool = False) -> str:
    """Name of a reviewer's next batch, or of the team's next pilot."""
    is_pilot = given["batch"].str.startswith(PILOT)
    if pilot:
        n = given.loc[is_pilot, "batch"].nunique()
        return f"{PILOT}-{n + 1}" if n else PILOT
    return str(given.loc[~is_pilot & (given["reviewer"] == reviewer), "batch"].nunique() + 1)


def _split(keys: Sequence[str], reviewers: Sequence[str], readers: int) -> dict[str, list[str]]:
    if len(reviewers) < readers:
        raise CompendiumError(
            _("Reviewers who have to decide about each record: {n}; named: {named}.")
            .format(n=number(readers), named=number(len(reviewers))),
            remedy=_("Name more with --reviewer, or write `reviewers: 1` into screening.yml."),
        )  # fmt: skip
    made: dict[str, list[str]] = {name: [] for name in reviewers}
    for key, chosen in zip(keys, cycle(combinations(reviewers, readers)), strict=False):
        for name in chosen:
            made[name].append(key)
    return made


@dataclass(frozen=True)
class Pilot:
    """How far the reviewers agree about the last pilot of a stage.

    Attributes
    ----------
    stage : str
    records : int
    open : int
        Decisions that are missing.
    value : float or None
        Gwet's AC1; None while decisions are missing.
    aim : float or None
        What the protocol asks for.
    """

    stage: str
    records: int
    open: int
    value: float | None
    aim: float | None

    @property
    def failed(self) -> bool:
        """Whether it is finished and the reviewers agree less than the protocol asks for."""
        return self.value is not None and self.aim is not None and not self.value >= self.aim


def pilot(folder: Path, stage: str, protocol: Protocol) -> Pilot | None:
    """The last pilot of a stage; None where there was none."""
    given = read(folder)
    own = given[(given["stage"] == stage) & given["batch"].str.startswith(PILOT)]
    if own.empty:
        return None
    own = own[own["batch"] == own["batch"].iloc[-1]]
    decided = decisions.read_decisions(folder)
    rated = agreement.ratings(decided[decided["record"].isin(own["record"])], stage)
    rated = rated.reindex(index=own["record"].unique(), columns=own["reviewer"].unique())
    open_ = int(rated.isna().to_numpy().sum())
    value = None
    if not open_:
        found = agreement.coefficients(rated)
        value = next((each.value for each in found if each.name == "gwet_ac1"), None)
    return Pilot(stage, len(rated), open_, value, protocol.pilot)


def pilots(folder: Path, protocol: Protocol) -> list[Pilot]:
    """The last pilot of each stage that had one."""
    found = (pilot(folder, stage, protocol) for stage in decisions.STAGES)
    return [each for each in found if each]


def told(pilot: Pilot) -> str:
    """In a sentence: how far the reviewers agree about a pilot, and what the protocol asks for."""
    if pilot.open:
        return ngettext(
            "The pilot ({stage}) is not finished: {n} decision is missing.",
            "The pilot ({stage}) is not finished: {n} decisions are missing.", pilot.open,
        ).format(stage=inside(label(pilot.stage)), n=number(pilot.open))  # fmt: skip
    if pilot.aim is None or pilot.value is None:
        return ""
    names = {"stage": inside(label(pilot.stage)), "n": number(pilot.records),
             "value": number(pilot.value, 2), "aim": number(pilot.aim, 2)}  # fmt: skip
    if pilot.failed:
        return ngettext(
            "The reviewers agree less than the protocol asks for: on the {n} record of the pilot "
            "({stage}), Gwet’s AC1 is {value}, below {aim}.",
            "The reviewers agree less than the protocol asks for: on the {n} records of the pilot "
            "({stage}), Gwet’s AC1 is {value}, below {aim}.", pilot.records,
        ).format(**names)  # fmt: skip
    return ngettext(
        "On the {n} record of the pilot ({stage}), Gwet’s AC1 is {value}; the protocol asks for "
        "{aim}.",
        "On the {n} records of the pilot ({stage}), Gwet’s AC1 is {value}; the protocol asks for "
        "{aim}.", pilot.records,
    ).format(**names)  # fmt: skip


def check_pilot(folder: Path, stage: str, protocol: Protocol) -> None:
    """Refuse to go on before the last pilot is finished and good enough.

    Raises
    ------
    CompendiumError
        If a reviewer has not decided about a record of the pilot, or they agree too little.
    """
    found = pilot(folder, stage, protocol)
    if found and found.open:
        raise CompendiumError(
            told(found), path=folder,
            remedy=_("Read its sheets back first: `compendium screening read`."),
        )  # fmt: skip
    if found and found.failed:
        raise CompendiumError(
            told(found), path=folder,
            remedy=_("Talk the criteria over, and make another pilot with --pilot."),
        )  # fmt: skip


_DECIDED = "decided"
_STATES = {
    outcomes.CONFLICT: N_("In conflict"),
    outcomes.WAITING: N_("Waiting for another reviewer"),
    _DECIDED: N_("Decided by all; what, is told when every reviewer has finished"),
    "unseen": N_("Nobody has decided yet"),
}


def state(name: str) -> str:
    """What has become of a record at a stage, in words."""
    return _(_STATES[name]) if name in _STATES else label(name)


def progress(
    folder: Path, protocol: Protocol, *, blind: bool = True
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """How far a team is.

    Parameters
    ----------
    folder : Path
    protocol : Protocol
    blind : bool
        Whether outcomes and conflicts are counted together as `decided` while a reviewer has
        records left, who could tell from them what the other one said.

    Returns
    -------
    (DataFrame, DataFrame)
        By stage and reviewer `assigned` (all that reached the stage, where nothing was shared out
        to them), `decided` and `open`; by stage how many records have which `state`: an outcome,
        `conflict` or `waiting`, with `unseen` for those that nobody has decided about.
    """
    listed, decided = decisions.read(folder)
    given = read(folder)
    held = decisions.latest(decided)
    held = held[held["role"] == decisions.INDEPENDENT]
    people, states = [], []
    removed = set(decided.loc[decided["stage"] == decisions.IDENTIFICATION, "record"])
    searched = set(listed.loc[listed["origin"].isin(decisions.SEARCHED), "record"])
    for stage in decisions.STAGES:
        mine = given[given["stage"] == stage]
        done = held[held["stage"] == stage]
        found = outcomes.of_stage(decided, stage, protocol.reviewers)
        if stage == decisions.TITLE_ABSTRACT:
            reached = searched - removed
            found = {r: each for r, each in found.items() if r in reached}
        else:
            reached = outcomes.reached_full_text(listed, decided, protocol.reviewers)
        unseen = len(reached - set(found))
        counted = Counter(each.state for each in found.values())
        at_work = False
        for name in dict.fromkeys([*mine["reviewer"], *done["reviewer"]]):
            own = set(mine.loc[mine["reviewer"] == name, "record"])
            asked = own or reached
            told = set(done.loc[done["reviewer"] == name, "record"])
            people.append((stage, name, len(asked | told), len(told), len(asked - told)))
            # Who has no share may leave records to others, as long as enough decide about each.
            at_work |= bool(own - told if own else unseen or counted[outcomes.WAITING])
        if blind and at_work:
            waiting = counted.pop(outcomes.WAITING, 0)
            counted = Counter({_DECIDED: counted.total(), outcomes.WAITING: waiting})
        states += [(stage, state, n) for state, n in sorted((+counted).items())]
        if unseen:
            states.append((stage, "unseen", unseen))
    return (
        pd.DataFrame(people, columns=["stage", "reviewer", "assigned", "decided", "open"]),
        pd.DataFrame(states, columns=["stage", "state", "records"]),
    )
