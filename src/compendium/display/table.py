"""A table: a frame with headers and cells in the reader's language, for a page and for a file."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from io import StringIO
from typing import Any

import pandas as pd

from compendium.language import _
from compendium.spreadsheet import guarded

LETTERS, COLUMN_LETTERS = 52, 89
"""How many letters of a table stand side by side on a phone, and in the column of a wide page."""
LEAST, MOST = 9, 20
"""Letters that a column of text has at least, and that a column of sentences wants."""


def nothing_yet() -> str:
    """What stands where a table of the data has no rows."""
    # Translators: in the place of a figure or a table, while the data have no rows for it
    return _("Nothing here yet.")


def row_id(kind: str, *names: object) -> str:
    """The name of a table's row, as a link ends in after `#`.

    Parameters
    ----------
    kind : str
        What the rows of the table are, e.g. ``"case"``.
    *names : object
        What tells the row from the others, e.g. ``"p008"``.
    """
    return "-".join([kind, *(re.sub(r"[^\w-]+", "-", str(name)) for name in names)])


@dataclass(frozen=True)
class Cell:
    """What stands in a cell.

    Attributes
    ----------
    text : str
        Its text, unescaped.
    href : str
        Where it links to, if anywhere.
    kind : str
        CSS classes, e.g. those of a mark.
    sign : str
        A sign before the text, for the eye only.
    code : bool
        Whether parts between backquotes are code.
    """

    text: str
    href: str = ""
    kind: str = ""
    sign: str = ""
    code: bool = False

    def html(self) -> str:
        """The cell's content, escaped."""
        shown = escape(self.text)
        if self.code:
            shown = re.sub(r"`([^`]*)`", r"<code>\1</code>", shown)
        if self.sign:
            shown = f'<span class="sign" aria-hidden="true">{escape(self.sign)}</span> {shown}'
        if self.href:
            shown = f'<a href="{escape(self.href)}">{shown}</a>'
        return f'<span class="{escape(self.kind)}">{shown}</span>' if self.kind else shown


def link(text: str, href: str) -> Cell:
    """A cell that links to an address; plain text where there is no web page to link to."""
    return Cell(text, href=href if href.startswith(("https://", "http://", "#")) else "")


Shown = str | Cell | Sequence["str | Cell"]


@dataclass(frozen=True)
class Column:
    """A column: its header, how a value is shown, and whether it holds numbers.

    Attributes
    ----------
    header : str
    show : callable
        From a value to text, a `Cell`, or a list of either (one a line).
    kind : {"text", "number"}
    """

    header: str
    show: Callable[[Any], Shown] = str
    kind: str = "text"

    def cells(self, value: Any) -> list[Cell]:
        """The cells of a value, one a line."""
        if not isinstance(value, (list, tuple)) and pd.isna(value):
            return []
        shown = self.show(value)
        return [
            item if isinstance(item, Cell) else Cell(str(item))
            for item in (shown if isinstance(shown, list) else [shown])
        ]


@dataclass(frozen=True)
class Table:
    """A frame laid out in the reader's language.

    Attributes
    ----------
    frame : DataFrame
        The rows to show.
    columns : dict of str to Column
        Which columns of the frame are shown, and how; the first names the row.
    label : str
        Short name of the table for screen readers.
    attributes : sequence of mappings
        HTML attributes of the rows, one mapping a row; none if left out.
    anchor : str
        Column of the frame that names each row by what `row_id` returns: a link to it leads to
        the row. No name may stand twice on a page.
    """

    frame: pd.DataFrame
    columns: dict[str, Column]
    label: str = ""
    attributes: Sequence[Mapping[str, str]] = ()
    anchor: str = ""
    _rows: list[list[list[Cell]]] = field(init=False, repr=False, default_factory=list)

    def __post_init__(self):
        if self.frame.empty:  # perhaps without its columns
            return
        for record in self.frame[list(self.columns)].itertuples(index=False):
            self._rows.append(
                [c.cells(v) for c, v in zip(self.columns.values(), record, strict=True)]
            )

    @property
    def cards(self) -> bool:
        """Whether on a phone, where it has no room, each row becomes a block of its own."""
        return self._needed > LETTERS

    @property
    def wide(self) -> bool:
        """Whether on a wide page it takes the margin beside the column of text too."""
        return self._needed > COLUMN_LETTERS

    @cached_property
    def _needed(self) -> int:
        return sum(map(self._letters, range(len(self.columns))))

    def _letters(self, at: int) -> int:
        """Letters that a column cannot do without: a number whole, a text by its longest word."""
        column = list(self.columns.values())[at]
        texts = [cell.text for row in self._rows for cell in row[at]]
        longest = max(map(len, texts), default=0)
        words = max(map(len, " ".join([column.header, *texts]).split()), default=0)
        least = longest if column.kind == "number" else max(LEAST, min(longest // 3, MOST))
        return 2 + max(least, words)

    def _repr_html_(self) -> str:
        heads = "".join(
            f'<th scope="col"{_number(c)}>{escape(c.header)}</th>' for c in self.columns.values()
        )
        own = [dict(of) for of in self.attributes] or [{} for _row in self._rows]
        if self.anchor and self._rows:
            for of, name in zip(own, self.frame[self.anchor], strict=True):
                of |= {"id": name} if name else {}
        body = "\n".join(
            f"<tr{_attributes(of)}>{self._row(cells)}</tr>"
            for of, cells in zip(own, self._rows, strict=True)
        )
        if not self._rows:
            wide = len(self.columns)
            body = f'<tr><td class="nothing" colspan="{wide}">{escape(nothing_yet())}</td></tr>'
        kind = "data" + " cards" * self.cards + " wide" * self.wide
        name = escape(self.label or next(iter(self.columns.values())).header)
        return (
            f'<div class="table-scroll" tabindex="0" role="group" aria-label="{name}">\n'
            f'<table class="{kind}">\n<thead>\n<tr>{heads}</tr>\n</thead>\n'
            f"<tbody>\n{body}\n</tbody>\n</table>\n</div>"
        )

    def _row(self, row: list[list[Cell]]) -> str:
        out = []
        for at, (column, cells) in enumerate(zip(self.columns.values(), row, strict=True)):
            content = "<br>".join(cell.html() for cell in cells)
            tag, scope = ("th", ' scope="row"') if at == 0 else ("td", "")
            head = f' data-head="{escape(column.header)}"' if self.cards and at else ""
            kind = _number(column)
            if head and not kind and len(cells) > 1:
                kind = ' class="lines"'
            out.append(f"<{tag}{scope}{kind}{head}>{content}</{tag}>")
        return "".join(out)

    def to_csv(self) -> str:
        """The table as CSV in the reader's language; lines of a cell are joined by `; `.

        A cell that a spreadsheet would run as a formula is kept as text by an apostrophe.
        """
        stream = StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([column.header for column in self.columns.values()])
        for row in self._rows:
            writer.writerow([_plain(cells) for cells in row])
        return stream.getvalue()

    def __repr__(self) -> str:
        return f"Table: {self.label or ', '.join(c.header for c in self.columns.values())}"


def _attributes(of: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in of.items())


def _number(column: Column) -> str:
    return ' class="number"' if column.kind == "number" else ""


def _plain(cells: list[Cell]) -> str:
    text = "; ".join(f"{c.text} <{c.href}>" if c.href else c.text for c in cells)
    return guarded(text)
