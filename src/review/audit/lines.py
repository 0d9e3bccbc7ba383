"""How the lines of what this review's checks found are told in the reader's language."""

from __future__ import annotations

from compendium.claims.result_lines import line
from compendium.language import _, country, join, label, number, text
from compendium.works import short_name, short_names

YEARS = ("ms_first_year", "ms_last_year")


@line
def _shown_for(works: int, every: int) -> str:
    return _("Works for which the article shows it: {n} of {all}").format(
        n=number(works), all=number(every)
    )


@line
def _authors(names: str) -> str:
    return _("Authors of the work: {names}").format(names=names)


@line
def _same_authors() -> str:
    return _("The authors are the same; no page seen gives the year.")


@line
def _years(issue: int, online: int | None) -> str:
    if online is None:
        return _("Year of the issue: {year}").format(year=issue)
    return _("Year of the issue: {year}; online: {online}").format(year=issue, online=online)


@line
def _venue(name: str) -> str:
    return _("Published in: {name}").format(name=name)


@line
def _number(measure: str, found: float, qualifier: str) -> str:
    shown = str(int(found)) if measure in YEARS else number(found)
    if qualifier == "more_than":
        # Translators: a number of which the source gives a lower bound, e.g. "Respondents: more
        # than 1,900"
        return _("{measure}: more than {number}").format(measure=label(measure), number=shown)
    return f"{label(measure)}: {shown}"


@line
def _named(measure: str, found: int) -> str:
    # Translators: how many of something a source names, e.g. "Factors: 7 named"
    return _("{measure}: {n} named").format(measure=label(measure), n=number(found))


@line
def _items(measure: str, names: list[str]) -> str:
    return f"{label(measure)}: {_texts(names)}"


@line
def _not_named(measure: str, names: list[str]) -> str:
    return _("{measure}, not named on the page: {names}").format(
        measure=label(measure), names=_texts(names)
    )


@line
def _cited(citation: int, work: str, confidence: str) -> str:
    if not work:
        return f"[{citation}]: {label('unknown').lower()}"
    return f"[{citation}]: {short_name(work)} ({label(confidence).lower()})"


@line
def _works_against(works: list[str]) -> str:
    return _("Something speaks against: {works}").format(works=short_names(works))


@line
def _countries(codes: list[str]) -> str:
    return _("Countries on the page: {names}").format(names=join([country(c) for c in codes]))


@line
def _former_members(codes: list[str]) -> str:
    return _(
        "Members of the European Union until 2020: {names}. What was read does not give the years "
        "of the study."
    ).format(names=join([country(c) for c in codes]))


@line
def _countries_tied(codes: list[str]) -> str:
    return _("The works tied to the model study: {names}").format(
        names=join([country(c) for c in codes])
    )


@line
def _parentheses(opening: int, closing: int) -> str:
    return _("Opening parentheses: {opening}; closing: {closing}").format(
        opening=number(opening), closing=number(closing)
    )


@line
def _printed(condition: str) -> str:
    return _("Printed in the query: {text}").format(text=condition)


@line
def _form(wanted: str) -> str:
    return _("Scopus writes it inside {form}.").format(form=wanted)


@line
def _no_condition() -> str:
    return _("The query has no such condition.")


@line
def _answers(yes: int, no: int, unknown: int) -> str:
    return _("For it: {yes}; against it: {no}; unknown: {unknown}").format(
        yes=number(yes), no=number(no), unknown=number(unknown)
    )


@line
def _facts(found: int) -> str:
    return _("Public facts that bear on it: {n}").format(n=number(found))


@line
def _works_tied(works: list[str]) -> str:
    return _("Works tied to the model: {works}").format(works=short_names(works))


@line
def _in_field(inside: int, groups: int) -> str:
    return _("Groups inside the field's parentheses: {n} of {all}").format(
        n=number(inside), all=number(groups)
    )


@line
def _says(work: str, said: str) -> str:
    # Translators: a work and what its page says, e.g. "Walsh et al. 2016: more than 1900 answers"
    return _("{work}: {said}").format(work=short_name(work), said=text(said))


@line
def _silent(work: str) -> str:
    return _("{work}: the abstract does not mention it").format(work=short_name(work))


@line
def _inferred() -> str:
    return _("The work was inferred from this very passage.")


@line
def _own_table(works: list[str]) -> str:
    return _("Only the article's own tables and text say so of: {works}").format(
        works=short_names(works)
    )


@line
def _in_reading(reading: str, yes: int, no: int, unknown: int) -> str:
    # Translators: a reading of a query, and for how many works it is found, not found, unknown
    return _("{reading}: found {yes}, not found {no}, unknown {unknown}").format(
        reading=label(reading), yes=number(yes), no=number(no), unknown=number(unknown)
    )


@line
def _industries(work: str, industry: str) -> str:
    return _("{work}: {said}").format(work=short_name(work), said=label(industry))


@line
def _listed(count: int, every: int) -> str:
    return _("Records listed: {n} of {all}").format(n=number(count), all=number(every))


@line
def _numbers_and_works(numbers: int, works: int) -> str:
    return _("Citation numbers: {numbers}; works: {works}").format(
        numbers=number(numbers), works=number(works)
    )


def _texts(names: list[str]) -> str:
    return "; ".join(text(name) for name in names)
