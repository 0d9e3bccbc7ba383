"""Keys of a record: an identifier, a title, a place in a journal …

One that too many records share pairs neighbours only, so that the work grows with the number of
records and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterator

from compendium.records.matching import Line

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
