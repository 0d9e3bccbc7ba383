"""The whole path: execute, build pages and PDFs, assemble the site; each step only when it must."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.context import ForkServerContext
from pathlib import Path

from filelock import FileLock

from compendium import console, digest, laboratory, language, project
from compendium.edition import before, chapters, excerpts, parameters, site
from compendium.edition import release as releases
from compendium.edition.edition import Edition, editions, site_url
from compendium.edition.excerpts import BRIEF, REPORT
from compendium.edition.execute import Execution
from compendium.errors import CompendiumError
from compendium.laboratory import runtime
from compendium.language import _, ngettext, number

LOG = "build.log"
"""What the last build told, with its times, in `_build`."""
Log = Callable[[str], None]

_PAGE_INPUTS = (
    "_config.yml", "_toc.yml", "book.yml", "parameters.yml", "chapters", "data",
    "requirements.lock", "theme", "CITATION.cff",
)  # fmt: skip
TYPESET = ("book.lua", "book.typ")
TEMPLATES = {
    "pdf": TYPESET,
    "epub": ("ebook.lua", "epub.css"),
    "brief": (*TYPESET, "brief.typ"),
    "report": (*TYPESET, "brief.typ"),
    "docx": ("ebook.lua", "reference.docx"),
}
"""Files of the theme that a file to take away is made with, and nothing else is."""
BUILDERS = {"html": "html", "single": "singlehtml"}
"""Sphinx's builders, by the step that runs them; the other steps print the single page."""
PRINTED = {"brief": BRIEF, "report": REPORT, "docx": REPORT, "epub": "", "pdf": ""}
"""Steps that make a file of the single page, and the excerpt that each is made of.

Those of one excerpt follow one another: what they share is made once. Typst keeps half a gigabyte
of the whole book until its process ends, so that comes last.
"""
PRINTING = 2
"""So many processes print at a time; each takes a quarter of a gigabyte, pandoc and Typst apart."""


@dataclass(frozen=True)
class Built:
    """What a build did.

    Attributes
    ----------
    site : Path
        The published folder.
    rebuilt : list of Edition
        Editions that were built now; empty where nothing had changed.
    """

    site: Path
    rebuilt: list[Edition]


def build(
    log: Log,
    *,
    only: str | None = None,
    html: bool = True,
    pdf: bool = True,
    renew: bool = False,
    release: bool = False,
) -> Built:
    """Build the book; a second build in the same folder waits for the first.

    Parameters
    ----------
    log : callable
        Told what is done, a line at a time.
    only : str, optional
        Code of one edition; every one otherwise.
    html, pdf : bool
        Which to make: the pages, the files to take away.
    renew : bool
        Make the files to take away anew where they are older than the pages, instead of only
        naming them: they take longer than a page.
    release : bool
        Renew them, and refuse an edition that has a message without a translation.

    Raises
    ------
    CompendiumError
        If a chapter, a translation, the data or a page is broken. The last site stays as it was.
    """
    build_folder = project.path("_build")
    build_folder.mkdir(exist_ok=True)
    with FileLock(build_folder / "building.lock"), _logged(log, build_folder / LOG) as told:
        return _build(told, only=only, html=html, pdf=pdf, renew=renew or release, release=release)


@contextmanager
def _logged(log: Log, file: Path) -> Iterator[Log]:
    """Also keep what is told, each line with the seconds since the build began; and how it ended.

    The file tells of the last build alone.
    """
    started = time.monotonic()
    with file.open("w", encoding="utf-8") as out:

        def keep(line: str) -> None:
            out.write(f"{time.monotonic() - started:8.1f}  {line}\n")
            out.flush()

        def both(line: str) -> None:
            keep(line)
            log(line)

        keep(datetime.now().astimezone().isoformat(timespec="seconds"))
        try:
            yield both
        except BaseException as error:
            keep(f"{type(error).__name__}: {error}")
            raise
        keep(_("done"))


def _build(
    log: Log, *, only: str | None, html: bool, pdf: bool, renew: bool, release: bool
) -> Built:
    asked = (["html", "static"] if html else []) + (["single", *_printed()] if pdf else [])
    todo = []
    before.require()
    values = parameters.scenario()
    for edition in editions(only):
        stamps = _stamps(edition)
        now = Execution.of(edition.language, values).inputs_now()
        due = [step for step in asked if not _is_current(edition, step, _and(stamps[step], now))]
        steps = due if renew else _missing(edition, due, log)
        if steps:
            todo.append(Task(edition, steps, stamps))
    for task in todo:
        console.detail(_("{language}  to do: {steps}").format(
            language=task.edition.language, steps=", ".join(task.steps)))  # fmt: skip
    folder = project.path("_build", "site")
    if not todo and folder.is_dir() and not release:
        return Built(folder, [])
    if release or any(task.builders for task in todo):
        context = _server(todo)
        if html and chapters.import_any(laboratory.__name__):
            runtime.fetch(log, release=release)
        _count_untranslated(editions(only) if release else [t.edition for t in todo], log, release)
        _run(todo, context, log)
    else:
        for task in todo:
            _print(task, log)
    for task in todo:
        if "static" in task.steps:
            site.restyle(task.edition)
    _assemble(todo or [Task(edition, asked, {}) for edition in editions(only)], log)
    for task in todo:
        read = Execution.of(task.edition.language, values).inputs_read()
        for step in task.steps:
            _stamp_file(task.edition, step).write_text(_and(task.stamps[step], read))
    if release and html and pdf and not only:
        releases.seal()
    return Built(folder, [task.edition for task in todo])


def _missing(edition: Edition, due: list[str], log: Log) -> list[str]:
    """The steps without those that would only renew a file to take away; these are named."""
    old = [step for step in due if step in PRINTED and edition.file(step).is_file()]
    left = [step for step in due if step not in old]
    if old:
        log(_("{language}  older than the pages: {files}; `make pdf` renews them").format(
            language=edition.language, files=", ".join(map(edition.file_name, old))
        ))  # fmt: skip
    return left if set(left) & set(PRINTED) else [step for step in left if step != "single"]


def _printed() -> list[str]:
    """The steps of `PRINTED` that this book has."""
    return [step for step, field in PRINTED.items() if not field or excerpts.told(field)]


@dataclass(frozen=True)
class Task:
    """What has to be made of an edition.

    Attributes
    ----------
    edition : Edition
    steps : list of str
        "html", "static" (style and scripts), "single", and those of `PRINTED`.
    stamps : dict of str to str
        Digest of each step's inputs, remembered when the step is done.
    """

    edition: Edition
    steps: list[str]
    stamps: dict[str, str]

    @property
    def builders(self) -> list[str]:
        """Sphinx's builders for the steps."""
        return [BUILDERS[step] for step in self.steps if step in BUILDERS]

    def printed(self) -> list[Task]:
        """The files of excerpts, then those of the whole book, as tasks of their own."""
        asked = [step for step in PRINTED if step in self.steps]
        parts = ([step for step in asked if bool(PRINTED[step]) is of] for of in (True, False))
        return [Task(self.edition, steps, {}) for steps in parts if steps]


def _stamps(edition: Edition) -> dict[str, str]:
    printing = {name: _of_theme(*files) for name, files in TEMPLATES.items()}
    apart = [*site.static(), *set().union(*printing.values())]
    paths = [project.path(name) for name in _PAGE_INPUTS]
    paths += [*digest.libraries(), project.path("locales", edition.language)]
    files = digest.of_files(paths, without=apart)
    published = str(project.current().book.published())
    page = digest.of_texts(files, published, edition.language, site_url())
    return {
        "html": page,
        "static": digest.of_files(site.static()),
        "single": page,
        **{step: digest.of_texts(page, digest.of_files(printing[step])) for step in PRINTED},
    }


def _of_theme(*names: str) -> set[Path]:
    """Files of the theme by name, the compendium's own and the engine's."""
    return {folder / name for folder in (project.path("theme"), project.PACKAGE / "theme")
            for name in names}  # fmt: skip


def _and(stamp: str, inputs: dict[str, str]) -> str:
    """A step's stamp with what the chapters read besides, by path and digest."""
    return digest.of_texts(stamp, json.dumps(inputs, sort_keys=True))


def _stamp_file(edition: Edition, step: str) -> Path:
    return edition.output / f"{step}.sha256"


def _is_current(edition: Edition, step: str, stamp: str) -> bool:
    file = _stamp_file(edition, step)
    return file.is_file() and file.read_text() == stamp


def _assemble(tasks: list[Task], log: Log) -> None:
    started = time.monotonic()
    built = [task for task in tasks if task.edition.html.is_dir()]
    last = site.folder()
    kept = [
        task.edition
        for task in built
        if "html" not in task.steps and (last / task.edition.language).is_dir()
    ]
    site.assemble([task.edition for task in built if task.edition not in kept], kept)
    log(_("site: assembled in {seconds} s").format(seconds=_since(started)))


def _count_untranslated(wanted: list[Edition], log: Log, release: bool) -> None:
    from compendium.edition import catalogs

    languages = {edition.language for edition in wanted}
    for code in [code for code in catalogs.translated() if code in languages]:
        found = catalogs.told(code)
        if not found:
            continue
        told = ngettext(
            "%d message without a translation", "%d messages without a translation", len(found)
        )
        told = _("{messages}, the first: {first}").format(
            messages=told % len(found), first=found[0]
        )
        line = f"{code}  {told}"
        if release:
            raise CompendiumError(line, remedy=_("`compendium catalogs --check` names all."))
        log(line)


def _server(todo: list[Task]) -> ForkServerContext | None:
    """A server that imports everything and forks processes; None where the work is done here.

    The server takes as long to start as a chapter does to run. It pays where chapters run or
    several editions are built, not for a sentence changed in one of them.
    """
    from compendium.edition import kernel

    values = parameters.scenario()
    if len(todo) > 1 or any(Execution.of(t.edition.language, values).is_due() for t in todo):
        return kernel.server()
    return None


def _run(todo: list[Task], context: ForkServerContext | None, log: Log) -> None:
    from compendium.edition import kernel

    values = parameters.scenario()
    # First come, first printed: so there is work for two cores until the end.
    printing = ThreadPoolExecutor(max_workers=PRINTING)

    def run(task: Task) -> None:
        from compendium.edition import source

        edition = task.edition
        source.write(edition, Execution.of(edition.language, values).run(log))
        if context is None:
            _pages(task, log)
            _print(task, log)
            return
        # Each has a process of its own: none gives its memory back before it ends.
        kernel.apart(_pages, task, say=log)
        for part in task.printed():
            printing.submit(project.carried(kernel.apart), _print, part, say=log).result()

    if context is None:
        for task in todo:
            run(task)
        return
    try:
        with printing, ThreadPoolExecutor(max_workers=len(todo) or 1) as pool:
            try:
                for done in as_completed([pool.submit(project.carried(run), t) for t in todo]):
                    done.result()
            except BaseException:
                printing.shutdown(wait=False, cancel_futures=True)
                kernel.stop()
                raise
    finally:
        kernel.resume()


def _pages(task: Task, log: Log) -> None:
    """The pages of an edition, and its single page."""
    from compendium.edition import sphinx_build

    for builder in task.builders:
        started = time.monotonic()
        sphinx_build.build(task.edition, (builder,))
        told = _("{step}: {seconds} s").format(step=builder, seconds=_since(started))
        log(f"{task.edition.language}  {told}")


def _print(task: Task, log: Log) -> None:
    """The files to take away that are asked for, from the edition's single page."""
    if not set(PRINTED) & set(task.steps):
        return
    from compendium.edition import ebook, pdf
    from compendium.edition.pdf_edition import of_edition

    edition = task.edition
    words = of_edition(edition)
    for step in (step for step in PRINTED if step in task.steps):
        started = time.monotonic()
        with language.speaking(edition.language):
            said = excerpts.told(PRINTED[step]) if PRINTED[step] else None
        target = edition.file(step)
        if step == "epub":
            ebook.build_epub(edition.single, target, words)
        elif said is None:
            pdf.build_pdf(edition.single, target, words)
        elif step == "docx":
            ebook.build_docx(edition.single, target, words, said)
        else:
            pdf.build_excerpt(edition.single, target, words, said)
        told = _("{step}: {seconds} s").format(step=target.name, seconds=_since(started))
        log(f"{edition.language}  {told}")


def _since(started: float) -> str:
    return number(time.monotonic() - started, 1)
