"""What is wrong with the rows of a review's tables, beyond types and codes: a function a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isfinite

import pandas as pd

from compendium import data
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _
from compendium.language.codebook import codebook
from compendium.synthesis import certainty, form

RATIOS = {"odds_ratio", "risk_ratio", "hazard_ratio"}
"""Measures whose effects are pooled as logarithms."""
OLDEST = 1450
"""No work was printed before this year."""
Wrong = tuple[str, str, str]
"""Column, message and remedy."""


def problems(name: str) -> Iterator[CompendiumError]:
    """What is wrong with a table of the current compendium; nothing if it has no rules here."""
    if name in RULES:
        path = data.place_of(name)
        for at, row in enumerate(data.table(name).itertuples(), start=2):
            for column, message, remedy in RULES[name](row):
                yield CompendiumError(message, path=path, row=at, column=column, remedy=remedy)
    if name == "extraction":
        yield from form.problems(data.table(name))
    yield from certainty.problems(name)


def _effect(row) -> Iterator[Wrong]:
    if any(map(pd.isna, (row.effect, row.low, row.high))):
        return  # the schema asks for all three
    if not all(map(isfinite, (row.effect, row.low, row.high))):
        yield "effect", _("The number is not finite."), _("Look low, effect and high up once more.")
    elif row.low > row.high:
        yield "low", _("The interval ends below where it begins."), _("Exchange low and high.")
    elif row.low == row.high:
        yield "low", _("The interval has no width."), _("Look low and high up once more.")
    elif not row.low <= row.effect <= row.high:
        yield "effect", _("The effect does not lie inside its interval."), _(
            "Look low, effect and high up once more.")  # fmt: skip
    if row.measure in RATIOS and min(row.low, row.effect) <= 0:
        yield "low" if row.low <= 0 else "effect", _("A ratio is greater than 0."), _(
            "Write the ratio itself, not its logarithm.")  # fmt: skip


def _direction(row) -> Iterator[Wrong]:
    for column in ("participants", "measures"):
        value = getattr(row, column)
        if pd.notna(value) and value < 1:
            yield column, _("There is at least one."), _(
                "Correct the number, or leave it empty if nobody reports it.")  # fmt: skip


def _map(row) -> Iterator[Wrong]:
    entry = codebook().get(row.code)
    if entry and entry["set"] != row.dimension:
        sets = {each["set"] for each in codebook().values()}
        yield ("code", _("The code {code} is not one of the dimension {name}.").format(
            code=repr(row.code), name=repr(row.dimension)),
            _("Choose a code whose set in the codebook is that dimension.")
            if row.dimension in sets else did_you_mean(row.dimension, sets, otherwise=_(
                "Add codes of this dimension to data/codebook.csv.")))  # fmt: skip


def _extraction(row) -> Iterator[Wrong]:
    if row.status != "reported":
        if row.value and row.status in ("not_reported", "unknown", "no_data"):
            yield "value", _("A value is given, and the status says that there is none."), _(
                "Write `reported` as the status, or take the value out.")  # fmt: skip
        return
    if not row.value:
        yield "value", _("It is reported, and nobody says what."), _(
            "Write the value, or set the status to not_reported.")  # fmt: skip
    if not row.provenance:
        yield "provenance", _("{work}, {category}: reported, but not where it was read.").format(
            work=row.work, category=row.category), _(
            "Name the provenance, or set the status to not_reported.")  # fmt: skip


def _source(row) -> Iterator[Wrong]:
    for column in ("year_issue", "year_online"):
        year = getattr(row, column)
        if pd.notna(year) and not OLDEST <= year <= pd.Timestamp.now().year + 1:
            yield column, _("No work has appeared in the year {year}.").format(year=int(year)), _(
                "Correct the year, or leave it empty if it is unknown.")  # fmt: skip
    if row.address and not row.address.startswith(("https://", "http://")):
        yield "address", _("{value} is no address of a page.").format(value=repr(row.address)), _(
            "Begin it with https://.")  # fmt: skip


def _included(row) -> Iterator[Wrong]:
    known = [str(each["id"]) for each in data.document("queries") or []]
    if row.query and row.query not in known:
        yield "query", _("There is no query {name}.").format(name=repr(row.query)), did_you_mean(
            row.query, known,
            otherwise=_("Write one of: {values}.").format(values=", ".join(known)))  # fmt: skip


RULES: dict[str, Callable[..., Iterator[Wrong]]] = {
    "effects": _effect, "effect_directions": _direction, "map": _map, "extraction": _extraction,
    "sources": _source, "included": _included,
}  # fmt: skip
