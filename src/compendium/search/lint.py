"""What a reviewer of a search strategy looks for: rules over the tree (Q3 …).

They follow the elements of the PRESS guideline that can be seen in the query alone (operators,
text words, spelling and syntax, limits), and what goes wrong in published Scopus queries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compendium.language import N_
from compendium.search import fields, normal
from compendium.search.format import format, operator
from compendium.search.parse import Parsed, read
from compendium.search.rules import NOTE, RULES, WARNING, Edit, checks, found
from compendium.search.tree import (
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
    Span,
    Term,
    is_filter,
    walk,
)
from compendium.search.variants import form
from compendium.search.words import STOP_WORDS

Found = Iterator[tuple]
Years = tuple[int | None, int | None]


@dataclass(frozen=True)
class Query:
    """What the rules look at.

    Attributes
    ----------
    text : str
    parts : list of (Node, tuple of Node)
        Every part with the parts around it.
    years : pair of int or None
        First and last year that the report names.
    """

    text: str
    parts: list[tuple[Node, tuple[Node, ...]]]
    years: Years | None = None

    def of(self, *kinds: type) -> Iterator[tuple]:
        """The parts of a kind, with the parts around them."""
        return ((node, around) for node, around in self.parts if isinstance(node, kinds))

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]


def lint(text: str, *, years: Years | None = None) -> Parsed:
    """Read a query and look for everything that a reviewer would mark.

    Parameters
    ----------
    text : str
    years : pair of int or None, optional
        First and last year that the report of the search names.

    Returns
    -------
    Parsed, with the findings of all rules in the order of the text
    """
    parsed = read(text)
    if parsed.tree is None:
        return parsed
    query = Query(text, list(walk(parsed.tree)), years)
    findings = (*parsed.findings, *found(RULES.values(), query))
    ordered = tuple(sorted(findings, key=lambda finding: (finding.span, finding.rule.code)))
    return Parsed(text, parsed.tree, ordered, parsed.comments)


def _wrap(first: Node, last: Node | None = None) -> tuple[Edit, Edit]:
    """Parentheses around what stands from one part to another."""
    start, end = first.span.start, (last or first).span.end
    return Edit(start, start, "("), Edit(end, end, ")")


def _bare(node: Node, *kinds: type) -> bool:
    return isinstance(node, kinds) and not node.grouped


@checks(
    "Q301", WARNING, N_("Term outside any field code"),
    N_("`{term}` stands outside any field code: Scopus searches it in all fields, references and "
       "affiliations among them."),
    N_("Put it inside a field code such as TITLE-ABS-KEY(…), or write ALL(…) if that is meant."),
    N_("A term without a field code is searched in all fields. That finds far more than title, "
       "abstract and keywords, most of it off the topic. It happens when a parenthesis closes the "
       "field too early."),
    example="TITLE-ABS-KEY(university) AND (model OR strategy)",
)  # fmt: skip
def _outside(query: Query) -> Found:
    bare: dict[int, bool] = {}
    for node, _around in reversed(query.parts):  # what is inside comes before what is around
        bare[id(node)] = not isinstance(node, Field | Compare | Limit) and all(
            bare[id(child)] for child in node.children
        )
    for node, around in query.parts:
        whole = bare[id(node)] and not (around and bare[id(around[-1])])
        if whole and not any(isinstance(part, Field) for part in around):
            yield node.span, {"term": _short(query, node)}


@checks(
    "Q302", WARNING, N_("OR and AND without parentheses"),
    N_("OR binds tighter than AND in Scopus: read as `({part})`."),
    N_("Write the parentheses."),
    N_("Most databases and most readers join AND first; Scopus joins OR first. Only parentheses "
       "read the same everywhere."),
    example="TITLE(innovation AND university OR college)",
)  # fmt: skip
def _mixed(query: Query) -> Found:
    for node, _around in query.of(And, AndNot):
        for child in node.children:
            inner = child.parts if _bare(child, And) and isinstance(node, AndNot) else ()
            for part in (child, *inner):
                if _bare(part, Or) and not is_filter(part):
                    yield part.span, {"part": _short(query, part)}, _wrap(part)


@checks(
    "Q303", WARNING, N_("AND NOT swallows a filter"),
    N_("AND NOT binds loosest, so it leaves out `{part}` as a whole, the filter with it."),
    N_("Close a parenthesis before the filter: `({kept}) AND {filter}`."),
    N_("`A AND NOT B AND PUBYEAR > 2014` means `A AND NOT (B AND PUBYEAR > 2014)`: publications "
       "about B of other years stay in, and the years of A are not limited at all."),
    example="TITLE(innovation) AND NOT KEY(patent) AND PUBYEAR > 2014",
    mend=True,
)  # fmt: skip
def _swallowed(query: Query) -> Found:
    for node, _around in query.of(AndNot):
        last = node.unwanted[-1]
        if not _bare(last, And):
            continue
        first = next((at for at, part in enumerate(last.parts) if is_filter(part)), 0)
        if first:
            kept = last.parts[first - 1]
            fix = _wrap(node, kept)
            values = {
                "part": _short(query, last),
                "kept": _short(query, Span(node.span.start, kept.span.end)),
                "filter": _short(query, Span(last.parts[first].span.start, last.span.end)),
            }
            if node.grouped:  # the parentheses around it are not part of what is wrapped
                fix = (Edit(node.wanted.span.start, node.wanted.span.start, "("), fix[1])
            yield last.span, values, fix


@checks(
    "Q304", NOTE, N_("AND NOT beside AND without parentheses"),
    N_("AND binds tighter than AND NOT: read as `({part})`."),
    N_("Write the parentheses."),
    N_("`A AND NOT B AND C` means `A AND NOT (B AND C)`, which readers rarely expect."),
    example="TITLE(innovation AND NOT patent AND licence)",
)  # fmt: skip
def _and_not_and(query: Query) -> Found:
    for node, _around in query.of(AndNot):
        for child in node.children:
            if _bare(child, And) and not any(is_filter(part) for part in child.parts[1:]):
                yield child.span, {"part": _short(query, child)}, _wrap(child)


@checks(
    "Q305", WARNING, N_("Proximity in a list of alternatives"),
    N_("OR binds tighter than proximity: read as `{meaning}`."),
    N_("Write parentheses around the two that are to be near each other."),
    N_("`a OR b W/3 c OR d` means `(a OR b) W/3 (c OR d)`. Who means one proximity among several "
       "terms writes `a OR (b W/3 c) OR d`."),
    example="TITLE(innovation OR university W/3 industry)",
)  # fmt: skip
def _near_in_list(query: Query) -> Found:
    for node, _around in query.of(Near):
        first, last = node.parts[0], node.parts[-1]
        if any(_bare(part, Or) for part in node.parts):
            begin = first.parts[-1] if _bare(first, Or) else first
            end = last.parts[0] if _bare(last, Or) else last
            meaning = format(node)
            meaning = meaning if len(meaning) <= 80 else meaning[:79] + "…"
            yield node.span, {"meaning": meaning}, _wrap(begin, end)


@checks(
    "Q306", WARNING, N_("Different proximities without parentheses"),
    N_("{first} and {second} stand side by side: read from left to right, `({part})` first."),
    N_("Write the parentheses."),
    N_("Scopus wants proximity operators of one kind and distance in an expression, or "
       "parentheses."),
    example="TITLE(university W/3 industry PRE/2 collaboration)",
    mend=True,
)  # fmt: skip
def _near_mixed(query: Query) -> Found:
    for node, _around in query.of(Near):
        if _bare(node.parts[0], Near):
            part = node.parts[0]
            values = {"first": operator(part), "second": operator(node)}
            yield node.span, {**values, "part": _short(query, part)}, _wrap(part)


@checks(
    "Q307", WARNING, N_("Proximity of something else than words"),
    N_("{what} cannot stand beside {operator}: Scopus refuses it."),
    N_("Write the proximity once for each pair of terms."),
    N_("The operands of W/n and PRE/n are terms, phrases, and these joined by OR."),
    example="TITLE((university AND college) W/3 industry)",
)  # fmt: skip
def _near_and(query: Query) -> Found:
    for node, around in query.of(And, AndNot, Field, Compare, Limit):
        near = next((part for part in reversed(around) if isinstance(part, Near)), None)
        if near:
            what = operator(node) if isinstance(node, And | AndNot) else node.code
            yield node.span, {"what": what, "operator": operator(near)}


def _leaves(node: Or) -> list[Node]:
    leaves = []
    for part in node.parts:
        leaves += _leaves(part) if isinstance(part, Or) else [part]
    return [part for part in leaves if isinstance(part, Term | Phrase)]


def _lists(query: Query) -> Iterator[list[Node]]:
    for node, around in query.of(Or):
        if not (around and isinstance(around[-1], Or | Near)):
            yield _leaves(node)


def _key(node: Node) -> tuple[str, ...]:
    """The words that a term or loose phrase asks for, as the matching of texts cuts them."""
    return tuple(normal.asked(node.text))


def _forms(key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(form, key))


@checks(
    "Q308", NOTE, N_("The same term twice"),
    N_("`{term}` stands in this list already."),
    N_("Leave one out."),
    N_("In a loose phrase a hyphen is a blank; case, punctuation and `'s` do not matter: "
       "`\"co-creation\"` and `\"co creation\"` are one term."),
    example='KEY("co-creation" OR "co creation")',
)  # fmt: skip
def _duplicate(query: Query) -> Found:
    for leaves in _lists(query):
        seen = set()
        for leaf in leaves:
            key = _key(leaf)
            if key in seen:
                yield leaf.span, {"term": query[leaf.span]}
            seen.add(key)


@checks(
    "Q309", NOTE, N_("Term that another one includes"),
    N_("`{term}` is included in `{other}` of the same list."),
    N_("Leave it out, or narrow the wider term."),
    N_("In a list joined by OR, `innovation*` finds all that `innovation` and `\"innovation "
       "hub\"` find."),
    example="TITLE(innovation OR innovat*)",
)  # fmt: skip
def _subsumed(query: Query) -> Found:
    for leaves in _lists(query):
        keys = {_key(leaf): leaf for leaf in reversed(leaves)}
        whole = {_forms(key): leaf for key, leaf in keys.items()}
        stems = {
            (*key[:-1], key[-1][:-1]): leaf for key, leaf in keys.items()
            if key and re.fullmatch(r"[^*?]{3,}\*", key[-1])
        }  # fmt: skip
        for leaf in leaves:
            other = _wider(_key(leaf)[:12], whole, stems)
            if other is not None:
                yield leaf.span, {"term": query[leaf.span], "other": query[other.span]}


def _wider(key: tuple[str, ...], whole: dict, stems: dict) -> Node | None:
    for start in range(len(key)):
        for end in range(start + 1, len(key) + 1):
            part = key[start:end]
            if part != key and _forms(part) in whole:
                return whole[_forms(part)]
            *before, last = part
            for length in range(3, min(len(last), 40) + 1) if stems else ():
                other = stems.get((*before, last[:length]))
                if other is not None and _key(other) != key:
                    return other
    return None


@checks(
    "Q310", NOTE, N_("Form that Scopus finds by itself"),
    N_("`{term}` is found with `{other}`: Scopus finds plurals, possessives, and British and "
       "American spellings for one another."),
    N_("One of the two is enough in Scopus; other databases may need both."),
    N_("The singular finds the plural and the possessive, and spelling variants and Greek letters "
       "find one another, in words and in loose phrases."),
    example="TITLE(organisation OR organization)",
)  # fmt: skip
def _variant(query: Query) -> Found:
    for leaves in _lists(query):
        seen: dict[tuple, Node] = {}
        for leaf in leaves:
            key = _key(leaf)
            other = seen.setdefault(_forms(key), leaf)
            if other is not leaf and _key(other) != key:
                yield leaf.span, {"term": query[leaf.span], "other": query[other.span]}


@checks(
    "Q311", WARNING, N_("Wildcard in an exact phrase"),
    N_("In braces `{sign}` is a plain sign, not a wildcard."),
    N_("Write quotation marks instead of braces if it is to be a wildcard."),
    N_("Braces ask for exactly the signs between them, wildcards among them."),
    example="TITLE({open innovat*})",
)  # fmt: skip
def _exact_wildcard(query: Query) -> Found:
    for node, _around in query.of(Exact):
        sign = re.search(r"[*?]", node.text)
        if sign:
            yield node.span, {"sign": sign.group()}


@checks(
    "Q312", NOTE, N_("Wildcard in a phrase"),
    N_("Scopus's guides differ on whether `{sign}` works between quotation marks; read as a "
       "wildcard here."),
    N_("Look at the first hits for what it finds."),
    N_("An older help page says that wildcards between quotation marks are punctuation; newer "
       "guides and most published queries use them as wildcards."),
    example='TITLE("open innovat*")',
)  # fmt: skip
def _phrase_wildcard(query: Query) -> Found:
    for node, _around in query.of(Phrase):
        sign = re.search(r"[*?]", node.text)
        if sign:
            yield node.span, {"sign": sign.group()}


@checks(
    "Q313", WARNING, N_("Wildcard after too few letters"),
    N_("`{term}` leaves open nearly everything."),
    N_("Write at least three letters before the first `*`."),
    N_("A wildcard at the beginning, or after one or two letters, stands for thousands of words; "
       "Scopus may refuse it or stop before all are found."),
    example="TITLE(in*)",
)  # fmt: skip
def _short_stem(query: Query) -> Found:
    for node, _around in query.of(Term, Phrase):
        for word in _key(node):
            if "*" in word and len(word[: word.index("*")].replace("?", "")) < 3:
                yield node.span, {"term": query[node.span]}
                break


@checks(
    "Q314", WARNING, N_("Operator between quotation marks"),
    N_("`{operator}` is a word of the phrase `{phrase}` here, not an operator."),
    N_("Close the quotation marks before the operator if it is meant as one."),
    N_("Between quotation marks everything is text."),
    example='TITLE("university AND industry")',
)  # fmt: skip
def _quoted_operator(query: Query) -> Found:
    for node, _around in query.of(Phrase):
        inside = re.search(r"(?<=\s)(AND NOT|AND|OR|(?:W|PRE)/\d+)(?=\s)", node.text)
        if inside:
            yield node.span, {"operator": inside.group(), "phrase": query[node.span]}


@checks(
    "Q315", WARNING, N_("Filter inside a field code"),
    N_("`{filter}` stands inside {code}(…), where Scopus refuses it or reads it as words."),
    N_("Close the field's parenthesis before the filter."),
    N_("Years, languages and types are fields of their own. Inside another field they are the sign "
       "of a parenthesis that closes too late."),
    example="TITLE(innovation AND PUBYEAR > 2014)",
)  # fmt: skip
def _filter_inside(query: Query) -> Found:
    for node, around in query.of(Compare, Limit, Field):
        outer = [part for part in around if isinstance(part, Field)]
        if is_filter(node) and outer:
            yield node.span, {"filter": _short(query, node), "code": outer[-1].code}


@checks(
    "Q316", WARNING, N_("Years otherwise than reported"),
    N_("The report names {reported}; the query asks for {asked}."),
    N_("Bound the years in the query: `{meant}`."),
    N_("A reader who repeats the query has to find the same years. PUBYEAR > 2014 begins with "
       "2015."),
    example="TITLE(innovation) AND PUBYEAR > 2015",
)  # fmt: skip
def _years(query: Query) -> Found:
    if query.years is None:
        return
    first, last = _bounds(query)
    low, high = query.years
    if (low is not None and first != low) or (high is not None and last != high):
        meant = [] if low is None else [f"PUBYEAR > {low - 1}"]
        meant += [] if high is None else [f"PUBYEAR < {high + 1}"]
        asked, reported = (f"{a or ''}–{b or ''}" for a, b in ((first, last), query.years))
        span = next((n.span for n, _a in query.of(Compare) if n.code == "PUBYEAR"),
                    query.parts[0][0].span)  # fmt: skip
        yield span, {"asked": asked, "reported": reported, "meant": " AND ".join(meant)}


def _bounds(query: Query) -> Years:
    lows, highs = [], []
    for node, _around in query.of(Compare):
        if node.code == "PUBYEAR":
            lows += [node.value + (node.sign == ">")] if node.sign in "=>" else []
            highs += [node.value - (node.sign == "<")] if node.sign in "=<" else []
    named = [int(value) for node, _around in query.of(Limit) if node.code == "PUBYEAR"
             for value in node.values if value.isdecimal() and not node.exclude]  # fmt: skip
    lows += [min(named)] if named else []
    highs += [max(named)] if named else []
    return max(lows, default=None), min(highs, default=None)


@checks(
    "Q317", WARNING, N_("Years that exclude each other"),
    N_("No year is after {low} and before {high} at once."),
    N_("Exchange the signs or the years."),
    N_("Conditions joined by AND must all hold. An empty span of years finds nothing."),
    example="TITLE(innovation) AND PUBYEAR > 2020 AND PUBYEAR < 2021",
)  # fmt: skip
def _empty_years(query: Query) -> Found:
    for node, _around in query.of(And):
        years = [part for part in node.parts if isinstance(part, Compare)]
        for code in dict.fromkeys(year.code for year in years):
            own = [year for year in years if year.code == code]
            lows = [y.value - (y.sign == "=") for y in own if y.sign in "=>"]
            highs = [y.value + (y.sign == "=") for y in own if y.sign in "=<"]
            if lows and highs and max(lows) + 1 >= min(highs):
                span = Span(own[0].span.start, own[-1].span.end)
                yield span, {"low": max(lows), "high": min(highs)}


@checks(
    "Q318", NOTE, N_("Stop word as a term"),
    N_("Scopus passes over `{term}` outside quotation marks."),
    N_("Leave it out, or write the phrase that it belongs to in quotation marks or braces."),
    N_("Very common words are not searched one by one. Only braces find them."),
    example="TITLE(the AND model)",
)  # fmt: skip
def _stop_word(query: Query) -> Found:
    for node, around in query.of(Term):
        code = next((part.code for part in reversed(around) if isinstance(part, Field)), "")
        if node.text.casefold() in STOP_WORDS and not fields.is_filter(code):
            yield node.span, {"term": node.text}


@checks(
    "Q319", NOTE, N_("AND NOT may lose what is wanted"),
    N_("AND NOT drops every record that mentions `{part}`, those that also answer the question "
       "among them."),
    N_("Look at what it drops before you keep it."),
    N_("The PRESS guideline asks whether NOT causes unintended exclusions: a publication on both "
       "topics is lost."),
    example="TITLE(innovation AND NOT patent)",
)  # fmt: skip
def _and_not(query: Query) -> Found:
    for node, _around in query.of(AndNot):
        for part in node.unwanted:
            if not is_filter(part):
                yield part.span, {"part": _short(query, part)}


@checks(
    "Q320", WARNING, N_("Filter value that is a name instead of a code"),
    N_("{code} has codes as values: `{value}` is not one of them."),
    N_("Write `{meant}`."),
    N_("Document types are codes of two letters (`ar` article, `re` review, `cp` conference "
       "paper). Scopus finds nothing for a value that it does not have."),
    example='TITLE(innovation) AND LIMIT-TO(DOCTYPE, "article")',
    mend=True,
)  # fmt: skip
def _value(query: Query) -> Found:
    for node, _around in query.of(Limit, Field):
        named = fields.VALUES.get(node.code)
        if named is None:
            continue
        values = node.values if isinstance(node, Limit) else (getattr(node.part, "text", ""),)
        for value in values:
            if not value or value.lower() in named.values():
                continue
            meant = named.get(value.lower()) or named.get(value.lower().removesuffix("s"))
            written = re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", query[node.span])
            if not meant:
                known = ", ".join(sorted(set(named.values())))
                yield node.span, {"code": node.code, "value": value, "meant": known}
            elif written:
                start = node.span.start + written.start()
                fix = (Edit(start, start + len(value), meant),)
                yield node.span, {"code": node.code, "value": value, "meant": meant}, fix


def _short(query: Query, part: Node | Span, length: int = 60) -> str:
    span = part if isinstance(part, Span) else part.span
    text = " ".join(query.text[span.start : min(span.end, span.start + 4 * length)].split())
    return text if len(text) <= length else text[: length - 1] + "…"
