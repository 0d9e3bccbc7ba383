"""Chapter 2 on a team's decisions: generated for this test, nobody has screened anything."""

from __future__ import annotations

import csv
import io
import shutil

import pytest

from compendium.edition import chapters
from compendium.edition.execute import papermill
from compendium.errors import CompendiumError
from compendium.screening import decisions, team
from compendium.screening.agreement_table import agreement_table
from compendium.screening.decisions import Decision, Identified
from review.screening import decided, prose
from review.search import queries


def counts():
    return queries.counts(queries.printed().values())


@pytest.fixture
def folder(tmp_path):
    """Trial decisions of two reviewers about eight made-up records."""
    path = tmp_path / "trial-decisions"
    decisions.identify(path, (Identified(f"r{at}", source="Trial base") for at in range(8)))
    decisions.append(path, [
        Decision(f"r{at}", "title_abstract", who, "independent", "" if keeps else "key_topics",
                 "include" if keeps else "exclude", "", "2026-01-01")
        for at in range(8)
        for who, keeps in (("Trial A", at < 4), ("Trial B", at < 5))
    ])  # fmt: skip
    return path


@pytest.fixture(scope="module")
def searched(tmp_path_factory):
    """What chapter 1 leaves to chapter 2."""
    folder, name = tmp_path_factory.mktemp("searched"), "1-search"
    papermill(name, chapters.read(name), {"results": str(folder)}, folder / f"{name}.ipynb")
    return folder / name


def run(folder, searched, **values):
    shutil.copytree(searched, folder / "results" / searched.name)
    values, name = {"results": str(folder / "results"), **values}, "2-screening"
    return papermill(name, chapters.read(name), values, folder / f"{name}.ipynb")


def outputs(notebook, *cells: str) -> str:
    return "".join(
        str(text)
        for cell in notebook.cells if cell.get("id") in cells
        for output in cell.outputs
        for text in output.get("data", {}).values()
    )  # fmt: skip


def test_the_chapter_shows_a_team_s_flow_and_agreement(tmp_path, folder, searched):
    done = run(tmp_path, searched, decisions=str(folder))
    shown = outputs(done, "show-decisions")
    assert "Records screened: 8" in shown and "trial-decisions" in shown
    assert "Trial A; Trial B" in outputs(done, "show-agreement")
    file = tmp_path / "results" / "2-screening" / "downloads" / "PRISMA.csv"
    rows = {row["data"]: row["n"] for row in csv.DictReader(io.StringIO(file.read_text("utf-8")))}
    assert rows["records_screened"] == "8" and rows["records_excluded"] == "3"


def test_without_a_folder_the_chapter_shows_the_article_and_says_not_reported(
    tmp_path, searched
):
    done = run(tmp_path, searched)
    shown = outputs(done, "show-decisions")
    assert "Databases: 63" in shown and "Not reported: " in shown
    assert "Not reported" in outputs(done, "show-agreement")


def test_a_folder_that_is_not_there_is_named():
    with pytest.raises(CompendiumError, match="nowhere"):
        decided.shown("nowhere", counts())


def test_the_conflicts_of_a_team_are_counted(folder):
    found = decided.shown(str(folder), counts())
    assert found.conflicts == 1
    assert prose.team(found, counts())["decisions_conflicts"] == (
        "Reviewers disagree about 1 record."
    )
    table = agreement_table(team.coefficients(found)).to_csv()
    assert "Percent agreement,Trial A; Trial B,8,0.88," in table


def test_nothing_is_computed_for_the_article_s_decisions():
    found = decided.shown("", counts())
    assert found.agreement == [] and found.conflicts is None
    frame = team.coefficients(found)
    assert len(frame) == 5 and frame["value"].isna().all()


def test_a_coefficient_that_is_not_defined_says_so(tmp_path):
    decisions.append(tmp_path, [
        Decision(f"r{at}", "title_abstract", who, "independent", "", "include")
        for at in range(3) for who in ("Trial A", "Trial B")
    ])  # fmt: skip
    table = agreement_table(team.coefficients(decided.shown(str(tmp_path), counts()))).to_csv()
    assert "Cohen's kappa,Trial A; Trial B,3,not defined,not defined" in table
