"""The country's own evidence: studies and audits, cases for and against, and how all was chosen."""

from __future__ import annotations

import pandas as pd

from compendium.addresses import page_cell, read_on
from compendium.display import Cell, Column, Table, link, mark, row_id
from compendium.language import _, label, number, text
from compendium.ranking.context import Context
from review.synthesis.tables import study_name

STATUSES = ("case_at_work", "case_opened", "case_announced", "case_closed", "unknown")
SPEAKS = ("supports", "mixed", "hinders", "not_a_case", "counted_elsewhere")


_NO_CASES = ("counted_elsewhere", "not_a_case")

def findings(context: Context) -> Table:
    """What studies, audits and reports found, by the criterion that each finding enters."""
    about = context.studies.set_index("study")
    rows = context.study_findings.sort_values("criterion", kind="stable")
    shown = rows.assign(
        by=[_study(about.loc[row.study], row) for row in rows.itertuples()],
        read=[row.date_read for row in rows.itertuples()],
        row=[row_id("study", code) for code in rows["finding"]],
    )
    return Table(
        shown,
        {
            "statement": Column(_("Finding"), text),
            "direction": Column(_("Direction"), mark),
            "criterion": Column(_("Criterion"), lambda code: label(code) if code else "–"),
            "by": Column(_("Study"), list),
            # Translators: column header over "certain" and "likely"
            "confidence": Column(_("How sure the reading is"), label),
            "read": Column(_("Read on")),
        },
        label=_("What studies of the country found"),
        anchor="row",
    )


def _study(study, row) -> list[str | Cell]:
    shown = link(study_name(study), page_cell(row.seen_at).href or _doi(study["doi"]))
    sample = text(study["sample"]) if study["sample"] else label("not_reported")
    return [shown, label(study["kind"]), sample]


def _doi(doi: str) -> str:
    return f"https://doi.org/{doi}" if doi else ""


def cases(context: Context) -> Table:
    """Cases of the models, whatever they speak for, with their state and the page read."""
    rows = context.precedents
    shown = rows.assign(
        told=[[text(row.statement), *([text(row.note)] if row.note else [])]
              for row in rows.itertuples()],
        read=[[link(text(row.source), page_cell(row.seen_at).href), read_on(row.date_read)]
              for row in rows.itertuples()],
        row=[row_id("case", code) for code in rows["case"]],
    )  # fmt: skip
    return Table(
        shown,
        {
            "told": Column(_("Case"), list),
            "model": Column(_("Model"), label),
            "status": Column(_("State"), label),
            "direction": Column(_("Speaks for the model"), mark),
            "read": Column(_("Where and when it was read"), list),
        },
        label=_("Cases of the models in the country"),
        anchor="row",
    )


def cases_by_model(context: Context) -> pd.DataFrame:
    """How many cases of each model are in which state, and how many speak for and against it.

    A case that another case tells is not counted again. What is no case of its model has no state.

    Returns
    -------
    DataFrame with the column `model`, one column a state of `STATUSES` and one a reading of
    `SPEAKS`
    """
    cases, examples = _told_once(context), context.precedents
    counted = []
    for model, given in examples.groupby("model", sort=False):
        own = cases[cases["model"] == model]
        counted.append({
            "model": model,
            **{status: int((own["status"] == status).sum()) for status in STATUSES},
            **{
                side: int(((given if side in _NO_CASES else own)["direction"] == side).sum())
                for side in SPEAKS
            },
        })
    return pd.DataFrame(counted, columns=["model", *STATUSES, *SPEAKS])


def case_counts(counts: pd.DataFrame) -> Table:
    """The table of `cases_by_model`."""
    columns = {"model": Column(_("Model"), label)}
    columns |= {
        code: Column(label(code), number, kind="number") for code in (*STATUSES, *SPEAKS)
    }
    return Table(counts, columns, label=_("Cases by model"))


def selection(context: Context) -> Table:
    """How the evidence was found, how much of it is used, and by which rule."""
    return Table(
        context.selection,
        {
            "pool": Column(_("Evidence"), label),
            "collected": Column(_("Collected"), number, kind="number"),
            "used": Column(_("Used"), number, kind="number"),
            # Translators: column header: how many facts only correct or confirm an older one
            "merged": Column(_("Covered by another row"), number, kind="number"),
            "found_by": Column(_("How it was found"), text),
            "rule": Column(_("What was used"), text),
        },
        label=_("How the evidence was selected"),
    )


def left_out(context: Context) -> Table:
    """Collected facts that are not used, by the rule that left them out."""
    rows = context.facts_left_out
    grouped = rows.groupby("reason", sort=False)["topic"]
    shown = pd.DataFrame(
        [
            {"reason": reason, "facts": len(own), "topics": list(own.unique())}
            for reason, own in grouped
        ],
        columns=["reason", "facts", "topics"],
    )
    return Table(
        shown,
        {
            "reason": Column(_("Left out because"), label),
            "facts": Column(_("Facts"), number, kind="number"),
            "topics": Column(_("About"), lambda topics: [text(topic) for topic in topics]),
        },
        label=_("Facts left out"),
    )


def prose(context: Context) -> dict[str, int]:
    """How many studies, findings and cases there are, and how many facts were left out.

    A case that another case tells is not counted again.
    """
    pools = context.selection.set_index("pool")
    facts = pools[pools.index.str.contains("facts")]
    cases = _told_once(context)
    status = cases["status"]
    return {
        "own_studies": len(context.studies),
        "own_findings": len(context.study_findings),
        "own_hinder": int((context.study_findings["direction"] == "hinders").sum()),
        "own_support": int((context.study_findings["direction"] == "supports").sum()),
        "own_cases": len(cases),
        "own_examples": len(context.precedents),
        "own_active": int((status == "case_at_work").sum()),
        "own_closed": int((status == "case_closed").sum()),
        "own_collected": int(facts["collected"].sum()),
        "own_left_out": len(context.facts_left_out),
    }


def quoted(context: Context, *, fact: str, finding: str) -> dict[str, str]:
    """The figure of a fact and the sentence of a study's finding, by the keys that the prose glues.

    *Unknown* where the context has no such row.
    """
    values = context.facts.set_index("fact")["value"].dropna()
    told = context.study_findings.set_index("finding")["statement"]
    return {
        "own_fact": number(float(values[fact])) if fact in values else label("unknown"),
        "own_finding": text(told[finding]) if finding in told else label("unknown"),
    }


def _told_once(context: Context) -> pd.DataFrame:
    """The cases without those that another case or fact tells, and those that are none."""
    cases = context.precedents
    told = cases["told_by"].isin(cases["case"]) | cases["direction"].isin(_NO_CASES)
    return cases[~told]
