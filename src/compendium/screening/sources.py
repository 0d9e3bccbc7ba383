"""Records to screen, from the files that hold them: exports, tables of records, or hits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.records import identity, ledger
from compendium.records.record import Record


def records_of(file: Path) -> list[Record]:
    """Records of a file, also those of hits as JSON."""
    if file.suffix.lower() == ".json" and (hits := _hits(file)) is not None:
        return hits
    return list(ledger.records([file], []))


def of_all(files: Iterable[Path]) -> Iterator[Record]:
    """Records of several files; two that say different things have two names."""
    return identity.told_apart(record for file in files for record in records_of(file))


def unique(files: Iterable[Path]) -> dict[str, Record]:
    """Records of several files by key, the first of each."""
    held: dict[str, Record] = {}
    for record in of_all(files):
        held.setdefault(record.key, record)
    return held


def _hits(file: Path) -> list[Record] | None:
    """Records of what `compendium search run --json` prints; None if the file is another."""
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict) or "hits" not in found:
        return None
    exports: dict[str, dict[str, Record]] = {}
    records = []
    for hit in found["hits"]:
        name = hit["file"]
        if name not in exports:
            exports[name] = {record.key: record for record in ledger.records([Path(name)], [])}
        if hit.get("key") not in exports[name]:
            raise CompendiumError(
                _("The export does not hold the hit “{title}”.").format(title=hit["title"]),
                path=name, remedy=_("Run the search anew."),
            )  # fmt: skip
        records.append(exports[name][hit["key"]])
    return records
