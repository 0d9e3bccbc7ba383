"""Real exports through every step, from the command line: the decisions are trials of this test."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout

import pandas as pd
import pytest

from compendium import cli, data, project
from compendium.edition import parameters
from compendium.edition.execute import Execution
from compendium.records import ledger
from compendium.update import effects
from tests.screening import trial
from tests.update import make

QUERY = 'TITLE-ABS-KEY("open innovation" AND "absorptive capacity")'
IN = {
    "open_collaborative_innovation_scopus.csv": 104, "scopus.csv": 127, "scopus.ris": 127,
    "wos.ris": 50, "wos.txt": 621,
}  # fmt: skip


@pytest.fixture(scope="module")
def corpora():
    from tests.conftest import SHARED

    if not (SHARED / "corpora").is_dir():
        pytest.skip("../shared/corpora is not here: it holds real exports to test with")
    return SHARED / "corpora"


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("review")


@pytest.fixture(scope="module")
def freed(corpora, work):
    """The exports freed of duplicates: the file, and the account."""
    file, account = work / "unique.csv", io.StringIO()
    arguments = ["records", "dedup", str(corpora), "--decisions", str(work / "duplicates.csv")]
    with redirect_stdout(account):
        assert cli.main([*arguments, "--to", str(file), "--json"]) == 0
    return file, json.loads(account.getvalue())


@pytest.fixture
def unique(freed):
    return freed[0]


def said(capsys, *arguments):
    assert cli.main([str(each) for each in arguments]) == 0
    return capsys.readouterr().out


def test_every_entry_is_read(corpora, capsys):
    told = json.loads(said(capsys, "records", "read", corpora, "--json"))
    account = {each["file"].rpartition("/")[2]: each for each in told["files"]}
    assert {name: each["in"] for name, each in account.items()} == IN
    assert {name: each["out"] for name, each in account.items()} == IN
    assert not any(each["refused"] for each in account.values())


def test_duplicates_are_merged_and_nothing_else_is_lost(freed):
    file, account = freed
    records = list(ledger.records([file], []))
    assert account["in"] == sum(IN.values()) == account["out"] + account["removed"]
    assert len({record.key for record in records}) == len(records) == account["out"]
    # scopus.ris holds again what scopus.csv holds, wos.ris some of wos.txt, and both overlap; two
    # records of Web of Science with one title and numbers of their own wait for a person
    assert (account["removed"], account["uncertain"]) == (127 + 50 + 61, 1)


def test_hits_are_screened_and_counted(unique, work, capsys):
    told = json.loads(said(capsys, "search", "run", QUERY, unique, "--json"))
    folder = work / "screening"
    said(capsys, "screening", "identify", unique, "--to", folder, "--source", "Scopus, WoS")
    said(capsys, "screening", "sheet", unique, folder, "--reviewer", "Trial A",
         "--reviewer", "Trial B", "--query", QUERY, "--lang", "kk")  # fmt: skip
    sheets = sorted((folder / "sheets").glob("*.xlsx"))
    assert len(sheets) == 2 and told["found"] > 5
    every = dict.fromkeys(range(1, told["found"] + 1), ("exclude", "relevance_to_topic"))
    for sheet, first in zip(sheets, ({1: "include", 2: "include"}, {1: "include"}), strict=True):
        trial.fill(sheet, every | first, lang="kk")
    said(capsys, "screening", "read", *sheets, "--to", folder)
    conflicts = json.loads(said(capsys, "screening", "conflicts", folder, "--json"))
    assert len({row["record"] for row in conflicts}) == 1
    counts = json.loads(said(capsys, "screening", "flow", folder, "--json"))["counts"]
    assert counts["records_screened"] == told["found"]
    assert counts["dbr_sought_reports"] == 1
    assert counts["records_excluded"] == told["found"] - 2, "one waits for a third reviewer"


@pytest.fixture(scope="module")
def updated(corpora, work):
    """The update's folder after a first run, and the digests of the data before it."""
    before, into = make.published(), work / "updates"
    files = [str(corpora / name) for name in IN]
    assert cli.main(["update", *files, "--query", "1", "--into", str(into), "--no-report"]) == 0
    return into, files, before


def test_an_update_tells_where_every_entry_went(updated, capsys):
    into, files, _before = updated
    before = make.digests(into)
    told = json.loads(said(capsys, "update", *files, "--query", "1", "--into", into, "--json"))
    parts = ("refused", "not_found", "repeats", "known", "screened", "found", "undecided")
    assert told["entries"] == sum(told[part] for part in parts) == sum(IN.values())
    assert told["known"] == 1, "one work of the review stands in the exports"
    assert told["undecided"] > 10 and told["repeated"]
    assert make.digests(into) == before, "the same export again changes nothing"


@pytest.fixture(scope="module")
def screened(updated):
    """The update's folder after trial decisions were read back, and the data's digests."""
    into, _files, before = updated
    sheets = sorted(into.glob("*/*.xlsx"))
    assert len(sheets) == 2
    for sheet in sheets:
        trial.fill(sheet, {1: "include", 2: ("exclude", "relevance_to_topic"), 3: "include"})
    assert cli.main(["screening", "read", *map(str, sheets), "--to", str(into)]) == 0
    return into, before


@pytest.fixture
def as_built(site, monkeypatch):
    """The chapters as they are have run for the site; only those with the records run here."""
    run, here = effects.executed, project.root()

    def executed(compendium, folder, lang, *log):
        if compendium.root != here:
            return run(compendium, folder, lang, *log)
        with compendium.opened():
            return dict(Execution.of(lang, parameters.scenario()).each(print)), ""

    monkeypatch.setattr(effects, "executed", executed)


def test_only_what_trial_decisions_include_would_change_the_text(screened, as_built, capsys):
    into, before = screened
    said(capsys, "update", "--query", "1", "--into", into)
    changes = (into / "changes.csv").read_text("utf-8")
    assert "Not all chapters run" not in (into / "report.md").read_text("utf-8")
    counts = {query["id"]: query for query in data.document("queries")}["query1"]
    hits, selected = counts["reported_hits"], counts["reported_selected"]
    assert f"1-search,query1-hits,{hits} publications,{hits + 2} publications" in changes
    assert f"2-screening,query1-rows,{selected} rows,{selected + 2} rows" in changes
    assert "2-screening,unique-works,15 works,17 works" in changes
    assert make.published() == before, "nothing published changes"
    rows = (into / "rows" / "sources.csv").read_text("utf-8").splitlines()
    assert len(rows) == 3


def test_the_chapter_shows_a_teams_decisions_by_its_parameter(screened, tmp_path):
    from compendium.edition import chapters
    from compendium.edition.execute import papermill

    into, _before = screened
    results = tmp_path / "results"
    values = {"lang": "kk", "results": str(results)}
    ran = {}
    for name, more in (("1-search", {}), ("2-screening", {"decisions": str(into)})):
        target = tmp_path / f"{name}.ipynb"
        ran[name] = papermill(name, chapters.read(name), {**values, **more}, target)
    assert str(into) in effects.values_told(ran)["2-screening"]["decisions-shown"]
    table = pd.read_csv(results / "2-screening" / "downloads" / "PRISMA.csv", dtype=str)
    told = dict(zip(table["data"], table["n"], strict=True))
    assert (told["previous_studies"], told["dbr_sought_reports"]) == ("15", "2")
