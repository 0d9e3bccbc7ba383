"""The fewest models that cover the barriers, and the directions as a roadmap."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium import data, language
from compendium.errors import CompendiumError
from review.applicability import portfolio, portfolio_figures

PAIRS = st.sets(st.tuples(st.sampled_from("abcde"), st.sampled_from("12345")))


def test_the_fewest_are_found_where_taking_the_largest_first_fails():
    pairs = [*((what, "large") for what in "abcd"), *((what, "left") for what in "abe"),
             *((what, "right") for what in "cdf")]
    cover = portfolio.smallest_cover(pairs, "abcdef", ["large", "left", "right"])
    assert cover.sets == [("left", "right")] and cover.size == 2


@given(PAIRS)
def test_a_cover_covers_all_that_can_be_and_no_smaller_set_does(pairs):
    cover = portfolio.smallest_cover(pairs, "abcde", "12345")
    coverable = {what for what, _ in pairs}
    assert set(cover.uncovered) == set("abcde") - coverable
    smaller = chain.from_iterable(combinations("12345", size) for size in range(cover.size))
    for chosen in smaller:
        assert coverable - {what for what, by in pairs if by in chosen}
    for chosen in cover.sets:
        assert not coverable - {what for what, by in pairs if by in chosen}


def test_what_nothing_covers_is_told_and_left_aside():
    cover = portfolio.smallest_cover([("a", "1")], "ab", "12")
    assert cover.uncovered == ["b"] and cover.sets == [("1",)] and cover.needed == ["1"]


def test_too_many_candidates_are_refused():
    with pytest.raises(CompendiumError, match="too many"):
        portfolio.smallest_cover([], [], range(100))


def test_no_model_answers_the_shortage_of_engineers_because_a_direction_without_a_model_does():
    coverage = portfolio.model_coverage(
        data.table("models"), data.table("barriers"),
        data.table("direction_models"), data.table("direction_barriers"),
    )
    assert len(coverage) == 5 * 4
    covered = coverage[coverage["covered"]]
    cover = portfolio.smallest_cover(
        zip(covered["barrier"], covered["model"], strict=True),
        data.table("barriers")["barrier"], data.table("models")["model"],
    )
    assert cover.uncovered == ["engineer_shortage"]
    answers = data.table("direction_barriers").set_index("barrier")["direction"]
    assert answers["engineer_shortage"] not in set(data.table("direction_models")["direction"])


def test_the_roadmap_says_who_acts_in_each_direction():
    road = portfolio.roadmap(
        data.table("directions"), data.table("direction_barriers"),
        data.table("direction_models"), data.table("recommendations"),
    ).set_index("direction")
    assert list(road.index) == list(data.table("directions")["direction"])
    assert road.loc["dual_education", "models"] == []
    assert road.loc["accessible_grants", "addressees"] == ["state"]
    assert road["barriers"].map(bool).all()


def test_the_coverage_is_drawn_and_told_as_it_was_computed():
    language.use("en")
    frame = pd.DataFrame({
        "barrier": ["engineer_shortage", "engineer_shortage", "motivation_gap", "motivation_gap"],
        "model": ["living_labs", "intermediaries"] * 2,
        "covered": [False, False, False, True],
    })
    cover = portfolio.Cover([("intermediaries",)], 1, ["engineer_shortage"], ["intermediaries"])
    figure = portfolio_figures.coverage(frame, cover)
    assert f"{language.label('engineer_shortage')}: none" in figure.alt
    assert figure.svg.count("✓") == 1
    told = portfolio_figures.cover_prose(cover)
    assert told["cover_needed"] == language.inside(language.label("intermediaries"))
    assert told["cover_uncovered"] == "No model answers one of the barriers: shortage of engineers."
    answered = replace(cover, uncovered=[])
    assert portfolio_figures.cover_prose(answered)["cover_uncovered"] == (
        "Every barrier is answered by at least one model."
    )


def test_a_direction_without_a_model_says_none_in_the_roadmap():
    language.use("en")
    road = portfolio.roadmap(
        data.table("directions"), data.table("direction_barriers"),
        data.table("direction_models"), data.table("recommendations"),
    )
    lines = portfolio_figures.roadmap(road).to_csv().splitlines()
    dual = next(line for line in lines if line.startswith(language.label("dual_education")))
    assert "None" in dual
