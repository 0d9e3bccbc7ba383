"""A living update on files: what is new goes to screening, and the published data stay."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from compendium import cli
from compendium.errors import CompendiumError
from compendium.records import dedup
from compendium.records.record import Record
from compendium.screening import decisions, prisma, sheet_reading
from compendium.screening.decisions import Decision
from compendium.update import hit_page, run, sifting
from compendium.update.folder import Folder
from tests.records.make import row
from tests.screening import trial
from tests.update import make


@pytest.fixture
def file(tmp_path) -> Path:
    rows = make.found(1), make.undecided(2), row(3), make.known(4), make.found(5, "Chile")
    return make.export(tmp_path / "a.csv", *rows)


def update(files, into, **options):
    return run.update(files, "query1", into, with_report=False, **options)


def test_new_hits_are_listed_and_go_into_a_sheet(file, tmp_path):
    done = update([file], tmp_path / "into", reviewers=["Aliya", "Bo"], lang="kk")
    assert (done.run.entries, done.run.not_found, done.run.known) == (5, 1, 1)
    assert done.run.found + done.run.undecided == len(done.sifted.new)
    page = (done.folder / "hits.html").read_text("utf-8")
    assert '<html lang="kk">' in page and page.count("<article>") == len(done.sifted.new)
    assert "<mark" in page and "Жаңа" in page
    assert len(done.sheets) == 2
    cells = openpyxl.load_workbook(done.sheets[0]).worksheets[1].iter_rows(values_only=True)
    assert any(make.FOUND in str(cell) for row in cells for cell in row)


def test_the_same_export_again_changes_nothing(file, tmp_path):
    into = tmp_path / "into"
    first = update([file], into)
    before = make.digests(into)
    again = update([file], into)
    assert again.repeated and again.run == first.run
    assert make.digests(into) == before


def test_the_same_export_by_another_reading_of_the_query_is_a_run_of_its_own(file, tmp_path):
    into = tmp_path / "into"
    assert not any(update([file], into, reading=at).repeated for at in (1, 2))
    assert [one.reading for one in Folder(into).runs()] == [1, 2]


def test_the_published_data_stay_as_they_are(file, tmp_path):
    before = make.published()
    update([file], tmp_path / "into")
    assert make.published() == before


def test_a_later_export_adds_only_what_no_earlier_one_held(file, tmp_path):
    into = tmp_path / "into"
    update([file], into)
    later = make.export(tmp_path / "b.csv", make.found(1), make.undecided(2), make.found(7, "Peru"))
    done = update([later], into)
    assert [hit.record.title for hit in done.sifted.new] == [f"{make.FOUND} of Peru"]
    assert done.run.known == 2
    assert len(Folder(into).runs()) == 2
    keys = [record.key for record in Folder(into).hits()]
    assert len(keys) == len(set(keys)) == 4


def test_what_a_failing_run_began_is_done_again(file, tmp_path, monkeypatch):
    into = tmp_path / "into"

    def broken(*_given):
        raise RuntimeError("no page")

    with monkeypatch.context() as patched:
        patched.setattr(hit_page, "page", broken)
        with pytest.raises(RuntimeError):
            update([file], into)
    assert not list(into.iterdir())
    assert not update([file], into).repeated


def test_the_flow_counts_earlier_works_and_what_left_before_screening(file, tmp_path):
    into = tmp_path / "into"
    done = update([file], into)
    listed, decided = decisions.read(into)
    counts = prisma.flow(listed, decided).counts
    assert counts["previous_studies"] == 15
    assert counts["duplicates"] == done.run.known + done.run.repeats == 1


def test_what_was_screened_comes_into_no_sheet_and_is_told_apart(file, tmp_path, monkeypatch):
    into, title = tmp_path / "into", f"{make.FOUND} of Spain"
    held = Record(title=title, extra={"merged": "eid:2-s2.0-00000000001"})
    monkeypatch.setattr(sifting, "screened", lambda: [held])
    done = update([file], into)
    assert (done.run.screened, done.run.known, done.run.found) == (1, 1, 1)
    told = (done.folder / "report.md").read_text("utf-8")
    assert "| already in the screening, whatever was decided there | 1 |" in told
    assert title not in [hit.record.title for hit in done.sifted.new]
    listed, decided = decisions.read(into)
    assert prisma.flow(listed, decided).counts["duplicates"] == 2
    assert Folder(into).runs() == [done.run]


def test_a_table_of_runs_from_before_the_screening_was_looked_at_is_read(file, tmp_path):
    into = tmp_path / "into"
    done = update([file], into)
    table = into / "runs.csv"
    lines = [line.rpartition(",")[0] for line in table.read_text("utf-8").splitlines()]
    table.write_text("\n".join(lines) + "\n", "utf-8")
    assert Folder(into).runs() == [done.run]


def test_without_an_export_ever_read_the_command_asks_for_one(tmp_path, capsys):
    assert cli.main(["update", "--query", "1", "--into", str(tmp_path / "into")]) == 1
    assert "make update EXPORT=file" in capsys.readouterr().err


def test_only_decisions_read_back_include_a_record(file, tmp_path):
    into = tmp_path / "into"
    done = update([file], into)
    assert run.included_keys(into) == set()
    listed = decisions.read_records(into)
    known = dict(zip(listed["record"], listed["title"], strict=True))
    for sheet in done.sheets:
        assert run.included_keys(into) == set(), "one reviewer alone decides nothing"
        trial.fill(sheet, {1: "include", 2: ("exclude", "relevance_to_topic")})
        assert not sheet_reading.take(into, sheet_reading.read(sheet, known)).problems
    assert run.included_keys(into) == {done.sifted.new[0].record.key}


def test_once_full_texts_are_decided_on_it_is_they_that_include_a_record(file, tmp_path):
    into = tmp_path / "into"
    first, other, *_more = (hit.record.key for hit in update([file], into).sifted.new)
    said = [("title_abstract", first, "", "include"), ("title_abstract", other, "", "include"),
            ("full_text", first, trial.CRITERION, "exclude"),
            ("full_text", other, "", "include")]  # fmt: skip
    for stage in decisions.STAGES:
        decisions.append(into, [
            Decision(record, at, who, decisions.INDEPENDENT, why, decision)
            for at, record, why, decision in said if at == stage for who in run.REVIEWERS
        ])  # fmt: skip
        assert run.included_keys(into) == ({first, other} if stage == "title_abstract" else {other})


def test_a_query_or_a_reading_that_is_not_there_is_named(file, tmp_path):
    with pytest.raises(CompendiumError, match="query1, query2"):
        run.update([file], "query9", tmp_path / "into")
    with pytest.raises(CompendiumError, match="no reading 99"):
        update([file], tmp_path / "into", reading=99)


def test_a_file_that_is_not_there_is_named_and_nothing_is_made(tmp_path):
    with pytest.raises(CompendiumError, match=r"absent\.csv"):
        update([tmp_path / "absent.csv"], tmp_path / "into")
    assert not (tmp_path / "into").exists()


def test_the_command_tells_the_account(file, tmp_path, capsys):
    into = str(tmp_path / "into")
    arguments = ["update", str(file), "--query", "1", "--into", into, "--no-report"]
    assert cli.main([*arguments, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    parts = ("refused", "not_found", "repeats", "known", "screened", "found", "undecided")
    assert told["entries"] == sum(told[part] for part in parts) == 5
    assert cli.main(arguments) == 0
    assert "nothing changes" in capsys.readouterr().out


def supplement(tmp_path) -> Path:
    """Two hits of one DOI, as two abstracts of a supplement have it."""
    rows = [row(at, f"University-industry collaboration and innovation: {about}",
                "A review of technology transfer.").replace(f"10.5555/X.{at}", "10.5555/s")
            for at, about in ((1, "a review of firms"), (2, "a review on schools and lipids"))]
    return make.export(tmp_path / "a.csv", *rows)


def test_two_hits_of_one_doi_are_two_records_and_what_a_person_says_of_them_counts(tmp_path):
    file, into = supplement(tmp_path), tmp_path / "into"
    done = run.update([file], "query2", into, with_report=False)
    names = ["eid:2-s2.0-00000000001", "eid:2-s2.0-00000000002"]
    assert sorted(hit.record.key for hit in done.sifted.new) == names
    assert [pair.decision for pair in done.sifted.open] == [dedup.UNCERTAIN]
    assert len(sheet_reading.read(done.sheets[0]).open) == 2
    dedup.write_table([dedup.Pair(*names, dedup.DIFFERENT, "Aliya")], into / "duplicates.csv")
    later = make.export(tmp_path / "b.csv", *file.read_text("utf-8").splitlines()[1:],
                        make.found(9))  # fmt: skip
    again = run.update([later], "query2", into, with_report=False)
    assert again.sifted.open == [] and again.run.known == 2
    assert dedup.read_table(into / "duplicates.csv")[0].by_person
    dedup.write_table([dedup.Pair(*names, dedup.DUPLICATE, "Aliya")], tmp_path / "joined.csv")
    (tmp_path / "one").mkdir()
    (tmp_path / "joined.csv").rename(tmp_path / "one" / "duplicates.csv")
    joined = run.update([file], "query2", tmp_path / "one", with_report=False)
    assert (len(joined.sifted.new), joined.run.repeats) == (1, 1)


def test_the_case_of_two_hits_with_one_doi_at_hand_loses_none(shared, tmp_path):
    file = shared / "cases" / "exports" / "update_two_hits_one_doi.csv"
    done = run.update([file], "query2", tmp_path / "into", with_report=False)
    assert (done.run.entries, len(done.sifted.new), done.run.repeats) == (2, 2, 0)
