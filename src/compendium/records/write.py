"""Records written so that reading gives the same ones, whatever the format has a place for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from compendium.errors import CompendiumError
from compendium.files import replacing
from compendium.language import _
from compendium.records import rest
from compendium.records.record import Record
from compendium.records.registry import Writer, known


def writers() -> dict[str, Writer]:
    """Formats that records are written in, by name."""
    return {name: kind for name, kind in known().items() if isinstance(kind, Writer)}


def writer_for(file: Path) -> Writer:
    """The format that a file's suffix names.

    Raises
    ------
    CompendiumError
        If no format is named so.
    """
    found = {kind.suffix: kind for kind in writers().values()}
    try:
        return found[file.suffix.lower()]
    except KeyError:
        raise CompendiumError(
            _("No format is written under this suffix."), path=file,
            remedy=_("Name the file with one of: {suffixes}.").format(suffixes=", ".join(found)),
        ) from None  # fmt: skip


def write(records: Iterable[Record], file: Path, kind: Writer | None = None) -> int:
    """Write records, one after the other; a half-written file never takes the place of a whole.

    Returns
    -------
    int, how many
    """
    file = Path(file)
    kind = kind or writer_for(file)
    count = 0
    with replacing(file) as draft, draft.open("w", encoding="utf-8", newline="") as out:
        out.write(kind.opening)
        for record in records:
            out.write((kind.between if count else "") + entry(record, kind))
            count += 1
        out.write(kind.closing)
    return count


def entry(record: Record, kind: Writer) -> str:
    """A record as text: what reading it back would lose is kept beside."""
    plain = kind.entry(record, "")
    lost = rest.difference(record, kind.back(plain))
    return kind.entry(record, lost) if lost else plain
