"""What a query finds in exports, and what of it is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow.parquet as pq

from compendium import data, project
from compendium.records import dedup, identity, ledger
from compendium.records.dedup import Pair
from compendium.records.record import Record
from compendium.screening import decisions
from compendium.search import corpus, exports
from compendium.spreadsheet import bare
from scopus_query import columns, evaluate
from scopus_query.compile import FORMS, MARKS, used
from scopus_query.engines import engine
from scopus_query.meaning import codes
from scopus_query.tree import Node

_AT_ONCE = 5_000


@dataclass(frozen=True)
class NewHit:
    """A publication that a query finds, or that lacks what would decide.

    Attributes
    ----------
    record : Record
    found : bool
        False if the record lacks a field that would decide.
    """

    record: Record
    found: bool

    @property
    def cells(self) -> evaluate.Record:
        """The record as the search reads it."""
        return exports.as_searched(self.record)

    def lacking(self, tree: Node) -> list[str]:
        """What the query asks and the record lacks; empty if the query finds it.

        Columns of the search, and field codes for which no record has one.
        """
        if self.found:
            return []
        held = self.cells
        names = (name.removesuffix(f"_{FORMS}").removesuffix(f"_{MARKS}") for name in used(tree))
        missing = [name for name in dict.fromkeys(names) if held.get(name) is None]
        return missing + columns.unsearched(codes(tree))


@dataclass
class Sifted:
    """What became of every entry of the exports.

    `entries` = `refused` + `not_found` + `repeats` + `known` + `screened` + `new`.

    Attributes
    ----------
    entries, refused : int
        Entries of the exports, and those that are no records.
    not_found : int
        Records that the query does not find.
    repeats : list of Record
        Those, of what was found, that describe a publication a second time.
    known : list of NewHit
        Publications of the review or of an earlier update.
    screened : list of NewHit
        Others that the review's screening holds, whatever was decided.
    new : list of NewHit
        What was found first, then what cannot be decided.
    pairs : list of Pair
        What was decided about which two records.
    open : list of Pair
        Of those that touch a new hit, what a person has to decide.
    accounts : list of Ledger
    """

    entries: int = 0
    refused: int = 0
    not_found: int = 0
    repeats: list[Record] = field(default_factory=list)
    known: list[NewHit] = field(default_factory=list)
    screened: list[NewHit] = field(default_factory=list)
    new: list[NewHit] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    open: list[Pair] = field(default_factory=list)
    accounts: list[ledger.Ledger] = field(default_factory=list)


def sift(
    tree: Node,
    files: Sequence[Path],
    known: Iterable[Record] = (),
    decided: Iterable[Pair] = (),
    progress: Callable[[int], None] = lambda done: None,
    screened: Iterable[Record] = (),
) -> Sifted:
    """Read exports, ask the query, merge what describes one publication, take out what is known.

    Parameters
    ----------
    tree : Node
    files : sequence of Path
    known : iterable of Record
        Works of the review, and hits of earlier updates.
    decided : iterable of Pair
        Decisions about duplicates; those of persons stand.
    progress : callable, optional
        Told how many records are read.
    screened : iterable of Record
        What the review's screening holds, as `screened` gives it.

    Raises
    ------
    CompendiumError
        If a file cannot be read.
    """
    told = Sifted()
    known = [record for record in known if not record.is_empty]
    candidates = []
    records = ledger.records(files, told.accounts, progress)
    while some := list(islice(records, _AT_ONCE)):
        answers = answered(tree, some)
        candidates += [
            record for record, answer in zip(some, answers, strict=True) if answer is not False
        ]
        told.not_found += answers.count(False)
    told.entries = sum(account.entries for account in told.accounts)
    told.refused = sum(len(account.refused) for account in told.accounts)
    listed = [record for record in screened if not record.is_empty]
    every = [*known, *candidates, *listed]  # of one name the first is compared: it says more
    result = dedup.deduplicate(every, decided)
    told.pairs = result.pairs
    first = {name: group for group, held in result.groups.items() for name in held}

    def group(record: Record) -> str:
        name = record.key
        return first.get(name, name)

    groups = dict.fromkeys(map(group, every))
    merged = dict(zip(groups, result.records, strict=True))
    before, here = set(map(group, known)), set(map(group, listed))
    seen: set[str] = set()
    for record in candidates:
        if (name := group(record)) in seen:
            told.repeats.append(record)
        seen.add(name)
    asked = [name for name in groups if name in seen]
    answers = answered(tree, [merged[name] for name in asked])  # a merged record says more
    for name, answer in zip(asked, answers, strict=True):
        if name in before:
            told.known.append(NewHit(merged[name], answer is True))
        elif name in here:
            told.screened.append(NewHit(merged[name], answer is True))
        elif answer is False:
            told.not_found += 1
        else:
            told.new.append(NewHit(merged[name], answer is True))
    told.new.sort(key=lambda hit: not hit.found)
    new = {group(hit.record) for hit in told.new}
    told.open = [pair for pair in result.open
                 if {first.get(n, n) for n in pair.names} & new]  # fmt: skip
    return told


def answered(tree: Node, records: Sequence[Record]) -> list[bool | None]:
    """What a query says of each record: true, false, or None where the record does not say."""
    if not records:
        return []
    table = corpus.table([exports.as_searched(record) for record in records])
    with TemporaryDirectory() as folder:
        pq.write_table(table, Path(folder, "part-0.parquet"))
        answers = dict(engine("duckdb").answers(tree, Path(folder)))
    return [answers[at] for at in range(len(records))]


def works() -> list[Record]:
    """The works that the review includes, as records; the title of one may be unknown."""
    lists = dict.fromkeys(query["included_in"] for query in data.document("queries"))
    included = {work for table in lists for work in data.table(table)["work"]}
    return [
        Record(
            title=row.title, authors=tuple(filter(None, row.authors.split("; "))),
            year=None if pd.isna(row.year_issue) else int(row.year_issue),
            source=row.venue, volume=row.volume, issue=row.issue,
            pages=row.pages.replace("-", "–"), doi=row.doi.lower(), extra={"work": row.key},
        )
        for row in data.table("sources").itertuples() if row.key in included
    ]  # fmt: skip


def screened() -> list[Record]:
    """What the review's screening holds, included or not, under the names that it has there.

    The table tells a record's name and title; the name tells an identifier.
    """
    here = project.current().data
    if not here.holds("screening_records") or not here.file("screening_records").is_file():
        return []
    held = here.table("screening_records")
    key = decisions.found_as(held["record"])
    return [_named(row.record, bare(row.title)) for row in held.itertuples()
            if ":" in row.record and key[row.record] == row.record
            and row.origin != "origin_previous"]  # fmt: skip


def _named(name: str, title: str) -> Record:
    kind, _colon, value = name.partition(":")
    record = Record(title=title, extra={identity.MERGED: name})
    if kind == "doi":
        record.doi = value.partition("~")[0]
    elif kind in identity.OWN and "~" not in value:
        setattr(record, kind, value)
    return record
