"""Criteria and scores are read as they are; what is wrong with them is told in one line."""

from __future__ import annotations

import csv
import shutil

import numpy as np
import pytest

from compendium import data, project
from compendium.errors import CompendiumError
from compendium.ranking import context, criteria

NAME = "kazakhstan-electronics"


@pytest.fixture
def folder(tmp_path):
    """A copy of the context that a test may break."""
    return shutil.copytree(project.path("data", "contexts", NAME), tmp_path / NAME)


@pytest.fixture
def assessment():
    return criteria.assess(project.path("data", "contexts", NAME))


def rewrite(file, change):
    """Rewrite a table's rows."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = list(rows[0])
    rows = change(rows)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def refusal(folder):
    with pytest.raises(CompendiumError) as refused:
        criteria.assess(folder)
    return str(refused.value)


def alter(model, criterion, /, **cells):
    def change(rows):
        for row in rows:
            if (row["model"], row["criterion"]) == (model, criterion):
                row.update(cells)
        return rows

    return change


# ------------------------------------------------------------------ the scores themselves


def test_there_is_a_row_for_every_model_and_criterion(assessment):
    models = data.table("models")["model"]
    assert assessment.models == list(models)
    assert assessment.levels.shape == (5, 15)


def test_silence_is_unknown_and_never_a_score(assessment):
    silent = assessment.scores["evidence_kind"] == "evidence_none"
    assert silent.any()
    assert assessment.scores.loc[silent, "score"].isna().all()
    assert (assessment.scores.loc[silent, "status"] == "unknown").all()
    assert assessment.scores.loc[~silent, "score"].notna().all()
    assert len(assessment.unknown) == np.isnan(assessment.levels).sum() == silent.sum()


def test_every_score_names_evidence_that_exists(assessment):
    country = context.load(NAME)
    known = {
        "evidence_fact": set(country.facts["fact"]),
        "evidence_source": set(data.table("sources")["key"]),
        "evidence_indicator": set(country.indicators["indicator"]),
    }
    for row in assessment.scores.itertuples():
        if row.evidence_kind in known:
            assert row.evidence.partition(":")[0] in known[row.evidence_kind]
        assert bool(row.evidence) == (row.evidence_kind != "evidence_none")


def test_a_criterion_of_which_less_is_better_is_turned_round(folder, assessment):
    rewrite(
        folder / "criteria.csv",
        lambda rows: [
            row | ({"direction": "lower"} if row["criterion"] == "crit_trust" else {})
            for row in rows
        ],
    )
    turned = criteria.assess(folder).levels
    at = assessment.codes.index("crit_trust")
    assert turned[:, at] == pytest.approx(4 - assessment.levels[:, at], nan_ok=True)
    assert np.isnan(turned[:, at]).sum() == np.isnan(assessment.levels[:, at]).sum()


# ------------------------------------------------------------------ bad input


def test_a_criterion_without_scores_is_named(folder):
    rewrite(
        folder / "scores.csv",
        lambda rows: [row for row in rows if row["criterion"] != "crit_reach"],
    )
    assert "The criterion 'crit_reach' has no scores." in refusal(folder)


def test_a_criterion_with_unknown_scores_only_is_named(folder):
    rewrite(
        folder / "scores.csv",
        lambda rows: [
            row | ({"score": "", "status": "unknown"} if row["criterion"] == "crit_trust" else {})
            for row in rows
        ],
    )
    assert "All scores of the criterion 'crit_trust' are unknown." in refusal(folder)


def test_a_model_that_stands_twice_is_named_with_its_row(folder):
    rewrite(folder / "scores.csv", lambda rows: [*rows, rows[0]])
    told = refusal(folder)
    assert "scores.csv, row 77, column `model`" in told
    assert "'joint_laboratories' is scored twice by 'crit_trust'" in told


@pytest.mark.parametrize("score", ["5", "-1"])
def test_a_score_outside_the_scale_is_named_with_its_row(folder, score):
    rewrite(folder / "scores.csv", alter("living_labs", "crit_practice", score=score))
    told = refusal(folder)
    assert "row 29, column `score`" in told
    assert f"The score {score} is outside the scale. Write a level from 0 to 4." in told


def test_a_single_model_cannot_be_ranked(folder):
    rewrite(
        folder / "scores.csv",
        lambda rows: [row for row in rows if row["model"] == "joint_laboratories"],
    )
    assert "There is only one model, 'joint_laboratories'." in refusal(folder)


def test_no_model_cannot_be_ranked(folder):
    rewrite(folder / "scores.csv", lambda rows: [])
    assert "There is no model." in refusal(folder)


def test_a_missing_row_is_not_taken_for_unknown(folder):
    gone = ("joint_laboratories", "crit_precedent")
    rewrite(
        folder / "scores.csv",
        lambda rows: [row for row in rows if (row["model"], row["criterion"]) != gone],
    )
    assert "has no row for the criterion 'crit_precedent'" in refusal(folder)


def test_an_empty_score_must_be_marked_unknown(folder):
    rewrite(folder / "scores.csv", alter("joint_laboratories", "crit_trust", score=""))
    assert "The score is missing, but marked scored." in refusal(folder)


def test_an_unknown_score_must_be_empty(folder):
    rewrite(folder / "scores.csv", alter("joint_laboratories", "crit_reach", score="2"))
    assert "The score is given, but marked unknown." in refusal(folder)


def test_a_score_by_a_criterion_that_there_is_not_names_the_nearest(folder):
    rewrite(
        folder / "scores.csv", alter("joint_laboratories", "crit_trust", criterion="crit_trst")
    )
    told = refusal(folder)
    assert "There is no criterion 'crit_trst'. Did you mean 'crit_trust'?" in told


def test_a_criterion_that_stands_twice_is_named(folder):
    rewrite(folder / "criteria.csv", lambda rows: [*rows, rows[0]])
    assert "The criterion 'crit_trust' stands twice." in refusal(folder)


def test_a_direction_that_there_is_not_is_named(folder):
    rewrite(
        folder / "criteria.csv", lambda rows: [row | {"direction": "upwards"} for row in rows]
    )
    assert "'upwards' is not a direction." in refusal(folder)


def test_a_score_that_is_no_number_is_named(folder):
    rewrite(folder / "scores.csv", alter("joint_laboratories", "crit_trust", score="high"))
    assert "'high' is not of type integer." in refusal(folder)


@pytest.mark.parametrize("file", ["criteria.csv", "criterion_requirements.csv", "scores.csv"])
def test_a_missing_file_is_named(folder, file):
    (folder / file).unlink()
    told = refusal(folder)
    assert file in told and "The file does not exist." in told
