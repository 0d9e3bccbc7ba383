"""Levels follow from evidence by one rule; a score that does not is named with its row."""

from __future__ import annotations

import csv
import shutil

import pytest
from pandas import NA, DataFrame

from compendium import data, project, validation
from compendium.ranking import scoring

NAME = "kazakhstan-electronics"
FOLDER = "data/contexts/kazakhstan-electronics"


@pytest.fixture
def folder(tmp_path):
    """A copy of the context that a test may break."""
    return shutil.copytree(project.path("data", "contexts", NAME), tmp_path / NAME)


def change(file, wanted, **cells):
    """Change the first row that has these cells; its row in the file."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    at = next(at for at, row in enumerate(rows) if wanted.items() <= row.items())
    rows[at].update(cells)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return at + 2


def problems(folder):
    return [str(problem) for problem in scoring.problems(folder)]


def levels(requires, offers, behind):
    frames = (
        DataFrame(requires, columns=["model", "requirement", "basis"]),
        DataFrame(offers, columns=["requirement", "reading"]),
        DataFrame(behind, columns=["criterion", "requirement"]),
    )
    return scoring.required_levels(*frames).set_index("model")


# ------------------------------------------------------------------ the rule


@pytest.mark.parametrize("reading", ["hinders", "mixed", "supports"])
def test_a_stated_limit_is_scored_as_an_implied_one_on_the_same_evidence(reading):
    found = levels([("m", "a", "stated"), ("n", "a", "implied")], [("a", reading)], [("k", "a")])
    assert found.loc["m", "level"] == found.loc["n", "level"]


@pytest.mark.parametrize(
    ("readings", "level"),
    [
        (["supports", "supports"], 4), (["supports"], 3), (["supports", "mixed"], 3),
        (["supports", "hinders"], 2), (["mixed"], 2), (["hinders", "hinders", "supports"], 1),
        (["hinders"], 1), (["hinders", "mixed"], 1), (["hinders", "hinders"], 0),
        (["irrelevant", "supports"], 3), (["not_a_case"], None), ([], None),
    ],
)  # fmt: skip
def test_pieces_of_evidence_amount_to_a_level(readings, level):
    assert scoring.evidence_level(readings) == level


def test_an_advantage_that_is_only_said_does_not_outrank_what_evidence_shows():
    assert scoring.evidence_level(["supports"]) > scoring.SAID


def test_the_lowest_of_several_requirements_counts_and_an_unknown_one_stays_unknown():
    found = levels(
        [("m", "a", "stated"), ("m", "b", "implied"), ("n", "a", "implied"), ("n", "c", "stated")],
        [("a", "supports"), ("b", "hinders"), ("c", "unknown")],
        [("k", "a"), ("k", "b"), ("k", "c")],
    )
    assert found.loc["m", "level"] == 1 and found.loc["m", "requirement"] == "b"
    assert found.loc["n", "level"] is NA and found.loc["n", "requirement"] == "c"


# ------------------------------------------------------------------ the data


def test_every_score_of_the_data_follows_from_the_rule(folder):
    assert problems(folder) == []


def test_every_requirement_belongs_to_a_criterion(folder):
    behind = data.table("context_criterion_requirements")["requirement"]
    assert set(behind) == set(data.table("context_requirements")["requirement"])


def test_a_level_that_does_not_follow_from_the_requirement_is_named_with_its_row(folder):
    row = change(folder / "scores.csv", {"rule": "rule_required", "score": "0"}, score="3")
    (told,) = problems(folder)
    assert f"scores.csv, row {row}, column `score`" in told and told.endswith("Write 0.")


def test_an_unknown_requirement_gives_no_level(folder):
    offers = folder / "offers.csv"
    lines = offers.read_text(encoding="utf-8").splitlines(keepends=True)
    offers.write_text(
        "".join(line for line in lines if not line.startswith("req_legitimacy,")), encoding="utf-8"
    )
    row = change(folder / "scores.csv", {"requirement": "req_legitimacy"}, score="2")
    (told,) = problems(folder)
    assert f"row {row}" in told and "with status `unknown`" in told


def test_a_requirement_cannot_be_scored_by_another_rule(folder):
    row = change(folder / "scores.csv", {"rule": "rule_required"}, rule="rule_answered", score="4")
    (told,) = problems(folder)
    assert f"row {row}, column `rule`" in told and "Write `rule_required`" in told


def test_a_rule_of_requirements_needs_a_requirement(folder):
    row = change(folder / "scores.csv", {"rule": "rule_brought"}, rule="rule_required")
    (told,) = problems(folder)
    assert f"row {row}, column `rule`" in told and "model_requires.csv" in told


def test_the_requirement_that_gives_the_level_is_named(folder):
    row = change(
        folder / "scores.csv",
        {"model": "joint_laboratories", "requirement": "req_research_base"},
        requirement="req_engineers",
    )
    (told,) = problems(folder)
    assert f"row {row}, column `requirement`" in told and "'req_research_base'" in told


def test_an_advantage_that_only_a_passage_names_is_no_better_than_evidence_both_ways(folder):
    row = change(folder / "scores.csv", {"rule": "rule_brought"}, score="4")
    (told,) = problems(folder)
    assert f"row {row}, column `score`" in told and "Write 2 or less" in told


def test_a_precedent_follows_from_all_cases_of_the_model(folder):
    row = change(folder / "scores.csv", {"rule": "rule_precedent", "score": "1"}, score="4")
    (told,) = problems(folder)
    assert f"row {row}, column `score`" in told and told.endswith("Write 1.")


def test_a_rule_that_there_is_not_is_named(folder):
    row = change(folder / "scores.csv", {"rule": "rule_brought"}, rule="rule_wished")
    (told,) = problems(folder)
    assert f"row {row}, column `rule`" in told and "rule_precedent" in told


def test_silence_is_no_score(folder):
    row = change(folder / "scores.csv", {"rule": "rule_silent"}, status="scored", score="2")
    (told,) = problems(folder)
    assert f"row {row}, column `rule`" in told and "is no score" in told


def test_evidence_that_enters_two_criteria_is_named(folder):
    taken = next(
        row for row in data.table("context_offers").itertuples()
        if row.evidence_kind == "evidence_fact"
    )
    row = change(folder / "scores.csv", {"rule": "rule_brought"}, evidence=taken.evidence,
                 evidence_kind=taken.evidence_kind)
    (told,) = problems(folder)
    assert f"scores.csv, row {row}, column `evidence`: The evidence '{taken.evidence}'" in told


def test_a_passage_of_the_article_may_say_several_things(folder):
    change(folder / "scores.csv", {"rule": "rule_brought"}, evidence="results:9")
    assert problems(folder) == []


def test_the_data_check_names_a_score_that_does_not_follow(own):
    change(own / FOLDER / "scores.csv", {"rule": "rule_brought"}, score="4")
    (told,) = map(str, validation.check())
    assert told.startswith(f"{FOLDER}/scores.csv, row ")


def test_a_table_that_cannot_be_read_is_the_one_problem(folder):
    (folder / "offers.csv").unlink()
    (told,) = problems(folder)
    assert "offers.csv" in told
