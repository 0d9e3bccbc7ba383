"""The book without a network: kept when the reader asks, whole, and never older than the site."""

from __future__ import annotations

import os
import shutil
import threading

import pytest

from compendium import project
from compendium.edition import offline
from compendium.edition.page import EARLY, policy
from compendium.edition.serve import server
from compendium.laboratory import runtime
from compendium.laboratory.desk import OfflineButton
from tests.laboratory.conftest import page_of

BUILT = 1_700_000_000
WORKERS = "navigator.serviceWorker.getRegistrations().then(all => all.length)"


def page(body: str) -> str:
    return (
        '<!doctype html><html lang="en" data-content_root="./"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}"><script>{EARLY}</script>'
        '<link rel="icon" href="data:,"><script src="_static/offline.js" defer></script></head>'
        f"<body><main>{body}</main></body></html>"
    )


def built(folder, chapter: str, seconds: int = 0) -> dict:
    """A small book with the laboratory, and what is listed of it.

    A server tells the age of a file by whole seconds; a later build is as much later.
    """
    english = folder / "en"
    for name in ("en/_static", "en/downloads", "ru"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    script = project.theme("compendium", "static", "offline.js")
    (english / "_static" / "offline.js").write_bytes(script.read_bytes())
    (english / "index.html").write_text(page(OfflineButton()._repr_html_()), encoding="utf-8")
    (english / "chapter.html").write_text(page(chapter), encoding="utf-8")
    (english / "laboratory.html").write_text(page_of("en"), encoding="utf-8")
    (english / "book.pdf").write_bytes(b"%PDF")
    (english / "downloads" / "data.csv").write_text("a\n")
    (folder / "ru" / "index.html").write_text(page("Глава"), encoding="utf-8")
    for file in english.iterdir():
        os.utime(file, (BUILT + seconds, BUILT + seconds))
    return offline.write(folder)


@pytest.fixture
def book(lab_site, tmp_path):
    """A book in a folder of a site, with the laboratory's own files."""
    folder = tmp_path / "somewhere" / "book"
    shutil.copytree(lab_site / runtime.FOLDER, folder / runtime.FOLDER)
    for name in ("laboratory.js", "compendium.css"):
        shutil.copy2(lab_site / name, folder)
    built(folder, "The first build")
    return folder


@pytest.fixture
def reader(book, browser):
    """A page of the book in a browser of its own, and the folder that it comes from."""
    with server(book.parents[1], 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        context = browser.new_context()
        opened = context.new_page()
        opened.home = f"http://127.0.0.1:{running.server_port}/somewhere/book"
        opened.goto(f"{opened.home}/en/")
        opened.get_by_role("button", name="Read the whole book offline").wait_for()
        yield opened
        context.close()
        running.shutdown()


def keep(reader):
    reader.get_by_role("button", name="Read the whole book offline").click()
    reader.get_by_text("is kept in your browser").wait_for()



def test_the_list_holds_what_is_read_and_its_size(tmp_path):
    told = built(tmp_path, "A chapter")
    assert set(told["files"]) == {
        "en/_static/offline.js", "en/chapter.html", "en/index.html", "en/laboratory.html",
        "ru/index.html",
    }  # fmt: skip
    size = {path: (tmp_path / path).stat().st_size for path in told["files"]}
    assert told["sizes"]["ru"] == size["ru/index.html"]
    assert told["sizes"]["en"] == sum(size.values()) - told["sizes"]["ru"]
    assert built(tmp_path, "A chapter") == told
    assert built(tmp_path, "Another chapter")["version"] != told["version"]


def test_nothing_is_kept_before_the_reader_asks(reader):
    assert reader.evaluate("caches.keys()") == []
    assert reader.evaluate(WORKERS) == 0


def test_another_chapter_opens_without_a_network_and_so_does_the_laboratory(reader, book):
    size = offline.write(book)["sizes"]["en"] / 1e6
    said = reader.get_by_role("button", name="Read the whole book offline").inner_text()
    assert said == f"Read the whole book offline: {size:.1f} MB"
    keep(reader)
    reader.context.set_offline(True)
    reader.goto(f"{reader.home}/en/chapter.html#part")
    assert "The first build" in reader.locator("main").inner_text()
    reader.goto(f"{reader.home}/en/laboratory.html")
    reader.locator(".opening button:visible").first.click()
    reader.locator(".answers details").first.wait_for()


def test_with_a_network_a_reader_sees_the_new_build_and_keeps_it(reader, book):
    keep(reader)
    before = offline.write(book)["version"]
    beside = "book-/somewhere/v1/-0123-en"  # another version of the book, in another folder
    reader.evaluate("name => caches.open(name)", beside)
    told = built(book, "The second build", seconds=60)
    reader.goto(f"{reader.home}/en/chapter.html")
    assert "The second build" in reader.locator("main").inner_text()
    reader.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
    reader.evaluate(
        """async (before) => {
          while (await caches.has(before)) await new Promise(again => setTimeout(again, 50)); }""",
        f"book-/somewhere/book/-{before}-en",
    )
    kept = [name for name in reader.evaluate("caches.keys()") if name.startswith("book-")]
    assert sorted(kept) == [f"book-/somewhere/book/-{told['version']}-en", beside]
    reader.context.set_offline(True)
    reader.goto(f"{reader.home}/en/chapter.html")
    assert "The second build" in reader.locator("main").inner_text()


def test_a_file_that_is_not_of_this_build_is_not_kept_and_the_reader_is_told(reader, book):
    (book / "en" / "chapter.html").write_text(page("Half of the next build"), encoding="utf-8")
    reader.get_by_role("button", name="Read the whole book offline").click()
    reader.get_by_text("It could not be kept: en/chapter.html").wait_for()
    assert not [name for name in reader.evaluate("caches.keys()") if name.startswith("book-")]


def test_what_was_kept_can_be_let_go(reader):
    keep(reader)
    reader.get_by_role("button", name="Delete it from this browser").click()
    reader.get_by_role("button", name="Read the whole book offline").wait_for()
    assert not [name for name in reader.evaluate("caches.keys()") if name.startswith("book-")]
    assert reader.evaluate(WORKERS) == 0
