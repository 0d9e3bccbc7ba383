"""Keys of many records as numbers in files, paired by numpy: memory holds a part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO

import numpy as np

from compendium.records.keys import CROWD, NEIGHBOURS, keys
from compendium.records.matching import Line


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

    def pairs(self) -> list[list[int]]:
        """Pairs of records that share a key, each once, the lower number first."""
        found = [_pairs(part) for part in self._parts()]
        whole = np.unique(np.concatenate(found))
        return np.stack([whole >> 32, whole & 0xFFFFFFFF], axis=1).tolist()


def _pairs(entries: np.ndarray) -> np.ndarray:
    """Pairs of a part as numbers: the lower record above the bits of the other."""
    entries = entries[np.argsort(entries["key"], kind="stable")]  # of one key, in their order
    shared, at = entries["key"], entries["at"].astype(np.int64)
    start = np.flatnonzero(np.r_[True, shared[1:] != shared[:-1]][: len(shared)])
    size = np.diff(np.r_[start, len(shared)])
    reach = np.repeat(np.where(size <= CROWD, size, NEIGHBOURS + 1), size)
    left = np.repeat(start + size, size) - np.arange(len(shared)) - 1
    found = [np.empty(0, dtype=np.int64)]
    for step in range(1, CROWD):
        here = np.flatnonzero((left >= step) & (reach > step))
        if not len(here):
            break
        found.append(at[here] << 32 | at[here + step])
    return np.unique(np.concatenate(found))
