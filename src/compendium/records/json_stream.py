"""Objects of a JSON file one by one: an array, an object that holds one, or a line each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from compendium.language import _
from compendium.records.record import Record, Refusal
from compendium.records.source import Source

_DECODER = json.JSONDecoder()
_GAP, _OBJECT = re.compile(r"[\s,]*"), re.compile(r'\s*\{"')
_LONE = re.compile(r"\\u(?:[dD][89a-fA-F]|[fF]{3}[eEfF])")
_MOST = 1 << 25  # characters of one object; beyond that something is broken


def records(
    source: Source, made: Callable[[dict, int], Record], within: str = "results"
) -> Iterator[Record | Refusal]:
    """Records made of the objects; an object of another shape is refused, and the rest goes on."""
    for found in objects(source, within):
        if isinstance(found, Refusal):
            yield found
            continue
        line, value = found
        try:
            yield made(value, line)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            told = _("A value of the entry has another shape than the format says: {error}.")
            yield Refusal(line, told.format(error=error), json.dumps(value)[:200])


def objects(source: Source, within: str = "results") -> Iterator[tuple[int, dict] | Refusal]:
    """Objects with the line on which each begins; what is cut off or broken is refused.

    Parameters
    ----------
    source : Source
    within : str
        Key of the array, where the file is an object that holds one.
    """
    pieces = source.pieces()
    buffer = next(pieces, "")
    at = _array(buffer, within)  # everything up to here was read
    opened, at, wait, whole = at > 0, max(at, 0), 0, False
    number = 1 + buffer.count("\n", 0, at)
    while True:
        gap = _GAP.match(buffer, at)
        ahead = gap.end() if gap else at
        number += buffer.count("\n", at, ahead)
        at = ahead
        if opened and buffer.startswith("]", at):
            return
        if at < len(buffer) and (whole or len(buffer) - at >= wait):
            try:
                value, end = _DECODER.raw_decode(buffer, at)
            except (ValueError, RecursionError) as error:  # also too many digits or levels
                if opened and isinstance(error, RecursionError):
                    raise  # an array has no line at which the next entry surely begins
                why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
                line = buffer[at : buffer.find("\n", at) + 1]
                if not opened and line and _OBJECT.match(buffer, at + len(line)):
                    told = _("The line is not JSON: {error}.").format(error=why)
                    yield Refusal(number, told, line[:200])
                    at += len(line)
                    number += 1
                    wait = 0
                    continue
                wait = 2 * (len(buffer) - at)
                if wait > _MOST:
                    told = _("The list is broken here: {error}. Nothing after it was read.")
                    yield Refusal(number, told.format(error=why), buffer[at : at + 200])
                    return
            else:
                if _LONE.search(buffer, at, end):
                    value = _whole(value)
                    source.note(number, _("A character cannot be read."))
                if isinstance(value, dict):
                    yield number, value
                else:
                    yield Refusal(number, _("The entry is no object."), str(value)[:200])
                number += buffer.count("\n", at, end)
                at, wait = end, 0
                continue
        more = "" if whole else next(pieces, "")
        if more:
            buffer, at = buffer[at:] + more, 0
        elif not whole:
            whole = True
        else:
            if at < len(buffer):
                yield Refusal(
                    number, _("The file ends within the record."), buffer[at : at + 200]
                )
            elif opened:
                source.note(number, _("The list has no end."))
            return


def _whole(value):
    """A value without halves of characters and signs that no text holds."""
    text = json.dumps(value, ensure_ascii=False)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return json.loads(re.sub("[\ufffe\uffff]", "", text))


def _array(head: str, within: str) -> int:
    """Where the entries of an array begin, that of a key or the file's own; -1 if there is none."""
    if own := re.match(r"\s*\[", head):
        return own.end()
    found = re.search(rf'"{within}"\s*:\s*\[', head)
    return found.end() if found else -1
