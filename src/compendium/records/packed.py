"""Exports that are packed or are workbooks: taken out as text, within limits.

A file of a few kilobytes can unfold to gigabytes. What it would unfold to is known before, or
counted on the way, and refused beyond a limit.
"""

from __future__ import annotations

import csv
import gzip
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from compendium import opendocument
from compendium.errors import CompendiumError
from compendium.language import _
from compendium.records.source import project_path

TEXT_LIMIT = 1 << 30
"""Bytes that a packed export may unfold to."""
BOOK_LIMIT = 1 << 28
"""Bytes that the sheets of a workbook may unfold to."""
_FILES = 1_000
_OLE, _GZIP, _ZIP = b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"PK\x03\x04"
_DAMAGED = (zipfile.BadZipFile, EOFError, OSError, ValueError, KeyError, RuntimeError,
            NotImplementedError, zlib.error)  # fmt: skip


@contextmanager
def unpacked(path: Path) -> Iterator[list[tuple[Path, Path]]]:
    """What a file holds as text files, each with the name that people know it by.

    Raises
    ------
    CompendiumError
        If it is damaged, or would unfold to more than the limits.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError:
        start = b""  # `Source.of` says what is wrong
    if not start.startswith((_OLE, _GZIP, _ZIP)):
        yield [(path, path)]
        return
    with TemporaryDirectory() as folder:
        try:
            found = list(_taken_out(path, start, Path(folder)))
        except _DAMAGED as error:
            raise CompendiumError(
                _("The file is damaged: {reason}.").format(reason=error),
                path=project_path(path), remedy=_("Export the records anew."),
            ) from None  # fmt: skip
        yield found


def _taken_out(path: Path, start: bytes, into: Path) -> Iterator[tuple[Path, Path]]:
    if start.startswith(_GZIP):
        with gzip.open(path) as stream:
            _copy(stream, into / "text", path)
        yield into / "text", path
    elif start.startswith(_OLE):
        yield _table(_xls(path), into / "text"), path
    else:
        with zipfile.ZipFile(path) as archive:
            held = [entry for entry in archive.infolist() if not entry.is_dir()]
            kinds = {entry.filename for entry in held}
            if "xl/workbook.xml" in kinds:
                _within(sum(entry.file_size for entry in held), BOOK_LIMIT, path)
                yield _table(_xlsx(path), into / "text"), path
                return
            if opendocument.CONTENT in kinds:
                _within(sum(entry.file_size for entry in held), BOOK_LIMIT, path)
                yield _table(_ods(path), into / "text"), path
                return
            _within(sum(entry.file_size for entry in held), TEXT_LIMIT, path)
            hidden = ("__MACOSX/", ".", "customizations_log.csv")  # Rayyan's log of who did what
            held = [entry for entry in held if not entry.filename.startswith(hidden)]
            for at, entry in enumerate(held[:_FILES]):
                with archive.open(entry) as stream:
                    _copy(stream, into / str(at), path)
                yield into / str(at), path / entry.filename


def _within(size: int, limit: int, path: Path) -> None:
    if size > limit:
        raise CompendiumError(
            _("The file unfolds to more than {n} MB.").format(n=limit >> 20),
            path=project_path(path),
            remedy=_("Export the records in several files, as text."),
        )  # fmt: skip


def _copy(stream: gzip.GzipFile | IO[bytes], into: Path, path: Path) -> None:
    left = TEXT_LIMIT
    with into.open("wb") as out:
        while piece := stream.read(1 << 20):
            left -= len(piece)
            _within(TEXT_LIMIT - left, TEXT_LIMIT, path)
            out.write(piece)


def _table(rows: Iterable[Iterable], into: Path) -> Path:
    with into.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out, quoting=csv.QUOTE_ALL)
        for row in rows:
            cells = ["" if cell is None else _cell(cell) for cell in row]
            if any(cells):
                write.writerow(cells)
    return into


def _cell(value) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = value.date().isoformat() if hasattr(value, "date") else str(value)
    return text.replace("_x000D_", "").encode("utf-8", "replace").decode()


def _xlsx(path: Path) -> Iterator[Iterable]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        sheets = book.worksheets[:20]
        for sheet in sheets:  # R writes `A1` whatever a sheet holds
            sheet.reset_dimensions()
            sheet.calculate_dimension(force=True)
        sheet = max(sheets, key=lambda sheet: sheet.max_row or 0)
        yield from sheet.iter_rows(values_only=True)
    finally:
        book.close()


def _ods(path: Path) -> Iterator[Iterable]:
    count: Counter[str] = Counter()
    width: dict[str, int] = {}
    for row in opendocument.rows(path):
        count[row.sheet] += 1
        width[row.sheet] = max(width.get(row.sheet, 0), *row.cells)
    longest = max(count, key=count.__getitem__, default="")
    for row in opendocument.rows(path):
        if row.sheet == longest:
            yield [row.cells.get(at, "") for at in range(1, width[longest] + 1)]


def _xls(path: Path) -> Iterator[Iterable]:
    import xlrd

    try:
        with path.open("rb") as stream:
            content = stream.read(BOOK_LIMIT + 1)
        _within(len(content), BOOK_LIMIT, path)
        book = xlrd.open_workbook(file_contents=content, on_demand=True)
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, IndexError) as error:
        raise ValueError(str(error)) from None
    sheet = max(book.sheets(), key=lambda sheet: sheet.nrows)
    for at in range(sheet.nrows):
        yield sheet.row_values(at)
