"""The summary of findings: one row a model, each cell with the way to what it rests on."""

from __future__ import annotations

import pandas as pd

from compendium.display import Cell, Column, Table
from compendium.language import _, label, ngettext, number, percent
from compendium.ranking.structure import first_ranges
from compendium.ranking.structure_figures import scenario_name, span
from compendium.works import short_name

COUNTS = ("works_for", "works_against", "country_for", "country_against", "cases_for",
          "cases_against")


def summary(inputs: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Codes and numbers of the summary, one row a model, as a chapter leaves them.

    Parameters
    ----------
    inputs : DataFrame
        What `summary.inputs` returns.
    held : DataFrame
        What `structure.structural_sensitivity` returns.

    Returns
    -------
    DataFrame with `model`, `works` (keys, parted by blanks), the counts of `COUNTS`, `certainty`,
    `contradicted` (findings that contradict the article), `coded`, `low` and `high` (shares of
    first ranks), `leads`, `scenarios` (how many), `leader` (whether the model leads as coded), and
    `change`: of the leader the scenario in which it comes first least often, of another model that
    in which it comes first most often
    """
    ranges = first_ranges(held)
    leader = ranges.loc[ranges["coded"].idxmax(), "model"]
    shares = held.pivot(index="scenario", columns="model", values="rank_1")
    ranges["leader"] = ranges["model"] == leader
    ranges["scenarios"] = len(shares)
    ranges["change"] = [
        shares[model].idxmin() if model == leader else shares[model].idxmax()
        for model in ranges["model"]
    ]
    own = inputs[["model", *COUNTS, "certainty"]].assign(
        works=[" ".join(keys) for keys in inputs["works"]],
        contradicted=[len(rows) for rows in inputs["contradicted"]],
    )
    return own.merge(ranges, on="model").sort_values("coded", ascending=False, ignore_index=True)


def table(frame: pd.DataFrame, reading: str = "3-synthesis.html", own: str = "") -> Table:
    """The summary in the reader's language.

    Parameters
    ----------
    frame : DataFrame
        What `summary` returns, perhaps read from a file.
    reading, own : str
        Pages of the synthesis and of the assessment; none if the table stands on that page.
    """
    rows = frame.fillna({"works": ""})
    each = list(rows.itertuples())
    return Table(
        rows.assign(
            found=[_found(row, reading) for row in each],
            country=[_country(row, own) for row in each],
            sure=[Cell(label(row.certainty), f"{reading}#synthesis-certainty") for row in each],
            share=[_share(row, own) for row in each],
            changes=[_changes(row, own) for row in each],
        ),
        {
            "model": Column(_("Model"), label),
            "found": Column(_("What the works found"), list),
            "country": Column(_("What the country's evidence says"), list),
            "sure": Column(_("Certainty"), lambda cell: cell),
            "share": Column(_("Comes first"), list),
            "changes": Column(_("What would change it"), list),
        },
        label=_("Summary of findings"),
    )


def _sides(head: str, support: int, against: int, href: str) -> Cell:
    # Translators: {what} is what a model needs, or its cases; the numbers count pieces of evidence
    told = _("{what}: {support} for, {against} against")
    shown = told.format(what=head, support=number(int(support)), against=number(int(against)))
    return Cell(shown, href)


def _found(row, reading: str) -> list[Cell]:
    if not row.works:
        return [Cell(_("No effect of it was read"), f"{reading}#synthesis-findings")]
    names = ", ".join(short_name(key) for key in row.works.split())
    at = f"{reading}#synthesis-findings"
    told = _("Effects: {support} for, {against} against or none").format(
        support=number(int(row.works_for)), against=number(int(row.works_against))
    )
    found = [Cell(told, at), Cell(names)]
    if row.contradicted:
        n = int(row.contradicted)
        beside = ngettext("%d finding contradicts the article",
                          "%d findings contradict the article", n) % n
        found.append(Cell(beside, at))
    return found


def _country(row, own: str) -> list[Cell]:
    return [
        _sides(_("What it needs"), row.country_for, row.country_against,
               f"{own}#applicability-matrix"),
        _sides(_("Cases"), row.cases_for, row.cases_against,
               f"{own}#applicability-own-evidence"),
    ]


def _share(row, own: str) -> list[Cell]:
    return [
        Cell(percent(float(row.coded)), f"{own}#applicability-ranking"),
        Cell(span(float(row.low), float(row.high)), f"{own}#applicability-sensitivity"),
    ]


def _changes(row, own: str) -> list[Cell]:
    leads = _("Leads in {n} of {all} scenarios").format(
        n=number(int(row.leads)), all=number(int(row.scenarios))
    )
    told = _("Lowest: {scenario}") if row.leader else _("Highest: {scenario}")
    at = f"{own}#applicability-sensitivity"
    return [Cell(leads, at), Cell(told.format(scenario=scenario_name(row.change)))]
