"""`git diff` of a chapter shows what a person changed."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest

from compendium import project


@pytest.fixture
def repository(tmp_path):
    """A repository that compares notebooks as this one does."""
    def git(*arguments: str) -> str:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        return subprocess.run(
            ["git", *identity, *arguments],
            cwd=tmp_path, capture_output=True, text=True, check=True,
        ).stdout

    git("init", "-q")
    for name in (".gitattributes",):
        (tmp_path / name).write_text(project.path(name).read_text("utf-8"), "utf-8")
    tool = project.path("tools", "chapter_text.py")
    git("config", "diff.chapter.textconv", f"{sys.executable} {tool}")
    return git


def test_a_changed_sentence_shows_as_that_sentence_and_no_output_does(repository, tmp_path):
    cell = nbformat.v4.new_code_cell("draw()", outputs=[
        nbformat.v4.new_output("stream", text="<svg>first</svg>\n")])  # fmt: skip
    prose = nbformat.v4.new_markdown_cell("# Search\n\nTwo queries were run.")
    notebook = nbformat.v4.new_notebook(cells=[prose, cell])
    nbformat.write(notebook, tmp_path / "1-search.ipynb")
    repository("add", ".")
    repository("commit", "-qm", "one")
    prose.source = "# Search\n\nThree queries were run."
    cell.outputs[0].text = "<svg>second</svg>\n"
    nbformat.write(notebook, tmp_path / "1-search.ipynb")
    changed = [line for line in repository("diff").splitlines() if line[:1] in "+-"]
    assert changed[2:] == ["-Two queries were run.", "+Three queries were run."]


def test_the_makefile_tells_git_of_the_tool():
    recipe = project.path("Makefile").read_text("utf-8")
    assert 'git config diff.chapter.textconv "$(VENV)/bin/python tools/chapter_text.py"' in recipe
