"""From a cell to a field: normalised, and the original kept where that changed it."""

from __future__ import annotations

import ast
import html
import json
import re
from collections.abc import Callable

from compendium.records import codes, dates, identifiers
from compendium.records import names as persons
from compendium.records.record import Record

Fill = Callable[[Record, str], None]
_WHOLE = re.compile(r"(\d{1,10})(?:[.,]0*)?")
_ENDS = r"(?:\s+[\w:.-]+\s*=[^<>]*)?\s*/?>"  # so that `<A report.pdf>` and `<p and >` are text
_BLOCK = re.compile(
    r"</?(?:jats:|ns\d:)?(?:p|br|div|sec|title|abstract|li|ul|ol|dl|dt|dd|list|list-item|"
    r"h\d|hr|section|abstracttext|label|inline-formula|disp-formula)" + _ENDS, re.IGNORECASE,
)  # fmt: skip
_WITHIN = re.compile(
    r"</?(?:(?:jats:|ns\d:)?(?:sub|sup|i|b|u|em|strong|italic|bold|underline|scp?|inf|span|font|a|"
    r"tt|small|big|styled-content|named-content|ext-link|xref|tex-math|alternatives|monospace)|"
    r"(?:mml:)?(?:math|mrow|mi|mn|mo|msub|msup|msubsup|mtext|mstyle|mspace|mfrac|mover|munder|"
    r"semantics|annotation|mfenced|msqrt))" + _ENDS, re.IGNORECASE,
)  # fmt: skip
_OPENS = ("['", '["', "[{'", '[{"')
_AND = re.compile(r"(?:,\s*|\s+)(?:and|&)\s+")
_INITIALS = re.compile(r"^[^\W\d_a-zа-яё]{1,3} [^\W\d_]{2,}|[^\W\d_]{2,} "
                       r"(?:[^\W\d_a-zа-яё]\.?[ -]?){1,4}\.?(?: ?(?:Jr|Sr|I{2,3}|2nd|3rd|4th)\.?)?$"
                       )  # fmt: skip
_BEFORE_NEXT = re.compile(r"(?<=\.), ")
_NO_PERSON = re.compile(r"(?:Jr|Sr|I{2,3}|IV|(?:[^\W\d_]\.[ -]?){1,4})\.?", re.IGNORECASE)


def plain(text: str) -> str:
    """A text on one line without blanks around it."""
    return " ".join(text.split())


def put(record: Record, name: str, value, raw: str) -> None:
    """Set a field; what stood there is kept if the value shows it no more.

    A value that cannot be made of what stood there (a DOI of a text that holds none) leaves the
    field unknown, and the original beside it. What another column had put there is kept in `extra`.
    """
    if value or value == 0:
        if (held := getattr(record, name)) and held != value:
            _displaced(record, name, held, value)
        setattr(record, name, value)
    shown = "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    if shown != raw:
        record.original[name] = raw


def _displaced(record: Record, name: str, held, value) -> None:
    if isinstance(held, tuple):
        if set(held) <= set(value):
            return
        held = "; ".join(held)
    before = record.original.pop(name, str(held))
    record.extra[f"{name} (2)"] = "; ".join(filter(None, (record.extra.get(f"{name} (2)"), before)))


def readable(raw: str) -> str:
    """A text without the markup and entities that publishers leave in titles and abstracts.

    Only known elements are markup: `a <b, c> d` and `<script>` are text.
    """
    if "<" not in raw and "&" not in raw:
        return plain(raw)
    text = html.unescape(html.unescape(raw)) if "&" in raw else raw
    return plain(_WITHIN.sub("", _BLOCK.sub(" ", text)))


def text(name: str) -> Fill:
    """A text: markup becomes text, blanks are put in order."""

    def fill(record: Record, cell: str) -> None:
        put(record, name, readable(cell), cell.strip())

    return fill


def made(name: str, normal: Callable) -> Fill:
    """A value that a function makes of the text."""

    def fill(record: Record, cell: str) -> None:
        put(record, name, normal(cell), cell.strip())

    return fill


def entries(name: str, divider: str = ";") -> Fill:
    """A list that signs divide."""

    def fill(record: Record, cell: str) -> None:
        put(record, name, divided(cell, divider), cell.strip())

    return fill


def divided(cell: str, divider: str = ";") -> tuple[str, ...]:
    """Entries of a list, blanks put in order, the empty ones left out."""
    parts = listed(cell)
    parts = _unescaped(cell).split(divider) if parts is None else parts
    return tuple(plain(part) for part in parts if part and not part.isspace())


def _unescaped(cell: str) -> str:
    """A cell whose entities (`M&uuml;ller`, `R&amp;D`) divide no list by their semicolons."""
    return html.unescape(cell) if _ENTITY.search(cell) else cell


_ENTITY = re.compile(r"&(?:#\d+|#x[\da-fA-F]+|[A-Za-z]{2,8});")


def listed(cell: str) -> list[str] | None:
    """What a list of Python's or JSON's holds: texts, or things with a name; None if it is none."""
    cell = cell.strip()
    if not cell.startswith(_OPENS) or not cell.endswith("]"):
        return None
    try:
        held = json.loads(cell) if cell.startswith(('["', '[{"')) else ast.literal_eval(cell)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None
    named = [each.get("name") if isinstance(each, dict) else each for each in held]
    texts = [each for each in named if isinstance(each, str)]
    return texts if len(texts) == len(named) else None


def people(name: str, given_first: bool = False) -> Fill:
    """Persons that stand in one cell."""

    def fill(record: Record, cell: str) -> None:
        put(record, name, persons.names(persons_of(cell), given_first), cell.strip())

    return fill


def persons_of(cell: str) -> list[str]:
    """Persons of one cell: divided by semicolons, `and`, a list of Python's, or by commas.

    What `and` divides may hold several that commas divide: `Jane Doe, Ann Poe, and Richard Roe`.

    Commas divide persons after initials (`Doe J., Roe R.`, `J Doe, R Roe`, `Doe J, Roe RA`), also
    before a semicolon and a group's name, and three or more of at least two words each (`Jane Doe,
    Richard Roe, Ann Poe`), for else they stand between family and given name.
    """
    if (held := listed(cell)) is not None:
        return held
    cell = _unescaped(cell.strip())
    if ";" in cell:
        parts = cell.split(";")
        alone = sum("," in part for part in parts) == 1  # else commas stand within names
        return [one for part in parts for one in (alone and _by_commas(part)) or _by_and(part)]
    if len(parts := _AND.split(cell)) > 1 and _are_persons(parts):
        if len(parts) == 2 and "," not in parts[1]:
            return [*(_by_commas(parts[0], spoken=True) or parts[:1]), parts[1]]
        return [one for part in parts for one in (
            _glued(_BEFORE_NEXT.split(part)) if part.count(",") > 2 else [part])]
    if "|" in cell:
        return cell.split("|")
    return _by_commas(cell) or _glued(_BEFORE_NEXT.split(cell))


def _by_commas(cell: str, spoken: bool = False) -> list[str]:
    """Persons that commas divide; none if commas stand within names.

    Two names without initials are divided if another that follows is `spoken`, without a comma.
    """
    parts = [part.strip() for part in cell.split(",") if part.strip(" ….")]
    if len(parts) < 2:
        return []
    if any(part.startswith("and ") for part in parts):
        return []
    full = sum(" " in part and _is_person(part) for part in parts)
    if all(_INITIALS.search(part) or part == "et al" for part in parts) or (
        len(parts) > 2 - spoken and full == len(parts)
    ) or (len(parts) > 5 and full >= 0.8 * len(parts) and not any(
        map(_NO_PERSON.fullmatch, parts))
    ):  # fmt: skip
        return [part for part in parts if part != "et al"]
    return []


def _by_and(part: str) -> list[str]:
    """Persons of a part that Web of Science's list of editors ends: `Doe, J and Roe, RA`."""
    parts = _AND.split(part)
    return parts if len(parts) > 1 and any(map(_WITH_INITIALS.search, parts)) and (
        _are_persons(parts)) else [part]


def _glued(parts: list[str]) -> list[str]:
    """Persons, with what is none alone put back: `Doe, J., Jr.`, `A. G., Nor Aliza`."""
    found: list[str] = []
    for part in parts:
        if found and (_NO_PERSON.fullmatch(part) or _NO_PERSON.fullmatch(found[-1])):
            found[-1] += f", {part}"
        else:
            found.append(part)
    return found


def _are_persons(parts: list[str]) -> bool:
    """Whether what `and` divides is a list of persons, one name among which may be another's."""
    if any(map(_WITH_INITIALS.search, parts)) and all(  # `Rahul, and Doe, J.A.`
        _is_person(part) or " " not in part.strip(" ,") for part in parts
    ):
        return True
    found = sum(map(_is_person, parts))
    return found == 2 if len(parts) == 2 else found * 3 >= len(parts) * 2


_WITH_INITIALS = re.compile(r"[^\W\d_]{2,}, ?(?:[^\W\d_a-zа-яё]\.?[ -]?){1,4}$")


def _is_person(text: str) -> bool:
    """Whether a text is a person's name and not half of `Science and Technology Agency`."""
    if _WITH_INITIALS.search(text):  # Center, J.R.
        return True
    if persons.is_body(text):
        return False
    words = [word for word in text.split() if word not in persons.PARTICLES]
    return "," in text or bool(_INITIALS.search(text)) or 2 <= len(words) <= 4


def number(cell: str) -> int | None:
    """A whole number of at most ten figures, also `12.0` and `1,234`; None if there is none."""
    found = _WHOLE.fullmatch(re.sub(r"(?<=\d)[,\u00a0 ](?=\d{3}(?!\d))", "", cell.strip()))
    return int(found[1]) if found else None


def whole(cell: str) -> str:
    """A volume or issue; `133.0` or `133,0` is a number that a table made into a fraction."""
    return re.sub(r"^(\d+)[.,]0+$", r"\1", plain(cell))


VOLUME, ISSUE = made("volume", whole), made("issue", whole)
YEAR = made("year", dates.year)
DOI = made("doi", identifiers.doi)
ISSN = made("issn", identifiers.issns)
ISBN = made("isbn", identifiers.isbns)
EID = made("eid", identifiers.eid)
WOS = made("wos", identifiers.wos)
PMID = made("pmid", identifiers.pmid)
LANGUAGE = made("language", codes.languages)
OPEN_ACCESS = made("open_access", codes.open_access)
DOCUMENT_TYPE = made("document_type", lambda cell: codes.code("document_type", cell))
SOURCE_TYPE = made("source_type", lambda cell: codes.code("source_type", cell))
STAGE = made("stage", lambda cell: codes.code("stage", cell))
CITED_BY = made("cited_by", number)
