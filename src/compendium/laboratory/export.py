"""The export that the page holds: read, compared, asked, and taken away in files."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scopus_query.errors import ScopusQueryError
from scopus_query.parse import read

if TYPE_CHECKING:
    from compendium.records.dedup import Plan
    from compendium.records.ledger import Ledger
    from compendium.records.record import Record
    from compendium.screening.prisma import Flow
    from scopus_query.tree import Node

Progress = Callable[[int], None]
SHOWN = 200
"""Records that a list shows; what is taken away holds all."""
AT_ONCE = 100
"""Records that a query is asked about in one step: the page may stop between two."""


@dataclass
class Export:
    """What the page holds.

    Attributes
    ----------
    records : list of Record
        As they were read.
    accounts : list of Ledger
        What became of the entries of each file.
    plan : Plan, optional
        Which of them are one publication, once they were compared.
    asked : list of Record
        Those that the query is asked about: one a publication, once they were compared.
    query : str
        The one that all of them were asked last.
    found, unknown : list of int
        Places among those asked of what the query finds, and may find.
    """

    records: list[Record] = field(default_factory=list)
    accounts: list[Ledger] = field(default_factory=list)
    plan: Plan | None = None
    asked: list[Record] = field(default_factory=list)
    query: str = ""
    found: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)

    def compared(self, plan: Plan) -> None:
        """Hold one record a publication."""
        unique = sorted(plan.merged(self.records), key=lambda one: one[0])
        self.plan, self.asked, self.query = plan, [record for _first, record in unique], ""
        self.found, self.unknown = [], []

    @property
    def waiting(self) -> list[Record]:
        """Those to screen: what the query finds or may find, or all if none was asked."""
        if not self.query:
            return self.asked
        return [self.asked[at] for at in sorted((*self.found, *self.unknown))]

    @property
    def sources(self) -> dict[str, int]:
        """Entries by the database that names the records of a file, or else by the file."""
        told: Counter[str] = Counter()
        start = 0
        for account in self.accounts:
            own = self.records[start : start + account.found]
            start += account.found
            names = {record.database for record in own}
            told[(names.pop() if len(names) == 1 else "") or account.file] += account.entries
        return dict(told.most_common())

    def flow(self) -> Flow:
        """The flow up to the screening, which has not begun."""
        from compendium.screening import decisions
        from compendium.screening.prisma import BOXES, Flow

        counts: dict[str, int | None] = dict.fromkeys(BOXES)
        counts["database_results"] = sum(account.entries for account in self.accounts)
        counts["excluded_other"] = sum(len(account.refused) for account in self.accounts)
        if self.plan:
            counts["duplicates"] = len(self.records) - len(self.asked)
        if self.query:
            counts["excluded_automatic"] = len(self.asked) - len(self.waiting)
        counts["records_screened"] = 0
        return Flow(counts, undecided={decisions.TITLE_ABSTRACT: len(self.waiting)},
                    sources={"database_results": self.sources})  # fmt: skip


_held = Export()


def export(given: dict, progress: Progress) -> dict:
    """Read files: what was read of them and what was refused, as `records read --json` says it."""
    from compendium.errors import CompendiumError
    from compendium.language import _
    from compendium.language.active import speak
    from compendium.records import ledger

    global _held
    speak(given["lang"])
    accounts: list[ledger.Ledger] = []
    failed: list[CompendiumError] = []
    _held = Export()
    files = [Path(name) for name in given["files"]]
    try:
        records = list(ledger.records(files, accounts, progress, failed))
    except ModuleNotFoundError:
        raise ScopusQueryError(
            _("This kind of file is not read in the page."), remedy=_("Save the table as CSV."),
        ) from None
    _held = Export(records, accounts, asked=records)
    return {
        "files": [account.as_data() for account in accounts],
        "failed": [str(error) for error in failed],
        "records": [_shown(record) for record in islice(records, SHOWN)],
    }


def duplicates(given: dict, progress: Progress) -> dict:
    """How many publications the records are, as `records dedup --json` counts them."""
    from compendium.language.active import speak
    from compendium.records import dedup

    speak(given["lang"])
    plan = dedup.planned(_told(_held.records, progress), progress=progress)
    _held.compared(plan)
    total, unique = len(plan.group), len(set(plan.group))
    names = {record.key: record for record in _held.records}
    return {
        "in": total, "out": unique, "removed": total - unique, "uncertain": len(plan.open),
        "groups": plan.groups,
        "merged": [[_shown(names[name]) for name in group if name in names]
                   for group in islice(plan.groups.values(), SHOWN)],
        "open": [[pair.title, pair.other_title] for pair in plan.open[:SHOWN]],
    }  # fmt: skip


def hits(given: dict, progress: Progress) -> dict:
    """Which of the next records the query finds, and which term stands in which field.

    The page asks from 0, and again from `next` as long as there is one, so that it can stop.
    """
    from compendium.search import exports
    from scopus_query.evaluate import evaluate

    start = given.get("at", 0)
    if not start:
        _held.query, _held.found, _held.unknown = "", [], []
    tree = read(given["query"]).tree
    if tree is None:
        return {}
    end = min(start + AT_ONCE, len(_held.asked))
    shown: list[dict] = []
    for at in range(start, end):
        searched = exports.as_searched(_held.asked[at])
        said = evaluate(tree, searched)
        if said is None:
            _held.unknown.append(at)
        elif said:
            _held.found.append(at)
            if len(_held.found) <= SHOWN:
                shown.append({**_shown(_held.asked[at]), "terms": _terms(tree, searched)})
    if end == len(_held.asked):
        _held.query = given["query"]
    found, unknown = len(_held.found), len(_held.unknown)
    return {"all": end, "found": found, "unknown": unknown, "missed": end - found - unknown,
            "records": shown, "next": end if end < len(_held.asked) else None}  # fmt: skip


def _terms(tree: Node, searched: dict) -> list[dict]:
    """The terms of a query that stand in a record: in which fields, and in what words."""
    from scopus_query import columns, explain
    from scopus_query.evaluate import matches
    from scopus_query.unparse import unparse

    told: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for match in matches(tree, searched):
        fields, words = told.setdefault(unparse(match.node), ({}, {}))
        text = columns.shown(match.column, str(searched[match.column]))
        fields[explain.column(match.column)] = None
        words[text[match.start : match.end]] = None
    return [{"term": term, "fields": list(fields), "words": list(words)[:8]}
            for term, (fields, words) in told.items()]  # fmt: skip


def take(given: dict, progress: Progress) -> dict:
    """A file to take away: all records, one a publication, or the query's hits."""
    from compendium.records import write

    found = [_held.asked[at] for at in _held.found]
    records = {"all": _held.records, "merged": _held.asked, "found": found}[given["which"]]
    kind = write.writers()[given["format"]]
    texts = [write.entry(record, kind) for record in records]
    text = kind.opening + kind.between.join(texts) + kind.closing
    return {"name": f"records{kind.suffix}", "text": text, "count": len(texts)}


def sheet(given: dict, progress: Progress) -> dict:
    """A screening sheet of the records that wait, as `screening sheet` writes it.

    It is left in the folder, for the worker to take away.
    """
    from compendium.errors import CompendiumError
    from compendium.language import _
    from compendium.records import identity

    with _review(given):
        try:
            from compendium.screening import highlights, sheets
            from compendium.screening.layout import SheetPlan
        except ModuleNotFoundError:
            raise ScopusQueryError(
                _("What writes a workbook could not be loaded."),
                remedy=_("Try again with a network."),
            ) from None
        tree = read(_held.query).tree if _held.query else None
        colour = highlights.of_query(tree) if tree else None
        plan = SheetPlan(lang=given["lang"], criteria=given["criteria"], highlight=colour)
        path = Path(sheets.name(given["reviewer"], plan.stage))
        waiting = {record.key: record for record in identity.told_apart(_held.waiting)}
        try:
            count = sheets.write(waiting.values(), path, given["reviewer"], plan, progress=progress)
        except CompendiumError as error:
            raise ScopusQueryError(str(error)) from None
    return {"name": path.name, "count": count}


def flow(given: dict, progress: Progress) -> dict:
    """The PRISMA flow up to the screening: to show, and as a file."""
    from compendium.display import palette
    from compendium.screening import diagram, prisma_layout

    with _review(given):
        told = _held.flow()
        alt = prisma_layout.alt(told)
        drawn = diagram.svg(prisma_layout.diagram(told), alt)
    return {"svg": drawn, "name": "flow.svg", "text": palette.plain(drawn), "alt": alt}


@contextmanager
def _review(given: dict) -> Iterator[None]:
    """Inside the `with` block the labels are those of the review that the page belongs to."""
    from compendium import project
    from compendium.language import active, formats
    from compendium.language.words import CODEBOOK

    formats.SIGNS["group"] = given["group"]
    with TemporaryDirectory() as folder:
        file = Path(folder, *CODEBOOK)
        file.parent.mkdir()
        with file.open("w", encoding="utf-8", newline="") as stream:
            rows = csv.writer(stream)
            rows.writerow(["code", *(f"{what}_{code}" for what in ("label", "definition")
                                     for code in ("en", given["lang"]))])  # fmt: skip
            for code, (label, definition) in given["codes"].items():
                rows.writerow([code, label, label, definition, definition])
        with project.at(Path(folder)):
            active.speak(given["lang"])
            yield


def _shown(record: Record) -> dict:
    return {"title": record.title, "authors": "; ".join(record.authors[:3]),
            "year": record.year, "source": record.source, "doi": record.doi}  # fmt: skip


def _told(records: list[Record], progress: Progress) -> Iterator[Record]:
    for at, record in enumerate(records):
        if not at % 200:
            progress(at)
        yield record


TASKS: dict[str, Callable[[dict, Progress], object]] = {
    "export": export, "duplicates": duplicates, "hits": hits, "take": take,
    "sheet": sheet, "flow": flow,
}  # fmt: skip
