"""An export's text: its encoding found, its lines numbered, what cannot be read noted."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from compendium import project
from compendium.errors import CompendiumError
from compendium.language import _
from compendium.records.record import Note

_HEAD = 1 << 16
_WRONG = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffd-\uffff]")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


@dataclass
class Source:
    """A file to read records from.

    Attributes
    ----------
    path : Path
        Where the text lies; of what was packed, beside the export.
    encoding : str
        As Python names it.
    head : str
        The beginning of the text, by which a reader recognises its format.
    notes : list of Note
        What was found on the way; readers add to it.
    name : Path
        What it is called for people; a file of an archive with the archive's name before it.
    columns : dict of str to str
        What a person says that columns hold: fields by column, in lower case.
    """

    path: Path
    encoding: str
    head: str
    notes: list[Note] = field(default_factory=list)
    name: Path = Path()
    columns: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path, name: Path | None = None) -> Source:
        """Open an export.

        Raises
        ------
        CompendiumError
            If there is no such file, if it cannot be read, is empty, or a web page that was saved
            instead.
        """
        path, shown = Path(path), project_path(Path(name or path))
        if path.is_dir():
            raise CompendiumError(_("It is a folder, not a file."), path=shown)
        if not path.is_file():
            raise CompendiumError(_("The file does not exist."), path=shown)
        try:
            with path.open("rb") as stream:
                start = stream.read(_HEAD)
            if not start.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
                raise CompendiumError(
                    _("The file is empty."), path=shown, remedy=_("Export the records anew.")
                )
            encoding, notes = _encoding(path, start)
        except OSError as error:
            raise CompendiumError(
                _("The file cannot be read: {reason}.").format(reason=error.strerror), path=shown
            ) from None
        head = start.decode(encoding, "ignore").lstrip("\ufeff").replace("\0", "")
        if _HTML.match(head):
            raise CompendiumError(
                _("The file is a web page, not an export."),
                path=shown,
                remedy=_("Sign in to the database and export the records anew."),
            )
        return cls(path, encoding, head, notes, Path(name or path))

    def lines(self) -> Iterator[str]:
        """Lines with their ends, whatever these are; signs that no text holds are noted."""
        with self.path.open(encoding=self.encoding, newline="", errors="replace") as stream:
            for number, line in enumerate(stream, start=1):
                if number == 1:
                    line = line.lstrip("\ufeff")
                yield self._clean(line, number) if _WRONG.search(line) else line

    def pieces(self, size: int = 1 << 18) -> Iterator[str]:
        """The text in pieces of a size, for formats in which lines mean nothing."""
        number = 1
        with self.path.open(encoding=self.encoding, newline="", errors="replace") as stream:
            for piece in iter(lambda: stream.read(size), ""):
                count = piece.count("\n")
                if _WRONG.search(piece):
                    piece = "\n".join(
                        self._clean(line, at) for at, line in enumerate(piece.split("\n"), number)
                    )
                number += count
                yield piece.lstrip("\ufeff")

    def _clean(self, line: str, number: int) -> str:
        """A line without signs that no text holds."""
        if "\ufffd" in line:
            self.note(number, _("A character cannot be read."))
        if "\0" in line:
            self.note(number, _("NUL characters were taken out."))
        if set(_WRONG.findall(line)) - {"\0", "\ufffd"}:
            self.note(number, _("Signs that no text holds were taken out."))
        return _WRONG.sub(lambda sign: sign[0] if sign[0] == "\ufffd" else "", line)

    def note(self, line: int, text: str) -> None:
        """Remember what was found on a line."""
        self.notes.append(Note(line, text))


def project_path(path: Path) -> Path:
    """A path as a person would name it, also where there is no compendium around."""
    try:
        return project.relative(path)
    except (CompendiumError, RuntimeError, OSError):  # a loop of links, for one
        return path


def _encoding(path: Path, start: bytes) -> tuple[str, list[Note]]:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", []
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", []
    nuls = [start[at:2000:2].count(0) for at in (0, 1)]
    if max(nuls) > 0.3 * min(len(start), 2000) / 2 > 4 * min(nuls):
        return ("utf-16-be" if nuls[0] > nuls[1] else "utf-16-le"), []
    if _whole(path):
        return "utf-8", []
    sample, bad, good = _lines(path)
    if (bad == 1 and good) or good > 20 * bad:  # a few characters that a cut or a transfer broke
        return "utf-8", []
    guessed = _guess(sample)
    return guessed, [
        Note(0, _("The file is not UTF-8; it was read as {encoding}.").format(encoding=guessed))
    ]


def _whole(path: Path) -> bool:
    """Whether all of a file is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            for block in iter(lambda: stream.read(1 << 22), b""):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _lines(path: Path) -> tuple[bytes, int, int]:
    """A sample of the lines that are not UTF-8, their number, and that of lines that need it."""
    sample, bad, good = b"", 0, 0
    with path.open("rb") as stream:
        for line in stream:
            if line.isascii():
                continue
            if _is_utf8(line):
                good += 1
            else:
                bad += 1
                sample += line[:_HEAD]
            if len(sample) > 4 * _HEAD:
                break
    return sample, bad, good


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guess(sample: bytes) -> str:
    """Windows' Cyrillic or its Western code page: words of Cyrillic are runs of high bytes.

    Detectors that weigh many languages were tried; on lines with a few foreign words they answer
    Mac and IBM code pages, in which no database exports.
    """
    runs = re.findall(rb"[\xa8\xb8\xc0-\xff]+", sample)
    cyrillic = sum(len(run) for run in runs if len(run) >= 4)
    return "cp1251" if cyrillic > sum(map(len, runs)) / 2 else "cp1252"
