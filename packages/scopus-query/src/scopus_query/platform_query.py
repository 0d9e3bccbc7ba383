"""A tree as an object of the package search-query, in the fields of one of its platforms.

What the platform cannot express is noted as a loss, with its place in the query.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeGuard

from search_query.constants import Operators
from search_query.query import Query, SearchField

from scopus_query import fields, normal
from scopus_query.columns import value, where
from scopus_query.language import _
from scopus_query.losses import VARIANTS, Loss
from scopus_query.meaning import initials, meant
from scopus_query.platforms import Platform, written
from scopus_query.tree import (
    And,
    AndNot,
    Compare,
    Exact,
    Field,
    Limit,
    Near,
    Node,
    Or,
    Phrase,
    Term,
    Together,
    text_of,
    walk,
)
from scopus_query.unparse import unparse
from scopus_query.variants import IRREGULAR, form, spellings
from scopus_query.words import STOP_WORDS

_GENERAL = {"ALL", "TITLE", "ABS", "KEY", "AUTHKEY", "INDEXTERMS", "TITLE-ABS", "TITLE-ABS-KEY",
            "TITLE-ABS-KEY-AUTH"}  # fmt: skip


_AUTHORS = {"AUTH", "AUTHOR-NAME", "AUTHLASTNAME", "FIRSTAUTH", "EDITOR"}
MOST_FORMS = 12
MOST_YEARS = 60
_OPERATORS = re.compile(r"and|or|not|near|next|same|to|limit|freq|adj\d*|[nw]\d+", re.IGNORECASE)


class Built(NamedTuple):
    """What is written of a tree.

    Attributes
    ----------
    query : Query or None
        The object of search-query.
    losses : list of Loss
    years : tuple of (int, int) or None
        A span that a line of its own limits the query to.
    """

    query: Query | None
    losses: list[Loss]
    years: tuple[int, int] | None = None


def build(tree: Node, platform: Platform) -> Built:
    """The object of search-query for a tree, and what is lost."""
    whole = simple(meant(tree))
    builder = _Builder(platform, whole)
    query = builder.node(whole, "ALL")
    if query is not None and platform.lifts:
        _lift(query)
    losses = list(dict.fromkeys([*passed_over(tree), *builder.losses]))
    return Built(query, losses, builder.limited)


def passed_over(tree: Node) -> list[Loss]:
    """Words that Scopus does not search, so that no other database is asked for them."""
    kept = {node for node, _around in walk(meant(tree)) if isinstance(node, Term)}
    reason = _("left out: a stop word, which Scopus passes over")
    return [
        Loss(node.text, reason, node.span)
        for node, around in walk(tree)
        if isinstance(node, Term) and node not in kept
        and next((a.code for a in reversed(around) if isinstance(a, Field)), "ALL") in _GENERAL
        and all(word in STOP_WORDS for word in normal.asked(node.text))
    ]  # fmt: skip


def simple(node: Node) -> Node:
    """The same query with fewer parts: one list of values, one field around what shares it."""
    if isinstance(node, Field):
        part = simple(node.part)
        return part if isinstance(part, Field) else Field(node.code, part, span=node.span)
    if isinstance(node, AndNot):
        kept = [part for part in node.unwanted if isinstance(part, Limit) and part.exclude]
        unwanted = tuple(simple(part) for part in node.unwanted if part not in kept)
        wanted = simple(node.wanted)
        if kept:  # what is not left out is asked for
            asked = [Limit(part.code, part.values, span=part.span) for part in kept]
            wanted = And((wanted, *asked), span=node.span)
        return _one_field(AndNot(wanted, unwanted, span=node.span)) if unwanted else wanted
    if not isinstance(node, Or | And):
        return node
    kind = type(node)
    parts = [simple(part) for part in node.parts]
    parts = [one for part in parts for one in (part.parts if type(part) is kind else (part,))]
    if kind is Or:
        parts = _listed(parts)
    return _one_field(kind(tuple(parts), span=node.span)) if len(parts) > 1 else parts[0]


def _listed(parts: list[Node]) -> list[Node]:
    """Values of one filter, and years, that are joined by OR as one filter."""
    found: dict[object, Node] = {}
    for part in parts:
        key: object = part
        if isinstance(part, Compare) and part.sign == "=" and part.code == "PUBYEAR":
            part = Limit(part.code, (str(part.value),), span=part.span)
        if isinstance(part, Limit) and not part.exclude:
            key = part.code
            before = found.get(key)
            values = (*before.values, *part.values) if isinstance(before, Limit) else part.values
            span = before.span if before else part.span
            part = Limit(part.code, tuple(dict.fromkeys(values)), span=span)
        found[key] = part
    return list(found.values())


def _one_field(node: Or | And | AndNot) -> Node:
    held = [part for part in node.children if isinstance(part, Field)]
    codes = {part.code for part in held}
    if len(held) < len(node.children) or len(codes) > 1:
        return node
    code = codes.pop()
    first, *others = (part.part for part in held)
    if isinstance(node, AndNot):
        return Field(code, AndNot(first, tuple(others), span=node.span), span=node.span)
    return Field(code, type(node)((first, *others), span=node.span), span=node.span)


def alternatives(node: Node, code: str) -> list[tuple[Node, str]]:
    """What OR joins at the top, each with the field around it."""
    if isinstance(node, Field):
        return alternatives(node.part, node.code)
    if isinstance(node, Or):
        return [found for part in node.parts for found in alternatives(part, code)]
    return [(node, code)]


def only_filters(node: Node) -> bool:
    """Whether a part asks for no word, name or number of a publication."""
    if isinstance(node, Compare | Limit):
        return True
    if isinstance(node, Field):
        return fields.is_filter(node.code)
    return bool(node.children) and all(only_filters(part) for part in node.children)


def _leaves_filters(node: AndNot) -> bool:
    return only_filters(node.wanted) and not all(map(only_filters, node.unwanted))


def spelled(word: str) -> list[str]:
    """Words that a wildcard inside a word stands for, among the spellings that are known."""
    if word.endswith("*"):
        return []
    pattern = re.compile(re.escape(word).replace(r"\*", ".*").replace(r"\?", "."))
    known = {one for pair in (*spellings().items(), *IRREGULAR.items())
             for one in pair if pattern.fullmatch(one)}  # fmt: skip
    if re.fullmatch(r"[^*?]{3,}\?[^*?]{2,}", word):
        known |= {found for sign in "sz" if form(found := word.replace("?", sign))
                  == form(word.replace("?", "z")) != form(word.replace("?", "x"))
                  and form(word.replace("?", "s")) == form(word.replace("?", "z"))}  # fmt: skip
    return sorted(known) if 1 < len(known) <= 6 else []


@dataclass
class _Builder:
    platform: Platform
    whole: Node
    losses: list[Loss] = field(default_factory=list)
    limited: tuple[int, int] | None = None

    def lose(self, node: Node, reason: str, changes: bool = True) -> None:
        self.losses.append(Loss(unparse(node), reason, node.span, changes))

    def note(self, code: str, node: Node) -> None:
        note = Loss(code, _(self.platform.notes[code]), node.span)
        if all((loss.text, loss.reason) != (code, note.reason) for loss in self.losses):
            self.losses.append(note)

    def node(self, node: Node, code: str) -> Query | None:
        if isinstance(node, Field):
            return self.node(node.part, node.code)
        if isinstance(node, And):
            return self.all_of(node, code)
        if isinstance(node, AndNot):
            return self.without(self.node(node.wanted, code), node.unwanted, code, node)
        if isinstance(node, Or):
            return self.any_of(node, code)
        if isinstance(node, Compare):
            return self.years([node])
        if isinstance(node, Limit):
            return self.limit(node)
        return self.words([node], code)

    def all_of(self, node: And, code: str) -> Query | None:
        """Years become one span; what is excluded is taken from the rest."""
        years = [p for p in node.parts if isinstance(p, Compare) and p.code == "PUBYEAR"]
        listed = [p for p in node.parts if _is_span(p)]
        out = [p for p in node.parts if isinstance(p, Limit) and p.exclude]
        rest = [p for p in node.parts if p not in (*years, *listed, *out)]
        years += [year for part in listed for [span] in [_spans(part)] for year in span]
        built = [(part, self.node(part, code)) for part in rest]
        kept = [query for _part, query in built if query]
        words = [query for part, query in built if not only_filters(part)]
        if words and not any(words) and (kept or years or out):
            self.lose(node, _("left out: nothing but filters would be left"))
            return None
        if years and kept and self.platform.limit and self.is_top(node):
            self.limited = self.span(years)
        elif years:
            kept += [span for span in [self.years(years)] if span]
        query = _joined(Operators.AND, kept)
        return self.without(query, out, code, node) if out else query

    def is_top(self, node: Node) -> bool:
        """Whether what limits a part limits the whole: only AND NOT stands around it."""
        top = self.whole
        while isinstance(top, AndNot) and top is not node:
            top = top.wanted
        return top is node

    def any_of(self, node: Or, code: str) -> Query | None:
        leaves = [part for part in node.parts if isinstance(part, Term | Phrase | Exact)]
        others = [self.node(part, code) for part in node.parts if part not in leaves]
        lists = [self.words(leaves, code)] if leaves else []
        return _joined(Operators.OR, [part for part in (*lists, *others) if part])

    def without(
        self, wanted: Query | None, unwanted: Iterable[Node], code: str, node: Node
    ) -> Query | None:
        """What is asked for differently is not taken away: it would take more than asked."""
        if wanted is None:
            self.lose(node, _("left out: nothing is left from which it could be taken"))
            return None
        kept = []
        for part, around in [one for each in unwanted for one in alternatives(each, code)]:
            before = len(self.losses)
            if isinstance(part, Limit) and isinstance(node, And):
                query = self.limit(part, wanted=False)
            else:
                query = self.node(part, around)
            if query and any(loss.changes for loss in self.losses[before:]):
                self.lose(part, _("left out: AND NOT would take away more than Scopus does"))
            elif query:
                kept.append(query)
        out = _joined(Operators.OR, kept)
        if out is None and isinstance(node, AndNot) and _leaves_filters(node):
            self.lose(node, _("left out: nothing but filters would be left"))
            return None
        return _made(Operators.NOT, [wanted, out]) if out else wanted

    def span(self, parts: list[Compare]) -> tuple[int, int] | None:
        """The years that all comparisons leave."""
        first, last = self.platform.ends
        for part in parts:
            if part.sign in ">=":
                first = max(first, part.value + (part.sign == ">"))
            if part.sign in "<=":
                last = min(last, part.value - (part.sign == "<"))
        if first <= last:
            return first, last
        node = parts[0] if len(parts) == 1 else And(tuple(parts), span=parts[0].span)
        self.lose(node, _("left out: no year is within these bounds"))
        return None

    def years(self, parts: list[Compare]) -> Query | None:
        node = parts[0] if len(parts) == 1 else And(tuple(parts), span=parts[0].span)
        if self.platform.years is None or any(part.code != "PUBYEAR" for part in parts):
            self.lose(node, _("left out: set it as a limiter of the page"))
            return None
        found = self.span(parts)
        if found is None:
            return None
        (first, last), (pattern, name) = found, self.platform.years
        if pattern:
            return _term(pattern.format(first=first, last=last), name)
        if last - first > MOST_YEARS:
            self.lose(node, _("left out: set it as a limiter of the page"))
            return None
        return _joined(
            Operators.OR, [_term(self.quoted(str(y)), name) for y in range(first, last + 1)]
        )

    def limit(self, node: Limit, wanted: bool = True) -> Query | None:
        if node.exclude and wanted:
            self.lose(node, _("left out: there is nothing that it is taken from"))
            return None
        if node.code == "PUBYEAR":
            spans = [self.years(span) for span in _spans(node)]
            return _joined(Operators.OR, [span for span in spans if span])
        values = [Phrase(value, span=node.span) for value in node.values]
        return self.words(values, node.code, whole=node)

    def words(self, leaves: Sequence[Node], code: str, whole: Node | None = None) -> Query | None:
        """Leaves joined by OR, in each of the fields that stand for the code."""
        names = self.platform.fields.get(code)
        if names is None:
            for leaf in [whole] if whole else leaves:
                text = unparse(leaf) if whole or code == "ALL" else f"{code}({unparse(leaf)})"
                reason = _("left out: no field of {database} is known for {code}").format(
                    database=self.platform.label, code=code
                )
                self.losses.append(Loss(text, reason, leaf.span, True))
            return None
        if code in self.platform.notes:
            self.note(code, whole or leaves[0])
        parts = []
        for name in names:
            held = [made for node in leaves if (made := self.leaf(node, name, code))]
            part = _joined(Operators.OR, held)
            if part is not None and self.platform.lifts and len(names) > 1:
                _lift(part)
            parts.append(part)
        return _joined(Operators.OR, [part for part in parts if part])

    def leaf(self, node: Node, name: str, code: str) -> Query | None:
        if isinstance(node, Or):
            parts = [self.leaf(part, name, code) for part in node.parts]
            return _joined(Operators.OR, [part for part in parts if part])
        if isinstance(node, Near):
            return self.near(node, name, code)
        if isinstance(node, Together):
            return self.together(node, name, code)
        if code in self.platform.values:
            known = self.platform.values[code].get(value(where(code).columns[0], text_of(node)))
            if known is None:
                self.lose(node, _("left out: no such value of {code} there").format(code=code))
                return None
            if known in self.platform.wider:
                self.lose(node, _("asked for more widely: {name}").format(name=known))
            return _term(known, name)
        if name in self.platform.bracketed and not normal.is_wild(text_of(node)):
            return _term(f"[{text_of(node).lower()}]", name)
        if code in _AUTHORS and isinstance(node, Phrase) and "," in node.text:
            last, *first = node.text.split(",")
            given = [word for part in first for word in normal.asked(part)]
            if normal.asked(last) and given:
                return self.author(node, " ".join(last.split()), given, name)
        if code in _AUTHORS and isinstance(node, Phrase) and (names := initials(node.text)):
            return self.author(node, *names, name)
        plain = isinstance(node, Term | Phrase) and not normal.is_wild(node.text)
        if code in _AUTHORS and plain and self.platform.name == "pubmed":
            # Quotation marks would ask for the name without any initials behind it.
            return _term(text_of(node), name)
        whole_names = self.platform.surname and name in self.platform.fields["AUTH"]
        if whole_names and not normal.is_wild(text_of(node)):
            return self.whole_name(node, name)
        if isinstance(node, Exact):
            reason = _("searched as a phrase: signs and forms of the words are not told apart")
            self.lose(node, reason, changes=False)
        elif code in _GENERAL:
            self.variants(node)
        return self.bare(node, name)

    def whole_name(self, node: Node, name: str) -> Query | None:
        """A last name, with initials or without, where names are searched as a whole."""
        words = re.sub(r"[^\w'’-]", " ", text_of(node)).split()
        if max(map(len, words), default=0) < 2:
            self.lose(node, _("left out: initials are found beside a last name only"))
            return None
        sign = self.platform.surname
        initials = len(words) > 1 and len(words[-1]) < 3
        return _term(" ".join(words) + (sign.strip() if initials else sign), name)

    def bare(self, node: Node, name: str) -> Query | None:
        """A word or phrase in the database's wildcards; None if it cannot be asked."""
        text = text_of(node)
        words = normal.asked(text)
        if self.platform.hyphens and "-" in text.strip("-") and not isinstance(node, Exact):
            parts = [self.bare(Phrase(text.replace("-", " "), span=node.span), name)]
            parts += [_term(self.phrase(text.split()), name)]
            return _joined(Operators.OR, [part for part in parts if part])
        if isinstance(node, Exact) or not any(map(normal.is_wild, words)):
            return _term(self.text(node), name)
        whole = [word for word in words if not word.strip("*?")]
        apart = bool(whole) and (self.platform.adjacent or self.platform.strict)
        if apart:
            words = [word for word in words if word not in whole]
        found = [self.forms(word, node) for word in words]
        if not words or None in found or len(words) == len(whole):
            self.lose(node, self.unasked)
            return None
        ways = list(itertools.product(*[ways for ways in found if ways]))
        last = self.platform.strict and any(
            normal.is_wild(word) for way in ways for word in way[:-1]
        )
        if apart and len(words) > 1:
            self.lose(node, _("asked as AND: a wildcard does not stand for a word there"))
        elif last:
            self.lose(node, _("asked as AND: only the last word of a phrase can be truncated"))
        elif len(ways) > MOST_FORMS:
            self.lose(node, _("asked as AND: too many forms of a phrase"))
        elif ways == [tuple(words)] and not self.platform.adjacent:
            return _term(self.text(node), name)
        else:
            return _joined(Operators.OR, [_term(self.phrase(way), name) for way in ways])
        either = [_joined(Operators.OR, [_term(word, name) for word in ways or []])
                  for ways in found]  # fmt: skip
        return _joined(Operators.AND, [part for part in either if part])

    @property
    def unasked(self) -> str:
        if self.platform.strict:
            return _("left out: a wildcard stands at the end there, after four letters or more")
        return _("left out: a wildcard may not begin a word there, nor be one, nor follow fewer "
                 "than three letters inside one")  # fmt: skip

    def forms(self, word: str, node: Node) -> list[str] | None:
        """A word in the wildcards that there are, or as the words it stands for."""
        there = self.platform
        if not normal.is_wild(word):
            return [word]
        parts = re.split(r"[*?]", word)
        inner = "*" in word.rstrip("*").lstrip("*")
        refused = "inside" not in there.stars or len(parts[0]) < there.before
        if (inner and refused) or ("?" in word and not there.one):
            if known := spelled(word):
                self.lose(node, _("asked as the spellings that are known"))
                return known
            if len(parts[0]) < max(3, there.letters):
                return None
            self.lose(node, _("asked for more widely: {name}").format(name=parts[0] + "*"))
            return [parts[0] + "*"]
        if not parts[0] and "start" not in there.stars:
            return None
        if max(map(len, parts)) < there.letters:
            if there.strict:
                return None
            self.lose(node, _("fewer than three letters beside a wildcard: the search may be "
                              "refused"), changes=False)  # fmt: skip
        if there.last and word.endswith("?"):
            word = word[:-1] + there.last
            self.lose(node, _("asked for more widely: {name}").format(name=word))
        return [word.replace("?", there.one)]

    def phrase(self, words: Sequence[str]) -> str:
        """Words side by side, some with wildcards."""
        if len(words) == 1:
            return self.quoted(words[0])
        if self.platform.adjacent is None or not any(set("*?#") & {*word} for word in words):
            return self.quoted(" ".join(words))
        return f"({self.platform.adjacent.join(map(self.quoted, words))})"

    def quoted(self, text: str) -> str:
        """A text, in quotation marks unless it is one word and no operator."""
        number = self.platform.line.format(n=r"\d+")  # what names a line is no word
        named = _OPERATORS.fullmatch(text) or re.fullmatch(number, text, re.IGNORECASE)
        # Where a hyphen is a sign of a word, a word with wildcards cannot stand in quotation marks.
        signs = r"[*?#-]" if self.platform.hyphens and normal.is_wild(text) else r"[*?#]"
        if re.sub(signs, "", text).isalnum() and not named:
            return text
        sign = '"' if self.platform.quote in text else self.platform.quote
        return f"{sign}{text}{sign}"

    def variants(self, node: Node) -> None:
        """Scopus finds the plural and other spellings; many do not, or not in quotation marks."""
        words = normal.asked(text_of(node))
        quoted = self.text(node)[0] in "'\""
        if all(map(normal.is_wild, words)) or (self.platform.finds_variants and not quoted):
            return
        self.lose(node, _(VARIANTS), changes=False)

    def text(self, node: Node) -> str:
        own = text_of(node)
        text = own.strip("'‘’ ")
        if isinstance(node, Exact):
            text = " ".join(re.sub(r"[*?]", " ", own).split())
        return self.quoted(text)

    def together(self, node: Together, name: str, code: str) -> Query | None:
        """Parts of one entry: an author's names, or words of one affiliation."""
        names = [part.text for part in node.parts if isinstance(part, Term | Phrase)]
        if code in _AUTHORS and len(names) == len(node.parts):
            last, *first = names
            if all(isinstance(part, Term) and not part.text.endswith("*") for part in node.parts):
                self.lose(node, _("asked as one name: which of them is the last name is not told"))
                return self.leaf(Phrase(" ".join(names), span=node.span), name, code)
            return self.author(node, last, [word.rstrip("*") for word in first], name)
        parts = [part for part in (self.leaf(p, name, code) for p in node.parts) if part]
        if len(parts) > 1 and name == "AD=":
            for part in parts:
                _lift(part)
                part.field = None
            shown = [written(part, self.platform, True) for part in parts]
            return _term(f"({' SAME '.join(shown)})", name)
        self.lose(node, _("asked as AND: not within one entry"))
        return _joined(Operators.AND, parts)

    def author(self, node: Node, last: str, first: list[str], name: str) -> Query:
        """One author, by last name and initials."""
        if any(len(word) > 1 for word in first):
            self.lose(node, _("first names are asked for as initials"))
        initials = "".join(word[:1] for word in first)
        if self.platform.name == "pubmed":
            return _term(f"{last} {initials}", name)
        if self.platform.surname:  # a whole name stands there without quotation marks
            return _term(f"({last} {initials}*)", name)
        return _term(self.phrase([*last.split(), initials + "*"]), name)

    def near(self, node: Near, name: str, code: str) -> Query | None:
        parts = [part for part in (self.leaf(p, name, code) for p in node.parts) if part]
        if len(parts) < 2:
            return parts[0] if parts else None
        there = self.platform
        if there.near is None:
            return self.near_in_pubmed(node, name, parts)
        if any(_has_and(part) for part in parts) or node.within + there.counts > there.farthest:
            self.lose(node, _("asked as AND: there is no such nearness"))
            return _joined(Operators.AND, parts)
        ordered = node.ordered and there.keeps_order(node.within)
        if node.ordered and not ordered:
            self.lose(node, _("the order is not kept: NEAR finds both"))
        if not ordered and "NEAR" in there.notes:
            self.lose(node, _(there.notes["NEAR"]))
        kind = Operators.WITHIN if ordered else Operators.NEAR
        return Query.create(kind, children=parts, distance=node.within, platform="deactivated")

    def near_in_pubmed(self, node: Near, name: str, parts: list[Query]) -> Query:
        plain = all(isinstance(part, Term) for part in node.parts)
        wild = any(normal.is_wild(getattr(part, "text", "*")) for part in node.parts)
        if not plain or wild:
            self.lose(node, _("asked as AND: only plain words can be near one another there"))
            return _joined(Operators.AND, parts)
        if name not in ("[ti]", "[tiab]", "[ad]"):
            self.lose(node, _("asked in title and abstract only: nearness is not known elsewhere"))
            name = "[tiab]"
        if node.ordered:
            self.lose(node, _("the order is not kept"))
        value = '"' + " ".join(map(text_of, node.parts)) + '"'
        return Query.create(
            Operators.NEAR, children=[_term(value, name)], distance=node.within,
            platform="deactivated",
        )  # fmt: skip


def _spans(node: Limit) -> list[list[Compare]]:
    """Years of a filter, those that follow one another together."""
    years = sorted({int(value) for value in node.values if value.isdecimal()})
    first = [year for year in years if year - 1 not in years]
    last = [year for year in years if year + 1 not in years]
    return [
        [Compare("PUBYEAR", ">", start - 1, span=node.span),
         Compare("PUBYEAR", "<", end + 1, span=node.span)]
        for start, end in zip(first, last, strict=True)
    ]  # fmt: skip


def _is_span(node: Node) -> TypeGuard[Limit]:
    """Whether a filter asks for years that follow one another."""
    if not isinstance(node, Limit) or node.code != "PUBYEAR" or node.exclude:
        return False
    return len(_spans(node)) == 1


def _has_and(query: Query) -> bool:
    return query.value == Operators.AND or any(map(_has_and, query.children))


def _term(value: str, name: str) -> Query:
    return Query.create(
        value, operator=False, field=SearchField(name), platform="deactivated"
    )  # fmt: skip


def _made(operator: str, parts: list[Query]) -> Query:
    return Query.create(operator, children=parts, platform="deactivated")


def _joined(operator: str, parts: list[Query]) -> Query | None:
    """Parts under one operator; a list in a list of the same operator is one list."""
    flat: list[Query] = []
    for part in parts:
        same = part.children and part.value == operator and part.field is None
        flat += part.children if same else [part]
    return _made(operator, flat) if len(flat) > 1 else flat[0] if flat else None


def _lift(query: Query) -> str | None:
    """Write a field that all parts share once, before their parentheses."""
    if query.field or not query.children:
        return query.field.value if query.field else None
    names = {_lift(child) for child in query.children}
    name = names.pop() if len(names) == 1 else None
    if name is None or query.value == Operators.NOT:
        return None
    # Words joined by AND may stand in different ones of several fields; a value is not lifted.
    if name.startswith("/") or ("," in name and query.value == Operators.AND):
        return None
    for child in query.children:
        child.field = None
    query.field = SearchField(name)
    return name
