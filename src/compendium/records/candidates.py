"""Which two records are worth comparing: those that share a key.

Keys are an identifier, a title, a place in a journal …; one that too many share pairs neighbours
only, so that the work grows with the number of records and not with its square. Keys and lines of
many records lie in files that go when they are not needed any more.
"""

from __future__ import annotations

import marshal
import os
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache
from tempfile import TemporaryFile

from compendium.records.matching import APART, Line, compare

CROWD, NEIGHBOURS = 16, 4  # records of one key that are all paired; how many neighbours else


def keys(own: Line) -> Iterator[str]:
    """What two records of one publication share at least one of."""
    bare = own.title.replace(" ", "")
    first = own.authors[0][:6] if own.authors else ""
    if own.doi:
        yield f"d{own.doi}"
    yield from (f"o{name}" for name in own.own)
    if len(bare) > 5:
        yield f"t{bare[:24]}"
        yield f"e{bare[-20:]}"
        words = sorted(set(own.title.split()), key=lambda word: (-len(word), word))[:3]
        yield f"w{' '.join(sorted(words))}"
    if own.page and own.year:
        yield f"p{own.page}|{own.volume}|{own.year}"
        if first:
            yield f"a{own.page}|{first}|{own.year}"
    if own.page and own.volume and first:
        yield f"v{own.page}|{own.volume}|{first}"
    if first and own.year and len(bare) > 5:
        yield f"f{first}|{own.year}|{max(own.title.split(), key=len)}"
        yield f"g{first}|{own.year}|{bare[:6]}"


class PlainKeys:
    """Keys of records in memory, for where numpy is not, as in a browser; pairs as `Keys` does."""

    def __init__(self):
        self._held: dict[str, list[int]] = {}

    def add(self, at: int, own: Line) -> None:
        """Add the keys of a record."""
        for key in set(keys(own)):
            self._held.setdefault(key, []).append(at)

    def pairs(self) -> list[tuple[int, int]]:
        """Pairs of records that share a key, each once, the lower number first."""
        found: set[tuple[int, int]] = set()
        for held in self._held.values():
            reach = CROWD if len(held) <= CROWD else NEIGHBOURS + 1
            for place, one in enumerate(held):
                found.update((one, other) for other in held[place + 1 : place + reach])
        return sorted(found)


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
