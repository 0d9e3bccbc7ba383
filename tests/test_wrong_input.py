"""Wrong inputs of a team, table by table: each is an error with file, row and remedy."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from compendium import cli, project
from compendium.edition import before
from compendium.errors import CompendiumError
from tests import right_input

LOW_HIGH = {"effect": "0.8", "low": "1.1", "high": "0.6"}


@pytest.fixture(scope="module")
def right(tmp_path_factory):
    """A review in which nothing is wrong."""
    return right_input.make(tmp_path_factory.mktemp("reviews") / "right")


@pytest.fixture
def review(right, tmp_path):
    """One of its own for each test."""
    folder = tmp_path / "review"
    shutil.copytree(right, folder, ignore=shutil.ignore_patterns("vendor", "locales"))
    with project.at(folder):
        yield folder


def test_nothing_is_wrong_with_what_is_right(review):
    assert [str(problem) for problem in before.problems()] == []


def change(file: Path, row: int, cells: dict[str, str] | None) -> None:
    """Give a row other cells; a row behind the last one is new, and one without cells goes."""
    with file.open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    at = row - 2
    if cells is None:
        del rows[at]
    else:
        if at >= len(rows):
            rows.append([""] * len(head))
        for name, value in cells.items():
            rows[at][head.index(name)] = value
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *rows])


def named(words: str) -> CompendiumError:
    """The problem that holds these words; every one found has its file and a sentence."""
    found = before.problems()
    assert all(problem.path and problem.message for problem in found)
    assert any(words in str(problem) for problem in found), [str(problem) for problem in found]
    return next(problem for problem in found if words in str(problem))


CELLS = [
    # effects
    ("review/effects.csv", 3, LOW_HIGH, "low", "ends below where it begins"),
    ("review/effects.csv", 2, {"effect": "1.4"}, "effect", "not lie inside its interval"),
    ("review/effects.csv", 2, {"effect": "-0.2", "low": "-0.5", "high": "0.1"}, "low",
     "A ratio is greater than 0"),
    ("review/effects.csv", 2, {"low": "0"}, "low", "A ratio is greater than 0"),
    ("review/effects.csv", 2, {"low": "0.8", "high": "0.8"}, "low", "no width"),
    ("review/effects.csv", 2, {"effect": "0,8"}, "effect", "0,8"),
    ("review/effects.csv", 2, {"high": ""}, "high", "required"),
    ("review/effects.csv", 2, {"measure": "relative_risk"}, "measure", "not a code of the set"),
    ("review/effects.csv", 2, {"measure": "RR"}, "measure", "Name one of: "),
    ("review/effects.csv", 2, {"work": "doe2051"}, None, "doe2051"),
    ("review/effects.csv", 3, {"work": "doe2015"}, None, "key of its own"),
    ("review/effects.csv", 2, {"outcome": ""}, "outcome", "required"),
    ("review/effects.csv", 2, {"effect": "1e400", "high": "1e401"}, "effect", "finite"),
    # directions
    ("review/directions.csv", 2, {"direction": "positive"}, "direction", "direction_positive"),
    ("review/directions.csv", 2, {"participants": "-3"}, "participants", "at least one"),
    ("review/directions.csv", 2, {"measures": "0"}, "measures", "at least one"),
    ("review/directions.csv", 2, {"work": "nobody2000"}, None, "nobody2000"),
    ("review/directions.csv", 2, {"outcome": "=SUM(A1)"}, "outcome", "as a formula"),
    ("review/directions.csv", 2, {"participants": "120 people"}, "participants", "120 people"),
    # sources
    ("review/sources.csv", 2, {"key": "Doe2015"}, "key", "pattern"),
    ("review/sources.csv", 3, {"key": "doe2015"}, None, "key of its own"),
    ("review/sources.csv", 2, {"doi": "https://doi.org/10.1000/doe"}, "doi", "pattern"),
    ("review/sources.csv", 2, {"year_issue": "in press"}, "year_issue", "in press"),
    ("review/sources.csv", 2, {"year_issue": "2105"}, "year_issue", "No work has appeared"),
    ("review/sources.csv", 2, {"authors": ""}, "authors", "required"),
    ("review/sources.csv", 2, {"address": "doi.org/10.1000/doe"}, "address", "https://"),
    # included
    ("review/included.csv", 2, {"work": "doe2016"}, None, "doe2016"),
    ("review/included.csv", 2, {"query": "scopuss"}, "query", "Did you mean 'scopus'?"),
    ("review/included.csv", 4, {"work": "doe2015", "query": "scopus"}, None, "key of its own"),
    # extraction and its form
    ("review/extraction.csv", 2, {"value": "about 120"}, "value", "not a number"),
    ("review/extraction.csv", 3, {"value": "cohorts"}, "value", "not a code of the set"),
    ("review/extraction.csv", 4, {"value": "14"}, "value", "not a year"),
    ("review/extraction.csv", 5, {"value": "0.8 (0.6-1.1)"}, "value", "not an effect"),
    ("review/extraction.csv", 5, {"value": "0.8 [1.1; 0.6]"}, "value", "inside its interval"),
    ("review/extraction.csv", 2, {"provenance": ""}, "provenance", "not where it was read"),
    ("review/extraction.csv", 2, {"provenance": "full text"}, "provenance", "Name one of"),
    ("review/extraction.csv", 2, {"value": ""}, "value", "nobody says what"),
    ("review/extraction.csv", 2, {"status": "not_reported"}, "value", "says that there is none"),
    ("review/extraction.csv", 2, {"status": "yes"}, "status", "not a code of the set"),
    ("review/extraction.csv", 2, {"category": "samples"}, "category", "Did you mean 'sample'?"),
    ("review/form.csv", 2, {"type": "numeric"}, "type", "enum"),
    ("review/form.csv", 2, {"category": "size"}, "category", "not a code of the set"),
    ("review/form.csv", 2, {"type": "code"}, "value", "not a code of the set 'sample'"),
    # criteria
    ("review/criteria.csv", 2, {"criterion": "grown_ups"}, "criterion", "not a code of the set"),
    ("review/criteria.csv", 2, {"statement": ""}, "statement", "required"),
    # the map
    ("review/map.csv", 2, {"code": "trainings"}, None, "trainings"),
    ("review/map.csv", 2, {"code": "output"}, "code", "not one of the dimension 'map_rows'"),
    ("review/map.csv", 2, {"dimension": "map_row"}, "code", "Did you mean 'map_rows'?"),
    ("review/map.csv", 2, {"work": "doe1999"}, None, "doe1999"),
    # judgements
    ("review/grade.csv", 2, {"outcome": "Stairs"}, "outcome", "has the outcome 'Stairs'"),
    ("review/grade.csv", 2, {"start": "rct"}, "start", "start_randomised"),
    ("review/grade.csv", 2, {"imprecision": "serious"}, "explanation", "nobody says why"),
    ("review/grade.csv", 2, {"works": "doe2015, lee2020"}, "works", "not among the sources"),
    ("review/cerqual.csv", 2, {"works": "doe2051"}, "works", "Did you mean 'doe2015'?"),
    ("review/cerqual.csv", 2, {"coherence": "unknown"}, "coherence", "not judged"),
    ("review/cerqual.csv", 2, {"confidence": "high"}, "confidence", "not a code of the set"),
    ("review/cerqual.csv", 2, {"explanation": ""}, "explanation", "not explained"),
    # records and decisions
    ("screening/records.csv", 3, {"record": "doi:10.1000/doe"}, None, "key of its own"),
    ("screening/records.csv", 2, {"origin": "database"}, "origin", "mean 'origin_database'"),
    ("screening/records.csv", 2, {"title": "@cmd"}, "title", "as a formula"),
    ("screening/decisions.csv", 2, {"reviewer": "An"}, "reviewer", "Did you mean 'Ann'?"),
    ("screening/decisions.csv", 2, {"reviewer": ""}, "reviewer", "Nobody signs"),
    ("screening/decisions.csv", 2, {"decision": "exclude", "criterion": "adult"}, "criterion",
     "not a code of the set"),
    ("screening/decisions.csv", 2, {"decision": "exclude", "criterion": "scopus"}, "criterion",
     "not a code of the set"),
    ("screening/decisions.csv", 6, {"decision": "exclude"}, "criterion", "no criterion says why"),
    ("screening/decisions.csv", 6, {"decision": "exclude", "criterion": "other_reason"}, "reason",
     "reason is not written"),
    ("screening/decisions.csv", 2, {"decision": "yes"}, "decision", "Write one of"),
    ("screening/decisions.csv", 2, {"stage": "abstract"}, "stage", "is no stage"),
    ("screening/decisions.csv", 2, {"role": "second"}, "role", "is no role"),
    ("screening/decisions.csv", 2, {"record": "doi:10.1000/deo"}, "record", "those identified"),
    ("screening/decisions.csv", 2, {"date": "10.01.2026"}, "date", "not a day"),
    ("screening/decisions.csv", 2, {"date": "2206-01-10"}, "date", "not come yet"),
    ("screening/decisions.csv", 6, {"date": "2025-12-01"}, "date", "dated 2025-12-01, before"),
    # the assessment
    ("contexts/example/scores.csv", 2, {"score": "5"}, "score", "maximum"),
    ("contexts/example/scores.csv", 2, {"score": ""}, "score", "marked scored"),
    ("contexts/example/scores.csv", 2, {"model": "model_c"}, "model", "not a code of the set"),
    ("contexts/example/scores.csv", 2, {"rule": "rule_guess"}, "rule", "not a code of the set"),
    ("contexts/example/scores.csv", 4, None, "criterion", "has no row for the criterion"),
    ("contexts/example/criteria.csv", 2, {"direction": "up"}, "direction", "not a code"),
    ("contexts/example/criteria.csv", 2, {"place": "results"}, "place", "pattern"),
    ("contexts/example/facts.csv", 2, {"fact": "1"}, "fact", "pattern"),
    ("contexts/example/offers.csv", 2, {"requirement": "staff", "reading": "good"}, "reading",
     "enum"),
    ("contexts/example/indicator_values.csv", 2, {"indicator": "gdp", "country": "UK"}, "country",
     "Did you mean 'GB'?"),
    # checklists
    ("checklists/report.csv", 2, {"checklist": "prisma_2020", "item": "1", "status": "yes"},
     "status", "not a code of the set"),
    ("checklists/report.csv", 2, {"checklist": "prisma_2020", "item": "99", "status": "reported"},
     None, "99"),
    ("checklists/report.csv", 2, {"checklist": "prisma_2020", "item": "1", "status": "reported",
                                  "place": "p. 3"}, "place", "pattern"),
    ("checklists/report.csv", 2, {"checklist": "prisma_2020", "item": "1", "status": "reported",
                                  "place": "appendix:3"}, "place", "no section"),
    # the codebook
    ("codebook.csv", 2, {"code": "Unknown value"}, "code", "pattern"),
    ("codebook.csv", 3, {"code": "unknown"}, None, "key of its own"),
    ("codebook.csv", 2, {"label_en": ""}, "label_en", "required"),
]  # fmt: skip


ALONE = ("codebook.csv", "review/sources.csv", "review/form.csv")
"""Tables that the rules of others read: nothing else may be wrong at the same time."""


def rounds() -> list[list[tuple]]:
    """The cases, so many at once as lie in different tables: a check takes a second."""
    made: list[list[tuple]] = []
    by_file: dict[str, list[tuple]] = {}
    for case in CELLS:
        by_file.setdefault(case[0], []).append(case)
    for file in ALONE:
        made += [[case] for case in by_file.pop(file)]
    for at in range(max(map(len, by_file.values()))):
        made.append([cases[at] for cases in by_file.values() if at < len(cases)])
    return made


@pytest.mark.parametrize("cases", rounds(), ids=lambda cases: f"{cases[0][0]} …")
def test_a_wrong_cell_is_named_with_its_row(review, cases):
    for file, row, cells, _column, _words in cases:
        change(review / "data" / file, row, cells)
    found = before.problems()
    assert all(problem.path and problem.message for problem in found)
    for file, row, cells, column, words in cases:
        where = "review/extraction.csv" if file == "review/form.csv" and column == "value" else file
        there = [each for each in found if str(each.path).endswith(where) and words in str(each)
                 and (cells is None or each.row == row or where != file)]  # fmt: skip
        assert there, (words, [str(each) for each in found])
        assert there[0].remedy
        assert column in (None, there[0].column)


def test_a_row_that_ends_too_early_or_too_late_is_named(review):
    file = review / "data" / "review" / "effects.csv"
    text = file.read_text("utf-8")
    for row in ("lee2020,Steps,risk_ratio", "lee2020,Steps,risk_ratio,1,0.8,1.2,,x"):
        file.write_text(text.replace("lee2020,Steps,risk_ratio,0.8,0.6,1.1,", row), "utf-8")
        found = before.problems()
        assert {each.row for each in found if "effects.csv" in str(each.path)} == {3}


TEXTS = [
    ("data/review/queries.yml", "- id: scopus", "- id: scopos", "Did you mean 'scopus'?", 5),
    ("data/review/queries.yml", "- id: pubmed", "- id: scopus", "Two queries have the id", None),
    ("data/review/queries.yml", "walking AND work )", "walking AND work", "never closed", 5),
    ("data/review/queries.yml", "[tiab] AND work[tiab]", "[tiab] AND (work[tiab]", "never closed",
     11),
    ("data/review/queries.yml", "included_in: included", "included_in: includes",
     "Did you mean 'included'?", None),
    ("data/review/queries.yml", "reported_hits: null", "reported_hits: 1,200", "not a number",
     None),
    ("data/review/queries.yml", "  database: Scopus", "database: Scopus", "not YAML", None),
    ("data/review/claims.yml", "counted:", "count:", "names no check", None),
    ("data/review/claims.yml", "distinct: work", "different: work", "cannot use", None),
    ("data/review/claims.yml", "place: results:1", "place: page 3", "cannot use", None),
    ("data/review/claims.yml", "expected: confirmed", "expected: yes", "no verdict", None),
    ("data/screening/screening.yml", "reviewers: 2", "reviewers: two", "number of people", None),
    ("data/screening/screening.yml", "pilot: 0.6", "pilot: 60", "no coefficient", None),
    ("data/screening/screening.yml", "reviewers: 2", "reviewers: [2", "not YAML", None),
    ("data/contexts/example/context.yml", "country: ZZ", "country: UK", "ISO 3166", None),
    ("data/contexts/example/context.yml", "reference_year: 2026", "", "does not say", None),
    ("data/datapackage.json", '"resources"', '"resources', "not JSON", None),
    ("book.yml", "title:", "title: [", "not YAML", None),
    ("book.yml", "languages:", "language:", "languages are missing", None),
    ("parameters.yml", "#", "corpus: [", "not YAML", None),
    ("parameters.yml", "#", "korpus: exports\n#", "Did you mean 'corpus'?", None),
    ("parameters.yml", "#", "draws: many\n#", "takes int", None),
    ("_toc.yml", "root:", "rot:", "does not name its chapters", None),
    ("_toc.yml", "chapters/1-search", "chapters/search", "does not exist", None),
    ("CITATION.cff", "title:", "title: [", "not YAML", None),
    ("chapters/effects.ipynb", "{", "(", "no notebook", None),
]


@pytest.mark.parametrize(("file", "old", "new", "words", "row"), TEXTS)
def test_a_wrong_file_is_named(review, file, old, new, words, row):
    path = review / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    problem = named(words)
    assert str(problem.path) == file
    assert row is None or problem.row == row


def test_a_build_says_the_same_before_it_runs_anything(review, capsys):
    change(review / "data" / "review" / "effects.csv", 2, LOW_HIGH)
    change(review / "data" / "screening" / "decisions.csv", 2, {"date": "never"})
    assert cli.main(["build", "--lang", "en"]) == 1
    told = capsys.readouterr().err
    assert "effects.csv, row 2, column `low`" in told and "decisions.csv, row 2" in told
    assert "Traceback" not in told
    assert not (review / "_build" / "executed").exists()
