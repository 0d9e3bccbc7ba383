"""What a review lacks, told step by step, and no longer once it is there."""

from __future__ import annotations

import csv

import pytest

from compendium import cli, doctor, language, new_review, project
from compendium.edition import before
from compendium.pages import claims
from compendium.screening import sharing


def lacks() -> dict[str, list[str]]:
    return {step.name: [lack.what for lack in step.lacks] for step in doctor.steps()}


def put(file, rows):
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def test_a_new_review_lacks_everything_but_what_follows(review):
    found = lacks()
    assert len(found["Protocol"]) == 3  # in three languages
    assert found["Queries"] == ["The query Example query is an example."]
    assert found["Screening"] == ["No record has been registered."]
    assert found["Works"] == ["No work is included yet."]
    assert found["Extraction"] == ["It waits for the works."]
    assert found["Assessment"] == ["4 levels are examples."]
    assert found["Claims"] == ["No claim has been written down."]
    assert found["Text"]


def test_records_that_await_a_second_reviewer_are_counted_and_conflicts_named(review):
    folder = review / "data" / "screening"
    put(folder / "records.csv", [[f"r{n}", "origin_database", "", "", "", ""] for n in range(4)])
    put(folder / "decisions.csv", [
        [record, "title_abstract", who, "independent", "", decision, "", "2026-01-01"]
        for record, who, decision in [
            ("r0", "A", "include"), ("r0", "B", "include"), ("r1", "A", "include"),
            ("r2", "A", "include"), ("r2", "B", "exclude"),
        ]
    ])  # fmt: skip
    put(folder / "records.csv", [["r4", "origin_database", "", "", "", ""]])
    put(folder / "decisions.csv", [
        ["r4", "identification", "dedup", "independent", "duplicate", "remove", "", "2026-01-01"]
    ])  # fmt: skip
    assert lacks()["Screening"] == [
        "2 records await a reviewer (Title and abstract).",
        "Reviewers disagree about 1 record (Title and abstract).",
        "1 record awaits a reviewer (Full text).",
    ]


def test_the_commands_of_the_screening_name_its_files_and_follow_its_sheets(review):
    def remedies() -> list[str]:
        (step,) = (step for step in doctor.steps() if step.name == "Screening")
        return [lack.remedy for lack in step.lacks]

    folder = review / "data" / "screening"
    assert "--duplicates duplicates.csv" in remedies()[0]
    put(folder / "records.csv", [[f"r{n}", "origin_database", "", "", "", ""] for n in range(2)])
    assert " sheet RECORDS data/screening " in remedies()[0]
    (review / "unique.csv").touch()
    assert remedies() == ["compendium screening sheet unique.csv data/screening "
                          "--stage title_abstract --reviewer NAME --reviewer NAME"]  # fmt: skip
    sharing.assign(folder, [sharing.Assignment(record, "title_abstract", who, "1")
                            for record in ("r0", "r1") for who in "AB"][:3])  # fmt: skip
    assert " sheet unique.csv " in remedies()[0], "nobody else has r1 yet"
    sharing.assign(folder, [sharing.Assignment("r1", "title_abstract", "B", "1")])
    assert remedies() == ["compendium screening read data/screening/sheets/title-abstract-*.xlsx "
                          "--to data/screening"]  # fmt: skip
    put(folder / "decisions.csv", [
        ["r0", "title_abstract", who, "independent", "", decision, "", "2026-01-01"]
        for who, decision in (("A", "include"), ("B", "exclude"))
    ])  # fmt: skip
    assert remedies()[1] == ("compendium screening conflicts data/screening --stage title_abstract "
                             "--records unique.csv --reviewer NAME")  # fmt: skip


def test_a_pilot_at_which_reviewers_agree_too_little_is_told_with_the_next_one(review):
    folder = review / "data" / "screening"
    (folder / "screening.yml").write_text("pilot: 0.6\n", "utf-8")
    put(folder / "records.csv", [[f"r{n}", "origin_database", "", "", "", ""] for n in range(2)])
    (step,) = (step for step in doctor.steps() if step.name == "Screening")
    assert step.lacks[0].remedy.endswith("--pilot N --reviewer NAME --reviewer NAME")
    sharing.assign(folder, [sharing.Assignment(record, "title_abstract", who, "pilot")
                            for record in ("r0", "r1") for who in "AB"])  # fmt: skip
    put(folder / "decisions.csv", [
        [record, "title_abstract", who, "independent", "", decision, "", "2026-01-01"]
        for record, who, decision in [("r0", "A", "include"), ("r0", "B", "exclude"),
                                      ("r1", "A", "include"), ("r1", "B", "include")]
    ])  # fmt: skip
    (step,) = (step for step in doctor.steps() if step.name == "Screening")
    assert "on the 2 records of the pilot (title and abstract)" in step.lacks[0].what
    assert step.lacks[0].remedy.endswith("--pilot 2 --reviewer NAME --reviewer NAME")


def test_a_protocol_lacks_what_is_still_to_be_written_and_nothing_once_it_is(review):
    (review / "PROTOCOL.ru.md").write_text("### 2\n\n*Напишите здесь:* реестр.\n", "utf-8")
    for name in ("PROTOCOL.md", "PROTOCOL.kk.md"):
        (review / name).write_text("### 2\n\nOSF. *Write here:* was its mark.\n", "utf-8")
    assert lacks()["Protocol"] == ["1 item is still to be written."]
    for file in review.glob("PROTOCOL*.md"):
        file.unlink()
    assert "Protocol" not in lacks()


def test_an_included_work_without_extraction_is_named(review):
    with (review / "data" / "review" / "sources.csv").open(encoding="utf-8") as stream:
        head = next(csv.reader(stream))
    put(review / "data" / "review" / "sources.csv", [
        [{"key": "doe2001", "authors": "Doe, Jane"}.get(name, "") for name in head]
    ])  # fmt: skip
    put(review / "data" / "review" / "included.csv", [["doe2001", "example_query"]])
    found = lacks()
    assert found["Works"] == []
    assert found["Extraction"] == [
        "1 included work has no row in data/review/extraction.csv: doe2001."
    ]


def test_this_book_has_its_steps_and_the_command_prints_them(capsys):
    assert cli.main(["doctor", "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[0].startswith("done  ")
    assert "Direction of effects" not in printed  # its directions are another thing


def test_each_step_says_how_it_is_done_and_only_the_next_one_does_on_the_terminal(review, capsys):
    found = [step for step in doctor.steps() if step.lacks]
    assert all(step.how for step in found)
    assert cli.main(["doctor", "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert found[0].how in printed
    assert found[1].how not in printed


class Page:
    """A chapter that keeps what it is said to depend on."""

    def __init__(self, compendium):
        self.compendium, self.declared = compendium, []

    def declare(self, file):
        self.declared.append(file.name)


def test_the_front_page_lists_what_is_open_and_nothing_once_nothing_is(review, monkeypatch):
    page = Page(project.current())
    shown = doctor.guide(page)._repr_html_()
    assert "screen-only" in shown
    assert [f"<strong>{step.name}.</strong>" in shown for step in doctor.steps()].count(True) == 10
    assert "<code>data/review/queries.yml</code>" in shown
    assert {"chapters", "locales", "PROTOCOL.md"} <= set(page.declared)
    monkeypatch.setattr(doctor, "steps", lambda: [doctor.Step("Queries", "", ())])
    assert doctor.guide(page) is None


def test_the_readme_of_a_new_review_lists_the_steps_that_doctor_tells_in_each_language(review):
    for name, code in (("README.md", "en"), ("README.ru.md", "ru"), ("README.kk.md", "kk")):
        text = (review / name).read_text("utf-8")
        with language.speaking(code):
            told = [f"{at}. **{step.name}.** {step.how}"
                    for at, step in enumerate(doctor.steps(), start=1)]  # fmt: skip
        assert "\n".join(told) in text
        assert "compendium screening include data/screening unique.csv" in text
        assert new_review.STEPS not in text


def test_mistakes_of_the_data_come_before_all_steps(review, capsys):
    put(review / "data" / "review" / "included.csv", [["nobody2000", "example_query"]])
    assert cli.main(["doctor", "--lang", "en"]) == 0
    first, how, mistake = capsys.readouterr().out.splitlines()[:3]
    assert first == "next  Data" and "compendium check" in how
    assert "data/review/included.csv, row 2" in mistake
    (review / "data" / "review" / "queries.yml").write_text("- id: [", "utf-8")
    assert cli.main(["doctor", "--lang", "en"]) == 0
    assert "The file is not YAML" in capsys.readouterr().out


def test_a_checklist_may_be_filled_in_item_by_item_and_its_file_is_named(review):
    def told() -> doctor.Step:
        return next(step for step in doctor.steps() if step.name == "Checklists")

    assert "`data/checklists/report.csv`" in told().how
    assert told().lacks[0].remedy.endswith("--blank > data/checklists/report.csv")
    put(review / "data" / "checklists" / "report.csv", [
        ["prisma_2020", "1", "reported", "abstract:1", ""], ["prisma_2020", "2", "", "", ""],
    ])  # fmt: skip
    assert told().lacks[0].what == "PRISMA 2020: 41 items are open."
    assert before.problems() == []
    shown = claims.checklists_table().to_csv()
    assert shown.count("Unknown") == 41 and shown.count("Reported") >= 1


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out.startswith("compendium ")
