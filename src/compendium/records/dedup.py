"""Records that describe one publication: matched, decided by people, merged.

Each pair is a row of a table with what was decided and by whom. A person overrules the program by
changing `decision` and `decided_by`; no later run changes such a row. A second publication lost is
worse than a duplicate kept: what is not sure is left to a person, and until then both records stay.
"""

from __future__ import annotations

import csv
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass, field, fields, replace
from pathlib import Path

from compendium.errors import CompendiumError
from compendium.files import replacing
from compendium.language import N_, _
from compendium.records import candidates, identity, matching
from compendium.records.delimited import cells_of, header
from compendium.records.record import DICTIONARIES, VALUES, Record
from compendium.records.source import Source
from compendium.spreadsheet import bare, guarded

DUPLICATE, DIFFERENT, UNCERTAIN = "duplicate", "different", "uncertain"
DECISIONS = {
    DUPLICATE: N_("both records describe one publication"),
    DIFFERENT: N_("the records describe two publications"),
    UNCERTAIN: N_("a person has to decide; until then both records stay"),
}
PROGRAM = "compendium"
PROGRAMS = frozenset({PROGRAM, "bib-dedupe"})
"""Names under which a program decided; any other is a person's."""


@dataclass(frozen=True)
class Pair:
    """Two records and what was decided about them.

    Attributes
    ----------
    record, other : str
        Names of the records, as `Record.key` gives them.
    decision : str
        One of DECISIONS.
    decided_by : str
        PROGRAM, or a person.
    title, other_title : str
        So that a person can decide.
    """

    record: str
    other: str
    decision: str
    decided_by: str = PROGRAM
    title: str = ""
    other_title: str = ""

    @property
    def names(self) -> tuple[str, str]:
        """Both names, whichever stands first."""
        first, other = sorted((self.record, self.other))
        return first, other

    @property
    def by_person(self) -> bool:
        """Whether a person decided."""
        return self.decided_by not in PROGRAMS


@dataclass
class Result:
    """What deduplication gives.

    Attributes
    ----------
    records : list of Record
        One a publication, in the order of the first.
    pairs : list of Pair
        What was decided about whom.
    groups : dict of str to list of str
        Names of the records merged, by the name of the first of them.
    open : list of Pair
        What a person has to decide: uncertain, and not merged by way of a third record.
    removed : int
        Records in less records out.
    """

    records: list[Record]
    pairs: list[Pair]
    groups: dict[str, list[str]]
    open: list[Pair]
    removed: int


@dataclass
class Plan:
    """Which records of a sequence are merged, without the records: for libraries of any size.

    Attributes
    ----------
    group : array of int
        By a record's place in the sequence, the place of the first of its publication.
    pairs, open, groups
        As in `Result`.
    """

    group: array
    pairs: list[Pair]
    groups: dict[str, list[str]]
    open: list[Pair]

    def merged(self, records: Iterable[Record]) -> Iterator[tuple[int, Record]]:
        """The same records once more, one a publication as soon as the last of it was read.

        Each with the place of the first.
        """
        waiting = Counter(self.group)
        held: dict[int, list[Record]] = {}
        for first, record in zip(self.group, identity.told_apart(records), strict=True):
            held.setdefault(first, []).append(record)
            waiting[first] -= 1
            if not waiting[first]:
                yield first, merged(held.pop(first))


def deduplicate(
    records: Iterable[Record], decided: Iterable[Pair] = (), *, match: bool = True
) -> Result:
    """Merge the records that describe one publication.

    Parameters
    ----------
    records : iterable of Record
    decided : iterable of Pair
        What was decided before; decisions of persons stand.
    match : bool
        Whether records are compared anew; if not, only what was decided before counts, by whomever.

    Raises
    ------
    CompendiumError
        If persons' decisions contradict each other.
    """
    everything = list(records)
    plan = planned(everything, decided, match=match)
    unique = [record for _first, record in sorted(plan.merged(everything), key=lambda one: one[0])]
    return Result(
        unique, plan.pairs, plan.groups, plan.open, removed=len(everything) - len(unique)
    )


def planned(
    records: Iterable[Record],
    decided: Iterable[Pair] = (),
    *,
    match: bool = True,
    progress: Callable[[int], None] = lambda done: None,
) -> Plan:
    """Which records to merge, as `deduplicate`; they are read once and not kept.

    While they are compared, `progress` is told how many are done.

    Those of one name say the same, or `identity.told_apart` gives them names of their own.
    """
    seen = _Seen()
    for record in identity.told_apart(records):
        seen.add(record)
    own = dict(seen.called(pair) for pair in decided if pair.by_person or not match)
    found: dict[Nodes, Pair] = {}
    for one, other, said in candidates.matches(seen.lines, progress) if match else ():
        told = DUPLICATE if said == matching.SAME else UNCERTAIN
        found[one, other] = seen.pair(one, other, told)
    found |= {at: pair for at, pair in own.items() if at in found or at[0] >= 0}
    first, refused = _joined(seen, found, match)
    found |= {at: seen.pair(*at, UNCERTAIN) for at in refused}
    pairs = sorted(found.values(), key=lambda pair: pair.names)
    size = Counter(first)
    groups: dict[int, list[str]] = {}
    for at, own_first in enumerate(first):
        if size[own_first] > 1:
            groups.setdefault(own_first, []).append(seen.name(at))
    return Plan(
        array("q", (seen.place[first[at]] for at in seen.node)), pairs,
        {held[0]: held for held in groups.values()}, _asked(found, first),
    )  # fmt: skip


def _asked(pairs: dict[Nodes, Pair], first: array) -> list[Pair]:
    """What a person has to decide: of any two groups once, and not what a person decided of them.
    """
    asked: dict[tuple[int, ...], Pair] = {}
    known = {tuple(sorted((first[one], first[other])))
             for (one, other), pair in pairs.items() if pair.decision == DIFFERENT}  # fmt: skip
    for (one, other), pair in pairs.items():
        groups = tuple(sorted((first[one], first[other])))
        if pair.decision == UNCERTAIN and groups[0] != groups[1] and groups not in known:
            asked.setdefault(groups, pair)
    return list(asked.values())


@dataclass
class _Seen:
    """The records of a sequence boiled down: a node a name, numbered as they were met.

    A name is looked up by a number made of it; itself it stands with the record's line.
    """

    node: array = field(default_factory=lambda: array("q"))
    place: array = field(default_factory=lambda: array("q"))
    lines: candidates.Lines = field(default_factory=candidates.Lines)
    number: dict[int, int] = field(default_factory=dict)
    other_names: dict[int, int] = field(default_factory=dict)
    dois: dict[int, int] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        name, *others = record.keys
        at = self.number.setdefault(hash(name), len(self.place))
        if at == len(self.place):
            self.place.append(len(self.node))
            self.lines.add(matching.line(record))
            if name.startswith("doi:"):
                own = hash(name.partition("~")[0])
                self.dois[own] = -1 if own in self.dois else at
        self.node.append(at)
        for other in others:
            self.other_names.setdefault(hash(other), at)

    def name(self, at: int) -> str:
        return self.lines.get(at).name

    def pair(self, one: int, other: int, decision: str) -> Pair:
        a, b = self.lines.get(one), self.lines.get(other)
        return Pair(a.name, b.name, decision, PROGRAM, a.shown, b.shown)

    def called(self, pair: Pair) -> tuple[tuple[int, int], Pair]:
        """A pair with the records' own names and their nodes; (-1, -1) if one is not here.

        A record is also called by the names of those merged into it, and by its DOI where only
        one has it.
        """
        one, other = map(self._node, (pair.record, pair.other))
        if one < 0 or other < 0 or one == other:
            return (-1, hash(pair.names)), pair
        own = replace(pair, record=self.name(one), other=self.name(other))
        return (min(one, other), max(one, other)), own

    def _node(self, name: str) -> int:
        own = hash(name)
        return self.number.get(own, self.other_names.get(own, self.dois.get(own, -1)))


Nodes = tuple[int, int]


def _joined(
    seen: _Seen, pairs: dict[Nodes, Pair], match: bool
) -> tuple[array, list[Nodes]]:
    """By node, the first of its group; and what was not joined, for two of the group are apart.

    What a person keeps apart stays apart. The program joins no group of which two records are
    two publications by themselves, for then a third that says little stands between them.
    """
    first = array("q", range(len(seen.place)))
    members: dict[int, list[int]] = {}
    apart: dict[int, set[int]] = {}
    for (one, other), pair in pairs.items():
        if pair.decision == DIFFERENT and pair.by_person:
            apart.setdefault(one, set()).add(other)
            apart.setdefault(other, set()).add(one)
    order = sorted(
        (at for at, pair in pairs.items() if pair.decision == DUPLICATE),
        key=lambda at: not pairs[at].by_person,
    )
    refused = []
    for one, other in order:
        by_person = pairs[one, other].by_person
        low, high = sorted((first[one], first[other]))
        if low == high:
            continue
        left, right = members.get(low, [low]), members.get(high, [high])
        against = next(((a, b) for a in left for b in apart.get(a, ()) if b in right), None)
        if against and by_person:
            raise CompendiumError(
                _("{one} and {other} are said to be different, and are joined by other decisions.")
                .format(one=seen.name(against[0]), other=seen.name(against[1])),
                remedy=_("Change one of the decisions."),
            )  # fmt: skip
        if against:
            continue
        if match and not by_person and len(left) + len(right) > 2 and _stranger(seen, left, right):
            refused.append((one, other))
            continue
        members[low] = left + right
        members.pop(high, None)
        for at in right:
            first[at] = low
    return first, refused


def _stranger(seen: _Seen, left: list[int], right: list[int]) -> bool:
    """Whether a record of one group is another publication than one of the other."""
    some = seen.lines.get
    return any(
        matching.compare(some(a), some(b)) == matching.APART
        for a in left[:8] for b in right[:8]
    )  # fmt: skip


def merged(held: list[Record]) -> Record:
    """One record of several: the fullest, with what it lacks taken from the others."""
    if len(held) == 1:
        return held[0]
    filled = [sum(bool(getattr(r, n)) for n in VALUES if n not in DICTIONARIES) for r in held]
    order = [held[at] for at in sorted(range(len(held)), key=lambda at: -filled[at])]
    best = order[0]
    whole = Record(**{name: getattr(best, name) for name in VALUES})
    whole.reader, whole.file, whole.line = best.reader, best.file, best.line
    whole.extra, whole.original = dict(best.extra), dict(best.original)
    for other in order[1:]:
        for name in VALUES:
            if name not in DICTIONARIES and getattr(whole, name) in ("", (), None):
                setattr(whole, name, getattr(other, name))
        for name, value in other.extra.items():
            whole.extra.setdefault(name, value)
    own = sorted({name for record in held for name in record.keys}, key=identity.strength)
    if len(own) > 1:
        whole.extra[identity.MERGED] = "; ".join(own)
    return whole


_COLUMNS = [field.name for field in fields(Pair)]


def read_table(file: Path) -> list[Pair]:
    """The decisions of a table, as a spreadsheet of any language saved it; none if there is none.

    Raises
    ------
    CompendiumError
        If a row does not hold what it should.
    """
    if not file.exists():
        return []
    found = []
    for at, row in cells_of(file):
        for column in _COLUMNS[:4]:
            if not row.get(column, "").strip():
                raise CompendiumError(_("The cell is empty."), path=file, row=at, column=column)
        decision = row["decision"].strip().casefold()
        if decision not in DECISIONS:
            raise CompendiumError(
                _("{value!r} is no decision.").format(value=row["decision"]),
                path=file, row=at, column="decision",
                remedy=_("Write one of: {values}.").format(values=", ".join(DECISIONS)),
            )  # fmt: skip
        texts = {column: bare(row.get(column, "").strip()) for column in _COLUMNS}
        found.append(Pair(**{**texts, "decision": decision}))
    return found


def write_table(pairs: Iterable[Pair], file: Path) -> None:
    """Write the decisions; rows of persons that are not among them are kept.

    With a mark at the beginning by which spreadsheets know the encoding, and with the divider
    that the table had.
    """
    kept = {pair.names: pair for pair in read_table(file) if pair.by_person}
    whole = {pair.names: pair for pair in pairs} | kept
    divider = header(Source.of(file).head)[1] if file.exists() else ","
    with replacing(file) as draft, draft.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream, delimiter=divider, lineterminator="\n")
        out.writerow(_COLUMNS)
        for names in sorted(whole):
            out.writerow([guarded(cell) for cell in astuple(whole[names])])
