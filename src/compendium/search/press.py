"""The rules by the six elements of PRESS 2015, the guideline for the peer review of searches.

McGowan and others (2016), doi:10.1016/j.jclinepi.2016.01.021.
"""

from __future__ import annotations

import pandas as pd

from compendium.display import Cell, Column, Table
from compendium.language import N_, _
from scopus_query.language import _ as of_query
from scopus_query.rule_pages import anchor
from scopus_query.rules import RULES

ELEMENTS: dict[str, tuple[str, ...]] = {
    N_("Translation of the research question"): (),
    N_("Boolean and proximity operators"): (
        "Q106", "Q115", "Q206", "Q207", "Q210", "Q214", "Q302", "Q305", "Q306", "Q307", "Q319",
        "Q324", "Q326",
    ),
    N_("Subject headings"): (),
    N_("Text word searching"): (
        "Q301", "Q308", "Q309", "Q310", "Q311", "Q312", "Q313", "Q314", "Q318",
    ),
    N_("Spelling, syntax and line numbers"): (
        "Q101", "Q102", "Q103", "Q104", "Q105", "Q107", "Q108", "Q110", "Q111", "Q112", "Q113",
        "Q114", "Q116", "Q117", "Q118", "Q201", "Q202", "Q204", "Q205", "Q208", "Q209", "Q211",
        "Q212", "Q213", "Q215", "Q216", "Q217", "Q218", "Q321",
    ),
    N_("Limits and filters"): (
        "Q109", "Q203", "Q315", "Q316", "Q317", "Q320", "Q322", "Q323", "Q325",
    ),
}  # fmt: skip
"""Codes of rules by element; none where a query alone does not show it."""


def table() -> Table:
    """The elements, each with the rules that look at it, as an index of their pages."""
    rows = pd.DataFrame({"element": list(ELEMENTS), "rules": list(ELEMENTS.values())})
    return Table(
        rows,
        {
            "element": Column(_("Element of PRESS"), lambda element: _(element)),
            "rules": Column(_("Rules"), _rules),
        },
        label=_("Rules by element of PRESS"),
    )


def _rules(codes: tuple[str, ...]) -> list[Cell] | Cell:
    if not codes:
        # Translators: in a table cell, where a query alone does not show what is asked
        return Cell(_("not seen in a query alone"), kind="mark")
    return [
        Cell(f"{code} {of_query(RULES[code].title)}", href=f"#{anchor(code)}") for code in codes
    ]
