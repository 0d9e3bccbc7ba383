"""How far a ranking holds: each choice behind it is made otherwise, one at a time."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from compendium import language
from compendium.ranking import context, criteria, smaa, structure, structure_figures
from compendium.ranking.weights import WeightSpace

UNKNOWN = np.nan
SETTING = SimpleNamespace(
    offers=pd.DataFrame({
        "requirement": ["r1", "r2", "r2"], "reading": ["supports", "hinders", "hinders"],
    }),
    model_requires=pd.DataFrame({"model": ["m0", "m0"], "requirement": ["r1", "r2"]}),
)


def assessment(levels, places=None, rules=None, requirements=()):
    """A small assessment; a known level is brought unless told otherwise."""
    levels = np.array(levels, dtype=float)
    models = [f"m{at}" for at in range(len(levels))]
    codes = [f"c{at}" for at in range(levels.shape[1])]
    told = {False: "rule_brought", True: "rule_silent"}
    scores = pd.DataFrame([
        {"model": model, "criterion": code, "status": "unknown" if unknown else "scored",
         "rule": (rules or {}).get((model, code), told[bool(unknown)])}
        for model, row in zip(models, np.isnan(levels), strict=True)
        for code, unknown in zip(codes, row, strict=True)
    ])  # fmt: skip
    return criteria.Assessment(
        pd.DataFrame({"criterion": codes, "place": places or codes}), scores, models, levels,
        pd.DataFrame(list(requirements), columns=["criterion", "requirement"]),
    )


def of(group, *args, **kwargs):
    return [own for own in structure.scenarios(*args, **kwargs) if own.group == group]


@pytest.fixture(scope="module")
def frame():
    setting = context.load("kazakhstan-electronics")
    own = criteria.assess(setting.folder)
    space = WeightSpace(own.codes)
    return own, structure.structural_sensitivity(own, setting, space, draws=1_000)


# ------------------------------------------------------------------ the scenarios


def test_every_known_level_is_recoded_a_step_down_and_up_within_the_scale():
    found = of("recoded", assessment([[4, UNKNOWN], [2, 0]]), SETTING)
    assert {own.parts for own in found} == {
        ("m0", "c0", "-1"), ("m1", "c0", "-1"), ("m1", "c0", "+1"), ("m1", "c1", "+1"),
    }  # fmt: skip
    assert found[0].levels[0, 0] == 3


def test_recoding_leaves_the_levels_themselves_alone():
    own = assessment([[4, 1], [2, 0]])
    before = own.levels.copy()
    list(structure.scenarios(own, SETTING))
    assert (own.levels == before).all()


def test_of_criteria_from_one_place_the_lower_level_counts_and_silence_does_not():
    own = assessment([[4, 1, 2], [UNKNOWN, 3, 0]], places=["a", "a", "b"])
    (merged,) = of("merged", own, SETTING)
    assert merged.criteria == ("c2", "c0+c1")
    assert merged.levels.tolist() == [[2, 1], [0, 3]]


def test_a_requirement_on_which_nothing_was_found_leaves_merged_criteria_unknown():
    own = assessment(
        [[4, 1], [UNKNOWN, 3]], places=["a", "a"], rules={("m1", "c0"): "rule_required"}
    )
    (merged,) = of("merged", own, SETTING)
    assert np.isnan(merged.levels[1, 0])


def test_a_criterion_is_split_into_its_requirements_with_a_level_each():
    own = assessment([[0, 2], [3, 1]], requirements=[("c0", "r1"), ("c0", "r2")])
    (split,) = of("split", own, SETTING)
    assert split.criteria == ("c1", "r1", "r2")
    assert split.levels.tolist() == [[2, 3, 0], [1, 3, 3]]


def test_criteria_known_for_few_models_are_left_out():
    own = assessment([[1, 2, 3, 4], [1, UNKNOWN, 2, 0], [2, UNKNOWN, 0, UNKNOWN]])
    (least,) = of("known", own, SETTING)
    assert least.parts == ("2",) and least.criteria == ("c0", "c2", "c3")


def test_unknown_levels_are_the_worst_and_the_best():
    worst, best = of("unknown_as", assessment([[1, UNKNOWN], [2, 3]]), SETTING)
    assert worst.levels[0, 1] == 0 and best.levels[0, 1] == criteria.TOP


def test_levels_of_one_rule_become_unknown():
    own = assessment([[1, 2], [2, 3]], rules={("m0", "c0"): "rule_source"})
    without = {found.parts[0]: found for found in of("without_rule", own, SETTING)}
    assert np.isnan(without["rule_source"].levels).tolist() == [[True, False], [False, False]]
    assert "rule_brought" not in without, "no criterion would be left to rank by"


def test_a_coder_s_levels_are_a_scenario():
    coded = np.array([[1, UNKNOWN], [2, UNKNOWN]])
    (found,) = of("coding", assessment([[1, 2], [2, 3]]), SETTING, {"first": coded})
    assert found.name == "coding:first" and found.criteria == ("c0",)


# ------------------------------------------------------------------ the ranking in each


def test_the_first_scenario_is_the_ranking_itself(frame):
    own, held = frame
    ranking = smaa.smaa2(own.levels, WeightSpace(own.codes), draws=1_000)
    coded = held[held["scenario"] == "as_coded"]
    assert coded[["rank_1", "rank_5"]].to_numpy() == pytest.approx(
        ranking.acceptability[:, [0, 4]]
    )


def test_shares_add_up_in_every_scenario(frame):
    _, held = frame
    assert held.groupby("scenario")["rank_1"].sum().to_numpy() == pytest.approx(1)
    ranks = held.filter(like="rank_").sum(axis=1)
    assert ranks.to_numpy() == pytest.approx(1)


def test_what_is_known_of_the_weights_is_kept_where_its_criteria_are():
    space = WeightSpace.parse("abc", ["a >= b", "c <= 0.2"])
    assert space.over(("a", "c", "d")).names == ["c <= 0.2"]


def test_a_model_leads_in_as_many_scenarios_as_there_are(frame):
    _, held = frame
    ranges = structure.first_ranges(held)
    assert ranges["leads"].sum() == held["scenario"].nunique()
    assert (ranges["low"] <= ranges["coded"]).all() and (ranges["coded"] <= ranges["high"]).all()


# ------------------------------------------------------------------ on the page


def test_the_sentences_tell_what_the_frame_holds(frame):
    _, held = frame
    words = structure_figures.prose(held)
    assert words["structure_scenarios"] == held["scenario"].nunique()
    leads = held.loc[held.groupby("scenario")["rank_1"].idxmax(), "model"].value_counts()
    assert words["structure_leader"] == language.inside(language.label(leads.idxmax()))
    for model, scenarios in leads.items():
        assert f"{language.inside(language.label(model))} in {scenarios}" in words["structure_each"]
    assert words["structure_majority"].startswith("Every model is first in half")


def test_a_model_with_most_first_places_in_every_scenario_is_named():
    held = pd.DataFrame({
        "scenario": ["as_coded"] * 2 + ["known:2"] * 2, "group": ["as_coded"] * 2 + ["known"] * 2,
        "model": ["living_labs", "intermediaries"] * 2, "rank_1": [0.7, 0.3, 0.6, 0.4],
    })  # fmt: skip
    assert structure_figures.prose(held)["structure_majority"] == (
        "In every scenario, more than half of the first places go to Living Labs."
    )


def test_the_table_has_a_row_for_each_kind_of_scenario(frame):
    _, held = frame
    lines = structure_figures.by_group(held).to_csv().splitlines()
    assert len(lines) == 1 + held["group"].nunique()


@pytest.mark.parametrize("code", ["ru", "en", "kk"])
def test_the_figure_names_every_model_and_is_the_same_in_every_run(frame, code):
    own, held = frame
    language.use(code)
    figure = structure_figures.first_ranks(held)
    assert all(language.label(model) in figure.alt for model in own.models)
    assert figure.svg == structure_figures.first_ranks(held).svg


def test_a_scenario_is_named_in_words():
    name = structure_figures.scenario_name("recoded:living_labs:crit_trust:+1")
    assert "Living Labs" in name and "one step higher" in name
    assert structure_figures.scenario_name("known:3") == (
        "Only criteria known for at least 3 models"
    )
    assert structure_figures.scenario_name("as_coded") == "As coded"


def test_labels_at_the_lines_ends_keep_their_distance():
    moved = structure_figures._apart([0.1, 0.1, 0.5], 0.05)
    assert moved == pytest.approx([0.1, 0.15, 0.5])


def test_the_book_s_context_has_scenarios_of_every_kind_but_codings(frame):
    _, held = frame
    assert set(structure.GROUPS) - set(held["group"]) <= {"coding"}


# ------------------------------------------------------------------ what models bring


def brought(evidence, needed=()):
    setting = SimpleNamespace(
        offers=pd.DataFrame(evidence, columns=["requirement", "reading"]),
        model_requires=pd.DataFrame(list(needed), columns=["model", "requirement"]),
    )
    own = assessment([[3, 2], [UNKNOWN, 1]], requirements=[("c0", "r1"), ("c1", "r2")])
    return {scenario.parts: scenario.levels for scenario in of("brought", own, setting)}


def test_what_a_model_brings_is_no_higher_than_the_evidence_on_it():
    found = brought([("r1", "hinders"), ("r2", "supports"), ("r2", "supports")])
    assert found["c0",].tolist()[0] == [1, 2]
    assert np.isnan(found["c0",][1, 0])
    assert found["c1",][:, 1].tolist() == [2, 1]
    assert found["c0", "c1"][0].tolist() == [1, 2]


def test_what_a_model_requires_is_counted_as_coded_and_not_once_more():
    assert set(brought([("r1", "hinders"), ("r2", "hinders")], [("m1", "r1")])) == {("c1",)}


def test_without_evidence_nothing_is_held_against_it():
    assert brought([]) == {}


def test_evidence_that_lowers_no_level_is_told_with_its_sides(frame):
    own, _held = frame
    told = structure_figures.unasked(own, context.load("kazakhstan-electronics"))
    assert "(2 for, 3 mixed, 10 against)" in told
    asked = SimpleNamespace(offers=SETTING.offers, model_requires=SETTING.model_requires)
    assert structure_figures.unasked(assessment([[1]], requirements=[("c0", "r1")]), asked) == ""
