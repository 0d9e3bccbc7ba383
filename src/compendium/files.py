"""Files written in one step, and what was read from files kept until they change."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

Made = TypeVar("Made")


Rehearsal = Callable[[Path, Path], None]
Watch = Callable[[Path], None]
_rehearsal: ContextVar[Rehearsal | None] = ContextVar("rehearsal", default=None)
_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def rehearsed(say: Rehearsal) -> Iterator[None]:
    """Inside, files stay as they are; who asked is told each, with what would take its place."""
    token = _rehearsal.set(say)
    try:
        yield
    finally:
        _rehearsal.reset(token)


@contextmanager
def watched(say: Watch) -> Iterator[None]:
    """Inside, who asked is told each file that was written."""
    token = _watch.set(say)
    try:
        yield
    finally:
        _watch.reset(token)


def is_rehearsal() -> bool:
    """Whether files stay as they are, so that nothing has to be prepared for them either."""
    return _rehearsal.get() is not None


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """A path to write beside a file; it takes the file's place once it is whole.

    If writing fails, the file stays as it was and nothing is left beside it.
    """
    if rehearse := _rehearsal.get():
        from tempfile import TemporaryDirectory

        with TemporaryDirectory() as elsewhere:
            draft = Path(elsewhere, file.name)
            yield draft
            rehearse(file, draft)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        yield draft
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    if say := _watch.get():
        say(file)


def replace(file: Path, content: str | bytes) -> None:
    """Write a file in one step: nobody ever sees half of it."""
    with replacing(file) as draft:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)


class Kept:
    """Values made of files, and made again once one of the files has changed."""

    def __init__(self) -> None:
        self._values: dict[Any, tuple[tuple, Any]] = {}

    def get(self, key: Any, files: Iterable[str | Path], make: Callable[[], Made]) -> Made:
        """The value of a key.

        Parameters
        ----------
        key : hashable
            What the value is called.
        files : iterable of path
            What it is made of; a file may be absent.
        make : callable
            Makes it; called anew when a file has another time or size.
        """
        stamp = tuple(map(_stamp, files))
        kept = self._values.get(key)
        if kept is None or kept[0] != stamp:
            kept = self._values[key] = stamp, make()
        return kept[1]


def _stamp(file: str | Path) -> tuple[str, int, int] | tuple[str]:
    try:
        state = os.stat(file)
    except OSError:
        return (str(file),)
    return str(file), state.st_mtime_ns, state.st_size
