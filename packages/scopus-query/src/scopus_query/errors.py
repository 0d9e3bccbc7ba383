"""The one error that a person sees: what is wrong, where, and what to do."""

from __future__ import annotations

from os import PathLike


class ScopusQueryError(Exception):
    """An error with its place and its remedy, printed on one line.

    Parameters
    ----------
    message : str
        What is wrong, as a sentence.
    path : path-like, optional
        The file it was found in.
    remedy : str, optional
        What to do about it, as a sentence.
    """

    def __init__(
        self, message: str, *, path: PathLike | str | None = None, remedy: str | None = None
    ):
        super().__init__(message)
        self.message, self.path, self.remedy = message, path, remedy

    def __str__(self) -> str:
        place = f"{self.path}:" if self.path else ""
        return " ".join(part for part in (place, self.message, self.remedy) if part)
