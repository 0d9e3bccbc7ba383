"""The data of a new compendium: this one's tables by their headers, and marked examples."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path

import yaml

from compendium import project
from compendium.edition.starter.texts import FILES, texts

CONTEXT = "example"
METHOD = {"checklist_items"}
"""Tables that hold for any review: they are copied whole."""

OWN_SETS = {
    "actor", "actor_role", "assessment_criterion", "barrier", "concept_group", "context",
    "context_feature", "context_requirement", "criterion", "direction", "enabler", "indicator",
    "model", "need", "next_step", "requirement", "sector", "trend",
}  # fmt: skip
"""Sets of the codebook whose codes are those of this compendium's own review."""


PROGRAM_CODES = {"automation_tool", "duplicate", "other_reason"}
"""Codes of those sets that the program itself uses."""

RENAMED = {"electronics": "sector"}
"""Names in the chapters' code that are those of this compendium's own context."""

OWN_CODES = {
    "billion_kzt", "billion_kzt_per_year", "scope_machine_building",
    "scope_manufacturing", "scope_mining",
}  # fmt: skip


def own_context() -> str:
    """Name of the context's folder here, which the placeholder takes the place of there."""
    (about,) = [e["path"] for e in _descriptor()["resources"] if e["name"] == "context"]
    return about.split("/")[1]


def write(data: Path, title: str) -> None:
    """Write the data package of a new compendium.

    Parameters
    ----------
    data : Path
        Its folder `data`, which does not exist yet.
    title : str
        The review's title in English.
    """
    descriptor, context = _descriptor(), own_context()
    descriptor |= {"name": "review", "title": title, "version": "0.1.0",
                   "description": "A review, its sources and the checks of both, as tidy tables",
                   "sources": []}  # fmt: skip
    for entry in descriptor["resources"]:
        source = project.home("data", entry["path"])
        entry["path"] = entry["path"].replace(f"contexts/{context}/", f"contexts/{CONTEXT}/")
        if entry["name"] in texts()["described"]:
            entry["description"] = texts()["described"][entry["name"]]
        for field in entry.get("schema", {}).get("fields", []):
            if field.get("codes"):  # the codebook rules, so that a code is added in one place
                field.get("constraints", {}).pop("enum", None)
        target = data / entry["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_content(entry, source), encoding="utf-8")
    (data / "datapackage.json").write_text(
        json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    (data / "references.bib").write_text(_references(), encoding="utf-8")


def _descriptor() -> dict:
    return json.loads(project.home("data", "datapackage.json").read_text(encoding="utf-8"))


def _content(entry: dict, source: Path) -> str:
    """A resource as a new compendium begins with it."""
    text = source.read_text(encoding="utf-8")
    example = FILES / "data" / entry["path"]
    if entry["name"] == "codebook":
        return _codebook(text, example.read_text(encoding="utf-8"))
    if entry["name"] in METHOD:
        return text
    if source.suffix in (".yml", ".yaml"):
        return example.read_text(encoding="utf-8") if example.is_file() else _commented(text)
    header = [field["name"] for field in entry["schema"]["fields"]]
    rows = _rows(example.read_text(encoding="utf-8")) if example.is_file() else []
    return _csv(header, rows)


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def _csv(header: list[str], rows: list[dict[str, str]]) -> str:
    stream = StringIO()
    writer = csv.DictWriter(stream, header, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _codebook(text: str, examples: str) -> str:
    added = {row["code"]: row for row in _rows(examples)}
    kept = [
        added.pop(row["code"], row)
        for row in _rows(text)
        if row["code"] in PROGRAM_CODES
        or (row["set"] not in OWN_SETS and row["code"] not in OWN_CODES)
    ]
    return _csv(list(_rows(text)[0]), kept + list(added.values()))


def _commented(text: str) -> str:
    """A YAML list without entries: what its head says, and its first entry as a comment."""
    if not isinstance(yaml.safe_load(text), list):
        raise ValueError("A document that is no list needs an example of its own.")
    head, first, *_ = re.split(r"(?m)^(?=- )", text)
    head = head.split("\n\n")[0].rstrip()
    shown = "\n".join(
        f"# {line}" for line in first.splitlines() if line.strip() and not line.startswith("#")
    )
    return f"{head}\n#\n# An example, of another review:\n#\n{shown}\n[]\n"


def _references() -> str:
    """The bibliography without the works of this review: what the chapters' methods cite."""
    works = {row["key"] for row in _rows(project.home("data", "article", "sources.csv").read_text(
        encoding="utf-8"))}  # fmt: skip
    article = yaml.safe_load(project.home("data", "article", "article.yml").read_text("utf-8"))
    entries = re.split(r"(?m)^(?=@)", project.home("data", "references.bib").read_text("utf-8"))
    return "".join(
        entry for entry in entries
        if (key := re.match(r"@\w+\{([^,]+),", entry)) and key[1] not in works | {article["id"]}
    )
