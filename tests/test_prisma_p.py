"""A protocol says what the plan says, marks what it does not, and makes nothing up."""

from __future__ import annotations

import csv
import re

import pytest

from compendium import cli, new_review, prisma_p, review_plan

PLAN = {
    "title": {"en": "Trials of a vaccine", "ru": "Испытания вакцины"},
    "languages": ["en", "ru", "uk"],
    "authors": "Doe, Jane; Roe, Richard",
    "queries": [{"id": "pubmed", "database": "PubMed", "text": "a `b`\nAND c"}],
    "criteria": {"randomised": "It is a randomised trial."},
    "extraction": {"sample": {"label": "Sample", "type": "number", "unit": "persons"},
                   "risk": {"label": "Risk", "type": "effect", "unit": "risk ratio"}},
    "chapters": ["effects"],
    "assessment": "grade",
    "screening": {"reviewers": 3, "reasons": ["title_abstract", "full_text"], "labels": ["odd"]},
    "protocol": {"question": {"en": "Does it work?", "ru": "Помогает ли она?"}, "funding": "None"},
}  # fmt: skip


def protocol(folder, said, code="en"):
    prisma_p.write(folder, review_plan.of(said), "A title")
    name = "PROTOCOL.md" if code == "en" else f"PROTOCOL.{code}.md"
    return (folder / name).read_text("utf-8")


def item(text: str, number: str) -> str:
    return re.search(rf"^### {number}\. [^\n]*\n\n(.*?)(?=^##|\Z)", text, re.M | re.S)[1].strip()


def test_it_has_every_item_of_prisma_p_2015(tmp_path):
    numbers = re.findall(r"(?m)^### (\w+)\.", protocol(tmp_path, {}))
    assert " ".join(numbers) == (
        "1a 1b 2 3a 3b 4 5a 5b 5c 6 7 8 9 10 11a 11b 11c 12 13 14 15a 15b 15c 15d 16 17"
    )


def test_each_item_says_what_the_plan_says(tmp_path):
    text = protocol(tmp_path, PLAN)
    assert item(text, "1b") == "It is not an update of a published review."
    assert item(text, "3a").startswith("- Doe, Jane\n- Roe, Richard\n\n*Write here:*")
    assert item(text, "5a") == "None"
    assert item(text, "7") == "Does it work?"
    assert "- It is a randomised trial." in item(text, "8")
    assert "- PubMed" in item(text, "9")
    assert "```text\na `b`\nAND c\n```" in item(text, "10")
    assert item(text, "11b").split("\n\n") == [
        "The selection has two stages: title and abstract, then full text.",
        "Number of reviewers who decide about each record independently: 3.",
        "An exclusion names its criterion at these stages: title and abstract, full text.",
    ]
    assert item(text, "12").splitlines()[2:] == [
        "- Sample (number, persons)", "- Risk (effect with its 95% interval, risk ratio)",
    ]  # fmt: skip
    assert "Paule and Mandel" in item(text, "15b")
    assert "GRADE" in item(text, "17")


def test_a_plan_that_says_nothing_leaves_all_to_be_written_but_what_follows_from_its_kind(tmp_path):
    text = protocol(tmp_path, {"kind": "update"})
    written = {
        number for number in re.findall(r"(?m)^### (\w+)\.", text)
        if "*Write here:*" not in item(text, number)
    }  # fmt: skip
    assert written == {"1a", "15a", "15b", "15d"}
    assert "*Write here:* which published review" in item(text, "1b")
    assert prisma_p.unwritten(text) == 26 - len(written)


def test_it_is_told_in_the_languages_that_there_are_and_in_english_for_the_others(tmp_path):
    russian = protocol(tmp_path, PLAN, "ru")
    assert russian.startswith("# Испытания вакцины\n")
    assert item(russian, "7") == "Помогает ли она?"
    assert item(russian, "2").startswith("*Напишите здесь:*")
    assert [file.name for file in prisma_p.files(tmp_path)] == ["PROTOCOL.md", "PROTOCOL.ru.md"]


@pytest.mark.parametrize(
    ("said", "present", "absent"),
    [
        ({"chapters": ["directions"]}, "effect direction plot", "Paule"),
        ({"kind": "scoping", "map": {"rows": {"label": "Who", "codes": {"a": "Parents"}},
          "columns": {"label": "What", "codes": {"b": "Joy"}}}}, "- Who: Parents", "plot shows"),
        ({"assessment": "cerqual"}, "CERQual", "By GRADE, for"),
    ],
)  # fmt: skip
def test_the_synthesis_is_that_of_the_chapters_wanted(tmp_path, said, present, absent):
    text = protocol(tmp_path, said)
    assert present in text
    assert absent not in text


def test_what_it_may_say_stands_in_every_language():
    with prisma_p.TEXTS.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        assert all(row[f"label_{code}"] for code in prisma_p.languages()), row["key"]
        assert len({bool(row[f"ask_{code}"]) for code in prisma_p.languages()}) == 1, row["key"]
    kinds = {*prisma_p._UPDATES.values(), *review_plan.TYPES} - {"text"}
    assert kinds <= {row["key"] for row in rows}
    assert set(prisma_p._UPDATES) == set(review_plan.KINDS)


def test_init_writes_it_and_says_what_is_missing(tmp_path, capsys):
    assert cli.main(["init", str(tmp_path / "review"), "--title", "Trial", "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    text = (tmp_path / "review" / "PROTOCOL.md").read_text("utf-8")
    assert text.startswith("# Trial\n")
    assert f"PROTOCOL.md, by PRISMA-P 2015; {prisma_p.unwritten(text)} items" in printed


@pytest.fixture
def terminal(monkeypatch):
    """A person who answers at the terminal, line by line."""

    def answering(*lines):
        given = iter(lines)

        def answer(question):
            line = next(given)
            if isinstance(line, BaseException):
                raise line
            return line

        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", answer)

    return answering


def test_without_title_or_plan_a_person_is_asked_and_the_answers_are_kept_as_a_plan(
    tmp_path, terminal, capsys
):
    terminal("uk qqq", "uk,", "My review", "Мій огляд", "scopping", "scoping")
    assert cli.main(["init", str(tmp_path / "review"), "--lang", "en"]) == 0
    plan = review_plan.read(tmp_path / "review" / "plan.yml")
    assert plan.title == {"en": "My review", "uk": "Мій огляд"}
    assert (plan.languages, plan.kind) == (("en", "uk"), "scoping")
    told = capsys.readouterr().out
    assert "qqq" in told
    assert "Did you mean 'scoping'" in told


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), EOFError()])
def test_a_person_who_stops_at_a_question_leaves_nothing(tmp_path, terminal, stop):
    terminal("", "My review", stop)
    assert cli.main(["init", str(tmp_path / "review")]) == 130
    assert list(tmp_path.iterdir()) == []


def test_a_taken_folder_is_refused_before_anything_is_asked(tmp_path, terminal, capsys):
    (tmp_path / "notes.txt").write_text("mine")
    terminal()  # no answer: a question would fail
    assert cli.main(["init", str(tmp_path), "--lang", "en"]) == 1
    assert "not empty" in capsys.readouterr().err


def test_who_answers_nothing_gets_the_marked_example(tmp_path, terminal):
    terminal("", "", "")
    assert cli.main(["init", str(tmp_path / "review")]) == 0
    title = new_review.TITLES["en"]
    assert (tmp_path / "review" / "PROTOCOL.md").read_text("utf-8").startswith(f"# {title}\n")
