"""Confidence in review findings follows from rules, and from what was read."""

import pandas as pd
import pytest

from compendium import data
from compendium.ranking.codings import resolve, side_by_side
from review import synthesis
from review.synthesis import certainty
from review.synthesis.certainty import Behind


@pytest.fixture
def near():
    context = data.document("context")
    studied = data.table("work_countries")
    naming = synthesis.naming(
        context["word"], data.table("sources"), data.table("source_keywords"),
        data.table("extraction"),
    )
    return certainty.near(naming, studied, context["country"])


def rated(own, kind="finding_of_model", answers=(), near=()):
    appraisal = pd.DataFrame(
        [{"work": work, "answer": answer} for work in own.works for answer in answers],
        columns=["work", "answer"],
    )
    frame = certainty.components({"x": own}, appraisal, pd.Series({"x": kind}), set(near))
    return frame.set_index("component")["level"]


def test_nothing_behind_a_finding_gives_very_low_confidence():
    levels = rated(Behind([], [], [], False))
    assert levels["cq_overall"] == "cert_very_low"
    assert set(levels[list(certainty.COMPONENTS)]) == {"concern_serious"}


def test_all_well_gives_high_confidence():
    own = Behind(["a", "b", "c"], ["s"], ["supports"] * 3, False)
    assert rated(own, answers=["yes"])["cq_overall"] == "cert_high"


@pytest.mark.parametrize(
    ("readings", "contradicted", "level"),
    [
        (["supports"], False, "concern_minor"),
        (["supports", "hinders"], False, "concern_moderate"),
        (["supports"], True, "concern_serious"),
        ([], False, "concern_serious"),
    ],
)
def test_coherence_is_about_directions(readings, contradicted, level):
    assert rated(Behind(["a"], [], readings, contradicted))["cq_coherence"] == level


def test_a_barrier_is_coherent_where_studies_call_it_a_hindrance():
    own = Behind([], ["s", "t"], ["hinders", "hinders"], False)
    levels = rated(own, kind="finding_of_barrier")
    assert levels["cq_coherence"] == levels["cq_relevance"] == "concern_minor"
    assert levels["cq_method"] == levels["cq_adequacy"] == "concern_moderate"
    assert levels["cq_overall"] == "cert_low"


def test_a_work_near_the_country_or_industry_is_of_some_relevance():
    own = Behind(["a"], [], ["supports"], False)
    assert rated(own)["cq_relevance"] == "concern_serious"
    assert rated(own, near=["a"])["cq_relevance"] == "concern_moderate"


def test_a_study_that_does_not_bear_on_the_point_stands_behind_no_barrier():
    stated = data.table("review_findings").query("kind == 'finding_of_barrier'").head(1)
    barrier = stated["finding"].iloc[0]
    studies = pd.DataFrame({
        "model": "", "requirement": "req_x", "study": ["s", "t"],
        "direction": ["irrelevant", "hinders"],
    })
    own = certainty.behind(
        stated, {}, data.table("work_findings"), studies, {barrier: ["req_x"]}
    )[barrier]
    assert own.studies == ["t"] and own.readings == ["hinders"]


def test_the_second_coding_is_what_the_rule_of_counting_gives(near):
    codings = data.table("certainty_codings").query("coding == 'coding_second'")
    kept = codings.set_index(["finding", "item_kind"])["value"].to_dict()
    counted = certainty.counted(near).query("component != 'cq_overall'")
    assert counted.set_index(["finding", "component"])["level"].to_dict() == kept


def test_the_level_that_counts_follows_from_the_rule_or_a_third_reading_tells_why():
    both = side_by_side(data.table("certainty_codings"))
    assert (both["how"] == "third_reading").sum() == 1
    apart = both[both["how"] == "third_reading"]
    settled = [resolve(row.item_kind, row.coding_first, row.coding_second)
               for row in apart.itertuples()]
    assert settled == [None] * len(apart)


def test_the_overall_level_is_computed_from_the_levels_that_count():
    codings = pd.DataFrame({
        "item_kind": certainty.COMPONENTS, "finding": "x", "coding": "coding_resolved",
        "value": ["concern_minor", "concern_minor", "concern_moderate", "concern_minor"],
    })
    counted = certainty.components(
        {"x": Behind([], [], [], False)},
        pd.DataFrame(columns=["work", "answer"]), pd.Series({"x": "finding_of_model"}), set(),
    )
    levels = certainty.levels(codings, counted).set_index("component")["level"]
    assert levels["cq_overall"] == "cert_moderate" and levels["cq_method"] == "concern_minor"


def test_every_finding_of_the_data_has_four_components_and_an_overall_level(near):
    levels = certainty.levels(data.table("certainty_codings"), certainty.counted(near))
    stated = data.table("review_findings")["finding"]
    assert len(levels) == 5 * len(stated)
    assert set(levels["finding"]) == set(stated)
