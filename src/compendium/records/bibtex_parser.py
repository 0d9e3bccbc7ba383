"""Entries of a BibTeX file, one after the other, with their lines; what is broken costs one entry.

It takes what databases and reference managers write: no key, blanks in it or in a field's name, no
comma between two fields, a field twice, parentheses, a brace after a backslash that is none of the
file's own, an entry that begins on the line on which the one before it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from compendium.language import _
from compendium.records.record import Refusal
from compendium.records.source import Source

_START = re.compile(r"\s*@\s*([^\W\d_]\w*)\s*([{(])")
_NAME = re.compile(r"[\s,]*([^\s=,{}\"#()]+(?:[^\S\r\n]+[^\s=,{}\"#()]+)*)\s*=\s*")
_WORD = re.compile(r"[^\s,{}\"#()=]+")
_MOST = 1 << 23  # characters of one entry
MONTHS = {name: name for name in
          ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")}


@dataclass
class Entry:
    """An entry: its kind, its key, and its fields in order; names are in lower case."""

    line: int
    kind: str
    key: str
    fields: list[tuple[str, str]] = field(default_factory=list)


def entries(source: Source) -> Iterator[Entry | Refusal]:
    """Entries of a file."""
    strings = dict(MONTHS)
    for line, text, found in _blocks(source, strings):
        kind = _kind(text)
        if kind in _NO_RECORD:
            continue
        if found is None:
            told = _("The entry is not BibTeX: its braces or quotes do not close.")
            yield Refusal(line, told, text.strip()[:200])
        elif kind == "string":
            strings.update(found.fields)
        else:
            yield found


def _kind(text: str) -> str:
    begun = _START.match(text)
    return begun[1].casefold() if begun else ""


_NO_RECORD = ("comment", "preamble")
Block = tuple[int, str, Entry | None]


def _blocks(source: Source, strings: dict[str, str]) -> Iterator[Block]:
    """What begins with an @ on a line of its own, up to the next or to its end, and as an entry."""
    held: list[str] = []
    start = size = raw = read = tries = 0
    noted = False
    for number, line in _lines(source):
        if "@" in line and _START.match(line):
            if held:
                yield start, (text := "".join(held)), parsed(text, start, strings)
            held, start, size, raw, read, tries, noted = [line], number, len(line), 0, 0, 0, False
        elif held:
            if size < _MOST:
                held.append(line)
            size += len(line)
        elif line.strip() and not line.lstrip().startswith("%"):
            if not noted:
                source.note(number, _("Text that stands outside any entry was passed over."))
            noted = True
        if not held:
            continue
        raw += line.count("{") - line.count("}")
        read += len(_OPENS.findall(line)) - len(_CLOSES.findall(line))
        if min(raw, read) <= 0 and tries < _TRIES and line.rstrip().endswith(("}", ")")):
            tries += 1
            text = "".join(held)
            found = parsed(text, start, strings)
            if found or _kind(text) in _NO_RECORD:
                yield start, text, found
                held = []
    if held:
        yield start, (text := "".join(held)), parsed(text, start, strings)


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; one that holds several entries is divided."""
    for number, line in enumerate(source.lines(), start=1):
        if (line.count("@") > 1 and _START.match(line)) or ("@" in line and _GLUED.search(line)):
            yield from ((number, part) for part in _NEXT.split(line))
        else:
            yield number, line


_NEXT = re.compile(r"(?<=[})])[ \t]*(?=@[A-Za-z]+[ \t]*[{(])")
_GLUED = re.compile(r"^[^@]*[})][ \t]*@[A-Za-z]+[ \t]*[{(][^\s,{}()@]*,\s*$")  # IEEE Xplore
_OPENS, _CLOSES = re.compile(r"(?<!\\)\{"), re.compile(r"(?<!\\)\}")
_TRIES = 50


def parsed(text: str, line: int, strings: dict[str, str]) -> Entry | None:
    """An entry; None if its braces do not close, whichever way backslashes and quotes are read."""
    for escapes, last in ((True, False), (False, False), (True, True)):
        if (found := _parsed(text, line, strings, escapes, last)) is not None:
            return found
    return None


_KEY = re.compile(r"\s*([^=,{}\"\n]*?)\s*(?:,|\n|(?=[)}]\s*$))")
_GAP, _AND_MORE = re.compile(r"[\s,]*"), re.compile(r"\s*#\s*")


def _parsed(
    text: str, line: int, strings: dict[str, str], escapes: bool, last: bool
) -> Entry | None:
    begun = _START.match(text)
    if begun is None:
        return None
    closing = "}" if begun[2] == "{" else ")"
    at = begun.end()
    entry = Entry(line, begun[1], "")
    head = _KEY.match(text, at)
    if head and begun[1].casefold() != "string":
        entry.key, at = head[1].strip(), head.end()
    while True:
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        if at >= len(text):
            return None
        if text[at] == closing:
            after = text[at + 1 :].strip()
            return entry if not after or after.startswith("%") else None
        name = _NAME.match(text, at)
        if not name:
            return None
        value, at = _value(text, name.end(), strings, escapes, last)
        if value is None:
            return None
        entry.fields.append((" ".join(name[1].casefold().split()), value))


def _value(
    text: str, at: int, strings: dict[str, str], escapes: bool, last: bool
) -> tuple[str | None, int]:
    """A field's value, its parts put together, and where it ends."""
    parts = []
    while True:
        if text.startswith(("{", '"'), at):
            end = _end(text, at, escapes, last)
            if end < 0:
                return None, at
            parts.append(text[at + 1 : end])
            at = end + 1
        elif word := _WORD.match(text, at):
            parts.append(strings.get(word[0].casefold(), word[0]))
            at = word.end()
        else:
            return "".join(parts), at
        joined = _AND_MORE.match(text, at)
        if not joined:
            return "".join(parts), at
        at = joined.end()


_SIGNS = re.compile(r'\\.|[{}"]', re.DOTALL)
_AFTER_LAST = re.compile(r"[ \t]*,?[ \t]*\r?\n\s*(?:[\w-]+[ \t]*=|[})])")


def _end(text: str, at: int, escapes: bool, last: bool) -> int:
    """Where a brace or quote closes; -1 if it does not.

    EBSCO leaves quotes within quotes, and single braces: there the `last` one of a field closes,
    which the line's end follows.
    """
    quoted, depth = text[at] == '"', 0
    for found in _SIGNS.finditer(text, at + 1):
        sign, place = found[0], found.start()
        if sign.startswith("\\"):
            if escapes or sign[1] not in "{}":
                continue
            sign = sign[1]
            place += 1
        if last:
            if sign == ('"' if quoted else "}") and _AFTER_LAST.match(text, place + 1):
                return place
        elif sign == "{":
            depth += 1
        elif sign == "}":
            if depth == 0:
                return -1 if quoted else place
            depth -= 1
        elif quoted and depth == 0:
            return place
    return -1


def people(text: str) -> list[str]:
    """Names that `and` divides; between braces it does not."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(r"[{}]|\s+and\s+", text):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            parts.append(text[start : found.start()])
            start = found.end()
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]
