"""An export in the page: counted as on the command line, inert, taken away, without a network."""

from __future__ import annotations

import base64
import io
import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from zipfile import ZipFile

import pytest

from compendium import cli
from compendium.laboratory import answers, export
from compendium.language import speaking
from compendium.records import candidates, key_files, ledger, matching
from compendium.records.registry import read
from compendium.screening import prisma, prisma_layout, sheet_reading
from compendium.search import exports
from scopus_query.evaluate import evaluate
from scopus_query.parse import parse
from tests.laboratory.conftest import export_desk, start, write, written

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
          const files = name ? [{name, bytes}] : [];
          return document.querySelector('.laboratory').ask(task, given, {files})
            .catch(error => error.message).then(JSON.stringify); }""",
        [task, {"lang": "en", **given, **({"files": [file.name]} if file else {})},
         file.name if file else None, _base64(file) if file else None],
    ))  # fmt: skip


def taken(page, task, **given) -> tuple[dict, bytes]:
    """What Python in the page leaves to be taken away."""
    told, text = page.evaluate(
        """([task, given]) => document.querySelector('.laboratory')
          .ask(task, given, {needsBooks: true}).then(({bytes, ...told}) => [told,
            btoa(Array.from(new Uint8Array(bytes), one => String.fromCharCode(one)).join(""))])""",
        [task, given],
    )
    return told, base64.b64decode(text)


def searched(page, file: Path, after: str = "") -> dict:
    """What the page says of all records of a file, asked the query to the end."""
    ask(page, "export", file)
    told = {"next": 0}
    if after:
        told |= ask(page, after)
    while told["next"] is not None:
        told |= ask(page, "hits", query=QUERY, at=told["next"])
    return told


def parts(file) -> dict[str, bytes]:
    """A workbook's parts, but for the one that says when it was made."""
    with ZipFile(file) as book:
        return {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}


def _base64(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode()


def commanded(*arguments) -> dict:
    return json.loads(commanded_text(*arguments))


def commanded_text(*arguments) -> str:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(io.StringIO()):
        cli.main([*map(str, arguments)])
    return said.getvalue()


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
    told = searched(page, file)
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
    page.get_by_text("Entries: 3; records: 2; refused: 1").wait_for()
    write(page, "TITLE(img*)")
    page.get_by_role("button", name="Ask the query above").click()
    page.get_by_text("Records: 2; found by the query: 1; missed: 1; undecided: 0.").wait_for()
    assert page.locator(".hits .term").all_inner_texts() == ["img* — title: img"]
    page.get_by_text("Records: 2", exact=True).click()
    assert "<img src=x onerror=alert(1)>" in page.locator(".answers").last.inner_text()
    assert page.locator(".laboratory img, .laboratory svg").count() == 0
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as CSV").first.click()
    saved = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "'=HYPERLINK" in saved and ",=HYPERLINK" not in saved and '"=HYPERLINK' not in saved


@pytest.mark.parametrize("place", [".drop", ".cm-content", "main"])
def test_a_file_is_read_wherever_it_is_dropped_and_the_query_stays(page, place):
    write(page, "TITLE(alpha)")
    page.evaluate("""([place, text]) => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([text], "nasty.csv"));
      document.querySelector('[data-kind="export"] .answers').replaceChildren();
      window.left = ["dragover", "drop"].filter(type => document.querySelector(place).dispatchEvent(
        new DragEvent(type, {dataTransfer: dropped, bubbles: true, cancelable: true}))); }""",
        [place, NASTY])  # fmt: skip
    page.get_by_text("Entries: 3; records: 2; refused: 1").wait_for()
    assert written(page) == "TITLE(alpha)"
    assert page.evaluate("window.left") == []  # else the browser would show the file


def test_the_same_file_can_be_chosen_again(page, tmp_path):
    (tmp_path / "nasty.csv").write_text(NASTY, encoding="utf-8")
    answers = page.locator('[data-kind="export"] .answers')
    for _time in range(2):
        answers.evaluate("answers => answers.replaceChildren()")
        with page.expect_file_chooser() as choosing:
            page.locator("#laboratory-file").click()
        choosing.value.set_files(tmp_path / "nasty.csv")
        answers.get_by_text("Entries: 3; records: 2; refused: 1").wait_for()


def test_what_is_nested_deeper_than_a_browser_can_read_does_not_end_the_page(
    page, shared, tmp_path
):
    deep = shared / "cases" / "exports" / "json_deep.json"
    page.locator("#laboratory-file").set_input_files(deep)
    page.get_by_text("nested too deep").first.wait_for()
    (tmp_path / "nasty.csv").write_text(NASTY, encoding="utf-8")
    page.locator("#laboratory-file").set_input_files(tmp_path / "nasty.csv")
    page.get_by_text("Entries: 3; records: 2; refused: 1").wait_for()
    page.messages.clear()  # Python in the page tells the console how it ended


def test_what_takes_long_tells_how_far_it_is(page, shared):
    page.locator("#laboratory-file").set_input_files(
        shared / "corpora" / "labelled" / "sra_copper.ris"
    )
    page.get_by_text("Records: 505", exact=True).wait_for()
    page.evaluate("""() => { const told = window.told = [];
      const busy = document.querySelectorAll('.busy')[1];
      window.looking = new MutationObserver(() => told.push(busy.textContent));
      looking.observe(busy, {childList: true}); }""")
    page.get_by_role("button", name="Look for duplicates").click()
    page.get_by_text("Records: 505; publications:").wait_for()
    page.evaluate("looking.disconnect()")
    assert "Records: 400" in page.evaluate("window.told")


def test_a_query_is_asked_step_by_step_and_when_it_is_stopped_the_file_stays(
    page, shared, tmp_path
):
    # A file of its own: nobody clicks here, and Chromium tells of no change where there is none.
    file = shutil.copy(shared / "corpora" / "labelled" / "sra_copper.ris", tmp_path)
    page.locator("#laboratory-file").set_input_files(file)
    page.get_by_text("Records: 505", exact=True).wait_for()
    write(page, "TITLE-ABS-KEY(copper)")
    page.get_by_role("button", name="Ask the query above").evaluate("""button => {
      const [busy, stop] = [".busy", ".busy + .tools button"].map(
        part => document.querySelector(`[data-kind="export"] ${part}`));
      window.told = [];
      new MutationObserver((changes, observer) => {
        window.told.push(busy.textContent);
        if (busy.textContent === "Records: 200") stop.click();
        if (busy.textContent === "Stopped.") observer.disconnect();
      }).observe(busy, {childList: true});
      button.click(); }""")
    page.get_by_text("Stopped.", exact=True).wait_for()
    assert page.evaluate("window.told") == [
        "Working…", "Records: 100", "Records: 200", "Stopped."
    ]  # fmt: skip
    assert page.locator(".hits").count() == 0
    page.get_by_role("button", name="Ask the query above").click()
    page.get_by_text("Records: 505; found by the query:").wait_for()


def test_the_query_is_asked_about_one_record_a_publication_once_they_were_compared(page, tmp_path):
    row = '"A, B.",Copper in plants and soils,2019,S,10.5555/1,{eid}\n'
    head = "Authors,Title,Year,Source title,DOI,EID\n"
    for name, eid in (("one.csv", "2-s2.0-1"), ("other.csv", "2-s2.0-9")):
        (tmp_path / name).write_text(head + row.format(eid=eid), encoding="utf-8")
    page.locator("#laboratory-file").set_input_files(
        [tmp_path / "one.csv", tmp_path / "other.csv"]
    )
    page.get_by_text("Records: 2", exact=True).wait_for()
    write(page, "TITLE(copper)")
    page.get_by_role("button", name="Look for duplicates").click()
    page.get_by_text("Records: 2; publications: 1; duplicates: 1").wait_for()
    page.get_by_role("button", name="Ask the query above").click()
    page.get_by_text("Records: 1; found by the query: 1").wait_for()


@pytest.mark.parametrize("code", ["en", "kk"])
def test_the_sheet_is_the_one_that_the_command_line_writes(page, shared, tmp_path, code):
    file = beginning(shared / "corpora" / "scopus.csv", tmp_path, 200_000)
    found = searched(page, file)
    with speaking(code):
        review = export_desk().document()["review"]
    told, made = taken(page, "sheet", lang=code, reviewer="A. Akhmetova", **review)
    assert told["count"] == found["found"] + found["unknown"] > 0
    commanded_text("screening", "sheet", file, tmp_path / "screening", "--reviewer", "A. Akhmetova",
                   "--lang", code, "--query", QUERY, "--unknown")  # fmt: skip
    (own,) = (tmp_path / "screening" / "sheets").iterdir()
    assert told["name"] == own.name
    assert parts(io.BytesIO(made)) == parts(own)


def test_the_flow_is_the_one_that_the_command_line_draws(page, shared, tmp_path):
    file = beginning(shared / "corpora" / "scopus.csv", tmp_path, 200_000)
    found = searched(page, file, after="duplicates")
    review = export_desk().document()["review"]
    told = ask(page, "flow", **review)
    answers.reply(json.dumps({"task": "export", "files": [str(file)], "lang": "en"}))
    held = export._held
    counts = held.flow().counts
    assert counts["database_results"] == len(held.records) + counts["excluded_other"]
    expected = prisma.Flow(
        counts | {"duplicates": found["removed"], "excluded_automatic": found["missed"]},
        undecided={"title_abstract": found["found"] + found["unknown"]},
        sources={"database_results": {"Scopus": counts["database_results"]}},
    )
    assert told["svg"] == prisma_layout.figure(expected).svg
    assert f"Undecided: {found['found'] + found['unknown']}" in told["svg"]


def test_a_flow_adds_up_and_a_file_with_markup_in_its_name_stays_text(page, tmp_path):
    file = tmp_path / "<img src=x onerror=alert(1)>.csv"
    file.write_text(NASTY.replace("2-s2.0-1", "").replace("2-s2.0-2", ""), encoding="utf-8")
    page.locator("#laboratory-file").set_input_files(file)
    page.get_by_text("Entries: 3; records: 2; refused: 1").wait_for()
    write(page, "TITLE(img*)")
    page.get_by_role("button", name="Look for duplicates").click()
    page.get_by_text("Records: 2; publications: 2; duplicates: 0").wait_for()
    page.get_by_role("button", name="Ask the query above").click()
    page.get_by_text("Records: 2; found by the query: 1").wait_for()
    page.get_by_role("button", name="Draw the flow").click()
    drawn = page.locator(".flow svg")
    drawn.wait_for()
    told = " ".join(drawn.locator("text").all_text_contents())
    for line in ("Databases: 3", "Records removed for other reasons: 1",
                 "by automation tools: 1", "Records screened: 0", "Undecided: 1"):  # fmt: skip
        assert line in told
    assert "<img" in told and page.locator(".laboratory img, .laboratory script[src]").count() == 0
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as SVG").click()
    saved = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "&lt;img" in saved and "<img" not in saved and "var(" not in saved
    write(page, "TITLE(")
    page.get_by_role("button", name="Ask the query above").click()
    page.locator(".hits").get_by_text("A query that cannot be read finds nothing.").wait_for()
    assert drawn.count() == 0
    page.get_by_role("button", name="Draw the flow").click()
    drawn.wait_for()
    assert "Undecided: 2" in " ".join(drawn.locator("text").all_text_contents())


def test_a_sheet_is_saved_for_whoever_signs(page, tmp_path):
    (tmp_path / "nasty.csv").write_text(NASTY, encoding="utf-8")
    page.locator("#laboratory-file").set_input_files(tmp_path / "nasty.csv")
    page.get_by_label("Who screens").fill("Б. Ли")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the screening sheet").click()
    assert waiting.value.suggested_filename == "title-abstract-б-ли.xlsx"
    waiting.value.save_as(tmp_path / "sheet.xlsx")
    reading = sheet_reading.read(tmp_path / "sheet.xlsx")
    assert (reading.about["reviewer"], reading.about["records"]) == ("Б. Ли", "2")
    assert reading.problems == [] and len(reading.open) == 2


def test_a_workbook_is_read_with_what_is_loaded_for_it(opened, tmp_path):
    from openpyxl import Workbook

    book, file = Workbook(), tmp_path / "records.xlsx"
    book.active.append(["Title", "Authors", "Year", "EID"])
    book.active.append(["A title", "Lee, B.", 2019, "2-s2.0-1"])
    book.active.append(["=1+1", "Lee, B.", 2020, "2-s2.0-2"])
    book.save(file)
    page = opened(started=False)
    page.context.route("**/*openpyxl*", lambda route: route.abort())
    start(page)
    said = ask(page, "export", file)
    assert said == "This kind of file is not read in the page. Save the table as CSV."
    page.context.unroute("**/*openpyxl*")
    told = ask(page, "export", file)
    own = commanded("records", "read", file, "--json")
    assert without_names(told) == without_names(own)
    assert told["files"][0]["out"] >= 1
    page.context.set_offline(True)
    assert ask(page, "export", file) == told


def test_a_page_that_has_started_writes_its_first_sheet_without_a_network(opened, tmp_path):
    (tmp_path / "nasty.csv").write_text(NASTY, encoding="utf-8")
    page = opened(started=False)
    with page.expect_response("**/*et_xmlfile*"), page.expect_response("**/*openpyxl*"):
        start(page)
    page.context.set_offline(True)
    page.locator("#laboratory-file").set_input_files(tmp_path / "nasty.csv")
    page.get_by_label("Who screens").fill("B. Lee")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the screening sheet").click()
    waiting.value.save_as(tmp_path / "sheet.xlsx")
    assert sheet_reading.read(tmp_path / "sheet.xlsx").about["records"] == "2"


def test_what_a_query_may_find_waits_too_and_all_that_were_compared_since_it_was_asked(tmp_path):
    file = tmp_path / "nasty.csv"
    file.write_text(NASTY, encoding="utf-8")
    given = {"lang": "en", "files": [str(file)], "query": "TITLE(img*) AND ABS(alpha)"}
    waiting = []
    for task in ("export", "hits", "duplicates", "hits"):
        assert "result" in json.loads(answers.reply(json.dumps({"task": task, **given})))
        waiting.append(len(export._held.waiting))
    assert waiting == [2, 1, 2, 1]  # no record has an abstract


def test_without_numpy_the_same_pairs_are_compared(shared, tmp_path):
    _kind, _source, items = read(beginning(shared / "corpora" / "scopus.csv", tmp_path))
    lines = [matching.line(item) for item in items if hasattr(item, "title")]
    plain, packed = candidates.PlainKeys(), key_files.Keys()
    for at, line in enumerate(lines * 9):  # more of one key than are all paired
        plain.add(at, line)
        packed.add(at, line)
    assert [list(pair) for pair in plain.pairs()] == packed.pairs()
