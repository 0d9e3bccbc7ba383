"""The command line: errors are one line, help has examples."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from compendium import cli, console, files, language
from compendium.edition import build as build_module
from compendium.edition.build import Built
from compendium.errors import CompendiumError


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "compendium.cli", *arguments], capture_output=True, text=True
    )


def test_help_shows_examples():
    done = run("--help")
    assert done.returncode == 0
    assert "compendium build --edition kk" in done.stdout


def test_an_error_is_one_line_without_a_traceback(own, capsys):
    (own / "parameters.yml").write_text("contxt: kazakhstan-electronics\n")
    assert cli.main(["build"]) == 1
    assert capsys.readouterr().err.strip() == (
        "parameters.yml, column `contxt`: No chapter has this parameter. Did you mean 'context'?"
    )


@pytest.mark.parametrize(
    ("command", "told"),
    [("build", "Stopped. The last good site is untouched."), ("check", "Stopped.")],
)
def test_ctrl_c_says_what_it_leaves(command, told, monkeypatch, capsys):
    def stopped(given):
        raise KeyboardInterrupt

    monkeypatch.setattr(console, "told", stopped)
    assert cli.main([command]) == 130
    assert capsys.readouterr().err.strip() == told


def test_debug_shows_the_traceback(own):
    (own / "parameters.yml").write_text("contxt: x\n")
    with pytest.raises(CompendiumError):  # whose traceback Python shows
        cli.main(["--debug", "build"])


def test_serving_before_building_says_what_to_do(own, capsys):
    assert cli.main(["serve"]) == 1
    assert "Run `make book` first." in capsys.readouterr().err


def test_a_language_that_the_book_does_not_have_is_refused(capsys):
    assert cli.main(["build", "--edition", "de"]) == 1
    assert "The book has no language 'de'. Choose one of: ru, en, kk." in capsys.readouterr().err


def test_every_command_takes_a_language(monkeypatch, capsys):
    for group in cli.GROUPS:
        if group == "init":
            continue
        with pytest.raises(SystemExit):
            cli.main([group, "--help"])
        assert "--lang CODE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "arguments", "spoken"),
    [
        ({"LANGUAGE": "kk"}, ["serve"], "kk"),
        ({"LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "ru_RU.UTF-8"}, ["serve"], "ru"),
        ({"LANGUAGE": "", "LC_ALL": "C", "LANG": "ru_RU.UTF-8"}, ["serve"], "en"),
        ({"LANGUAGE": "de"}, ["serve"], "en"),
        ({"LANGUAGE": "kk"}, ["serve", "--lang", "ru"], "ru"),
        ({"LANGUAGE": "kk"}, ["--lang=ru", "serve"], "ru"),
    ],
)
def test_a_command_speaks_the_language_asked_for_or_else_the_locale_s(
    monkeypatch, environment, arguments, spoken
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cli.spoken(arguments) == spoken


def test_a_command_leaves_the_language_as_it_was(own, capsys):
    cli.main(["serve", "--lang", "kk"])
    assert language.current() == "en"


def test_a_language_nobody_knows_is_refused_with_those_there_are(capsys):
    assert cli.main(["serve", "--lang", "xx"]) == 1
    assert "Choose one of: ru, en, kk." in capsys.readouterr().err


def test_a_command_that_needs_no_compendium_works_outside_any(tmp_path):
    (tmp_path / "a.ris").write_text("TY  - JOUR\nTI  - A title\nPY  - 2020\nER  - \n", "utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "COMPENDIUM_ROOT"}
    done = subprocess.run(
        [sys.executable, "-m", "compendium.cli", "records", "read", "a.ris", "--lang", "ru"],
        capture_output=True, text=True, cwd=tmp_path, env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert "No compendium" not in done.stdout + done.stderr


def test_a_shell_is_told_what_may_follow(tmp_path):
    told = tmp_path / "told"
    line = "compendium records read --dr"
    asked = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_SHELL": "bash", "_ARGCOMPLETE_IFS": "\n",
             "_ARGCOMPLETE_STDOUT_FILENAME": str(told), "COMP_LINE": line,
             "COMP_POINT": str(len(line)), "COMP_TYPE": "9"}  # fmt: skip
    subprocess.run([sys.executable, "-m", "compendium.cli"], env={**os.environ, **asked})
    assert told.read_text().strip() == "--dry-run"


def test_what_completes_is_loaded_only_to_complete():
    code = "import sys; from compendium.cli import parser; parser(['build']); " \
           "print('argcomplete' in sys.modules)"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("arguments", [["-q", "serve"], ["serve", "--quiet"]])
def test_how_much_is_said_is_told_before_or_behind_the_command(arguments):
    assert cli.parser(arguments).parse_args(arguments).said == console.QUIET


@pytest.mark.parametrize(
    ("said", "told"),
    [(console.QUIET, []), (console.USUAL, ["progress"]), (console.VERBOSE, ["progress", "detail"])],
)
def test_progress_is_left_out_on_request_and_details_come_on_request(said, told, capsys):
    with console.told(Namespace(said=said)):
        console.progress("progress")
        console.detail("detail")
    assert capsys.readouterr().err.split() == told


def test_quiet_leaves_out_the_progress_of_a_build_not_what_came_of_it(monkeypatch, capsys):
    def build(log, **options):
        log("en  html: 1 s")
        return Built(Path("site"), [])

    monkeypatch.setattr("compendium.edition.build.build", build)
    assert cli.main(["build", "--quiet"]) == 0
    said = capsys.readouterr()
    assert "html: 1 s" not in said.out + said.err
    assert "Nothing changed" in said.out


def test_an_error_is_said_quiet_or_not(own, capsys):
    assert cli.main(["serve", "--quiet"]) == 1
    assert "Run `make book` first." in capsys.readouterr().err


def test_verbose_names_the_files_that_are_written(tmp_path, capsys):
    export = tmp_path / "a.ris"
    export.write_text("TY  - JOUR\nTI  - A title\nPY  - 2020\nER  - \n", "utf-8")
    assert cli.main(["records", "read", str(export), "--to", str(tmp_path / "a.csv"), "-v"]) == 0
    assert f"{tmp_path / 'a.csv'}: written" in capsys.readouterr().err


def _dry(folder: Path) -> dict[str, list[str]]:
    """Commands that write files, with what they write into a folder."""
    export, decided = folder / "a.ris", folder / "decided"
    return {
        "records read": [str(export), "--to", str(folder / "new.csv")],
        "records dedup": [str(export), "--to", str(folder / "new.csv"),
                          "--decisions", str(folder / "pairs.csv")],
        "screening identify": [str(export), "--to", str(decided)],
        "screening sheet": [str(export), str(decided), "--reviewer", "A"],
        "search run": ["TITLE(title)", str(export), "--html", str(folder / "hits.html")],
        "survey form": ["--output", str(folder / "form.xlsx")],
        "init": [str(folder / "review"), "--title", "A review"],
    }  # fmt: skip


@pytest.mark.parametrize("command", _dry(Path()))
def test_a_dry_run_writes_nothing_and_names_what_would_be_written(command, tmp_path, capsys):
    (tmp_path / "a.ris").write_text("TY  - JOUR\nTI  - A title\nPY  - 2020\nER  - \n", "utf-8")
    arguments = _dry(tmp_path)[command]
    assert cli.main([*command.split(), *arguments, "--dry-run"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.ris"]
    assert f"{tmp_path}/" in capsys.readouterr().err


def test_a_dry_run_tells_a_file_that_would_stay_from_one_that_would_change(tmp_path, capsys):
    with console.told(Namespace(dry_run=True)):
        for text in ("before", "after"):
            (tmp_path / text).write_text("before")
            files.replace(tmp_path / text, text)
    assert capsys.readouterr().err.splitlines() == [
        f"{tmp_path / 'before'}: would stay as it is",
        f"{tmp_path / 'after'}: would be written anew, 5 bytes",
    ]
    assert (tmp_path / "after").read_text() == "before"


def test_the_last_build_leaves_a_log_with_times_and_how_it_ended(own, monkeypatch):
    def fail(log, **options):
        log("en  html: 1 s")
        raise ZeroDivisionError("of nothing")

    monkeypatch.setattr(build_module, "_build", fail)
    heard: list[str] = []
    with pytest.raises(ZeroDivisionError):
        build_module.build(heard.append)
    _began, step, end = (own / "_build" / "build.log").read_text().splitlines()
    assert heard == ["en  html: 1 s"]
    assert re.fullmatch(r" +\d+\.\d  en  html: 1 s", step)
    assert end.endswith("ZeroDivisionError: of nothing")
