"""The table of agreement between reviewers."""

from __future__ import annotations

import pandas as pd

from compendium.display import Cell, Column, Table, mark
from compendium.language import _, label, number


def agreement_table(frame: pd.DataFrame) -> Table:
    """Coefficients of agreement with their intervals; what nobody computed says so."""
    asked = frame["reviewers"].ne("").any()
    shown = frame.assign(interval=list(zip(frame["low"], frame["high"], strict=True)))
    value = shown["value"].astype(object)
    told = {
        "value": value.where(value.notna(), _UNDEFINED),
        "records": shown["records"].astype(object),
    }
    if not asked:
        told = dict.fromkeys(told, "not_reported")
        shown["interval"] = "not_reported"
    return Table(
        shown.assign(**told),
        {
            "coefficient": Column(_("Coefficient"), label),
            "reviewers": Column(_("Reviewers"), lambda names: names or mark("not_reported")),
            "records": Column(_("Records"), _number, kind="number"),
            "value": Column(_("Value"), _number, kind="number"),
            "interval": Column(_("95% interval"), _interval, kind="number"),
        },
        label=_("Agreement between reviewers"),
    )


_UNDEFINED = "undefined"


def _number(value) -> str | Cell:
    if value == _UNDEFINED:
        # Translators: of a coefficient that cannot be computed, e.g. where all decisions agree
        return Cell(_("not defined"))
    if isinstance(value, str):
        return mark(value)
    return number(value) if isinstance(value, int) else number(value, 2)


def _interval(ends) -> str | Cell:
    if isinstance(ends, str):
        return mark(ends)
    if pd.isna(ends[0]):
        return Cell(_("not defined"))
    return f"{number(ends[0], 2)}; {number(ends[1], 2)}"
