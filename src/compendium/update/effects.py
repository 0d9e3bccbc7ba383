"""What records would change in the text: the chapters run on other data, their values compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from compendium import project
from compendium.errors import CompendiumError
from compendium.records.record import Record
from compendium.update import scenario

_GLUED = re.compile(r"\{glue:text\}`([\w-]+)`")
_ROLE = re.compile(r"\{[\w:]+\}`([^`<]*?)\s*(?:<[^>`]*>)?`")
_LONG = 200
_PLAIN = "application/papermill.record/text/plain"
Values = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Change:
    """A value of the text that would be another.

    Attributes
    ----------
    chapter : str
        File stem of the chapter.
    key : str
        What the value is glued under.
    old, new : str
    """

    chapter: str
    key: str
    old: str
    new: str


@dataclass
class Effects:
    """What would change.

    Attributes
    ----------
    changes : list of Change
        By chapter, in the order in which the chapter tells the values.
    drawn : list of (str, str)
        Chapter and key of each figure and table that would look otherwise.
    sentences : list of (str, str)
        Chapter and paragraph, with `old → **new**` where a value changes.
    problem : str
        Why the chapters could not all be run; empty if they could.
    """

    changes: list[Change] = field(default_factory=list)
    drawn: list[tuple[str, str]] = field(default_factory=list)
    sentences: list[tuple[str, str]] = field(default_factory=list)
    problem: str = ""


def of(
    records: Sequence[Record], query: str, folder: Path, log: Callable[[str], None] = lambda _: None
) -> Effects:
    """Run the chapters on a copy of the data to which records are added, and compare.

    Parameters
    ----------
    records : sequence of Record
    query : str
    folder : Path
        A scratch folder, written anew; the compendium's own data stay as they are.
    log : callable, optional
        Told what is being done.
    """
    before, after = folder / "before", folder / "after"
    for each in (before, after):
        scenario.copy(each)
    scenario.include(records, query, after)
    log("Running the chapters as they are, and with the records included …")
    with ThreadPoolExecutor(2) as pool:
        problems = list(pool.map(run, (before, after)))
    if problems[0]:
        raise CompendiumError(
            f"The chapters do not run as they are: {problems[0]}",
            remedy="Run `compendium notebooks` and mend what it names.",
        )
    return compared(chapters(before), chapters(after), problems[1])


def run(folder: Path) -> str:
    """Run the chapters of a compendium; returns why they fail, empty if they do not.

    They run in a process of their own, for the package is bound to one compendium at a time.
    """
    told = {**os.environ, project.VARIABLE: str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", "compendium.cli", "notebooks"], cwd=folder, env=told,
        capture_output=True, text=True,
    )  # fmt: skip
    return done.stderr.strip().split("\n")[0] if done.returncode else ""


def chapters(folder: Path) -> dict[str, nbformat.NotebookNode]:
    """The notebooks of a compendium by their names."""
    return {
        file.stem: nbformat.read(file, as_version=4)
        for file in sorted((folder / "chapters").glob("*.ipynb"))
    }


def compared(
    before: dict[str, nbformat.NotebookNode], after: dict[str, nbformat.NotebookNode],
    problem: str = "",
) -> Effects:  # fmt: skip
    """The values that differ between two runs of the same chapters."""
    effects = Effects(problem=problem)
    old, new = told(before), told(after)
    for chapter, values in old.items():
        for key, value in values.items():
            other = new.get(chapter, {}).get(key, value)
            if other != value:
                effects.changes.append(Change(chapter, key, value, other))
    drawn, others = shown(before), shown(after)
    effects.drawn = [
        (chapter, key)
        for chapter, items in drawn.items() for key, item in items.items()
        if others.get(chapter, {}).get(key, item) != item
    ]  # fmt: skip
    changed = {change.key: change for change in effects.changes}
    every = {key: value for values in old.values() for key, value in values.items()}
    for chapter, notebook in before.items():
        for cell in notebook.cells:
            if cell.cell_type != "markdown":
                continue
            for block in re.split(r"\n\s*\n|\n(?=- )", cell.source):
                if changed.keys() & set(_GLUED.findall(block)):
                    effects.sentences.append((chapter, _spoken(block, every, changed)))
    return effects


def told(notebooks: dict[str, nbformat.NotebookNode]) -> Values:
    """The values that each chapter tells, by their keys."""
    return {
        name: {key: data[_PLAIN].strip("'\"") for key, data in _glued(notebook) if _PLAIN in data}
        for name, notebook in notebooks.items()
    }


def shown(notebooks: dict[str, nbformat.NotebookNode]) -> dict[str, dict[str, str]]:
    """The figures and tables that each chapter shows, as HTML or SVG, by their keys."""
    return {
        name: {
            key: "".join(data.get("text/html") or data.get("image/svg+xml") or "")
            for key, data in _glued(notebook) if _PLAIN not in data
        }
        for name, notebook in notebooks.items()
    }  # fmt: skip


def _glued(notebook: nbformat.NotebookNode):
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if key := output.get("metadata", {}).get("scrapbook", {}).get("name"):
                yield key, output["data"]


def short(text: str) -> str:
    """A value for a line; a long one is cut, and stands whole in `changes.csv`."""
    return text if len(text) <= _LONG else text[:_LONG].rstrip() + " …"


def _spoken(block: str, every: dict[str, str], changed: dict[str, Change]) -> str:
    def value(found: re.Match) -> str:
        key = found[1]
        if key in changed:
            return f"{short(changed[key].old)} → **{short(changed[key].new)}**"
        return every.get(key, key)

    return " ".join(_ROLE.sub(r"\1", _GLUED.sub(value, block)).split())
