"""The page for screening keeps what a reviewer says: typed late, in haste, or as the page goes."""

from __future__ import annotations

import pytest

from compendium.screening import decisions, remarks
from tests.conftest import PATIENCE
from tests.screening import trial
from tests.screening.browsing import opened, press, served, stored, table


def told(folder, at=1):
    """The last decision about a record, with its criterion and reason; None if there is none."""
    found = decisions.latest(decisions.read_decisions(folder))
    found = found[found["record"] == trial.key(at)]
    return tuple(found[["decision", "criterion", "reason"]].iloc[0]) if len(found) else None


def arrived(page, at):
    """Wait until a record is on the screen."""
    page.wait_for_function(
        f"() => document.getElementById('place').textContent.includes(' {at} /') && !loading"
    )


def until(page, holds):
    """Wait until something holds outside the page."""
    for _try in range(PATIENCE // 50):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it does not come to hold")


def repeat(page, code):
    page.evaluate(
        """code => document.body.dispatchEvent(new KeyboardEvent(
        "keydown", {code, key: code, bubbles: true, repeat: true}))""", code,
    )  # fmt: skip


def test_a_criterion_chosen_after_the_decision_is_saved_at_once_and_can_be_undone(browser, server):
    page = opened(browser, server.address, "Aliya")
    press(page, "e", "k")
    page.keyboard.press("1")
    stored(page)
    assert told(server.desk.folder) == ("exclude", trial.CRITERION, "")
    press(page, "j", "k")
    assert page.input_value("#criterion") == trial.CRITERION
    page.keyboard.press("u")
    page.wait_for_function("() => document.getElementById('criterion').value === ''")
    stored(page)
    assert told(server.desk.folder) == ("exclude", "", "")


def test_a_reason_typed_after_the_decision_is_saved_as_the_reviewer_goes_on(browser, server):
    page = opened(browser, server.address, "Aliya")
    press(page, "m", "k")
    page.fill("#reason", "no  university")
    page.wait_for_function("() => !document.getElementById('saved').textContent.includes('Saved')")
    page.click("#next")
    arrived(page, 2)
    stored(page)
    assert told(server.desk.folder) == ("unsure", "", "no university")
    page.wait_for_function("() => document.getElementById('saved').textContent === 'Saved'")


def test_a_draft_outlives_language_another_record_and_reload_and_is_not_called_saved(
    browser, server
):
    page = opened(browser, server.address, "Aliya")
    page.keyboard.press("1")
    page.fill("#reason", "too old")
    page.select_option("#language", "ru")
    page.get_by_role("button", name="Включить").wait_for()
    arrived(page, 1)
    assert page.input_value("#reason") == "too old"
    page.select_option("#language", "en")
    page.get_by_role("button", name="Include").wait_for()
    arrived(page, 1)
    page.click("#next")
    arrived(page, 2)
    assert page.locator("#saved").inner_text() == "Draft, not saved: 1"
    assert "draft" in page.locator("#list li").first.inner_text()
    page.reload()
    arrived(page, 1)
    press(page, "e")
    stored(page)
    assert told(server.desk.folder) == ("exclude", trial.CRITERION, "too old")
    page.wait_for_function("() => document.getElementById('saved').textContent === 'Saved'")


def test_what_does_not_fit_a_decision_stays_a_draft_and_says_why(browser, server):
    page = opened(browser, server.address, "Aliya")
    press(page, "i", "k")
    page.keyboard.press("1")
    assert "exclusion" in page.locator("#told").inner_text()
    assert "not saved" in page.locator("#saved").inner_text()
    press(page, "e", "k")
    page.select_option("#criterion", "other_reason")
    assert page.locator("#told").inner_text() == "Write the reason."
    page.fill("#reason", "a poster")
    page.keyboard.press("Escape")
    stored(page)
    assert told(server.desk.folder) == ("exclude", "other_reason", "a poster")


def test_a_criterion_that_the_protocol_wants_cannot_be_emptied_later(browser, tmp_path):
    folder = tmp_path / "decisions"
    folder.mkdir()
    (folder / "screening.yml").write_text("reasons: [title_abstract]", encoding="utf-8")
    with served(trial.file(tmp_path), folder) as running:
        page = opened(browser, running.address, "Aliya")
        page.keyboard.press("1")
        press(page, "e", "k")
        page.select_option("#criterion", "")
        stored(page)
        assert told(folder) == ("exclude", trial.CRITERION, "")
        assert "not saved" in page.locator("#saved").inner_text()
        running.shutdown()


def test_a_record_is_asked_for_after_what_was_said_of_it_has_arrived(browser, server):
    page = opened(browser, server.address, "Aliya")
    press(page, "i")
    stored(page)
    seen = []
    page.on("request", lambda r: seen.append(("asked", r.method, r.url)))
    page.on("response", lambda r: seen.append(("answered", r.request.method, r.url)))
    press(page, "u")
    stored(page)
    said = [at for at, (what, method, _url) in enumerate(seen)
            if (what, method) == ("answered", "POST")]  # fmt: skip
    asked = [at for at, (what, _method, url) in enumerate(seen)
             if what == "asked" and "/api/record" in url]  # fmt: skip
    assert said and asked and said[0] < asked[0]
    assert page.locator("#decisions .include").get_attribute("aria-pressed") == "false"
    press(page, "i", "u")
    stored(page)
    assert table(server.desk.folder) == {}


def test_a_list_that_was_on_its_way_while_something_was_decided_changes_nothing(browser, server):
    page = opened(browser, server.address, "Aliya")
    late = []
    page.route("**/api/list*", lambda route: late.append((route, route.fetch())))
    page.evaluate("() => { window.following = follow(); }")
    until(page, lambda: late)
    press(page, "i", "k")
    stored(page)
    for route, answer in late:
        route.fulfill(response=answer)
    page.evaluate("window.following")
    assert page.locator("#told").inner_text() == ""
    assert page.locator("#list .include").count() == 1
    assert page.locator("#decisions .include").get_attribute("aria-pressed") == "true"


def test_keys_pressed_while_a_record_is_on_its_way_decide_nothing(browser, server):
    page = opened(browser, server.address, "Aliya")
    held, open_again = [], []
    page.route("**/api/record*",
               lambda route: route.continue_() if open_again else held.append(route))  # fmt: skip
    page.keyboard.type("ieem1")
    until(page, lambda: held)
    open_again.append(True)
    for route in held:
        route.continue_()
    arrived(page, 2)
    stored(page)
    assert table(server.desk.folder) == {(trial.key(1), "Aliya"): "include"}
    assert page.input_value("#criterion") == ""
    assert "before this record was shown did nothing" in page.locator("#told").inner_text()


def test_keys_typed_fast_decide_only_what_was_on_the_screen(browser, server):
    page = opened(browser, server.address, "Aliya")
    page.evaluate("""() => {
        window.seen = [];
        const was = say;
        say = (path, body) => {
            seen.push([body.record, document.getElementById("heading").textContent]);
            was(path, body);
        };
    }""")
    page.keyboard.type("i1ei1e1em")
    page.wait_for_function("() => !loading")
    stored(page)
    seen = page.evaluate("seen")
    titles = {trial.key(at): f"Trial record {at} on universities" for at in range(1, 7)}
    assert seen and all(titles[key] == title for key, title in seen)


def test_a_criterion_that_a_decision_has_no_use_for_comes_back_when_it_is_undone(browser, server):
    page = opened(browser, server.address, "Aliya")
    page.keyboard.press("1")
    press(page, "m", "u")
    arrived(page, 1)
    stored(page)
    assert page.input_value("#criterion") == trial.CRITERION
    assert told(server.desk.folder) is None


def test_a_click_on_a_decision_leaves_nothing_for_the_next_space_or_enter(browser, server):
    page = opened(browser, server.address, "Aliya")
    page.click("#decisions .include")
    arrived(page, 2)
    assert page.evaluate("document.activeElement.id") == "record"
    for key in ("Space", "Enter"):
        page.keyboard.press(key)
    stored(page)
    assert table(server.desk.folder) == {(trial.key(1), "Aliya"): "include"}


def test_enter_confirms_another_reason(browser, server):
    page = opened(browser, server.address, "Aliya")
    page.select_option("#criterion", "other_reason")
    page.focus("#record")
    page.keyboard.press("e")
    page.keyboard.type("a poster")
    page.keyboard.press("Enter")
    arrived(page, 2)
    stored(page)
    assert told(server.desk.folder) == ("exclude", "other_reason", "a poster")


def test_what_is_spoken_claims_no_saving_and_goes_with_its_language(browser, server):
    page = opened(browser, server.address, "Aliya")
    page.route("**/api/decide*", lambda route: route.abort())
    page.keyboard.press("i")
    spoken = page.locator("#spoken")
    page.wait_for_function("() => document.getElementById('spoken').textContent !== ''")
    assert "aved" not in spoken.inner_text().replace("Not saved yet", "")
    page.unroute("**/api/decide*")
    stored(page)
    press(page, "i")
    page.wait_for_function("() => document.getElementById('spoken').textContent.startsWith('Incl')")
    page.select_option("#language", "ru")
    page.wait_for_function("() => document.getElementById('spoken').textContent === ''")


def test_a_held_key_decides_and_undoes_nothing(browser, server):
    page = opened(browser, server.address, "Aliya")
    press(page, "i", "i")
    stored(page)
    for code in ("KeyI", "KeyU", "KeyE", "Digit1", "KeyO"):
        repeat(page, code)
    stored(page)
    assert len(table(server.desk.folder)) == 2 and page.input_value("#criterion") == ""
    arrived(page, 3)


@pytest.mark.parametrize("how", ["reload", "close", "hide"])
def test_a_note_is_saved_though_the_page_goes_at_once(browser, server, how):
    page = opened(browser, server.address, "Aliya")
    press(page, "e", "k")
    page.click("#remarks summary")
    page.fill("#note", "ask the authors")
    page.fill("#reason", "a poster")
    if how == "reload":
        page.reload()
    elif how == "close":
        page.goto("about:blank")
    else:
        page.evaluate("""() => {
            Object.defineProperty(document, "hidden", {value: true});
            document.dispatchEvent(new Event("visibilitychange"));
        }""")
    until(page, lambda: told(server.desk.folder)[2] == "a poster")
    until(page, lambda: remarks.read(server.desk.folder)["note"].tolist() == ["ask the authors"])


def test_a_note_is_saved_while_its_writer_pauses(browser, server):
    page = opened(browser, server.address, "Aliya")
    page.click("#remarks summary")
    page.focus("#note")
    page.keyboard.type("ask")
    assert page.locator("#saved").inner_text() == "Saving …"
    page.wait_for_function("() => document.getElementById('saved').textContent === 'Saved'")
    assert remarks.read(server.desk.folder)["note"].tolist() == ["ask"]
    assert page.evaluate("document.activeElement.id") == "note"


def test_undo_reaches_behind_a_reload_and_says_when_there_is_nothing(browser, server):
    page = opened(browser, server.address, "Aliya")
    page.keyboard.press("u")
    assert "nothing to undo" in page.locator("#told").inner_text()
    press(page, "i")
    stored(page)
    page.reload()
    arrived(page, 2)
    press(page, "u")
    stored(page)
    assert table(server.desk.folder) == {}


def test_a_record_can_be_decided_while_it_comes_in_another_language(browser, server):
    page = opened(browser, server.address, "Aliya")
    held = []
    page.route("**/api/record*", lambda route: held.append(route))
    page.select_option("#language", "ru")
    until(page, lambda: held)
    page.keyboard.press("i")
    until(page, lambda: len(held) == 2)
    for route in held:
        route.continue_()
    arrived(page, 2)
    stored(page)
    assert table(server.desk.folder) == {(trial.key(1), "Aliya"): "include"}


def test_what_the_server_refuses_is_told_and_not_shown_as_saved(browser, server):
    page = opened(browser, server.address, "Aliya")
    page.route("**/api/decide*", lambda route: route.fulfill(
        status=422, content_type="application/json", body='{"error": "It does not fit."}'
    ))  # fmt: skip
    page.keyboard.press("i")
    page.get_by_text("It does not fit.").wait_for()
    assert page.locator("#list .include").count() == 0
    assert page.locator("#saved").inner_text() == ""
    assert table(server.desk.folder) == {}


def test_two_stages_of_a_folder_keep_what_waits_apart(browser, tmp_path):
    folder = tmp_path / "decisions"
    decisions.identify(folder, [decisions.Identified(trial.key(1), "origin_website")])
    with served(trial.file(tmp_path), folder) as first:
        page = opened(browser, first.address, "Aliya")
        page.keyboard.press("1")
        waiting = page.evaluate("Object.keys(localStorage).filter((name) => /draft/.test(name))")
        first.shutdown()
    with served(trial.file(tmp_path), folder, stage="full_text") as second:
        page = opened(browser, second.address, "Aliya")
        assert page.evaluate("DRAFTS") not in waiting and waiting
        second.shutdown()
