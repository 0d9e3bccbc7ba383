"""Full texts as files: which name each record's PDF has, and which are there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from compendium.records.record import Record

FOLDER = "full-texts"
_LONGEST = 60


def name(record: Record) -> str:
    """The file name of a record's PDF: author, year, title, and a mark that is its key's.

    Letters of any script stay; what a file system may refuse does not.
    """
    author = record.authors[0].partition(",")[0] if record.authors else ""
    told = " ".join(filter(None, [author, str(record.year or ""), record.title]))
    bare = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", told)).strip("-_")
    mark = sha256(record.key.encode()).hexdigest()[:6]
    return f"{bare[:_LONGEST].strip('-_') or 'record'}-{mark}.pdf"


def there(records: Iterable[Record], folder: Path) -> dict[str, Path]:
    """Files by record's key, of those that are in the folder, whatever stands before the mark."""
    marks = {file.stem.rpartition("-")[2]: file for file in sorted(folder.glob("*.pdf"))}
    found = {}
    for record in records:
        mark = name(record).removesuffix(".pdf").rpartition("-")[2]
        if mark in marks:
            found[record.key] = marks[mark]
    return found
