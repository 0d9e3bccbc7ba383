"""The context's tables say only what their evidence says."""

import pandas as pd
import pytest

from compendium import data


def _reading(values: pd.DataFrame, indicator: str) -> str:
    """The reading by context.yml's rule: where the country's value lies among the examples'."""
    context = data.document("context")
    of = values[values["indicator"] == indicator].set_index("country")["value"]
    own = of[context["country"]]
    examples = of[of.index.isin(context["example_countries"])]
    if own < examples.min():
        return "hinders"
    return "supports" if own >= examples.median() else "mixed"


@pytest.fixture
def offers():
    return data.table("context_offers")


def test_an_indicator_is_read_by_its_place_among_the_example_countries(offers):
    values = data.table("context_indicator_values")
    read = offers[offers["evidence_kind"] == "evidence_indicator"]
    assert len(read)
    by_rule = [_reading(values, indicator) for indicator in read["evidence"]]
    assert read["reading"].tolist() == by_rule


def test_the_rule_of_reading_holds_only_where_higher_is_better():
    assert set(data.table("context_indicators")["better"]) == {"higher"}


def test_every_piece_of_evidence_exists(offers):
    known = {
        "evidence_fact": set(data.table("context_facts")["fact"]),
        "evidence_indicator": set(data.table("context_indicators")["indicator"]),
    }
    for kind, names in known.items():
        assert set(offers.loc[offers["evidence_kind"] == kind, "evidence"]) <= names


def test_only_what_has_no_evidence_is_unknown(offers):
    assert ((offers["reading"] == "unknown") == (offers["evidence"] == "")).all()


def test_every_requirement_is_asked_or_brought_by_a_model_and_answered_or_unknown(offers):
    required = set(data.table("context_requirements")["requirement"])
    asked = set(data.table("context_model_requires")["requirement"])
    behind = data.table("context_criterion_requirements").set_index("requirement")["criterion"]
    scores = data.table("context_scores")
    rules = ["rule_brought", "rule_described", "rule_source"]
    brought = set(scores.loc[scores["rule"].isin(rules), "criterion"])
    assert asked <= required and set(behind[list(required - asked)]) <= brought
    assert set(offers["requirement"]) == required


def test_a_stated_requirement_answers_a_limit_of_the_same_model_or_is_named_in_the_results():
    answers = data.table("context_requirements").set_index("requirement")["article_requirement"]
    asked = data.table("context_model_requires")
    stated = asked[asked["basis"] == "stated"].assign(
        limit=lambda rows: rows["requirement"].map(answers)
    )
    limits = data.table("model_requirements")
    named = stated[stated["limit"] != ""]
    assert set(zip(named["model"], named["limit"], strict=True)) == set(
        zip(limits["model"], limits["requirement"], strict=True)
    )
    assert set(stated.loc[stated["limit"] == "", "place"].str.partition(":")[0]) <= {"results"}


def test_every_item_has_two_codings_and_one_code_that_counts():
    codings = data.table("context_codings")
    items = data.table("context_coding_items")
    counts = codings["coding"].value_counts()
    assert set(counts.index) == {"coding_first", "coding_second", "coding_resolved"}
    assert set(counts) == {len(items)}


def test_an_old_value_is_marked_stale():
    values = data.table("context_indicator_values")
    old = data.document("context")["reference_year"] - values["year"] >= 5
    assert old.any()
    assert values.loc[old, "stale"].all()


def test_high_technology_and_ict_goods_exports_stand_together_or_not_at_all():
    shown = set(data.table("context_indicators")["indicator"])
    pair = {"wdi_htexports", "wdi_ictgoods_exports"}
    assert not shown & pair or pair <= shown
