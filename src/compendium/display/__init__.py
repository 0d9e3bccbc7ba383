"""How anything is shown: tables and figures that carry their own language, marks and colours."""

from compendium.display.figure import (
    COLUMN,
    PHONE,
    Figure,
    canvas,
    fill,
    legend,
    needs_rows,
    tallest,
)
from compendium.display.key_figures import KeyFigures
from compendium.display.links import Buttons
from compendium.display.lists import Lists
from compendium.display.marks import explained, mark
from compendium.display.part_bar import Part, part_bar
from compendium.display.table import Cell, Column, Table, link, row_id

__all__ = [
    "COLUMN",
    "PHONE",
    "Buttons",
    "Cell",
    "Column",
    "Figure",
    "KeyFigures",
    "Lists",
    "Part",
    "Table",
    "canvas",
    "explained",
    "fill",
    "legend",
    "link",
    "mark",
    "needs_rows",
    "part_bar",
    "row_id",
    "tallest",
]
