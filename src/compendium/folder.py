"""The folder of a compendium: where its files are, and what was made of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from compendium.files import Kept

PACKAGE = Path(__file__).parent
Made = TypeVar("Made")


class Folder:
    """A folder that holds `_toc.yml` and `data/`.

    What is read from its files is kept with it, and read again once a file has changed.

    Parameters
    ----------
    root : path-like
        The folder.

    Attributes
    ----------
    root : Path
    kept : Kept
        What was made of its files.
    asked : callable, optional
        Told each file or folder of `data/` whose path is asked for, and which column of a table
        where no more of it is read (else an empty string): a chapter's inputs.
    """

    def __init__(self, root: os.PathLike | str):
        self.root = Path(root).resolve()
        self.kept = Kept()
        self.asked: Callable[[Path, str], None] | None = None

    def path(self, *parts: str) -> Path:
        """Path of a file, e.g. ``path("data", "codebook.csv")``."""
        path = self.root.joinpath(*parts)
        self.ask(path)
        return path

    def place(self, *parts: str) -> Path:
        """As `path`, but nobody is told: for a folder whose files are asked for one by one."""
        return self.root.joinpath(*parts)

    def ask(self, path: Path, column: str = "") -> None:
        """Tell that a file or folder is read, or a column of a table alone, if it is of `data/`."""
        data = self.root / "data"
        if self.asked and (path == data or data in path.parents):
            self.asked(path, column)

    def heard(self, make: Callable[[], Made]) -> tuple[Made, list[tuple[Path, str]]]:
        """What a function makes, and what it asked for: to ask for it where that is taken again."""
        before = self.asked
        heard: dict[tuple[Path, str], None] = {}

        def hear(path: Path, column: str) -> None:
            heard[path, column] = None
            if before:
                before(path, column)

        self.asked = hear
        try:
            return make(), list(heard)
        finally:
            self.asked = before

    def theme(self, *parts: str) -> Path:
        """A file of the theme: the compendium's own where it has one, the engine's otherwise."""
        own = self.path("theme", *parts)
        return own if own.exists() else PACKAGE.joinpath("theme", *parts)

    def relative(self, file: os.PathLike | str) -> Path:
        """The path as a person would name it: from the folder, where the file lies inside."""
        file = Path(file)
        if self.root in file.parents and ".." not in file.parts:
            return file.relative_to(self.root)
        try:
            return file.resolve().relative_to(self.root)
        except ValueError:
            return Path(file)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.root)!r})"
