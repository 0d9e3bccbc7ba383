"""Whether two records describe one publication: boiled down to lines, and these compared.

What is compared says one of three things of a pair: one publication, two, or that a person has to
look.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from compendium.records import identity
from compendium.records.record import Record

SAME, APART, OPEN = "same", "apart", "open"
_TAG = re.compile(r"<[^<>]{1,40}>")
_MONTH = re.compile(r"(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?![a-z])",
                    re.IGNORECASE)  # fmt: skip
_SEVERAL = re.compile(r"\d\s*[,;+]\s*\d")
_NUMBER = re.compile(r"[a-z]*\d+")
_WORD = re.compile(r"[^\W_]+")
_SERIAL = re.compile(
    r"\b(?:editor|editors|editorial|introduction|preface|foreword|afterword|notes?|comments?"
    r"|remarks|news|letters?|announcements?|contents|index|abstracts?|obituary|book reviews?)\b"
)  # what stands under the same title in issue after issue
_NUMERAL = re.compile(r"\d+|\b[ivx]+\b")
_NOTICE = re.compile(
    r"(?:authors? |the )?(?:reply|response|comments?) (?:to|on) .*"
    r"|(?:(?:authors?|publishers?) )?(?:erratum|corrigendum|retraction|correction|reply)\b.*"
    r"|.* (?:vol \w+ (?:\w+ )?(?:pgs?|p|art|artn) \w+|10 \d{4,5} .+) (?:19|20)\d\d"
    r"|.*\b(?:reply|authors? response|erratum|corrigendum|retraction)"
)  # what is said about a publication is another one
_BRACKETS = re.compile(r"(?<=\S)\s*\[(?!(?:part|pt|chapter|no|vol|volume)\b)[^\[\]]{4,}\]\.?\s*$",
                       re.IGNORECASE)  # fmt: skip
_REMARK = re.compile(r"\b(?:refs?\b|review|comment|erratum|corrected|retract|summary|letter"
                     r"|article|proceeding)", re.IGNORECASE)  # fmt: skip
_TRANSLATION = re.compile(r"\(author'?s'? transl\.?\)", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<!\d)(\d{1,3})[ ,\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_ROMAN = re.compile(r"[ivxlc]+")
_ARTICLE = re.compile(r"e\d{4,}|\d{5,}")
_LATIN = str.maketrans({"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i",
                        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ð": "d"})  # fmt: skip
_CYRILLIC = str.maketrans(dict(zip(
    "абвгдезийклмнопрстуфыэіәғқңөұүһєґ", "abvgdeziiklmnoprstufyeiagknouuheg", strict=True
)) | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia",
      "ъ": "", "ь": ""})  # fmt: skip
_LETTER = re.compile("[\u0400-\u04ff]")
_GREEK = re.compile(r"(?<![α-ω])[αβγδεζηθικλμπρστφχψω](?![α-ω])")


@dataclass(frozen=True, slots=True)
class Line:
    """What is compared of a record: letters and figures only, unknown is empty or 0.

    And by what it is called: its title as people see it, and its name.
    """

    title: str
    authors: tuple[str, ...]
    given: str
    year: int
    source: str
    volume: str
    issue: str
    page: str
    last: str
    more: tuple[str, ...]
    doi: str
    own: tuple[str, ...]
    abstract: str
    translated: bool
    cyrillic: bool
    shown: str
    name: str


def line(record: Record) -> Line:
    """A record boiled down."""
    first, _dash, last = record.pages.partition("–")
    if _MONTH.search(record.pages):  # a spreadsheet took `6-1` for a day
        first = last = ""
    article = _place(record.article_number)
    return Line(
        title=title_words(record.title),
        authors=tuple(family(name) for name in record.authors[:12]),
        given=_given(record.authors[0]) if record.authors else "",
        year=record.year or 0,
        source=_plain(record.source or record.abbreviated_source),
        volume=_counted(record.volume), issue=_place(record.issue),
        page=_counted(first) or article, last=_counted(last),
        more=tuple(re.findall(r"\d{2,}", record.pages)) if _SEVERAL.search(record.pages) else (),
        doi=record.doi,
        own=tuple(f"{kind}:{value}" for kind in identity.OWN if (value := getattr(record, kind))),
        abstract=_joined(record.abstract[:400])[:240],
        translated=record.title.startswith("[") or _translated(record.title),
        cyrillic=bool(record.authors) and _LETTER.search(record.authors[0]) is not None,
        shown=record.title[:300],
        name=record.key,
    )  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _plain(text: str) -> str:
    """Words without marks above letters, in lower case, divided by one blank."""
    text = text.replace("'", "").replace("’", "")
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LATIN))
        text = "".join(sign for sign in text if not unicodedata.combining(sign))
        text = _GREEK.sub(lambda sign: unicodedata.name(sign[0]).split()[-1], text.casefold())
    return " ".join(_WORD.findall(text.casefold()))


def _joined(text: str) -> str:
    return _plain(_TAG.sub("", html.unescape(text))).replace(" ", "")


def title_words(title: str) -> str:
    """A title's words, without markup and without what databases put after it in brackets.

    That is the original title, and remarks such as `[Review] [42 refs]`.
    """
    text = _TAG.sub("", html.unescape(title)) if "<" in title or "&" in title else title
    while text != (less := _BRACKETS.sub("", text)):
        text = less
    return _plain(_THOUSANDS.sub(r"\1", _TRANSLATION.sub("", text)))


def _translated(title: str) -> bool:
    """Whether an original title, or a language, stands in brackets at the end."""
    found = _BRACKETS.search(title)
    return found is not None and _REMARK.search(found[0]) is None


def _place(text: str) -> str:
    """A volume or page as it is compared: `133.0`, `0133`, `Vol. 133 (Pt 1)` and `133` are one."""
    words = re.sub(r"^(?:vol(?:ume)?|no|pp?|art(?:icle)?) (?=\w*\d)", "", _plain(text))
    found = _NUMBER.search(words.replace(" ", "", 1) if words[1:2] == " " else words)
    return (found[0] if found else words.replace(" ", "")).lstrip("0")


def _counted(text: str) -> str:
    """As `_place`; a month or `Suppl` says nothing of the volume or page."""
    found = _place(text)
    return found if any(map(str.isdigit, found)) or _ROMAN.fullmatch(found) else ""


def _given(name: str) -> str:
    """A given name that is written out, for some databases take it for the family's."""
    words = _plain(name.partition(",")[2]).translate(_CYRILLIC).split()
    return words[0] if words and len(words[0]) > 3 else ""


def family(name: str) -> str:
    """A family name as Latin letters alone, whatever it is written in."""
    last, comma, given = name.partition(",")
    if not comma and " " in name:  # not divided: the longest word is likelier the family's
        return max(_plain(name).translate(_CYRILLIC).split() or [""], key=len)
    return (_plain(last).replace(" ", "") or _plain(given)).translate(_CYRILLIC)


def _agree(one: str, other: str) -> int:
    """1 if both are known and equal, -1 if both are known and differ, else 0."""
    return 0 if not one or not other else 1 if one == other else -1


def _pages(a: Line, b: Line) -> int:
    found = _agree(a.page, b.page)
    if found > 0 or (found == 0 and not _other_ends(a, b)):
        return found
    if not found:
        return -1
    short, long = sorted((a.page, b.page), key=len)
    if short == re.sub(r"^[a-z]+", "", long):  # S299 and 299, e12 and 12
        return 1
    if a.page in b.more or b.page in a.more:
        return 1
    if any(len(own.page) > 5 and own.page in own.doi for own in (a, b)):
        return 0  # not yet in an issue
    if (told := _other_count(a, b)) is not None:
        return told
    if all(page.isdecimal() and len(page) < 9 for page in (a.page, b.page, a.last, b.last)):
        one, other, end, last = int(a.page), int(b.page), int(a.last), int(b.last)
        if abs(one - other) <= 3 and max(one, other) < min(end, last):
            return 0  # in print a little elsewhere than in the proofs
    return 1 if a.last and a.last == b.last and len(a.last) > 1 else -1


def _other_ends(a: Line, b: Line) -> bool:
    """Whether both tell a last page, and neither may be the other's shortened: `S429` and `29`."""
    one, other = (re.sub(r"\D", "", own.last) for own in (a, b))
    return bool(one and other) and not one.endswith(other) and not other.endswith(one)


def _other_count(a: Line, b: Line) -> int | None:
    """As `_pages`, for pages of two ways to count: those of a file, of an issue, of articles."""
    for own, other in ((a, b), (b, a)):
        if not other.page.isdecimal() or len(other.page) > 4:
            continue
        if _ARTICLE.fullmatch(own.page) and (other.page == "1" or own.issue == other.issue != ""):
            return 0  # else it may be the abstract of a talk
        if not (own.page.isdecimal() and other.last.isdecimal()):
            continue
        first, end = int(other.page), int(_whole(other))
        if own.last in ("", own.page) and first < int(own.page) <= end < first + 60:
            return 0  # an index that names one page of an article
        if own.page == "1" and own.last.isdecimal() and not own.volume and first > 1:
            return 1 if 4 < int(own.last) == end - first + 1 else 0  # before it had an issue
    return None


def _whole(own: Line) -> str:
    """The last page where only its last figures are told: `2665–8`."""
    return own.page[: max(len(own.page) - len(own.last), 0)] + own.last


def _one_person(a: Line, b: Line) -> int:
    """Whether both have the same first author."""
    if not a.authors or not b.authors:
        return 0
    one, other = a.authors[0], b.authors[0]
    if one in other or other in one or fuzz.ratio(one, other) >= 80:
        return 1
    return 1 if (a.given and a.given == other) or (b.given and b.given == one) else -1


def _persons(a: Line, b: Line) -> int:
    """Whether the first author of one is among the first of the other, or two are of both."""
    if not a.authors or not b.authors:
        return 0
    if a.authors[0] in b.authors[:3] or b.authors[0] in a.authors[:3]:
        return 1
    return 1 if len(set(a.authors) & set(b.authors)) >= 2 else -1


def _two_scripts(one: str, other: str) -> bool:
    return bool(one and other) and one.isascii() != other.isascii()


@lru_cache(maxsize=1 << 14)
def _sources(one: str, other: str) -> int:
    """Whether two names of a journal may be one: equal, the other's abbreviation, or its part."""
    if not one or not other:
        return 0
    if _two_scripts(one, other):
        return max(0, _sources(one.translate(_CYRILLIC), other.translate(_CYRILLIC)))
    if one == other or fuzz.token_sort_ratio(one, other) >= 85:
        return 1
    small = {"of", "the", "and", "for", "in", "on", "de", "der", "und", "la", "et", "a", "j"}
    short, long = sorted(
        ([w for w in text.split() if w not in small] for text in (one, other)),
        key=lambda words: sum(map(len, words)),
    )
    rest = iter(long)
    if short and all(any(_shortened(part, word) for word in rest) for part in short):
        return 1
    return 1 if fuzz.partial_ratio(one, other) >= 90 and min(len(one), len(other)) > 10 else -1


def _shortened(part: str, word: str) -> bool:
    """Whether a word is cut short, as `med`, or contracted: `dtsch` for `deutsche`."""
    if word.startswith(part):
        return True
    rest = iter(word)
    short = 2 < len(part) < len(word) - 2
    return short and part[0] == word[0] and all(sign in rest for sign in part)


def _titles(a: str, b: str) -> float:
    """How alike two titles are, 0 … 1; one that begins the other counts as nearly equal."""
    one, other = a.replace(" ", ""), b.replace(" ", "")
    if one == other:
        return 1.0
    found = fuzz.ratio(one, other) / 100
    short, long = sorted((one, other), key=len)
    if len(short) >= 20 and long.startswith(short):
        return max(found, 0.93)
    if found < 0.9:
        found = max(found, fuzz.token_sort_ratio(a, b) / 100 - 0.02)
        if len(short) >= 30 and short in long:
            found = max(found, 0.88)
    return found


def _numbered_apart(a: str, b: str) -> bool:
    """Whether two titles differ in a number: parts of a series, reports of two years."""
    one, other = (set(_NUMERAL.findall(text)) for text in (a, b))
    if one - other and other - one:
        return True
    words = {word for word in a.split() + b.split() if _NUMERAL.fullmatch(word)}
    return bool((one ^ other) & words) and abs(len(a) - len(b)) < 8


def _issues(a: Line, b: Line) -> int:
    """As `_agree`; numbers that no journal has are some reference manager's own."""
    found = _agree(a.issue, b.issue)
    return found if found >= 0 or max(len(a.issue), len(b.issue)) < 3 else 0


def _about_the_other(a: str, b: str) -> bool:
    """Whether one of two titles says that it is a reply to the other, or corrects it."""
    return bool(_NOTICE.fullmatch(a)) != bool(_NOTICE.fullmatch(b))


def compare(a: Line, b: Line) -> str:
    """SAME, APART or OPEN: what can be said of two records."""
    seen = _Seen(a, b)
    bar = _bar(seen)
    # Most pairs end here: comparing texts letter by letter takes longer than all else
    return APART if bar > 0 and _below(a.title, b.title, bar) else _decided(seen)


def _bar(seen: _Seen) -> float:
    """How alike the titles have to be at least, lest the records be two publications anyway.

    Nothing is compared here that takes long; `_decided` says the same without it.
    """
    if seen.own or seen.doi == 1 or seen.in_two_languages:
        return 0.0
    if seen.untold or (seen.page < 1 and seen.persons < 0):
        return _NONE
    if seen.page < 0:  # a talk and its article
        asked = seen.doi == 0 and not seen.two and seen.volume >= 0
        bar = 0.9 if seen.volume == 1 and seen.years == 0 else 0.97
        return bar if asked and seen.persons == 1 and seen.near else _NONE
    if seen.page == 0:
        if not seen.near:
            return _NONE
        return 0.7 if seen.persons == 1 else 0.9
    if seen.volume == 1:
        return 0.7 if seen.persons < 0 else 0.0
    return 0.7


_NONE = 2.0  # no titles are so alike


def _below(a: str, b: str, bar: float) -> bool:
    """Whether two titles are certainly less alike than that, by what letters they share."""
    if bar > 1:
        return True
    if a == b:
        return False
    one, other = a.replace(" ", ""), b.replace(" ", "")
    short, long = sorted((one, other), key=len)
    if bar <= 0.93 and len(short) >= 20 and short in long:
        return False
    # Whatever the order of the letters, or of the words between which blanks stand
    most = 2 * len(short)
    total, spaces = len(one) + len(other), min(len(a) - len(one), len(b) - len(other))
    if most < (bar - 0.001) * total:
        shared = most
    else:
        shared = 2 * sum(min(one.count(sign), other.count(sign)) for sign in set(short))
    sorted_words = (shared + 2 * spaces) / (len(a) + len(b)) - 0.02
    return max(shared / total, sorted_words) < bar - 0.001


def _decided(seen: _Seen) -> str:
    """What can be said of two records, by all that they agree in."""
    a, b = seen.a, seen.b
    own, doi, page, volume = seen.own, seen.doi, seen.page, seen.volume
    untold, alike = seen.untold, seen.alike
    if seen.in_two_languages and alike < 0.7 and not own and doi == 0:
        return OPEN
    if not own and doi != 1 and (untold or alike < 0.7) and (page < 1 or volume < 1):
        return APART  # so it is with most
    if not own and doi != 1 and alike < 0.7 and seen.persons < 0:
        return APART
    if own:
        return SAME if alike >= 0.8 or untold or (alike >= 0.5 and seen.place) else OPEN
    if doi == 1:
        numbered = not untold and page < 0 and _numbered_apart(a.title, b.title)
        return OPEN if numbered else _one_doi(seen)
    if untold:
        return APART
    if _about_the_other(a.title, b.title):
        return OPEN if seen.place and volume == 1 and alike >= 0.7 else APART
    if alike >= 0.9:
        if not _numbered_apart(a.title, b.title):
            said = _one_title(a, b, seen)
            certain = alike == 1 or a.cyrillic == b.cyrillic  # transliterated names are a guess
            return said if certain or said == APART else OPEN
        sure = seen.place and seen.persons == 1 and doi >= 0
        return (SAME if volume == 1 and seen.text > 0 else OPEN) if sure else APART
    if seen.place and volume == 1:
        return _one_place(seen, a.translated or b.translated)
    asked = seen.persons == 1 and alike >= 0.7 and seen.near and page >= 0
    longer = alike >= 0.85 and seen.source == 1 and volume >= 0 and seen.text >= 0
    longer = longer and min(len(a.title), len(b.title)) >= 30  # a heading stands before one
    return OPEN if asked and (longer or seen.text == 1) else APART


class _Seen:
    """What two records agree in: 1 they do, -1 they do not, 0 one does not say.

    Each is looked at when it is first asked for, and once.
    """

    def __init__(self, a: Line, b: Line):
        self.a, self.b = a, b
        self.own = not set(a.own).isdisjoint(b.own)
        self.doi, self.volume = _agree(a.doi, b.doi), _agree(a.volume, b.volume)
        if self.volume < 0 and any(own.volume == str(own.year) for own in (a, b)):
            self.volume = 0  # one counts volumes, the other takes the year for it
        self.page = _pages(a, b)
        self.untold = not a.title or not b.title
        self.years = abs(a.year - b.year) if a.year and b.year else None
        self.near = self.years is None or self.years <= 1

    @cached_property
    def alike(self) -> float:
        return 0.0 if self.untold else _titles(self.a.title, self.b.title)

    @cached_property
    def first(self) -> int:
        return _one_person(self.a, self.b)

    @cached_property
    def persons(self) -> int:
        some = _persons(self.a, self.b)
        return 1 if some == 1 or self.first == 1 else some

    @cached_property
    def source(self) -> int:
        return _sources(self.a.source, self.b.source)

    @cached_property
    def issue(self) -> int:
        return _issues(self.a, self.b)

    @cached_property
    def two(self) -> bool:
        return not self.own and _two_of_a_database(self.a, self.b)

    @cached_property
    def text(self) -> int:
        return _abstracts(self.a, self.b)

    @property
    def in_two_languages(self) -> bool:
        """Whether all but the title's alphabet is one: the original and its translation."""
        a, b = self.a, self.b
        return (
            self.page == 1 and _two_scripts(a.title, b.title) and a.last == b.last != ""
            and self.years == 0 and (self.volume == 1 or self.issue == 1) and self.volume >= 0
            and self.issue >= 0 and self.source >= 0 and self.first == 1
        )  # fmt: skip

    @property
    def place(self) -> bool:
        return self.page == 1 and self.volume >= 0 and (
            self.volume == 1 or self.issue == 1 or self.source == 1
        )  # fmt: skip


def _two_of_a_database(a: Line, b: Line) -> bool:
    kinds = {name.partition(":")[0]: name for name in a.own}
    return any(kinds.get(name.partition(":")[0], name) != name for name in b.own)


def _one_place(seen: _Seen, translated: bool) -> str:
    """Records of one page of one volume whose titles differ."""
    if seen.persons == 1 and seen.near:
        translated = translated and seen.source == 1
        certain = seen.doi == 0 and not seen.two and seen.source >= 0 and seen.first == 1
        if certain and (
            seen.alike >= 0.7 or (translated and seen.text >= 0)
            or (seen.issue >= 0 and (seen.alike >= 0.6 or seen.text == 1))
        ):  # fmt: skip
            return SAME
        return OPEN if seen.alike >= 0.5 or translated or seen.text == 1 else APART
    asked = seen.persons == 0 and seen.alike >= 0.6 and seen.source == 1 and seen.years == 0
    return OPEN if asked else APART


def _abstracts(a: Line, b: Line) -> int:
    """1 if the abstracts begin alike, -1 if they differ, 0 if one is unknown."""
    if len(a.abstract) < 60 or len(b.abstract) < 60 or _two_scripts(a.abstract, b.abstract):
        return 0
    if fuzz.ratio(a.abstract[:120], b.abstract[:120]) >= 80:
        return 1
    found = fuzz.partial_ratio(a.abstract[:120], b.abstract)
    return 1 if found >= 85 else -1 if found < 60 else 0


def _one_doi(seen: _Seen) -> str:
    if seen.untold or (seen.two and 0.6 <= seen.alike < 0.93):
        return OPEN
    if seen.alike >= 0.85:
        return OPEN if seen.page < 0 and seen.persons < 0 else SAME
    if seen.persons == 1 and (seen.place or seen.text == 1):
        return SAME if seen.text >= 0 or seen.alike >= 0.6 else OPEN
    if seen.alike >= 0.6 and seen.persons >= 0 and seen.page >= 0:
        return SAME
    if seen.alike < 0.6 and (seen.persons < 0 or seen.text < 0 or seen.page < 0):
        return APART  # a supplement's abstracts, a book's chapters
    return OPEN


def _one_title(a: Line, b: Line, seen: _Seen) -> str:
    serial = _SERIAL.search(a.title) is not None and len(a.title) < 60
    long = len(a.title) >= 30 and len(b.title) >= 30 and not serial
    page, volume, persons, source = seen.page, seen.volume, seen.persons, seen.source
    if not long and volume == 1 and seen.issue < 0:  # each issue has its editorial
        return OPEN if page == 1 and not serial else APART
    if seen.two or seen.doi < 0:  # two identifiers for what seems one publication
        placed = seen.place and volume == 1 and persons >= 0 and seen.near and source >= 0
        if placed and long and seen.issue >= 0:
            return SAME if not seen.two and seen.alike >= 0.95 and persons == 1 else OPEN
        return OPEN if page >= 0 and volume >= 0 and persons >= 0 and seen.near else APART
    if page == 1 and volume >= 0 and persons >= 0 and seen.near:
        return SAME
    if seen.place and seen.near:
        return SAME if long and source >= 0 else OPEN
    if page == 1 and volume < 0 and len(a.page) > 1 and persons == 1 and source == 1:
        sure = long and seen.alike >= 0.97 and seen.years == 0 and seen.text >= 0
        sure = sure and seen.issue >= 0 and not _other_ends(a, b)
        return SAME if sure else OPEN  # one of the volumes is a slip
    if page == 1 and a.page.startswith("cd") and persons >= 0:
        return OPEN  # a Cochrane review and its update
    if page < 0 or volume < 0:  # a talk and its article, an abstract printed twice, an update
        if source < 0 and volume < 0:
            return APART
        asked = persons == 1 and seen.near and source >= 0 and seen.text >= 0
        asked = asked and (page >= 0 or volume >= 0)
        if not asked:
            return APART
        if seen.alike >= 0.97 and (long or seen.text == 1):
            return OPEN
        equal = seen.alike >= 0.99 and len(a.title) >= 20 and not serial
        certain = source == 1 and seen.first == 1 and seen.years == 0
        return OPEN if certain and (equal or (long and volume == 1)) else APART
    if persons == 1 and seen.near and source >= 0 and seen.text >= 0:
        told = source == 1 and volume == 1 and len(a.title) > 14 and seen.issue >= 0
        if told and (seen.issue == 1 or seen.text == 1 or not serial):
            return SAME
        if long or seen.text == 1:
            told = (seen.text == 1 or seen.years == 0) and seen.issue >= 0
            return SAME if told and (source == 1 or seen.text == 1) else OPEN
    if persons >= 0 and seen.near and (long or source == 1) and seen.text >= 0:
        return OPEN
    return APART
