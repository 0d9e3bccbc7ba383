"""The one error a person sees: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from os import PathLike

_in_readers_language: Callable[[str], str] = str


def follow(translate: Callable[[str], str]) -> None:
    """Say errors as `translate` says them: the language knows this room, not the other way."""
    global _in_readers_language
    _in_readers_language = translate


def _(message: str) -> str:
    return _in_readers_language(message)


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
                # Translators: place of an error: a row of a file
                _("row {n}").format(n=self.row) if self.row is not None else "",
                # Translators: place of an error: a column of a table, or a key
                _("column `{name}`").format(name=self.column) if self.column else "",
            )
            if part
        )
        return " ".join(p for p in (f"{place}:" if place else "", self.message, self.remedy) if p)


def absent(shown: PathLike | str) -> CompendiumError:
    """The error of a file that a compendium needs and does not have."""
    return CompendiumError(
        _("The file does not exist."), path=shown, remedy=_("Restore it, or mend the path.")
    )


def did_you_mean(
    value: object, known: Iterable[str], *, otherwise: str = "", cutoff: float = 0.6
) -> str:
    """A remedy for a value that is not known: the nearest that is, if one is near.

    Parameters
    ----------
    value : object
        What was given.
    known : iterable of str
        What could have been.
    otherwise : str
        The remedy if nothing is near.
    cutoff : float
        How near it has to be, from 0 to 1.
    """
    near = get_close_matches(str(value), list(known), n=1, cutoff=cutoff)
    return _("Did you mean {near}?").format(near=repr(near[0])) if near else otherwise
