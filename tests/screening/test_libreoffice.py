"""Sheets opened and saved by LibreOffice, as reviewers without Excel do."""

import shutil
import subprocess

import openpyxl
import pytest

from compendium.language import label, speaking
from compendium.screening import decisions, layout, sheet_reading
from tests.conftest import needs
from tests.screening import trial

CODES = ["ru", "kk"]
ANSWERS = {1: "include", 2: ("exclude", trial.CRITERION), 3: "unsure",
           4: ("exclude", "other_reason", "=не по теме")}  # fmt: skip


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    """Sheets by their name: filled in and empty in two languages, and one of two decisions."""
    made, all_of_them = {}, tmp_path_factory.mktemp("sheets")
    for name, code, answers in (
        *((f"filled-{code}", code, ANSWERS) for code in CODES),
        *((f"empty-{code}", code, {}) for code in CODES),
        ("two", "en", {1: "include", 2: "exclude"}),
    ):
        path = trial.sheet(tmp_path_factory.mktemp(name), "Әлия «А»", lang=code)
        if answers:
            trial.fill(path, answers, lang=code)
        made[name] = shutil.copy(path, all_of_them / f"{name}.xlsx")
    return made


@pytest.fixture(scope="module")
def saved(sheets, tmp_path_factory):
    """The sheets as LibreOffice saves them, in both formats: it takes longer to start than that."""
    program, folder = needs("soffice", "libreoffice"), tmp_path_factory.mktemp("saved")
    for kind in ("xlsx", "ods"):
        done = subprocess.run(
            [program, "--headless", "--norestore",
             f"-env:UserInstallation=file://{folder}/profile",
             "--convert-to", kind, "--outdir", str(folder), *map(str, sheets.values())],
            capture_output=True, text=True, timeout=600,
        )  # fmt: skip
        assert len(list(folder.glob(f"*.{kind}"))) == len(sheets), done.stderr
    return folder


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("code", CODES)
def test_a_sheet_that_libreoffice_saved_says_the_same(sheets, saved, code, kind):
    before = sheet_reading.read(sheets[f"filled-{code}"])
    after = sheet_reading.read(saved / f"filled-{code}.{kind}")
    assert [d.said for d in after.found.values()] == [d.said for d in before.found.values()]
    assert list(after.found) == ["B2", "B3", "B4", "B5"]
    assert (after.about, after.open, after.problems) == (before.about, before.open, [])


@pytest.mark.parametrize("code", CODES)
def test_libreoffice_keeps_the_drop_downs_and_what_is_hidden(saved, code):
    book = openpyxl.load_workbook(saved / f"empty-{code}.xlsx")
    rules = book.worksheets[1].data_validations.dataValidation
    assert {str(rule.sqref) for rule in rules} == {"B2:B7", "C2:C7"}
    assert all(layout.LISTS in rule.formula1 for rule in rules)
    with speaking(code):
        offered = [label(each) for each in decisions.CHOICES["title_abstract"]]
    assert [cell.value for cell in book[layout.LISTS]["A"] if cell.value] == offered
    assert book[layout.ABOUT].sheet_state == book[layout.LISTS].sheet_state == "hidden"
    assert book.worksheets[1].protection.sheet


def test_libreoffice_counts_what_is_decided(saved):
    book = openpyxl.load_workbook(saved / "two.xlsx", data_only=True)
    assert "2 / 6" in [cell.value for cell in book.worksheets[0]["B"]]
