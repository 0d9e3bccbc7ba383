"""The book kept up to date while an author writes: a file is saved, and the open page shows it.

One language is made at once, the others after it, and the search index last. Sphinx and what the
chapters need stay loaded; where the code itself changes, the program begins anew.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path

from compendium import digest, project
from compendium.edition import catalogs, chapters, kernel, parameters, search_index, site, source
from compendium.edition.build import build
from compendium.edition.edition import Edition, editions
from compendium.edition.execute import Execution
from compendium.edition.serve import Handler, server
from compendium.errors import CompendiumError
from compendium.language import _, number

Log = Callable[[str], None]
PAUSE = 0.2
"""Seconds between two looks at the files."""
QUIET = 2.0
"""Seconds without a change after which the search index is made."""
CHANGES, SCRIPT = "/changes", "/changes.js"
RELOAD = f"new EventSource('{CHANGES}').onmessage = () => location.reload()\n".encode()
_SEEN = ("_config.yml", "_toc.yml", "book.yml", "parameters.yml", "CITATION.cff", "chapters",
         "data", "locales", "theme")  # fmt: skip


class Watched:
    """What the pages wait for: a count of changes, and a bell."""

    def __init__(self) -> None:
        self.count = 0
        self.bell = threading.Condition()

    def ring(self) -> None:
        """Tell every open page that there is something new."""
        with self.bell:
            self.count += 1
            self.bell.notify_all()

    def wait(self, count: int, seconds: float) -> int:
        """Wait until the count is another; the count then, or the same after that time."""
        with self.bell:
            self.bell.wait_for(lambda: self.count != count, seconds)
            return self.count


class LiveHandler(Handler):
    """The site's files; a page loads itself again when a file of the book was saved."""

    def __init__(self, *given, watched: Watched, **named):
        self.watched = watched
        super().__init__(*given, **named)

    def do_GET(self):
        """Answer; `CHANGES` is a stream with a line for each change."""
        if self.path not in (CHANGES, SCRIPT):
            return super().do_GET()
        self.send_response(HTTPStatus.OK)
        kind = "text/event-stream" if self.path == CHANGES else "text/javascript"
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.path == SCRIPT:
            self.wfile.write(RELOAD)
            return None
        count = self.watched.count
        while True:
            now = self.watched.wait(count, 15)
            self.wfile.write(b"data: new\n\n" if now != count else b": still here\n\n")
            self.wfile.flush()
            count = now

    def told(self, file: Path) -> bytes:
        """The file's content; a page's with the script that waits for changes."""
        body = super().told(file)
        is_page = file.suffix == ".html"
        return body + f'<script src="{SCRIPT}"></script>'.encode() if is_page else body


def serving(folder: Path, watched: Watched, port: int) -> ThreadingHTTPServer:
    """A server of the folder, at work in a thread, whose pages load themselves again."""
    served = server(folder, port, partial(LiveHandler, watched=watched))
    threading.Thread(target=served.serve_forever, daemon=True).start()
    return served


def watch(log: Log, *, only: str | None, port: int) -> None:
    """Build the pages, serve them, and renew them whenever a file is saved, until Ctrl-C.

    Parameters
    ----------
    log : callable
        Told what is done, a line at a time.
    only : str, optional
        Code of the language that is made first; the book's first one otherwise.
    port : int
        0 takes a free one.

    Raises
    ------
    CompendiumError
        If the book cannot be built to begin with. A later error is told, and the watch goes on.
    """
    everyone = editions()
    first = Edition(only) if only else everyone[0]
    build(log, pdf=False)
    watched = Watched()
    served = serving(site.folder(), watched, port)
    log(_("{address} (Ctrl-C stops it)").format(
        address=f"http://127.0.0.1:{served.server_port}/{first.language}/"
    ))  # fmt: skip
    order = [first, *(edition for edition in everyone if edition != first)]
    try:
        Loop(log, order, watched, served.server_port).run()
    finally:
        kernel.stop()


class Loop:
    """The look at the files, again and again."""

    def __init__(self, log: Log, order: list[Edition], watched: Watched, port: int):
        self.log, self.order, self.watched, self.port = log, order, watched, port
        self.times = _times()
        self.waiting: list[Edition] = []
        self.unindexed: set[Edition] = set()
        self.written: set[str] = set()
        self.changed_at = time.monotonic()

    def run(self) -> None:
        """Until Ctrl-C."""
        while True:
            self.step()
            time.sleep(PAUSE)

    def step(self) -> None:
        """Make what a change calls for, one edition at most."""
        now = _times()
        changed = {file for file, _time in set(now.items()) ^ set(self.times.items())}
        if any(file.suffix == ".py" for file in changed):
            self.log(_("The code has changed: beginning anew."))
            again = [sys.executable, "-m", "compendium.cli", "watch", "--port", str(self.port),
                     "--edition", self.order[0].language]  # fmt: skip
            os.execv(sys.executable, again)
        if changed:
            self.times, self.changed_at = now, time.monotonic()
            self.waiting = self._concerned(changed)
            self.written = {file.stem for file in changed if file.suffix == ".ipynb"}
        if self.waiting:
            edition = self.waiting.pop(0)
            self._told(edition, self._renew)
        elif self.unindexed and time.monotonic() - self.changed_at > QUIET:
            edition = self.unindexed.pop()
            self._told(edition, _index)

    def _concerned(self, changed: set[Path]) -> list[Edition]:
        """The editions that a change of these files concerns: a catalog's is one language's."""
        locales = project.path("locales")
        codes = {
            file.relative_to(locales).parts[0] if file.is_relative_to(locales) else ""
            for file in changed
        }
        return [e for e in self.order if "" in codes or e.language in codes or e in self.waiting]

    def _told(self, edition: Edition, make: Callable[[Edition], None]) -> None:
        try:
            make(edition)
        except CompendiumError as error:
            self.log(f"{edition.language}  {error}")

    def _renew(self, edition: Edition) -> None:
        started = time.monotonic()
        pages = renew(edition, self.log)
        self.watched.ring()
        if pages:
            self.unindexed.add(edition)
        seconds = number(time.monotonic() - started, 1)
        self.log(_("{language}  {pages}: {seconds} s").format(
            language=edition.language, seconds=seconds,
            pages=", ".join(page.name for page in pages) or _("no page has changed"),
        ))  # fmt: skip
        if edition.language in catalogs.translated():
            for name in sorted(self.written & set(chapters.names())):
                for finding in catalogs.findings(edition.language, name):
                    self.log(f"{edition.language}  {finding}")


def renew(edition: Edition, log: Log) -> list[Path]:
    """Bring an edition's pages up to date in the published folder.

    Returns
    -------
    list of Path
        The pages that are new or have changed.
    """
    from compendium.edition import sphinx_build

    source.write(edition, Execution.of(edition.language, parameters.scenario()).run(log))
    sphinx_build.build(edition, ("html",))
    site.restyle(edition)
    return site.publish_pages(edition)


def _index(edition: Edition) -> None:
    search_index.write(site.folder() / edition.language, edition.language)


def _times() -> dict[Path, int]:
    """When each file that a page is made of was last written; the code's are among them."""
    libraries = digest.libraries()
    code = [file for package in libraries for file in package.rglob("*.py")]
    words = [package / "locales" for package in libraries]
    own = [project.path(name) for name in _SEEN]
    found: dict[Path, int] = {}
    for file in digest.files([*own, project.PACKAGE / "theme", *words, *code]):
        try:
            found[file] = file.stat().st_mtime_ns
        except OSError:  # gone between two looks, as an editor's draft is
            continue
    return found
