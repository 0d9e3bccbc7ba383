"""The country's own evidence: all that was collected is counted, and cases speak both ways."""

import pandas as pd
import pytest

from compendium import data, language
from review import applicability
from review.applicability import country_evidence


@pytest.fixture
def context():
    return applicability.load("kazakhstan-electronics")


def test_what_is_used_merged_and_left_out_is_what_was_collected(context):
    pools = context.selection.set_index("pool")
    assert len(context.facts_left_out) == (
        pools["collected"] - pools["used"] - pools["merged"]
    )[["pool_sector_facts", "pool_new_facts"]].sum()
    facts = pools.loc[["pool_sector_facts", "pool_new_facts"], "used"].sum()
    assert len(context.facts) == facts
    assert len(context.study_findings) == pools.loc["pool_studies", "used"]
    assert len(context.precedents) == pools.loc["pool_cases", "used"]
    assert len(context.indicators) == pools.loc["pool_indicators", "used"]


def test_no_fact_is_both_used_and_left_out(context):
    assert not set(context.facts["fact"]) & set(context.facts_left_out["fact"])


def test_a_criterion_is_that_of_the_requirement(context):
    behind = data.table("context_criterion_requirements").set_index("requirement")["criterion"]
    for table in (context.study_findings, context.facts):
        asked = table[table["requirement"] != ""]
        assert (asked["requirement"].map(behind) == asked["criterion"]).all()


def test_what_another_row_tells_enters_no_requirement(context):
    for table in (context.study_findings, context.facts):
        assert (table.loc[table["told_by"] != "", "requirement"] == "").all()


def test_a_row_that_tells_the_same_matter_exists(context):
    known = {
        *context.facts["fact"], *context.study_findings["finding"], *context.precedents["case"],
    }
    for table in (context.study_findings, context.facts, context.precedents):
        assert set(table["told_by"]) - {""} <= known


def test_a_case_is_counted_elsewhere_if_and_only_if_another_row_tells_it(context):
    cases = context.precedents
    assert ((cases["told_by"] != "") == (cases["direction"] == "counted_elsewhere")).all()


def test_a_finding_that_counts_elsewhere_names_the_row_that_tells_it(context):
    elsewhere = context.study_findings.query("direction == 'counted_elsewhere'")
    assert len(elsewhere) and (elsewhere["told_by"] != "").all()


def test_what_tells_the_same_matter_stands_for_itself(context):
    tables = {"fact": context.facts, "finding": context.study_findings, "case": context.precedents}
    told_by = pd.concat([table.set_index(key)["told_by"] for key, table in tables.items()])
    named = told_by[told_by != ""]
    assert (told_by[named] == "").all()


def test_every_case_is_counted_once_by_state_and_every_example_by_reading(context):
    counts = country_evidence.cases_by_model(context)
    told = country_evidence.prose(context)
    assert counts[list(country_evidence.STATUSES)].to_numpy().sum() == told["own_cases"]
    assert counts[list(country_evidence.SPEAKS)].to_numpy().sum() == told["own_examples"]
    assert told["own_cases"] < told["own_examples"], "a name does not make a case"


def test_closed_cases_stand_beside_those_at_work_each_counted_once(context):
    told = country_evidence.prose(context)
    cases = context.precedents
    again = cases["told_by"].isin(cases["case"])
    none = cases["direction"].isin(["counted_elsewhere", "not_a_case"])
    assert again.any() and none.any()
    counted = cases[~(again | none)]
    assert told["own_cases"] == len(counted)
    assert told["own_closed"] == (counted["status"] == "case_closed").sum() > 0
    assert told["own_active"] == (counted["status"] == "case_at_work").sum() > 0
    assert told["own_collected"] == 200 and told["own_left_out"] == 110


def test_the_study_of_a_finding_and_its_day_are_shown(context):
    shown = country_evidence.findings(context).to_csv()
    assert "Anti-Corruption Agency of Kazakhstan 2024" in shown and "2026-11-28" in shown


def test_a_context_without_such_tables_shows_none(context):
    from dataclasses import replace

    bare = replace(
        context, studies=context.studies.iloc[:0], study_findings=context.study_findings.iloc[:0],
        precedents=context.precedents.iloc[:0], facts_left_out=context.facts_left_out.iloc[:0],
    )
    assert country_evidence.cases_by_model(bare).empty
    assert "Nothing here yet" in country_evidence.findings(bare)._repr_html_()


def test_a_case_told_twice_counts_once_wherever_cases_are_counted(context):
    counted = country_evidence.cases_by_model(context)
    told = country_evidence.prose(context)
    assert counted["case_at_work"].sum() == told["own_active"]
    assert counted["case_closed"].sum() == told["own_closed"]
    assert counted[list(country_evidence.STATUSES)].to_numpy().sum() == told["own_cases"]


def test_what_is_quoted_is_what_the_rows_say_and_unknown_where_there_are_none(context):
    told = country_evidence.quoted(context, fact="f110", finding="k066")
    assert told["own_fact"] == "140" and told["own_finding"].startswith("130 of 145")
    other = country_evidence.quoted(context, fact="f000", finding="k000")
    assert set(other.values()) == {language.label("unknown")}
