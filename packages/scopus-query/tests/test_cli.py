"""`scopus-query lint|format|tree|repair|explain|…`: sources, exit codes, JSON, colours."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys

import pytest

from scopus_query import cli

CLEAN, FOUND, BROKEN = "TITLE(abc) AND PUBYEAR > 2014", "abc", "TITLE(abc))"
VERBS = ["lint", "format", "tree", "repair", "explain"]


def run(*arguments: str) -> int:
    return cli.main([*arguments])


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("query", "code"), [(CLEAN, 0), (FOUND, 1), (BROKEN, 2)])
def test_the_exit_code_says_whether_it_parses_and_has_findings(verb, query, code, capsys):
    assert run(verb, query) == code
    assert run(verb, query, "--json") == code


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("query", [CLEAN, BROKEN])
def test_json_is_one_object_for_one_query(verb, query, capsys):
    run(verb, "--json", query)
    given = json.loads(capsys.readouterr().out)
    assert given["query"] == "query" and given["parses"] is (query == CLEAN)


def test_json_names_the_place_of_a_finding(capsys):
    run("lint", "--json", "TITLE(a)\nAND b)")
    [finding] = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["code"], finding["line"], finding["column"]) == ("Q101", 2, 6)
    assert finding["fixes"] == [[{"start": 14, "end": 15, "text": ""}]]


def test_the_place_is_shown_with_a_caret(capsys):
    run("lint", "TITLE(a)\nAND b)")
    out = capsys.readouterr().out
    assert "query:2:6: error Q101" in out
    assert "    AND b)\n         ^\n" in out


def test_of_a_long_line_the_surroundings_are_shown(capsys):
    run("lint", f"TITLE({' OR '.join(f'word{n}' for n in range(300))}))")
    shown = capsys.readouterr().out.splitlines()[1]
    assert len(shown) < 100 and shown.startswith("    …") and shown.endswith("))")


def test_a_query_is_read_from_a_file(tmp_path, capsys):
    file = tmp_path / "query.scopus"
    file.write_text(f"\ufeff{FOUND}\n", encoding="utf-8")
    assert run("lint", str(file)) == 1
    assert f"{file}:1:1: warning Q301" in capsys.readouterr().out


def test_a_query_is_read_from_standard_input():
    done = subprocess.run(
        [sys.executable, "-m", "scopus_query.cli", "format", "-"],
        input="title(abc or def)", capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "TITLE(abc OR def)\n")


def test_several_files_give_a_list_and_the_worst_exit_code(tmp_path, capsys):
    files = [tmp_path / "one", tmp_path / "two"]
    for file, query in zip(files, (CLEAN, BROKEN), strict=True):
        file.write_text(query)
    assert run("lint", "--json", *map(str, files)) == 2
    given = json.loads(capsys.readouterr().out)
    assert [entry["parses"] for entry in given] == [True, False]


def test_a_file_that_is_no_text_is_named(tmp_path, capsys):
    file = tmp_path / "query"
    file.write_bytes(b"\xff\xfe\x00")
    assert run("lint", str(file)) == 2
    assert capsys.readouterr().err == f"{file}: The file is not UTF-8 text. Save it as UTF-8.\n"


def test_format_writes_the_file_and_keeps_its_comments(tmp_path):
    file = tmp_path / "query"
    file.write_text("# who and when\ntitle(abc)\n")
    run("format", "--write", str(file))
    assert file.read_text() == "# who and when\nTITLE(abc)\n"


def test_format_leaves_alone_a_file_that_does_not_parse(tmp_path, capsys):
    file = tmp_path / "query"
    file.write_text(BROKEN)
    assert run("format", "--write", str(file)) == 2
    assert file.read_text() == BROKEN
    assert "Q101" in capsys.readouterr().err


def test_the_tree_is_drawn_with_branches(capsys):
    run("tree", "TITLE(abc OR {d e}) AND PUBYEAR > 2014")
    assert capsys.readouterr().out.splitlines() == [
        "AND",
        "├─ TITLE",
        "│  └─ OR",
        "│     ├─ abc",
        "│     └─ {d e}",
        "└─ PUBYEAR > 2014",
    ]


def test_the_tree_as_json_names_node_and_place(capsys):
    run("tree", "--json", "TITLE(abc)")
    assert json.loads(capsys.readouterr().out)["tree"] == {
        "node": "field", "code": "TITLE", "start": 0, "end": 10,
        "part": {"node": "term", "text": "abc", "start": 6, "end": 9},
    }  # fmt: skip


def test_repair_lists_readings_with_their_edits(capsys):
    run("repair", "TITLE-ABS-KEY (a) AND (b))")
    out = capsys.readouterr().out
    assert "Reading 1 of 2\n  1:16: insert `(`.\nTITLE-ABS-KEY ((a) AND (b))\n" in out
    assert "Reading 2 of 2\n  1:26: delete `)`.\nTITLE-ABS-KEY (a) AND (b)\n" in out


def test_explain_tells_what_is_asked_for(capsys):
    run("explain", 'TITLE-ABS-KEY("x y" PRE/3 z) AND PUBYEAR > 2014')
    assert capsys.readouterr().out.splitlines() == [
        "- all of these",
        "  - in title, abstract or keywords: "
        "each with at most 3 words between it and the next, in this order",
        "    - the phrase “x y” and its forms",
        "    - the word “z” and its forms",
        "  - publication year after 2014",
    ]


def test_explain_tells_values_and_what_stands_in_one_entry(capsys):
    run("explain", "REF(darwin AND 1859) AND DOCTYPE(ar) AND AU-ID(7)")
    told = capsys.readouterr().out
    assert "in references: all of these in one entry" in told
    assert "document type: the value “ar”" in told
    assert "author identifier: the value “7”" in told


def test_explain_shows_the_page_of_a_rule(capsys):
    assert run("explain", "Q302") == 0
    told = capsys.readouterr().out
    assert told.startswith("## Q302: The order of operators depends on the date\n")


def test_findings_below_the_least_wanted_do_not_count(capsys):
    assert run("lint", "TITLE(abc def)") == 1
    assert run("lint", "TITLE(abc def)", "--least", "warning") == 0


def test_years_of_the_report_are_compared(capsys):
    assert run("lint", CLEAN, "--years", "2015-") == 0
    assert run("lint", CLEAN, "--years", "2015-2025") == 1


@pytest.mark.parametrize("years", ["soon", "2015-x", "-"])
def test_years_that_are_none_are_refused(years, capsys):
    with pytest.raises(SystemExit):
        run("lint", CLEAN, f"--years={years}")
    assert "write the years as 2015-2025" in capsys.readouterr().err


@pytest.mark.parametrize("verb", [*VERBS, "highlight", "history", "rules", "translate", "upgrade"])
def test_the_help_of_every_command_has_examples(verb, capsys):
    with pytest.raises(SystemExit):
        run(verb, "--help")
    assert f"scopus-query {verb}" in capsys.readouterr().out.partition("examples:")[2]


def test_lint_explains_the_rules_of_its_findings_or_one_that_is_named(capsys):
    assert run("lint", "--explain", FOUND) == 1
    explained = "A term without a field code is searched in all fields."
    assert explained in capsys.readouterr().out
    assert run("lint", "--explain", "q301") == 0
    assert explained in capsys.readouterr().out


def test_help_shows_examples_and_exit_codes(capsys):
    with pytest.raises(SystemExit):
        run("lint", "--help")
    out = capsys.readouterr().out
    assert "scopus-query lint query.scopus" in out and "2 does not parse" in out


def test_there_are_no_colours_outside_a_terminal(capsys):
    run("lint", BROKEN)
    assert "\033[" not in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no pseudo-terminals here")
@pytest.mark.parametrize(("setting", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_unless_they_are_unwanted(setting, coloured):
    outer, inner = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    subprocess.run(
        [sys.executable, "-m", "scopus_query.cli", "lint", BROKEN],
        stdout=inner, env=environment | setting,
    )  # fmt: skip
    os.close(inner)
    assert (b"\033[" in os.read(outer, 10_000)) is coloured
    os.close(outer)


def test_messages_come_in_the_language_asked_for(capsys):
    run("lint", FOUND, "--lang", "ru")
    assert "предупреждение Q301" in capsys.readouterr().out


@pytest.mark.parametrize(("setting", "said"), [("kk_KZ.UTF-8", "Q301"), ("fr_FR.UTF-8", "warning")])
def test_the_locale_decides_where_no_language_is_asked_for(setting, said):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        [sys.executable, "-m", "scopus_query.cli", "lint", FOUND], capture_output=True, text=True,
        env=environment | {"LANG": setting, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert said in done.stdout
    assert ("warning" in done.stdout) is (setting == "fr_FR.UTF-8")


def test_a_query_is_written_line_by_line_for_the_database_asked_for(capsys):
    assert run("translate", "TITLE(a1) AND ABS(b1 OR *c1 OR *d1)", "--to", "ovid", "--lines") == 0
    told = capsys.readouterr().out
    assert told.startswith("Ovid:\n1. a1.ti.\n2. b1.ab.\n3. 1 AND 2\n")
    assert "! *c1, *d1: left out" in told and "(2 ×)" in told


def test_the_help_lists_every_database(capsys):
    with pytest.raises(SystemExit):
        run("translate", "--help")
    told = capsys.readouterr().out
    for name in ("wos", "pubmed", "ebsco", "embase", "ovid", "cochrane", "openalex"):
        assert re.search(rf"^  {name} +\w.*: ", told, re.MULTILINE)


def test_a_loss_of_a_translation_is_told_in_the_language_asked_for(capsys):
    query = 'TITLE(a) AND LIMIT-TO(PUBSTAGE, "final")'
    run("translate", query, "--to", "wos", "--lang", "kk")
    assert "PUBSTAGE өрісінің баламасы белгісіз" in capsys.readouterr().out


def test_the_rules_are_listed_with_their_codes(capsys):
    assert run("rules") == 0
    assert "Q302  warning: The order of operators depends on the date" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["qurey.scopus", "searches/one.txt", "./query"])
def test_a_file_name_that_is_mistyped_is_no_query(name, capsys):
    assert run("lint", name) == 2
    assert capsys.readouterr().err.startswith(f"{name}: There is no such file.")


def test_upgrade_writes_a_query_that_no_date_can_change(capsys):
    run("upgrade", "TITLE(ab OR bc AND cd)", "--as-of", "2024-05-01")
    assert capsys.readouterr().out == "TITLE((ab OR bc) AND cd)\n"
    run("upgrade", "TITLE(ab OR bc AND cd)", "--as-of", "2026-05-01")
    assert capsys.readouterr().out == "TITLE(ab OR (bc AND cd))\n"


@pytest.mark.parametrize("verb", ["explain", "tree"])
def test_what_depends_on_the_date_is_said_wherever_a_query_is_read(verb, capsys):
    run(verb, "TITLE(ab OR bc AND cd)")
    assert "Q302" in capsys.readouterr().err
    run(verb, "TITLE(ab OR bc AND cd)", "--as-of", "2024-05-01")
    assert capsys.readouterr().err == ""


def test_a_day_that_is_none_is_refused(capsys):
    assert run("lint", CLEAN, "--as-of", "soon") == 2
    assert "Write it as 2025-09-01." in capsys.readouterr().err


def test_a_dry_run_names_what_would_be_written_and_leaves_it(tmp_path, capsys):
    file, kept = tmp_path / "a.scopus", tmp_path / "a.json"
    file.write_text("title(a or b)\n")
    run("format", "--write", "--dry-run", "--to", str(kept), str(file))
    assert file.read_text() == "title(a or b)\n"
    assert not kept.exists()
    assert capsys.readouterr().err.splitlines() == [
        f"{file}: would be written", f"{kept}: would be written",
    ]  # fmt: skip


def test_a_shell_is_told_what_may_follow(tmp_path):
    pytest.importorskip("argcomplete")
    told, line = tmp_path / "told", "scopus-query translate --to pub"
    asked = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_SHELL": "bash", "COMP_POINT": str(len(line)),
             "_ARGCOMPLETE_STDOUT_FILENAME": str(told), "COMP_LINE": line, "COMP_TYPE": "9",
             }  # fmt: skip
    subprocess.run([sys.executable, "-m", "scopus_query.cli"], env={**os.environ, **asked})
    assert told.read_text().strip() == "pubmed"
