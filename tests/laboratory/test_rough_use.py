"""The laboratory under a large file, broken ones, a reload, and on a phone in Kazakh."""

from __future__ import annotations

import csv
from itertools import count
from zipfile import ZipFile

import pytest

from tests.laboratory.conftest import write, written
from tests.laboratory.test_export_desk import NASTY, ask

HEAD = ("Authors", "Title", "Year", "Source title", "DOI", "Abstract", "EID")
LARGE = 50_000_000
SENTENCE = "Firms and universities share what they know, and both have something to lose by it. "


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """An export of 50 MB, and how many records it holds."""
    file, records = tmp_path_factory.mktemp("large") / "large.csv", 0
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(HEAD)
        for at in count():
            if stream.tell() > LARGE:
                break
            rows.writerow((f"Author{at}, A.", f"Publication {at} of a large export", 2000 + at % 25,
                           "Journal", f"10.5555/{at}", SENTENCE * 24, f"2-s2.0-{at}"))  # fmt: skip
            records += 1
    return file, records


def drop(page, *files):
    page.locator("#laboratory-file").set_input_files(files)


def nasty(folder):
    file = folder / "nasty.csv"
    file.write_text(NASTY, encoding="utf-8")
    return file


def begin(page, file, stop_at=""):
    """Drop a large file and return while it is read; `window.told` keeps what the page says.

    What it says in passing is asked of its observer, which presses Stop too where that is wished:
    a busy machine may look too late.
    """
    page.evaluate("""stopAt => { window.told = [];
      const [busy, stop] = [".busy", ".busy + .tools button"].map(
        part => document.querySelector(`[data-kind="export"] ${part}`));
      window.begun = new Promise((tell) => new MutationObserver((changes, observer) => {
        window.told.push(busy.textContent);
        if (busy.textContent === stopAt) stop.click();
        if (busy.textContent.startsWith("Stopped.")) observer.disconnect();
        if (busy.textContent === "Records: 2000") tell();
      }).observe(busy, {childList: true})); }""", stop_at)  # fmt: skip
    drop(page, file)
    if not stop_at:
        page.evaluate("window.begun")


@pytest.mark.parametrize("moment", ["Working…", "Records: 2000"])
def test_reading_stops_at_any_moment_and_another_file_can_be_read(
    started, large, tmp_path, moment
):
    page = started
    begin(page, large[0], stop_at=moment)
    page.locator('[data-kind="export"] .busy').get_by_text("Stopped.").wait_for()
    assert page.get_by_role("button", name="Stop").count() == 0
    assert not [said for said in page.evaluate("window.told") if "4000" in said]
    drop(page, nasty(tmp_path))
    page.get_by_text("Entries: 3; records: 2; refused: 1").wait_for()


def test_a_file_of_50_mb_is_read_whole_while_the_page_stays_usable(started, large):
    page, (file, records) = started, large
    begin(page, file)
    page.locator(".cm-content").fill("TITLE(large)")
    assert written(page) == "TITLE(large)"
    page.get_by_text(f"Entries: {records}; records: {records}; refused: 0").wait_for()
    assert [said for said in page.evaluate("window.told") if said.startswith("Records: ")] == [
        f"Records: {n}" for n in range(2_000, records, 2_000)
    ]


@pytest.mark.parametrize("name", ["a.xlsx", "a.zip", "a.ris", "a.csv", "a.json", "a.xml", "a"])
@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\xff\xfe" * 50, b"PK\x03\x04half"])
def test_a_broken_file_is_named_and_the_next_one_is_read(started, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    told = ask(started, "export", tmp_path / name)
    found = 0 if isinstance(told, str) else sum(file["out"] for file in told["files"])
    said = [told] if isinstance(told, str) else [
        *told["failed"], *(note["note"] for file in told["files"] for note in file["notes"]),
        *(entry["reason"] for file in told["files"] for entry in file["refused"]),
    ]  # fmt: skip
    assert not found and said and "Traceback" not in " ".join(said)
    assert ask(started, "export", nasty(tmp_path))["files"][0]["out"] == 2


def test_one_broken_file_of_two_leaves_the_other(started, tmp_path):
    (tmp_path / "half.zip").write_bytes(b"PK\x03\x04half")
    drop(started, tmp_path / "half.zip", nasty(tmp_path))
    started.get_by_text("Entries: 3; records: 2; refused: 1").wait_for()
    assert "half.zip" in started.locator(".answers .failed").inner_text()


def test_two_files_of_one_name_are_both_read(started, tmp_path):
    with ZipFile(tmp_path / "both.zip", "w") as both:
        both.write(nasty(tmp_path), "one/nasty.csv")
        both.write(nasty(tmp_path), "two/nasty.csv")
    drop(started, tmp_path / "both.zip")
    started.get_by_text("Records: 4", exact=True).wait_for()


def test_a_reload_in_the_middle_begins_anew_with_the_query_and_what_the_browser_keeps(
    started, large, tmp_path
):
    page = started
    write(page, "TITLE(large)")
    begin(page, large[0])
    page.asked.clear()
    page.reload()
    page.locator(".opening button:visible").first.wait_for()
    assert written(page) == "TITLE(large)"
    assert page.locator("#laboratory-file").is_disabled()
    page.locator(".opening button:visible").first.click()
    page.reload()  # while Python comes
    page.locator(".opening button:visible").first.click()
    page.locator(".answers details").first.wait_for()
    # What comes after the start, such as books of sheets, may have been cut off by the reload.
    assert not [url for url in page.asked
                if (".wasm" in url or ".whl" in url) and "/books/" not in url]  # fmt: skip
    drop(page, nasty(tmp_path))
    page.get_by_text("Entries: 3; records: 2; refused: 1").wait_for()


def test_on_a_phone_in_kazakh_nothing_is_wider_than_the_screen(opened, tmp_path):
    long = "Ұ" * 400
    (tmp_path / f"{long[:80]}.csv").write_text(NASTY.replace("<img", long), encoding="utf-8")
    page = opened("kk", viewport={"width": 390, "height": 844})
    drop(page, tmp_path / f"{long[:80]}.csv")
    export = page.locator('[data-kind="export"]')
    export.locator("form").wait_for()
    words = page.evaluate("""() => JSON.parse(document.querySelector(
      '[data-kind="export"] script').textContent).words""")
    write(page, "TITLE(onerror)")
    export.get_by_role("button", name=words["find"]).click()
    export.get_by_role("button", name=words["find"]).wait_for(state="detached")
    for step, shown in (("run", ".hits"), ("flow", ".flow svg")):
        export.get_by_role("button", name=words[step]).click()
        export.locator(shown).last.wait_for()
    for part in export.locator("details").all():
        part.evaluate("part => { part.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = [button.inner_text() for button in export.locator("button:visible").all()
             if button.bounding_box()["height"] < 36]  # fmt: skip
    assert small == []
    assert page.messages == []
