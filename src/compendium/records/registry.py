"""Formats of exports: one class a format, recognised by what a file contains, not by its name."""

from __future__ import annotations

import csv
import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.records import formats, identity
from compendium.records.delimited import header
from compendium.records.record import Record, Refusal
from compendium.records.source import Source, project_path

Item = Record | Refusal
REGISTERED: dict[str, Format] = {}


class Format(ABC):
    """A format that records are read from, and perhaps written in.

    To add one, put a module into `formats/` with a class like the others, marked `@register`.

    Attributes
    ----------
    name : str
        For the command line and for data.
    label : str
        For people; marked with `N_`.
    suffix : str
        How files of it are named, if records can be written in it.
    last : bool
        Whether it takes what no other format takes.
    by_code : tuple of str
        Fields that it fills other than by `fills`.
    by_name : tuple of str
        Fields that a column of a general name fills, such as `Volume`.
    """

    name: str
    label: str
    suffix: str = ""
    last: bool = False
    by_code: tuple[str, ...] = ()
    by_name: tuple[str, ...] = ()

    def fills(self) -> Iterable[Callable[[Record, str], None]]:
        """What its tags or columns do to a record; for the table of formats and fields."""
        return ()

    @abstractmethod
    def recognises(self, head: str) -> bool:
        """Whether a file that begins so is of this format."""

    @abstractmethod
    def read(self, source: Source) -> Iterator[Item]:
        """The records of a file, and the entries refused, in their order."""


class Writer(ABC):
    """A format that records are written in.

    What the format has no place for goes into a field of its own as JSON, given as `rest`, so that
    reading gives back the same record.
    """

    suffix: str
    opening, between, closing = "", "", ""

    @abstractmethod
    def entry(self, record: Record, rest: str) -> str:
        """A record as text."""

    @abstractmethod
    def back(self, text: str) -> Record:
        """The record that reading an entry without rest gives."""


def register(kind: type[Format]) -> type[Format]:
    """Make a format known."""
    REGISTERED[kind.name] = kind()
    return kind


def register_as(kind: Format) -> Format:
    """Make a format known that is a value, not a class."""
    REGISTERED[kind.name] = kind
    return kind


@cache
def known() -> dict[str, Format]:
    """All formats by name; those that take what others leave come last."""
    for module in sorted(m.name for m in pkgutil.iter_modules(formats.__path__)):
        importlib.import_module(f"{formats.__name__}.{module}")
    return dict(sorted(REGISTERED.items(), key=lambda item: item[1].last))


def recognise(source: Source) -> Format:
    """The format of a file.

    Raises
    ------
    CompendiumError
        If it is none of those known.
    """
    for kind in known().values():
        if kind.recognises(source.head):
            return kind
    raise CompendiumError(
        _("The format is not known."),
        path=project_path(source.name),
        remedy=_("Export the records as one of: {formats}.").format(
            formats="; ".join(_(kind.label) for kind in known().values())
        ),
    )


def read(
    path: Path, name: Path | None = None, columns: dict[str, str] | None = None
) -> tuple[Format, Source, Iterator[Item]]:
    """Open an export: its format, its source, and its records and refusals as they are read.

    Parameters
    ----------
    path : Path
    name : Path, optional
        What the file is called for people.
    columns : dict of str to str, optional
        Fields by column, in lower case; a table that has one of them is read so.
    """
    source = Source.of(path, name)
    named = {own.casefold() for own in header(source.head).names} if columns else set()
    if columns and named & columns.keys():
        source.columns = columns
        kind = known()["table"]
    else:
        kind = recognise(source)
    return kind, source, _placed(kind, source)


def _placed(kind: Format, source: Source) -> Iterator[Item]:
    shown = str(project_path(source.name))
    given = identity.Names()
    try:
        for item in kind.read(source):
            if isinstance(item, Record):
                if item.is_empty:
                    yield Refusal(item.line, _("There is neither a title nor an identifier."))
                    continue
                item.reader, item.file = kind.name, shown
                if first := given.give(item):
                    source.note(item.line, _("{identifier} stands on line {line} already.")
                                .format(identifier=item.key, line=first))  # fmt: skip
            yield item
    except (RecursionError, OSError, csv.Error) as error:
        told = getattr(error, "strerror", None) or _("it is nested too deep or broken")
        raise CompendiumError(
            _("The file cannot be read: {reason}.").format(reason=told), path=shown
        ) from None
