"""A query of Web of Science, PubMed or Ovid as a tree; what Scopus asks otherwise is listed.

As in the other direction, too much is found rather than records lost, but nothing is taken away
by AND NOT that the query does not take away: a part may come out *wider* or *narrower* than
written, and what AND NOT takes away must not be wider.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from scopus_query import columns, dialects, fields, values
from scopus_query.dialects import Dialect, Part
from scopus_query.language import N_, _
from scopus_query.losses import Loss, grouped
from scopus_query.tree import (
    QUOTES,
    And,
    AndNot,
    Compare,
    Field,
    Near,
    Node,
    Or,
    Phrase,
    Span,
    Term,
    Value,
    is_filter,
    is_word,
    walk,
)

MOST_FORMS = 12
FARTHEST = 255
_GENERAL = {"TITLE", "ABS", "AUTHKEY", "INDEXTERMS", "KEY", "TITLE-ABS", "TITLE-ABS-KEY",
            "TITLE-ABS-KEY-AUTH"}  # fmt: skip
_NUMBERS = {"DOI", "PMID", "ORCID", "ISSN", "EISSN", "ISBN", "VOLUME", "ISSUE", "PAGEFIRST",
            "CASREGNUMBER", "FUND-NO"}  # fmt: skip
_AUTHORS = {"AUTH", "FIRSTAUTH", "EDITOR"}
FOUND_TOO = N_("the plural and other spellings are found in Scopus, too")
_FORMS = N_("Web of Science finds more forms of a word than Scopus: cites, citing, cited")
_EXPLODED = N_("the narrower headings are not asked for: Scopus does not explode a heading")
_HEADINGS = N_("a heading is asked for as a phrase in index terms, so that longer ones that hold "
               "it are found, too")  # fmt: skip
_MAPPED = N_("words without a tag are mapped to MeSH and more by PubMed, and only searched here")
_ALL = N_("all fields are asked for as title, abstract, keywords and authors: Scopus's ALL has the "
          "references, too")  # fmt: skip
_MP = N_("`.mp.` has names of substances and more, besides title, abstract and keywords")
_OPTIONAL = N_("one sign or none is asked for as two words")
_LOWEST = {"humans"}
"""Headings of MeSH that many searches name, and that have no narrower ones."""

_YEAR = re.compile(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?")


@dataclass(frozen=True)
class Reading:
    """A query of another database, as a tree.

    Attributes
    ----------
    platform, label : str
    tree : Node or None
        None if nothing of the query can be asked in Scopus, or nothing but its filters.
    losses : tuple of Loss
        One for each reason.
    """

    platform: str
    label: str
    tree: Node | None
    losses: tuple[Loss, ...] = ()

    def as_data(self) -> dict:
        """Plain values, for JSON."""
        from scopus_query.unparse import unparse

        text = unparse(self.tree) if self.tree else ""
        losses = [loss.as_data() for loss in self.losses]
        return {"from": self.platform, "platform": "scopus", "text": text, "losses": losses}


class Read(NamedTuple):
    """What came of a part: a node, the fields it is searched in, what it finds otherwise.

    Attributes
    ----------
    node : Node
    codes : tuple of str
        Fields that are not yet written around it; none if it is a query by itself.
    wider, narrower : bool
    """

    node: Node
    codes: tuple[str, ...] = ()
    wider: bool = False
    narrower: bool = False

    @property
    def tree(self) -> Node:
        """The node with its fields."""
        parts = tuple(Field(code, self.node, span=self.node.span) for code in self.codes)
        if len(parts) < 2:
            return parts[0] if parts else self.node
        return Or(parts, span=self.node.span)


def read(text: str, platform: str) -> Reading:
    """Read a query of another database.

    Parameters
    ----------
    text : str
        The query, or the numbered lines of its history, of which the last is the search.
    platform : {"wos", "pubmed", "ovid"}

    Raises
    ------
    ScopusQueryError
        If it cannot be read; with the place and a remedy.
    """
    reader = _Reader(text, dialects.BY_NAME[platform])
    lines = dialects.lines(text, platform)
    for line in lines:
        reader.current = line.number
        reader.lines[str(line.number)] = reader.part(line.part, "")
        reader.spans[str(line.number)] = line.part.span
    found = reader.lines[str(lines[-1].number)]
    reader.used.add(str(lines[-1].number))
    for number, span in reader.spans.items():
        if number not in reader.used:
            reader.lose(number, _("left out: no later line uses this one"), span)
    tree = found.tree if found else None
    if tree is not None and is_filter(tree) and any(loss.changes for loss in reader.losses):
        reader.lose(text[:60], _("left out: nothing but filters would be left"), tree.span)
        tree = None
    label = dialects.BY_NAME[platform].platform.label
    return Reading(platform, label, tree, grouped(reader.losses, (FOUND_TOO, _FORMS, _HEADINGS)))


@dataclass
class _Reader:
    query: str
    dialect: Dialect
    losses: list[Loss] = field(default_factory=list)
    lines: dict[str, Read | None] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    current: int = 1

    @property
    def name(self) -> str:
        return self.dialect.platform.name

    def lose(self, text: str, reason: str, span: Span, changes: bool = False) -> None:
        self.losses.append(Loss(text, reason, span, changes))

    def text(self, part: Part) -> str:
        return " ".join(self.query[part.span.start : part.span.end].split())

    def out(self, part: Part, reason: str) -> None:
        """Leave a part out."""
        self.lose(self.text(part), reason, part.span, True)

    # -- what operators join

    def part(self, part: Part, tag: str) -> Read | None:
        tag = part.tag or tag
        if part.mixed and self.name == "ovid":
            told = _("read in the order ADJ, AND, NOT, OR, which Ovid's own help does not tell")
            self.lose(self.text(part)[:60], told, part.span)
        if part.parts and part.kind in ("AND", "OR", "SAME", "NOT", "NEAR"):
            if part.tag and self.name == "pubmed":
                told = _("a tag behind parentheses is read as that of each word in them")
                self.lose(self.text(part)[:60], told, part.span)
            joined = {"NOT": self.without, "NEAR": self.near}.get(part.kind)
            return joined(part, tag) if joined else self.several(part, tag)
        if part.kind == ":":
            return self.years(self.text(part), part)
        if part.kind == "line":
            return self.line(part)
        if part.kind == "limit":
            return self.limit(part)
        return self.leaf(part, tag)

    def several(self, part: Part, tag: str) -> Read | None:
        found = [self.part(each, tag) for each in part.parts]
        kept = [each for each in found if each]
        lost = len(kept) < len(found)
        if part.kind == "OR":
            return self.joined(Or, kept, part, narrower=lost)
        words = any(not one and not _limits(each)
                    for one, each in zip(found, part.parts, strict=True))  # fmt: skip
        if words and kept and all(is_filter(each.tree) for each in kept):
            self.out(part, _("left out: nothing but filters would be left"))
            return None
        entry = part.kind == "SAME"
        return self.joined(And, kept, part, wider=lost, entry=entry)

    def joined(
        self, kind: type, kept: list[Read], part: Part, *, wider: bool = False,
        narrower: bool = False, entry: bool = False,
    ) -> Read | None:  # fmt: skip
        """Parts under one operator, with one field around them if they share it."""
        if not kept:
            return None
        wider |= any(each.wider for each in kept)
        narrower |= any(each.narrower for each in kept)
        codes = kept[0].codes if len({each.codes for each in kept}) == 1 else ()
        if kind is And and not entry and not (len(codes) == 1 and codes[0] in _GENERAL):
            codes = ()  # words joined by AND may stand in different fields and entries
        if kind is Or and not codes:  # what is searched in the same fields stands together
            alike: dict[tuple[str, ...], list[Read]] = {}
            for each in kept:
                alike.setdefault(each.codes, []).append(each)
            if len(alike) > 1:
                groups = (self.joined(Or, some, part) for some in alike.values())
                kept = [group for group in groups if group]
        nodes = [each.node if codes else each.tree for each in kept]
        if len(nodes) == 1:
            return Read(nodes[0], codes, wider, narrower)
        flat = [one for node in nodes for one in (node.children if type(node) is kind else (node,))]
        return Read(kind(tuple(flat), span=part.span), codes, wider, narrower)

    def without(self, part: Part, tag: str) -> Read | None:
        wanted = self.part(part.parts[0], tag)
        unwanted = [one for each in part.parts[1:] for one in _alternatives(each, tag)]
        if wanted is None:
            self.out(part, _("left out: nothing is left from which it could be taken"))
            return None
        kept, wider = [], wanted.wider
        for each, own in unwanted:
            found = self.part(each, own)
            if found and found.wider:
                self.out(each, _("left out: AND NOT would take away more than asked"))
            elif found:
                kept.append(found)
                wider |= found.narrower
            wider |= not found or found.wider
        if is_filter(wanted.tree) and not kept and unwanted:
            self.out(part, _("left out: nothing but filters would be left"))
            return None
        if not kept:
            return wanted._replace(wider=True)
        out = self.joined(Or, kept, part)
        assert out is not None
        shared = wanted.codes == out.codes and len(out.codes) == 1 and out.codes[0] in _GENERAL
        codes = wanted.codes if shared else ()
        first, second = (each.node if shared else each.tree for each in (wanted, out))
        node = AndNot(first, (second,), span=part.span)
        return Read(node, codes, wider, wanted.narrower)

    def near(self, part: Part, tag: str) -> Read | None:
        tags = {one for each in part.parts for one in _tags(each)}
        if len(tags) > 1:
            message = _("Words of different fields cannot be near one another: {text}")
            raise dialects.wrong(
                self.query,
                part.span.start,
                message.format(text=self.text(part)),
                _("Write the field once, around the words that are near."),
            )
        tag = tags.pop() if tags else tag
        found = [each for each in (self.part(one, tag) for one in part.parts) if each]
        if len(found) < len(part.parts):
            return self.joined(And, found, part, wider=True)
        within = part.within
        if within is None:
            within = 15
            self.lose(self.text(part), _("NEAR without a number is NEAR/15"), part.span)
        codes = found[0].codes
        held = (And, AndNot, Field, Compare)
        mixed = any(isinstance(node, held) for each in found for node, _around in walk(each.node))
        if mixed or not codes or any(each.codes != codes for each in found) or within > FARTHEST:
            self.lose(
                self.text(part), _("asked as AND: there is no such nearness"), part.span, True
            )
            return self.joined(And, found, part, wider=True)
        node = Near(tuple(each.node for each in found), within, part.ordered, span=part.span)
        wider, narrower = (any(each[at] for each in found) for at in (2, 3))
        return Read(node, codes, wider, narrower)

    def line(self, part: Part) -> Read | None:
        if part.text not in self.lines:
            message = _("Line {number} refers to line {other}, which is not there.").format(
                number=self.current, other=part.text
            )
            remedy = _("Give all lines of the history.")
            raise dialects.wrong(self.query, part.span.start, message, remedy)
        self.used.add(part.text)
        return self.lines[part.text]

    def limit(self, part: Part) -> Read | None:
        """What a line `limit 3 to …` keeps."""
        kept = []
        text = part.text.strip("() ")
        for piece in re.split(r"\s+and\s+", text, flags=re.IGNORECASE):
            year = re.fullmatch(
                r"yr\s*=\s*\"?\s*([^\"]+?)\s*\"?", piece.strip("() "), re.IGNORECASE
            )
            language = re.sub(r"\s+language$", "", piece.strip("() ").casefold())
            known = values.languages().get(language)
            found = self.years(year[1], part) if year else None
            if known:
                found = Read(Field("LANGUAGE", Term(known.name.title()), span=part.span))
            if found:
                kept.append(found)
            elif not year:
                told = _("left out: Scopus has no such limit")
                self.lose(piece.strip("() "), told, part.span, True)
        return self.joined(And, kept, part, wider=True)

    # -- what is searched

    def leaf(self, part: Part, tag: str) -> Read | None:
        bare = not tag
        codes = dialects.codes(self.dialect, tag or self.dialect.default)
        if codes is None:
            shown = tag.strip("[].=:")
            self.out(part, _("left out: no field of Scopus is known for {name}").format(name=shown))
            return None
        code = codes[0]
        if code == "PUBYEAR":
            return self.years(part.text, part)
        if code in ("LANGUAGE", "DOCTYPE", "OA"):
            return self.value(part, code)
        if code in _AUTHORS and len(codes) == 1:
            return self.author(part, codes)
        if code in _NUMBERS or (code == "EXACTSRCTITLE" and re.fullmatch(r"\d{4}-?\d{3}[\dXx]",
                                                                      part.text)):  # fmt: skip
            return self.number(part, code)
        if part.kind == "heading" or tag in ("[mh]", "[mh:noexp]", "[majr]", "[majr:noexp]", "sh"):
            return self.heading(part, tag)
        self.told(part, bare, codes, tag)
        return self.words(part, codes)

    def told(self, part: Part, bare: bool, codes: tuple[str, ...], tag: str) -> None:
        """What the field as such finds otherwise."""
        text, span = part.text, part.span
        if self.name == "pubmed" and bare and part.kind == "words":
            self.lose(text, _(_MAPPED), span)
        if bare and self.name == "wos":
            self.lose(text, _("no field is written: Web of Science searches all fields"), span)
        if "TITLE-ABS-KEY-AUTH" in codes:
            self.lose(text, _(_ALL), span)
        if self.name == "ovid" and (bare or "mp" in tag):
            self.lose(".mp.", _(_MP), span)
        for code in codes:
            if self.name != "ovid" and (
                code in ("TITLE-ABS-KEY", "EXACTSRCTITLE", "INDEXTERMS")
                or (self.name == "wos" and code == "AFFIL")
            ):
                known = {"EXACTSRCTITLE": _("a whole title is asked for, by its full name")}
                note = self.dialect.platform.notes.get(code)
                if told := known.get(code) or (note and _(note)):
                    self.lose(code, told, span)
        if not _GENERAL & set(codes):
            return
        if part.kind == "phrase" or self.name != "wos":
            self.lose(text, _(FOUND_TOO), span)
        elif not re.search(r"[*?$]", text):
            self.lose(text, _(_FORMS), span)

    def words(self, part: Part, codes: tuple[str, ...]) -> Read | None:
        """Words or a phrase; in most fields of two databases, words side by side mean AND."""
        apart = part.kind == "words" and " " in part.text and self.dialect.beside == "AND"
        if part.within is not None and part.kind == "phrase":
            return self.within(part, codes)
        if self.name == "pubmed" and apart and part.tag:
            self.lose(part.text, _("asked as a phrase: PubMed does so if it knows the phrase, and "
                                   "joins the words by AND if not"), part.span)  # fmt: skip
            apart = False
        if not apart or set(codes) & self.dialect.whole:
            return self.asked(part.text, part, codes)
        found = [self.asked(word, part, codes) for word in part.text.split()]
        kept = [each for each in found if each]
        entry = codes[0] in columns.TOGETHER or codes[0] in ("AFFILORG", "AFFILCITY")
        return self.joined(And, kept, part, entry=entry, wider=any(e.wider for e in kept))

    def within(self, part: Part, codes: tuple[str, ...]) -> Read | None:
        """`"a b"[tiab:~3]`."""
        one = replace(part, kind="words")
        found = [self.asked(word, one, codes) for word in part.text.split()]
        kept = tuple(each.node for each in found if each)
        if len(kept) < 2:
            return found[0]
        if len(kept) > 2:
            self.lose(self.text(part), _("asked pair by pair: more than two words that are near "
                                         "one another"), part.span)  # fmt: skip
        if (part.within or 0) > FARTHEST:
            self.lose(
                self.text(part), _("asked as AND: there is no such nearness"), part.span, True
            )
            return self.joined(And, [each for each in found if each], part, wider=True)
        return Read(Near(kept, part.within or 0, span=part.span), codes)

    def asked(self, text: str, part: Part, codes: tuple[str, ...]) -> Read | None:
        """A word or a phrase, with wildcards as Scopus has them."""
        ways, wider = self.forms(text, part)
        nodes = [node for way in ways if (node := _node(way, part))]
        if not nodes:
            self.out(part, _("left out: there is no sign that Scopus searches"))
            return None
        node = nodes[0] if len(nodes) == 1 else Or(tuple(dict.fromkeys(nodes)), span=part.span)
        return Read(node, codes, wider)

    def forms(self, text: str, part: Part) -> tuple[list[str], bool]:
        """A text in Scopus's wildcards: one text, or several where a sign may be there or not."""
        wider = False
        optional = {"wos": r"\$", "ovid": r"\?", "pubmed": r"(?!)"}[self.name]
        if self.name == "ovid":
            limited = re.compile(r"(?<=\w)[$*:](\d+)(?!\w)")
            if limited.search(text):
                wider = True
                told = _("asked for more widely: {name}").format(name=limited.sub("*", text))
                self.lose(text, told, part.span, True)
                text = limited.sub("*", text)
            text = re.sub(r"(?<=\w)[$:](?!\w)", "*", text)
        if self.name == "pubmed":
            text = re.sub(r"[?$#]", " ", text)
        pieces = re.split(optional, text)
        if self.name == "ovid":
            pieces = [piece.replace("#", "?") for piece in pieces]
        if len(pieces) == 1:
            return pieces, wider
        if 2 ** (len(pieces) - 1) > MOST_FORMS:
            self.lose(text, _("asked for more widely: {name}").format(name="*".join(pieces)),
                      part.span, True)  # fmt: skip
            return ["*".join(pieces)], True
        self.lose(text, _(_OPTIONAL), part.span)
        choices = itertools.product(("", "?"), repeat=len(pieces) - 1)
        ways = ("".join(map("".join, itertools.zip_longest(pieces, signs, fillvalue="")))
                for signs in choices)  # fmt: skip
        return list(ways), wider

    def heading(self, part: Part, tag: str) -> Read | None:
        text, slash, _below = part.text.partition("/")
        plain = re.sub(r"[*$]", "*", text.strip())
        node = _node(f"{plain} ", part, phrase=True)
        if node is None:
            return None
        shown = self.text(part)
        self.lose(plain, _(_HEADINGS), part.span)
        exploded = part.explodes or (tag in ("[mh]", "[majr]") and not plain.endswith("*"))
        narrower = exploded and plain.casefold() not in _LOWEST
        if narrower:
            self.lose(plain, _(_EXPLODED), part.span)
        focused = part.focused or tag.startswith("[majr")
        if focused:
            self.lose(shown, _("asked for in every place: Scopus does not tell main headings"),
                      part.span, True)  # fmt: skip
        if part.below or slash:
            self.lose(shown, _("asked for without its subheading"), part.span, True)
        wider = focused or bool(part.below or slash)
        return Read(node, ("INDEXTERMS",), wider, narrower)

    def value(self, part: Part, code: str) -> Read | None:
        """A language, a document type, open access."""
        text = " ".join(part.text.split()).casefold()
        if code == "LANGUAGE":
            known = values.languages().get(text)
            name = (known.name if known else text).title()
            node = _node(name, part)
            return Read(node, ("LANGUAGE",)) if node else None
        there = self.dialect.platform.values.get(code, {})
        named = {word.strip('" ').casefold(): own for own, names in there.items()
                 for word in names.strip("()").split(" OR ")}  # fmt: skip
        own = named.get(text) or fields.VALUES.get(code, {}).get(text)
        if own:
            if code == "DOCTYPE":
                self.lose(part.text, _(self.dialect.platform.notes[code]), part.span)
            return Read(Term(own, span=part.span), (code,))
        if code == "DOCTYPE" and self.name != "wos":
            told = _("a publication type that Scopus has not is asked for as an index term")
            self.lose(part.text, told, part.span, True)
            node = _node(part.text, part, phrase=True)
            return Read(node, ("INDEXTERMS",), True, True) if node else None
        self.out(part, _("left out: no such value of {code} there").format(code=code))
        return None

    def author(self, part: Part, codes: tuple[str, ...]) -> Read | None:
        """A name, with initials or without: `smith j` is `smith, j`."""
        last, comma, first = part.text.partition(",")
        if not comma:
            words = re.sub(r"[*$]", " ", part.text).split()
            initials = len(words) > 1 and len(words[-1]) < 4 and (
                len(words[-1]) < 3 or words[-1].isupper()
            )  # fmt: skip
            last, first = (" ".join(words[:-1]), words[-1]) if initials else (" ".join(words), "")
            if not initials and re.search(r"\w[*$]", part.text):
                last = re.sub(r"[*$]+", "*", part.text).strip()
        first = re.sub(r"[*$.]", "", first).strip()
        if first and re.fullmatch(r"[\w' ’-]+", f"{last} {first}"):
            return Read(Value(f"{last.strip()}, {first}", span=part.span), codes)
        node = _node(last.strip(), part)
        return Read(node, codes) if node else None

    def number(self, part: Part, code: str) -> Read | None:
        digits = re.sub(r"\D", "", part.text)
        if code in ("ISSN", "EXACTSRCTITLE"):
            code = "ISBN" if len(digits) > 8 else "ISSN"
        text = re.sub(r"\s*\[(?:doi|pii)\]$", "", part.text)
        node = _node(text.replace("$", "*"), part)
        return Read(node, (code,)) if node else None

    def years(self, text: str, part: Part) -> Read | None:
        """A year, a span of years or of days."""
        text = re.sub(r"\[[^\]]*\]|[\"“”()]", " ", text).strip(" .")
        plain = re.sub(r"current", "9999", text, flags=re.IGNORECASE)
        plain = re.sub(r"(\d)\s+[-:]?\s*(?=\d{4})|(\d{4})-(?=\d{4})", r"\1\2:", plain).strip()
        sides = [side.strip() for side in re.split(r"\s*:\s*|\s+to\s+", plain) if side.strip()]
        found = [_YEAR.fullmatch(side) for side in sides]
        if not found or len(found) > 2 or not all(found):
            self.out(part, _("left out: not a year or a span of years that is known"))
            return None
        first, last = (int(found[at][1]) for at in (0, -1))  # type: ignore[index]
        whole = [(match[2], match[3]) for match in found if match]
        begin, end = whole[0], whole[-1]
        wider = (begin[0] is not None and (int(begin[0]), int(begin[1] or 1)) != (1, 1)) or (
            end[0] is not None and (int(end[0]), int(end[1] or 31)) != (12, 31) and last < 2999
        )  # fmt: skip
        if wider:
            self.lose(text.strip(), _("days and months are not asked for, only years"), part.span,
                      True)  # fmt: skip
        earliest, latest = self.dialect.platform.ends
        bounds = []
        if first == last:
            bounds.append(Compare("PUBYEAR", "=", first, span=part.span))
        elif first < last:
            if first > earliest:
                bounds.append(Compare("PUBYEAR", ">", first - 1, span=part.span))
            if last < min(latest, 2999):
                bounds.append(Compare("PUBYEAR", "<", last + 1, span=part.span))
        if not bounds:
            self.out(part, _("left out: no year is within these bounds"))
            return None
        node = bounds[0] if len(bounds) == 1 else And(tuple(bounds), span=part.span)
        return Read(node, (), wider)


def _alternatives(part: Part, tag: str) -> Iterable[tuple[Part, str]]:
    """What OR joins, each with the field around it."""
    if part.kind == "OR":
        for each in part.parts:
            yield from _alternatives(each, part.tag or tag)
    else:
        yield part, tag


def _limits(part: Part) -> bool:
    """Whether a part is a filter that Scopus has not."""
    return part.kind == "limit" or part.tag in ("[sb]", "[text]", "INDEXES=")


def _tags(part: Part) -> set[str]:
    if part.tag:
        return {part.tag}
    return {tag for each in part.parts for tag in _tags(each)}


def _node(text: str, part: Part, *, phrase: bool = False) -> Node | None:
    """A word, or else a phrase; None if there is nothing that is searched."""
    plain = " ".join(re.sub(rf"[{QUOTES}\\]", " ", text).split())
    if not any(sign.isalnum() for sign in plain):
        return None
    if part.kind == "words":
        plain = plain.strip(" ,;.:'‘’")
    quoted = phrase or part.kind == "phrase" or not is_word(plain)
    return Phrase(plain, span=part.span) if quoted else Term(plain, span=part.span)
