"""A saved file is shown: the pages that it changes are made anew, one language first."""

from __future__ import annotations

import threading
import urllib.request

import nbformat
import pytest

from compendium.edition import site, watch
from compendium.edition.edition import Edition


@pytest.fixture
def two_chapters(pristine, monkeypatch):
    """The small book, built in English and Kazakh."""
    place = pristine("en", "kk")
    monkeypatch.setenv("COMPENDIUM_ROOT", str(place))
    return place


@pytest.fixture
def loop(two_chapters):
    """The look at the files of a small book in English and Kazakh; what is said is in `said`."""
    said = []
    loop = watch.Loop(said.append, [Edition("en"), Edition("kk")], watch.Watched(), 0)
    loop.said = said
    return loop


def retitle(root, title):
    file = root / "chapters" / "1-first.ipynb"
    changed = nbformat.read(file, as_version=4)
    changed.cells[0].source = f"# {title}"
    nbformat.write(changed, file)


def shown(code):
    return (site.folder() / code / "1-first.html").read_text("utf-8")


def test_a_saved_sentence_is_shown_in_one_language_first_and_its_new_message_is_named(
    loop, two_chapters
):
    loop.step()
    assert loop.said == [] and loop.watched.count == 0, "nothing was saved"
    retitle(two_chapters, "A better title")
    loop.step()
    assert "A better title" in shown("en") and "A better title" not in shown("kk")
    assert loop.watched.count == 1
    loop.step()
    assert "A better title" in shown("kk") and loop.watched.count == 2
    assert any(line.startswith("kk  ") and "A better title" in line for line in loop.said)


def test_a_saved_catalog_makes_its_own_language_anew(loop, two_chapters):
    (two_chapters / "locales" / "kk" / "1-first.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "# A chapter"\nmsgstr "# Тарау"\n',
        "utf-8",
    )
    loop.step()
    assert "Тарау" in shown("kk")
    assert [line[:2] for line in loop.said] == ["kk"]


def test_an_error_is_told_and_the_watch_goes_on(loop, two_chapters):
    before = shown("en")
    retitle(two_chapters, "A chapter\n\n{ref}`nowhere`")
    loop.step()
    assert shown("en") == before
    assert any("undefined label: 'nowhere'" in line for line in loop.said)
    retitle(two_chapters, "Mended")
    loop.step()
    assert "Mended" in shown("en")


def test_a_changed_style_is_shown_and_changes_no_page(loop, two_chapters):
    before = shown("en")
    own = two_chapters / "theme" / "compendium" / "static" / "compendium.css"
    own.parent.mkdir(parents=True)
    own.write_text("/* own colours */", "utf-8")
    loop.step()
    style = site.folder() / "en" / "_static" / "compendium.css"
    assert style.read_text("utf-8") == "/* own colours */"
    assert shown("en") == before


def test_an_open_page_is_told_of_a_change(loop):
    served = watch.serving(site.folder(), loop.watched, 0)
    try:
        at = f"http://127.0.0.1:{served.server_port}"
        page = urllib.request.Request(f"{at}/en/index.html")
        assert b"/changes.js" in urllib.request.urlopen(page).read()
        assert b"EventSource" in urllib.request.urlopen(f"{at}/changes.js").read()
        with urllib.request.urlopen(f"{at}/changes") as stream:
            threading.Timer(0.1, loop.watched.ring).start()
            assert stream.readline() == b"data: new\n"
    finally:
        served.shutdown()
        served.server_close()
