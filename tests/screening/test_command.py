"""The commands, from records to the flow, with generated trial decisions."""

import csv
import json
from dataclasses import replace

import openpyxl
import pytest

from compendium.cli import main
from compendium.records import dedup, write
from compendium.records.record import Record
from compendium.screening import decisions, prisma, sheet_reading
from tests.screening import trial


def run(*arguments):
    return main(["screening", *map(str, arguments)])


def sheets(tmp_path, *more, reviewers=("Trial A", "Trial B")):
    named = [part for name in reviewers for part in ("--reviewer", name)]
    assert run("sheet", trial.file(tmp_path), tmp_path / "decisions", *named, *more) == 0
    return sorted((tmp_path / "decisions" / "sheets").glob("*.xlsx"))


def decide(tmp_path):
    """Two reviewers of six records: they differ about the third."""
    one, two = sheets(tmp_path)
    out = ("exclude", trial.CRITERION)
    trial.fill(one, {1: "include", 2: "include", 3: "include", 4: out, 5: out, 6: out})
    trial.fill(two, {1: "include", 2: "include", 3: out, 4: out, 5: out, 6: out})
    assert run("read", one, two, "--to", tmp_path / "decisions") == 0


def test_from_records_to_the_flow(tmp_path, capsys):
    decide(tmp_path)
    folder = tmp_path / "decisions"
    assert run("conflicts", folder) == 0
    told = capsys.readouterr().out
    assert "Trial A: Include" in told and "Trial B: Exclude · Relevance (not met)" in told
    assert "Records to settle: 1." in told

    run("conflicts", folder, "--records", trial.file(tmp_path), "--reviewer", "Trial C")
    settling = folder / "sheets" / "title-abstract-trial-c-settling.xlsx"
    shown = openpyxl.load_workbook(settling).worksheets[1]["E2"].value
    assert "Trial A: Include" in shown
    trial.fill(settling, {1: "include"})
    assert run("read", settling, "--to", folder) == 0

    for name in ("Trial A", "Trial B"):
        full = trial.sheet(tmp_path, name, stage="full_text")
        trial.fill(full, {1: "include", 2: "not_retrieved", 3: ("exclude", "topicality")})
        assert run("read", full, "--to", folder) == 0
    capsys.readouterr()

    svg, table = tmp_path / "flow.svg", tmp_path / "PRISMA.csv"
    assert run("flow", folder, "--svg", svg, "--csv", table, "--lang", "kk", "--json") == 0
    counts = json.loads(capsys.readouterr().out)["counts"]
    assert counts["records_screened"] == 6 and counts["records_excluded"] == 3
    assert counts["dbr_notretrieved_reports"] == 1 and counts["new_studies"] == 1
    assert svg.read_text("utf-8").startswith("<?xml") and "көрсетілмеген" in svg.read_text("utf-8")
    with table.open(encoding="utf-8", newline="") as stream:
        rows = {row["data"]: row for row in csv.DictReader(stream)}
    assert rows["dbr_excluded"]["n"].startswith("Өзектілік") and "1" in rows["dbr_excluded"]["n"]


def test_agreement_is_told_with_intervals(tmp_path, capsys):
    decide(tmp_path)
    capsys.readouterr()
    assert run("agreement", tmp_path / "decisions", "--json") == 0
    found = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert set(found) == {"percent_agreement", "cohen_kappa", "fleiss_kappa", "gwet_ac1",
                          "krippendorff_alpha"}  # fmt: skip
    # 5 of 6 agree; by hand: pe = (3·2 + 3·4) / 36 = 1/2, kappa = (5/6 - 1/2) / (1/2) = 2/3
    assert found["percent_agreement"]["value"] == pytest.approx(5 / 6)
    assert found["cohen_kappa"]["value"] == pytest.approx(2 / 3)
    assert found["cohen_kappa"]["records"] == 6
    assert run("agreement", tmp_path / "decisions", "--lang", "ru") == 0
    assert "Каппа Коэна" in capsys.readouterr().out


def test_a_query_selects_the_records_and_colours_its_words(tmp_path):
    (path,) = sheets(tmp_path, "--query", 'TITLE("Trial record 2")', reviewers=["Trial A"])
    rows = openpyxl.load_workbook(path, rich_text=True).worksheets[1]
    assert rows.max_row == 2 and str(rows["E2"].value) == "Trial record 2 on universities"
    assert any(getattr(part, "font", None) and part.font.b for part in rows["E2"].value)


def test_a_record_without_the_field_that_would_decide_is_told_and_may_be_added(tmp_path, capsys):
    file, folder = tmp_path / "records.csv", tmp_path / "decisions"
    write.write([Record(title="One", abstract="Open innovation.", doi="10.5555/1"),
                 Record(title="Two", doi="10.5555/2")], file)  # fmt: skip
    for name, more, n in (("Trial A", [], 1), ("Trial B", ["--unknown"], 2)):
        run("sheet", file, folder, "--reviewer", name, "--query", "ABS(innovation)", *more)
        out = capsys.readouterr().out
        assert f"records to decide: {n}" in out
        assert ("query would decide: 1" in out) == (not more)


def test_hits_of_a_search_become_a_sheet(tmp_path, capsys, monkeypatch):
    records = trial.file(tmp_path)
    main(["search", "run", 'ABS("innovation 3")', str(records), "--json"])
    hits = tmp_path / "hits.json"
    hits.write_text(capsys.readouterr().out, encoding="utf-8")
    assert run("sheet", hits, tmp_path / "decisions", "--reviewer", "Trial A") == 0
    (path,) = (tmp_path / "decisions" / "sheets").glob("*.xlsx")
    rows = openpyxl.load_workbook(path).worksheets[1]
    assert rows.max_row == 2 and rows["F2"].value == "Open innovation 3."


def test_two_hits_of_one_title_are_two_records(tmp_path, capsys, monkeypatch):
    records = tmp_path / "records.csv"
    write.write([
        Record(title="Editorial", abstract="On innovation.", year=2020, source="Journal One"),
        Record(title="Editorial", abstract="On innovation too.", year=2021, source="Journal Two"),
    ], records)  # fmt: skip
    main(["search", "run", "ABS(innovation)", str(records), "--json"])
    hits = tmp_path / "hits.json"
    hits.write_text(capsys.readouterr().out, encoding="utf-8")
    assert run("sheet", hits, tmp_path / "decisions", "--reviewer", "Trial A") == 0
    (path,) = (tmp_path / "decisions" / "sheets").glob("*.xlsx")
    rows = openpyxl.load_workbook(path).worksheets[1]
    assert [rows[f"F{at}"].value for at in (2, 3)] == ["On innovation.", "On innovation too."]


def test_a_second_sheet_of_a_reviewer_is_refused_and_the_first_stays(tmp_path, capsys):
    (first,) = sheets(tmp_path, reviewers=["Trial A"])
    before = first.read_bytes()
    assert run("sheet", trial.file(tmp_path), tmp_path / "decisions", "--reviewer", "Trial A") == 1
    assert "may hold decisions" in capsys.readouterr().err
    assert first.read_bytes() == before


def test_a_sheet_with_cells_that_do_not_fit_is_told_with_code_two(tmp_path, capsys):
    (path,) = sheets(tmp_path, reviewers=["Trial A"])
    trial.fill(path, {1: "include", 2: ("exclude", "other_reason")})
    assert run("read", path, "--to", tmp_path / "decisions") == 2
    told = capsys.readouterr()
    assert "cell D3" in told.err and "the other rows were taken" in told.err
    assert "new 1" in told.out
    assert len(decisions.read_decisions(tmp_path / "decisions")) == 1


def test_the_full_text_stage_asks_only_about_what_passed(tmp_path):
    decide(tmp_path)
    path = trial.sheet(tmp_path, "Trial A", stage="full_text")
    rows = openpyxl.load_workbook(path).worksheets[1]
    assert [rows[f"M{at}"].value for at in range(2, rows.max_row + 1)] == [
        trial.key(1), trial.key(2),
    ]  # fmt: skip


def test_records_found_twice_are_registered_and_removed_as_duplicates(tmp_path, capsys):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    write.write(trial.records(4), one)
    write.write([*trial.records(2), Record(title="Another", doi="10.5555/other")], two)
    folder = tmp_path / "decisions"
    for file, source in ((one, "Base One"), (two, "Base Two"), (two, "Base Two")):
        assert run("identify", file, "--to", folder, "--source", source) == 0
    records, decided = decisions.read(folder)
    assert len(records) == 7 and records["source"].tolist().count("Base Two") == 3
    assert decided["criterion"].tolist() == ["duplicate", "duplicate"]
    capsys.readouterr()
    run("flow", folder, "--json")
    counts = json.loads(capsys.readouterr().out)["counts"]
    assert counts["database_results"] == 7 and counts["duplicates"] == 2


def identified(capsys, folder, *arguments):
    """What the command says, how many the folder holds, by source, and the flow's count."""
    capsys.readouterr()
    assert run("identify", *arguments, "--to", folder) == 0
    said = capsys.readouterr().out
    records, decided = decisions.read(folder)
    counts = prisma.flow(records, decided).counts
    return said, records["source"].value_counts().to_dict(), (
        counts["database_results"], counts["duplicates"])  # fmt: skip


def test_the_same_records_once_more_are_not_registered_and_take_on_the_source(tmp_path, capsys):
    file, folder = tmp_path / "export.csv", tmp_path / "decisions"
    write.write([*trial.records(3), trial.records(3)[0], Record(title="Other", pmid="7")], file)
    said, held, counts = identified(capsys, folder, file)
    assert held == {"export.csv": 4, "PubMed": 1} and counts == (5, 1)
    assert "export.csv: records whose source is only the name of this file: 4." in said

    said, again, counts = identified(capsys, folder, file)
    assert again == held and counts == (5, 1)
    assert "Their sources: PubMed (1), export.csv (4)." in said and "add --source NAME" in said

    said, held, counts = identified(capsys, folder, file, "--source", "Scopus")
    assert held == {"Scopus": 5} and counts == (5, 1)
    assert "PubMed (1), export.csv (4)" in said and "is Scopus now" in said

    said, held, counts = identified(capsys, folder, file, "--source", "Scopus")
    assert held == {"Scopus": 5} and "is Scopus now" not in said and "Scopus (5)" in said

    said, held, counts = identified(capsys, folder, file, "--source", "Embase", "--again")
    assert held == {"Scopus": 5, "Embase": 5} and counts == (10, 6)
    assert "Records that stood there from another source or search: 4" not in said
    assert "Records that stood there from another source or search: 5" in said


def test_a_database_that_gives_some_of_the_same_records_counts_for_itself(tmp_path, capsys):
    one, two, folder = tmp_path / "one.csv", tmp_path / "two.csv", tmp_path / "decisions"
    write.write(trial.records(4), one)
    write.write(trial.records(2), two)
    identified(capsys, folder, one, "--source", "Base One")
    said, held, counts = identified(capsys, folder, two, "--source", "Base Two")
    assert held == {"Base One": 4, "Base Two": 2} and counts == (6, 2)
    assert "from another source or search: 2" in said
    said, held, counts = identified(capsys, folder, two, "--source", "Base 2")
    assert held == {"Base One": 4, "Base 2": 2} and counts == (6, 2)
    said, held, counts = identified(capsys, folder, one, "--source", "Base 1", "--search", "May")
    assert held["Base 1"] == 4 and counts == (10, 6), "another search may find the same"


def test_what_a_person_called_different_stays_so_in_identify_and_in_the_sheet(tmp_path, capsys):
    """One record number for two talks of two exports, and two articles that the program joins."""
    held = trial.records(3)
    talks = [replace(held[0], wos="WOS:7"), replace(held[1], wos="WOS:7", doi="")]
    alike = [replace(held[2], eid="2-s2.0-3"), replace(held[2], pmid="3")]
    files = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for at, file in enumerate(files):
        write.write([talks[at], alike[at]], file)
    table, unique = tmp_path / "duplicates.csv", tmp_path / "unique.csv"
    dedup_them = ["records", "dedup", *map(str, files), "--decisions", str(table)]
    main([*dedup_them, "--to", str(unique)])
    names = ["eid:2-s2.0-3", "pmid:3"]
    assert {pair.decision for pair in dedup.read_table(table) if set(pair.names) == set(names)} == {
        dedup.DUPLICATE}  # fmt: skip
    apart = [dedup.Pair(*names, dedup.DIFFERENT, "Aliya"),
             dedup.Pair("wos:WOS:7", "wos:WOS:7~2", dedup.DIFFERENT, "Aliya")]  # fmt: skip
    dedup.write_table(apart, table)
    main([*dedup_them, "--to", str(unique)])
    folder = tmp_path / "decisions"
    assert run("identify", *files, "--to", folder, "--duplicates", table) == 0
    records, decided = decisions.read(folder)
    four = {*names, "wos:WOS:7", "wos:WOS:7~2"}
    assert set(records["record"]) == four and decided.empty
    assert run("sheet", unique, folder, "--reviewer", "Trial A") == 0
    (sheet,) = (folder / "sheets").glob("*.xlsx")
    assert set(sheet_reading.read(sheet, dict.fromkeys(four, "")).open.values()) == four


def test_the_exports_of_one_subject_go_from_records_to_the_flow(shared, tmp_path, capsys):
    """Real exports, and trial decisions that nobody made: every second record is kept."""
    exports = [shared / "corpora" / name for name in ("scopus.csv", "wos.txt")]
    table, unique = tmp_path / "duplicates.csv", tmp_path / "records.csv"
    main(["records", "dedup", *map(str, exports), "--decisions", str(table), "--to", str(unique)])
    folder = tmp_path / "decisions"
    assert run("identify", *exports, "--to", folder, "--duplicates", table) == 0
    query = ["--query", 'TITLE-ABS-KEY("open innovation" AND universit*)', "--unknown"]
    who = ["--reviewer", "Trial A", "--reviewer", "Trial B"]
    assert run("sheet", unique, folder, *who, "--lang", "kk", *query) == 0
    for path in (folder / "sheets").glob("*.xlsx"):
        n = openpyxl.load_workbook(path).worksheets[1].max_row - 1
        trial.fill(path, {at: "include" if at % 2 else ("exclude", trial.CRITERION)
                          for at in range(1, n + 1)}, lang="kk")  # fmt: skip
        assert run("read", path, "--to", folder) == 0
    capsys.readouterr()
    run("flow", folder, "--json")
    told = json.loads(capsys.readouterr().out)
    counts = told["counts"]
    assert counts["records_screened"] == n
    assert counts["records_excluded"] == n // 2
    assert counts["database_results"] == (
        counts["duplicates"] + n + told["undecided"]["title_abstract"]
    )


def test_an_unknown_folder_is_one_line_with_its_remedy(tmp_path, capsys):
    assert run("flow", tmp_path / "nowhere") == 1
    assert "compendium screening sheet" in capsys.readouterr().err


def test_the_help_shows_examples(capsys):
    with pytest.raises(SystemExit):
        run("sheet", "--help")
    assert "compendium screening read screening/sheets/*.xlsx" in capsys.readouterr().out


def test_a_sheet_s_lock_file_is_left_out_with_a_word(tmp_path, capsys):
    (path,) = sheets(tmp_path, reviewers=["Trial A"])
    lock = path.with_name(f"~${path.name}")
    lock.write_bytes(b"Trial A")
    assert run("read", lock, path, "--to", tmp_path / "decisions") == 0
    told = capsys.readouterr()
    assert f"{lock}: left out" in told.err and "new 0" in told.out
