"""Objects of a JSON file one by one: an array, an object that holds one, or a line each."""

from __future__ import annotations

import json
from collections.abc import Iterator

from compendium.language import _
from compendium.records.record import Refusal
from compendium.records.source import Source

_DECODER = json.JSONDecoder()
_BLANKS = " \t\r\n"


def objects(source: Source, within: str = "results") -> Iterator[tuple[int, dict] | Refusal]:
    """Objects with the line on which each begins; what is cut off or broken is refused.

    Parameters
    ----------
    source : Source
    within : str
        Key of the array, where the file is an object that holds one.
    """
    lines, buffer, number = source.lines(), "", 1
    opened = source.head.lstrip().startswith("[")
    if not opened and (cut := _inside(source.head, within)) is not None:
        opened, skip = True, cut
        while len(buffer) < skip:
            buffer += next(lines)
        number += buffer.count("\n", 0, skip)
        buffer = buffer[skip:]
    elif opened:
        while "[" not in buffer:
            buffer += next(lines)
        at = buffer.index("[") + 1
        number += buffer.count("\n", 0, at)
        buffer = buffer[at:]
    wait = 0
    while True:
        ahead = buffer.lstrip(_BLANKS + ",")
        number += buffer.count("\n", 0, len(buffer) - len(ahead))
        buffer = ahead
        if buffer.startswith("]") and opened:
            return
        if buffer and len(buffer) >= wait:
            try:
                value, end = _DECODER.raw_decode(buffer)
            except ValueError as error:
                if not opened and "\n" in buffer and _line_is_bad(buffer):
                    line, _end, buffer = buffer.partition("\n")
                    yield Refusal(number, _("The line is not JSON: {error}.").format(
                        error=str(error)), line[:200])  # fmt: skip
                    number += 1
                    continue
                wait = 2 * len(buffer) if len(buffer) > 1 << 16 else 0
            else:
                if isinstance(value, dict):
                    yield number, value
                else:
                    yield Refusal(number, _("The entry is no object."), str(value)[:200])
                number += buffer.count("\n", 0, end)
                buffer, wait = buffer[end:], 0
                continue
        line = next(lines, None)
        if line is None:
            if wait and buffer:
                wait = 0
                lines = iter(())
                continue
            if buffer.strip():
                yield Refusal(number, _("The file ends within the record."), buffer[:200])
            elif opened:
                source.note(number, _("The list has no end."))
            return
        buffer += line


def _line_is_bad(buffer: str) -> bool:
    """Whether the first line is broken by itself: the next begins an object of its own."""
    return buffer.partition("\n")[2].lstrip(_BLANKS).startswith('{"') or (
        buffer.rstrip().endswith("}") and buffer.count("\n") == 1
    )


def _inside(head: str, within: str) -> int | None:
    """Where the array of a key begins."""
    at = head.find(f'"{within}"')
    start = head.find("[", at) if at >= 0 else -1
    return start + 1 if start >= 0 and head[at:start].strip(f'"{within}: \t\r\n') == "" else None
