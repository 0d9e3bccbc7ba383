"""How anything is shown: tables and figures that carry their own language, marks and colours."""

from compendium.display.figure import Figure, canvas, needs_rows
from compendium.display.key_figures import KeyFigures
from compendium.display.marks import mark
from compendium.display.table import Cell, Column, Table, link

__all__ = [
    "Cell",
    "Column",
    "Figure",
    "KeyFigures",
    "Table",
    "canvas",
    "link",
    "mark",
    "needs_rows",
]
