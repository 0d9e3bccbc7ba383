"""The chapter on certainty by GRADE: the summary of findings, and the judgements behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from compendium import data, validation
from compendium.display import Cell, Column, Table
from compendium.language import _, inside, label, number, pair, text
from compendium.pages import directions, effects
from compendium.synthesis import certainty
from compendium.synthesis.certainty import DOMAINS, LEVELS, STEPS, UPGRADES


def read() -> pd.DataFrame:
    """The judgements of the resource `grade`, checked, with what follows from them.

    Returns
    -------
    DataFrame with the columns of the resource; `works` are lists, works and effect come from the
    tables of effects and directions where nobody wrote them down, and `level` is computed

    Raises
    ------
    CompendiumError
        If a cell is wrong: names the first.
    """
    validation.require("grade")
    judged = certainty.judged("grade")
    found = _found()
    nothing: tuple[list[str], str] = ([], "")
    behind = [found.get(outcome, nothing) for outcome in judged["outcome"]]
    return judged.assign(
        works=[own or other for own, (other, _told) in zip(judged["works"], behind, strict=True)],
        effect=[text(own) or told for own, (_keys, told) in zip(judged["effect"], behind,
                                                                strict=True)],
        level=[certainty.level(row) for row in judged.itertuples()],
    )  # fmt: skip


def _found() -> dict[str, tuple[list[str], str]]:
    """Works and what they come to, by outcome, where other tables of the review tell it."""
    found: dict[str, tuple[list[str], str]] = {}
    if data.holds(directions.RESOURCE):
        each = directions.read()
        for row in directions.sign_test(each).itertuples():
            keys = each.loc[each["outcome"] == row.outcome, "work"]
            told = _("The effect goes the wanted way in: {works}.").format(
                works=directions.told(row)
            )
            found[row.outcome] = list(keys), told
    if data.holds("effects"):
        every = effects.read()
        for outcome, group in every.each.groupby("outcome", sort=False):
            found[str(outcome)] = list(group["work"].unique()), effects.told(every, str(outcome))
    return found


def summary(judged: pd.DataFrame) -> str:
    """In a sentence: the certainty of the evidence on each outcome."""
    if judged.empty:
        return _("No outcome has been judged yet.")
    levels = [pair(text(row.outcome), inside(label(row.level))) for row in judged.itertuples()]
    return _("Certainty by outcome: {levels}.").format(levels="; ".join(levels))


def findings_table(judged: pd.DataFrame) -> Table:
    """The summary of findings: one row an outcome."""
    return Table(
        judged.assign(count=[len(keys) for keys in judged["works"]]),
        {
            "outcome": Column(head("grade", "outcome"), text),
            "count": Column(_("Works"), number, "number"),
            "effect": Column(head("grade", "effect"), str),
            "level": Column(_("Certainty"), level_cell(LEVELS)),
            "explanation": Column(head("grade", "explanation"), text),
        },
        label=_("Summary of findings"),
    )


def profile_table(judged: pd.DataFrame) -> Table:
    """The judgements behind each level: where it begins and what raises it, and each domain."""
    return Table(
        judged.assign(start=[_begun(row) for row in judged.itertuples()]),
        {
            "outcome": Column(head("grade", "outcome"), text),
            "start": Column(head("grade", "start"), list),
            **{name: Column(head("grade", name), _judgement) for name in DOMAINS},
        },
        label=_("Judgements"),
    )


def head(table: str, column: str) -> str:
    """A column's title in the data package, as a header."""
    fields = data.resource(table)["schema"]["fields"]
    return text(next(field["title"] for field in fields if field["name"] == column))


def level_cell(scale: Sequence[str]) -> Callable[[str], Cell]:
    """How a level of a scale is shown: filled circles for the eye, and its label."""
    signs = certainty.signs(scale)
    return lambda level: Cell(label(level), sign=signs.get(level, "?"))


def _judgement(code: str) -> Cell:
    steps = STEPS.get(code, 0)
    return Cell(label(code), sign=f"−{-steps}" if steps else "")


def _begun(row) -> list[Cell]:
    raised = {name: STEPS.get(getattr(row, name), 0) for name in UPGRADES}
    return [
        Cell(label(row.start)),
        *(Cell(head("grade", name), sign=f"+{steps}") for name, steps in raised.items() if steps),
    ]


