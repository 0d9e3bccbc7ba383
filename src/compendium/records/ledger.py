"""What became of every entry of an export: in = out + refused, each refusal with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from compendium.language import _
from compendium.records.record import Note, Record, Refusal
from compendium.records.registry import read
from compendium.records.source import project_path

_TELL_EVERY = 2_000
Progress = Callable[[int], None]


@dataclass
class Ledger:
    """The account of one export.

    Attributes
    ----------
    file, format, encoding : str
    found : int
        Records that were read.
    refused : list of Refusal
    notes : list of Note
        What was mended or found wanting; nothing is lost by it.
    """

    file: str
    format: str
    encoding: str
    found: int = 0
    refused: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def entries(self) -> int:
        """Entries of the export."""
        return self.found + len(self.refused)

    def as_data(self) -> dict:
        """The account as plain values, for JSON."""
        return {
            "file": self.file, "format": self.format, "encoding": self.encoding,
            "in": self.entries, "out": self.found,
            "refused": [{"line": r.line, "reason": r.reason, "text": r.text} for r in self.refused],
            "notes": [{"line": n.line, "note": n.text} for n in self.notes],
        }  # fmt: skip


def records(
    paths: Iterable[Path], ledgers: list[Ledger], progress: Progress = lambda done: None
) -> Iterator[Record]:
    """The records of several exports, one after the other, as they are read.

    Parameters
    ----------
    paths : iterable of Path
    ledgers : list of Ledger
        Filled on the way: an account for each export.
    progress : callable, optional
        Told how many records are read.
    """
    done = 0
    for path in paths:
        kind, source, items = read(Path(path))
        ledger = Ledger(str(project_path(path)), kind.name, source.encoding, notes=source.notes)
        ledgers.append(ledger)
        for item in items:
            if isinstance(item, Refusal):
                ledger.refused.append(item)
                continue
            ledger.found += 1
            done += 1
            if not done % _TELL_EVERY:
                progress(done)
            yield item
        if not ledger.entries:
            source.note(0, _("The export holds no record."))
