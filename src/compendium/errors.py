"""The one error a person sees: what is wrong, where, and what to do."""

from __future__ import annotations

from os import PathLike


class CompendiumError(Exception):
    """An error with its place and its remedy, printed on one line.

    Parameters
    ----------
    message : str
        What is wrong, as a sentence.
    path : path-like, optional
        The file it was found in.
    row : int, optional
        The row, counted as a spreadsheet does (the header is row 1).
    column : str, optional
        The column or key.
    remedy : str, optional
        What to do about it, as a sentence.
    """

    def __init__(
        self,
        message: str,
        *,
        path: PathLike | str | None = None,
        row: int | None = None,
        column: str | None = None,
        remedy: str | None = None,
    ):
        super().__init__(message)
        self.message, self.path, self.row = message, path, row
        self.column, self.remedy = column, remedy

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                str(self.path) if self.path else "",
                f"row {self.row}" if self.row is not None else "",
                f"column `{self.column}`" if self.column else "",
            )
            if part
        )
        return " ".join(p for p in (f"{place}:" if place else "", self.message, self.remedy) if p)
