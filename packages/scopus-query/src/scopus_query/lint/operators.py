"""Operators: which binds tighter, what may stand beside a proximity, what AND NOT drops."""

from __future__ import annotations

from scopus_query.language import N_
from scopus_query.lint.query import Found, LintedQuery, bare, short, wrap
from scopus_query.rules import NOTE, WARNING, Edit, checks
from scopus_query.tree import And, AndNot, Compare, Field, Limit, Near, Or, Span, is_filter
from scopus_query.unparse import operator, unparse


@checks(
    "Q302", WARNING, N_("OR and AND without parentheses"),
    N_("OR binds tighter than AND in Scopus: read as `({part})`."),
    N_("Write the parentheses."),
    N_("Most databases and most readers join AND first; Scopus joins OR first. Only parentheses "
       "read the same everywhere."),
    example="TITLE(innovation AND university OR college)",
)  # fmt: skip
def _mixed(query: LintedQuery) -> Found:
    for node, _around in query.of(And, AndNot):
        for child in node.children:
            inner = child.parts if bare(child, And) and isinstance(node, AndNot) else ()
            for part in (child, *inner):
                if bare(part, Or) and not is_filter(part):
                    yield part.span, {"part": short(query, part)}, wrap(part)


@checks(
    "Q303", WARNING, N_("AND NOT swallows a filter"),
    N_("AND NOT binds loosest, so it leaves out `{part}` as a whole, the filter with it."),
    N_("Close a parenthesis before the filter: `({kept}) AND {filter}`."),
    N_("`A AND NOT B AND PUBYEAR > 2014` means `A AND NOT (B AND PUBYEAR > 2014)`: publications "
       "about B of other years stay in, and the years of A are not limited at all."),
    example="TITLE(innovation) AND NOT KEY(patent) AND PUBYEAR > 2014",
    mend=True,
)  # fmt: skip
def _swallowed(query: LintedQuery) -> Found:
    for node, _around in query.of(AndNot):
        last = node.unwanted[-1]
        if not bare(last, And):
            continue
        first = next((at for at, part in enumerate(last.parts) if is_filter(part)), 0)
        if first:
            kept = last.parts[first - 1]
            fix = wrap(node, kept)
            values = {
                "part": short(query, last),
                "kept": short(query, Span(node.span.start, kept.span.end)),
                "filter": short(query, Span(last.parts[first].span.start, last.span.end)),
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
def _and_not_and(query: LintedQuery) -> Found:
    for node, _around in query.of(AndNot):
        for child in node.children:
            if bare(child, And) and not any(is_filter(part) for part in child.parts[1:]):
                yield child.span, {"part": short(query, child)}, wrap(child)


@checks(
    "Q305", WARNING, N_("Proximity in a list of alternatives"),
    N_("OR binds tighter than proximity: read as `{meaning}`."),
    N_("Write parentheses around the two that are to be near each other."),
    N_("`a OR b W/3 c OR d` means `(a OR b) W/3 (c OR d)`. Who means one proximity among several "
       "terms writes `a OR (b W/3 c) OR d`."),
    example="TITLE(innovation OR university W/3 industry)",
)  # fmt: skip
def _near_in_list(query: LintedQuery) -> Found:
    for node, _around in query.of(Near):
        first, last = node.parts[0], node.parts[-1]
        if any(bare(part, Or) for part in node.parts):
            begin = first.parts[-1] if bare(first, Or) else first
            end = last.parts[0] if bare(last, Or) else last
            meaning = unparse(node)
            meaning = meaning if len(meaning) <= 80 else meaning[:79] + "…"
            yield node.span, {"meaning": meaning}, wrap(begin, end)


@checks(
    "Q306", WARNING, N_("Different proximities without parentheses"),
    N_("{first} and {second} stand side by side: read from left to right, `({part})` first."),
    N_("Write the parentheses."),
    N_("Scopus wants proximity operators of one kind and distance in an expression, or "
       "parentheses."),
    example="TITLE(university W/3 industry PRE/2 collaboration)",
    mend=True,
)  # fmt: skip
def _near_mixed(query: LintedQuery) -> Found:
    for node, _around in query.of(Near):
        if bare(node.parts[0], Near):
            part = node.parts[0]
            values = {"first": operator(part), "second": operator(node)}
            yield node.span, {**values, "part": short(query, part)}, wrap(part)


@checks(
    "Q307", WARNING, N_("Proximity of something else than words"),
    N_("{what} cannot stand beside {operator}: Scopus refuses it."),
    N_("Write the proximity once for each pair of terms."),
    N_("The operands of W/n and PRE/n are terms, phrases, and these joined by OR."),
    example="TITLE((university AND college) W/3 industry)",
)  # fmt: skip
def _near_and(query: LintedQuery) -> Found:
    for node, around in query.of(And, AndNot, Field, Compare, Limit):
        near = next((part for part in reversed(around) if isinstance(part, Near)), None)
        if near:
            what = operator(node) if isinstance(node, And | AndNot) else node.code
            yield node.span, {"what": what, "operator": operator(near)}


@checks(
    "Q319", NOTE, N_("AND NOT may lose what is wanted"),
    N_("AND NOT drops every record that mentions `{part}`, those that also answer the question "
       "among them."),
    N_("Look at what it drops before you keep it."),
    N_("The PRESS guideline asks whether NOT causes unintended exclusions: a publication on both "
       "topics is lost."),
    example="TITLE(innovation AND NOT patent)",
)  # fmt: skip
def _and_not(query: LintedQuery) -> Found:
    for node, _around in query.of(AndNot):
        for part in node.unwanted:
            if not is_filter(part):
                yield part.span, {"part": short(query, part)}
