"""Fields and filters: what stands outside any field, years, values that are codes."""

from __future__ import annotations

import re

from scopus_query import fields, normal
from scopus_query.language import N_
from scopus_query.lint.query import Found, LintedQuery, Years, short
from scopus_query.rules import NOTE, WARNING, Edit, checks
from scopus_query.tree import (
    And,
    AndNot,
    Compare,
    Field,
    Limit,
    Node,
    Or,
    Span,
    Term,
    is_filter,
    walk,
)
from scopus_query.values import languages

_EVER = (0, 9999)
_LINE = re.compile(r"#\d+|S\d+")


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
def _outside(query: LintedQuery) -> Found:
    named = [(*around, node) for node, around in query.of(Field, Compare, Limit)]
    holds = {id(part) for parts in named for part in parts}  # a field, a year or a filter
    for node, around in query.parts:
        whole = id(node) not in holds and (not around or id(around[-1]) in holds)
        if not whole or any(isinstance(part, Field) for part in around):
            continue
        if not _is_of_lines(node):  # those of a history another rule names
            yield node.span, {"term": short(query, node)}


def _is_of_lines(node: Node) -> bool:
    """Whether all terms of a part are numbers of lines, and there is one."""
    named = False
    for leaf, _around in walk(node):
        if isinstance(leaf, Term):
            if not _LINE.fullmatch(leaf.text):
                return False
            named = True
    return named


@checks(
    "Q315", WARNING, N_("Filter inside a field code"),
    N_("`{filter}` stands inside {code}(…), where Scopus refuses it or reads it as words."),
    N_("Close the field's parenthesis before the filter."),
    N_("Years, languages and types are fields of their own. Inside another field they are the sign "
       "of a parenthesis that closes too late."),
    example="TITLE(innovation AND PUBYEAR > 2014)",
)  # fmt: skip
def _filter_inside(query: LintedQuery) -> Found:
    for node, around in query.of(Compare, Limit, Field):
        outer = [part for part in around if isinstance(part, Field)]
        if is_filter(node) and outer and node.code not in fields.PARTS.get(outer[-1].code, ()):
            yield node.span, {"filter": short(query, node), "code": outer[-1].code}


@checks(
    "Q321", WARNING, N_("Field code inside another"),
    N_("`{inner}` stands inside {code}(…), of which it is no part."),
    N_("Close the one field's parenthesis before the other."),
    N_("Only the parts of a combined field may stand inside it: REFAUTH in REF, AFFILCITY in "
       "AFFIL, AUTHLASTNAME in AUTHOR-NAME (Scopus Search Guide, Elsevier). Elsewhere a field code "
       "inside another is the sign of a parenthesis that closes too late."),
    example="TITLE(innovation AND ABS(university))",
)  # fmt: skip
def _field_inside(query: LintedQuery) -> Found:
    for node, around in query.of(Field):
        outer = [part for part in around if isinstance(part, Field)]
        if outer and not is_filter(node) and node.code not in fields.PARTS.get(outer[-1].code, ()):
            yield node.span, {"inner": node.code, "code": outer[-1].code}


@checks(
    "Q316", WARNING, N_("Years otherwise than reported"),
    N_("The report names {reported}; the query asks for {asked}."),
    N_("Bound the years in the query: `{meant}`."),
    N_("A reader who repeats the query has to find the same years. PUBYEAR > 2014 begins with "
       "2015."),
    example="TITLE(innovation) AND PUBYEAR > 2015",
)  # fmt: skip
def _years(query: LintedQuery) -> Found:
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


def _bounds(query: LintedQuery) -> Years:
    low, high = _span(query.parts[0][0])
    return (low if low > _EVER[0] else None, high if high < _EVER[1] else None)


def _span(node: Node) -> tuple[int, int]:
    """First and last year that a part lets through, as far as it bounds them."""
    if isinstance(node, Compare) and node.code == "PUBYEAR":
        low = node.value + (node.sign == ">") if node.sign in "=>" else _EVER[0]
        return low, node.value - (node.sign == "<") if node.sign in "=<" else _EVER[1]
    if isinstance(node, Limit) and node.code == "PUBYEAR" and not node.exclude:
        named = [int(value) for value in node.values if value.isdecimal()]
        return (min(named), max(named)) if named else _EVER
    if isinstance(node, Field):
        return _span(node.part)
    if isinstance(node, AndNot):
        return _span(node.wanted)
    spans = [_span(part) for part in node.children]
    if isinstance(node, And):
        return max(low for low, _high in spans), min(high for _low, high in spans)
    if isinstance(node, Or):
        return min(low for low, _high in spans), max(high for _low, high in spans)
    return _EVER


@checks(
    "Q322", WARNING, N_("A year is missing between others"),
    N_("The filter lists {first} to {last} without {missing}."),
    N_("Add what is missing, or write `PUBYEAR > {before} AND PUBYEAR < {after}`."),
    N_("The results page of Scopus lists the years that were ticked one by one. A year that is "
       "missing between them has most likely been overlooked, or had no record yet."),
    example="TITLE(innovation) AND (LIMIT-TO(PUBYEAR, 2018) OR LIMIT-TO(PUBYEAR, 2020))",
)  # fmt: skip
def _gap(query: LintedQuery) -> Found:
    for node, around in query.of(Or, Limit) if query.holds(Limit) else ():
        if around and isinstance(around[-1], Or):
            continue
        parts = node.parts if isinstance(node, Or) else (node,)
        limits = [part for part in parts if isinstance(part, Limit) and part.code == "PUBYEAR"]
        years = sorted({int(value) for part in limits if not part.exclude
                        for value in part.values if value.isdecimal() and len(value) == 4})
        missing = [y for y in range(years[0], years[-1]) if y not in years] if years else []
        if missing:
            yield node.span, {
                "first": years[0], "last": years[-1], "before": years[0] - 1,
                "after": years[-1] + 1, "missing": ", ".join(map(str, missing[:5])),
            }  # fmt: skip


@checks(
    "Q325", WARNING, N_("Year of a filter that is none"),
    N_("`{value}` is not a year: no publication has it."),
    N_("Write four figures, or `PUBYEAR > …` for more years than one."),
    N_("LIMIT-TO and EXCLUDE take years one by one. A placeholder such as `20XX`, or a span, is "
       "the year of no record."),
    example='TITLE(innovation) AND LIMIT-TO(PUBYEAR, "20XX")',
)  # fmt: skip
def _no_year(query: LintedQuery) -> Found:
    for node, _around in query.of(Limit):
        for value in node.values if node.code == "PUBYEAR" else ():
            if not re.fullmatch(r"[12]\d{3}", value):
                yield node.span, {"value": value}


@checks(
    "Q326", NOTE, N_("Parts that may be of different references"),
    N_("`{first}` and `{second}` may be true of different references."),
    N_("Write `{meant}` if one reference is meant."),
    N_("REFAUTH(…) AND REFTITLE(…) finds publications that cite the author somewhere and the title "
       "somewhere. What REF(…) holds is of one reference; so it is with AFFIL(…) and its parts."),
    example="REFAUTH(porter) AND REFTITLE(strategy)",
)  # fmt: skip
def _apart(query: LintedQuery) -> Found:
    used = {node.code for node, _around in query.of(Field, Compare)}
    wholes = [whole for whole in ("REF", "AFFIL") if fields.PARTS[whole] & used]
    for node, around in query.of(And) if wholes else ():
        if any(isinstance(outer, Field) for outer in around):
            continue
        for whole in wholes:
            named = fields.PARTS[whole]
            parts = [part for part in node.parts
                     if isinstance(part, Field | Compare) and part.code in named]  # fmt: skip
            if len({part.code for part in parts}) > 1:
                shown = [short(query, part) for part in parts]
                yield parts[0].span, {
                    "first": shown[0], "second": shown[-1],
                    "meant": f"{whole}({' AND '.join(shown)})",
                }  # fmt: skip


@checks(
    "Q317", WARNING, N_("Years that exclude each other"),
    N_("No year is after {low} and before {high} at once."),
    N_("Exchange the signs or the years."),
    N_("Conditions joined by AND must all hold. An empty span of years finds nothing."),
    example="TITLE(innovation) AND PUBYEAR > 2020 AND PUBYEAR < 2021",
)  # fmt: skip
def _empty_years(query: LintedQuery) -> Found:
    for node, _around in query.of(And) if query.holds(Compare) else ():
        years = [part for part in node.parts if isinstance(part, Compare)]
        for code in dict.fromkeys(year.code for year in years):
            own = [year for year in years if year.code == code]
            lows = [y.value - (y.sign == "=") for y in own if y.sign in "=>"]
            highs = [y.value + (y.sign == "=") for y in own if y.sign in "=<"]
            if lows and highs and max(lows) + 1 >= min(highs):
                span = Span(own[0].span.start, own[-1].span.end)
                yield span, {"low": max(lows), "high": min(highs)}


@checks(
    "Q320", WARNING, N_("Filter value that is a name instead of a code"),
    N_("{code} has codes as values: `{value}` is not one of them."),
    N_("Write `{meant}`."),
    N_("Document types are codes of two letters (`ar` article, `re` review, `cp` conference "
       "paper). Scopus finds nothing for a value that it does not have."),
    example='TITLE(innovation) AND LIMIT-TO(DOCTYPE, "article")',
    mend=True,
)  # fmt: skip
def _value(query: LintedQuery) -> Found:
    for node, _around in query.of(Limit, Field):
        named = fields.VALUES.get(node.code)
        if named is None:
            continue
        for value, span in _asked(node):
            if not value or normal.is_wild(value) or value.lower() in named.values():
                continue
            meant = named.get(value.lower()) or named.get(value.lower().removesuffix("s"))
            written = re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", query[span])
            if not meant:
                known = ", ".join(sorted(set(named.values())))
                yield node.span, {"code": node.code, "value": value, "meant": known}
            elif written:
                start = span.start + written.start()
                fix = (Edit(start, start + len(value), meant),)
                yield node.span, {"code": node.code, "value": value, "meant": meant}, fix


def _asked(node: Limit | Field) -> list[tuple[str, Span]]:
    """Values that a filter asks for, with the stretch where each is written."""
    if isinstance(node, Limit):
        return [(value, node.span) for value in node.values]
    return [(leaf.text, leaf.span) for leaf, _around in walk(node.part) if hasattr(leaf, "text")]


@checks(
    "Q323", WARNING, N_("Language that Scopus does not know"),
    N_("`{value}` is the name of no language."),
    N_("Write its English name, such as `English` or `Russian`."),
    N_("LANGUAGE takes the English name of a language. Scopus finds nothing for a value that it "
       "does not have."),
    example='TITLE(innovation) AND LIMIT-TO(LANGUAGE, "Englisch")',
)  # fmt: skip
def _language(query: LintedQuery) -> Found:
    for node, _around in query.of(Limit, Field):
        for value, _place in _asked(node) if node.code == "LANGUAGE" else ():
            if not normal.is_wild(value) and value.casefold() not in languages():
                yield node.span, {"value": value}
