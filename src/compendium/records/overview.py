"""Which field each format can fill: found by giving a value to each of its tags or columns."""

from __future__ import annotations

from collections.abc import Iterator

from compendium.records.record import DICTIONARIES, VALUES, Record
from compendium.records.registry import Format, known

_PROBES = (
    "10.5555/a", "2-s2.0-12345", "WOS:0001", "W12345", "12345678", "1234-5678", "2020",
    "2020-01-02", "9783161484100", "English", "Article", "Article in Press", "journal", "Gold",
    "Doe, J.",
    "https://example.org", "Cited By: 5", "PUBMED 12345, EMBASE 600001", "doi: 10.5555/a",
    "J. of Examples (2020) 5:1 (1-9)", "J Exam. 2020 Jan;5(1):1-9.", "pub.1",
)  # fmt: skip


def fields(kind: Format) -> frozenset[str]:
    """Fields that a format can fill."""
    found = set(kind.by_code)
    for fill in kind.fills():
        for probe in _PROBES:
            record = Record()
            try:
                fill(record, probe)
            except (AttributeError, KeyError, IndexError, ValueError):
                continue  # a probe of another shape than the column's
            found |= {name for name in VALUES if getattr(record, name) not in ("", (), None, {})}
    return frozenset(found) - DICTIONARIES


def table() -> Iterator[str]:
    """The formats and their fields as a table of Markdown.

    ✓ a tag or column of the format, ○ a column of the general names that a table may have.
    """
    kinds = list(known().values())
    names = [name for name in VALUES if name not in DICTIONARIES]
    held = {kind.name: fields(kind) for kind in kinds}
    generic = {kind.name: kind.by_name for kind in kinds}
    yield "| | " + " | ".join(f"`{kind.name}`" for kind in kinds) + " |"
    yield "|---" * (len(kinds) + 1) + "|"
    for name in names:
        marks = ("✓" if name in held[k] else "○" if name in generic[k] else "" for k in held)
        yield f"| `{name}` | " + " | ".join(marks) + " |"
