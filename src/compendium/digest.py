"""Digests of inputs: how the book knows what changed since a chapter ran or a page was made."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
from collections.abc import Iterable
from pathlib import Path

from compendium import project
from compendium.files import replace

INPUTS = "inputs.json"
"""Files that a chapter read or declared as inputs, with their digests, beside its results."""
OF_COLUMN = "::"
"""Between a table's path and a column, where no more of the table was read."""


def libraries() -> list[Path]:
    """Folders of the code that a chapter may run: the library, the query language, the review."""
    found = map(importlib.util.find_spec, ("scopus_query", "compendium", "review"))
    return [Path(spec.origin).parent for spec in found if spec and spec.origin]


def of_files(paths: Iterable[Path], *, without: Iterable[Path] = ()) -> str:
    """Digest of files, or of all files below folders, by name and content; some may be left out."""
    total = hashlib.sha256()
    for file in sorted(files(paths) - files(without)):
        total.update(str(project.relative(file)).encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def declare(folder: Path, file: Path, column: str = "") -> None:
    """Keep in a chapter's folder that it depends on a file or folder, and what that holds now.

    Parameters
    ----------
    folder : Path
    file : Path
    column : str
        Of a table, the only column that it depends on.
    """
    name, read = str(project.relative(file)), declared(folder)
    name += f"{OF_COLUMN}{column}" if column else ""
    if name in read:  # what it held when it was first read is what the chapter knows
        return
    read[name] = of_input(name)
    replace(folder / INPUTS, json.dumps(read, indent=1, sort_keys=True) + "\n")


def declared(folder: Path) -> dict[str, str]:
    """Inputs that a chapter declared when it left its results in a folder, with their digests."""
    file = folder / INPUTS
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def of_input(name: str) -> str:
    """Digest of what a chapter declared as an input, by the name that it is kept under."""
    path, separator, column = name.rpartition(OF_COLUMN)
    if not separator:
        return of_files([project.place(name)])
    try:
        text = project.place(path).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
    lines = text.splitlines(keepends=True)  # as `data_package.read_csv` parts them
    return of_texts(*(row.get(column) or "" for row in csv.DictReader(lines)))


def of_texts(*texts: str) -> str:
    """Digest of strings in their order."""
    total = hashlib.sha256()
    for text in texts:
        total.update(hashlib.sha256(text.encode()).digest())
    return total.hexdigest()


def files(paths: Iterable[Path]) -> set[Path]:
    """The files that there are of these, and those below the folders among them."""
    out: set[Path] = set()
    for path in paths:
        if path.is_file():
            out.add(path)
        elif path.is_dir():
            out.update(
                file
                for file in path.rglob("*")
                if file.is_file() and "__pycache__" not in file.parts
            )
    return out


def of_bytes(content: bytes) -> str:
    """Digest of what a file holds."""
    return hashlib.sha256(content).hexdigest()
