"""A compendium as a value: its folder, its data, its book and its words.

Two of them may be open in one process. Where something is shown, one of them is current: the one
opened last, or else the one that lies around the current folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from compendium.errors import CompendiumError
from compendium.files import Kept

if TYPE_CHECKING:
    from compendium.book import Book
    from compendium.data import Data
    from compendium.language.words import Words

MARKER = "_toc.yml"
VARIABLE = "COMPENDIUM_ROOT"
PACKAGE = Path(__file__).parent
INTERACTIVE = "_build/interactive"
"""Where a chapter that a person runs by hand leaves its results: one folder a language."""


class Compendium:
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

    @classmethod
    def find(cls, start: os.PathLike | str = ".") -> Compendium:
        """The compendium that a folder lies in.

        Raises
        ------
        CompendiumError
            If there is none.
        """
        found = _around(Path(start))
        if found is None:
            from compendium.language import _

            raise CompendiumError(
                _("No compendium found here: no folder above {start} holds {marker} and data/.")
                .format(start=Path(start).resolve(), marker=MARKER),
                remedy=_("Run the command inside the compendium, or set {variable}.")
                .format(variable=VARIABLE),
            )
        return cls(found)

    @cached_property
    def data(self) -> Data:
        """Its data package."""
        from compendium.data import Data

        return Data(self)

    @cached_property
    def book(self) -> Book:
        """What it is called, who answers for it, and in which languages it is read."""
        from compendium.book import Book

        return Book(self)

    @cached_property
    def words(self) -> Words:
        """Its catalogs and its codebook."""
        from compendium.language.words import Words

        return Words(self)

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
        try:
            return Path(file).resolve().relative_to(self.root)
        except ValueError:
            return Path(file)

    @contextmanager
    def opened(self) -> Iterator[Compendium]:
        """Inside the `with` block, this is the compendium that labels and messages come from."""
        token = _opened.set(self)
        try:
            yield self
        finally:
            _opened.reset(token)

    def __repr__(self) -> str:
        return f"Compendium({str(self.root)!r})"


_opened: ContextVar[Compendium | None] = ContextVar("compendium", default=None)
_standing: tuple[str, Compendium] | None = None


def _around(start: Path) -> Path | None:
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file() and (folder / "data").is_dir():
            return folder
    return None


def current() -> Compendium:
    """The compendium opened last, or the one around COMPENDIUM_ROOT or the current folder.

    Raises
    ------
    CompendiumError
        If there is none.
    """
    return current_or_none() or Compendium.find(os.environ.get(VARIABLE) or ".")


def current_or_none() -> Compendium | None:
    """As `current`; nothing where there is none, for what works without one."""
    global _standing
    opened = _opened.get()
    if opened is not None:
        return opened
    place = os.environ.get(VARIABLE) or os.getcwd()
    if _standing is None or _standing[0] != place:
        root = _around(Path(place))
        if root is None:
            return None
        _standing = place, Compendium(root)
    return _standing[1]


def use(folder: Path) -> None:
    """Work in this compendium from here on, as a forked process is told by the one that forked."""
    os.environ[VARIABLE] = str(folder)


@contextmanager
def at(folder: Path) -> Iterator[Compendium]:
    """Work in this compendium inside the `with` block."""
    with Compendium(folder).opened() as compendium:
        yield compendium


def root() -> Path:
    """Folder of the current compendium."""
    return current().root


def path(*parts: str) -> Path:
    """Path of a file of the current compendium."""
    return current().path(*parts)


def theme(*parts: str) -> Path:
    """A file of the current compendium's theme, or else of the engine's."""
    here = current_or_none()
    return here.theme(*parts) if here else PACKAGE.joinpath("theme", *parts)


def relative(file: Path) -> Path:
    """The path as a person would name it, inside the current compendium or anywhere."""
    here = current_or_none()
    return here.relative(file) if here else Path(file)
