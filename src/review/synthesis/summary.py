"""What a summary of findings rests on: one row a model, every number with the rows behind it."""

from __future__ import annotations

import pandas as pd

from compendium import data
from compendium.ranking import codings
from compendium.ranking.context import Context
from review.synthesis.findings import contradicted, effects

AGAINST = ("hinders", "no_effect")
COUNTED = ("supports", "mixed", "hinders")
"""Readings that the summary counts, each by itself."""
SPOKEN = ("supports", "hinders")
"""Readings of cases that have a line of their own."""


def inputs(context: Context, levels: pd.DataFrame) -> pd.DataFrame:
    """What the works found, what the country's evidence says, and how certain it is, by model.

    Parameters
    ----------
    context : Context
        The country and the industry, with its studies and cases.
    levels : DataFrame
        Confidence in the findings, as `certainty.components` returns it.

    Returns
    -------
    DataFrame with the columns

    - `model`;
    - `works`: keys of the works with an effect of the model; `findings`: their rows in
      `work_findings`; `works_for`, `works_against`: how many of these support it, and how many
      hinder it or show no effect; `contradicted`: rows that contradict the article;
    - `country`: rows of the country's evidence on what the model requires; `country_for`,
      `country_mixed`, `country_against`: how many of them support it, go both ways, hinder it;
      `country_set_aside`: how many more both codings had counted and a third reading did not;
    - `cases_for`, `cases_mixed`, `cases_against`, `cases_active`, `cases_closed`;
    - `certainty`: overall confidence by GRADE-CERQual.
    """
    found = data.table("work_findings")
    told = effects(found)
    coded = data.table("context_codings", context.folder / "codings.csv")
    set_aside = codings.set_aside(coded, "coded_offer")["criterion_or_requirement"]
    overall = levels.query("component == 'cq_overall'").set_index("finding")
    rows = []
    for model in data.table("models")["model"]:
        own = told[told["model"] == model]
        against_article = contradicted(found)
        asked = context.model_requires.loc[context.model_requires["model"] == model, "requirement"]
        offers = context.offers[
            context.offers["requirement"].isin(asked) & (context.offers["evidence"] != "")
        ]
        cases = context.precedents[context.precedents["model"] == model]
        rows.append({
            "model": model,
            "works": list(own["work"].unique()),
            "findings": list(own["finding"]),
            "works_for": int((own["direction"] == "supports").sum()),
            "works_against": int(own["direction"].isin(AGAINST).sum()),
            "contradicted": list(
                against_article.loc[against_article["model"] == model, "finding"]
            ),
            "country": list(offers["evidence"]),
            "country_for": int((offers["reading"] == "supports").sum()),
            "country_mixed": int((offers["reading"] == "mixed").sum()),
            "country_against": int((offers["reading"] == "hinders").sum()),
            "country_set_aside": int(set_aside.isin(asked).sum()),
            "cases_for": int((cases["direction"] == "supports").sum()),
            "cases_mixed": int((cases["direction"] == "mixed").sum()),
            "cases_against": int((cases["direction"] == "hinders").sum()),
            "cases_active": int((cases["status"] == "case_at_work").sum()),
            "cases_closed": int((cases["status"] == "case_closed").sum()),
            "certainty": overall.loc[model, "level"],
        })
    return pd.DataFrame(rows)


def rows(context: Context) -> pd.DataFrame:
    """The rows that stand behind each cell of the summary.

    Parameters
    ----------
    context : Context
        The country and the industry.

    Returns
    -------
    DataFrame with the columns `model`; `cell`: `works`, `contradicted`, `needs` or `cases`; `row`:
    the finding, requirement or case; `told`: what acts, the work of a contradiction, or the
    sentence of a case; `outcome`: what it acts on; `reading`: where it points; `support`, `both`
    and `against`: pieces of evidence on a requirement
    """
    found = data.table("work_findings")
    told = effects(found)
    beside = contradicted(found)
    readings = context.offers.groupby("requirement")["reading"].value_counts()
    out, none = [], (0,) * len(COUNTED)
    for model in data.table("models")["model"]:
        for row in told[told["model"] == model].itertuples():
            out.append((model, "works", row.finding, row.acting, row.outcome, row.direction, *none))
        for row in beside[beside["model"] == model].itertuples():
            out.append((model, "contradicted", row.finding, row.work, "", row.direction, *none))
        asked = context.model_requires.loc[context.model_requires["model"] == model, "requirement"]
        for code in asked:
            sides = [int(readings.get((code, side), 0)) for side in COUNTED]
            out.append((model, "needs", code, "", "", "", *sides))
        cases = context.precedents[context.precedents["model"] == model]
        for row in cases[cases["direction"].isin(SPOKEN)].itertuples():
            out.append((model, "cases", row.case, row.statement, "", row.direction, *none))
    columns = ["model", "cell", "row", "told", "outcome", "reading",
               "support", "both", "against"]  # fmt: skip
    return pd.DataFrame(out, columns=columns)
