"""Elements of an XML file one by one; entities of a file's own are refused: they can explode."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.records.record import Record, Refusal
from compendium.records.source import Source, project_path

_DEEPEST = 200


def records(
    source: Source, names: frozenset[str], made: Callable[[Element, int], Record]
) -> Iterator[Record | Refusal]:
    """Records made of the elements of some names; what stands after a broken place is not read.

    Raises
    ------
    CompendiumError
        If the file declares entities or nests its elements too deep.
    """
    pull = XMLPullParser(("start", "end"), _parser=XMLParser(forbid_dtd=False))
    open_: list[Element] = []
    number, start = 1, 1
    try:
        for piece in source.pieces():
            for line in piece.splitlines(keepends=True):
                pull.feed(line)
                for event, element in _events(pull):
                    if event == "start":
                        open_.append(element)
                        start = number if element.tag in names else start
                        _check_depth(len(open_), source)
                        continue
                    open_.pop()
                    if element.tag in names:
                        yield made(element, start)
                        element.clear()
                        if open_:  # what was read is not kept
                            open_[-1].remove(element)
                number += line.endswith(("\n", "\r"))
        pull.close()
    except DefusedXmlException:
        raise CompendiumError(
            _("The file declares entities of its own, which can unfold without end."),
            path=project_path(source.name), remedy=_("Export the records anew."),
        ) from None  # fmt: skip
    except ParseError as error:
        told = _("The file is broken here: {error}. Nothing after it was read.")
        yield Refusal(number, told.format(error=error))


def _events(pull: XMLPullParser) -> Iterator[tuple[str, Element]]:
    # Other events than these two, which alone were asked for, may bring no element.
    return cast("Iterator[tuple[str, Element]]", pull.read_events())


def _check_depth(depth: int, source: Source) -> None:
    if depth > _DEEPEST:
        raise CompendiumError(
            _("The file nests its elements too deep."), path=project_path(source.name)
        )


def text(element: Element | None, path: str = "") -> str:
    """All text of an element or of one within it, on one line."""
    if element is not None and path:
        element = element.find(path)
    return "" if element is None else " ".join("".join(element.itertext()).split())


def texts(element: Element, path: str) -> list[str]:
    """Texts of the elements within that match a path, the empty ones left out."""
    return [found for each in element.iterfind(path) if (found := text(each))]
