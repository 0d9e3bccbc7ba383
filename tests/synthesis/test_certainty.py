"""Confidence in review findings follows from rules, and from what was read."""

import pandas as pd
import pytest

from compendium import data
from compendium.ranking.codings import side_by_side
from review.synthesis import certainty


@pytest.mark.parametrize(
    ("concerns", "confidence"),
    [
        (["minor"] * 4, "cert_high"),
        (["minor"] * 3 + ["moderate"], "cert_moderate"),
        (["minor"] * 3 + ["serious"], "cert_low"),
        (["minor"] * 2 + ["moderate"] * 2, "cert_low"),
        (["minor", "moderate", "moderate", "moderate"], "cert_very_low"),
        (["serious"] * 4, "cert_very_low"),
    ],
)
def test_the_overall_confidence_goes_down_from_high(concerns, confidence):
    assert certainty.overall([f"concern_{level}" for level in concerns]) == confidence


def test_a_study_that_does_not_bear_on_the_point_stands_behind_no_barrier():
    stated = data.table("review_findings").query("kind == 'finding_of_barrier'").head(1)
    barrier = stated["finding"].iloc[0]
    studies = pd.DataFrame(
        {
            "model": "",
            "requirement": "req_x",
            "study": ["s", "t"],
            "direction": ["irrelevant", "hinders"],
        }
    )
    own = certainty.behind(stated, {}, data.table("work_findings"), studies, {barrier: ["req_x"]})[
        barrier
    ]
    assert own.studies == ["t"] and own.readings == ["hinders"]


def test_the_two_codings_were_made_apart_and_each_gives_a_reason_of_its_own():
    codings = data.table("certainty_codings").set_index(["finding", "item_kind"])
    first, second = (
        codings.loc[codings["coding"] == which, "reason"].sort_index()
        for which in ("coding_first", "coding_second")
    )
    assert (first != "").all() and (second != "").all()
    assert not (first == second).any()


def test_the_level_that_counts_follows_from_the_rule():
    both = side_by_side(data.table("certainty_codings"))
    assert set(both["how"]) <= {"equal", "rule"}


def test_a_resolved_level_rests_on_what_the_coder_of_that_level_read():
    codings = data.table("certainty_codings")
    keys = ["finding", "item_kind", "value", "reason"]
    read = set(codings.loc[codings["coding"] != "coding_resolved", keys].itertuples(index=False))
    settled = codings.loc[codings["coding"] == "coding_resolved", keys]
    assert set(settled.itertuples(index=False)) <= read


def test_every_finding_of_the_data_has_four_components_and_an_overall_level():
    codings = data.table("certainty_codings")
    levels = certainty.levels(codings).set_index(["finding", "component"])["level"]
    for finding in data.table("review_findings")["finding"]:
        own = [levels[finding, part] for part in certainty.COMPONENTS]
        assert levels[finding, "cq_overall"] == certainty.overall(own)
    assert len(levels) == 5 * data.table("review_findings")["finding"].nunique()
