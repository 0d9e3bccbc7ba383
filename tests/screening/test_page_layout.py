"""What the page for screening shows, and where: on a wide screen, on a phone, in a list."""

from __future__ import annotations

import pytest

from compendium.language import speaking
from compendium.records import write
from compendium.records.record import Record
from compendium.screening import decisions, sharing
from tests.screening import trial
from tests.screening.browsing import opened, press, served, stored, table


def box(page, name):
    found = page.locator(name).bounding_box()
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def decide_all(server, *said):
    decisions.append(server.desk.folder, [
        decisions.Decision(trial.key(at), "title_abstract", "Aliya", "independent", "", each)
        for at, each in enumerate(said, start=1)
    ])  # fmt: skip


@pytest.fixture
def long(tmp_path):
    file = tmp_path / "long.csv"
    text = "Open innovation in universities and firms. " * 45  # as long as abstracts are
    write.write((Record(title=f"Trial record {at}", abstract=text, doi=f"10.5555/long.{at}")
                 for at in range(3)), file)  # fmt: skip
    with served(file, tmp_path / "decisions") as running:
        yield running
        running.shutdown()


def test_the_panel_is_beside_the_text_and_covers_none_of_it(browser, long):
    page = opened(browser, long.address, "Aliya", height=757)
    for details in ("#remarks", "#keys", "#criteria"):
        page.click(f"{details} summary")
    text, panel, listed = box(page, "#record"), box(page, "#answer"), box(page, "aside")
    assert text[2] <= panel[0] < panel[2] <= listed[0]
    assert box(page, "#abstract")[3] <= 757, "an abstract of 300 words is read without scrolling"
    assert panel[3] <= 757


def test_the_page_stays_where_it_is_unless_the_next_record_begins_out_of_sight(browser, long):
    page = opened(browser, long.address, "Aliya", width=390)
    page.evaluate("window.scrollTo(0, 20)")
    page.select_option("#language", "ru")
    page.get_by_role("button", name="Включить").wait_for()
    page.wait_for_function("() => !loading")
    assert page.evaluate("scrollY") == 20
    page.evaluate("window.scrollTo(0, 400)")
    press(page, "j")
    page.wait_for_function("() => scrollY === 0")


def test_a_phone_asks_for_the_criterion_after_exclude(browser, server):
    page = opened(browser, server.address, "Aliya", width=390)
    page.click("#decisions .exclude")
    page.wait_for_selector("#why[open]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#why-criteria button").first.click()
    page.wait_for_function("() => document.getElementById('place').textContent.includes('2 /')")
    page.click("#decisions .exclude")
    page.click("#why-none")
    page.wait_for_function("() => document.getElementById('place').textContent.includes('3 /')")
    page.click("#decisions .exclude")
    page.click("#why-cancel")
    stored(page)
    found = decisions.read_decisions(server.desk.folder)
    assert found[["record", "criterion"]].values.tolist() == [
        [trial.key(1), trial.CRITERION], [trial.key(2), ""],
    ]  # fmt: skip


def test_another_reason_is_written_where_it_is_asked_for(browser, server):
    page = opened(browser, server.address, "Aliya", width=390)
    page.click("#decisions .exclude")
    page.locator("#why-criteria button").last.click()
    assert page.locator("#why-told").inner_text() == "Write the reason."
    page.keyboard.type("a poster")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('place').textContent.includes('2 /')")
    stored(page)
    found = decisions.read_decisions(server.desk.folder)
    assert found[["criterion", "reason"]].values.tolist() == [["other_reason", "a poster"]]


def test_criteria_can_be_read_in_full(browser, server):
    page = opened(browser, server.address, "Aliya")
    assert not page.locator("#criteria p").first.is_visible()
    page.click("#criteria summary")
    lines = page.locator("#criteria p").all_inner_texts()
    assert lines[0].startswith("1. ") and "bears on the topic of the study" in lines[0]
    page.keyboard.press("1")
    assert page.locator("#chosen").inner_text() == lines[0]


def test_e_asks_for_the_criterion_and_0_is_none(browser, server):
    page = opened(browser, server.address, "Aliya")
    page.keyboard.press("e")
    page.wait_for_selector("#why[open]")
    page.keyboard.press("Enter")
    assert page.locator("#why[open]").count() == 1, "no criterion is chosen by haste"
    press(page, "1")
    page.keyboard.press("e")
    press(page, "0")
    stored(page)
    found = decisions.read_decisions(server.desk.folder)
    assert found["criterion"].tolist() == [trial.CRITERION, ""]
    page.click("#keys summary")
    told = page.locator("#keys-help").inner_text()
    assert "after E, or before it: 1–9 criterion, 0 without one" in told and "Esc" in told


def test_the_list_shows_the_record_that_the_page_opens_with(browser, tmp_path):
    file, title = tmp_path / "many.csv", "Trial record {} with a title of several lines in the list"
    held = [Record(title=title.format(at), doi=f"10.5555/many.{at}") for at in range(300)]
    write.write(held, file)
    with served(file, tmp_path / "decisions") as running:
        decisions.append(running.desk.folder, [
            decisions.Decision(key, "title_abstract", "Aliya", "independent", "", "include")
            for key in list(running.desk.records)[:200]
        ])  # fmt: skip
        page = opened(browser, running.address, "Aliya")
        page.reload()
        page.locator("#place", has_text="201 /").wait_for()
        page.wait_for_function("""() => {
            const seen = document.querySelector("#list [aria-current=true]")
                .getBoundingClientRect();
            const all = document.querySelector("aside").getBoundingClientRect();
            return seen.top >= all.top && seen.bottom <= all.bottom;
        }""")
        running.shutdown()


def test_what_is_skipped_and_what_comes_at_the_end_is_said(browser, server):
    page = opened(browser, server.address, "Aliya")
    told = page.locator("#told")
    page.keyboard.press("o")
    page.get_by_text("Record 1 is left undecided.").wait_for()
    press(page, "i", "i", "i", "i")
    page.keyboard.press("i")
    page.get_by_text("The end of the list is reached").wait_for()
    assert "1 / 6" in page.locator("#place").inner_text()
    page.keyboard.press("o")
    assert told.inner_text() == "This is the only undecided record."
    page.keyboard.press("m")
    page.wait_for_function("() => document.getElementById('told').className === 'good'")
    assert told.inner_text().startswith("Every record here is decided. When the other reviewers")
    stored(page)
    page.reload()
    page.get_by_text("Every record here is decided.").wait_for()


def test_progress_of_the_team_counts_all_records_of_the_list_in_the_language_in_use(
    browser, server
):
    page = opened(browser, server.address, "Aliya")
    press(page, "i")
    stored(page)
    page.click("#team summary")
    page.get_by_text("1 / 6").wait_for()
    page.select_option("#language", "ru")
    with speaking("ru"):
        waiting = sharing.state("waiting")
    page.locator("#team td", has_text=waiting).wait_for()
    page.click("#team summary")
    press(page, "i")
    stored(page)
    page.click("#team summary")
    page.get_by_text("2 / 6").wait_for()


def test_who_changes_a_decision_goes_on_in_order(browser, server):
    decide_all(server, "include", "include", "include")
    page = opened(browser, server.address, "Aliya")
    page.locator("#list button").first.click()
    page.wait_for_function("() => document.getElementById('place').textContent.includes('1 /')")
    press(page, "m")
    assert "2 / 6" in page.locator("#place").inner_text()
    stored(page)
    assert table(server.desk.folder)[trial.key(1), "Aliya"] == "unsure"


def test_a_list_of_what_is_undecided_ends_with_the_last_decision(browser, server):
    decide_all(server, *["include"] * 5)
    page = opened(browser, server.address, "Aliya")
    page.select_option("#show", "open")
    assert page.locator("#list li:visible").count() == 1
    page.keyboard.press("i")
    page.wait_for_selector("#none:not(:empty)")
    assert page.locator("#list li:visible").count() == 0
    assert "decided" in page.locator("#none").inner_text()


def test_exclusions_without_a_criterion_are_marked_counted_and_found(browser, server):
    decide_all(server, "exclude", "include", "exclude")
    page = opened(browser, server.address, "Aliya")
    assert page.locator("#lacking").inner_text() == "Excluded without a criterion: 2"
    assert "no criterion" in page.locator("#list li").first.inner_text()
    page.select_option("#show", "lacking")
    assert page.locator("#list li:visible").count() == 2
    page.locator("#list li:visible button").first.click()
    page.wait_for_function("() => document.getElementById('place').textContent.includes('1 /')")
    page.keyboard.press("1")
    page.wait_for_function("() => document.getElementById('lacking').textContent.endsWith(': 1')")


def test_the_header_changes_its_language_at_once(browser, server):
    page = opened(browser, server.address, "Aliya")
    press(page, "i")
    page.wait_for_function("() => document.getElementById('saved').textContent === 'Saved'")
    page.select_option("#language", "ru")
    page.wait_for_function("() => document.getElementById('saved').textContent === 'Сохранено'")


def test_help_and_buttons_name_the_keys_of_this_stage(browser, server, tmp_path):
    page = opened(browser, server.address, "Aliya")
    page.click("#keys summary")
    told = page.locator("#keys-help").inner_text()
    assert "M Unsure" in told and "retrieved" not in told
    for name, key in ((".unsure", "M"), ("#undo", "U"), ("#next", "J")):
        kbd = page.locator(f"{name} kbd")
        assert kbd.is_visible() and kbd.inner_text() == key
    folder = tmp_path / "full"
    decisions.identify(folder, [decisions.Identified(trial.key(1), "origin_website")])
    with served(trial.file(tmp_path), folder, stage="full_text") as second:
        page = opened(browser, second.address, "Aliya")
        page.click("#keys summary")
        assert "N Full text not retrieved" in page.locator("#keys-help").inner_text()
        second.shutdown()


def test_a_second_window_knows_the_reviewer_who_can_be_changed(browser, server):
    page = opened(browser, server.address, "Aliya")
    other = page.context.new_page()
    other.goto(server.address)
    other.wait_for_selector("#heading:not(:empty)")
    assert "Aliya" in other.locator("#me").inner_text()
    other.click("#me")
    other.fill("#name", "Bo")
    other.click("#who button")
    other.wait_for_function("() => who === 'Bo' && shown && !loading")
    press(other, "i")
    press(page, "e")
    for each in (page, other):
        stored(each)
    assert table(server.desk.folder) == {
        (trial.key(1), "Bo"): "include", (trial.key(1), "Aliya"): "exclude",
    }  # fmt: skip
