"""How Web of Science, PubMed and Ovid write a query: cut into parts, joined as each reads it.

The parsers of search-query were tried: they read no group beside NEAR, no SAME, no field that
they do not know and no Ovid, so that the few lines here read all three. What the guides say, as
seen in November 2026:

Web of Science
    NEAR, SAME, NOT, AND, OR in this order; words side by side are joined by AND; NEAR alone is
    NEAR/15 (Clarivate, Search Operators, webofscience.help.clarivate.com/Content/
    search-operators.html; images.webofknowledge.com/WOKRS59B4/help/WOS/hs_search_operators.html).
PubMed
    Operators are read from left to right (PubMed User Guide, pubmed.ncbi.nlm.nih.gov/help);
    `"a b"[tiab:~n]` has up to n words between any two (NLM Technical Bulletin 449, e4, 29 November
    2022).
Ovid
    Words side by side are a phrase (ciap.health.nsw.gov.au, Truncation, wildcards, and phrases on
    Ovid databases); AND before NOT, OR last (there, Combining terms with Boolean operators).
    `dog$1` has one sign more at most, `colo?r` one or none, `:` truncates as `$` does (Ovid help,
    Command Line Syntax).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace

from scopus_query.errors import ScopusQueryError
from scopus_query.language import _
from scopus_query.platforms import OVID, PUBMED, WOS, Platform
from scopus_query.rules import place
from scopus_query.tree import QUOTES, Span

MAX_DEPTH = 100
_QUOTED = rf"[{QUOTES}](?P<quoted>[^{QUOTES}]*)[{QUOTES}]"
_LINE = re.compile(r"^[^\S\n]*#?(\d{1,4})(?:[.):][^\S\n]*|[^\S\n]+)(?=\S)", re.MULTILINE)
_REFERS = re.compile(
    r"\s*(?:(?:and|or)\s*/\s*\d|limit\s+\d|\(*#?\d+\s+(?:and|or|not)\s+\(*#?\d+\b)", re.IGNORECASE
)
_ALONE = re.compile(r"$|[)\[]|(?:and|or|not)(?![^\s(])", re.IGNORECASE)
_LIMITED = re.compile(
    r"\s*(?:limit\s+(?P<n>\d+)\s+to\s+|remove duplicates from\s+(?P<d>\d+))", re.IGNORECASE
)
_COUNT = re.compile(r"(?:(?:\t|[^\S\n]{2,})[\d,]+|[^\S\n]\([\d,]+\))\s*$")


@dataclass(frozen=True)
class Dialect:
    """How a database writes a query.

    Attributes
    ----------
    platform : Platform
        Its table of fields, which is read backward.
    order : tuple of set of str
        Operators, those that bind tightest first; what is in one set is read from left to right.
    beside : str
        What joins words side by side; `ADJ` is a phrase.
    pattern : Pattern
        The parts of a text: a group of the pattern is their kind.
    fields : mapping
        Codes of Scopus for fields that the platform's table does not have, or has otherwise.
    whole : frozenset of str
        Fields in which words side by side are one value.
    default : str
        The field that is searched without a tag.
    """

    platform: Platform
    order: tuple[frozenset[str], ...]
    beside: str
    pattern: re.Pattern
    fields: dict[str, tuple[str, ...]]
    whole: frozenset[str]
    default: str


def _pattern(*kinds: str) -> re.Pattern:
    return re.compile("|".join((r"(?P<blank>\s+)", *kinds)), re.IGNORECASE)


_TIAB = ("TITLE", "ABS", "AUTHKEY")
_TOPIC = (*_TIAB, "INDEXTERMS")
_EVERYWHERE = (*_TOPIC, "AUTH")

_WOS = Dialect(
    WOS,
    tuple(frozenset({name}) for name in ("NEAR", "SAME", "NOT", "AND", "OR")),
    "AND",
    _pattern(
        r"(?P<comment>refined by:)",
        r"(?P<prefix>[a-z]{2,4}\s*==?|(?:timespan|indexes)\s*[:=]|(?:topic|title|author|languages?|"
        r"document types?|publication name|abstract|address|doi|year published)\s*:(?=\s*\())",
        rf"(?P<phrase>{_QUOTED})", r"(?P<group>[()])", r"(?P<reference>#\d+)(?![\w])",
        r"(?P<operator>(?:near(?:\s*/\s*(?P<within>\d+))?|and|or|not|same)(?![^\s()\"“”]))",
        rf"(?P<word>[^\s(){QUOTES}]+)",
    ),
    {"TOPIC:": _TOPIC, "TITLE:": ("TITLE",), "ABSTRACT:": ("ABS",), "AUTHOR:": ("AUTH",),
     "ADDRESS:": ("AFFIL",), "DOI:": ("DOI",), "LANGUAGE:": ("LANGUAGE",),
     "LANGUAGES:": ("LANGUAGE",),
     "DOCUMENT TYPE:": ("DOCTYPE",), "DOCUMENT TYPES:": ("DOCTYPE",),
     "PUBLICATION NAME:": ("EXACTSRCTITLE",), "SO=": ("EXACTSRCTITLE",),
     "YEAR PUBLISHED:": ("PUBYEAR",), "TIMESPAN=": ("PUBYEAR",), "TIMESPAN:": ("PUBYEAR",),
     "ALL=": _EVERYWHERE,
     "OG=": ("AFFILORG",), "PUBL=": ("PUBLISHER",), "PY=": ("PUBYEAR",)},
    frozenset({"AUTH", "EXACTSRCTITLE", "CONF", "EDITOR", "DOCTYPE", "LANGUAGE", "PUBLISHER"}),
    "ALL=",
)  # fmt: skip
_LONG = {
    "title/abstract": "tiab", "title": "ti", "text word": "tw", "text words": "tw",
    "all fields": "all", "author": "au", "full author name": "au", "fau": "au",
    "author - first": "1au", "affiliation": "ad", "journal": "ta", "jour": "ta",
    "publisher": "pubn",
    "editor": "ed", "grant number": "gr", "grants and funding": "gr", "doi": "aid",
    "article identifier": "aid", "lid": "aid", "location id": "aid", "language": "la",
    "lang": "la", "uid": "pmid", "author - identifier": "auid", "volume": "vi", "issue": "ip",
    "pagination": "pg", "supplementary concept": "nm", "ec/rn number": "rn",
    "publication type": "pt", "ptyp": "pt", "subset": "sb", "filter": "sb", "other term": "ot",
    "mesh": "mh", "mesh terms": "mh", "pdat": "dp", "ppdat": "dp", "epdat": "dp",
    "date - publication": "dp", "mesh:noexp": "mh:noexp", "mesh terms:noexp": "mh:noexp",
    "mesh major topic": "majr", "mesh major topic:noexp": "majr:noexp",
}  # fmt: skip
_PUBMED = Dialect(
    PUBMED,
    (frozenset({"AND", "OR", "NOT"}),),
    "AND",
    _pattern(
        r"(?P<suffix>\[(?P<tag>[^\][\n]+)\])",
        rf"(?P<phrase>{_QUOTED})", r"(?P<group>[()])", r"(?P<reference>#\d+)(?![\w])",
        r"(?P<operator>(?:and|or|not|:)(?![^\s()\"“”]))", rf"(?P<word>[^\s()\[\]{QUOTES}]+)",
    ),
    {"[tiab]": _TIAB, "[ab]": ("ABS",), "[all]": _EVERYWHERE, "[ta]": ("EXACTSRCTITLE",),
     "[majr]": ("INDEXTERMS",), "[mh:noexp]": ("INDEXTERMS",), "[majr:noexp]": ("INDEXTERMS",),
     "[dp]": ("PUBYEAR",), "[isbn]": ("ISBN",)},
    frozenset(), "[all]",
)  # fmt: skip
_OVID = Dialect(
    OVID,
    tuple(frozenset({name}) for name in ("ADJ", "AND", "NOT", "OR")),
    "ADJ",
    _pattern(
        r"(?P<comment>\[[^\]\n]*\])",
        r"(?P<suffix>\.\s?(?P<tag>[a-z]{2}(?:,\s?[a-z]{2})*)(?:\.(?!\w)|(?=\s|\)|$)))",
        r"(?P<list>\b(?P<joins>and|or)\s*/\s*(?P<lines>\d+(?:\s*[-,]\s*\d+)*))",
        r"(?P<operator>(?:adj(?P<within>\d*)|and|or|not)(?![^\s()\"“”]))",
        r"(?P<heading>(?P<exp>exp\s+)?(?P<focus>\*\s*)?(?:\"(?P<named>[^\"\n]+)\""
        r"|(?P<term>[^\W_](?:(?!\s(?:and|or|not|adj\d*)\s)[^/\"()\[\]\n.])*))/"
        r"(?P<sub>[a-z]{2}(?:,\s*[a-z]{2})*)?(?=[\s)\[]|$))",
        rf"(?P<phrase>{_QUOTED})", r"(?P<group>[()])",
        r"(?P<reference>\d+(?![^\s)]))",
        rf"(?P<word>[^\s()\[\]{QUOTES}]+?(?=\.[a-z][a-z](?:,\s?[a-z][a-z])*(?:\.(?!\w)|\s|\)|$)"
        rf"|[\s()\[\]{QUOTES}]|$))",
    ),
    {"mp": _TOPIC, "tw": ("TITLE", "ABS"), "kw": ("AUTHKEY",), "ot": ("TITLE",),
     "hw": ("INDEXTERMS",), "sh": ("INDEXTERMS",), "id": ("AUTHKEY",), "ui": ("PMID",),
     "af": _EVERYWHERE, "jn": ("EXACTSRCTITLE",), "jw": ("SRCTITLE",), "la": ("LANGUAGE",),
     "nm": ("CHEMNAME",), "yr": ("PUBYEAR",), "dc": ("FUND-ALL",)},
    frozenset({"AUTH", "EXACTSRCTITLE", "LANGUAGE", "DOCTYPE"}), ".mp.",
)  # fmt: skip
BY_NAME = {"wos": _WOS, "pubmed": _PUBMED, "ovid": _OVID}
_ATOMS = {
    "KEY": ("AUTHKEY", "INDEXTERMS"), "TITLE-ABS": ("TITLE", "ABS"), "TITLE-ABS-KEY": _TOPIC,
    "TITLE-ABS-KEY-AUTH": _EVERYWHERE, "ALL": _EVERYWHERE,
}  # fmt: skip


def codes(dialect: Dialect, tag: str) -> tuple[str, ...] | None:
    """Scopus's codes for a field as the database names it, or for several; None if there is none.

    Codes of one field that Scopus has, such as TITLE-ABS-KEY, stand for their parts.
    """
    found: list[str] = []
    for name in tag.strip(".").split(",") if dialect is _OVID else (tag,):
        own = dialect.fields.get(name)
        if own is None:
            written = f".{name}." if dialect is _OVID else name
            fields = dialect.platform.fields.items()
            own = next(((code,) for code, names in fields if names == (written,)), None)
        found += own or ()
    if not found:
        return None
    atoms = {part for code in found for part in _ATOMS.get(code, (code,))}
    kept = []
    for code in ("TITLE-ABS-KEY-AUTH", "TITLE-ABS-KEY", "TITLE-ABS", "KEY"):
        if atoms >= set(_ATOMS[code]):
            atoms -= set(_ATOMS[code])
            kept.append(code)
    return (*kept, *sorted(atoms))


@dataclass(frozen=True)
class Part:
    """A part of a query as its database writes it.

    Attributes
    ----------
    kind : str
        `words`, `phrase`, `heading`, `line`, or an operator: AND, OR, NOT, NEAR, SAME, `:`.
    text : str
    parts : tuple of Part
        What an operator joins.
    tag : str
        The field, as the database names it; empty where none is written.
    within : int or None
        How many words may stand between what is near; None if the query does not say.
    ordered, explodes, focused : bool
    below : str
        Subheadings of a heading.
    mixed : bool
        Whether different operators met without parentheses.
    """

    kind: str
    text: str
    span: Span
    parts: tuple[Part, ...] = ()
    tag: str = ""
    within: int | None = None
    ordered: bool = False
    explodes: bool = False
    focused: bool = False
    below: str = ""
    mixed: bool = False
    grouped: bool = field(default=False, compare=False)


def wrong(query: str, at: int, message: str, remedy: str) -> ScopusQueryError:
    """An error with its place."""
    line, column = place(query, at)
    told = _("Line {line}, column {column}: {message}")
    return ScopusQueryError(told.format(line=line, column=column, message=message), remedy=remedy)


@dataclass(frozen=True)
class Line:
    """A line of a query: its number, where it stands, and what it says."""

    number: int
    part: Part


def lines(query: str, name: str) -> list[Line]:
    """The lines of a query in a database's language; most queries have one.

    Raises
    ------
    ScopusQueryError
        If it cannot be read; with the place and a remedy.
    """
    dialect = BY_NAME[name]
    found: list[Line] = []
    stretches = _stretches(query, dialect)
    for number, start, end in stretches:
        counted = _COUNT.search(query, start, end) if len(stretches) > 1 else None
        part = _Reader(query, dialect, start, counted.start() if counted else end).run()
        found.append(Line(number, part))
    if not found:
        raise wrong(query, 0, _("The query holds no term, phrase or filter."),
                    _("Write what is to be found."))  # fmt: skip
    return found


def _stretches(query: str, dialect: Dialect) -> list[tuple[int, int, int]]:
    """Number, start and end of each line: numbered ones, or the text as a whole."""
    marks = list(_LINE.finditer(query))
    numbers = [int(mark[1]) for mark in marks]
    rising = all(a < b for a, b in itertools.pairwise(numbers))
    first = bool(marks) and not query[: marks[0].start()].strip()
    joins = first and re.match(r"(?:and|or|not|adj\d*)\b", query[marks[0].end() :], re.IGNORECASE)
    # `1 or 2` is no numbered line.
    if first and rising and not joins and (len(marks) > 1 or re.match(r"\s*#?1[.):\s]", query)):
        ends = [mark.start() for mark in marks[1:]] + [len(query)]
        return [(int(mark[1]), mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    rows = [row for row in re.finditer(r"[^\n]*\S[^\n]*", query)]
    if len(rows) > 1 and any(_REFERS.match(row.group()) for row in rows[1:]):
        return [(number, *row.span()) for number, row in enumerate(rows, start=1)]
    return [(1, 0, len(query))] if query.strip() else []


@dataclass
class _Open:
    """A group that is not closed yet."""

    start: int
    tag: str = ""
    items: list[Part] = field(default_factory=list)
    operators: list[Part] = field(default_factory=list)


class _Reader:
    """Reads one line."""

    def __init__(self, query: str, dialect: Dialect, start: int, end: int):
        self.query, self.dialect, self.at, self.end = query, dialect, start, end
        self.groups = [_Open(start)]
        self.tag = ""
        self.joined = True  # whether an operator stands before what comes next

    def fail(self, at: int, message: str, remedy: str) -> ScopusQueryError:
        return wrong(self.query, at, message, remedy)

    def run(self) -> Part:
        limited = _LIMITED.match(self.query, self.at, self.end)
        if limited and self.dialect is _OVID:
            number = limited["n"] or limited["d"]
            line = Part("line", number, Span(self.at, limited.end()))
            span = Span(limited.end() if limited["n"] else self.at, self.end)
            rest = Part("limit", " ".join(self.query[span.start : span.end].split()), span)
            return Part("AND", "", Span(self.at, self.end), (line, rest))
        while self.at < self.end:
            found = self.dialect.pattern.match(self.query, self.at, self.end)
            if found is None:
                raise self.unreadable()
            self.at = found.end()
            kinds = ("group", "operator", "word", "phrase", "prefix", "suffix", "reference",
                     "heading", "list")  # fmt: skip
            kind = next((kind for kind in kinds if found.groupdict().get(kind)), "")
            if kind:
                getattr(self, f"_{kind}")(found)
        if len(self.groups) > 1:
            raise self.fail(self.groups[-1].start, _("This `(` is never closed."),
                            _("Close it where its group ends, or delete it."))  # fmt: skip
        return self.closed(self.groups[0], self.end)

    def unreadable(self) -> ScopusQueryError:
        if self.query[self.at] in QUOTES:
            message = _("The phrase that begins here has no closing quotation mark.")
            return self.fail(self.at, message, _('Write `"` where the phrase ends.'))
        told = _("`{sign}` has no meaning here in {platform}.")
        label = self.dialect.platform.label
        return self.fail(self.at, told.format(sign=self.query[self.at], platform=label),
                         _("Delete it, or write what it stands for."))  # fmt: skip

    def add(self, part: Part) -> None:
        group = self.groups[-1]
        if self.tag:
            part, self.tag = replace(part, tag=self.tag), ""
        if len(group.operators) < len(group.items):
            beside = self.dialect.beside
            last = group.items[-1]
            if part.kind == last.kind == "words" and not last.grouped and self.query[
                last.span.end : part.span.start
            ].isspace():  # fmt: skip
                text = f"{last.text} {part.text}"
                span = Span(last.span.start, part.span.end)
                group.items[-1] = replace(last, text=text, span=span)
                return
            span = Span(part.span.start, part.span.start)
            group.operators.append(
                Part(beside, "", span, within=0, ordered=True) if beside == "ADJ" else
                Part(beside, "", span)
            )  # fmt: skip
        group.items.append(part)

    def _word(self, found: re.Match) -> None:
        if found["word"].casefold() in ("xor", "freq") or found["word"].startswith("/"):
            told = _("`{sign}` cannot be said in Scopus.").format(sign=found["word"])
            raise self.fail(found.start(), told, _("Write it with AND, OR and NOT."))
        self.add(Part("words", found["word"], Span(*found.span())))

    def _phrase(self, found: re.Match) -> None:
        text = " ".join(found["quoted"].split())
        if not text:
            message = _("There is nothing between `{opening}` and `{closing}`.")
            raise self.fail(found.start(), message.format(opening='"', closing='"'),
                            _("Write what is to be found, or delete it."))  # fmt: skip
        self.add(Part("phrase", text, Span(*found.span())))

    def _heading(self, found: re.Match) -> None:
        self.add(Part("heading", (found["named"] or found["term"]).strip(), Span(*found.span()),
                      explodes=bool(found["exp"]), focused=bool(found["focus"]),
                      below=found["sub"] or "", tag="hw"))  # fmt: skip

    def _reference(self, found: re.Match) -> None:
        group, after = self.groups[-1], self.query[self.at : self.end].lstrip()
        near = bool(group.operators) and group.operators[-1].kind == "ADJ"
        stands = len(group.operators) == len(group.items) and not near
        if self.dialect is _OVID and not (stands and _ALONE.match(after)):  # type 2 diabetes
            self.add(Part("words", found["reference"], Span(*found.span())))
            return
        self.add(Part("line", found["reference"].strip("#"), Span(*found.span())))

    def _list(self, found: re.Match) -> None:
        numbers: list[str] = []
        for piece in re.split(r"\s*,\s*", found["lines"]):
            first, _dash, last = (side.strip() for side in piece.partition("-"))
            numbers += map(str, range(int(first), int(last or first) + 1))
        span = Span(*found.span())
        parts = tuple(Part("line", number, span) for number in numbers)
        one = len(parts) == 1
        self.add(parts[0] if one else Part(found["joins"].upper(), "", span, parts, grouped=True))

    def _prefix(self, found: re.Match) -> None:
        self.tag = re.sub(r"\s+(?=[=:])|=(?==)", "", found["prefix"]).upper()

    def _suffix(self, found: re.Match) -> None:
        items = self.groups[-1].items
        if not items or items[-1].tag:
            message = _("The field `{tag}` has nothing before it.")
            raise self.fail(found.start(), message.format(tag=found.group().strip()),
                            _("Write it behind what is searched in it."))  # fmt: skip
        tag = re.sub(r"\s*([,:/])\s*", r"\1", " ".join(found["tag"].split())).lower()
        within = items[-1].within
        if self.dialect is _PUBMED:
            tag, tilde, distance = tag.partition(":~")
            within = int(distance) if tilde and distance.isdecimal() else None
            tag = f"[{_LONG.get(tag, tag)}]"
        items[-1] = replace(items[-1], tag=tag, within=within,
                            span=Span(items[-1].span.start, found.end()))  # fmt: skip

    def _operator(self, found: re.Match) -> None:
        group = self.groups[-1]
        sign = found["operator"].upper()
        if (
            sign == "NOT"
            and group.operators
            and len(group.operators) == len(group.items)
            and (group.operators[-1].kind == "AND")
        ):  # AND NOT, as some write it
            group.operators.pop()
        elif len(group.operators) >= len(group.items):
            told = _("Before `{operator}`, expected a term, a phrase, a field or a group.")
            raise self.fail(found.start(), told.format(operator=found["operator"]),
                            _("Write what is missing, or delete the operator."))  # fmt: skip
        kind = re.match(r"[A-Z]+|:", sign).group()  # type: ignore[union-attr]
        within = found.groupdict().get("within")
        distance, ordered = int(within) if within else None, False
        if kind == "ADJ":
            ordered = distance is None
            distance = max(0, (distance or 1) - self.dialect.platform.counts)
        group.operators.append(
            Part(kind, found["operator"], Span(*found.span()), within=distance, ordered=ordered)
        )

    def _group(self, found: re.Match) -> None:
        if found["group"] == "(":
            if len(self.groups) > MAX_DEPTH:
                raise self.fail(found.start(), _("The groups are nested too deep."),
                                _("Split it, and run the parts one by one."))  # fmt: skip
            self.groups.append(_Open(found.start(), self.tag))
            self.tag = ""
            return
        if len(self.groups) == 1:
            raise self.fail(
                found.start(),
                _("This `)` closes nothing: every parenthesis before it has its partner."),
                _("Open it where its group begins, or delete it."),
            )
        group = self.groups.pop()
        part = replace(self.closed(group, found.end()), grouped=True)
        self.tag = group.tag
        self.add(replace(part, span=Span(group.start, found.end())) if not part.tag else
                 Part("OR", "", Span(group.start, found.end()), (part,), grouped=True)
                 if group.tag else part)  # fmt: skip

    def closed(self, group: _Open, end: int) -> Part:
        """A group's operands, joined in the database's order."""
        if self.tag or not group.items or len(group.operators) >= len(group.items):
            at = group.operators[-1].span.start if group.operators else group.start
            message = _("After this, expected a term, a phrase, a field or a group.")
            raise self.fail(at, message, _("Write what is missing, or delete it."))
        items, operators = group.items, group.operators
        kinds_met = {one.kind for one in operators}
        mixed = "OR" in kinds_met and bool(kinds_met & {"AND", "NOT"})
        order = self.dialect.order
        for kinds in (frozenset({":"}), *order):
            items, operators = _joined(items, operators, kinds)
        [part] = items
        return replace(part, mixed=mixed) if mixed else part


def _joined(
    items: list[Part], operators: list[Part], kinds: frozenset[str]
) -> tuple[list[Part], list[Part]]:
    """Join, from left to right, the operands between which an operator of these kinds stands."""
    done, left = [items[0]], []
    for operator, item in zip(operators, items[1:], strict=True):
        if operator.kind not in kinds:
            left.append(operator)
            done.append(item)
            continue
        before = done[-1]
        kind = "NEAR" if operator.kind == "ADJ" else operator.kind
        same = (
            before.kind == kind and before.parts and not before.grouped and not before.tag
            and (before.within, before.ordered) == (operator.within, operator.ordered)
        )  # fmt: skip
        parts = (*before.parts, item) if same else (before, item)
        tag = ""
        if operator.kind == "ADJ" and item.tag and item.kind != "heading" and not before.tag:
            tag, parts = item.tag, (*parts[:-1], replace(item, tag=""))  # a tag behind a chain
        done[-1] = Part(kind, "", Span(before.span.start, item.span.end), parts, tag,
                        operator.within, operator.ordered)  # fmt: skip
    return done, left
