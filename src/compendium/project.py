"""Where the compendium's folders are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from compendium.errors import CompendiumError

MARKER = "_toc.yml"
VARIABLE = "COMPENDIUM_ROOT"
_PACKAGE = Path(__file__).parent


@lru_cache
def root() -> Path:
    """Folder of the compendium: the one that holds `_toc.yml` and `data/`.

    Looked for in the environment variable COMPENDIUM_ROOT, then upwards from the current folder,
    then upwards from this package, so that a downloaded notebook finds it too.

    Raises
    ------
    CompendiumError
        If there is none.
    """
    given = os.environ.get(VARIABLE)
    starts = [Path(given)] if given else [Path.cwd(), Path(__file__)]
    for start in starts:
        for folder in (start.resolve(), *start.resolve().parents):
            if (folder / MARKER).is_file() and (folder / "data").is_dir():
                return folder
    raise CompendiumError(
        f"No compendium found here: no folder above {starts[0]} holds {MARKER} and data/.",
        remedy=f"Run the command inside the compendium, or set {VARIABLE}.",
    )


def use(folder: Path) -> None:
    """Work in this compendium from here on, as a forked process is told by the one that forked."""
    os.environ[VARIABLE] = str(folder)
    root.cache_clear()


@contextmanager
def at(folder: Path) -> Iterator[None]:
    """Work in this compendium inside the `with` block."""
    before = os.environ.get(VARIABLE)
    use(folder)
    try:
        yield
    finally:
        os.environ.pop(VARIABLE)
        if before is not None:
            os.environ[VARIABLE] = before
        root.cache_clear()


def path(*parts: str) -> Path:
    """Path of a file of the compendium, e.g. ``path("data", "codebook.csv")``."""
    return root().joinpath(*parts)


def home(*parts: str) -> Path:
    """Path of a file that comes with the package: its theme, its words, its chapters.

    An installed package carries them in its folder `shipped`; a checkout has them beside `src`.
    """
    shipped = _PACKAGE / "shipped"
    return (shipped if shipped.is_dir() else _PACKAGE.parents[1]).joinpath(*parts)


def shared(*parts: str) -> Path:
    """Path of a file that a compendium may have of its own, and that the package has otherwise."""
    own = path(*parts)
    return own if own.exists() else home(*parts)


def relative(file: Path) -> Path:
    """The path as a person would name it: from the compendium's folder where it lies inside."""
    try:
        return Path(file).resolve().relative_to(root())
    except ValueError:
        return Path(file)
