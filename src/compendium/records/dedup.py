"""Records that describe one publication: found by bib-dedupe, decided by people, merged.

Each pair is a row of a table with what was decided and by whom. A person overrules the program by
changing `decision` and `decided_by`; no later run changes such a row.
"""

from __future__ import annotations

import csv
import os
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from compendium.errors import CompendiumError
from compendium.files import replacing
from compendium.language import N_, _
from compendium.records import identity
from compendium.records.record import DICTIONARIES, VALUES, Record
from compendium.spreadsheet import guarded

DUPLICATE, DIFFERENT, UNCERTAIN = "duplicate", "different", "uncertain"
DECISIONS = {
    DUPLICATE: N_("both records describe one publication"),
    DIFFERENT: N_("the records describe two publications"),
    UNCERTAIN: N_("a person has to decide; until then both records stay"),
}
PROGRAM = "bib-dedupe"


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
        """Both identities, whichever stands first."""
        return tuple(sorted((self.record, self.other)))


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
        Identities of the records merged, by the identity of the one that stands for them.
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


def deduplicate(records: Iterable[Record], decided: Iterable[Pair] = ()) -> Result:
    """Merge the records that describe one publication.

    Parameters
    ----------
    records : iterable of Record
        Those with the same identity are merged without question.
    decided : iterable of Pair
        What was decided before; decisions of persons stand.

    Raises
    ------
    CompendiumError
        If persons' decisions contradict each other.
    """
    everything = list(identity.told_apart(records))
    named: dict[str, list[Record]] = {}
    for record in everything:
        named.setdefault(record.key, []).append(record)
    called = _called(named)
    own = {
        pair.names: pair
        for pair in (
            replace(pair, record=called.get(pair.record, pair.record),
                    other=called.get(pair.other, pair.other))
            for pair in decided if pair.decided_by != PROGRAM
        ) if pair.record != pair.other
    }  # fmt: skip
    found = [
        own.get(pair.names, pair)
        for pair in compare({name: merged(held) for name, held in named.items()})
    ]
    known = {pair.names for pair in found}
    found += [p for names, p in own.items() if names not in known and named.keys() >= {*names}]
    groups: dict[str, list[Record]] = {}
    joined = _joined(list(named), found)
    for name, held in named.items():
        groups.setdefault(joined[name], []).extend(held)
    unique = [merged(held) for held in groups.values()]
    return Result(
        records=unique,
        pairs=sorted(found, key=lambda pair: pair.names),
        groups={
            name: list(dict.fromkeys(record.key for record in held))
            for name, held in groups.items() if len(held) > 1
        },
        open=[p for p in found if p.decision == UNCERTAIN and joined[p.record] != joined[p.other]],
        removed=len(everything) - len(unique),
    )  # fmt: skip


def _called(named: dict[str, list[Record]]) -> dict[str, str]:
    """Records by other names: those of records merged earlier, and a DOI that only one has."""
    found = {key: name for name, held in named.items() for record in held for key in record.keys}
    dois = Counter(name.partition("~")[0] for name in named if name.startswith("doi:"))
    short = {doi: name for name in named if dois[doi := name.partition("~")[0]] == 1}
    return short | found | {name: name for name in named}


def compare(named: dict[str, Record]) -> list[Pair]:
    """What bib-dedupe says of the pairs that resemble each other, and two rules about DOIs.

    Two records whose DOIs and titles both differ are left to a person whatever it says: the first
    and the second part of a report resemble each other in all else. Two records with one DOI that
    it says nothing of are one publication if a title is the other's beginning; if not, a person
    has to decide, for there are exports with another article's DOI.
    """
    if len(named) < 2:
        return []
    names = list(named)
    found = []
    for row in _matched([_row(at, named[name]) for at, name in enumerate(names)]):
        one, other = (names[int(i)] for i in sorted((row.ID_1, row.ID_2), key=int))
        a, b = named[one], named[other]
        sure = row.duplicate_label == "duplicate" and not _apart(a, b)
        decision = DUPLICATE if sure else UNCERTAIN
        found.append(Pair(one, other, decision, PROGRAM, a.title, b.title))
    said = {pair.names for pair in found}
    for one, other in _same_doi(named):
        if tuple(sorted((one, other))) not in said:
            a, b = named[one], named[other]
            first, second = sorted((_bare(a.title), _bare(b.title)), key=len)
            decision = DUPLICATE if first and second.startswith(first) else UNCERTAIN
            found.append(Pair(one, other, decision, PROGRAM, a.title, b.title))
    return found


def _same_doi(named: dict[str, Record]) -> Iterator[tuple[str, str]]:
    """Of the records with one DOI, the first with each of the others."""
    first: dict[str, str] = {}
    for name, record in named.items():
        if record.doi and first.setdefault(record.doi, name) != name:
            yield first[record.doi], name


def _matched(rows: list[dict[str, str]]) -> list:
    import pandas as pd

    quiet = {"verbosity_level": 0, "cpu": 1 if len(rows) < 5_000 else os.cpu_count() or 1}
    with warnings.catch_warnings():  # of options that pandas 3 has no more use for
        warnings.simplefilter("ignore", DeprecationWarning)
        from bib_dedupe import bib_dedupe

        candidates = bib_dedupe.block(bib_dedupe.prep(pd.DataFrame(rows), **quiet), **quiet)
        if candidates.empty:
            return []
        return list(bib_dedupe.match(candidates, **quiet).itertuples())


def _apart(one: Record, other: Record) -> bool:
    """Whether both DOIs and titles differ; a title may stand with its original in brackets."""
    if not one.doi or not other.doi or one.doi == other.doi:
        return False
    return _bare(one.title) != _bare(other.title)


def _bare(title: str) -> str:
    """The letters and figures of a title, without the original title that stands in brackets."""
    return re.sub(r"\W|_", "", title.partition(" [")[0].casefold())


def _row(at: int, record: Record) -> dict[str, str]:
    """A record as bib-dedupe names its columns."""
    kind = "inproceedings" if record.document_type == "conference_paper" else "article"
    in_book = record.document_type in ("conference_paper", "book_chapter")
    return {
        "ID": str(at), "ENTRYTYPE": kind, "title": record.title,
        "author": " and ".join(record.authors), "year": str(record.year or ""),
        "journal": record.source, "booktitle": record.source if in_book else "",
        "volume": record.volume, "number": record.issue, "pages": record.pages.replace("–", "-"),
        "doi": record.doi, "abstract": record.abstract, "isbn": "; ".join(record.isbn),
    }  # fmt: skip


def _joined(names: list[str], pairs: list[Pair]) -> dict[str, str]:
    """By identity, the first identity of its group; what a person keeps apart stays apart."""
    group = {name: name for name in names}
    members = {name: [name] for name in names}
    apart = [p for p in pairs if p.decision == DIFFERENT and p.decided_by != PROGRAM]
    order = sorted(
        (p for p in pairs if p.decision == DUPLICATE), key=lambda p: p.decided_by == PROGRAM
    )
    for pair in order:
        one, other = group[pair.record], group[pair.other]
        if one == other:
            continue
        both = {*members[one], *members[other]}
        against = next((a for a in apart if both >= {a.record, a.other}), None)
        if against and pair.decided_by != PROGRAM:
            raise CompendiumError(
                _("{one} and {other} are said to be different, and are joined by other decisions.")
                .format(one=against.record, other=against.other),
                remedy=_("Change one of the decisions."),
            )  # fmt: skip
        if against:
            continue
        first, second = sorted((one, other), key=names.index)
        for name in members.pop(second):
            group[name] = first
            members[first].append(name)
    return group


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
    """The decisions of a table; none if there is no such file.

    Raises
    ------
    CompendiumError
        If a row does not hold what it should.
    """
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = []
    for at, row in enumerate(rows, start=2):
        for column in _COLUMNS[:4]:
            if not (row.get(column) or "").strip():
                raise CompendiumError(_("The cell is empty."), path=file, row=at, column=column)
        if row["decision"] not in DECISIONS:
            raise CompendiumError(
                _("{value!r} is no decision.").format(value=row["decision"]),
                path=file, row=at, column="decision",
                remedy=_("Write one of: {values}.").format(values=", ".join(DECISIONS)),
            )  # fmt: skip
        found.append(Pair(*((row.get(column) or "") for column in _COLUMNS)))
    return found


def write_table(pairs: Iterable[Pair], file: Path) -> None:
    """Write the decisions; rows of persons that are not among them are kept."""
    kept = {pair.names: pair for pair in read_table(file) if pair.decided_by != PROGRAM}
    whole = {pair.names: pair for pair in pairs} | kept
    with replacing(file) as draft, draft.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(_COLUMNS)
        for names in sorted(whole):
            out.writerow([guarded(cell) for cell in astuple(whole[names])])
