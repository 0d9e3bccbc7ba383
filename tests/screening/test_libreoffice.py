"""Sheets opened and saved by LibreOffice, as reviewers without Excel do."""

import subprocess

import openpyxl
import pytest

from compendium.language import label, speaking
from compendium.screening import decisions, layout, sheet_reading
from tests.conftest import needs
from tests.screening import trial


def saved_by_libreoffice(path, tmp_path, kind="xlsx"):
    """The sheet as LibreOffice saves it."""
    program = needs("soffice", "libreoffice")
    target = tmp_path / "saved"
    done = subprocess.run(
        [program, "--headless", "--norestore", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", kind, "--outdir", str(target), str(path)],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    saved = target / path.with_suffix(f".{kind}").name
    assert saved.is_file(), done.stderr
    return saved


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("code", ["ru", "kk"])
def test_a_sheet_that_libreoffice_saved_says_the_same(tmp_path, code, kind):
    path = trial.fill(
        trial.sheet(tmp_path, "Әлия «А»", lang=code),
        {1: "include", 2: ("exclude", trial.CRITERION), 3: "unsure",
         4: ("exclude", "other_reason", "=не по теме")},
        lang=code,
    )  # fmt: skip
    saved = saved_by_libreoffice(path, tmp_path, kind)
    before, after = sheet_reading.read(path), sheet_reading.read(saved)
    assert [d.said for d in after.found.values()] == [d.said for d in before.found.values()]
    assert list(after.found) == ["B2", "B3", "B4", "B5"]
    assert (after.about, after.open, after.problems) == (before.about, before.open, [])


@pytest.mark.parametrize("code", ["ru", "kk"])
def test_libreoffice_keeps_the_drop_downs_and_what_is_hidden(tmp_path, code):
    book = openpyxl.load_workbook(
        saved_by_libreoffice(trial.sheet(tmp_path, lang=code), tmp_path)
    )
    rules = book.worksheets[1].data_validations.dataValidation
    assert {str(rule.sqref) for rule in rules} == {"B2:B7", "C2:C7"}
    assert all(layout.LISTS in rule.formula1 for rule in rules)
    with speaking(code):
        offered = [label(each) for each in decisions.CHOICES["title_abstract"]]
    assert [cell.value for cell in book[layout.LISTS]["A"] if cell.value] == offered
    assert book[layout.ABOUT].sheet_state == book[layout.LISTS].sheet_state == "hidden"
    assert book.worksheets[1].protection.sheet


def test_libreoffice_counts_what_is_decided(tmp_path):
    path = trial.fill(trial.sheet(tmp_path), {1: "include", 2: "exclude"})
    book = openpyxl.load_workbook(saved_by_libreoffice(path, tmp_path), data_only=True)
    assert "2 / 6" in [cell.value for cell in book.worksheets[0]["B"]]
