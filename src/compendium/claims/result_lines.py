"""What a check found, as lines in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from compendium.claims.check import CheckResult
from compendium.language import _, definition, join, label, number

LINES: dict[str, Callable[..., str]] = {}


def line(function: Callable[..., str]) -> Callable[..., str]:
    """Register how a kind of line is told, under its function's name without the underscore."""
    LINES[function.__name__.removeprefix("_")] = function
    return function


def lines(result: CheckResult) -> list[str]:
    """What was found, a line each, and last why the check could not settle it."""
    said = [LINES[kind](*values) for kind, *values in result.found]
    return [*said, definition(result.reason)] if result.reason else said


@line
def _count(found: int) -> str:
    return _("Counted: {n}").format(n=number(found))


@line
def _distinct(different: int, rows: int) -> str:
    return _("Counted: {n} different (rows: {rows})").format(n=number(different), rows=number(rows))


@line
def _share(part: int, whole: int) -> str:
    return _("Counted: {part} of {whole}").format(part=number(part), whole=number(whole))


@line
def _same(part: int, whole: int) -> str:
    return _("The same in {part} of {whole}").format(part=number(part), whole=number(whole))


@line
def _without(codes: list[str]) -> str:
    return _("Without: {names}").format(names=join([label(code) for code in codes]))
