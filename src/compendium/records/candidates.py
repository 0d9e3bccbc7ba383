"""Which two records are worth comparing: those that share a key.

Keys and lines of many records lie in files that go when they are not needed any more.
"""

from __future__ import annotations

import marshal
import os
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache
from tempfile import TemporaryFile

from compendium.records.keys import PlainKeys
from compendium.records.matching import APART, Line, compare


def _store():
    try:
        from compendium.records.key_files import Keys
    except ImportError:
        return PlainKeys()
    return Keys()


class Lines:
    """Lines of many records: a small part in memory, the rest in a file that goes with it."""

    _AT_HAND = 20_000

    def __init__(self):
        self._packed: list[bytes] = []
        self._file, self._starts = None, array("q")
        self.keys = _store()

    def __len__(self) -> int:
        return len(self._starts)

    def add(self, own: Line) -> None:
        """Add a line; its number is the next."""
        self.keys.add(len(self), own)
        packed = marshal.dumps(tuple(getattr(own, name) for name in Line.__slots__))
        if len(self) == self._AT_HAND:
            self._file = TemporaryFile()  # noqa: SIM115 goes with the lines
            for each in self._packed:
                self._file.write(each)
        if self._file is None:
            self._packed.append(packed)
        else:
            self._file.write(packed)
        self._starts.append(self._end + len(packed) if len(self) else len(packed))

    @property
    def _end(self) -> int:
        return self._starts[-1] if self._starts else 0

    def get(self, at: int) -> Line:
        """A line by its number."""
        if self._file is None:
            return _line(self._packed[at])
        self._file.flush()
        start = self._starts[at - 1] if at else 0
        return _line(os.pread(self._file.fileno(), self._starts[at] - start, start))


@lru_cache(maxsize=1 << 14)
def _line(packed: bytes) -> Line:
    return Line(*marshal.loads(packed))


def matches(
    lines: Lines, progress: Callable[[int], None] = lambda done: None
) -> Iterator[tuple[int, int, str]]:
    """Pairs of lines that are one publication or that a person has to look at."""
    for at, (one, other) in enumerate(lines.keys.pairs()):
        if not at % 1000:
            progress(one)
        said = compare(lines.get(one), lines.get(other))
        if said != APART:
            yield one, other, said
