"""What of STYLE.md a program can check, in the sources and in the translations."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compendium.edition import catalogs, chapters

ROOT = Path(__file__).parents[2]
OURS = re.compile(r"\bTables? \d")
THEIRS = re.compile(
    r"(?:article(?:'|’)s(?: own)?|of the article,?|its|[Ii]ts) Tables? \d(?: and \d)?"
    r"|Table \d (?:of the article|also names)"
)
SO_THAT = re.compile(r", so that the (?:numbers|bars|intervals)\b")
REPORTS = re.compile(r"\breport(?:s|ed)?\b")
RESULT = re.compile(r"\{[^}]*\}`[^`]*`|`[^`]*`|```.*?```", re.DOTALL)


def prose(name: str) -> list[str]:
    """A chapter's sentences, without code and roles."""
    return [
        RESULT.sub(" ", cell.source)
        for cell in chapters.read(name).cells
        if cell.cell_type == "markdown"
    ]


@pytest.mark.parametrize("name", chapters.names())
def test_a_table_of_the_article_is_called_so(name):
    loose = [
        found.group() for text in prose(name) for found in OURS.finditer(THEIRS.sub(" ", text))
    ]
    assert loose == []


@pytest.mark.parametrize("name", chapters.names())
def test_a_result_is_told_with_so(name):
    assert [text for text in prose(name) if SO_THAT.search(text)] == []


@pytest.mark.parametrize("name", chapters.names())
def test_prose_has_no_run_of_labels_with_values(name):
    labels = re.compile(r"(?:^|\. )[A-Z][^.:]{3,60}:  ?\.? ?[A-Z][^.:]{3,60}:  ?\.", re.MULTILINE)
    assert [text for text in prose(name) if labels.search(text)] == []


@pytest.mark.parametrize("domain", catalogs.domains())
@pytest.mark.parametrize("language", catalogs.translated())
def test_a_question_stays_a_question(language, domain):
    asked = [
        (message.id, message.string)
        for message in catalogs.load(language, domain)
        if isinstance(message.id, str) and message.string and not message.fuzzy
        and message.id.rstrip().endswith("?") and not message.string.rstrip().endswith("?")
    ]  # fmt: skip
    assert asked == []


@pytest.mark.parametrize("domain", catalogs.domains())
def test_kazakh_says_what_a_source_reports_with_its_own_words(domain):
    wrong = [
        (message.id, message.string)
        for message in catalogs.load("kk", domain)
        if isinstance(message.id, str) and isinstance(message.string, str) and not message.fuzzy
        and REPORTS.search(message.id) and re.search(r"\bхабарла(?!ма)", message.string)
    ]  # fmt: skip
    assert wrong == []


def test_the_rules_are_twenty():
    rules = re.findall(r"^(\d+)\. ", (ROOT / "STYLE.md").read_text("utf-8"), re.MULTILINE)
    assert rules == [str(n) for n in range(1, 21)]
