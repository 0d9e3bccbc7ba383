"""The command line: errors are one line, help has examples."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from compendium import cli, language


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "compendium.cli", *arguments], capture_output=True, text=True
    )


def test_help_shows_examples():
    done = run("--help")
    assert done.returncode == 0
    assert "compendium build --edition kk" in done.stdout


def test_an_error_is_one_line_without_a_traceback(own):
    (own / "parameters.yml").write_text("contxt: kazakhstan-electronics\n")
    done = run("build")
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "parameters.yml, column `contxt`: No chapter has this parameter. Did you mean 'context'?"
    )


def test_debug_shows_the_traceback(own):
    (own / "parameters.yml").write_text("contxt: x\n")
    done = run("--debug", "build")
    assert "Traceback" in done.stderr


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
