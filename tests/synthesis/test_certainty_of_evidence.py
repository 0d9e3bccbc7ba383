"""GRADE's level follows from the judgements; what is judged without a reason is named by row."""

from __future__ import annotations

import csv
from dataclasses import make_dataclass

import pytest

from compendium import new_review, project, review_plan, validation
from compendium.pages import cerqual, grade
from compendium.synthesis import certainty

Row = make_dataclass("Row", ["start", *certainty.DOMAINS, *certainty.UPGRADES])
TRIALS, OTHERS = certainty.START
FINE = ["not_serious"] * 5


@pytest.mark.parametrize(
    ("start", "domains", "upgrades", "level"),
    [
        (TRIALS, FINE, ["", "", ""], "grade_high"),
        (TRIALS, ["serious", *FINE[1:]], ["", "", ""], "grade_moderate"),
        (TRIALS, ["serious", "very_serious", *FINE[2:]], ["", "", ""], "grade_very_low"),
        (TRIALS, ["very_serious"] * 5, ["", "", ""], "grade_very_low"),
        (OTHERS, FINE, ["", "", ""], "grade_low"),
        (OTHERS, FINE, ["two_levels_up", "no_upgrade", ""], "grade_high"),
        (OTHERS, FINE, ["two_levels_up", "one_level_up", "one_level_up"], "grade_high"),
        (OTHERS, ["serious", *FINE[1:]], ["", "one_level_up", ""], "grade_low"),
        (TRIALS, ["unknown", *FINE[1:]], ["", "", ""], "unknown"),
        ("unknown", FINE, ["", "", ""], "unknown"),
        (TRIALS, FINE, ["", "no_data", ""], "unknown"),
    ],
)
def test_the_level_is_the_start_less_what_lowers_and_more_what_raises(
    start, domains, upgrades, level
):
    assert certainty.level(Row(start, *domains, *upgrades)) == level


@pytest.fixture(scope="module")
def made_review(tmp_path_factory):
    plan = review_plan.of({"chapters": ["effects", "directions", "grade", "cerqual"]})
    folder = new_review.make(tmp_path_factory.mktemp("made") / "review", plan=plan)
    with (folder / "data" / "review" / "sources.csv").open("a", encoding="utf-8") as stream:
        for key in ("doe2001", "roe2002"):
            stream.write(f"{key},,\"Doe, Jane\",2001{',' * 12}\n")
    return folder


def put(review, name, *rows):
    file = review / "data" / "review" / f"{name}.csv"
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def outcome(name="death", works="", effect="", first="not_serious", why=""):
    return [name, works, effect, "start_randomised", first, *FINE[1:], "", "", "", why]


def finding(components=("cerqual_none",) * 4, level="confidence_high", why="All fits.", works=""):
    return ["Parents read.", works or "doe2001", *components, level, why]


def test_tables_without_a_row_are_whole_and_say_that_nothing_is_there(review):
    assert [str(problem) for problem in validation.check()] == []
    assert grade.summary(grade.read()) == "No outcome has been judged yet."
    assert "Nothing here yet" in grade.findings_table(grade.read())._repr_html_()
    assert "Nothing here yet" in cerqual.components_table(cerqual.read())._repr_html_()


@pytest.mark.parametrize(
    ("name", "row", "column", "said"),
    [
        ("grade", outcome("deaths"), "outcome", "Did you mean 'death'"),
        ("grade", outcome("sleep"), "outcome", "write its works and its effect in this row"),
        ("grade", outcome("sleep", works="doe2001"), "outcome", "No effect and no direction has"),
        ("grade", outcome(first="seriuos"), "risk_of_bias", "Did you mean 'serious'"),
        ("grade", outcome(first="serious"), "explanation", "in `risk_of_bias`"),
        ("grade", outcome(works="doe2001; do2001"), "works", "Did you mean 'doe2001'"),
        ("cerqual", finding(why=""), "explanation", "not explained"),
        ("cerqual", finding(("cerqual_none", "unknown", "cerqual_none", "cerqual_none")),
         "coherence", "`unknown` as the confidence"),
        ("cerqual", finding(level="high"), "confidence", "not a code of the set"),
        ("cerqual", finding(works="poe2003"), "works", "not among the sources"),
    ],
)  # fmt: skip
def test_a_judgement_that_cannot_stand_is_named_by_row(review, name, row, column, said):
    put(review, "effects", ["doe2001", "death", "risk_ratio", 0.5, 0.4, 0.7, ""])
    put(review, name, row)
    (problem,) = validation.check()
    assert (str(problem.path), problem.row, problem.column) == (
        f"data/review/{name}.csv", 2, column,
    )  # fmt: skip
    assert said in str(problem)
    with pytest.raises(type(problem), match="row 2"):
        {"grade": grade, "cerqual": cerqual}[name].read()


def test_without_tables_of_effects_and_directions_any_outcome_may_be_judged(tmp_path):
    folder = new_review.make(tmp_path / "alone", plan=review_plan.of({"chapters": ["grade"]}))
    put(folder, "grade", outcome("sleep"))
    with project.at(folder):
        assert [str(problem) for problem in validation.check()] == []


def test_works_and_effect_come_from_the_other_tables_where_nobody_wrote_them(review):
    put(review, "effects", ["doe2001", "death", "risk_ratio", 0.5, 0.4, 0.7, ""],
        ["roe2002", "death", "risk_ratio", 0.6, 0.5, 0.8, ""],
        ["doe2001", "pain", "mean_difference", 1, 0.5, 2, ""])  # fmt: skip
    put(review, "directions", ["roe2002", "joy", "direction_positive", "", "", ""])
    put(review, "grade", *map(outcome, ("death", "pain", "joy")),
        outcome("work", works="roe2002", effect="None was found."))  # fmt: skip
    judged = grade.read().set_index("outcome")
    assert judged["works"].to_dict() == {
        "death": ["doe2001", "roe2002"], "pain": ["doe2001"], "joy": ["roe2002"],
        "work": ["roe2002"],
    }  # fmt: skip
    assert judged.loc["death", "effect"].startswith("Risk ratio: 0.5")
    assert judged.loc["pain", "effect"] == "Mean difference: 1.00 [0.50; 2.00]"
    assert "1 of 1 work" in judged.loc["joy", "effect"]
    assert judged.loc["work", "effect"] == "None was found."


def test_a_judgement_shows_how_far_it_moves_the_level(review):
    put(review, "effects", ["doe2001", "death", "risk_ratio", 0.5, 0.4, 0.7, ""])
    put(review, "grade", outcome(first="very_serious", why="Open allocation."))
    shown = grade.profile_table(grade.read()).to_csv().splitlines()[1]
    assert shown.startswith("death,Randomised trials,Very serious,Not serious")
    assert "−2" in grade.profile_table(grade.read())._repr_html_()
    assert "●●○○" in grade.findings_table(grade.read())._repr_html_()


def test_a_confidence_that_is_still_unknown_needs_no_reason(review):
    put(review, "cerqual", finding(("unknown",) * 4, "unknown", why=""))
    assert [str(problem) for problem in validation.check()] == []
    assert cerqual.summary(cerqual.read()) == "Confidence by finding: Parents read – unknown."
