"""What lies behind the answer, in three findings: each a sentence or two and a small picture."""

from __future__ import annotations

import pandas as pd

from compendium.display import Column, Figure, Part, Table, explained, palette, part_bar
from compendium.language import _, inside, join, label, ngettext, number, pair, percent

STATES = {
    "case_at_work": palette.GREEN,
    "case_opened": palette.SKY,
    "case_announced": palette.MUTED,
    "case_closed": palette.RED,
    "unknown": palette.MUTED,
}
"""States of a case and their colours."""
READINGS = {
    "hinders": palette.RED,
    "mixed": palette.ORANGE,
    "supports": palette.GREEN,
    "unknown": palette.MUTED,
}
"""Readings of what the models require, and their colours."""


def works(summary: pd.DataFrame, reviewed: int) -> tuple[str, Figure]:
    """How many of the reviewed works tell of a model's effect, and how far they can be trusted.

    Directions of effects are not counted here: a count of them would be read as a vote.

    Parameters
    ----------
    summary : DataFrame
        What `summary_table.summary` returns.
    reviewed : int
        How many works were reviewed.
    """
    telling = len({key for keys in summary["works"].fillna("") for key in keys.split()})
    told = ngettext(
        "Of the {all} works that the article reviewed, {n} reports an effect of a model.",
        "Of the {all} works that the article reviewed, {n} report an effect of a model.",
        telling,
    ).format(n=number(telling), all=number(reviewed))
    levels = summary["certainty"].value_counts()
    if len(levels) == 1:
        sure = _(
            "Confidence in what they found, by GRADE-CERQual, is {level} for every model."
        ).format(
            level=inside(label(str(levels.index[0])))
        )
    else:
        by_level = [pair(inside(label(str(code))), number(int(n))) for code, n in levels.items()]
        # Translators: {levels} are levels of confidence, each with a number of models
        sure = _(
            "Confidence in what they found, by GRADE-CERQual, differs between the models: {levels}."
        ).format(levels=join(by_level))
    parts = [
        # Translators: parts of a bar, each after a number of works
        Part(_("report an effect of a model"), telling, palette.ACCENT),
        Part(_("report none in what was read"), reviewed - telling, palette.MUTED),
    ]
    return f"{told} {sure}", part_bar(parts, small=True)


def conditions(offers: pd.DataFrame) -> tuple[str, Figure]:
    """What the models require, against what the evidence on the country says.

    Parameters
    ----------
    offers : DataFrame
        What `context_offers` returns: one row a requirement, with its `reading`.
    """
    counts = offers["reading"].value_counts()
    told = ngettext(
        "The assessment looks at {n} condition. The evidence on the country "
        "is against {against}, mixed on {mixed}, in favour of {support} and missing for {none}.",
        "The assessment looks at {n} conditions. The evidence on the country "
        "is against {against}, mixed on {mixed}, in favour of {support} and missing for {none}.",
        len(offers),
    ).format(
        n=number(len(offers)), against=number(int(counts.get("hinders", 0))),
        mixed=number(int(counts.get("mixed", 0))), support=number(int(counts.get("supports", 0))),
        none=number(int(counts.get("unknown", 0))),
    )  # fmt: skip
    parts = [Part(label(code), int(counts.get(code, 0)), colour, open=code == "unknown")
             for code, colour in READINGS.items()]
    return told, part_bar(parts, small=True)


def cases(cases: pd.DataFrame) -> tuple[str, Figure]:
    """Cases of the models in the country: how many there are, and what became of them.

    Parameters
    ----------
    cases : DataFrame
        What `country_evidence.cases_by_model` returns.
    """
    states = cases[list(STATES)].sum()
    n = int(states.sum())
    told = ngettext(
        "We found {n} case of the models in the country: {active} active, {ended} ended, idle or "
        "sold, and the rest opened, announced or of unknown state.",
        "We found {n} cases of the models in the country: {active} active, {ended} ended, idle or "
        "sold, and the rest opened, announced or of unknown state.",
        n,
    ).format(n=number(n), active=number(int(states["case_at_work"])),
             ended=number(int(states["case_closed"])))
    support, against = int(cases["supports"].sum()), int(cases["hinders"].sum())
    said = _(
        "Their outcome speaks for the model in {support}, against it in {against}, and neither way "
        "in {open}."
    ).format(support=number(support), against=number(against), open=number(n - support - against))
    parts = [Part(label(code), int(states[code]), colour, open=code == "unknown")
             for code, colour in STATES.items()]
    return f"{told} {said}", part_bar(parts, small=True)


def set_aside(summary: pd.DataFrame) -> str:
    """What 0 : 0 : 0 hides: evidence that both codings counted and a third reading did not.

    Parameters
    ----------
    summary : DataFrame
        What `summary_table.summary` returns.
    """
    silent = summary[["country_for", "country_mixed", "country_against"]].sum(axis=1) == 0
    rows = summary[silent & (summary["country_set_aside"] > 0)]
    if rows.empty:
        return _("0 : 0 : 0 means that no evidence counts.")
    return _(
        "0 : 0 : 0 means that no evidence counts; for {models}, a third reading set aside what "
        "both codings had counted."
    ).format(models=join([
        # Translators: a model, and how many pieces of evidence; several are joined by "and"
        ngettext("{model} ({n} piece)", "{model} ({n} pieces)", int(row.country_set_aside)).format(
            model=inside(label(row.model)), n=number(int(row.country_set_aside))
        )
        for row in rows.itertuples()
    ]))  # fmt: skip


def in_short(summary: pd.DataFrame) -> Table:
    """The summary of findings in five columns, for a phone and for a brief.

    Parameters
    ----------
    summary : DataFrame
        What `summary_table.summary` returns.
    """
    rows = summary.assign(
        country=[
            " : ".join(
                number(int(n)) for n in (row.country_for, row.country_mixed, row.country_against)
            )
            for row in summary.itertuples()
        ],
        levels=[
            # Translators: so many of all
            _("{n} of {all}").format(n=number(int(row.known)), all=number(int(row.criteria)))
            for row in summary.itertuples()
        ],
    )
    return Table(
        rows,
        {
            "model": Column(_("Model"), explained),
            # Translators: column header: share of the draws in which a model ranks first
            "coded": Column(_("Ranks first"), percent, "number"),
            # Translators: column header: pieces of evidence on what a model needs
            "country": Column(_("For : mixed : against"), str, "number"),
            # Translators: column header: how many of a model's levels are known
            "levels": Column(_("Levels known"), str, "number"),
            # Translators: column header: confidence in what the works found, by GRADE-CERQual
            "certainty": Column(_("Confidence (CERQual)"), label, "number"),
        },
        label=_("Summary of findings"),
    )
