"""The folder of a compendium: where its files are, and what was made of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from compendium.files import Kept

PACKAGE = Path(__file__).parent


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
        Told each file or folder of `data/` whose path is asked for: a chapter's inputs.
    """

    def __init__(self, root: os.PathLike | str):
        self.root = Path(root).resolve()
        self.kept = Kept()
        self.asked: Callable[[Path], None] | None = None

    def path(self, *parts: str) -> Path:
        """Path of a file, e.g. ``path("data", "codebook.csv")``."""
        path = self.root.joinpath(*parts)
        if self.asked and parts[:1] == ("data",):
            self.asked(path)
        return path

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
