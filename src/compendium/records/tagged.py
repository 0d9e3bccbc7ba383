"""Entries of line-tagged exports, and how their tags become fields.

rispy was tried on RIS and reads well-formed files alike (a test compares them). It is not used to
read, because it says nothing of what it leaves out: a last record without `ER`, a record whose `ER`
is missing and that it takes together with the next, the second of two `AD` or `N2`; and it gives no
line for any of it. `nbib` leaves out tags that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from compendium.language import _
from compendium.records import fill
from compendium.records.record import Record, Refusal
from compendium.records.source import Source

Values = list[str]
Fill = Callable[[Record, Values], None]


@dataclass
class Entry:
    """The lines of one entry: its tags with their texts, in order."""

    line: int
    tags: dict[str, Values] = field(default_factory=dict)
    last: str = ""

    def add(self, tag: str, text: str) -> None:
        """Begin a tag."""
        self.tags.setdefault(tag, []).append(text)
        self.last = tag

    def more(self, text: str) -> None:
        """Go on with the last tag on a further line."""
        if self.last:
            self.tags[self.last][-1] += "\n" + text


def entries(
    source: Source, tag: re.Pattern, first: str, end: str, ignored: frozenset[str] = frozenset(),
    closing: str = "",
) -> Iterator[Entry | Refusal]:  # fmt: skip
    """Entries that begin with one tag and end with another.

    Lines between entries (a manager's name, numbers, a search strategy) are passed over and noted;
    tags there begin an entry if a title is among them.

    Parameters
    ----------
    source : Source
    tag : pattern
        A line with a tag: group 1 is the tag, group 2 its text.
    first, end : str
        Tags that begin and end an entry.
    ignored : set of str
        Tags of the file as a whole.
    closing : str
        The tag that a whole entry holds last, where nothing else ends it; entries of a file in
        which no entry holds it are whole without.
    """
    entry: Entry | None = None
    stray, closed = 0, False
    for number, line in enumerate(source.lines(), start=1):
        found = tag.match(line)
        if not found:
            text = line.strip()
            if text and entry is not None and (first in entry.tags or "TI" in entry.tags):
                entry.more(text)
            elif text:
                stray = _passed_over(source, number, stray)
            continue
        name, text = found[1].upper(), (found[2] or "").strip()
        if name == end:
            if entry is not None and (first in entry.tags or not _TITLES.isdisjoint(entry.tags)):
                yield entry
            elif entry is not None:
                stray = _passed_over(source, entry.line, stray)
            entry = None
        elif name == first:
            if entry is not None and first in entry.tags:
                closed = closed or closing in entry.tags
                if not closing:
                    source.note(number, _("The record before has no end; it was taken as it is."))
                yield entry
                entry = None
            elif entry is not None and _TITLES.isdisjoint(entry.tags):
                stray, entry = _passed_over(source, entry.line, stray), None
            entry = entry or Entry(number)
            entry.add(name, text)
        elif entry is not None:
            entry.add(name, text)
        elif name not in ignored:
            entry = Entry(number)
            entry.add(name, text)
    if entry is not None and first in entry.tags:
        yield cut_off(entry) if _is_cut(entry, closing, closed, end) else entry
    elif entry is not None:
        if _TITLES.isdisjoint(entry.tags):
            _passed_over(source, entry.line, stray)
        else:
            title = next(entry.tags[tag][0] for tag in _TITLES if tag in entry.tags)
            yield Refusal(entry.line, _("The lines stand outside any record."), title[:200])


_TITLES = frozenset({"TI", "T1"})


def _passed_over(source: Source, number: int, stray: int) -> int:
    if not stray:
        source.note(number, _("Lines between records were passed over."))
    return stray or number


def _is_cut(entry: Entry, closing: str, closed: bool, end: str) -> bool:
    return bool(end) or (closed and closing not in entry.tags)


def cut_off(entry: Entry) -> Refusal:
    """The refusal of an entry that the end of the file cuts off."""
    title = next((entry.tags[t][0] for t in ("TI", "T1") if t in entry.tags), "")
    return Refusal(entry.line, _("The file ends within the record."), title[:200])


def each_alone(fills: dict[str, Fill]) -> Iterator[Callable[[Record, str], None]]:
    """What tags do with one value; see `Format.fills`."""
    yield from map(_alone, fills.values())


def _alone(put: Fill) -> Callable[[Record, str], None]:
    return lambda record, text: put(record, [text])


def filled(entry: Entry, fills: dict[str, Fill]) -> Record:
    """A record made of an entry; a tag that has no field is kept in `extra`."""
    record = Record(line=entry.line)
    for name, values in entry.tags.items():
        if not any(values):
            continue
        if name in fills:
            fills[name](record, values)
        else:
            keep(record, name, values)
    return record


def keep(record: Record, name: str, values: Values) -> None:
    """Keep what has no field."""
    before = record.extra.get(name)
    record.extra[name] = "\n".join(([before] if before else []) + [v for v in values if v])


def one(name: str, put: fill.Fill | None = None) -> Fill:
    """A tag that fills one field; the second of two is kept in `extra`."""
    put = put or fill.text(name)

    def fills(record: Record, values: Values) -> None:
        if getattr(record, name) or name in record.original:
            if values != [str(getattr(record, name))]:
                keep(record, f"{name} (2)", values)
            return
        put(record, fill.plain(values[0]))  # a text is wrapped, not divided
        if len(values) > 1:
            keep(record, f"{name} (2)", values[1:])

    return fills


def each(name: str, normal: Callable[[str], str] = fill.plain) -> Fill:
    """A tag that stands once an entry of a list, or its entries line by line."""

    def fills(record: Record, values: Values) -> None:
        raw = [line for value in values for line in value.split("\n") if line.strip()]
        before = getattr(record, name)
        found = tuple(filter(None, map(normal, raw)))
        fill.put(record, name, before + found, "; ".join([*before, *raw]))

    return fills


def whole(name: str, put: fill.Fill) -> Fill:
    """A list that semicolons divide, its lines put together before."""

    def fills(record: Record, values: Values) -> None:
        put(record, fill.plain(" ".join(values)))

    return fills
