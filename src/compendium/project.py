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
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from compendium import language
from compendium.errors import CompendiumError
from compendium.folder import PACKAGE, Folder
from compendium.language import _, active
from compendium.language.words import Words

if TYPE_CHECKING:
    from compendium.book import Book
    from compendium.data_package import Data

P = ParamSpec("P")
T = TypeVar("T")

MARKER = "_toc.yml"
VARIABLE = "COMPENDIUM_ROOT"
INTERACTIVE = "_build/interactive"
"""Where a chapter that a person runs by hand leaves its results: one folder a language."""


class Compendium(Folder):
    """A folder that holds `_toc.yml` and `data/`, with its data, its book and its words."""

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
        from compendium.data_package import Data

        return Data(self)

    @cached_property
    def book(self) -> Book:
        """What it is called, who answers for it, and in which languages it is read."""
        from compendium.book import Book

        return Book(self)

    @cached_property
    def words(self) -> Words:
        """Its catalogs and its codebook."""
        return Words(self)

    @contextmanager
    def opened(self) -> Iterator[Compendium]:
        """Inside the `with` block, this is the compendium that labels and messages come from."""
        token = _opened.set(self)
        try:
            yield self
        finally:
            _opened.reset(token)


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


active.follow(current_or_none)


def carried(run: Callable[P, T]) -> Callable[P, T]:
    """The same function for another thread, which works in this compendium and language.

    A copied context would carry other libraries' values too: jupyter_core keeps its event loop in
    one, and two threads cannot run the same loop.
    """
    here, code = current(), language.current()

    def carried(*args: P.args, **kwargs: P.kwargs) -> T:
        with here.opened(), language.speaking(code):
            return run(*args, **kwargs)

    return carried


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


def place(*parts: str) -> Path:
    """A folder of the current compendium, whose files are asked for one by one."""
    return current().place(*parts)


def theme(*parts: str) -> Path:
    """A file of the current compendium's theme, or else of the engine's."""
    here = current_or_none()
    return here.theme(*parts) if here else PACKAGE.joinpath("theme", *parts)


def relative(file: Path) -> Path:
    """The path as a person would name it, inside the current compendium or anywhere."""
    here = current_or_none()
    return here.relative(file) if here else Path(file)
