"""The chapter on reuse names no command, option or target that does not exist."""

from __future__ import annotations

import re
import shlex

import pytest

from compendium import cli, project
from compendium.edition import blocks, chapters
from compendium.new_review import TEMPLATE

GUIDE = "reuse"


def _lines() -> list[str]:
    found = []
    for cell in chapters.read(GUIDE).cells:
        if cell.cell_type == "markdown":
            for block in blocks.split(cell.source):
                if block.startswith("```sh\n"):
                    found += block.splitlines()[1:-1]
    return found


COMMANDS = [line for line in _lines() if line.startswith("compendium ")]
TARGETS = [line for line in _lines() if line.startswith("make ")]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_guide_is_one_that_the_program_takes(line):
    arguments = shlex.split(line.split(" > ")[0])[1:]  # what follows is the shell's
    assert callable(cli.parser(arguments).parse_args(arguments).run)


@pytest.mark.parametrize("line", TARGETS)
@pytest.mark.parametrize("makefile", ["project", "new compendium"])
def test_a_target_of_the_guide_is_in_the_makefile(line, makefile):
    file = project.path("Makefile") if makefile == "project" else TEMPLATE / "Makefile"
    target = line.split()[1]
    assert re.search(rf"(?m)^{target}:", file.read_text("utf-8"))


def test_every_other_line_only_changes_the_folder():
    assert {line.split()[0] for line in _lines()} - {"compendium", "make", "scopus-query"} == {"cd"}


def test_the_guide_has_a_command_in_each_of_its_ten_steps():
    text = "\n".join(c.source for c in chapters.read(GUIDE).cells if c.cell_type == "markdown")
    steps = re.split(r"(?m)^### \d+\. ", text)[1:]
    assert len(steps) == 10
    assert all("```sh" in step for step in steps)
