"""Small exports of made-up records that query 1 finds, does not find, or cannot decide."""

from __future__ import annotations

import hashlib
from pathlib import Path

from compendium import project
from tests.records.make import row, scopus

FOUND = "University-industry collaboration and collaborative innovation: a model"
KNOWN = (
    "The interplay of cognitive and relational social capital dimensions in university-industry "
    "collaboration: Overcoming the experience barrier, with collaborative innovation"
)
KNOWN_DOI = "10.1016/j.respol.2018.07.004"


def found(at: int, place: str = "Spain") -> str:
    return row(at, f"{FOUND} of {place}", f"On {place}.")


def undecided(at: int) -> str:
    return row(at, "University-industry collaboration", "[No abstract available]")


def known(at: int) -> str:
    return row(at, KNOWN, "A model.").replace(f"10.5555/X.{at}", KNOWN_DOI)


def export(file: Path, *rows: str) -> Path:
    file.write_text(scopus(*rows), encoding="utf-8")
    return file


def digests(folder: Path) -> dict[str, str]:
    """What every file of a folder holds."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*")) if file.is_file()
    }  # fmt: skip


def published() -> dict[str, str]:
    """What the published data hold."""
    return digests(project.path("data"))
