"""The summary of findings: one row a model, each cell with the way to what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten

import pandas as pd

from compendium.display import Cell, Column, Table, explained, row_id
from compendium.language import _, label, ngettext, number, pair, percent, span, text
from compendium.ranking.structure import first_ranges
from compendium.ranking.structure_figures import scenario_name
from compendium.works import short_name

SHORT = 60
"""Letters of a case's sentence that a cell shows."""

COUNTS = ("works_for", "works_against", "country_for", "country_mixed", "country_against",
          "country_set_aside", "cases_for", "cases_mixed", "cases_against")


def summary(
    inputs: pd.DataFrame, held: pd.DataFrame, coded: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Codes and numbers of the summary, one row a model, as a chapter leaves them.

    Parameters
    ----------
    inputs : DataFrame
        What `summary.inputs` returns.
    held : DataFrame
        What `structure.structural_sensitivity` returns.
    coded : mapping of model to float, optional
        Shares of first ranks with the levels as coded, where they come from more draws than the
        scenarios do.

    Returns
    -------
    DataFrame with `model`, `works` (keys, parted by blanks), the counts of `COUNTS`, `certainty`,
    `contradicted` (findings that contradict the article), `coded`, `low` and `high` (shares of
    first ranks), `leads`, `scenarios` (how many), `leader` (whether the model leads as coded), and
    `change`: of the leader the scenario in which it comes first least often, of another model that
    in which it comes first most often
    """
    ranges = first_ranges(held)
    if coded is not None:
        ranges["coded"] = ranges["model"].map(coded)
        ranges["low"] = ranges[["low", "coded"]].min(axis=1)
        ranges["high"] = ranges[["high", "coded"]].max(axis=1)
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


def table(
    frame: pd.DataFrame, rows: pd.DataFrame, reading: str = "3-synthesis.html",
    evidence: str = "evidence.html", ranking: str = "ranking.html",
) -> Table:
    """The summary in the reader's language, each line of a cell with the way to its row.

    Parameters
    ----------
    frame : DataFrame
        What `summary` returns, perhaps read from a file.
    rows : DataFrame
        What `summary.rows` returns, perhaps read from a file.
    reading, evidence, ranking : str
        Pages of the synthesis, of the evidence and of the ranking; the figure of scenarios stands
        on the page of the table.
    """
    shown = frame.fillna({"works": ""})
    behind = {
        model: {cell: list(part.itertuples()) for cell, part in each.groupby("cell")}
        for model, each in rows.fillna("").groupby("model")
    }
    each = [(row, behind.get(row.model, {})) for row in shown.itertuples()]
    return Table(
        shown.assign(
            found=[_found(row, lines, reading) for row, lines in each],
            country=[_country(row, lines, evidence, ranking) for row, lines in each],
            sure=[
                Cell(label(row.certainty), f"{reading}#{row_id('certainty', row.model)}")
                for row, _lines in each
            ],
            share=[_share(row, ranking) for row, _lines in each],
            changes=[_changes(row) for row, _lines in each],
        ),
        {
            "model": Column(_("Model"), explained),
            "found": Column(_("What the works found"), list),
            "country": Column(_("What the country's evidence says"), list),
            # Translators: column header: confidence in what the works found, by GRADE-CERQual
            "sure": Column(_("Confidence (CERQual)"), lambda cell: cell),
            "share": Column(_("Comes first"), list),
            "changes": Column(_("What would change it"), list),
        },
        label=_("Summary of findings"),
    )


def _sides(head: str, support: int, both: int, against: int, href: str = "") -> Cell:
    # Translators: {what} is what a model needs, or its cases; the numbers count pieces of evidence
    told = _("{what}: {support} for, {both} mixed, {against} against")
    shown = told.format(
        what=head, support=number(int(support)), both=number(int(both)),
        against=number(int(against)),
    )  # fmt: skip
    return Cell(shown, href)


def _found(row, lines: dict, reading: str) -> list[Cell]:
    found = []
    if row.works:
        told = _("Effects: {support} for, {against} against or absent").format(
            support=number(int(row.works_for)), against=number(int(row.works_against))
        )
        names = ", ".join(short_name(key) for key in row.works.split())
        found = [Cell(told), Cell(names, kind="mark")]
    else:
        found = [Cell(_("No effect of it was read"), f"{reading}#tab-all-findings")]
    alike: dict[tuple[str, str, str], list[str]] = {}
    for line in lines.get("works", []):
        alike.setdefault((line.told, line.outcome, line.reading), []).append(line.row)
    for (acting, outcome, direction), rows in alike.items():
        # Translators: what acts on what in a work, and in which direction
        told = _("{acting} → {outcome}: {direction}").format(
            acting=label(acting), outcome=label(outcome).lower(),
            direction=label(direction).lower(),
        )
        times = f" × {number(len(rows))}" if len(rows) > 1 else ""
        found.append(Cell(told + times, f"{reading}#{row_id('finding', rows[0])}"))
    for line in lines.get("contradicted", []):
        # Translators: a work, one of whose findings contradicts the article
        told = _("A finding contradicts the article: {work}").format(work=short_name(line.told))
        found.append(Cell(told, f"{reading}#{row_id('finding', line.row)}"))
    return found


def _country(row, lines: dict, evidence: str, ranking: str) -> list[Cell]:
    needs = [
        _sides(label(line.row), line.support, line.both, line.against,
               f"{evidence}#{row_id('offer', line.row, 1)}")
        for line in lines.get("needs", [])
    ]  # fmt: skip
    cases = [
        Cell(pair(label(line.reading), shorten(text(line.told), SHORT, placeholder=" …")),
             f"{evidence}#{row_id('case', line.row)}")
        for line in lines.get("cases", [])
    ]  # fmt: skip
    if row.country_set_aside:
        told = ngettext(
            "{n} more piece of evidence, counted by both codings, set aside by a third reading",
            "{n} more pieces of evidence, counted by both codings, set aside by a third reading",
            int(row.country_set_aside),
        ).format(n=number(int(row.country_set_aside)))
        needs.append(Cell(told, f"{ranking}#applicability-codings"))
    return [
        _sides(_("What it needs"), row.country_for, row.country_mixed, row.country_against), *needs,
        _sides(_("Cases"), row.cases_for, row.cases_mixed, row.cases_against,
               f"{evidence}#tab-country-cases"),
        *cases,
    ]


def _share(row, ranking: str) -> list[Cell]:
    return [
        Cell(percent(float(row.coded)), f"{ranking}#{row_id('rank', row.model)}"),
        Cell(span(float(row.low), float(row.high)), "#tab-structure"),
    ]


def _changes(row) -> list[Cell]:
    leads = _("Leads in {n} of {all} scenarios").format(
        n=number(int(row.leads)), all=number(int(row.scenarios))
    )
    told = _("Lowest: {scenario}") if row.leader else _("Highest: {scenario}")
    group = row.change.partition(":")[0]
    return [
        Cell(leads, "#fig-structure"),
        Cell(told.format(scenario=scenario_name(row.change)),
             f"#{row_id('scenarios', group)}"),
    ]  # fmt: skip
