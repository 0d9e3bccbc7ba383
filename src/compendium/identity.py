"""What the book is called and who answers for it, in each language: `book.yml`."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from functools import lru_cache

import yaml

from compendium import project
from compendium.errors import CompendiumError
from compendium.language import current
from compendium.language.active import SOURCE

FILE = "book.yml"
FIELDS = ("title", "subtitle", "description", "keywords", "authors")


@lru_cache
def _book() -> dict:
    try:
        book = yaml.safe_load(project.shared(FILE).read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CompendiumError(f"Not YAML: {' '.join(str(error).split())}.", path=FILE) from None
    for field in FIELDS:
        texts = book.get(field) if isinstance(book, dict) else None
        if not isinstance(texts, dict) or not texts.get(SOURCE):
            raise CompendiumError(
                "The text is missing.", path=FILE, column=f"{field}.{SOURCE}", remedy="Write it."
            )
    return book


def told(field: str) -> str:
    """A text of `book.yml` in the reader's language, or in English where it has none.

    Parameters
    ----------
    field : {"title", "subtitle", "description", "keywords", "authors"}

    Raises
    ------
    CompendiumError
        If the file is not YAML, or lacks the text in English.
    """
    texts = _book()[field]
    return str(texts.get(current()) or texts[SOURCE]).strip()


def keywords() -> list[str]:
    """The book's keywords."""
    return [word.strip() for word in told("keywords").split(",")]


def authors() -> list[str]:
    """Who answers for the book."""
    return [name.strip() for name in told("authors").split(";")]


def published() -> date:
    """Date of the edition: SOURCE_DATE_EPOCH where it is set, the last commit's day, or today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    import subprocess

    try:
        stamp = subprocess.run(
            ["git", "log", "-1", "--format=%cs"],
            cwd=project.root(), capture_output=True, text=True, check=True,
        ).stdout.strip()
        return date.fromisoformat(stamp)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return datetime.now(UTC).date()
