"""`compendium applicability rank`: one more country is one more folder; errors are one line."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from compendium import cli, data, project
from tests.ranking.test_context import ABOUT, TABLES

CLOCKS = {
    "criterion_requirements.csv": ["criterion,requirement", "crit_trust,req_trust"],
    "criteria.csv": [
        "criterion,direction,basis,place",
        "crit_trust,higher,basis_limit,table3:1",
        "crit_reach,lower,basis_advantage,table3:4",
    ],
    "scores.csv": [
        "model,criterion,status,score,rule,requirement,evidence_kind,evidence,reason",
        "living_labs,crit_trust,scored,4,rule_brought,,evidence_article,table3:2,Made up.",
        "living_labs,crit_reach,scored,0,rule_brought,,evidence_article,table3:2,Made up.",
        "intermediaries,crit_trust,scored,1,rule_brought,,evidence_article,table3:3,Made up.",
        "intermediaries,crit_reach,unknown,,rule_silent,,evidence_none,,Made up.",
    ],
}

NAME = "kazakhstan-electronics"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(project.path("data", "contexts", NAME), tmp_path / NAME)


def ranked(capsys, *arguments):
    assert cli.main(["applicability", "rank", "--draws", "3000", "--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys, *arguments):
    assert cli.main(["applicability", "rank", *map(str, arguments)]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "Traceback" not in told
    return told


def test_the_json_has_the_ranking_by_codes(capsys):
    told = ranked(capsys)
    assert {"models", "acceptability", "central_weights", "confidence", "standard_error"} <= set(
        told
    )
    assert told["models"][0] == "joint_laboratories"
    shares = np.array(told["acceptability"])
    assert shares.shape == (5, 5)
    assert shares.sum(axis=1) == pytest.approx(np.ones(5))
    assert np.array(told["central_weights"]).shape == (5, len(told["criteria"]))
    assert np.array(told["standard_error"]).shape == (5, 5)
    assert len(told["confidence"]) == 5
    assert told["unknown_scores"] > 0


def test_a_pair_that_has_no_value_is_null(capsys):
    assert ranked(capsys)["pairwise"][0][0] is None


def test_equal_seeds_print_equal_results(capsys):
    one, two, other = (ranked(capsys, "--seed", seed) for seed in ("4", "4", "5"))
    assert one == two and one["acceptability"] != other["acceptability"]


def test_a_folder_elsewhere_is_ranked_like_a_named_one(capsys, folder):
    assert ranked(capsys, "--context", str(folder)) == ranked(capsys, "--context", NAME)


def test_another_country_is_another_folder(capsys, tmp_path):
    own = tmp_path / "ruritania-clocks"
    own.mkdir()
    (own / "context.yml").write_text(ABOUT, encoding="utf-8")
    for file, rows in (TABLES | CLOCKS).items():
        (own / file).write_text("\n".join(rows) + "\n", encoding="utf-8")
    told = ranked(capsys, "--context", str(own))
    assert told["models"] == ["living_labs", "intermediaries"]
    assert told["acceptability"][0] == [1, 0], "best by trust, and nobody can be better by reach"
    assert told["central_weights"][1] == [None, None]
    assert told["unknown_scores"] == 1


def test_what_is_known_about_the_weights_counts(capsys):
    free = ranked(capsys)
    told = ranked(capsys, "--weights", "crit_trust >= 0.5")
    assert told["weights"] == ["crit_trust >= 0.5"]
    assert told["central_weights"][1][0] > 0.5 > free["central_weights"][1][0]


def test_the_text_names_the_models_and_the_unknown_scores(capsys):
    assert cli.main(["applicability", "rank", "--draws", "2000"]) == 0
    told = capsys.readouterr().out
    assert "Living Labs" in told and "Rank 1" in told
    assert "2,000 draws, Monte Carlo error at most" in told
    scores = data.table("context_scores", project.path("data", "contexts", NAME, "scores.csv"))
    unknown = int((scores["status"] == "unknown").sum())
    assert unknown > 0 and f"Unknown scores: {unknown} of {len(scores)}" in told


def test_no_draws_are_refused(capsys):
    assert "There are 0 draws." in refused(capsys, "--draws", 0)


def test_contradicting_weights_are_named(capsys):
    told = refused(capsys, "--weights", "crit_trust >= 0.6", "--weights", "crit_reach >= 0.5",
                   "--weights", "crit_practice <= 0.9")
    assert "crit_trust >= 0.6; crit_reach >= 0.5." in told
    assert "crit_practice" not in told


@pytest.mark.parametrize(
    "file",
    [
        "context.yml", "criteria.csv", "criterion_requirements.csv", "scores.csv", "facts.csv",
        "indicators.csv", "indicator_values.csv", "requirements.csv", "model_requires.csv",
        "offers.csv",
    ],
)
def test_a_folder_that_lacks_a_file_is_refused_with_its_name(capsys, folder, file):
    (folder / file).unlink()
    told = refused(capsys, "--context", folder)
    assert file in told and "The file does not exist." in told


def test_a_context_that_there_is_not_names_the_nearest(capsys):
    assert "Did you mean 'kazakhstan-electronics'?" in refused(
        capsys, "--context", "kazakhstan-electronic"
    )


def test_a_bad_score_is_refused_with_its_row(capsys, folder):
    file = folder / "scores.csv"
    file.write_text(file.read_text().replace("scored,0,", "scored,9,", 1))
    assert "row 2, column `score`: The score 9 is outside the scale." in refused(
        capsys, "--context", folder
    )
