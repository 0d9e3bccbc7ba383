"""The build: only what changed, and the last good site stays whatever happens."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import nbformat
import pytest

from compendium import project
from compendium.edition import build as building
from compendium.edition.build import PRINTED, Task, build
from compendium.edition.edition import editions
from compendium.errors import CompendiumError


def quiet(line: str) -> None:
    """Say nothing."""


def rewrite(file, change) -> None:
    """Change a notebook's cells."""
    notebook = nbformat.read(file, as_version=4)
    change(notebook.cells)
    nbformat.write(notebook, file)


def page(root, name="1-first", code="en") -> str:
    return (root / "_build" / "site" / code / f"{name}.html").read_text("utf-8")


def test_a_build_that_changes_nothing_does_nothing(built, monkeypatch):
    monkeypatch.setattr(building, "_run", None)
    assert build(quiet, only="en", pdf=False).rebuilt == []


def test_a_changed_sentence_starts_no_kernel(built):
    rewrite(built / "chapters" / "1-first.ipynb", lambda cells: cells[0].update(source="# Better"))
    said = []
    build(said.append, only="en", pdf=False)
    assert "Better" in page(built)
    assert not [line for line in said if "executed" in line]


def test_a_changed_print_template_makes_the_pdf_alone(built, monkeypatch):
    build(quiet, only="en")
    site = built / "_build" / "site" / "en"
    (pdf,) = site.glob("*.pdf")
    printed = pdf.read_bytes()
    template = built / "theme" / "book.typ"
    template.parent.mkdir()
    ours = project.PACKAGE / "theme" / "book.typ"
    template.write_text(ours.read_text("utf-8").replace("top: 27mm", "top: 40mm"), "utf-8")
    monkeypatch.setattr("compendium.edition.search_index.write", None)
    monkeypatch.setattr("compendium.edition.pdf.pypandoc", None)
    monkeypatch.setattr(building, "_run", None)
    assert build(quiet, only="en").rebuilt == [], "a template is no page"
    build(quiet, only="en", renew=True)
    assert pdf.read_bytes() != printed
    assert (site / "pagefind").is_dir()


def test_files_that_are_older_than_the_pages_are_named_and_renewed_when_asked(built):
    build(quiet, only="en")
    (pdf,) = (built / "_build" / "site" / "en").glob("*.pdf")
    printed = pdf.read_bytes()
    rewrite(built / "chapters" / "1-first.ipynb", lambda cells: cells[0].update(source="# Better"))
    said = []
    build(said.append, only="en")
    assert "Better" in page(built) and pdf.read_bytes() == printed
    assert any("older than the pages" in line and pdf.name in line for line in said)
    build(said.append, only="en", renew=True)
    assert pdf.read_bytes() != printed
    said.clear()
    build(said.append, only="en")
    assert said == []


def test_a_changed_style_reaches_the_site_without_a_page_being_made(built, monkeypatch):
    before = page(built)
    own = built / "theme" / "compendium" / "static" / "compendium.css"
    own.parent.mkdir(parents=True)
    own.write_text("/* own colours */", "utf-8")
    monkeypatch.setattr(building, "_run", None)
    assert build(quiet, only="en", pdf=False).rebuilt
    assert page(built) == before
    style = built / "_build" / "site" / "en" / "_static" / "compendium.css"
    assert style.read_text("utf-8") == "/* own colours */"
    assert build(quiet, only="en", pdf=False).rebuilt == []


CHANGES = {
    "a sentence": ("chapters/1-first.ipynb", "# A chapter", "# A better chapter"),
    "a number": ("data/numbers.csv", "\n1", "\n7"),
    "a keyword": ("book.yml", "en: university–industry", "en: university and industry"),
    "a rule of the style": ("theme/compendium/static/compendium.css", "red", "blue"),
    "a print template": ("theme/book.typ", "top: 27mm", "top: 40mm"),
}


@pytest.fixture(scope="module")
def with_files(pristine, tmp_path_factory):
    """Put the small book in place with its files to take away, once it has all that may change."""
    kept = tmp_path_factory.mktemp("with-files") / "book"

    def put():
        place = pristine("en")
        if kept.is_dir():
            shutil.rmtree(place)
            return shutil.copytree(kept, place, symlinks=True)
        (place / "data" / "numbers.csv").write_text("n\n1\n", "utf-8")
        style = place / "theme" / "compendium" / "static"
        style.mkdir(parents=True)
        (style / "compendium.css").write_text("a {color: red}\n", "utf-8")
        shutil.copy(project.PACKAGE / "theme" / "book.typ", place / "theme")
        read = 'print((project.path("data") / "numbers.csv").read_text())'
        opened = "from compendium import project\n"
        rewrite(place / "chapters" / "1-first.ipynb", lambda cells: cells[-1].update(
            source=f'{opened}chapter.input("data/numbers.csv")\n{read}'))  # fmt: skip
        build(quiet, only="en", renew=True)
        shutil.copytree(place, kept, symlinks=True)
        return place

    return put


@pytest.mark.parametrize("changed", CHANGES)
def test_a_build_after_a_change_makes_the_site_that_a_build_from_nothing_makes(
    built, with_files, changed
):
    with_files()
    name, former, new = CHANGES[changed]
    before, file = made(built), built / name
    file.write_text(file.read_text("utf-8").replace(former, new), "utf-8")
    build(quiet, only="en", renew=True)
    after = made(built)
    assert before != after
    shutil.rmtree(built / "_build")
    build(quiet, only="en")
    assert made(built) == after


def test_a_new_address_of_the_site_renews_every_page(built, monkeypatch):
    monkeypatch.setenv("COMPENDIUM_SITE_URL", "https://example.org/")
    build(quiet, only="en", pdf=False)
    for name in ("1-first", "index"):
        assert 'href="https://example.org/en/' in page(built, name)


def made(root) -> dict[str, bytes]:
    site = root / "_build" / "site"
    return {str(file.relative_to(site)): file.read_bytes() for file in site.rglob("*")
            if file.is_file()}  # fmt: skip


def test_a_file_of_the_compendium_s_own_theme_takes_the_place_of_the_engine_s(built):
    own = built / "theme" / "compendium"
    (own / "static").mkdir(parents=True)
    (own / "static" / "compendium.css").write_text("/* own colours */", "utf-8")
    ours = (project.PACKAGE / "theme" / "compendium" / "404.html").read_text("utf-8")
    (own / "404.html").write_text(ours.replace("<h1>", "<!-- own page --><h1>"), "utf-8")
    build(quiet, only="en", pdf=False)
    site = built / "_build" / "site" / "en"
    styles = [file.read_text("utf-8") for file in site.rglob("compendium.css")]
    assert styles == ["/* own colours */"]
    assert "<!-- own page -->" in (site / "404.html").read_text("utf-8")


def test_a_changed_translation_rebuilds_its_own_edition_only(built):
    build(quiet, only="kk", pdf=False)
    (built / "locales" / "kk" / "1-first.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "# A chapter"\nmsgstr "# Тарау"\n',
        "utf-8",
    )
    assert build(quiet, only="en", pdf=False).rebuilt == []
    assert [edition.language for edition in build(quiet, only="kk", pdf=False).rebuilt] == ["kk"]
    assert "Тарау" in page(built, code="kk")


def test_a_failing_cell_leaves_the_last_site_untouched(built):
    before = page(built)
    rewrite(
        built / "chapters" / "1-first.ipynb",
        lambda cells: (cells[0].update(source="# New"), cells[-1].update(source="1 / 0")),
    )
    with pytest.raises(CompendiumError, match="ZeroDivisionError"):
        build(quiet, only="en", pdf=False)
    assert page(built) == before


def test_no_more_than_two_processes_print_at_a_time_excerpts_first(two_chapters, monkeypatch):
    now, most, order, lock = 0, [], [], threading.Lock()

    def apart(work, task, *, say):
        nonlocal now
        if work is not building._print:
            return
        with lock:
            now += 1
            most.append(now)
            order.append(task.steps)
        time.sleep(0.1)
        with lock:
            now -= 1

    monkeypatch.setattr("compendium.edition.kernel.apart", apart)
    monkeypatch.setattr("compendium.edition.source.write", lambda edition, notebooks: None)
    monkeypatch.setattr(building.Execution, "run", lambda self, log: {})
    todo = [Task(edition, ["html", "single", *PRINTED], {}) for edition in editions()]
    building._run(todo, object(), quiet)
    assert max(most) == building.PRINTING
    assert order == [["brief", "report", "docx"]] * 3 + [["epub", "pdf"]] * 3


def test_a_broken_link_stops_the_build_and_is_named(built):
    rewrite(
        built / "chapters" / "1-first.ipynb",
        lambda cells: cells[0].update(source="# A chapter\n\n{ref}`nowhere`"),
    )
    with pytest.raises(CompendiumError, match="undefined label: 'nowhere'"):
        build(quiet, only="en", pdf=False)


def test_a_lost_glue_key_stops_the_build_and_is_named(built):
    rewrite(
        built / "chapters" / "1-first.ipynb",
        lambda cells: cells[0].update(source="# A chapter\n\n{glue:text}`gone`"),
    )
    with pytest.raises(CompendiumError, match="gone"):
        build(quiet, only="en", pdf=False)


def test_missing_translations_are_named_and_a_release_refuses_them(built):
    said = []
    build(said.append, only="kk", pdf=False)
    assert any(re.match(r"kk  \d+ messages without a translation", line) for line in said)
    with pytest.raises(CompendiumError, match="without a translation"):
        build(quiet, only="kk", pdf=False, release=True)


def test_script_in_a_title_is_text_on_the_page(built):
    rewrite(
        built / "chapters" / "1-first.ipynb",
        lambda cells: cells[0].update(source="# A `<script>alert(1)</script>` chapter"),
    )
    build(quiet, only="en", pdf=False)
    assert "<script>alert" not in page(built)
    assert "&lt;script&gt;alert" in page(built)


def test_ctrl_c_leaves_the_last_site_and_no_process_behind(built, tmp_path):
    before, begun = page(built), tmp_path / "begun"
    sleep = f"import time\nopen({str(begun)!r}, 'w').close()\ntime.sleep(300)"
    rewrite(built / "chapters" / "1-first.ipynb", lambda cells: cells[-1].update(source=sleep))
    errors = tmp_path / "errors.txt"
    with errors.open("w") as stream:
        running = subprocess.Popen(
            [sys.executable, "-m", "compendium.cli", "build", "--edition", "en"],
            stdout=stream, stderr=stream, start_new_session=True,
            # A test run in the background hands down an ignored Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
    until(begun.exists)
    os.kill(running.pid, signal.SIGINT)
    assert running.wait(timeout=600) == 130
    assert "The last good site is untouched." in errors.read_text()
    assert page(built) == before
    until(lambda: not _alive(running.pid))


def until(true, seconds: float = 600) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.1)


def _alive(session: int) -> list[str]:
    listed = subprocess.run(["ps", "-o", "pid=,args=", "-s", str(session)],
                            capture_output=True, text=True).stdout
    return [line for line in listed.splitlines() if "defunct" not in line and line.strip()]
