"""A site with nothing but the laboratory, and a browser in which it was started."""

from __future__ import annotations

import shutil
import threading

import pytest

from compendium import data, project
from compendium.edition.page import EARLY, policy
from compendium.edition.serve import server
from compendium.laboratory import runtime
from compendium.laboratory.desk import ExportDesk, QueryDesk
from compendium.language import LANGUAGES, speaking
from compendium.screening import protocol
from review.search import known_items
from review.search.occurrences import Facts
from tests.conftest import STRICT, chromium


def desk() -> QueryDesk:
    works = known_items.expected(data.table("empirical"), data.table("reviews"))
    facts = Facts.of(
        data.table("sources"), data.table("term_occurrences"), data.table("source_metadata")
    )
    return QueryDesk.of(data.document("queries"), works, facts, "rules.html")


def export_desk() -> ExportDesk:
    return ExportDesk(protocol.criteria(protocol.DEFAULT))


def write(page, query: str) -> None:
    """Put a query into the editor, in the place of what it holds, as a paste does."""
    page.locator(".cm-content").fill(query)
    answered(page)


def answered(page) -> None:
    """Wait until what is shown below the editor is about what it holds."""
    page.locator('[data-kind="query"] .answers[aria-busy="false"]').wait_for(state="attached")


def written(page) -> str:
    """What the editor holds; of a long text the part that is in sight."""
    page.locator(".cm-content").wait_for()
    return "\n".join(page.locator(".cm-line").all_text_contents())


def page_of(code: str) -> str:
    """The page as the theme heads it: its policy, its style, its script, and the desk."""
    with speaking(code):
        shown = desk()._repr_html_() + export_desk()._repr_html_()
    return (
        f'<!doctype html><html lang="{code}" data-content_root="./"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
        f'<meta name="viewport" content="width=device-width"><script>{EARLY}</script>'
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="../compendium.css">'
        '<script src="../laboratory.js" defer></script></head>'
        f'<body><nav class="languages"><a href="../kk/laboratory.html">KZ</a></nav>'
        f'<main><section id="laboratory-query">{shown}</section></main></body></html>'
    )


@pytest.fixture(scope="session")
def lab_site(tmp_path_factory):
    """A site with the page in every language; skips where npm cannot fetch Python for browsers."""
    said: list[str] = []
    project.path("_build").mkdir(exist_ok=True)
    if runtime.fetch(said.append) is None:
        if STRICT:
            pytest.fail(said[0])
        pytest.skip(said[0])
    folder = tmp_path_factory.mktemp("site")
    runtime.write(folder / runtime.FOLDER)
    for name in ("laboratory.js", "compendium.css"):
        (folder / name).write_bytes(project.theme("compendium", "static", name).read_bytes())
    shutil.copytree(project.theme("compendium", "static", "fonts"), folder / "fonts")
    for code in LANGUAGES:
        (folder / code).mkdir()
        (folder / code / "laboratory.html").write_text(page_of(code), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def address(lab_site):
    with server(lab_site, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture(scope="package")
def browser():
    """Chromium, for all of the laboratory: what is started in a page is started once."""
    with chromium() as running:
        yield running


def open_page(browser, address, code="en", anchor="", started=True, **options):
    """The page in a language, at a place, in a browser of its own."""
    context = browser.new_context(**{"viewport": {"width": 1000, "height": 900}, **options})
    page = context.new_page()
    page.messages, page.asked = [], []
    page.on("console", lambda message: page.messages.append(message.text))
    page.on("pageerror", lambda error: page.messages.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(f"{address}/{code}/laboratory.html{anchor}")
    page.locator(".opening button:visible").first.wait_for()
    page.locator(".cm-content").wait_for()
    if started:
        start(page)
    return page


def start(page) -> None:
    """Let Python come, and wait for its first answer."""
    page.locator(".opening button:visible").first.click()
    page.locator(".answers details").first.wait_for()


@pytest.fixture
def opened(browser, address):
    """Open pages of one's own, which are closed with the test."""
    pages = []

    def opening(*given, **options):
        pages.append(open_page(browser, address, *given, **options))
        return pages[-1]

    yield opening
    for page in pages:
        page.context.close()


@pytest.fixture(scope="package")
def running(browser, address):
    """A page in English, started once: that takes longer than all that is asked of it."""
    return open_page(browser, address)


@pytest.fixture
def started(running):
    """The running page; whatever a test did, it is online and has said nothing amiss.

    What it answered the last test is taken away, lest this one takes it for its own.
    """
    for answers in running.locator(".answers").all():
        answers.evaluate("answers => answers.replaceChildren()")
    yield running
    running.context.set_offline(False)
    assert running.messages == []
