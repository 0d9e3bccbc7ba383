"""What became of every entry of an export: in = out + refused, each refusal with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.records.packed import unpacked
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
    paths: Iterable[Path],
    ledgers: list[Ledger],
    progress: Progress = lambda done: None,
    failed: list[CompendiumError] | None = None,
    columns: dict[str, str] | None = None,
) -> Iterator[Record]:
    """The records of several exports, one after the other, as they are read.

    Parameters
    ----------
    paths : iterable of Path
    ledgers : list of Ledger
        Filled on the way: an account for each export.
    progress : callable, optional
        Told how many records are read.
    failed : list of CompendiumError, optional
        Takes what is wrong with a file that cannot be read, and the others are read all the same.
    columns : dict of str to str, optional
        What a person says that columns of a table hold, as `plain_table.read_columns` gives it.

    Raises
    ------
    CompendiumError
        If a file cannot be read, and there is no `failed`.
    """
    done = 0
    for path in paths:
        try:
            for record in _of(Path(path), ledgers, failed, columns):
                done += 1
                if not done % _TELL_EVERY:
                    progress(done)
                yield record
        except CompendiumError as error:
            if failed is None:
                raise
            failed.append(error)


def _of(
    path: Path, ledgers: list[Ledger], failed: list[CompendiumError] | None,
    columns: dict[str, str] | None,
) -> Iterator[Record]:  # fmt: skip
    with unpacked(path) as held:
        for text, name in held:
            try:
                yield from _read(text, name, ledgers, columns)
            except CompendiumError as error:
                if failed is None or len(held) == 1:
                    raise
                failed.append(error)


def _read(
    text: Path, name: Path, ledgers: list[Ledger], columns: dict[str, str] | None
) -> Iterator[Record]:
    kind, source, items = read(text, name, columns)
    ledger = Ledger(str(project_path(name)), kind.name, source.encoding, notes=source.notes)
    ledgers.append(ledger)
    for item in items:
        if isinstance(item, Refusal):
            ledger.refused.append(item)
        else:
            ledger.found += 1
            yield item
    if not ledger.entries:
        source.note(0, _("The export holds no record."))
