"""The page for screening in Chromium: by keyboard, in three languages, with others at work."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from compendium import project
from compendium.records import write
from compendium.records.record import Record
from compendium.screening import decisions, remarks
from tests.screening import trial
from tests.screening.browsing import decide, opened, press, served, stored, table


def test_a_record_is_decided_with_one_key_and_undone_with_another(browser, server):
    page = opened(browser, server.address, "Aliya")
    assert page.locator("#abstract mark").inner_text() == "innovation"
    press(page, "i", "e", "m", "u", "o")
    stored(page)
    assert table(server.desk.folder) == {
        (trial.key(1), "Aliya"): "include", (trial.key(2), "Aliya"): "exclude",
    }  # fmt: skip
    assert "2 of 6" in page.locator("#done").inner_text()
    assert page.messages == []


def test_keys_work_on_a_cyrillic_keyboard(browser, server):
    page = opened(browser, server.address, "Әлия")
    page.evaluate("""document.body.dispatchEvent(new KeyboardEvent(
        "keydown", {code: "KeyI", key: "ш", bubbles: true}))""")
    page.wait_for_function("() => document.getElementById('place').textContent.includes('2 /')")
    stored(page)
    assert table(server.desk.folder) == {(trial.key(1), "Әлия"): "include"}


def test_single_keys_can_be_switched_off_and_do_nothing_while_somebody_writes(browser, server):
    page = opened(browser, server.address, "Aliya")
    page.click("#remarks summary")
    page.fill("#labels", "background")
    page.focus("#note")
    page.keyboard.type("mine")
    page.click("#keys summary")
    page.uncheck("#keys-on")
    page.keyboard.press("i")
    stored(page)
    assert table(server.desk.folder) == {}
    found = remarks.read(server.desk.folder)
    assert found.loc[0, ["labels", "note"]].tolist() == ["background", "mine"]


def test_a_criterion_is_chosen_by_its_number_and_asked_for_by_the_protocol(browser, tmp_path):
    folder = tmp_path / "decisions"
    folder.mkdir()
    (folder / "screening.yml").write_text("reasons: [title_abstract]", encoding="utf-8")
    with served(trial.file(tmp_path), folder) as running:
        page = opened(browser, running.address, "Aliya")
        page.keyboard.press("e")
        page.wait_for_selector("#why[open]")
        press(page, "1")
        stored(page)
        found = decisions.read_decisions(folder)
        assert found[["decision", "criterion"]].values.tolist() == [["exclude", trial.CRITERION]]
        running.shutdown()


@pytest.mark.parametrize(("code", "include"), [("en", "Include"), ("ru", "Включить"),
                                               ("kk", "Енгізу")])  # fmt: skip
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_speaks_the_reviewer_s_language_and_fits(browser, server, code, include, width):
    page = opened(browser, server.address, "Aliya", width)
    page.select_option("#language", code)
    button = page.get_by_role("button", name=include)
    button.wait_for()
    assert page.locator("html").get_attribute("lang") == code
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    button.click()
    page.wait_for_function("() => document.getElementById('place').textContent.includes('2 /')")
    stored(page)
    assert table(server.desk.folder) == {(trial.key(1), "Aliya"): "include"}


def test_everything_that_can_be_used_has_a_name_and_is_reached_by_tab(browser, server):
    page = opened(browser, server.address, "Aliya")
    for details in ("#remarks", "#keys", "#team"):
        page.click(f"{details} summary")
    nameless = page.evaluate("""[...document.querySelectorAll("button, input, select, textarea")]
        .filter((e) => e.offsetParent && !e.labels?.[0]?.textContent.trim() && !e.textContent.trim()
                       && !e.getAttribute("aria-label")).map((e) => e.outerHTML)""")
    assert nameless == []
    seen = set()
    for _step in range(30):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"include", "exclude", "unsure", "criterion", "reason", "undo", "note"} <= seen
    press(page, "i")
    page.wait_for_function(
        "() => document.getElementById('spoken').textContent.includes('Trial record 2')"
    )
    assert page.locator("#spoken").get_attribute("role") == "status"


def test_two_browsers_at_once_lose_nothing(browser, server):
    one, two = (opened(browser, server.address, name) for name in ("Aliya", "Bo"))
    for _record in range(5):
        press(one, "i")
        press(two, "e")
    for page in (one, two):
        stored(page)
    found = table(server.desk.folder)
    assert len(found) == 10 and set(found.values()) == {"include", "exclude"}


def test_one_reviewer_in_two_windows_sees_what_the_other_window_did(browser, server):
    one, two = (opened(browser, server.address, "Aliya") for _window in range(2))
    press(one, "i")
    two.wait_for_function("() => document.getElementById('done').textContent.startsWith('1 ')")
    assert "Include" in two.locator("#told").inner_text()
    assert two.locator("#decisions .include").get_attribute("aria-pressed") == "true"


def test_who_settles_sees_what_was_decided_and_decides(browser, server):
    for who, said in (("Aliya", "include"), ("Bo", "exclude")):
        decisions.append(server.desk.folder, [
            decisions.Decision(trial.key(4), "title_abstract", who, "independent", "", said)
        ])  # fmt: skip
    page = opened(browser, server.address, "Vera", role="settling")
    assert page.locator("#earlier li").all_inner_texts() == ["Aliya: Include", "Bo: Exclude"]
    decide(page, "e")
    page.wait_for_function("() => document.getElementById('done').textContent.startsWith('1 ')")
    stored(page)
    assert table(server.desk.folder)[trial.key(4), "Vera"] == "exclude"


def test_five_thousand_records_are_a_list_and_each_is_decided_at_once(browser, tmp_path):
    file, folder = tmp_path / "many.csv", tmp_path / "decisions"
    write.write((Record(title=f"Trial record {at}", abstract="Open innovation. " * 40,
                        doi=f"10.5555/many.{at}") for at in range(5_000)), file)  # fmt: skip
    with served(file, folder) as running:
        page = opened(browser, running.address, "Aliya")
        assert page.locator("#list li").count() == 5_000
        press(page, *"iemie")
        stored(page)
        assert len(table(folder)) == 5 and "of 5000" in page.locator("#done").inner_text()
        assert page.messages == []
        running.shutdown()


def begin(file, folder):
    """The command, in a process of its own, and the address that it prints."""
    command = [sys.executable, "-m", "compendium.cli", "screening", "serve", str(file), str(folder)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=project.root())
    running.stdout.readline()
    return running, running.stdout.readline().strip()


def test_a_tab_of_an_earlier_server_says_so_until_nothing_is_unsaved(browser, tmp_path):
    file, folder = trial.file(tmp_path), tmp_path / "decisions"
    running, address = begin(file, folder)
    old = opened(browser, address, "Aliya")
    running.kill()
    running.wait()
    again, address = begin(file, folder)
    old.keyboard.press("i")
    old.locator("#saved", has_text="waits in this browser: 1.").wait_for()
    assert "The program was started anew" in old.locator("#saved").inner_text()
    new = old.context.new_page()
    new.goto(address)
    new.wait_for_selector("#heading:not(:empty)")
    stored(new)
    assert [*table(folder).values()] == ["include"]
    old.wait_for_function("""() => document.getElementById("saved").className === ""
        && !document.getElementById("told").textContent""")
    again.terminate()
    again.wait()


def test_a_killed_server_loses_nothing(browser, tmp_path):
    file, folder = trial.file(tmp_path), tmp_path / "decisions"
    running, address = begin(file, folder)
    page = opened(browser, address, "Aliya")
    press(page, "i", "e")
    stored(page)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert len(table(folder)) == 2
    page.keyboard.press("m")
    page.wait_for_function("() => document.getElementById('saved').className == 'late'")
    again, address = begin(file, folder)
    page.goto(address)
    page.wait_for_selector("#heading:not(:empty)")
    stored(page)
    assert [*table(folder).values()] == ["include", "exclude", "unsure"]
    again.terminate()
    again.wait()
