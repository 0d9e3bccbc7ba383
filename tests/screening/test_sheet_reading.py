"""Sheets taken back: what fits is kept, what does not is named by its cell."""

import openpyxl
import pytest

from compendium import language
from compendium.errors import CompendiumError
from compendium.screening import decisions, layout, sheet_reading
from tests.screening import trial


def folder(tmp_path):
    return tmp_path / "decisions"


def taken(tmp_path, path, **options):
    known = decisions.read_records(folder(tmp_path))["record"]
    return sheet_reading.take(folder(tmp_path), sheet_reading.read(path, known), **options)


def problems(tmp_path, path):
    return [str(problem) for problem in taken(tmp_path, path).problems]


@pytest.mark.parametrize("code", list(language.LANGUAGES))
def test_what_a_reviewer_chooses_comes_back_in_every_language(tmp_path, code):
    path = trial.fill(
        trial.sheet(tmp_path, "Әлия «А»", lang=code),
        {1: "include", 2: ("exclude", trial.CRITERION), 3: "unsure",
         4: ("exclude", "other_reason", "=не по теме")},
        lang=code,
    )  # fmt: skip
    done = taken(tmp_path, path)
    assert (done.new, done.open, done.problems) == (4, 2, ())
    found = decisions.read_decisions(folder(tmp_path))
    assert found["decision"].tolist() == ["include", "exclude", "unsure", "exclude"]
    assert found["criterion"].tolist() == ["", trial.CRITERION, "", "other_reason"]
    assert found["reason"].tolist()[3] == "=не по теме"
    assert set(found["reviewer"]) == {"Әлия «А»"}
    assert found["date"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()


def test_a_formula_in_a_reason_is_kept_as_text_in_the_table(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: ("exclude", "other_reason", "@SUM(A1)")})
    taken(tmp_path, path)
    assert ",'@SUM(A1)," in (folder(tmp_path) / "decisions.csv").read_text("utf-8")
    assert decisions.read_decisions(folder(tmp_path))["reason"].tolist() == ["@SUM(A1)"]


def test_reading_twice_changes_nothing(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include"})
    taken(tmp_path, path)
    before = (folder(tmp_path) / "decisions.csv").read_bytes()
    again = taken(tmp_path, path)
    assert (again.new, again.unchanged) == (0, 1)
    assert (folder(tmp_path) / "decisions.csv").read_bytes() == before


def test_a_changed_decision_is_refused_with_its_cell(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include"})
    taken(tmp_path, path)
    before = (folder(tmp_path) / "decisions.csv").read_bytes()
    trial.fill(path, {1: ("exclude", trial.CRITERION), 2: "include"})
    (told,) = problems(tmp_path, path)
    assert "cell B2" in told and "--revise" in told
    assert (folder(tmp_path) / "decisions.csv").read_bytes() == before


def test_a_revision_is_added_behind_and_the_earlier_one_stays(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include"})
    taken(tmp_path, path)
    trial.fill(path, {1: ("exclude", trial.CRITERION)})
    assert taken(tmp_path, path, revise=True).revised == 1
    found = decisions.read_decisions(folder(tmp_path))
    assert found["decision"].tolist() == ["include", "exclude"]
    assert decisions.latest(found)["decision"].tolist() == ["exclude"]


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("B3", "Perhaps", "cell B3: “Perhaps” is not in the list. Choose one of: Include"),
        ("B3", "=1+1", "cell B3: “=1+1” is not in the list"),
        ("C3", "Something", "cell C3: “Something” is not in the list"),
        ("L3", None, "cell L3: The row names no record"),
        ("L3", trial.key(1), "cell L3: The record stands in L2 already"),
        ("L3", "doi:10.5555/other", "cell L3: The folder knows no record"),
        ("E1", "Titel", "cell E1: The header was changed. Write “Title” there."),
    ],
)
def test_what_does_not_fit_is_named_with_cell_and_remedy(tmp_path, cell, value, told):
    path = trial.fill(trial.sheet(tmp_path), {1: "include", 2: ("exclude", trial.CRITERION)})
    trial.change(path, cell, value)
    try:
        found = "\n".join(problems(tmp_path, path))
    except CompendiumError as error:
        found = str(error)
    assert told in found
    assert not (folder(tmp_path) / "decisions.csv").exists()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (("exclude",), "cell C2: The record leaves, and no criterion says why"),
        (("include", trial.CRITERION), "cell C2: A criterion says why a record leaves"),
        (("exclude", "other_reason"), "cell D2: The other reason is not written"),
        (("", trial.CRITERION), "cell B2: A criterion is chosen, and no decision"),
    ],
)
def test_answers_that_contradict_themselves_are_named(tmp_path, answer, told):
    (found,) = problems(tmp_path, trial.fill(trial.sheet(tmp_path), {1: answer}))
    assert told in found


def test_every_cell_that_does_not_fit_is_named_at_once(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "exclude", 2: "exclude", 3: "include"})
    assert len(problems(tmp_path, path)) == 2


def test_a_deleted_row_is_noticed(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include"})
    book = openpyxl.load_workbook(path)
    book.worksheets[1].delete_rows(4)
    book.save(path)
    assert "Rows of the sheet are missing: 1" in problems(tmp_path, path)[0]


def test_rows_may_stand_in_another_order(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include", 2: ("exclude", trial.CRITERION)})
    book = openpyxl.load_workbook(path)
    rows = book.worksheets[1]
    first, second = ([c.value for c in row] for row in rows["A2:L3"])
    for number, values in ((2, second), (3, first)):
        for at, value in enumerate(values, start=1):
            rows.cell(number, at).value = value
    book.save(path)
    assert taken(tmp_path, path).problems == ()
    found = decisions.read_decisions(folder(tmp_path)).set_index("record")["decision"]
    assert found[trial.key(1)] == "include" and found[trial.key(2)] == "exclude"


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(content)
    with pytest.raises(CompendiumError, match=r"no \.xlsx workbook"):
        sheet_reading.read(path)


def test_another_workbook_is_no_screening_sheet(tmp_path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "sheet.xlsx")
    with pytest.raises(CompendiumError, match="no screening sheet"):
        sheet_reading.read(tmp_path / "sheet.xlsx")


def test_a_sheet_renamed_by_a_reviewer_is_found_by_its_header(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include"})
    book = openpyxl.load_workbook(path)
    book.worksheets[1].title = "Mine"
    book.save(path)
    assert taken(tmp_path, path).new == 1


def test_every_label_of_a_drop_down_names_one_code():
    for code in language.LANGUAGES:
        language.use(code)
        for codes in (decisions.CHOICES["full_text"],):
            for name, said in layout.choices(codes).items():
                assert layout.code_of(said, codes) == name
