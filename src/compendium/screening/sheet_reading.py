"""Screening sheets taken back: what does not fit is named with its cell, and the rest is taken.

People merge cells, delete columns, write a line above the header and misspell; a sheet is read by
what its header says, wherever that stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from string import ascii_uppercase
from types import MappingProxyType
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from compendium import opendocument, project
from compendium.errors import CompendiumError
from compendium.language import LANGUAGES, _, label, number
from compendium.language.catalog import words
from compendium.screening import decisions, layout, protocol, remarks
from compendium.screening.decisions import Decision
from compendium.screening.protocol import Protocol
from compendium.screening.remarks import Remark

_NEEDED = ("decision", "record")
_ANSWERS = ("decision", "criterion", "reason", "labels")
_HEADER_WITHIN = 20  # rows
_LARGEST = 200  # megabytes of a workbook unpacked: thirty thousand abstracts take some 60


@dataclass
class SheetReading:
    """What a sheet says.

    Attributes
    ----------
    path : Path
    about : dict of str to str
        Stage, role, reviewer, language and the like, as the sheet was made.
    found : dict of str to Decision
        Decisions by the address of the cell, e.g. `B7`.
    remarks : list of Remark
        Labels, and notes about records that are not decided.
    open : dict of str to str
        Keys of the records that the reviewer has not decided, by the address of the empty cell.
    problems : list of CompendiumError
        Cells that do not fit; what their rows say is not taken.
    notes : list of CompendiumError
        What was mended or is missing; nothing is lost by it.
    columns : dict of str to str
        Letter of each column of the sheet.
    """

    path: Path
    about: dict[str, str]
    found: dict[str, Decision] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    open: dict[str, str] = field(default_factory=dict)
    problems: list[CompendiumError] = field(default_factory=list)
    notes: list[CompendiumError] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """What became of a sheet's decisions.

    Attributes
    ----------
    new, revised, unchanged : int
    open : tuple of str
        Addresses of the cells without a decision.
    problems : tuple of CompendiumError
        Cells whose rows were not taken.
    notes : tuple of CompendiumError
    """

    new: int
    revised: int
    unchanged: int
    open: tuple[str, ...]
    problems: tuple[CompendiumError, ...] = ()
    notes: tuple[CompendiumError, ...] = ()


@dataclass(frozen=True)
class _Table:
    """Where a sheet's records stand: its cells by row and column, and the column of each key.

    `shared` has the rows whose note is merged with that of a row above, with the merged range.
    """

    cells: dict[tuple[int, int], object]
    head: int
    columns: dict[str, int]
    shared: dict[int, str]

    def address(self, key: str, row: int) -> str:
        return f"{get_column_letter(self.columns.get(key, self.columns['decision']))}{row}"

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows below the header that hold anything, with what their cells say."""
        for row in sorted({at for at, _column in self.cells if at > self.head}):
            said = {key: _text(self.cells.get((row, column)))
                    for key, column in self.columns.items()}  # fmt: skip
            if any(said.values()):
                yield row, said


def read(
    path: Path,
    known: Mapping[str, str] = MappingProxyType({}),
    agreed: Protocol = protocol.DEFAULT,
) -> SheetReading:
    """Read a sheet.

    Parameters
    ----------
    path : Path
    known : mapping of str to str, optional
        Titles of the records that there are, by their keys; any key is taken if there are none.
    agreed : Protocol, optional
        The team's.

    Raises
    ------
    CompendiumError
        If the file is no screening sheet.
    """
    path = Path(path)
    book = _opened(path)
    reading = SheetReading(path, _about(book, path))
    changed = book.properties.modified
    table = _table(book, reading)
    reading.columns = {key: get_column_letter(column) for key, column in table.columns.items()}
    _rows(table, reading, known, agreed, changed.date().isoformat() if changed else "")
    return reading


def take(folder: Path, reading: SheetReading, *, revise: bool = False) -> Taken:
    """Add a sheet's decisions to a folder; what is there stays, and a second time adds nothing.

    Parameters
    ----------
    revise : bool
        Whether a decision that differs from an earlier one of the same reviewer is added behind it;
        it is refused otherwise.
    """
    with decisions.locked(folder):
        added = decisions.add(folder, reading.found, revise=revise)
        if reading.remarks:
            remarks.append(folder, reading.remarks)
    refused = [_differs(reading, cell, earlier) for cell, earlier in added.refused.items()]
    return Taken(added.new, added.revised, added.unchanged, tuple(reading.open),
                 (*reading.problems, *refused), tuple(reading.notes))  # fmt: skip


def _differs(reading: SheetReading, cell: str, earlier: Decision) -> CompendiumError:
    """That a row says something else than the folder, at the first cell that does."""
    now = reading.found[cell]
    key = next(k for k in _ANSWERS if getattr(now, k) != getattr(earlier, k))
    if letter := reading.columns.get(key):
        cell = letter + cell.lstrip(ascii_uppercase)
    header = next(column.header for column in layout.COLUMNS if column.key == key)
    held = (*(label(code) for code in earlier.said[:2] if code), earlier.reason)
    return _at(
        reading.path, cell,
        _("“{header}” is not what the folder holds of this reviewer: {decision}.")
        .format(header=_(header), decision=" · ".join(filter(None, held))),
        _("Give the cell its old value, or read with --revise, which keeps both."),
    )  # fmt: skip


def _opened(path: Path):
    try:
        with ZipFile(path) as packed:
            size = sum(member.file_size for member in packed.infolist()) / 1e6
            is_ods = opendocument.CONTENT in packed.namelist()
        if size > _LARGEST:
            raise _refused(
                path, _("The workbook takes {n} megabytes when it is unpacked.")
                .format(n=number(round(size))),
                _("A screening sheet takes at most {n}: something else was put into it.")
                .format(n=number(_LARGEST)),
            )  # fmt: skip
        return opendocument.workbook(path) if is_ods else openpyxl.load_workbook(path)
    except FileNotFoundError:
        raise _refused(path, _("The file does not exist.")) from None
    except IsADirectoryError:
        raise _refused(path, _("It is a folder."), _("Name the sheets in it.")) from None
    except PermissionError:
        raise _refused(path, _("The file may not be read."), _("Ask its owner.")) from None
    except (BadZipFile, OSError, KeyError, ValueError, IndexError, TypeError, AttributeError,
            EOFError, ParseError) as error:  # fmt: skip
        # What openpyxl raises depends on where a damaged workbook breaks off.
        raise _refused(
            path, _("The file is no .xlsx or .ods workbook, or a damaged one."),
            _("Open the sheet and save it as .xlsx."),
        ) from error  # fmt: skip


def _about(book, path: Path) -> dict[str, str]:
    """What the sheet says of itself, in its hidden sheet or, if that is gone, in its properties."""
    told: dict[str, str] = {}
    if layout.ABOUT in book.sheetnames:
        told = {
            str(row[0]): str(row[1] or "")
            for row in book[layout.ABOUT].iter_rows(min_col=1, max_col=2, values_only=True)
            if row and row[0]
        }
    if not _whole(told):
        try:
            told = json.loads(book.properties.description or "")
        except ValueError:
            told = {}
    if not _whole(told):
        changed = layout.ABOUT in book.sheetnames
        raise _refused(
            path,
            _("The hidden sheet that says what the sheet is was changed.") if changed
            else _("The file is no screening sheet."),
        )  # fmt: skip
    if told["version"] != layout.VERSION:
        raise _refused(path, _("The sheet was made by another version."))
    return told


def _whole(told) -> bool:
    return (
        isinstance(told, dict)
        and set(told) >= set(layout.ABOUT_KEYS)
        and told["stage"] in decisions.STAGES
        and str(told["records"]).isdigit()
    )


def _table(book, reading: SheetReading) -> _Table:
    """The records of a workbook: below the row that holds most of the headers."""
    best: tuple[int, Worksheet, int, dict[int, str]] | None = None
    headers = _headers()
    for sheet in book.worksheets:
        if sheet.title in (layout.ABOUT, layout.LISTS):
            continue
        for row in sheet.iter_rows(max_row=_HEADER_WITHIN):
            said = {cell.column: _text(cell.value) for cell in row if cell.value is not None}
            fits = sum(text.casefold() in headers for text in said.values())
            if fits and (best is None or fits > best[0]):
                best = (fits, sheet, row[0].row, said)
    if best is None or best[0] < len(_NEEDED):
        raise _refused(reading.path, _("No sheet of the workbook holds the records."))
    _fits, sheet, head, said = best
    columns = _columns(said, head, headers, reading)
    # Only what holds something: a stray cell in the last row must not cost a million rows.
    cells = {at: cell.value for at, cell in sheet._cells.items() if cell.value is not None}
    shared: dict[int, str] = {}
    for merged in sorted(sheet.merged_cells.ranges, key=lambda held: (held.min_row, held.min_col)):
        keys = [key for key in _ANSWERS
                if merged.min_col <= columns.get(key, 0) <= merged.max_col]  # fmt: skip
        value = cells.get((merged.min_row, merged.min_col))
        if not keys or value is None or merged.max_row <= head:
            continue
        for row in range(merged.min_row, merged.max_row + 1):
            cells.setdefault((row, columns[keys[0]]), value)
        if keys[0] == "reason":
            later = range(merged.min_row + 1, merged.max_row + 1)
            shared |= dict.fromkeys(later, str(merged.coord))
            continue
        reading.notes.append(_at(
            reading.path, str(merged.coord),
            _("The cells are merged; “{value}” counts for each of their rows.")
            .format(value=_text(value)[:60]), "",
        ))  # fmt: skip
    return _Table(cells, head, columns, shared)


def _columns(
    said: dict[int, str], head: int, headers: dict[str, str], reading: SheetReading
) -> dict[str, int]:
    """Column of each key, by its header; where that was changed, by what is nearest."""
    columns: dict[str, int] = {}
    for column, text in said.items():
        key = headers.get(text.casefold())
        if key and key not in columns:
            columns[key] = column
    left = {column: text for column, text in said.items() if column not in columns.values()}
    order = [column.key for column in layout.COLUMNS]
    for key in (*_ANSWERS, "record"):
        if key in columns:
            continue
        header = next(column.header for column in layout.COLUMNS if column.key == key)
        names = [name for name, named in headers.items() if named == key]
        near = [c for c, text in left.items()
                if get_close_matches(text.casefold(), names, n=1, cutoff=0.75)]  # fmt: skip
        # A header that says something else stands where it stood: behind the one before it.
        before = [columns[k] for k in order[: order.index(key)] if k in columns]
        after = [columns[k] for k in order[order.index(key) + 1 :] if k in columns]
        if not near and before and max(before) + 1 in left and max(before) + 2 in after:
            near = [max(before) + 1]
        if len(near) == 1:
            columns[key] = near[0]
            reading.notes.append(_at(
                reading.path, f"{get_column_letter(near[0])}{head}",
                _("“{value}” is taken for the header “{header}”.")
                .format(value=left.pop(near[0])[:60], header=_(header)), "",
            ))  # fmt: skip
        elif key in _NEEDED:
            raise _refused(
                reading.path, _("The column “{header}” is missing.").format(header=_(header)),
                _("Put it back; without it nothing says which decision is about which record."),
            )  # fmt: skip
        elif key in ("criterion", "reason"):
            reading.notes.append(_refused(
                reading.path, _("The column “{header}” is missing.").format(header=_(header)),
                _("The sheet is read without it."),
            ))  # fmt: skip
    return columns


def _headers() -> dict[str, str]:
    """Keys of the columns by what their headers say in any language, in lower case."""
    return {
        words().gettext(column.header, code).casefold(): column.key
        for column in layout.COLUMNS for code in LANGUAGES
    }  # fmt: skip


def _rows(
    table: _Table, reading: SheetReading, known: Mapping[str, str], agreed: Protocol, day: str
) -> None:
    titles = {key: _plain(title) for key, title in known.items()}
    seen: dict[str, tuple[int, dict[str, str]]] = {}
    for row, said in table.rows():
        record = said["record"]
        if not record and not any(said.get(key) for key in _ANSWERS):
            continue  # a line of somebody's own below the table
        if problem := _key_problem(record, known):
            reading.problems.append(_at(reading.path, table.address("record", row), *problem))
            continue
        if record in seen:
            first, before = seen[record]
            if any(said.get(key, "") != before.get(key, "") for key in _ANSWERS):
                reading.problems.append(_at(
                    reading.path, table.address("record", row),
                    _("The record stands in {cell} already, with another answer.")
                    .format(cell=table.address("record", first)),
                    _("Delete one of the two rows."),
                ))  # fmt: skip
            continue
        if whose := _other_title(said.get("title", ""), record, titles):
            reading.problems.append(_at(
                reading.path, table.address("title", row),
                _("The title is that of the record {other}, the row names {record}.")
                .format(other=whose, record=record),
                _("The columns were sorted apart. Take a copy from before, or sort all together."),
            ))  # fmt: skip
            continue
        if whose := _other_number(said, reading):
            reading.problems.append(_at(
                reading.path, table.address("number", row),
                _("The number is that of the record {other}, the row names {record}.")
                .format(other=whose, record=record),
                _("The columns were sorted apart. Take a copy from before, or sort all together."),
            ))  # fmt: skip
            continue
        seen[record] = (row, said)
        if row in table.shared:
            reading.problems.append(_at(
                reading.path, table.address("reason", row),
                _("The note is merged over {cells}; it counts for the first of these rows only, "
                  "and this one is not taken.").format(cells=table.shared[row]),
                _("Take the merged cells apart, and write each record's own note."),
            ))  # fmt: skip
            continue
        labels = _labels(said.get("labels", ""), reading, agreed, table.address("labels", row))
        note = ""
        if said["decision"]:
            _decide(reading, said, table, row, day, agreed)
        else:
            note = said.get("reason", "")
            if not said.get("criterion"):
                reading.open[table.address("decision", row)] = record
            else:
                reading.problems.append(_at(
                    reading.path, table.address("decision", row),
                    _("A criterion is chosen, and no decision."), _("Choose the decision."),
                ))  # fmt: skip
        if labels or note:
            reading.remarks.append(Remark(record, reading.about["reviewer"], labels, note, day))
    missing = int(reading.about["records"]) - len(seen)
    if missing > 0 and not reading.problems:
        reading.notes.append(_refused(
            reading.path,
            _("Rows of the sheet are missing: {n}.").format(n=missing),
            _("Their records wait for a decision."),
        ))  # fmt: skip


def _decide(
    reading: SheetReading, said: dict, table: _Table, row: int, day: str, agreed: Protocol
) -> None:
    stage = reading.about["stage"]
    offered = {
        "decision": decisions.CHOICES[stage],
        "criterion": tuple(reading.about["criteria"].split()),
    }
    codes: dict[str, str] = {}
    for key, choices in offered.items():
        cell = said.get(key, "")
        code = layout.code_of(cell, choices) if cell else ""
        if code is None:
            near = layout.nearest(cell, choices)
            remedy = (
                _("Did you mean “{near}”?").format(near=near) if near else
                _("Choose one of: {values}.")
                .format(values="; ".join(layout.choices(choices).values()))
            )  # fmt: skip
            told = _("“{value}” is not in the list.").format(value=cell[:60])
            reading.problems.append(_at(reading.path, table.address(key, row), told, remedy))
            return
        codes[key] = code
    decision = Decision(
        said["record"], stage, reading.about["reviewer"], reading.about["role"],
        codes["criterion"], codes["decision"], said.get("reason", ""), day,
    )  # fmt: skip
    if problem := decisions.wrong(decision, agreed.reasons):
        column, message, remedy = problem
        reading.problems.append(_at(reading.path, table.address(column, row), message, remedy))
        return
    reading.found[table.address("decision", row)] = decision


def _labels(cell: str, reading: SheetReading, agreed: Protocol, address: str) -> str:
    """Labels of a cell, divided by semicolons; one that the team does not know is named."""
    found = []
    for said in filter(None, (part.strip() for part in cell.replace(",", ";").split(";"))):
        same = [label for label in agreed.labels if label.casefold() == said.casefold()]
        if agreed.labels and not same:
            reading.problems.append(_at(
                reading.path, address, _("“{value}” is no label of the team.")
                .format(value=said[:60]), protocol.near(said, agreed.labels),
            ))  # fmt: skip
            continue
        found += same or [said]
    return "; ".join(dict.fromkeys(found))


def _key_problem(record: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    if not record:
        return (_("The row names no record."),
                _("Put back the key that stood there, or delete the row."))  # fmt: skip
    if known and record not in known:
        near = get_close_matches(record, known, n=1, cutoff=0.85)
        return (_("The folder knows no record {record}.").format(record=record[:60]),
                _("Did you mean “{near}”?").format(near=near[0]) if near
                else _("Put back the key that stood there."))  # fmt: skip
    return None


def _other_title(title: str, record: str, titles: Mapping[str, str]) -> str:
    """Key of another record whose title stands in a row; empty if it is none's or the row's own."""
    said = _plain(title)
    if not said or titles.get(record, said) == said:
        return ""
    return next((key for key, own in titles.items() if own == said), "")


def _other_number(said: Mapping[str, str], reading: SheetReading) -> str:
    """Key of another record that a row's number stood for when the sheet was written."""
    meant = reading.about.get(said.get("number", "").removesuffix(".0"), "")
    return meant if meant != said["record"] else ""


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _text(value) -> str:
    return "" if value is None else " ".join(str(value).split())


def _at(path: Path, cell: str, message: str, remedy: str) -> CompendiumError:
    # Translators: the address of a cell in a spreadsheet, e.g. "cell B7: …"
    told = _("cell {cell}: {message}").format(cell=cell, message=message)
    return CompendiumError(told, path=project.relative(path), remedy=remedy)


def _refused(path: Path, message: str, remedy: str = "") -> CompendiumError:
    return CompendiumError(
        message, path=project.relative(path),
        remedy=remedy or _("Make a sheet with `compendium screening sheet`, and fill it in."),
    )  # fmt: skip
