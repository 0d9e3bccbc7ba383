"""Answers to the survey: a KoboToolbox or ODK export, each row taken or refused with a reason."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.ranking.criteria import TOP, Assessment
from compendium.survey import best_worst
from compendium.survey.wording import FARTHEST, ROLES, UNKNOWN

GENERATED = "_generated"
"""Column of answers that a program made up, for tests and trials; no export has it."""


@dataclass(frozen=True)
class Answer:
    """What one respondent said.

    Attributes
    ----------
    row : int
        Its row in the export, counted as a spreadsheet does.
    role : str
        `enterprise`, `university` or `other`.
    weights : array of shape (criteria,)
        Adding up to 1.
    inconsistency : float
        Of the comparisons; 0 is best, 1 worst.
    levels : array of shape (models, criteria)
        NaN where the respondent was not asked, did not answer or does not know.
    """

    row: int
    role: str
    weights: np.ndarray
    inconsistency: float
    levels: np.ndarray


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken.

    Attributes
    ----------
    row : int
    column : str
    reason : str
    """

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"row {self.row}" + (f", column `{self.column}`" if self.column else "")
        return f"{place}: {self.reason}"


@dataclass(frozen=True)
class Responses:
    """An export, read.

    Attributes
    ----------
    answers : list of Answer
    refused : list of Refusal
        Malformed rows.
    declined : int
        Rows of people who did not agree to take part.
    generated : bool
        Whether a row says that a program made it up: such answers are no finding.
    """

    answers: list[Answer]
    refused: list[Refusal]
    declined: int
    generated: bool = False


class _Malformed(Exception):
    def __init__(self, column: str, reason: str):
        super().__init__(reason)
        self.column, self.reason = column, reason


def read(file: Path, assessment: Assessment) -> Responses:
    """Read an export with XML values and headers, as CSV or XLSX.

    Parameters
    ----------
    file : Path
    assessment : Assessment
        The context's criteria and models, from which the form was made.

    Raises
    ------
    CompendiumError
        If the file is missing or no export of this form.
    """
    header, records, uneven = _table(file)
    names = [_field(name) for name in header]
    codes = assessment.codes
    wanted = [
        "consent",
        "role",
        "best",
        "worst",
        *(f"{part}_{code}" for part in ("bo", "ow") for code in codes),
    ]
    missing = [name for name in wanted if name not in names]
    if missing:
        raise CompendiumError(
            _("The export lacks {n} of the form's columns, first {what!r}.").format(
                n=len(missing), what=missing[0]
            ),
            path=file,
            remedy=_("Export with XML values and headers, from a form of the same context."),
        )
    answers, refused, declined = [], list(uneven), 0
    seen: dict[str, int] = {}
    generated = False
    for row, record in records:
        cells = dict(zip(names, record, strict=True))
        generated |= cells.get(GENERATED) == "yes"
        if cells["consent"] == "no":
            declined += 1
            continue
        try:
            _once(cells, row, seen)
            answers.append(_answer(cells, row, assessment))
        except _Malformed as error:
            refused.append(Refusal(row, error.column, error.reason))
    refused.sort(key=lambda refusal: refusal.row)
    return Responses(answers, refused, declined, generated)


def usable(responses: Responses, file: Path) -> list[Answer]:
    """The answers that were taken.

    Raises
    ------
    CompendiumError
        If there is none; names the first reasons.
    """
    if not responses.answers:
        reasons = "; ".join(map(str, responses.refused[:3]))
        raise CompendiumError(
            f"No row of the export can be used. {reasons}".strip(),
            path=file,
            remedy=_("Mend the rows, or export again."),
        )
    return responses.answers


def _field(name: str) -> str:
    """A column's name without its groups: Kobo joins them by `/`, ODK Central by `-`."""
    return name if name.startswith("_") else re.split("[/-]", name)[-1]


def _table(file: Path) -> tuple[list[str], list[tuple[int, list[str]]], list[Refusal]]:
    """Header, rows with their numbers, and rows whose cells do not fit the header."""
    if not file.is_file():
        raise CompendiumError(_("There is no such file."), path=file, remedy=_("Check the path."))
    try:
        rows = _sheet(file) if file.suffix.lower() in (".xlsx", ".xlsm") else _csv(file)
    except (ValueError, KeyError, OSError, BadZipFile, csv.Error) as error:
        raise CompendiumError(
            _("The file cannot be read: {what}").format(what=str(error).splitlines()[0]),
            path=file,
            remedy=_("Give a CSV (UTF-8) or XLSX export of KoboToolbox or ODK."),
        ) from None
    header, *rest = rows or [[]]
    records, uneven = [], []
    for at, cells in enumerate(rest):
        if not any(cells):
            continue
        if len(cells) != len(header):
            reason = f"it has {len(cells)} cells, the header has {len(header)}"
            uneven.append(Refusal(at + 2, "", reason))
        else:
            records.append((at + 2, cells))
    if not records and not uneven:
        raise CompendiumError(
            _("The export has no rows."),
            path=file,
            remedy=_("Export again once there are submissions."),
        )
    return header, records, uneven


def _csv(file: Path) -> list[list[str]]:
    text = file.read_text(encoding="utf-8-sig")
    head = text.split("\n", 1)[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    return [[cell.strip() for cell in row] for row in reader]


def _sheet(file: Path) -> list[list[str]]:
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True, data_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True)) if book.worksheets else []
    book.close()
    told = [["" if cell is None else str(cell).strip() for cell in row] for row in rows]
    wide = len(told[0]) if told else 0
    return [row + [""] * (wide - len(row)) for row in told]  # a sheet leaves trailing cells out


def _once(cells: dict, row: int, seen: dict[str, int]) -> None:
    for column in ("_uuid", "instanceID", "KEY"):
        own = cells.get(column, "")
        if own:
            if own in seen:
                raise _Malformed(column, f"the same submission stands in row {seen[own]}")
            seen[own] = row
            return


def _answer(cells: dict, row: int, assessment: Assessment) -> Answer:
    codes = assessment.codes
    if cells["consent"] != "yes":
        raise _Malformed("consent", "the respondent has not said whether to take part")
    if cells["role"] not in ROLES:
        raise _Malformed("role", f"{cells['role']!r} is none of {', '.join(ROLES)}")
    places = {}
    for column in ("best", "worst"):
        if cells[column] not in codes:
            raise _Malformed(column, f"{cells[column]!r} is no criterion of this context")
        places[column] = codes.index(cells[column])
    best, worst = places["best"], places["worst"]
    if best == worst:
        raise _Malformed("worst", "the most and the least important criterion are the same")
    to_others = np.array(
        [1 if at == best else _ratio(cells, f"bo_{code}") for at, code in enumerate(codes)],
        dtype=float,
    )
    to_worst = np.array(
        [
            1 if at == worst else to_others[worst] if at == best else _ratio(cells, f"ow_{code}")
            for at, code in enumerate(codes)
        ],
        dtype=float,
    )
    levels = np.array(
        [[_level(cells, f"score_{model}_{code}") for code in codes] for model in assessment.models]
    )
    given = (best, worst, to_others, to_worst)
    return Answer(
        row, cells["role"], best_worst.weights(*given), best_worst.inconsistency(*given), levels
    )


def _whole(text: str) -> int | None:
    """A whole number, also as a spreadsheet may write it (`3.0`)."""
    text = text.removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() else None


def _ratio(cells: dict, column: str) -> int:
    value = _whole(cells[column])
    if cells[column] == "":
        raise _Malformed(column, "the comparison is missing")
    if value is None or not 1 <= value <= FARTHEST:
        raise _Malformed(column, f"{cells[column]!r} is no whole number from 1 to {FARTHEST}")
    return value


def _level(cells: dict, column: str) -> float:
    given = cells.get(column, "")
    if given in ("", UNKNOWN):
        return np.nan
    value = _whole(given)
    if value is None or not 0 <= value <= TOP:
        raise _Malformed(column, f"{given!r} is no level from 0 to {TOP}")
    return float(value)
