"""The summary of findings has a row for each model, and every cell leads to what it rests on."""

import pandas as pd
import pytest

from compendium import data
from review import applicability
from review.synthesis import certainty, summary, summary_table

MODELS = list(data.table("models")["model"])


@pytest.fixture(scope="module")
def summed():
    """The summary for two scenarios: the first model leads as coded, the second one otherwise."""
    context = applicability.load("kazakhstan-electronics")
    shares = {"as_coded": [0.6, 0.4, 0, 0, 0], "unknown_as:worst": [0.3, 0.7, 0, 0, 0]}
    held = pd.concat([
        pd.DataFrame({"scenario": name, "group": name.partition(":")[0], "model": MODELS,
                      "rank_1": shares_})
        for name, shares_ in shares.items()
    ], ignore_index=True)  # fmt: skip
    levels = certainty.levels(data.table("certainty_codings"), certainty.counted(set()))
    return summary_table.summary(summary.inputs(context, levels), held)


def test_models_stand_by_their_share_and_the_leader_is_marked(summed):
    assert list(summed["model"])[:2] == MODELS[:2] and len(summed) == len(MODELS)
    assert list(summed["leader"]) == [True, False, False, False, False]


def test_the_scenario_named_is_the_worst_of_the_leader_and_the_best_of_another(summed):
    assert summed["change"][0] == "unknown_as:worst"
    assert summed["change"][1] == "unknown_as:worst"
    assert tuple(summed.loc[0, ["low", "high", "leads"]]) == (0.3, 0.6, 1)


def test_a_table_read_from_a_file_is_the_same_and_leads_to_the_other_pages(summed, tmp_path):
    file = tmp_path / "summary.csv"
    summed.to_csv(file, index=False)
    shown = summary_table.table(pd.read_csv(file), own="4-applicability.html")
    assert shown.to_csv() == summary_table.table(summed, own="4-applicability.html").to_csv()
    html = shown._repr_html_()
    for place in ("3-synthesis.html#synthesis-findings", "3-synthesis.html#synthesis-certainty",
                  "4-applicability.html#applicability-matrix",
                  "4-applicability.html#applicability-own-evidence",
                  "4-applicability.html#applicability-sensitivity"):
        assert html.count(f'href="{place}"') >= len(MODELS)
