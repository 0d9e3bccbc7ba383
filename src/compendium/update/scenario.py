"""The data as they would be if records were included: a copy of the compendium, rows added."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from compendium import data, project
from compendium.project import Compendium
from compendium.records.record import Record
from compendium.records.work_rows import UNKNOWN, address, behind, key, row
from compendium.search import exports
from scopus_query import evaluate
from scopus_query.parse import parse

_FOLDERS = ("chapters", "data", "locales")
_TYPES = {"article": "journal_article", "review": "review_article",
          "conference_paper": "conference_paper"}  # fmt: skip
_SEEN = {True: "seen_in_full", False: "not_seen"}
_OCCURRENCES = {"title": "TITLE", "abstract": "ABS", "keywords": "AUTHKEY"}


def including(records: Sequence[Record], query: str, folder: Path) -> Compendium:
    """A second compendium, written anew: the current one's chapters and data, records included.

    The counts that the query is reported to have found and selected grow by as many. What only a
    reading of the full text gives, such as the method, is `unknown`.

    Parameters
    ----------
    records : sequence of Record
    query : str
        Which query found them.
    folder : Path
        Where it is written.
    """
    here = project.current()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for source in here.root.iterdir():
        if source.name in _FOLDERS:
            shutil.copytree(source, folder / source.name)
        elif source.is_file():
            shutil.copy2(source, folder)
    other = Compendium(folder)
    for resource, new in rows(records, query).items():
        _append(other.data.file(resource), new)
    queries = other.data.document("queries")
    for each in queries:
        if each["id"] == query:
            for count in ("reported_hits", "reported_selected"):
                if each.get(count) is not None:
                    each[count] += len(records)
    other.data.file("queries").write_text(
        yaml.safe_dump(queries, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return other


def rows(records: Iterable[Record], query: str) -> dict[str, list[dict]]:
    """The rows that a person would add for records, by the name of the resource.

    Filled are the resources that the data package has, of those that are known here by name.
    """
    table = included_in(query)
    taken = set(data.table("sources")["key"])
    last = _last_row(table)
    added: dict[str, list[dict]] = {}
    for at, record in enumerate(records, start=last + 1):
        work = key(record, taken)
        taken.add(work)
        for name, new in {
            "sources": [row(record, work) | {"seen_at": address(record)}],
            table: [_inclusion(record, work, query, at)],
            "term_occurrences": _occurrences(record, work),
            "source_metadata": [_metadata(record, work)],
            "source_keywords": _keywords(record, work),
            "screening_records": [{
                "record": work, "origin": "origin_database",
                "source": record.database or UNKNOWN, "search": query,
            }],
            "screening_decisions": [{
                "record": work, "stage": "not_reported", "reviewer": "not_reported",
                "role": "not_reported", "decision": "include", "date": "not_reported",
            }],
        }.items():  # fmt: skip
            if name in _resources():
                added.setdefault(name, []).extend(new)
    return added


def included_in(query: str) -> str:
    """Name of the table that lists the works included from a query's results."""
    return next(each["included_in"] for each in data.document("queries") if each["id"] == query)


def _resources() -> set[str]:
    return {entry["name"] for entry in data.package()["resources"]}


def _last_row(table: str) -> int:
    frame = data.table(table)
    return int(frame["row"].max()) if "row" in frame and len(frame) else 0


def _inclusion(record: Record, work: str, query: str, at: int) -> dict:
    """A row of the table of works included; what only the full text tells is unknown."""
    told = {
        "row": at, "work": work, "query": query, "place": f"update:{at}",
        "authors_printed": "; ".join(record.authors) or UNKNOWN,
        "year_printed": record.year or "", "venue_printed": record.source,
    }  # fmt: skip
    fields = data.resource(included_in(query))["schema"]["fields"]
    return {
        field["name"]: told.get(
            field["name"], UNKNOWN if field.get("constraints", {}).get("required") else ""
        )
        for field in fields
    }


def _keywords(record: Record, work: str) -> list[dict]:
    return [
        {"work": work, "order": at, "keyword": keyword, "seen_at": address(record)}
        for at, keyword in enumerate(record.author_keywords, start=1)
    ]


def write(rows: Sequence[dict], resource: dict, folder: Path) -> None:
    """Write rows as a table with the columns of a resource, under the name of its file."""
    file = folder / Path(resource["path"]).name
    folder.mkdir(parents=True, exist_ok=True)
    names = [field["name"] for field in resource["schema"]["fields"]]
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, names, extrasaction="ignore", lineterminator="\n", restval="")
        out.writeheader()
        out.writerows(rows)


def _metadata(record: Record, work: str) -> dict:
    """Type, language and access, as the export tells them; what it does not tell is unknown."""
    where = address(record)
    kind = _TYPES.get(record.document_type, UNKNOWN)
    language = record.language[0] if record.language and len(record.language[0]) == 2 else ""
    access = UNKNOWN
    if record.open_access:
        access = "no" if record.open_access == ("none",) else "yes"
    return {
        "work": work, "document_type": kind, "document_type_shown": record.document_type,
        "document_type_seen_at": where if kind != UNKNOWN else "",
        "language": language, "language_seen_at": where if language else "",
        "open_access": access, "open_access_shown": "; ".join(record.open_access),
        "open_access_seen_at": where if access != UNKNOWN else "",
        "in_scopus": "yes" if record.eid else UNKNOWN, "in_scopus_seen_at": record.eid and where,
        "abstract_seen": _SEEN[bool(record.abstract)],
        "abstract_seen_at": where if record.abstract else "",
        "keywords_seen": _SEEN[bool(record.author_keywords)],
        "keywords_seen_at": where if record.author_keywords else "",
    }  # fmt: skip


def _occurrences(record: Record, work: str) -> list[dict]:
    """Which terms of the queries stand in title, abstract and author keywords, where it says."""
    searched = exports.as_searched(record)
    if not searched["author_keywords"]:  # RIS and the like do not say which are the authors'
        searched["author_keywords"] = searched["keywords"]
    found = []
    terms = data.table("query_terms")["term"] if "query_terms" in _resources() else ()
    for term in dict.fromkeys(terms):
        for field, code in _OCCURRENCES.items():
            present = evaluate.evaluate(parse(f'{code}("{term}")'), searched)
            if present is not None:
                found.append({
                    "work": work, "field": field, "term": term,
                    "present": str(present).lower(), "seen_at": address(record),
                })  # fmt: skip
    return found


def _append(file: Path, new: Iterable[dict]) -> None:
    file.write_bytes(behind(file.read_bytes().decode("utf-8"), new).encode())
