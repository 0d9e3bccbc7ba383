"""The summary of findings has a row for each model, and every cell leads to what it rests on."""

import re

import pandas as pd
import pytest

from compendium import data
from review import applicability
from review.applicability import country_evidence
from review.applicability import tables as applicability_tables
from review.synthesis import certainty, summary, summary_table, tables

MODELS = list(data.table("models")["model"])


@pytest.fixture(scope="module")
def context():
    return applicability.load("kazakhstan-electronics")


@pytest.fixture(scope="module")
def behind(context):
    return summary.rows(context)


@pytest.fixture(scope="module")
def held():
    """Two scenarios: the first model leads as coded, the second one otherwise."""
    shares = {"as_coded": [0.6, 0.4, 0, 0, 0], "unknown_as:worst": [0.3, 0.7, 0, 0, 0]}
    return pd.concat([
        pd.DataFrame({"scenario": name, "group": name.partition(":")[0], "model": MODELS,
                      "rank_1": shares_})
        for name, shares_ in shares.items()
    ], ignore_index=True)  # fmt: skip


@pytest.fixture(scope="module")
def summed(context, held):
    levels = certainty.levels(data.table("certainty_codings"))
    return summary_table.summary(summary.inputs(context, levels), held)


def test_models_stand_by_their_share_and_the_leader_is_marked(summed):
    assert list(summed["model"])[:2] == MODELS[:2] and len(summed) == len(MODELS)
    assert list(summed["leader"]) == [True, False, False, False, False]


def test_the_scenario_named_is_the_worst_of_the_leader_and_the_best_of_another(summed):
    assert summed["change"][0] == "unknown_as:worst"
    assert summed["change"][1] == "unknown_as:worst"
    assert tuple(summed.loc[0, ["low", "high", "leads"]]) == (0.3, 0.6, 1)


def test_a_share_from_more_draws_takes_the_place_of_the_scenarios_own(context, held):
    levels = certainty.levels(data.table("certainty_codings"))
    shares = dict(zip(MODELS, [0.62, 0.38, 0, 0, 0], strict=True))
    first = summary_table.summary(summary.inputs(context, levels), held, shares).loc[0]
    assert tuple(first[["model", "coded", "low", "high"]]) == (MODELS[0], 0.62, 0.3, 0.62)


def test_a_table_read_from_a_file_is_the_same(summed, behind, tmp_path):
    for name, frame in (("summary", summed), ("rows", behind)):
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    kept = [pd.read_csv(tmp_path / f"{name}.csv") for name in ("summary", "rows")]
    assert summary_table.table(*kept).to_csv() == summary_table.table(summed, behind).to_csv()


def test_every_line_of_a_cell_leads_to_a_row_that_is_there(summed, behind, context):
    certain = certainty.levels(data.table("certainty_codings"))
    shown = {
        "3-synthesis.html": [
            tables.findings(data.table("work_findings")),
            tables.certainty(data.table("review_findings"), certain),
        ],
        "evidence.html": [
            applicability_tables.evidence(context), country_evidence.cases(context),
        ],
    }
    there = {
        f"{page}#{name}" for page, own in shown.items()
        for table in own for name in table.frame[table.anchor]
    }
    html = summary_table.table(summed, behind)._repr_html_()
    leads = re.findall(r'href="([^"]+)"', html)
    to_rows = [href for href in leads if re.search("#(finding|certainty|offer|case)-", href)]
    alike = behind.loc[behind["cell"] == "works", ["model", "told", "outcome", "reading"]]
    assert len(to_rows) >= len(behind) - alike.duplicated().sum() + len(MODELS)
    assert set(to_rows) <= there


def test_the_pieces_behind_a_cell_are_those_that_it_counts(summed, behind):
    counted = summed.set_index("model").loc[MODELS]
    needs = behind[behind["cell"] == "needs"].groupby("model")[["support", "against"]].sum()
    needs = needs.loc[MODELS]
    assert (needs["support"] == counted["country_for"]).all()
    assert (needs["against"] == counted["country_against"]).all()
    cases = behind[behind["cell"] == "cases"]
    for_it = cases[cases["reading"] == "supports"]["model"].value_counts()
    assert list(for_it.reindex(MODELS, fill_value=0)) == list(counted["cases_for"])
