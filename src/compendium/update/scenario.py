"""The data as they would be if records were included: a copy of the compendium, rows added."""

from __future__ import annotations

import csv
import re
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import nbformat
import yaml

from compendium import data, project
from compendium.records.record import Record
from compendium.search import exports
from compendium.update.found import TABLES
from scopus_query import evaluate
from scopus_query.parse import parse

_FOLDERS = ("chapters", "data", "locales")
UNKNOWN = "unknown"
_TYPES = {"article": "journal_article", "review": "review_article",
          "conference_paper": "conference_paper"}  # fmt: skip
_SEEN = {True: "seen_in_full", False: "not_seen"}
_OCCURRENCES = {"title": "TITLE", "abstract": "ABS", "keywords": "AUTHKEY"}


def copy(folder: Path) -> None:
    """Copy what the chapters are made from; their outputs are left out."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for source in project.root().iterdir():
        if source.name in _FOLDERS:
            shutil.copytree(source, folder / source.name)
        elif source.is_file():
            shutil.copy2(source, folder)
    for file in (folder / "chapters").glob("*.ipynb"):
        notebook = nbformat.read(file, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
        nbformat.write(notebook, file)


def include(records: Sequence[Record], query: str, folder: Path) -> dict[str, list[dict]]:
    """Add records to the data of a copy, as rows that a person would add.

    The counts that the query is said to have found and selected grow by as many. What only a
    reading of the full text gives, such as the method, is `unknown`.

    Parameters
    ----------
    records : sequence of Record
    query : str
        Which query found them, e.g. `query1`.
    folder : Path
        As `copy` made it.

    Returns
    -------
    dict of str to list of dict
        The rows added, by the name of the resource.
    """
    added = rows(records, query)
    for resource, new in added.items():
        _append(folder / "data" / data.resource(resource)["path"], new)
    file = folder / "data" / data.resource("queries")["path"]
    queries = yaml.safe_load(file.read_text(encoding="utf-8"))
    for each in queries:
        if each["id"] == query:
            each["reported_hits"] += len(records)
            each["reported_selected"] += len(records)
    file.write_text(yaml.safe_dump(queries, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return added


def rows(records: Iterable[Record], query: str) -> dict[str, list[dict]]:
    """The rows that records would add, by the name of the resource."""
    table = data.table(TABLES[query])
    last = 0 if table.empty else int(table["row"].max())
    taken = set(data.table("sources")["key"])
    added: dict[str, list[dict]] = {name: [] for name in (
        "sources", TABLES[query], "term_occurrences", "source_metadata", "source_keywords",
        "screening_records", "screening_decisions",
    )}  # fmt: skip
    for at, record in enumerate(records, start=last + 1):
        work = key(record, taken)
        taken.add(work)
        added["sources"].append({
            "key": work, "title": record.title, "authors": "; ".join(record.authors) or UNKNOWN,
            "year_issue": record.year or "", "venue": record.source, "volume": record.volume,
            "issue": record.issue, "pages": record.pages.replace("–", "-"), "doi": record.doi,
            "address": _address(record), "verified": "", "unverified": "", "note": "",
            "seen_at": _address(record),
        })  # fmt: skip
        added[TABLES[query]].append({
            "row": at, "work": work, "authors_printed": "; ".join(record.authors) or UNKNOWN,
            "year_printed": record.year or "", "method": UNKNOWN, "focus": UNKNOWN,
            "themes": UNKNOWN, "models": UNKNOWN, "venue_printed": record.source,
            "place": f"update:{at}",
        })  # fmt: skip
        added["term_occurrences"] += _occurrences(record, work)
        added["source_metadata"].append(_metadata(record, work))
        added["source_keywords"] += [
            {"work": work, "order": at, "keyword": keyword, "seen_at": _address(record)}
            for at, keyword in enumerate(record.author_keywords, start=1)
        ]
        added["screening_records"].append({
            "record": work, "origin": "origin_database", "source": record.database or UNKNOWN,
            "search": query, "study": "", "title": "",
        })  # fmt: skip
        added["screening_decisions"].append({
            "record": work, "stage": "not_reported", "reviewer": "not_reported",
            "role": "not_reported", "criterion": "", "decision": "include", "reason": "",
            "date": "not_reported",
        })  # fmt: skip
    return added


def write(rows: Sequence[dict], resource: dict, folder: Path) -> None:
    """Write rows as a table with the columns of a resource, under the name of its file."""
    file = folder / Path(resource["path"]).name
    folder.mkdir(parents=True, exist_ok=True)
    names = [field["name"] for field in resource["schema"]["fields"]]
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, names, extrasaction="ignore", lineterminator="\n", restval="")
        out.writeheader()
        out.writerows(rows)


def key(record: Record, taken: set[str]) -> str:
    """A key of the kind that `sources` has: family name and year, with a letter if need be."""
    family = record.authors[0].partition(",")[0] if record.authors else "anonymous"
    plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z]", "", plain.casefold()) or "anonymous"
    year = f"{record.year or 0:04}"
    letters = ("", *"bcdefghijklmnopqrstuvwxyz")
    every = (f"{name}{a}{b}{year}" for a in letters for b in letters)
    return next(one for one in every if one not in taken)


def _address(record: Record) -> str:
    return f"https://doi.org/{record.doi}" if record.doi else record.url


def _metadata(record: Record, work: str) -> dict:
    """Type, language and access, as the export tells them; what it does not tell is unknown."""
    where = _address(record)
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
    for term in dict.fromkeys(data.table("query_terms")["term"]):
        for field, code in _OCCURRENCES.items():
            present = evaluate.evaluate(parse(f'{code}("{term}")'), searched)
            if present is not None:
                found.append({
                    "work": work, "field": field, "term": term,
                    "present": str(present).lower(), "seen_at": _address(record),
                })  # fmt: skip
    return found


def _append(file: Path, new: Iterable[dict]) -> None:
    text = file.read_text(encoding="utf-8")
    header = next(csv.reader(text.splitlines()[:1]))
    with file.open("a", encoding="utf-8", newline="") as stream:
        if not text.endswith("\n"):
            stream.write("\n")
        out = csv.DictWriter(stream, header, extrasaction="ignore", lineterminator="\n", restval="")
        out.writerows(new)
