"""Numbers, percentages, dates, lists and countries as the language writes them (CLDR).

Babel is imported where it is asked: a reader of records that runs in a browser needs none of it.
"""

from __future__ import annotations

import re
from datetime import date

from compendium.errors import CompendiumError, did_you_mean
from compendium.language.active import current, locale
from compendium.language.catalog import _

SIGNS = {"group": ","}
"""How numbers are written where Babel is not: the page that runs there says it."""

_FROM_FIVE_DIGITS = ("ru", "kk")
"""Languages that group the digits of a number from five on: 5000, but 10 000."""

_USUAL = {("ru", "US"): "США"}
"""Names of countries in print where CLDR's are the official ones."""


def _locale():
    """CLDR's data of the language; the English of the book is British, CLDR's own is American."""
    return locale("en-GB" if current() == "en" else current())


def number(value: float, digits: int | None = None) -> str:
    """A number with the language's separators; `digits` fixes the decimals."""
    try:
        from babel.numbers import format_decimal
    except ImportError:  # in a browser, where only whole numbers are told
        return f"{value:,}".replace(",", SIGNS["group"])
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    grouped = abs(value) >= 10_000 or current() not in _FROM_FIVE_DIGITS
    return format_decimal(value, format=pattern, locale=_locale(), group_separator=grouped)


def percent(share: float, digits: int = 0) -> str:
    """A share from 0 to 1 as a percentage."""
    from babel.numbers import format_percent

    own = _locale().percent_formats[None].pattern
    pattern = own if not digits else own.replace("0", "0." + "0" * digits, 1)
    return format_percent(share, format=pattern, locale=_locale())


def span(low: float, high: float) -> str:
    """Two shares as a range that has its sign once, `56–100%`; one share where they are alike."""
    ends = [percent(low), percent(high)]
    return ends[1] if ends[0] == ends[1] else f"{ends[0].rstrip('%').rstrip()}–{ends[1]}"


def day(value: date, style: str = "long") -> str:
    """A date."""
    from babel.dates import format_date

    # CLDR's narrow blank before the abbreviation of "year" is hardly seen in print.
    return format_date(value, format=style, locale=_locale()).replace("\u202f", "\u00a0")


def join(items: list[str]) -> str:
    """A list in a sentence: `a, b and c`."""
    from babel.lists import format_list

    return format_list(list(items), locale=_locale()) if items else ""


def inside(name: str) -> str:
    """A label as it stands inside a sentence: small at its beginning, unless it is a proper name.

    A label whose second word begins with a capital, such as `New York`, or whose first word has
    more than one, such as `EU programmes`, or is a country, is a name. German writes its nouns
    with a capital and keeps every label as it is.
    """
    first, _space, rest = name.partition(" ")
    is_name = (
        first[1:] != first[1:].lower() or rest[:1].isupper()
        or re.split(r"\W", name, maxsplit=1)[0] in _locale().territories.values()
        or _locale().language == "de"
    )  # fmt: skip
    return name if is_name else name[:1].lower() + name[1:]


def pair(first: str, second: str) -> str:
    """Two words that belong together, such as a name and its value, with the language's dash."""
    return _("{first} – {second}").format(first=first, second=second)


def year_range(first: int, last: int) -> str:
    """A span of years, with an en dash."""
    return f"{first}–{last}" if first != last else str(first)


def country(code: str) -> str:
    """A country's or region's name from its ISO 3166 or UN M49 code.

    Raises
    ------
    CompendiumError
        If CLDR does not know the code.
    """
    if usual := _USUAL.get((current(), code)):
        return usual
    names = _locale().territories
    try:
        return names[code]
    except KeyError:
        common = {"UK": "GB", "EL": "GR", "SU": "RU"}
        known = [common[code]] if code in common else names
        raise CompendiumError(
            _("{code} is not an ISO 3166 code.").format(code=repr(code)),
            remedy=did_you_mean(code, known, cutoff=0.0 if code in common else 0.5),
        ) from None
