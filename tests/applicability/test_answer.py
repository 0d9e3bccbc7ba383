"""The answer in sentences: every number from the data, and other data lead to other sentences."""

import numpy as np
import pandas as pd

from compendium.ranking import criteria, structure
from compendium.ranking.smaa import smaa2
from compendium.ranking.weights import WeightSpace
from review import applicability
from review.applicability import answer
from review.pages.applicability import assess

MODELS = ("intermediaries", "living_labs", "joint_laboratories")


def standing(
    firsts=(0.5, 0.3, 0.2), after=(np.nan, 0.55, 0.7), before=(0.8, 0.7, np.nan), known=(4, 5, 6)
):
    return pd.DataFrame({
        "model": MODELS, "first": firsts, "last": (0.1, 0.2, 0.7), "after_first": after,
        "before_last": before, "known": known, "criteria": 10, "draws": 1000,
    })  # fmt: skip


def held(*leaders):
    rows = []
    for at, leader in enumerate(leaders):
        name = "as_coded" if not at else f"known:{at}"
        for model in MODELS:
            share = 0.6 if model == leader else 0.2
            rows.append((name, name.partition(":")[0], model, share, 0.2, 1 - share - 0.2))
    frame = pd.DataFrame(rows, columns=["scenario", "group", "model", "rank_1", "rank_2", "rank_3"])
    frame.loc[frame["model"] == "joint_laboratories", "rank_3"] = 0.9
    return frame


def told(frame, scenarios=("intermediaries",)):
    return answer.prose(frame, held(*scenarios))


def by_coding(first, second):
    frame = held("intermediaries", first, second)
    groups = {"known:1": "coding", "known:2": "coding"}
    return frame.assign(group=frame["scenario"].map(groups).fillna(frame["group"]))


def test_a_lead_that_neither_coding_gives_is_said_to_rest_on_a_third_reading():
    def said(*leaders):
        return answer.prose(standing(), by_coding(*leaders))["answer_codings"]

    assert said("living_labs", "living_labs") == (
        "The evidence was coded twice. Either coding alone puts Living Labs first; a partial third "
        "reading, made when the ranking was known, puts intermediary structures first."
    )
    assert said("living_labs", "intermediaries").endswith("coding alone puts Living Labs first.")
    assert said("intermediaries", "intermediaries").endswith("puts the same model first.")
    assert told(standing())["answer_codings"] == ""


def test_a_lead_that_neither_coding_gives_is_no_heading():
    def titled(*leaders):
        return answer.prose(standing(), by_coding(*leaders))["answer_title"]

    assert titled("living_labs", "living_labs") == (
        "No clear winner: first place depends on the coding, joint laboratories most often last"
    )
    assert titled("living_labs", "intermediaries").startswith("No clear winner: intermediary")


def test_models_that_the_first_seldom_beats_are_named_as_tied():
    assert told(standing())["answer_lead"].startswith("No model is a clear winner.")
    assert told(standing())["answer_tied"] == (
        "The lead is not clear: it holds against Living Labs in 55% of the draws."
    )
    assert told(standing())["answer_title"].startswith("No clear winner")


def test_models_that_come_first_equally_often_are_named_together():
    frame = standing(firsts=(0.401, 0.399, 0.2), after=(np.nan, 0.5, 0.55))
    said = told(frame, ("intermediaries", "living_labs", "joint_laboratories"))
    assert said["answer_lead"].startswith(
        "First place goes equally often to intermediary structures and Living Labs, to each in 40%"
    )
    assert "intermediary structures and living labs most often" in said["answer_title"].lower()
    assert said["answer_tied"] == (
        "Their lead over joint laboratories (20%) is too small to count."
    )
    assert "in first place keeps it in 2" in said["answer_held"]


def test_more_draws_tell_apart_what_few_cannot():
    frame = standing(firsts=(0.42, 0.39, 0.19))
    assert answer.alike(frame) == ["intermediaries", "living_labs"]
    assert answer.alike(frame.assign(draws=100_000)) == ["intermediaries"]


def test_a_clear_lead_is_called_one():
    frame = standing(after=(np.nan, 0.9, 0.95))
    assert told(frame)["answer_lead"].startswith("First place goes most often to")
    assert told(frame)["answer_tied"] == (
        "The lead holds against every other model in at least 90% of the draws."
    )
    assert told(frame)["answer_title"] == "Intermediary structures first, joint laboratories last"


def test_a_last_place_that_is_not_clear_has_no_sentence_that_says_so():
    assert "at least 70%" in told(standing())["answer_last"]
    unclear = standing(before=(0.8, 0.55, np.nan))
    assert "at least" not in told(unclear)["answer_last"]


def test_unknown_levels_are_counted():
    said = told(standing())["answer_unknown"]
    assert "Of 30 levels (how well a model meets a criterion), 15 are unknown (50%)." in said
    assert "Least is known about intermediary structures (4 of 10 levels)" in said


def test_that_least_is_known_of_the_first_model_is_said_only_where_it_is_so():
    assert "Least is known" not in told(standing(known=(6, 5, 4)))["answer_unknown"]


def test_without_unknown_levels_the_answer_says_that_all_are_known():
    said = told(standing(known=(10, 10, 10)))
    assert said["answer_unknown"] == "How well each model meets each criterion is known."
    assert said["answer_guessed"] == "No assumption about unknown levels was tried."


def test_the_answer_says_who_leads_if_unknown_levels_are_the_worst_and_if_the_best():
    frame = held("intermediaries", "living_labs", "joint_laboratories")
    names = {"known:1": "unknown_as:worst", "known:2": "unknown_as:best"}
    frame["scenario"] = frame["scenario"].replace(names)
    frame["group"] = frame["scenario"].str.partition(":")[0]
    assert answer.prose(standing(), frame)["answer_guessed"].endswith(
        "first place goes most often to Living Labs (60%); if all are the best, to joint "
        "laboratories (60%)."
    )


def test_a_scenario_that_changes_the_first_place_is_named():
    said = told(standing(), ("intermediaries", "intermediaries", "living_labs"))["answer_held"]
    assert "first model stays first in 2, and the last stays last in 3." in said
    assert said.endswith("Living Labs (only criteria known for at least 2 models).")


def test_many_changes_are_counted_only():
    said = told(standing(), ("intermediaries", *["living_labs"] * 4))["answer_held"]
    assert "in 5 scenarios (sets of choices); 0 only move" in said
    assert "stays first in 1," in said
    assert "Living Labs" not in said


def test_the_standing_is_what_the_ranking_says():
    assessed = criteria.assess(applicability.load("kazakhstan-electronics").folder)
    ranking = smaa2(assessed.levels, WeightSpace.parse(assessed.codes, []), draws=2000, seed=3)
    frame = answer.standing(assessed, ranking)
    assert list(frame["first"]) == sorted(ranking.acceptability[:, 0], reverse=True)
    assert frame["known"].sum() == np.isfinite(assessed.levels).sum()
    assert (frame["draws"] == 2000).all()
    first, second = (assessed.models.index(model) for model in frame["model"][:2])
    assert frame["after_first"].iloc[1] == ranking.pairwise[first, second]


def test_scenarios_are_drawn_once_and_only_where_a_page_asks_for_them(monkeypatch):
    drawn = []
    monkeypatch.setattr(
        structure, "structural_sensitivity", lambda *_args, draws, seed: drawn.append((draws, seed))
    )
    found = assess("kazakhstan-electronics", [], draws=500, seed=3)
    assert drawn == []
    assert found.held is found.held
    assert drawn == [(500, 3)]
