"""Screening sheets: one .xlsx file a reviewer, with drop-downs, in the reviewer's language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from compendium import project
from compendium.errors import CompendiumError
from compendium.files import replacing
from compendium.language import _, speaking
from compendium.records.record import Record
from compendium.screening import decisions, full_texts, highlights, layout
from compendium.screening.cells import INK, plain, rich, text
from compendium.screening.layout import SheetPlan

_TELL_EVERY = 500
_LINE, _TALLEST = 15, 409  # points; a spreadsheet has no taller row
_LONGEST_LINK = 2_000  # characters; a longer one makes some programs call the file damaged
_HEAD = PatternFill("solid", fgColor="1F5F8B")
_OPEN = PatternFill("solid", fgColor="FFF8E6")
_STATES = {decisions.INCLUDE: "DDF0E4", decisions.EXCLUDE: "F3DEDA", decisions.UNSURE: "F5EBC8",
           decisions.NOT_RETRIEVED: "E6E6E6"}  # fmt: skip


def write(
    records: Iterable[Record],
    path: Path,
    reviewer: str,
    plan: SheetPlan,
    *,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Write a screening sheet; an existing file is never overwritten.

    Parameters
    ----------
    records : iterable of Record
        In the order in which they are to be read; one a publication.
    path : Path
        The .xlsx file to make.
    reviewer : str
        Whose sheet it is, as they sign.
    plan : SheetPlan
    progress : callable, optional
        Told how many records are written.

    Returns
    -------
    int, records in the sheet

    Raises
    ------
    CompendiumError
        If the file exists, nobody signs, or two records have one key.
    """
    path = Path(path)
    _check(path, reviewer, plan.stage)
    with speaking(plan.lang):
        return _write(list(records), path, " ".join(reviewer.split()), plan, progress)


def name(reviewer: str, stage: str, batch: str = "") -> str:
    """A file name for a reviewer's sheet; letters of any script stay."""
    signed = re.sub(r"[^\w]+", "-", reviewer.casefold()).strip("-")
    parts = (stage.replace("_", "-"), signed or "reviewer", batch)
    return "-".join(filter(None, parts)) + ".xlsx"


def _check(path: Path, reviewer: str, stage: str) -> None:
    if stage not in decisions.STAGES:
        raise CompendiumError(
            _("{value!r} is no stage.").format(value=stage),
            remedy=_("Write one of: {values}.").format(values=", ".join(decisions.STAGES)),
        )
    if not reviewer.strip():
        raise CompendiumError(
            _("Nobody signs the decision."), remedy=_("Write the reviewer's name.")
        )
    if path.exists():
        raise CompendiumError(
            _("The sheet exists, and may hold decisions."), path=project.relative(path),
            remedy=_("Read it back with `compendium screening read`, or name another file."),
        )  # fmt: skip


def _write(records: list[Record], path: Path, reviewer: str, plan: SheetPlan, progress) -> int:
    seen: set[str] = set()
    for record in records:
        if record.key in seen:
            raise CompendiumError(
                _("Two records have the key {key}.").format(key=record.key),
                remedy=_("Merge them first: `compendium records dedup`."),
            )
        seen.add(record.key)
    book = Workbook(write_only=True)
    _instructions(book, plan, reviewer, len(records))
    sheet = book.create_sheet(layout.records_title())
    _frame(sheet, plan, len(records))
    sheet.append([_head(sheet, column) for column in plan.columns])
    files = full_texts.there(records, plan.full_texts) if plan.full_texts else {}
    looks: dict = {}
    for at, record in enumerate(records, start=1):
        row = _row(at, record, plan)
        file = files.get(record.key)
        sheet.row_dimensions[layout.FIRST_ROW + at - 1].height = _height(row, plan)
        sheet.append([_cell(sheet, column, row[column.key], looks, file)
                      for column in plan.columns])  # fmt: skip
        if not at % _TELL_EVERY:
            progress(at)
    about = dict(zip(
        layout.ABOUT_KEYS,
        (layout.VERSION, plan.stage, plan.role, reviewer, plan.lang, str(len(records)),
         " ".join(plan.offered)),
        strict=True,
    ))  # fmt: skip
    _hidden(book, about, plan, [record.key for record in records])
    # A second time, where no reviewer deletes it.
    book.properties.description = json.dumps(about, ensure_ascii=False)
    with replacing(path) as draft:
        book.save(draft)
    return len(records)


def _instructions(book, plan: SheetPlan, reviewer: str, records: int) -> None:
    sheet = book.create_sheet(layout.instructions_title())
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 96
    sheet.sheet_view.showGridLines = False
    title = WriteOnlyCell(sheet, _("Screening sheet"))
    title.font = Font(bold=True, size=16, color=INK)
    sheet.append([title])
    sheet.append([])
    for at, (heading, told) in enumerate(layout.instructions(plan, reviewer), start=3):
        sheet.row_dimensions[at].height = _LINE * -(-len(told) // 90) + 4
        sheet.append([text(sheet, heading, bold=True), text(sheet, told)])
    last = layout.FIRST_ROW + records - 1
    column = plan.letter("decision")
    done = WriteOnlyCell(
        sheet,
        f"=COUNTA('{layout.records_title()}'!{column}{layout.FIRST_ROW}:{column}{max(last, 2)})"
        f'&" / {records}"',
    )
    sheet.append([text(sheet, _("Decided so far"), bold=True), done])
    sheet.protection.sheet = True


def _frame(sheet, plan: SheetPlan, records: int) -> None:
    """What lies around the cells: widths, frozen header, drop-downs, colours, protection."""
    for column in plan.columns:
        sheet.column_dimensions[plan.letter(column.key)].width = column.width
    first, last = layout.FIRST_ROW, layout.FIRST_ROW + max(records, 1) - 1
    decision, criterion = plan.letter("decision"), plan.letter("criterion")
    closed = next(c.key for c in plan.columns[1:] if not c.open)
    sheet.freeze_panes = f"{plan.letter(closed)}{first}"
    sheet.auto_filter.ref = f"A1:{plan.letter('record')}{last}"
    offered = (decisions.CHOICES[plan.stage], plan.offered)
    for letter, list_column, codes in zip((decision, criterion), "AB", offered, strict=True):
        rule = DataValidation(
            type="list",
            formula1=f"{layout.LISTS}!${list_column}$1:${list_column}${len(codes)}",
            allow_blank=True, showErrorMessage=True,
            errorTitle=_("Not in the list"), error=_("Choose one of the list."),
        )  # fmt: skip
        rule.add(f"{letter}{first}:{letter}{last}")
        sheet.data_validations.append(rule)
    labels = layout.choices(decisions.CHOICES[plan.stage])
    if plan.stage in plan.reasons:
        excluded = labels[decisions.EXCLUDE]
        sheet.conditional_formatting.add(
            f"{criterion}{first}:{criterion}{last}",
            FormulaRule([f'AND(${decision}{first}="{excluded}",${criterion}{first}="")'],
                        fill=PatternFill("solid", bgColor="FFD166")),
        )  # fmt: skip
    for code, said in labels.items():
        sheet.conditional_formatting.add(
            f"{decision}{first}:{decision}{last}",
            FormulaRule([f'${decision}{first}="{said}"'],
                        fill=PatternFill("solid", bgColor=_STATES[code])),
        )  # fmt: skip
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "autoFilter", "sort"):
        setattr(sheet.protection, allowed, False)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _row(at: int, record: Record, plan: SheetPlan) -> dict:
    texts = highlights.texts(record)
    spans = plan.highlight(record) if plan.highlight else {}
    shown = {
        field: rich(texts[field], highlights.merged(spans.get(field, ()), len(texts[field])))
        for field in layout.HIGHLIGHTED
    }
    return {
        **shown,
        "number": at, "decision": "", "criterion": "", "reason": "", "labels": "",
        "earlier": plan.earlier.get(record.key, ""),
        "title": shown["title"] or _("(no title in the export)"),
        "abstract": shown["abstract"] or _("(no abstract in the export)"),
        "authors": "; ".join(record.authors), "year": record.year or "",
        "source": record.source, "pdf": full_texts.name(record),
        "link": link(record),
        "record": record.key,
    }  # fmt: skip


def _height(row: dict, plan: SheetPlan) -> float:
    """Height of a record's row in points: not every program fits rows to their text by itself."""
    lines = max(
        -(-len(str(row[column.key])) // max(int(column.width), 1))
        for column in plan.columns if column.key != "record"
    )  # fmt: skip
    return min(_TALLEST, _LINE * max(lines, 1) + 4)


def link(record: Record) -> str:
    """Where the publication stands; empty if the record does not say."""
    return f"https://doi.org/{record.doi}" if record.doi else record.url


def _head(sheet, column: layout.SheetColumn) -> WriteOnlyCell:
    cell = plain(sheet, _(column.header))
    cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _cell(
    sheet, column: layout.SheetColumn, value, looks: dict, file: Path | None
) -> WriteOnlyCell:
    if column.key == "pdf" and file:
        value = file.name
    cell = plain(sheet, value if value != "" else None)
    target = {"link": str(value), "pdf": f"../{file.parent.name}/{file.name}" if file else ""}
    address = target.get(column.key, "")
    is_link = len(address) < _LONGEST_LINK and (
        address.startswith(("https://", "http://")) or (column.key == "pdf" and bool(file))
    )
    kind = (column.open, is_link, cell.quotePrefix)
    if kind in looks:  # to look a style up costs more than to write the cell
        cell._style = looks[kind]
    else:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(color="1F5F8B", underline="single") if is_link else Font(color=INK)
        if column.open:
            cell.fill, cell.protection = _OPEN, Protection(locked=False)
        looks[kind] = cell._style
    if is_link:
        cell.hyperlink = address
    return cell


def _hidden(book, about: dict[str, str], plan: SheetPlan, keys: list[str]) -> None:
    lists = book.create_sheet(layout.LISTS)
    offered = [list(layout.choices(codes).values())
               for codes in (decisions.CHOICES[plan.stage], plan.offered)]  # fmt: skip
    for at in range(max(map(len, offered))):
        lists.append([plain(lists, column[at]) if at < len(column) else None
                      for column in offered])  # fmt: skip
    told = book.create_sheet(layout.ABOUT)
    # Which record each number stands for: it shows when columns were sorted apart.
    numbers = {str(at): key for at, key in enumerate(keys, start=1)}
    for key, value in (about | numbers).items():
        told.append([plain(told, key), plain(told, value)])
    for sheet in (lists, told):
        sheet.sheet_state = "hidden"
        sheet.protection.sheet = True
