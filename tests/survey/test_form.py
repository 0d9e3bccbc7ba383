"""The survey's form: a valid XLSForm, in three languages, that asks nothing before consent."""

from __future__ import annotations

import re
import shutil
from io import BytesIO

import pytest
from openpyxl import load_workbook

from compendium import data, language, project
from compendium.ranking import criteria
from compendium.survey import form, materials, protocol


@pytest.fixture(scope="module")
def assessment():
    return criteria.assess(project.path("data", "contexts", "kazakhstan-electronics"))


@pytest.fixture(scope="module")
def sheets(assessment):
    return form.sheets(assessment)


def test_the_form_is_a_valid_xlsform(assessment, tmp_path):
    from pyxform.xls2xform import convert

    file = tmp_path / "survey.xlsx"
    file.write_bytes(form.workbook(assessment))
    warnings: list[str] = []
    # With Java at hand pyxform also runs ODK Validate, which tries every expression.
    made = convert(file, warnings=warnings, validate=shutil.which("java") is not None)
    assert warnings == []
    for entry in language.LANGUAGES.values():
        assert f'<translation lang="{entry.name} ({entry.code})"' in made.xform


def test_every_text_stands_in_every_language(sheets):
    for rows in (sheets["survey"], sheets["choices"]):
        for row in rows:
            for text in (value for value in row.values() if isinstance(value, dict)):
                assert set(text) == set(language.LANGUAGES)
                assert all(text.values()), row
    asked = [row["label"] for row in sheets["survey"] if "label" in row]
    same = [text for text in asked if text["kk"] == text["ru"] or text["ru"] == text["en"]]
    assert {text["en"] for text in same} <= {"Living Labs"}


def test_the_language_in_use_stays_what_it_was(assessment):
    language.use("kk")
    form.sheets(assessment)
    assert language.current() == "kk"
    language.use("en")


def test_nothing_is_asked_before_consent(sheets):
    depth, free = 0, []
    for row in sheets["survey"]:
        if row["type"] == "end_group":
            depth -= 1
        elif row["type"] == "begin_group":
            assert "${consent} = 'yes'" in row["relevant"]
            depth += 1
        elif depth == 0 and "${consent} = 'yes'" not in row.get("relevant", ""):
            free.append(row["name"])
    assert free == ["start", "end", "introduction", "consent", "declined"]


def test_the_form_asks_for_no_names_and_tells_its_length_first(sheets, assessment):
    introduction = next(row for row in sheets["survey"] if row["name"] == "introduction")
    least, most = form.minutes(len(assessment.codes), len(assessment.models))
    assert f"{least} to {most} minutes" in introduction["label"]["en"]
    assert {row["type"].split()[0] for row in sheets["survey"]} == {
        "start", "end", "note", "select_one", "select_multiple", "calculate", "text",
        "begin_group", "end_group",
    }  # fmt: skip


def test_each_criterion_is_compared_twice_and_scored_once_a_model(sheets, assessment):
    names = [row["name"] for row in sheets["survey"] if row["type"] != "end_group"]
    assert len(names) == len(set(names))
    for code in assessment.codes:
        assert f"bo_{code}" in names and f"ow_{code}" in names
        assert all(f"score_{model}_{code}" in names for model in assessment.models)


def test_not_knowing_is_an_answer_and_no_level(sheets):
    levels = [row["name"] for row in sheets["choices"] if row["list_name"] == "level"]
    assert levels == ["0", "1", "2", "3", "4", "unknown"]


def test_a_form_made_twice_is_the_same(assessment):
    assert form.workbook(assessment) == form.workbook(assessment)


def test_the_workbook_opens_in_a_spreadsheet_with_its_sheets(assessment):
    book = load_workbook(BytesIO(form.workbook(assessment)))
    assert book.sheetnames == ["survey", "choices", "settings"]
    assert book["settings"]["A1"].value == "form_title"


def test_more_models_take_longer():
    one, many = form.minutes(14, 5)
    assert one < many and form.minutes(14, 1)[1] == one


@pytest.mark.parametrize("code", list(language.LANGUAGES))
def test_the_protocol_asks_by_the_seven_categories(code):
    language.use(code)
    document = protocol.markdown()
    heads = [line for line in document.splitlines() if line.startswith("## ")]
    assert len(heads) == 9  # the case, seven categories, what to do before comparing
    categories = data.table("case_questions")["category"].unique()
    assert [f"## {language.label(category)}" for category in categories] == heads[1:8]
    language.use("en")


@pytest.mark.parametrize("code", ["ru", "kk"])
def test_the_protocol_is_in_the_readers_language_all_over(code):
    language.use(code)
    told = protocol.markdown()
    language.use("en")
    assert re.findall(r"[A-Za-z]{3,}", told) == []


def test_the_chapter_offers_the_files_that_it_attaches(assessment):
    files = materials.files(assessment)
    assert set(files) == {"survey.xlsx", "case-study-protocol.md"}
    shown = materials.table([f"downloads/evidence/{name}" for name in files])._repr_html_()
    assert 'href="downloads/evidence/survey.xlsx"' in shown
