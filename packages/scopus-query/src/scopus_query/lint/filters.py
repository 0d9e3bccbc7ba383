"""Fields and filters: what stands outside any field, years, values that are codes."""

from __future__ import annotations

import re

from scopus_query import fields
from scopus_query.language import N_
from scopus_query.lint.query import Found, LintedQuery, Years, short
from scopus_query.rules import WARNING, Edit, checks
from scopus_query.tree import And, Compare, Field, Limit, Span, is_filter


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
    bare: dict[int, bool] = {}
    for node, _around in reversed(query.parts):  # what is inside comes before what is around
        bare[id(node)] = not isinstance(node, Field | Compare | Limit) and all(
            bare[id(child)] for child in node.children
        )
    for node, around in query.parts:
        whole = bare[id(node)] and not (around and bare[id(around[-1])])
        if whole and not any(isinstance(part, Field) for part in around):
            yield node.span, {"term": short(query, node)}


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
        if is_filter(node) and outer:
            yield node.span, {"filter": short(query, node), "code": outer[-1].code}


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
def _empty_years(query: LintedQuery) -> Found:
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
