"""What records would change in the text: the chapters run on other data, their values compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from compendium import project
from compendium.edition import blocks, parameters
from compendium.edition.execute import Execution
from compendium.errors import CompendiumError
from compendium.language import _
from compendium.project import Compendium
from compendium.records.record import Record
from compendium.update import scenario

_LONG = 200
_PLAIN = "application/papermill.record/text/plain"
Log = Callable[[str], None]
Notebooks = dict[str, nbformat.NotebookNode]
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


def of_including(
    records: Sequence[Record],
    query: str,
    scratch: Path,
    *,
    lang: str = "en",
    log: Log = lambda line: None,
) -> Effects:
    """Run the chapters as they are, and in a second compendium that has the records; compare.

    Parameters
    ----------
    records : sequence of Record
    query : str
        Which query found them.
    scratch : Path
        A folder for both runs. The second compendium is written into it anew; what the first run
        leaves there is taken again while nothing has changed.
    lang : str
        Language of the values and sentences.
    log : callable, optional
        Told what is being done.

    Raises
    ------
    CompendiumError
        If the chapters do not run as they are.
    """
    here = project.current()
    other = scenario.including(records, query, scratch / "compendium")
    log(_("Running the chapters as they are, and with the records included …"))
    with ThreadPoolExecutor(2) as pool:
        runs = [
            pool.submit(project.carried(executed), each, scratch / folder, lang, log)
            for each, folder in ((here, "before"), (other, "after"))
        ]
        (before, failed), (after, problem) = (run.result() for run in runs)
    if failed:
        raise CompendiumError(
            _("The chapters do not run as they are: {why}").format(why=failed),
            remedy=_("Run `compendium notebooks` and mend what it names."),
        )
    return compared(before, after, problem)


def executed(
    compendium: Compendium, folder: Path, lang: str, log: Log = lambda line: None
) -> tuple[Notebooks, str]:
    """The chapters of a compendium in a language, as far as they run, and why they do not."""
    done: Notebooks = {}
    with compendium.opened():
        run = Execution(lang, parameters.scenario(), folder / "executed", folder / "results")
        try:
            for name, notebook in run.each(log):
                done[name] = notebook
        except CompendiumError as error:
            return done, str(error).split("\n")[0]
    return done, ""


def compared(before: Notebooks, after: Notebooks, problem: str = "") -> Effects:
    """The values that differ between two runs of the same chapters."""
    effects = Effects(problem=problem)
    old, new = values_told(before), values_told(after)
    for chapter, values in old.items():
        for key, value in values.items():
            other = new.get(chapter, {}).get(key, value)
            if other != value:
                effects.changes.append(Change(chapter, key, value, other))
    drawn, others = items_shown(before), items_shown(after)
    effects.drawn = [
        (chapter, key)
        for chapter, items in drawn.items() for key, item in items.items()
        if others.get(chapter, {}).get(key, item) != item
    ]  # fmt: skip
    changed = {change.key: change for change in effects.changes}
    every = {key: value for values in old.values() for key, value in values.items()}
    spoken = {
        key: f"{short(changed[key].old)} → **{short(changed[key].new)}**" if key in changed
        else value
        for key, value in every.items()
    }  # fmt: skip
    for chapter, notebook in before.items():
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                effects.sentences += [
                    (chapter, blocks.spoken(paragraph, spoken))
                    for paragraph in blocks.paragraphs(cell.source)
                    if changed.keys() & set(blocks.glued(paragraph))
                ]
    return effects


def values_told(notebooks: Notebooks) -> Values:
    """The values that each chapter tells, by their keys."""
    return {
        name: {key: data[_PLAIN].strip("'\"") for key, data in _glued(notebook) if _PLAIN in data}
        for name, notebook in notebooks.items()
    }


def items_shown(notebooks: Notebooks) -> Values:
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
