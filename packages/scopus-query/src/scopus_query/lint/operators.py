"""Operators: which binds tighter, what may stand beside a proximity, what AND NOT drops."""

from __future__ import annotations

from scopus_query.language import N_
from scopus_query.lint.query import Found, LintedQuery, bare, short, wrap
from scopus_query.rules import NOTE, WARNING, checks
from scopus_query.tree import And, AndNot, Compare, Field, Limit, Near, is_filter
from scopus_query.unparse import operator


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
    "Q307", WARNING, N_("Proximity operator applied to something other than words"),
    N_("{what} cannot stand beside {operator}: Scopus refuses it."),
    N_("Write the proximity once for each pair of terms."),
    N_("The operands of W/n and PRE/n are terms, phrases, and these joined by OR."),
    example="TITLE((university AND college) W/3 industry)",
)  # fmt: skip
def _near_and(query: LintedQuery) -> Found:
    for node, around in query.of(And, AndNot, Field, Compare, Limit) if query.holds(Near) else ():
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
