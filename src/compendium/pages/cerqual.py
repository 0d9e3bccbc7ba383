"""The chapter on confidence by GRADE-CERQual: the summary of findings, and their components."""

from __future__ import annotations

import pandas as pd

from compendium import validation
from compendium.display import Column, Table
from compendium.language import _, inside, label, pair, text
from compendium.pages.grade import head, level_cell
from compendium.synthesis import certainty
from compendium.synthesis.certainty import COMPONENTS, CONFIDENCE
from compendium.works import work_cell

_LEVEL = level_cell(CONFIDENCE)


def read() -> pd.DataFrame:
    """The judgements of the resource `cerqual`, checked, its works as lists.

    Raises
    ------
    CompendiumError
        If a cell is wrong: names the first.
    """
    validation.require("cerqual")
    return certainty.judged("cerqual")


def summary(judged: pd.DataFrame) -> str:
    """In a sentence: how much confidence each finding deserves."""
    if judged.empty:
        return _("No finding has been judged yet.")
    told = [
        pair(text(row.finding).rstrip("."), inside(label(row.confidence)))
        for row in judged.itertuples()
    ]
    return _("Confidence by finding: {levels}.").format(levels="; ".join(told))


def findings_table(judged: pd.DataFrame) -> Table:
    """The summary of qualitative findings: one row a finding, with the works that contribute."""
    return Table(
        judged,
        {
            "finding": Column(head("cerqual", "finding"), text),
            "works": Column(head("cerqual", "works"), lambda keys: [work_cell(k) for k in keys]),
            "confidence": Column(head("cerqual", "confidence"), _LEVEL),
            "explanation": Column(head("cerqual", "explanation"), text),
        },
        label=_("Summary of qualitative findings"),
    )


def components_table(judged: pd.DataFrame) -> Table:
    """Concerns by component: one row a finding."""
    return Table(
        judged,
        {
            "finding": Column(head("cerqual", "finding"), text),
            **{name: Column(head("cerqual", name), label) for name in COMPONENTS},
            "confidence": Column(head("cerqual", "confidence"), _LEVEL),
        },
        label=_("Concerns by component"),
    )
