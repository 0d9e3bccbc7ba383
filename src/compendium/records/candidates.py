"""Which two records are worth comparing: those that share a key.

Keys are an identifier, a title, a place in a journal …; one that too many share pairs neighbours
only, so that the work grows with the number of records and not with its square. Keys and lines of
many records lie in files that go when they are not needed any more.
"""

from __future__ import annotations

import marshal
import os
from array import array
from collections.abc import Iterator
from functools import lru_cache
from tempfile import TemporaryFile
from typing import IO

import numpy as np

from compendium.records.matching import APART, Line, compare

_CROWD, _NEIGHBOURS = 16, 4  # records of one key that are all paired; how many neighbours else


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


class Keys:
    """Keys of many records as numbers; many go into files, and each file is paired by itself.

    All records of one key are in one file, so that memory holds one of them at a time.
    """

    _PARTS, _AT_HAND = 32, 1 << 18
    _ENTRY = np.dtype([("key", np.int64), ("at", np.int32)])

    def __init__(self):
        self._some: list[tuple[int, int]] = []
        self._files: list[IO[bytes]] = []

    def add(self, at: int, own: Line) -> None:
        """Add the keys of a record."""
        self._some += [(hash(key), at) for key in set(keys(own))]
        if len(self._some) > self._AT_HAND:
            self._put_away()

    def _put_away(self) -> None:
        if not self._files:
            self._files = [TemporaryFile() for _part in range(self._PARTS)]  # noqa: SIM115
        some = np.array(self._some, dtype=self._ENTRY)
        self._some = []
        part = some["key"] % self._PARTS
        for at, file in enumerate(self._files):
            file.write(some[part == at].tobytes())

    def _parts(self) -> Iterator[np.ndarray]:
        if not self._files:
            yield np.array(self._some, dtype=self._ENTRY)
            return
        self._put_away()
        for file in self._files:
            file.seek(0)
            yield np.frombuffer(file.read(), dtype=self._ENTRY)

    def pairs(self) -> np.ndarray:
        """Pairs of records that share a key, each once, the lower number first."""
        found = [_pairs(part) for part in self._parts()]
        whole = np.unique(np.concatenate(found))
        return np.stack([whole >> 32, whole & 0xFFFFFFFF], axis=1)


def _pairs(entries: np.ndarray) -> np.ndarray:
    """Pairs of a part as numbers: the lower record above the bits of the other."""
    entries = entries[np.argsort(entries["key"], kind="stable")]  # of one key, in their order
    shared, at = entries["key"], entries["at"].astype(np.int64)
    start = np.flatnonzero(np.r_[True, shared[1:] != shared[:-1]][: len(shared)])
    size = np.diff(np.r_[start, len(shared)])
    reach = np.repeat(np.where(size <= _CROWD, size, _NEIGHBOURS + 1), size)
    left = np.repeat(start + size, size) - np.arange(len(shared)) - 1
    found = [np.empty(0, dtype=np.int64)]
    for step in range(1, _CROWD):
        here = np.flatnonzero((left >= step) & (reach > step))
        if not len(here):
            break
        found.append(at[here] << 32 | at[here + step])
    return np.unique(np.concatenate(found))


class Lines:
    """Lines of many records: a small part in memory, the rest in a file that goes with it."""

    _AT_HAND = 20_000

    def __init__(self):
        self._packed: list[bytes] = []
        self._file, self._starts = None, array("q")
        self.keys = Keys()

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


def matches(lines: Lines) -> Iterator[tuple[int, int, str]]:
    """Pairs of lines that are one publication or that a person has to look at."""
    for one, other in lines.keys.pairs().tolist():
        said = compare(lines.get(one), lines.get(other))
        if said != APART:
            yield one, other, said
