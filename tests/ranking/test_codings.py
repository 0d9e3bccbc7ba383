"""Two codings become one by the rule; what the rule does not settle is read a third time."""

import shutil

import numpy as np
import pandas as pd
import pytest

from compendium import cli, data, project
from compendium.errors import CompendiumError
from compendium.ranking import coding_agreement, codings, criteria, scoring

NAME = "kazakhstan-electronics"
USUAL = {
    "coded_requirement": "implied", "coded_offer": "supports", "coded_precedent": "mixed",
    "coded_score": "unknown",
}  # fmt: skip


@pytest.fixture
def items():
    return data.table("context_coding_items")


def sheet(items, **codes):
    """A coder's sheet with the usual code of each kind, but for some items."""
    rows = items[["item"]].assign(
        value=items["item_kind"].map(USUAL), rule="", rests_on="", reason="It says so."
    )
    for item, value in codes.items():
        rows.loc[rows["item"] == item, ["value", "rule"]] = [value, "rule_brought"]
    return rows


@pytest.mark.parametrize(
    ("kind", "first", "second", "settled"),
    [
        ("coded_requirement", "stated", "stated", "stated"),
        ("coded_requirement", "implied", "stated", "implied"),
        ("coded_requirement", "no", "stated", None),
        ("coded_offer", "mixed", "supports", "mixed"),
        ("coded_offer", "hinders", "mixed", "mixed"),
        ("coded_offer", "hinders", "supports", None),
        ("coded_offer", "irrelevant", "mixed", None),
        ("coded_precedent", "not_a_case", "not_a_case", "not_a_case"),
        ("coded_precedent", "not_a_case", "mixed", None),
        ("coded_score", "3", "2", "2"),
        ("coded_score", "2", "4", None),
        ("coded_score", "unknown", "2", None),
        ("coded_score", "unknown", "unknown", "unknown"),
    ],
)
def test_neighbours_are_settled_with_caution_and_the_rest_is_read_again(
    kind, first, second, settled
):
    assert codings.resolve(kind, first, second) == settled


def test_a_sheet_with_an_unknown_code_is_refused_with_its_item(items):
    with pytest.raises(CompendiumError, match=r"i003.*Write one of: stated, implied, no"):
        codings.read(sheet(items, i003="perhaps"), items, "first.csv")


def test_a_missing_item_is_refused(items):
    with pytest.raises(CompendiumError, match="i001"):
        codings.read(sheet(items).iloc[1:], items, "first.csv")


def test_what_the_rule_does_not_settle_waits_for_a_third_reading(items):
    first = codings.read(sheet(items), items, "first.csv")
    second = codings.read(sheet(items, i001="no", i002="stated"), items, "second.csv")
    coded, unsettled = codings.combine(first, second, {})
    assert unsettled == ["i001"]
    third = {"i001": {"value": "no", "rule": "", "rests_on": "", "reason": "One thought too many."}}
    coded, unsettled = codings.combine(first, second, third)
    assert not unsettled
    assert len(coded) == 3 * len(items)
    counts = codings.summary(coded).set_index("item_kind").loc["coded_requirement"]
    assert (counts["rule"], counts["third_reading"], counts["equal"]) == (1, 1, 83)


def test_the_tables_made_from_codings_obey_the_rule_of_scoring(items, tmp_path):
    folder = shutil.copytree(project.path("data", "contexts", NAME), tmp_path / NAME)
    score = items[items["item_kind"] == "coded_score"]["item"]
    first = codings.read(sheet(items, **{score.iloc[0]: "2"}), items, "first.csv")
    coded, unsettled = codings.combine(first, first, {})
    codings.write(coded, folder)
    assert not unsettled
    assert [str(problem) for problem in scoring.problems(folder)] == []
    written = pd.read_csv(folder / "scores.csv")
    assert len(written) == 5 * 15
    brought = written[written["rule"] == "rule_brought"]
    assert brought[["model", "score"]].to_numpy().tolist() == [["joint_laboratories", 2.0]]
    assert set(pd.read_csv(folder / "precedents.csv")["direction"]) >= {"mixed"}


def test_a_case_that_another_row_tells_stays_counted_there_when_the_tables_are_renewed(tmp_path):
    folder = shutil.copytree(project.path("data", "contexts", NAME), tmp_path / NAME)
    codings.write(pd.read_csv(folder / "codings.csv", dtype=str, keep_default_na=False), folder)
    cases = pd.read_csv(folder / "precedents.csv", keep_default_na=False)
    told = set(cases[cases["told_by"] != ""]["case"])
    coded = data.table("context_codings")
    assert told & set(coded["evidence"])
    assert set(cases[cases["case"].isin(told)]["direction"]) == {"counted_elsewhere"}


def test_a_code_that_a_later_reading_changed_is_counted_among_the_third_readings(items):
    first = codings.read(sheet(items), items, "first.csv")
    coded, _unsettled = codings.combine(first, first, {})
    assert codings.summary(coded)["third_reading"].sum() == 0
    read_again = (coded["coding"] == "coding_resolved") & (coded["item_kind"] == "coded_offer")
    coded.loc[coded.index[read_again][0], "value"] = "irrelevant"
    assert codings.summary(coded)["third_reading"].sum() == 1
    told = coding_agreement.prose(coded)
    assert (told["coded_changed"], told["coded_third"], told["coded_against"]) == (1, 1, 0)
    assert told["coded_equal"] == told["coded_items"]


def test_the_command_lists_what_must_be_read_again(items, tmp_path, capsys):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    sheet(items).to_csv(first, index=False)
    sheet(items, i001="no").to_csv(second, index=False)
    assert cli.main(["applicability", "codings", str(first), str(second)]) == 1
    told = capsys.readouterr().out
    assert "i001\tcoded_requirement\tjoint_laboratories\treq_trust" in told
    assert "Items to read a third time: 1." in told


def test_the_levels_of_one_coding_are_those_that_its_own_codes_amount_to():
    folder = project.path("data", "contexts", NAME)
    assessment = criteria.assess(folder)
    codes = data.table("context_codings")
    offers = data.table("context_offers")
    settled = codes[codes["coding"] == "coding_resolved"]
    agreed = pd.concat([settled.assign(coding=f"coding_{name}") for name in ("first", "second")])
    for levels in codings.levels(agreed, offers, assessment).values():
        np.testing.assert_array_equal(levels, assessment.levels)
    both = codings.levels(codes, offers, assessment)
    assert list(both) == ["first", "second"]
    assert not np.array_equal(both["first"], both["second"], equal_nan=True)


def test_only_evidence_that_both_codings_counted_can_be_set_aside(items):
    offers = items.loc[items["item_kind"] == "coded_offer", "item"]
    counted, one_only, kept = offers.iloc[:3]
    first = codings.read(
        sheet(items, **{counted: "hinders", one_only: "hinders", kept: "hinders"}), items, "1.csv"
    )
    second = codings.read(
        sheet(items, **{counted: "mixed", one_only: "irrelevant", kept: "hinders"}), items, "2.csv"
    )
    again = {item: {"value": "irrelevant", "rule": "", "rests_on": "", "reason": "read again"}
             for item in items["item"]}  # fmt: skip
    coded, _unsettled = codings.combine(first, second, again)
    named = items.set_index("item").loc[counted]
    changed = (coded["coding"] == "coding_resolved") & (coded["evidence"] == named["evidence"])
    coded.loc[changed & (coded["item_kind"] == "coded_offer"), "value"] = "irrelevant"
    found = codings.set_aside(coded, "coded_offer")
    assert set(found["evidence"]) == {named["evidence"]}
