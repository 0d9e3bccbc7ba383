"""Years, dates and pages."""

from __future__ import annotations

import re
from functools import lru_cache

_MONTHS = {
    name: at
    for at, names in enumerate(
        ["jan январь", "feb февраль", "mar март", "apr апрель", "may май", "jun июнь",
         "jul июль", "aug август", "sep сентябрь", "oct октябрь", "nov ноябрь", "dec декабрь"],
        start=1,
    )
    for name in names.split()
}
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)")
_NUMBERS = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:/|[T ][\d:.+Z-]*)?")
_NOT_KNOWN = ("null", "NA")  # EBSCO; R
_DASH = re.compile(r"\s*[-‐‑‒–—−]+\s*")


@lru_cache(maxsize=4096)
def year(text: str) -> int | None:
    """The first year in a text; None if there is none."""
    found = _YEAR.search(text)
    return int(found[0]) if found else None


@lru_cache(maxsize=1 << 15)
def date(text: str, of: str = "") -> str:
    """A date in ISO 8601, as precise as the text: `AUG 2` of 2019 is `2019-08-02`.

    Parameters
    ----------
    text : str
    of : str
        The year, where the text does not hold it.
    """
    text = text.strip().strip("/")
    found = _NUMBERS.fullmatch(text)
    if found:
        parts = [int(part) for part in found.groups() if part]
        if len(parts) == 1 or 1 <= parts[1] <= 12:
            if len(parts) == 3 and not 1 <= parts[2] <= 31:
                parts.pop()
            return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
    told = year(text) or year(of)
    if not told:
        return ""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    month = _MONTHS.get(words[0][:3]) or _MONTHS.get(words[0]) if words else None
    if not month:
        return str(told)
    days = [int(d) for d in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text) if 1 <= int(d) <= 31]
    spans = len(words) > 1 or len(days) != 1  # AUG-SEP has no day, nor has 3-5 May
    return f"{told}-{month:02}" + ("" if spans else f"-{days[0]:02}")


def pages(first: str, last: str = "") -> str:
    """Pages as `66–83`; a last page that is shortened is written out: `1166-83`."""
    first, last = re.sub(r"^pp?(?:\.\s*|\s+)(?=\d)", "", first.strip()), last.strip()
    if not last:
        parts = _DASH.split(first)
        if len(parts) != 2 or not all(parts):
            return "" if first in _NOT_KNOWN else first
        first, last = parts
    first, last = ("" if page in _NOT_KNOWN else page for page in (first, last))
    if first.isdecimal() and last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}–{last}" if first and last and first != last else first or last
