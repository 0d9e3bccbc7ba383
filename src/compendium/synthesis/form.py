"""The extraction form: what each category holds, text unless the form says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from compendium import data
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _, label, number, text
from compendium.language.codebook import codebook

RESOURCE = "extraction_form"
_NUMBER = r"([-+]?\d+(?:\.\d+)?)"
_EFFECT = re.compile(rf"\s*{_NUMBER}\s*\[\s*{_NUMBER}\s*;\s*{_NUMBER}\s*\]\s*")


def types() -> dict[str, tuple[str, str]]:
    """Type and unit of each category that the form names; none where there is no form."""
    if not data.holds(RESOURCE):
        return {}
    rows = data.table(RESOURCE).itertuples()
    return {row.category: (row.type, row.unit) for row in rows}


def shown(category: str, value: str) -> str:
    """A value of the extraction as a reader sees it: a number with its unit, a code's label."""
    kind, unit = types().get(category, ("text", ""))
    if kind == "code":
        return "; ".join(label(code) for code in _codes(value))
    if kind == "number":
        return f"{number(float(value))} {text(unit)}".strip()
    if kind == "effect" and (found := _EFFECT.fullmatch(value)):
        effect, low, high = (number(float(each)) for each in found.groups())
        # Translators: an effect with the ends of its interval
        interval = _("{effect} [{low}; {high}]").format(effect=effect, low=low, high=high)
        return f"{text(unit)} {interval}".strip()
    return text(value)


def is_text(category: str) -> bool:
    """Whether values of a category are words, which a reader of another language needs translated.

    Numbers, years, codes and effects are shown in every language without that.
    """
    return types().get(category, ("text", ""))[0] == "text"


def problems(extraction: pd.DataFrame) -> Iterator[CompendiumError]:
    """Every value that is not of its category's type.

    Parameters
    ----------
    extraction : DataFrame
        The resource of this name.
    """
    form = types()
    path = f"data/{data.resource('extraction')['path']}"
    reported = extraction["status"].eq("reported")
    for at, row in zip(extraction.index[reported], extraction[reported].itertuples(), strict=True):
        kind, _unit = form.get(str(row.category), ("text", ""))
        wrong = _wrong(kind, str(row.category), str(row.value))
        if wrong:
            message, remedy = wrong
            yield CompendiumError(message, path=path, row=at + 2, column="value", remedy=remedy)


def _wrong(kind: str, category: str, value: str) -> tuple[str, str] | None:
    if kind == "code":
        members = [code for code, row in codebook().items() if row["set"] == category]
        for code in _codes(value):
            if code not in members:
                return (
                    _("{code} is not a code of the set {name}.")
                    .format(code=repr(code), name=repr(category)),
                    did_you_mean(code, members, otherwise=_("Add it to data/codebook.csv.")),
                )  # fmt: skip
    elif kind == "number" and not _is_number(value):
        return (
            _("{value} is not a number.").format(value=repr(value)),
            _("Write it with a point, without unit or thousands: the form has the unit."),
        )
    elif kind == "effect":
        found = _EFFECT.fullmatch(value)
        if not found:
            return (
                _("{value} is not an effect with its interval.").format(value=repr(value)),
                _("Write it as `0.8 [0.6; 1.1]`, each with a point; the form has the measure."),
            )  # fmt: skip
        effect, low, high = map(float, found.groups())
        if not low <= effect <= high:
            return (
                _("The effect does not lie inside its interval."),
                _("Look low, effect and high up once more."),
            )  # fmt: skip
    elif kind == "year" and not (value.isdigit() and len(value) == 4):
        return _("{value} is not a year.").format(value=repr(value)), _("Write four digits.")
    return None


def _codes(value: str) -> list[str]:
    return [code.strip() for code in value.split(";") if code.strip()]


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return value.lower() not in ("nan", "inf", "-inf", "infinity", "-infinity")
