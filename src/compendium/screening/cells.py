"""Cells of a workbook: text stays text, whatever it begins with."""

from __future__ import annotations

import re

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font

from compendium.language import _, number

INK, MARK = "1F2328", "B8651B"
_BOLD = InlineFont(rFont="Calibri", sz=11, b=True, color=MARK)
_SIGNS = ("=", "+", "-", "@", "'")
LIMIT = 32_767
"""Characters that a cell of an .xlsx file holds."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def rich(told: str, spans: list[tuple[int, int]]) -> CellRichText | str:
    """A text with its places in bold colour; plain where there are none."""
    told = clean(told)
    if not spans or len(told) > LIMIT:
        return told
    parts: list[str | TextBlock] = []
    at = 0
    for start, end in spans:
        parts += [_escaped(told[at:start]), TextBlock(_BOLD, _escaped(told[start:end]))]
        at = end
    return CellRichText([part for part in (*parts, _escaped(told[at:])) if str(part)])


def clean(text: str) -> str:
    """A text without what no .xlsx file may hold; the length stays, so that places do."""
    return ILLEGAL_CHARACTERS_RE.sub(" ", text).encode("utf-8", "replace").decode("utf-8")


def text(sheet, value: str, bold: bool = False) -> WriteOnlyCell:
    """A cell of text that wraps."""
    cell = plain(sheet, value)
    cell.font = Font(bold=bold, color=INK)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def plain(sheet, value) -> WriteOnlyCell:
    """A cell whose text no program takes for a formula, neither when it is read nor when edited."""
    if isinstance(value, str):
        value = clean(value)
        if len(value) > LIMIT:
            # Translators: at the end of a text that is too long for a cell
            mark = " " + _("[… cut: a cell holds {limit} characters]").format(limit=number(LIMIT))
            value = value[: LIMIT - len(mark)] + mark
        value = _escaped(value)
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str | CellRichText):
        cell.data_type = "s"
        cell.quotePrefix = str(value)[:1] in _SIGNS
    return cell


def _escaped(text: str) -> str:
    """A text in which nothing stands for a character by its number, as the format would read it."""
    return _ESCAPE.sub("_x005F_", text)
