"""The command line: errors are one line, help has examples."""

from __future__ import annotations

import subprocess
import sys

import pytest

from compendium import cli


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
    with pytest.raises(SystemExit):
        cli.main(["build", "--edition", "de"])
    assert "invalid choice: 'de'" in capsys.readouterr().err
