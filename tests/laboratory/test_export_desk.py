"""An export in the page: counted as on the command line, inert, taken away, without a network."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from compendium import cli
from compendium.records import candidates, key_files, ledger, matching
from compendium.records.registry import read
from compendium.search import exports
from scopus_query.evaluate import evaluate
from scopus_query.parse import parse

QUERY = "TITLE-ABS-KEY(innovation AND collaborat*) AND PUBYEAR > 2012"
NASTY = (
    'Authors,Title,Year,Source title,DOI,EID\n"A, B.","<img src=x onerror=alert(1)>",2019,S,'
    '10.5555/1,2-s2.0-1\n"A, B.","=HYPERLINK(""http://x"")",2020,"<svg onload=alert(2)>",'
    "10.5555/2,2-s2.0-2\n,,,,,\n"
)


def ask(page, task, file: Path | None = None, **given):
    """What Python in the page says of a file, or of the one that it holds."""
    return json.loads(page.evaluate(
        """([task, given, name, text]) => {
          const bytes = name && Uint8Array.from(atob(text), sign => sign.charCodeAt(0)).buffer;
          const file = name && {name, bytes};
          return document.querySelector('.laboratory').ask(task, given, file ? {file} : {})
            .catch(error => error.message).then(JSON.stringify); }""",
        [task, {"lang": "en", **given, **({"file": file.name} if file else {})},
         file.name if file else None, _base64(file) if file else None],
    ))  # fmt: skip


def _base64(file: Path) -> str:
    import base64

    return base64.b64encode(file.read_bytes()).decode()


def commanded(*arguments) -> dict:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(io.StringIO()):
        cli.main([*map(str, arguments)])
    return json.loads(said.getvalue())


def without_names(account: dict) -> list[dict]:
    return [{key: value for key, value in file.items() if key != "file"}
            for file in account["files"]]  # fmt: skip


def beginning(file: Path, into: Path, size: int = 400_000) -> Path:
    """The first part of an export, cut where it happens to be."""
    part = into / file.name
    part.write_bytes(file.read_bytes()[:size])
    return part


@pytest.fixture
def page(started):
    started.locator("#laboratory-file").wait_for()
    return started


@pytest.mark.parametrize("name", ["scopus.csv", "scopus.ris", "wos.txt", "wos.ris"])
def test_an_export_is_counted_as_on_the_command_line(page, shared, tmp_path, name):
    file = beginning(shared / "corpora" / name, tmp_path)
    told = ask(page, "export", file)
    own = commanded("records", "read", file, "--json")
    assert without_names(told) == without_names(own)
    assert sum(f["out"] for f in told["files"]) > 20
    found = ask(page, "duplicates")
    counts = commanded("records", "dedup", file, "--json")
    assert {key: found[key] for key in counts} == counts


def test_broken_and_foreign_files_are_told_as_on_the_command_line(page, shared):
    files = sorted(file for file in (shared / "cases" / "exports").iterdir()
                   if file.is_file() and file.suffix not in (".xlsx", ".xls")
                   and "deep" not in file.stem)  # fmt: skip
    assert len(files) > 10
    differ = []
    for file in files:
        told, own = ask(page, "export", file), commanded("records", "read", file, "--json")
        if isinstance(told, str) or without_names(told) != without_names(own):
            differ.append((file.name, told if isinstance(told, str) else ""))
    assert differ == []


def test_the_query_finds_the_records_that_it_finds_outside_the_page(page, shared, tmp_path):
    file = beginning(shared / "corpora" / "scopus.csv", tmp_path, 200_000)
    ask(page, "export", file)
    told = ask(page, "hits", query=QUERY)
    tree = parse(QUERY)
    said = [evaluate(tree, exports.as_searched(record)) for record in ledger.records([file], [])]
    counts = [said.count(True), said.count(False), said.count(None)]
    assert [told["found"], told["missed"], told["unknown"]] == counts
    assert counts[0] > 0


def test_a_reader_drops_a_file_offline_and_takes_the_records_away(page, tmp_path):
    file = tmp_path / "nasty.csv"
    file.write_text(NASTY, encoding="utf-8")
    page.context.set_offline(True)
    page.locator("#laboratory-file").set_input_files(file)
    page.get_by_text("3 entries = 2 records + 1 refused").wait_for()
    page.locator("textarea").fill("TITLE(img*)")
    page.get_by_role("button", name="Ask the query above").click()
    page.get_by_text("Of 2 records the query finds 1; missed: 1, undecided: 0").wait_for()
    page.get_by_text("Records: 2").click()
    assert "<img src=x onerror=alert(1)>" in page.locator(".answers").last.inner_text()
    assert page.locator(".laboratory img, .laboratory svg").count() == 0
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as CSV").first.click()
    saved = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "'=HYPERLINK" in saved and ",=HYPERLINK" not in saved and '"=HYPERLINK' not in saved


def test_what_is_nested_deeper_than_a_browser_can_read_does_not_end_the_page(
    opened, shared, tmp_path
):
    page = opened()
    deep = shared / "cases" / "exports" / "json_deep.json"
    page.locator("#laboratory-file").set_input_files(deep)
    page.get_by_text("nested too deep").first.wait_for()
    (tmp_path / "nasty.csv").write_text(NASTY, encoding="utf-8")
    page.locator("#laboratory-file").set_input_files(tmp_path / "nasty.csv")
    page.get_by_text("3 entries = 2 records + 1 refused").wait_for()


def test_what_takes_long_tells_how_far_it_is_and_can_be_stopped(opened, shared):
    page = opened()
    page.locator("#laboratory-file").set_input_files(
        shared / "corpora" / "labelled" / "sra_respiratory.ris"
    )
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped. A file that was read").first.wait_for()
    assert page.get_by_role("button", name="Stop").count() == 0
    page.locator("#laboratory-file").set_input_files(
        shared / "corpora" / "labelled" / "sra_copper.ris"
    )
    page.get_by_text("Records: 505").wait_for()
    page.evaluate("""() => { window.told = []; new MutationObserver(() => {
      window.told.push(document.querySelectorAll('.busy')[1].textContent); })
      .observe(document.querySelectorAll('.busy')[1], {childList: true}); }""")
    page.get_by_role("button", name="Look for duplicates").click()
    page.get_by_text("505 records = ").wait_for()
    assert "Records: 400" in page.evaluate("window.told")


def test_a_workbook_is_read_with_what_is_loaded_for_it(opened, tmp_path):
    from openpyxl import Workbook

    book, file = Workbook(), tmp_path / "records.xlsx"
    book.active.append(["Title", "Authors", "Year", "EID"])
    book.active.append(["A title", "Lee, B.", 2019, "2-s2.0-1"])
    book.active.append(["=1+1", "Lee, B.", 2020, "2-s2.0-2"])
    book.save(file)
    page = opened()
    assert not [address for address in page.asked if "openpyxl" in address]
    page.context.set_offline(True)
    said = ask(page, "export", file)
    assert said == "This kind of file is not read in the page. Save the table as CSV."
    page.context.set_offline(False)
    told = ask(page, "export", file)
    own = commanded("records", "read", file, "--json")
    assert without_names(told) == without_names(own)
    assert told["files"][0]["out"] >= 1
    page.context.set_offline(True)
    assert ask(page, "export", file) == told


def test_without_numpy_the_same_pairs_are_compared(shared, tmp_path):
    _kind, _source, items = read(beginning(shared / "corpora" / "scopus.csv", tmp_path))
    lines = [matching.line(item) for item in items if hasattr(item, "title")]
    plain, packed = candidates.PlainKeys(), key_files.Keys()
    for at, line in enumerate(lines * 9):  # more of one key than are all paired
        plain.add(at, line)
        packed.add(at, line)
    assert [list(pair) for pair in plain.pairs()] == packed.pairs()
