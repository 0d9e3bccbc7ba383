"""Screening sheets taken back: every cell that does not fit is named with its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import openpyxl

from compendium import project
from compendium.errors import CompendiumError
from compendium.language import LANGUAGES, _
from compendium.language.catalog import words
from compendium.screening import decisions, layout
from compendium.screening.decisions import Decision


@dataclass
class Reading:
    """What a sheet says.

    Attributes
    ----------
    path : Path
    about : dict of str to str
        Stage, role, reviewer, language and the like, as the sheet was made.
    found : dict of str to Decision
        Decisions by the address of the cell, e.g. `B7`.
    open : list of str
        Keys of the records that the reviewer has not decided.
    problems : list of CompendiumError
        What does not fit, each with its cell.
    """

    path: Path
    about: dict[str, str]
    found: dict[str, Decision] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    problems: list[CompendiumError] = field(default_factory=list)


@dataclass(frozen=True)
class Taken:
    """What became of a sheet's decisions.

    Attributes
    ----------
    new, revised, unchanged, open : int
    problems : tuple of CompendiumError
        If there are any, nothing of the sheet was taken.
    """

    new: int
    revised: int
    unchanged: int
    open: int
    problems: tuple[CompendiumError, ...] = ()


def read(path: Path, known: Iterable[str] = ()) -> Reading:
    """Read a sheet.

    Parameters
    ----------
    path : Path
    known : iterable of str, optional
        Keys of the records that there are; any key is taken if there are none.

    Raises
    ------
    CompendiumError
        If the file is no screening sheet.
    """
    path = Path(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True)
    except FileNotFoundError:
        raise _refused(path, _("The file does not exist.")) from None
    except (BadZipFile, OSError, KeyError, ValueError) as error:
        raise _refused(path, _("The file is no .xlsx workbook.")) from error
    try:
        reading = Reading(path, _about(book, path))
        changed = book.properties.modified
        _rows(_records(book, path), reading, set(known), changed.date().isoformat() if changed
              else "")  # fmt: skip
    finally:
        book.close()
    return reading


def take(folder: Path, reading: Reading, *, revise: bool = False) -> Taken:
    """Add a sheet's decisions to a folder; what is there stays, and a second time adds nothing.

    Parameters
    ----------
    revise : bool
        Whether a decision that differs from an earlier one of the same reviewer is added behind it;
        it is refused otherwise.
    """
    held = decisions.latest(decisions.read_decisions(folder))
    before = {
        decision.place: decision
        for decision in (
            Decision(*row) for row in held[list(decisions.COLUMNS)].itertuples(index=False)
        )
    }
    new: list[Decision] = []
    revised = unchanged = 0
    problems = list(reading.problems)
    for cell, decision in reading.found.items():
        earlier = before.get(decision.place)
        if earlier is None:
            new.append(decision)
        elif earlier.said == decision.said:
            unchanged += 1
        elif revise:
            new.append(decision)
            revised += 1
        else:
            problems.append(_at(
                reading.path, cell,
                _("The folder holds another decision of this reviewer: {decision}.")
                .format(decision=" · ".join(filter(None, earlier.said))),
                _("Give the cell its old value, or read with --revise, which keeps both."),
            ))  # fmt: skip
    if problems:
        return Taken(0, 0, 0, len(reading.open), tuple(problems))
    if new:
        decisions.append(folder, new)
    return Taken(len(new) - revised, revised, unchanged, len(reading.open))


def _about(book, path: Path) -> dict[str, str]:
    if layout.ABOUT not in book.sheetnames:
        raise _refused(path, _("The file is no screening sheet."))
    told = {
        str(row[0]): str(row[1] or "")
        for row in book[layout.ABOUT].iter_rows(min_col=1, max_col=2, values_only=True)
        if row and row[0]
    }
    if set(told) < set(layout.ABOUT_KEYS) or told["stage"] not in decisions.STAGES:
        raise _refused(path, _("The hidden sheet that says what the sheet is was changed."))
    if told["version"] != layout.VERSION:
        raise _refused(path, _("The sheet was made by another version."))
    return told


def _records(book, path: Path):
    """The sheet with the records: the one whose header says so."""
    near = None
    for sheet in book.worksheets:
        head = [str(cell.value or "") for cell in next(sheet.iter_rows(max_row=1), ())]
        for settling in (False, True):
            columns = layout.columns(settling)
            fits = [_is_header(cell, column) for cell, column in zip(head, columns, strict=False)]
            if len(head) >= len(columns) and all(fits):
                return sheet
            if sum(fits) > len(columns) / 2 and near is None:
                near = (sheet, fits, columns)
    if near is None:
        raise _refused(path, _("No sheet of the workbook holds the records."))
    sheet, fits, columns = near
    at = fits.index(False) if False in fits else len(fits)
    raise _at(
        path, f"{chr(ord('A') + at)}1", _("The header was changed."),
        _("Write “{header}” there.").format(header=_(columns[at].header)),
    )  # fmt: skip


def _is_header(cell: str, column: layout.SheetColumn) -> bool:
    names = {words().gettext(column.header, code) for code in LANGUAGES}
    return cell.strip().casefold() in {name.casefold() for name in names}


def _rows(sheet, reading: Reading, known: set[str], day: str) -> None:
    settling = reading.about["role"] == decisions.SETTLING
    keys = [column.key for column in layout.columns(settling)]
    seen: dict[str, str] = {}
    rows = sheet.iter_rows(min_row=layout.FIRST_ROW, max_col=len(keys))
    for number, row in enumerate(rows, start=layout.FIRST_ROW):
        said = {
            key: " ".join(str(cell.value).split()) if cell.value is not None else ""
            for key, cell in zip(keys, row, strict=False)
        }
        if not any(said.values()):
            continue
        address = {key: f"{layout.letter(key, settling)}{number}" for key in keys}
        record = said.get("record", "")
        problem = _key_problem(record, address["record"], seen, known)
        if problem:
            reading.problems.append(_at(reading.path, address["record"], *problem))
            continue
        seen[record] = address["record"]
        if not said["decision"]:
            reading.open.append(record)
            if said["criterion"]:
                reading.problems.append(_at(
                    reading.path, address["decision"],
                    _("A criterion is chosen, and no decision."), _("Choose the decision."),
                ))  # fmt: skip
            continue
        _decide(reading, said, address, day)
    missing = int(reading.about["records"] or 0) - len(seen)
    if missing > 0 and not reading.problems:
        reading.problems.append(_refused(
            reading.path,
            _("Rows of the sheet are missing: {n}.").format(n=missing),
            _("Put the rows back; a record that is not decided has an empty cell."),
        ))  # fmt: skip


def _decide(reading: Reading, said: dict, address: dict, day: str) -> None:
    stage = reading.about["stage"]
    choices = decisions.CHOICES[stage]
    criteria = tuple(reading.about["criteria"].split())
    codes: dict[str, str] = {}
    for key, offered in (("decision", choices), ("criterion", criteria)):
        code = layout.code_of(said[key], offered) if said[key] else ""
        if code is None:
            reading.problems.append(_at(
                reading.path, address[key],
                _("“{value}” is not in the list.").format(value=said[key][:60]),
                _("Choose one of: {values}.")
                .format(values="; ".join(layout.choices(offered).values())),
            ))  # fmt: skip
            return
        codes[key] = code
    decision = Decision(
        said["record"], stage, reading.about["reviewer"], reading.about["role"],
        codes["criterion"], codes["decision"], said["reason"], day,
    )  # fmt: skip
    if problem := decisions.wrong(decision):
        column, message, remedy = problem
        cell = address.get(column, address["decision"])
        reading.problems.append(_at(reading.path, cell, message, remedy))
        return
    reading.found[address["decision"]] = decision


def _key_problem(record: str, cell: str, seen: dict, known: set) -> tuple[str, str] | None:
    if not record:
        return (_("The row names no record."),
                _("Put back the key that stood there, or delete the row."))  # fmt: skip
    if record in seen:
        return (_("The record stands in {cell} already.").format(cell=seen[record]),
                _("Delete one of the two rows."))  # fmt: skip
    if known and record not in known:
        return (_("The folder knows no record {record}.").format(record=record[:60]),
                _("Put back the key that stood there."))  # fmt: skip
    return None


def _at(path: Path, cell: str, message: str, remedy: str) -> CompendiumError:
    # Translators: the address of a cell in a spreadsheet, e.g. "cell B7: …"
    told = _("cell {cell}: {message}").format(cell=cell, message=message)
    return CompendiumError(told, path=project.relative(path), remedy=remedy)


def _refused(path: Path, message: str, remedy: str = "") -> CompendiumError:
    return CompendiumError(
        message, path=project.relative(path),
        remedy=remedy or _("Make a sheet with `compendium screening sheet`, and fill it in."),
    )  # fmt: skip
