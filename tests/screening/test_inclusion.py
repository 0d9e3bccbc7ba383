"""From the screening to the book's tables: what a program knows is filled in, and nothing else."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from compendium import cli, doctor, project
from compendium.edition import before
from compendium.errors import CompendiumError
from compendium.records import write
from compendium.records.record import Record
from compendium.screening import decisions, inclusion
from compendium.screening.decisions import Decision, Identified
from tests import right_input

WALK = Record(title="Walking at work", authors=("Doe, Jane",), year=2015, doi="10.1000/doe",
              eid="2-s2.0-1", source="Journal of Steps", volume="3", pages="1–9")  # fmt: skip
STAIRS = Record(title="Лестницы в офисе", authors=("Жұмабаев, А.",), year=2021, pmid="77")
DESKS = Record(title="Standing desks", authors=("Doe, Jane",), year=2015, eid="2-s2.0-2")
OUT = Record(title="Nothing to do with it", authors=("Roe, Al",), year=2001, eid="2-s2.0-3")


def rows(review, name):
    with (review / "data" / "review" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def review(tmp_path):
    """A review whose screening is done, and in whose tables nothing is entered."""
    folder = right_input.make(tmp_path / "review")
    with project.at(folder):
        for name in ("sources", "included", "extraction", "effects", "directions", "map", "grade",
                     "cerqual"):  # fmt: skip
            file = folder / "data" / "review" / f"{name}.csv"
            file.write_text(file.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
        screening = folder / "data" / "screening"
        for name in ("records.csv", "decisions.csv", "assignments.csv"):
            (screening / name).unlink()
        decisions.identify(screening, [
            Identified(WALK.key, source="Scopus", title=WALK.title),
            Identified(f"{WALK.key}@PubMed", source="PubMed", title=WALK.title),
            Identified(STAIRS.key, source="PubMed", title=STAIRS.title),
            Identified(DESKS.key, source="Scopus", title=DESKS.title),
            Identified(OUT.key, source="Scopus", title=OUT.title),
        ])  # fmt: skip
        decide(screening, "title_abstract", [WALK, STAIRS, DESKS, OUT], "include")
        decide(screening, "full_text", [WALK, STAIRS], "include")
        decide(screening, "full_text", [OUT], "exclude", "adults")
        write.write([WALK, STAIRS, DESKS, OUT], folder / "unique.csv")
        yield folder


def decide(folder, stage, records, decision, criterion=""):
    decisions.append(folder, [
        Decision(record.key, stage, who, "independent", criterion, decision, "", "2026-01-10")
        for record in records for who in ("Ann", "Ben")
    ])  # fmt: skip


def run(review, *more):
    return cli.main(["screening", "include", str(review / "data" / "screening"),
                     str(review / "unique.csv"), "--lang", "en", *more])  # fmt: skip


def test_included_records_get_their_rows_and_others_none(review, capsys):
    assert run(review) == 0
    assert [row["key"] for row in rows(review, "sources.csv")] == ["doe2015", "zhumabaev2021"]
    walk = rows(review, "sources.csv")[0]
    assert walk["venue"] == "Journal of Steps" and walk["doi"] == "10.1000/doe"
    assert walk["record"] == WALK.key and walk["verified"] == ""
    assert [(row["work"], row["query"]) for row in rows(review, "included.csv")] == [
        ("doe2015", "scopus"), ("doe2015", "pubmed"), ("zhumabaev2021", "pubmed"),
    ]  # fmt: skip
    told = capsys.readouterr().out
    assert "data/review/sources.csv: 2 rows added." in told
    assert "1 record awaits a decision on its full text" in told
    assert before.problems() == []


def test_a_second_time_adds_only_what_is_new_and_keeps_what_a_person_wrote(review):
    run(review)
    file = review / "data" / "review" / "sources.csv"
    file.write_text(file.read_text("utf-8").replace("doe2015", "mine1999")
                    .replace("Walking at work", "A corrected title"), "utf-8")  # fmt: skip
    held = review / "data" / "review" / "included.csv"
    held.write_text(held.read_text("utf-8").replace("doe2015", "mine1999"), "utf-8")
    kept = file.read_text("utf-8")
    run(review)
    assert file.read_text("utf-8") == kept
    decide(review / "data" / "screening", "full_text", [DESKS], "include")
    run(review)
    assert file.read_text("utf-8").startswith(kept)
    assert [row["key"] for row in rows(review, "sources.csv")][2:] == ["doe2015"]


def test_a_rehearsal_writes_nothing(review, capsys):
    assert run(review, "--dry-run") == 0
    assert rows(review, "sources.csv") == []
    assert "would be written anew" in capsys.readouterr().err


def test_a_work_that_a_person_entered_is_known_by_its_doi(review):
    file = review / "data" / "review" / "sources.csv"
    head = file.read_text("utf-8").strip().split(",")
    mine = {"key": "own2015", "authors": "Doe", "title": "Walking", "doi": "10.1000/DOE"}
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, head, restval="").writerow(mine)
    run(review)
    assert [row["key"] for row in rows(review, "sources.csv")] == ["own2015", "zhumabaev2021"]


def test_where_nothing_tells_the_query_it_is_asked_for_and_nothing_is_written(review):
    file = review / "data" / "screening" / "records.csv"
    file.write_text(file.read_text("utf-8").replace("PubMed", "export.ris"), "utf-8")
    with pytest.raises(CompendiumError, match=r"Nothing tells which query found .*--query"):
        inclusion.include(file.parent, review / "unique.csv")
    assert rows(review, "sources.csv") == []
    inclusion.include(file.parent, review / "unique.csv", "pubmed")
    assert len(rows(review, "sources.csv")) == 2


def test_two_records_of_one_study_are_one_work(review):
    file = review / "data" / "screening" / "records.csv"
    lines = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    for row in lines:
        row["study"] = WALK.key if row["record"] == STAIRS.key else row["study"]
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, list(lines[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(lines)
    run(review)
    assert len(rows(review, "sources.csv")) == 1
    assert set(inclusion.screened(file.parent).works.values()) == {"doe2015"}


def test_doctor_and_check_name_included_records_whose_data_nobody_entered(review, capsys):
    def lacks():
        return {step.name: [lack.what for lack in step.lacks] for step in doctor.steps()}

    keys = f"{WALK.key} and {STAIRS.key}"
    assert lacks()["Works"] == [
        f"2 included records have no row in data/review/sources.csv: {keys}."
    ]
    assert lacks()["Extraction"] == [
        f"2 included works have no row in data/review/extraction.csv: {keys}."
    ]
    cli.main(["check", "--lang", "en"])  # which fails only for texts without a translation
    assert f"2 included records have no row in data/review/sources.csv: {keys}." in (
        capsys.readouterr().out)  # fmt: skip
    run(review)
    assert lacks()["Works"] == []
    assert lacks()["Extraction"] == [
        "2 included works have no row in data/review/extraction.csv: doe2015 and zhumabaev2021."
    ]


def test_a_record_that_the_file_lacks_is_named(review):
    write.write([replace(WALK, eid="2-s2.0-9", doi="")], review / "unique.csv")
    with pytest.raises(CompendiumError, match="does not hold the record"):
        inclusion.include(review / "data" / "screening", review / "unique.csv")
