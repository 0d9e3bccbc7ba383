"""From the finished screening to the tables of the book: the works that full texts let in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from compendium import data, project
from compendium.errors import CompendiumError
from compendium.files import replace
from compendium.language import _, label
from compendium.records import identity, work_rows
from compendium.records.record import Record
from compendium.screening import decisions, outcomes, protocol, sources
from compendium.search import platforms
from compendium.spreadsheet import guarded


@dataclass(frozen=True)
class Added:
    """What the tables of the book got from the decisions.

    Attributes
    ----------
    works : list of str
        Keys of the works that are new in `sources`.
    rows : dict of Path to int
        Rows added, by file.
    there : int
        Included records whose work stood there already.
    waiting : int
        Records that await a decision on their full text.
    """

    works: list[str]
    rows: dict[Path, int]
    there: int
    waiting: int


@dataclass(frozen=True)
class Screened:
    """The records that full texts let in, each with its work; and how many are undecided.

    Attributes
    ----------
    works : dict of str to str
        Key in `sources` by record; empty where it has no row there.
    waiting : int
    """

    works: dict[str, str]
    waiting: int


def screened(folder: Path) -> Screened:
    """What a folder of decisions includes, beside the works that the book has.

    A work is known by its record where `sources` has that column filled, or else by DOI or title.
    Records of one study are one work.
    """
    listed, decided = decisions.read(folder)
    readers = protocol.read(folder).reviewers
    found = outcomes.of_stage(decided, decisions.FULL_TEXT, readers)
    reached = outcomes.reached_full_text(listed, decided, readers)
    done = {record: found[record].state for record in reached if record in found}
    waiting = len(reached) - sum(
        state not in (outcomes.WAITING, outcomes.CONFLICT) for state in done.values()
    )
    known = _Known.of(data.table("sources"))
    works: dict[str, str] = {}
    by_study: dict[str, str] = {}
    for row in listed.itertuples():
        if done.get(row.record) == decisions.INCLUDE:
            study = row.study or row.record
            works[row.record] = known.work([row.record, study], "", row.title)
            by_study[study] = by_study.get(study) or works[row.record]
    studies = dict(zip(listed["record"], listed["study"], strict=True))
    return Screened({record: work or by_study[studies[record] or record]
                     for record, work in works.items()}, waiting)  # fmt: skip


def include(folder: Path, file: Path, query: str = "") -> Added:
    """Give each included record a row in `sources`, and one in the table of its query.

    Rows that are there stay as they are, whatever a person made of them.

    Parameters
    ----------
    folder : Path
        Of the decisions.
    file : Path
        The records that were screened.
    query : str
        Which query found those of which nothing tells it.

    Raises
    ------
    CompendiumError
        If the file does not hold a record, or nothing tells which query found it; nothing is
        written then.
    """
    now = screened(folder)
    held = {name: record for record in sources.unique([file]).values() for name in record.keys}
    listed = decisions.read_records(folder)
    queries = {each["id"]: each for each in data.document("queries")}
    if query and query not in queries:
        raise CompendiumError(
            _("There is no query {name}.").format(name=repr(query)), path=data.place_of("queries"),
            remedy=protocol.near(query, queries),
        )  # fmt: skip
    table = data.table("sources")
    taken = set(table["key"])
    known, new = _Known.of(table), []
    by_study: dict[str, str] = {}
    studies = dict(zip(listed["record"], listed["study"], strict=True))
    pairs: list[tuple[str, str]] = []
    for name, work in now.works.items():
        if name not in held:
            raise CompendiumError(
                _("The file does not hold the record {record}.").format(record=name),
                path=project.relative(file),
                remedy=_("Name the file that the sheets were made from."),
            )  # fmt: skip
        record, study = held[name], studies[name] or name
        work = work or by_study.get(study) or known.work([name], record.doi, record.title)
        if not work:
            work = work_rows.key(record, taken)
            taken.add(work)
            new.append(work_rows.row(record, work) | {"record": name})
        by_study[study] = work
        pairs += [(work, each) for each in _queries(record, listed, queries, query)]
    added: dict[Path, int] = {}
    _append("sources", new, added)
    for name in dict.fromkeys(queries[each]["included_in"] for _work, each in pairs):
        there = data.table(name)
        have = set(zip(there["work"], there["query"], strict=True)) if "query" in there else \
            {(work, each) for work in there["work"] for each in queries}  # fmt: skip
        own = [(w, q) for w, q in dict.fromkeys(pairs) if queries[q]["included_in"] == name]
        _append(name, [_required(name) | {"work": w, "query": q} for w, q in own
                       if (w, q) not in have], added)  # fmt: skip
    works = [str(row["key"]) for row in new]
    return Added(works, added, len(set(by_study.values()) - set(works)), now.waiting)


@dataclass(frozen=True)
class _Known:
    """The works of the book by what tells that a record is theirs."""

    by_record: Mapping[str, str] = field(default_factory=dict)
    by_doi: Mapping[str, str] = field(default_factory=dict)
    by_title: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, table: pd.DataFrame) -> _Known:
        rows = list(table.itertuples())
        return cls(
            {row.record: row.key for row in rows if getattr(row, "record", "")},
            {row.doi.casefold(): row.key for row in rows if row.doi},
            {identity.bare(row.title): row.key for row in rows if row.title},
        )

    def work(self, names: Iterable[str], doi: str, title: str) -> str:
        """Key of a work, or nothing."""
        for name in names:
            if name in self.by_record:
                return self.by_record[name]
            if name.startswith("doi:"):
                doi = doi or name.removeprefix("doi:").rpartition("~")[0] or name[4:]
        return self.by_doi.get(doi.casefold()) or self.by_title.get(identity.bare(title)) or ""


def _queries(
    record: Record, listed: pd.DataFrame, queries: Mapping[str, dict], otherwise: str
) -> list[str]:
    """Which queries found a record: by the search it was registered under, or its database."""
    key = decisions.found_as(listed["record"])
    own = listed[[key[name] in record.keys for name in listed["record"]]]
    found = [
        each for row in own.itertuples() if (each := _query(row.search, row.source, queries))
    ]  # fmt: skip
    if found:
        return list(dict.fromkeys(found))
    if otherwise or len(queries) == 1:
        return [otherwise or next(iter(queries))]
    places = sorted({" ".join(filter(None, (row.source, row.search))) for row in own.itertuples()})
    raise CompendiumError(
        _("Nothing tells which query found the record {record} (source: {source}).").format(
            record=record.key, source=", ".join(places) or label("unknown")),
        path=data.place_of("queries"),
        remedy=_("Name the source as the `database` of its query, or the query with --query."),
    )  # fmt: skip


def _query(search: str, source: str, queries: Mapping[str, dict]) -> str:
    if search:
        for code in queries:
            if search in (code, label(code)):
                return code
    alike = [
        code for code, query in queries.items()
        if (database := str(query.get("database") or "").casefold())
        and (database in source.casefold() or source.casefold() == platforms.platform(query))
    ]  # fmt: skip
    return alike[0] if len(alike) == 1 else ""


def _required(name: str) -> dict[str, str]:
    """What a row must say and no program knows."""
    return {
        each["name"]: work_rows.UNKNOWN for each in data.resource(name)["schema"]["fields"]
        if each.get("constraints", {}).get("required")
    }  # fmt: skip


def _append(name: str, rows: Sequence[Mapping], added: dict[Path, int]) -> None:
    """Add rows behind those of a table, under the header that its file has."""
    file = project.current().data.file(name)
    added[project.relative(file)] = len(rows)
    if not rows:
        return
    cells = [{column: guarded(" ".join(str(value).split())) for column, value in row.items()}
             for row in rows]  # fmt: skip
    replace(file, work_rows.behind(file.read_bytes().decode("utf-8-sig"), cells))
