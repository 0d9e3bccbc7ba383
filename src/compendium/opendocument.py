"""Sheets of an OpenDocument spreadsheet (.ods), row by row, as LibreOffice saves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element
from zipfile import ZipFile

if TYPE_CHECKING:
    from openpyxl import Workbook

CONTENT = "content.xml"
"""The file of the packed ones that holds the sheets."""
_META = "meta.xml"
_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _OFFICE = (_NAMESPACE % name for name in ("table", "text", "office"))
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELL = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_BLANKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MOST = 5_000_000  # cells: a few bytes may say that one is repeated a billion times


@dataclass(frozen=True)
class Row:
    """A row that holds anything: its number and cells, from 1, and the ranges that begin in it.

    Attributes
    ----------
    sheet : str
    at : int
    cells : dict of int to value
        Text, whole or other number, or a date as text; by column.
    spans : list of (int, int, int)
        Merged cells: first column, rows, columns.
    """

    sheet: str
    at: int
    cells: dict[int, Any] = field(default_factory=dict)
    spans: list[tuple[int, int, int]] = field(default_factory=list)


def rows(path: Path) -> Iterator[Row]:
    """The rows of all sheets, in their order.

    Raises
    ------
    ValueError
        If the file is damaged, or repeats its cells beyond all use.
    """
    from defusedxml.ElementTree import ParseError, iterparse

    sheet, at, left = "", 0, _MOST
    try:
        with ZipFile(path) as packed, packed.open(CONTENT) as stream:
            for event, element in iterparse(stream, ("start", "end")):
                if element.tag == f"{_TABLE}table":
                    if event == "start":
                        sheet, at = element.get(f"{_TABLE}name", ""), 0
                    else:
                        element.clear()
                elif event == "end" and element.tag == f"{_TABLE}table-row":
                    found = Row(sheet, at + 1)
                    _fill(found, element)
                    again = _times(element, "number-rows-repeated")
                    element.clear()
                    if found.cells:
                        left -= len(found.cells) * again
                        if left < 0:
                            raise ValueError(f"more than {_MOST:,} cells")
                        for step in range(again):
                            yield Row(sheet, at + 1 + step, found.cells, found.spans)
                    at += again
    except ParseError as error:
        raise ValueError(str(error)) from None


def _fill(row: Row, element: Element) -> None:
    column = 1
    for cell in element:
        if cell.tag not in _CELL:
            continue
        again = _times(cell, "number-columns-repeated")
        value = _value(cell)
        if value not in (None, ""):
            if again > 1 << 14:
                raise ValueError(f"more than {1 << 14:,} columns")
            row.cells.update(dict.fromkeys(range(column, column + again), value))
        high, wide = (_times(cell, f"number-{kind}-spanned") for kind in ("rows", "columns"))
        if (high, wide) != (1, 1):
            row.spans.append((column, high, wide))
        column += again


def _times(element: Element, name: str) -> int:
    said = element.get(_TABLE + name, "1")
    return int(said) if said.isdecimal() else 1


def _value(cell: Element) -> str | int | float | None:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in ("float", "percentage", "currency"):
        number = float(cell.get(f"{_OFFICE}value", "nan"))
        return int(number) if number.is_integer() else number
    if cell.get(_ERROR) == "error":  # `=see note` is what somebody wrote, and no formula
        return cell.get(f"{_TABLE}formula", "").partition(":")[2]
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "").removesuffix("T00:00:00")
    for blank in cell.iter():
        if sign := _BLANKS.get(blank.tag):
            blank.text = sign * min(_blanks(blank), 1000)
    return "\n".join("".join(part.itertext()) for part in cell.iterfind(f"{_TEXT}p")) or None


def _blanks(element: Element) -> int:
    said = element.get(f"{_TEXT}c", "1")
    return int(said) if said.isdecimal() else 1


def workbook(path: Path) -> Workbook:
    """All sheets as a workbook in memory, with its merged cells and the day of the last change.

    Raises
    ------
    ValueError
        If the file is damaged.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for row in rows(path):
        sheet = book[row.sheet] if row.sheet in book.sheetnames else book.create_sheet(row.sheet)
        for column, value in row.cells.items():
            sheet.cell(row.at, column).value = value
            sheet.cell(row.at, column).data_type = "n" if isinstance(value, int | float) else "s"
        for column, high, wide in row.spans:
            sheet.merged_cells.add(
                f"{sheet.cell(row.at, column).coordinate}:"
                f"{sheet.cell(row.at + high - 1, column + wide - 1).coordinate}"
            )
    book.properties.modified = _changed(path)
    return book


def _changed(path: Path) -> datetime | None:
    from defusedxml.ElementTree import ParseError, fromstring

    with ZipFile(path) as packed:
        if _META not in packed.namelist():
            return None
        try:
            meta = fromstring(packed.read(_META))
            said = meta.findtext(".//{http://purl.org/dc/elements/1.1/}date", "")
            return datetime.fromisoformat(said[:19]) if said else None
        except (ParseError, ValueError):
            return None
