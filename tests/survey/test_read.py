"""Answers to the survey: what is taken, what is refused and why, and what SMAA makes of it."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from compendium import cli, project
from compendium.errors import CompendiumError
from compendium.ranking import criteria, smaa
from compendium.survey import best_worst, distributions, figures, groups, read
from tests.survey.answers import answers, as_csv, as_xlsx

CONTEXT = "kazakhstan-electronics"


@pytest.fixture(scope="module")
def assessment():
    return criteria.assess(project.path("data", "contexts", CONTEXT))


@pytest.fixture(scope="module")
def rows(assessment):
    return answers(assessment)


def exported(tmp_path, rows, **style):
    file = tmp_path / "export.csv"
    file.write_text(as_csv(rows, **style), encoding="utf-8")
    return file


# ------------------------------------------------------------------ exports


def test_every_generated_answer_is_taken_and_known_to_be_generated(tmp_path, rows, assessment):
    told = read.read(exported(tmp_path, rows), assessment)
    assert (len(told.answers), told.refused, told.declined) == (12, [], 0)
    assert told.generated
    assert all(answer.weights.sum() == pytest.approx(1) for answer in told.answers)
    assert all((answer.weights >= 0).all() for answer in told.answers)


@pytest.mark.parametrize(
    "style", [{"separator": ";"}, {"group": "weights/"}, {"group": "about-"}]
)
def test_kobo_and_odk_exports_read_alike(tmp_path, rows, assessment, style):
    plain = read.read(exported(tmp_path, rows), assessment)
    styled = read.read(exported(tmp_path, rows, **style), assessment)
    for one, other in zip(plain.answers, styled.answers, strict=True):
        assert np.array_equal(one.weights, other.weights)
        assert np.array_equal(one.levels, other.levels, equal_nan=True)


def test_a_workbook_reads_like_the_csv(tmp_path, rows, assessment):
    plain = read.read(exported(tmp_path, rows), assessment)
    sheet = read.read(as_xlsx(rows, tmp_path / "export.xlsx"), assessment)
    for one, other in zip(plain.answers, sheet.answers, strict=True):
        assert np.array_equal(one.levels, other.levels, equal_nan=True)
        assert one.role == other.role


def test_whoever_declines_is_counted_and_not_read(tmp_path, rows, assessment):
    declined = rows[0] | {"consent": "no", "role": "", "best": ""}
    told = read.read(exported(tmp_path, [declined, *rows[1:]]), assessment)
    assert (len(told.answers), told.declined, told.refused) == (11, 1, [])


def test_not_knowing_is_not_a_level(tmp_path, rows, assessment):
    model, code = assessment.models[0], assessment.codes[0]
    row = rows[0] | {f"score_{model}_{code}": "unknown"}
    (answer,) = read.read(exported(tmp_path, [row]), assessment).answers
    assert np.isnan(answer.levels[0, 0])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"consent": ""}, r"column `consent`: the respondent has not said"),
        ({"role": "bank"}, r"column `role`: 'bank' is none of enterprise, university, other"),
        ({"best": "crit_nothing"}, r"column `best`: 'crit_nothing' is no criterion"),
        ({"worst": "BEST"}, r"column `worst`: the most and the least important criterion are"),
        ({"COMPARED": ""}, r"column `bo_\w+`: the comparison is missing"),
        ({"COMPARED": "12"}, r"column `bo_\w+`: '12' is no whole number from 1 to 9"),
        ({"COMPARED": "three"}, r"column `bo_\w+`: 'three' is no whole number"),
        ({"SCORED": "5"}, r"column `score_\w+`: '5' is no level from 0 to 4"),
        ({"SCORED": "2.5"}, r"column `score_\w+`: '2.5' is no level from 0 to 4"),
        ({"_uuid": "made-up-0"}, r"column `_uuid`: the same submission stands in row 2"),
    ],
)
def test_a_malformed_row_is_refused_with_row_column_and_reason(
    tmp_path, rows, assessment, change, reason
):
    row = dict(rows[1])
    compared = next(name for name in row if name.startswith("bo_") and row[name])
    names = {"COMPARED": compared,
             "SCORED": f"score_{assessment.models[0]}_{assessment.codes[0]}"}
    row |= {names.get(name, name): row["best"] if value == "BEST" else value
            for name, value in change.items()}
    told = read.read(exported(tmp_path, [rows[0], row, rows[2]]), assessment)
    assert len(told.answers) == 2
    (refusal,) = told.refused
    assert re.match(r"row 3, " + reason, str(refusal))


def test_a_row_with_a_cell_too_many_is_refused_and_the_others_are_read(tmp_path, rows, assessment):
    lines = as_csv(rows[:3]).splitlines()
    lines[2] += ",more"
    file = tmp_path / "export.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    told = read.read(file, assessment)
    assert len(told.answers) == 2
    wide = len(rows[0])
    assert str(told.refused[0]) == f"row 3: it has {wide + 1} cells, the header has {wide}"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("export.csv", b"", "lacks|no rows"),
        ("export.csv", b"consent,role\nyes,enterprise\n", "lacks 32 of the form's columns"),
        ("export.csv", b"\xff\xfe\x00consent", "cannot be read.*UTF-8"),
        ("export.xlsx", b"no workbook", "cannot be read"),
    ],
)
def test_a_file_that_is_no_export_is_refused(tmp_path, assessment, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CompendiumError, match=said):
        read.read(file, assessment)


def test_a_file_that_is_not_there_is_named(tmp_path, assessment):
    with pytest.raises(CompendiumError, match="There is no such file"):
        read.read(tmp_path / "none.csv", assessment)


# ------------------------------------------------------------------ weights of one respondent


def test_consistent_comparisons_give_the_weights_they_describe():
    wanted = np.array([8, 4, 4, 2, 1]) / 19
    given = (0, 4, wanted[0] / wanted, wanted / wanted[4])
    assert best_worst.weights(*given) == pytest.approx(wanted)
    assert best_worst.inconsistency(*given) == 0


def test_no_other_weights_fit_inconsistent_comparisons_better():
    best, worst, others, least = 0, 3, np.array([1, 3, 2, 8]), np.array([8, 4, 2, 1])

    def gap(weights):
        return max(np.abs(weights[best] - others * weights).max(),
                   np.abs(weights - least * weights[worst]).max())

    found = best_worst.weights(best, worst, others, least)
    tried = np.random.default_rng(3).dirichlet(np.ones(4), 20_000)
    assert gap(found) <= min(gap(weights) for weights in tried) + 1e-9


def test_inconsistency_is_the_largest_gap_of_the_products():
    # 3 × 4 against 8, of at most 8² − 8: 4 / 56; and 2 × 2 against 8: 4 / 56.
    ratio = best_worst.inconsistency(0, 3, np.array([1, 3, 2, 8]), np.array([8, 4, 2, 1]))
    assert ratio == pytest.approx(4 / 56)


# ------------------------------------------------------------------ several respondents


def answer(role, weights, levels=((np.nan,),)):
    return read.Answer(2, role, np.array(weights, dtype=float), 0.0, np.array(levels, dtype=float))


def test_weights_are_drawn_as_often_as_respondents_gave_them():
    space = distributions.SurveyWeights(
        [answer("other", [1, 0]), answer("other", [1, 0]), answer("other", [0.2, 0.8])]
    )
    drawn = space.draw(np.random.default_rng(1), 30_000)
    assert (drawn[0] == 1).mean() == pytest.approx(2 / 3, abs=0.01)
    assert drawn.sum(axis=0) == pytest.approx(np.ones(30_000))


def test_levels_are_drawn_as_often_as_respondents_gave_them():
    # Model 0 has level 4 from two and 0 from one; model 1 has 2 from all.
    given = [answer("other", [1.0], [[level], [2]]) for level in (4, 4, 0)]
    ranking = smaa.smaa2(
        distributions.SurveyScores(given), distributions.SurveyWeights(given), draws=30_000
    )
    assert ranking.acceptability[0, 0] == pytest.approx(2 / 3, abs=0.01)


def test_a_level_that_nobody_gave_stays_unknown_and_is_drawn_from_the_whole_scale():
    given = [answer("other", [1.0], [[np.nan], [2]])]
    scores = distributions.SurveyScores(given)
    assert scores.unknown.tolist() == [[0, 0]]
    ranking = smaa.smaa2(scores, distributions.SurveyWeights(given), draws=30_000)
    assert ranking.acceptability[0, 0] == pytest.approx(0.5, abs=0.01)


def test_no_answers_are_no_distribution():
    with pytest.raises(CompendiumError, match="no answer to draw weights from"):
        distributions.SurveyWeights([])


def test_groups_that_differ_have_an_interval_beyond_nought():
    rng = np.random.default_rng(2)
    firms = [answer("enterprise", [0.7 + e, 0.3 - e]) for e in rng.normal(0, 0.05, 12)]
    schools = [answer("university", [0.3 + e, 0.7 - e]) for e in rng.normal(0, 0.05, 12)]
    told = groups.weight_differences([*firms, *schools], ["a", "b"]).set_index("criterion")
    assert told.loc["a", "difference"] == pytest.approx(0.4, abs=0.05)
    assert told.loc["a", "low"] > 0 and told.loc["b", "high"] < 0


def test_three_answers_are_needed_for_an_interval():
    few = [answer("enterprise", [0.5, 0.5])] * 2 + [answer("university", [0.4, 0.6])] * 5
    told = groups.weight_differences(few, ["a", "b"])
    assert told["difference"].iloc[0] == pytest.approx(0.1)
    assert told[["low", "high"]].isna().all(axis=None)


def test_levels_of_groups_are_compared_by_order_alone():
    firms = [answer("enterprise", [1], [[level]]) for level in (3, 4, 4)]
    schools = [answer("university", [1], [[level]]) for level in (0, 1, 3)]
    told = groups.score_differences([*firms, *schools], ["m"], ["c"]).iloc[0]
    assert told["above"] == pytest.approx((8 + 0.5) / 9)
    assert (told["first_count"], told["second_count"]) == (3, 3)


def test_a_figure_of_generated_answers_says_so(tmp_path, rows, assessment):
    told = read.read(exported(tmp_path, rows), assessment)
    frame = groups.weight_differences(told.answers, assessment.codes)
    marked = figures.weight_differences(frame, told.answers, generated=True)
    assert "GENERATED ANSWERS" in marked.svg and marked.alt.startswith("GENERATED ANSWERS")
    plain = figures.weight_differences(frame, told.answers, generated=False)
    assert "GENERATED" not in plain.svg and "GENERATED" not in plain.alt


# ------------------------------------------------------------------ the commands


def test_an_export_flows_through_to_the_ranking(tmp_path, rows, capsys):
    file, figure = exported(tmp_path, rows), tmp_path / "weights.svg"
    command = ["survey", "read", str(file), "--draws", "4000", "--figure", str(figure), "--json"]
    assert cli.main(command) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["generated"] and told["answers"] == 12
    assert told["roles"] == {"enterprise": 6, "university": 6}
    assert np.array(told["acceptability"]).sum(axis=0) == pytest.approx(np.ones(5))
    assert sum(told["mean_weights"]) == pytest.approx(1)
    assert all(row["low"] <= row["difference"] <= row["high"] for row in told["weight_differences"])
    assert "GENERATED ANSWERS" in figure.read_text(encoding="utf-8")

    assert cli.main(["applicability", "rank", "--survey", str(file), "--draws", "4000",
                     "--json"]) == 0
    ranked = json.loads(capsys.readouterr().out)
    assert ranked["acceptability"] == told["acceptability"]
    assert ranked["survey"]["answers"] == 12 and ranked["survey"]["generated"]


def test_the_text_says_that_answers_are_generated_and_what_was_refused(tmp_path, rows, capsys):
    file = exported(tmp_path, [rows[0] | {"role": "bank"}, *rows[1:]])
    assert cli.main(["survey", "read", str(file), "--draws", "2000"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("GENERATED ANSWERS: made up by a program, no finding.")
    assert "Answers: 11. Declined: 0. Refused: 1." in told
    assert "refused row 2, column `role`: 'bank' is none of" in told
    assert cli.main(["applicability", "rank", "--survey", str(file), "--draws", "2000"]) == 0
    assert capsys.readouterr().out.startswith("GENERATED ANSWERS")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--survey", "none.csv"], "none.csv: There is no such file."),
        (["--survey", "none.csv", "--weights", "crit_trust >= 0.1"], "Leave one of them out."),
    ],
)
def test_a_survey_that_cannot_be_used_is_refused_in_one_line(capsys, arguments, said):
    assert cli.main(["applicability", "rank", *arguments]) == 1
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


def test_an_export_without_a_usable_row_says_why(tmp_path, rows, capsys):
    file = exported(tmp_path, [rows[0] | {"role": "bank"}])
    assert cli.main(["survey", "read", str(file)]) == 1
    assert "No row of the export can be used. row 2, column `role`" in capsys.readouterr().err


def test_the_form_is_written_where_it_is_asked_for(tmp_path, capsys):
    file = tmp_path / "form.xlsx"
    assert cli.main(["survey", "form", "--output", str(file)]) == 0
    assert file.stat().st_size > 5_000
    assert "15 criteria, 5 models, about 12 to 21 minutes" in capsys.readouterr().out
    assert cli.main(["survey", "form", "--output", str(tmp_path / "no" / "form.xlsx")]) == 1
    assert "Give another file with --output." in capsys.readouterr().err
