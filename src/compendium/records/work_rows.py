"""A record as the row of a work: its key, and what its export tells of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Iterable, Mapping

from compendium.records.matching import family
from compendium.records.record import Record

UNKNOWN = "unknown"


def key(record: Record, taken: Container[str]) -> str:
    """A key of the kind that `sources` has: family name and year, with a letter if need be."""
    plain = re.sub(r"[^a-z]", "", family(record.authors[0])) if record.authors else ""
    name = plain or "anonymous"
    year = f"{record.year or 0:04}"
    letters = ("", *"bcdefghijklmnopqrstuvwxyz")
    every = (f"{name}{a}{b}{year}" for a in letters for b in letters)
    return next(one for one in every if one not in taken)


def row(record: Record, work: str) -> dict[str, str | int]:
    """The row of a work in `sources`, as far as a record tells it."""
    return {
        "key": work, "title": record.title.removesuffix("."),
        "authors": "; ".join(record.authors) or UNKNOWN,
        "year_issue": record.year or "", "venue": record.source, "volume": record.volume,
        "issue": record.issue, "pages": record.pages.replace("–", "-"), "doi": record.doi,
        "address": address(record), "record": record.key,
    }  # fmt: skip


def behind(text: str, rows: Iterable[Mapping]) -> str:
    """The text of a CSV file with rows added, under the header that it has."""
    out = io.StringIO()
    out.write(text if text.endswith("\n") else f"{text}\n")
    head = next(csv.reader(io.StringIO(text)))
    csv.DictWriter(
        out, head, restval="", extrasaction="ignore", lineterminator="\n"
    ).writerows(rows)
    return out.getvalue()


def address(record: Record) -> str:
    """Where a reader finds it: its DOI, or else the page that the export names."""
    return f"https://doi.org/{record.doi}" if record.doi else record.url
