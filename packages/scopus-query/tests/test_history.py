"""Search histories: lines are resolved; what is missing, circular or unused is said."""

from __future__ import annotations

import json

import pytest

from scopus_query import cli, history
from scopus_query.errors import ScopusQueryError
from scopus_query.parse import parse
from scopus_query.unparse import unparse

NUMBERED = "1. TITLE(alpha)\n2. KEY(beta\n   OR gamma)\n3. ABS(delta)\n4. #1 AND #2\n"


def test_numbered_lines_are_combined_into_the_last():
    found = history.read(NUMBERED)
    assert unparse(parse(found.query)) == "TITLE(alpha) AND KEY(beta OR gamma)"
    assert found.unused == (3,)
    assert [line.uses for line in found.lines] == [(), (), (), (1, 2)]


@pytest.mark.parametrize(
    "text",
    ["#1 TITLE(alpha)\n#2 KEY(beta)\n#3 #1 AND NOT #2",
     "S1 TITLE(alpha)\nS2 KEY(beta)\nS3 S1 AND NOT S2",
     "TITLE(alpha)\nKEY(beta)\n#1 AND NOT #2"],
)  # fmt: skip
def test_lines_may_be_numbered_in_several_ways(text):
    assert unparse(parse(history.read(text).query)) == "TITLE(alpha) AND NOT KEY(beta)"


@pytest.mark.parametrize(
    ("last", "uses"),
    [("1 and 2", (1, 2)), ("(1 OR 2) AND NOT 1", (1, 2)), ("2 not 1", (2, 1)),
     ("TITLE(x) AND 1", ()), ("1 AND 1984", ()), ("1", ())],
)  # fmt: skip
def test_a_line_of_numbers_and_operators_alone_refers_to_lines(last, uses):
    assert history.read(f"1 TITLE(alpha)\n2 KEY(beta)\n3 {last}").lines[-1].uses == uses


def test_a_reference_in_a_phrase_is_text():
    assert history.read('1. TITLE("protein S1")\n2. #1 AND KEY(beta)').lines[0].uses == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [("1. TITLE(a)\n2. #1 AND #7", "Line 2 refers to line 7"),
     ("1. #2 AND TITLE(a)\n2. #1 OR TITLE(b)", "1 → 2 → 1"), ("", "no line"),
     ("1. TITLE(a)\n1. TITLE(b)", "there twice")],
)  # fmt: skip
def test_a_history_that_cannot_be_resolved_says_why(text, told):
    with pytest.raises(ScopusQueryError, match=told):
        history.read(text)


def test_the_command_prints_the_whole_and_names_unused_lines(tmp_path, capsys):
    file = tmp_path / "history.txt"
    file.write_text(NUMBERED, encoding="utf-8")
    assert cli.main(["history", str(file)]) == 0
    told = capsys.readouterr()
    assert "TITLE(alpha)" in told.out and "3" in told.err
    assert cli.main(["history", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unused"] == [3]


def test_a_history_is_kept_in_a_search_file(tmp_path, capsys):
    file, to = tmp_path / "history.txt", tmp_path / "search.json"
    file.write_text(NUMBERED, encoding="utf-8")
    assert cli.main(["history", str(file), "--to", str(to), "--as-of", "2024-05-01"]) == 0
    kept = json.loads(to.read_text("utf-8"))
    assert kept["platform"] == "scopus" and kept["date"] == {"search_conducted": "2024-05-01"}
    assert [line["number"] for line in kept["record_info"]["history"]] == [1, 2, 3, 4]
    assert parse(kept["search_string"]) == parse(history.read(NUMBERED).query)


def test_the_search_file_is_one_of_search_query(tmp_path):
    search_file = pytest.importorskip("search_query.search_file")
    to = tmp_path / "search.json"
    assert cli.main(["format", "TITLE(alpha) AND PUBYEAR > 2014", "--to", str(to)]) == 0
    assert search_file.load_search_file(to).search_string == "TITLE(alpha) AND PUBYEAR > 2014"
