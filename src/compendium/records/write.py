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


def write(
    records: Iterable[Record], file: Path, kind: Writer | None = None, *, plain: bool = False
) -> int:
    """Write records, one after the other; a half-written file never takes the place of a whole.

    Parameters
    ----------
    records : iterable of Record
    file : Path
    kind : Writer, optional
        The format; that of the file's suffix if left out.
    plain : bool
        Whether what the format has no place for is left out, and not kept in a note of our own.

    Returns
    -------
    int, how many
    """
    file = Path(file)
    if file.is_dir():
        raise CompendiumError(_("It is a folder, not a file."), path=file)
    kind = kind or writer_for(file)
    count = 0
    with replacing(file) as draft, draft.open("w", encoding="utf-8", newline="") as out:
        out.write(kind.opening)
        for record in records:
            out.write((kind.between if count else "") + entry(record, kind, plain=plain))
            count += 1
        out.write(kind.closing)
    return count


def entry(record: Record, kind: Writer, *, plain: bool = False) -> str:
    """A record as text: what reading it back would lose is kept beside, unless `plain`."""
    told = kind.entry(record, "")
    lost = "" if plain else rest.difference(record, kind.back(told))
    return kind.entry(record, lost) if lost else told
