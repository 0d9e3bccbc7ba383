"""Chapters executed in sequence by papermill, once a language, and only when they must be."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compendium import book, digest, project
from compendium.edition import before, chapters, parameters
from compendium.errors import CompendiumError
from compendium.files import replace
from compendium.language import _, number
from compendium.language.active import SOURCE

if TYPE_CHECKING:
    import nbformat

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
        return dict(self.each(log))

    def each(self, log: Log) -> Iterator[tuple[str, nbformat.NotebookNode]]:
        """Chapter after chapter, as `run`, so that one that fails takes no earlier one with it."""
        from compendium.edition.localise import localise

        for name, key in self._chapters():
            source, executed = chapters.read(name), self._kept(name, key)
            if executed is None:
                started = time.monotonic()
                executed = self._execute(name, source, key)
                log(f"{self.language}  {_executed(name, started)}")
            yield name, _assemble(localise(source, name, self.language), executed)

    def is_due(self) -> bool:
        """Whether a chapter would run."""
        return not all(self._is_kept(name, key) for name, key in self._chapters())

    def _chapters(self) -> Iterator[tuple[str, str]]:
        """Name and key of each chapter.

        A key holds what any run of the chapter depends on. What the last run read, of `data/` and
        of earlier chapters' tables, is declared beside its results.
        """
        always = self._inputs()
        for name in chapters.execution_order():
            cells = chapters.cells(name)
            code = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
            values = {**parameters.defaults(cells), **self._parameters(cells)}
            files = json.dumps([values, _named(values)], sort_keys=True)
            yield name, digest.of_texts(always, name, files, *code)

    def inputs_now(self) -> dict[str, str]:
        """Files that the chapters declared when they ran, with the digests they have today."""
        return {name: digest.of_input(name) for name in self.inputs_read()}

    def inputs_read(self) -> dict[str, str]:
        """Files that the chapters declared when they ran, with the digests they had then."""
        read: dict[str, str] = {}
        for name in chapters.execution_order():
            cells = chapters.cells(name)
            named = _named({**parameters.defaults(cells), **self._parameters(cells)})
            read |= digest.declared(self.results / name) | named
        return read

    def _inputs(self) -> str:
        """Digest of what every chapter depends on: code, words, fonts, versions, names of data."""
        code = [
            path
            for package in digest.libraries()
            for path in package.iterdir()
            if path.name not in ("edition", "cli.py", "locales", "theme")
        ]
        words = [package / "locales" / f"{self.language}.po" for package in digest.libraries()]
        own = [
            project.path("locales", self.language, f"{name}.po") for name in ("review", "data")
        ]
        fonts = project.theme("fonts").rglob("*.ttf")
        files = [project.path(name) for name in ("requirements.lock", book.FILE)]
        # A chapter may ask whether a file is there without reading it.
        there = sorted(str(project.relative(file)) for file in project.path("data").rglob("*"))
        return digest.of_texts(
            digest.of_files([*code, *words, *own, *fonts, *files]), json.dumps(there)
        )

    def _parameters(self, cells: list[dict]) -> dict:
        own = {"lang": self.language, "results": str(project.relative(self.results))}
        return parameters.of_chapter(cells, {**self.values, **own})

    def _is_kept(self, name: str, key: str) -> bool:
        """Whether nothing has changed since the chapter ran, its results included."""
        file, left = self.folder / f"{name}.ipynb", self.results / name
        return (
            file.is_file() and _seal(left) == _sealed(left, key)
            and all(digest.of_input(n) == then for n, then in digest.declared(left).items())
        )  # fmt: skip

    def _kept(self, name: str, key: str) -> nbformat.NotebookNode | None:
        """The chapter as it ran, if nothing has changed since."""
        import nbformat

        if not self._is_kept(name, key):
            return None
        executed = nbformat.read(self.folder / f"{name}.ipynb", as_version=4)
        return executed if executed.metadata.get("compendium_key") == key else None

    def _execute(
        self, name: str, source: nbformat.NotebookNode, key: str
    ) -> nbformat.NotebookNode:
        import nbformat

        left = self.results / name
        _clear(left)
        target = self.folder / f"{name}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        executed = papermill(name, source, self._parameters(source.cells), target)
        executed.metadata["compendium_key"] = key
        nbformat.write(executed, target)
        replace(left / SEAL, _sealed(left, key))
        return executed


SEAL = "execution.sha256"
"""Says which execution a folder of results is of, and what it left there."""


def _sealed(left: Path, key: str) -> str:
    """What the seal says where the results are those of the execution with this key."""
    return digest.of_texts(key, digest.of_files([left], without=[left / SEAL]))


def _seal(left: Path) -> str:
    file = left / SEAL
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _named(values: dict) -> dict[str, str]:
    """The parameters' values that name a file or folder of the compendium, with their digests."""
    names = [
        value for parameter, value in values.items()
        if parameter not in ("lang", "results") and isinstance(value, str) and value
    ]
    return {name: digest.of_input(name) for name in names if project.path(name).exists()}


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

    from compendium.edition import kernel

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
            )  # fmt: skip
    except PapermillExecutionError as error:
        traceback = "\n".join(error.traceback[-12:])
        raise CompendiumError(
            _("Cell {n} of the chapter {name} fails: {what}")
            .format(n=error.cell_index, name=repr(name), what=f"{error.ename}: {error.evalue}")
            + f"\n\n{error.source}\n\n{traceback}\n\n",
            path=f"chapters/{name}.ipynb",
            remedy=_("Run `make lab`, and open {file} there: it shows how far the chapter came.")
            .format(file=project.relative(target)),
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
            cells.append(_without_results(next(code)))
    for cell in cells:
        if _HIDDEN & set(cell.metadata.get("tags", [])):
            cell.metadata.tags = sorted({*cell.metadata.tags, "remove-cell"})
    localised.cells = cells
    return localised


def _without_results(injected: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The edition's parameters but for its folder: who runs a downloaded notebook has another."""
    injected = copy.deepcopy(injected)
    lines = injected.source.splitlines()
    injected.source = "\n".join(line for line in lines if not line.startswith("results = "))
    return injected


def _executed(name: str, started: float) -> str:
    seconds = number(time.monotonic() - started, 1)
    return _("{name}: executed in {seconds} s").format(name=name, seconds=seconds)


def _clear(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def renew(log: Log) -> None:
    """Execute the chapters as they are written, in English, and keep their outputs in `chapters/`.

    This is what nbval compares with. What the chapters leave one another lies where a person's own
    runs leave it, apart from the editions.
    """
    import nbformat

    before.require()
    folder = project.path(project.INTERACTIVE, SOURCE)
    for name in chapters.execution_order():
        started = time.monotonic()
        _clear(folder / name)
        executed = papermill(name, chapters.read(name), {}, folder / name / f"{name}.ipynb")
        executed.metadata.pop("language", None)
        written = nbformat.writes(executed).rstrip("\n") + "\n"
        replace(project.path("chapters", f"{name}.ipynb"), written)
        log(_executed(name, started))
