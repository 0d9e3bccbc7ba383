"""Confidence in review findings follows from rules, and from what was read."""

import pandas as pd
import pytest

from compendium import data
from review.synthesis import certainty
from review.synthesis.certainty import Behind


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


def test_every_finding_of_the_data_has_four_components_and_an_overall_level():
    levels = certainty.levels(set())
    stated = data.table("review_findings")["finding"]
    assert len(levels) == 5 * len(stated)
    assert set(levels["finding"]) == set(stated)
