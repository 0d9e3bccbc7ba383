"""What a check found, as lines in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from compendium.language import _, country, definition, join, label, number, text
from compendium.works import short_name, short_names
from review.audit.checks import Finding

YEARS = ("ms_first_year", "ms_last_year")
LINES: dict[str, Callable[..., str]] = {}


def lines(finding: Finding) -> list[str]:
    """What was found, a line each, and last why the check could not settle it."""
    said = [LINES[kind](*values) for kind, *values in finding.found]
    return [*said, definition(finding.reason)] if finding.reason else said


def _line(function: Callable[..., str]) -> Callable[..., str]:
    LINES[function.__name__.strip("_")] = function
    return function


@_line
def _count(found: int) -> str:
    return _("Counted: {n}").format(n=number(found))


@_line
def _distinct(different: int, rows: int) -> str:
    return _("Counted: {n} different (rows: {rows})").format(n=number(different), rows=number(rows))


@_line
def _share(part: int, whole: int) -> str:
    return _("Counted: {part} of {whole}").format(part=number(part), whole=number(whole))


@_line
def _same(part: int, whole: int) -> str:
    return _("The same in {part} of {whole}").format(part=number(part), whole=number(whole))


@_line
def _in_field(inside: int, groups: int) -> str:
    return _("Groups inside the field's parentheses: {n} of {all}").format(
        n=number(inside), all=number(groups)
    )


@_line
def _shown_for(works: int, every: int) -> str:
    return _("Works for which the article shows it: {n} of {all}").format(
        n=number(works), all=number(every)
    )


@_line
def _naming(works: int, every: int) -> str:
    return _("Works that name it: {n} of {all}").format(n=number(works), all=number(every))


@_line
def _without(codes: list[str]) -> str:
    return _("Without: {names}").format(names=join([label(code) for code in codes]))


@_line
def _authors(names: str) -> str:
    return _("Authors of the work: {names}").format(names=names)


@_line
def _same_authors() -> str:
    return _("The authors are the same; no page seen gives the year.")


@_line
def _years(issue: int, online: int | None) -> str:
    if online is None:
        return _("Year of the issue: {year}").format(year=issue)
    return _("Year of the issue: {year}; online: {online}").format(year=issue, online=online)


@_line
def _venue(name: str) -> str:
    return _("Published in: {name}").format(name=name)


@_line
def _number(measure: str, found: float, qualifier: str) -> str:
    shown = str(int(found)) if measure in YEARS else number(found)
    if qualifier == "more_than":
        # Translators: a number of which the source gives a lower bound, e.g. "Respondents: more
        # than 1,900"
        return _("{measure}: more than {number}").format(measure=label(measure), number=shown)
    return f"{label(measure)}: {shown}"


@_line
def _named(measure: str, found: int) -> str:
    # Translators: how many of something a source names, e.g. "Factors: 7 named"
    return _("{measure}: {n} named").format(measure=label(measure), n=number(found))


@_line
def _items(measure: str, names: list[str]) -> str:
    return f"{label(measure)}: {_listed(names)}"


@_line
def _not_named(measure: str, names: list[str]) -> str:
    return _("{measure}, not named on the page: {names}").format(
        measure=label(measure), names=_listed(names)
    )


@_line
def _words(found: list[str]) -> str:
    return _("In title or author keywords: {words}").format(words=_quoted(found))


@_line
def _no_words(found: list[str]) -> str:
    return _("Not in title or author keywords: {words}").format(words=_quoted(found))


@_line
def _cited(citation: int, work: str, confidence: str) -> str:
    if not work:
        return f"[{citation}]: {label('unknown').lower()}"
    return f"[{citation}]: {short_name(work)} ({label(confidence).lower()})"


@_line
def _citations(numbers: list[int]) -> str:
    return _("Cited: {numbers}").format(numbers=", ".join(f"[{n}]" for n in numbers))


@_line
def _works_against(works: list[str]) -> str:
    return _("Not so: {works}").format(works=short_names(works))


@_line
def _works_tied(works: list[str]) -> str:
    return _("Works tied to the model: {works}").format(works=short_names(works))


@_line
def _countries(codes: list[str]) -> str:
    return _("Countries on the page: {names}").format(names=join([country(c) for c in codes]))


@_line
def _countries_tied(codes: list[str]) -> str:
    return _("The works tied to the model study: {names}").format(
        names=join([country(c) for c in codes])
    )


@_line
def _parentheses(opening: int, closing: int) -> str:
    return _("Opening parentheses: {opening}; closing: {closing}").format(
        opening=number(opening), closing=number(closing)
    )


@_line
def _printed(condition: str) -> str:
    return _("Printed in the query: {text}").format(text=condition)


@_line
def _form(wanted: str) -> str:
    return _("Scopus writes it inside {form}.").format(form=wanted)


@_line
def _no_condition() -> str:
    return _("The query has no such condition.")


@_line
def _answers(yes: int, no: int, unknown: int) -> str:
    return _("Yes: {yes}; no: {no}; unknown: {unknown}").format(
        yes=number(yes), no=number(no), unknown=number(unknown)
    )


@_line
def _item(checklist: str, entry: str, status: str) -> str:
    # Translators: an item of a reporting checklist, e.g. "PRISMA-S, item 13: not reported"
    return _("{checklist}, item {item}: {status}").format(
        checklist=label(checklist), item=entry, status=label(status).lower()
    )


@_line
def _facts(found: int) -> str:
    return _("Public facts that bear on it: {n}").format(n=number(found))


def _listed(names: list[str]) -> str:
    return "; ".join(text(name) for name in names)


def _quoted(found: list[str]) -> str:
    return ", ".join(_("“{word}”").format(word=word) for word in found)
