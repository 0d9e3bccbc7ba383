"""What a format has no place for: kept as JSON beside the rest of a record, and put back."""

from __future__ import annotations

import json

from compendium.records.record import LISTS, VALUES, Record

NAME = "compendium"
"""The field, key or mark under which a written record keeps it."""

KEY = "citation-key"
"""Where `Record.extra` holds the key that a reference manager cites a record by."""


def difference(record: Record, back: Record) -> str:
    """What reading back would not give, as JSON on one line; empty if it gives all."""
    lost = {
        name: getattr(record, name)
        for name in VALUES
        if getattr(record, name) != getattr(back, name)
    }
    return json.dumps(lost, ensure_ascii=False, separators=(",", ":")) if lost else ""


def restore(record: Record, text: str) -> bool:
    """Put back what `difference` kept; False if the text is none of it."""
    try:
        kept = json.loads(text)
    except ValueError:
        return False
    if not isinstance(kept, dict) or not kept.keys() <= VALUES.keys():
        return False
    for name, value in kept.items():
        setattr(record, name, tuple(value) if name in LISTS else value)
    return True
