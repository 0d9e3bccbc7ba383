"""One name for a record, the same in an export, a hit, a screening sheet, a decision, an update.

Databases' own identifiers name a record. A DOI does not, for all abstracts of a supplement and all
chapters of a book may share one; nor do title, year and first author, for two journals have an
editorial each. So a DOI goes with the title, and a record without identifiers is named by all that
places it. Two records that still have one name and do not say the same are numbered.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compendium.records.record import Record

OWN = ("eid", "wos", "pmid", "openalex", "accession")
"""Identifiers that a database gives to one record each, the strongest first."""
MERGED, TWIN = "merged", "twin"
"""Where `Record.extra` keeps the names of records merged, and the number of one of two."""


@lru_cache(maxsize=1 << 14)
def bare(text: str) -> str:
    """Letters and figures of a text in lower case: what two spellings of it share."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def names(record: Record) -> tuple[str, ...]:
    """The record's name, then those of the records that were merged into it."""
    if merged := record.extra.get(MERGED):
        return tuple(merged.split("; "))
    twin = record.extra.get(TWIN)
    return (_name(record) + (f"~{twin}" if twin else ""),)


def strength(name: str) -> tuple[int, str]:
    """What puts names in order, the strongest first, wherever they were read."""
    kind = name.partition(":")[0]
    weak = {"doi": 1, "sha": 2}.get(kind, 0)
    return weak, f"{OWN.index(kind) if kind in OWN else len(OWN)}{name}"


def _name(record: Record) -> str:
    for kind in OWN:
        if value := getattr(record, kind):
            return value if kind == "accession" else f"{kind}:{value}"
    title = bare(record.title)
    if record.doi:
        return f"doi:{record.doi}~{_digest(title)[:8]}" if title else f"doi:{record.doi}"
    first = record.authors[0].partition(",")[0] if record.authors else ""
    place = (record.volume, record.issue, record.pages, record.article_number)
    parts = (title or bare(record.abstract), str(record.year or ""), bare(first),
             bare(record.source), *map(bare, place))  # fmt: skip
    return f"sha:{_digest('|'.join(parts))[:16]}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _says(record: Record) -> int:
    """A number that two records of one name share if they describe one publication.

    What a database's identifier names is told apart by its title only, for the rest of a record
    changes from one export to the next.
    """
    title = bare(record.title)
    if any(getattr(record, kind) for kind in OWN):
        return hash(title)
    first = record.authors[0].partition(",")[0] if record.authors else ""
    page = record.pages.partition("–")[0]
    return hash((title, bare(first), page, "" if record.doi else bare(record.abstract)))


class Names:
    """Names given so far, so that no two records of different words get the same one."""

    def __init__(self):
        self._given: dict[int, int] = {}  # a million records in some 150 MB

    def give(self, record: Record) -> int:
        """Number the record if its name is another's; the line of an equal one before, or 0."""
        if MERGED in record.extra:
            return 0
        at = int(record.extra.get(TWIN, "1"))
        name, said = _name(record), _says(record) & 0xFFFFFFFF
        while True:
            own = hash((name, at))
            held = self._given.setdefault(own, record.line << 32 | said)
            if held & 0xFFFFFFFF == said:
                break
            at += 1
        if at > 1:
            record.extra = record.extra | {TWIN: str(at)}
        return held >> 32 if held >> 32 != record.line else 0


def told_apart(records: Iterable[Record]) -> Iterator[Record]:
    """Records of several exports, each with a name that no different one has."""
    given = Names()
    for record in records:
        given.give(record)
        yield record
