"""Digests of inputs: how the build knows that nothing changed."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable
from pathlib import Path

from compendium import project

PACKAGE = Path(__file__).parents[1]
"""The library itself, which lies outside a compendium that only uses it."""


def libraries() -> list[Path]:
    """Folders of the code that a chapter may run: the library, the query language, the review."""
    found = map(importlib.util.find_spec, ("scopus_query", "compendium", "review"))
    return [Path(spec.origin).parent for spec in found if spec and spec.origin]


def of_files(paths: Iterable[Path]) -> str:
    """Digest of files, or of all files below folders, by name and content."""
    total = hashlib.sha256()
    for file in sorted(_files(paths)):
        total.update(str(project.relative(file)).encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def of_texts(*texts: str) -> str:
    """Digest of strings in their order."""
    total = hashlib.sha256()
    for text in texts:
        total.update(hashlib.sha256(text.encode()).digest())
    return total.hexdigest()


def _files(paths: Iterable[Path]) -> set[Path]:
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
