"""Chapters executed in sequence by papermill, once a language, and only when they must be."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from compendium import project
from compendium.edition import chapters, digest, kernel, parameters
from compendium.edition.localise import localise
from compendium.errors import CompendiumError

Log = Callable[[str], None]
_HIDDEN = {"parameters", "injected-parameters"}


@dataclass(frozen=True)
class Execution:
    """One language's run of the chapters.

    Attributes
    ----------
    language : str
    values : dict
        The scenario's parameters.
    folder : Path
        Where executed notebooks are kept.
    results : Path
        Where chapters leave their results and downloads, one folder a chapter.
    """

    language: str
    values: dict
    folder: Path
    results: Path

    @classmethod
    def of(cls, language: str, values: dict) -> Execution:
        """The run of the book as it is published."""
        build = project.path("_build")
        return cls(language, values, build / "executed" / language, build / "results" / language)

    def run(self, log: Log) -> dict[str, nbformat.NotebookNode]:
        """Execute what changed, in order; give every chapter in this language with its outputs.

        Raises
        ------
        CompendiumError
            If a cell fails: names chapter, cell and how to open it.
        """
        out = {}
        for name, source, key in self._chapters():
            executed = self._kept(name, key)
            if executed is None:
                started = time.monotonic()
                executed = self._execute(name, source, key)
                log(f"{self.language}  {name}: executed in {time.monotonic() - started:.1f} s")
            out[name] = _assemble(localise(source, name, self.language), executed)
        return out

    def is_due(self) -> bool:
        """Whether a chapter would run."""
        return any(self._kept(name, key) is None for name, _, key in self._chapters())

    def _chapters(self) -> Iterator[tuple[str, nbformat.NotebookNode, str]]:
        """Name, notebook and key of each chapter; a key holds all that the chapter depends on."""
        key = self._inputs()
        for name in chapters.execution_order():
            source = chapters.read(name)
            code = [cell.source for cell in source.cells if cell.cell_type == "code"]
            values = json.dumps(self._parameters(source), sort_keys=True)
            key = digest.of_texts(key, name, values, *code)
            yield name, source, key

    def _inputs(self) -> str:
        library = [
            path
            for package in digest.libraries()
            for path in package.iterdir()
            if path.name not in ("edition", "cli.py")
        ]
        catalogs = [
            project.shared("locales", self.language, f"{domain}.po")
            for domain in ("interface", "data")
        ]
        fonts = project.shared("theme", "fonts").rglob("*.ttf")
        lock = project.path("requirements.lock")
        book = project.shared("book.yml")
        export = [project.path(self.values["corpus"])] if self.values.get("corpus") else []
        inputs = [*library, *catalogs, *fonts, lock, book, project.path("data"), *export]
        return digest.of_files(inputs)

    def _parameters(self, source: nbformat.NotebookNode) -> dict:
        own = {"lang": self.language, "results": str(project.relative(self.results))}
        return parameters.of_chapter(source, {**self.values, **own})

    def _kept(self, name: str, key: str) -> nbformat.NotebookNode | None:
        file = self.folder / f"{name}.ipynb"
        if not file.is_file() or not (self.results / name).is_dir():
            return None
        executed = nbformat.read(file, as_version=4)
        return executed if executed.metadata.get("compendium_key") == key else None

    def _execute(
        self, name: str, source: nbformat.NotebookNode, key: str
    ) -> nbformat.NotebookNode:
        self.folder.mkdir(parents=True, exist_ok=True)
        _clear(self.results / name)
        target = self.folder / f"{name}.ipynb"
        executed = papermill(name, source, self._parameters(source), target)
        executed.metadata["compendium_key"] = key
        nbformat.write(executed, target)
        return executed


def papermill(
    name: str, notebook: nbformat.NotebookNode, values: dict, target: Path
) -> nbformat.NotebookNode:
    """Execute a notebook with parameters; the outcome carries no times and no machine's paths.

    Raises
    ------
    CompendiumError
        If a cell fails. What ran until then is kept in `target`.
    """
    from papermill import execute_notebook
    from papermill.exceptions import PapermillExecutionError

    bare = copy.deepcopy(notebook)
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    try:
        with kernel.forked():
            # Written once at the end or at a failure: to write it before and after each cell takes
            # longer than the cells.
            executed = execute_notebook(
                bare, str(target), parameters=values, kernel_name="python3", progress_bar=False,
                request_save_on_cell_execute=False,
            )
    except PapermillExecutionError as error:
        traceback = "\n".join(error.traceback[-12:])
        raise CompendiumError(
            f"Cell {error.cell_index} of the chapter {name!r} fails: {error.ename}: {error.evalue}"
            f"\n\n{error.source}\n\n{traceback}\n\n",
            path=f"chapters/{name}.ipynb",
            remedy=f"Open it with: .venv/bin/jupyter lab {project.relative(target)}",
        ) from None
    return _without_traces(executed)


def _without_traces(executed: nbformat.NotebookNode) -> nbformat.NotebookNode:
    executed.metadata.pop("papermill", None)
    for cell in executed.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        tags = cell.metadata.get("tags", [])
        if not tags:
            cell.metadata.pop("tags", None)
        if "injected-parameters" in tags:
            cell.id = "injected-parameters"
    return executed


def _assemble(
    localised: nbformat.NotebookNode, executed: nbformat.NotebookNode
) -> nbformat.NotebookNode:
    """The localised prose with the executed code between it."""
    code = iter([cell for cell in executed.cells if cell.cell_type == "code"])
    cells = []
    for cell in localised.cells:
        if cell.cell_type != "code":
            cells.append(cell)
            continue
        ran = next(code)
        cells.append(ran)
        if "parameters" in ran.metadata.get("tags", []):
            cells.append(next(code))
    for cell in cells:
        if _HIDDEN & set(cell.metadata.get("tags", [])):
            cell.metadata.tags = sorted({*cell.metadata.tags, "remove-cell"})
    localised.cells = cells
    return localised


def _clear(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def renew(log: Log) -> None:
    """Execute the chapters as they are written, in English, and keep their outputs in `chapters/`.

    This is what nbval compares with.
    """
    values = parameters.scenario()
    run = Execution(
        "en", values, project.path("_build", "notebooks"), project.path("_build", "results", "en")
    )
    for name in chapters.execution_order():
        started = time.monotonic()
        source = chapters.read(name)
        _clear(run.results / name)
        run.folder.mkdir(parents=True, exist_ok=True)
        executed = papermill(name, source, {}, run.folder / f"{name}.ipynb")
        executed.metadata.pop("language", None)
        nbformat.write(executed, project.path("chapters", f"{name}.ipynb"))
        log(f"{name}: executed in {time.monotonic() - started:.1f} s")
