"""A query in the page: nothing before the start, marks and mending, the address, no network."""

from __future__ import annotations

import json
from types import SimpleNamespace
from urllib.parse import quote, unquote

import pytest
from pygments.token import STANDARD_TYPES

from compendium import data
from compendium.laboratory import runtime
from compendium.search import readings
from review.search import known_items
from scopus_query import language
from scopus_query.highlight import ScopusLexer
from scopus_query.lint import lint
from tests.laboratory.conftest import answered, desk, open_page, start, write, written

SPECIMEN = 'TITLE("<img src=x onerror=alert(1)>" OR b) AND c)'


def findings(page):
    return page.locator(".findings li").all_inner_texts()


@pytest.fixture(scope="module")
def beginning(browser, address):
    """What a page asked for and said before its reader started Python, and what until it ran."""
    page = open_page(browser, address, started=False)
    about = page.locator(".opening p").first.inner_text()
    told = SimpleNamespace(before=[*page.asked], about=about)
    page.asked.clear()
    page.evaluate("""() => { window.said = [];
      const status = document.querySelector('.opening [role="status"]');
      new MutationObserver(() => window.said.push(status.textContent))
        .observe(status, {childList: true}); }""")
    start(page)
    page.get_by_text("Ready. From here on").first.wait_for()
    told.after, told.said = [*page.asked], page.evaluate("window.said")
    page.context.close()
    return told


def test_nothing_of_python_is_loaded_before_the_reader_starts_it(beginning):
    fetched = [url.rpartition("/")[2].partition("?")[0] for url in beginning.before
               if "/laboratory/" in url]  # fmt: skip
    assert fetched == ["manifest.json", "editor.js"]
    assert any("pyodide.asm.wasm.gz" in url for url in beginning.after)


def test_no_more_than_five_megabytes_are_loaded_at_the_start_and_the_page_says_how_many(
    beginning, lab_site
):
    manifest = json.loads((lab_site / runtime.FOLDER / runtime.MANIFEST).read_text())
    assert f"{manifest['size'] / 1e6:.1f} MB" in beginning.about
    packed = 0
    for url in beginning.after:
        if "/books/" in url:  # what only workbooks need comes once the page can be used
            continue
        name = url.partition("?")[0].rpartition("/")[2]
        packed += (lab_site / runtime.FOLDER / name).stat().st_size if "/laboratory/" in url else 0
    assert packed == manifest["size"] <= 5_000_000


def test_the_reader_is_told_when_all_is_loaded_and_python_starts(beginning):
    said = beginning.said
    assert said[0] == "Loading: 0 %"
    assert said[-2:] == ["Python is starting.", "Ready. From here on it also works offline."]


def test_nobody_else_is_asked_for_anything(started, address):
    foreign = [url for url in started.asked if not url.startswith((address, "blob:", "data:"))]
    assert foreign == []


def test_the_box_opens_with_the_first_query_as_printed(opened):
    page = opened(started=False)
    assert written(page) == data.document("queries")[0]["text"]


def test_a_lost_parenthesis_is_mended_by_a_click_without_a_network(started):
    page = started
    page.context.set_offline(True)
    write(page, "TITLE-ABS-KEY(alpha OR beta) AND gamma)")
    assert len(findings(page)) == 1 and findings(page)[0].startswith("Q101")
    page.locator(".findings .tools button").last.click()
    page.get_by_text("What it asks for").wait_for()
    assert written(page) == "TITLE-ABS-KEY(alpha OR beta) AND gamma"
    page.get_by_role("button", name="Undo").click()
    assert written(page).endswith("gamma)")


def test_the_finding_is_told_over_its_mark_and_mended_there(started):
    write(started, "TITLE(alpha) AND gamma)")
    started.locator(".cm-lintRange-error").hover()
    told = started.locator(".cm-tooltip-lint")
    told.wait_for()
    assert told.inner_text().startswith("Q101 error, line 1, character 23")
    told.get_by_role("button", name="Repair").click()
    answered(started)
    assert written(started) == "TITLE(alpha) AND gamma"
    assert started.locator(".cm-tooltip-lint").count() == 0
    started.locator(".cm-content").press("Control+z")
    answered(started)
    assert written(started) == "TITLE(alpha) AND gamma)"


@pytest.fixture(scope="module")
def phone(browser, address):
    """The page on a phone, in Kazakh, at a query with a finding."""
    anchor = "#q=" + quote("TITLE(a) AND b)")
    page = open_page(browser, address, "kk", anchor, has_touch=True, is_mobile=True,
                     viewport={"width": 360, "height": 740})  # fmt: skip
    answered(page)
    yield page
    page.context.close()


def test_the_messages_come_in_the_language_of_the_page_and_fit_a_phone(phone):
    write(phone, "TITLE(a) AND b)")
    language.use("kk")
    expected = lint("TITLE(a) AND b)").findings[0].message
    language.use(None)
    assert expected.replace("`", "") in findings(phone)[0]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.messages == []


def test_a_finding_is_told_and_mended_by_a_finger(phone):
    write(phone, "TITLE(a) AND b)")
    phone.locator(".cm-lintRange-error").tap()
    phone.locator(".cm-tooltip-lint button").last.tap()
    answered(phone)
    assert written(phone) == "TITLE(a) AND b"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.messages == []


def test_the_editor_is_used_without_a_mouse(started):
    write(started, "TITLE(alpha) AND beta)")
    box = started.get_by_role("textbox", name="A query for Scopus")
    box.press("F8")
    assert started.evaluate("getSelection().toString()") == ")"
    started.keyboard.press("Tab")  # into what is told there
    assert started.locator(".cm-tooltip-lint a:focus").inner_text() == "Q101"
    started.keyboard.press("Escape")
    assert started.locator(".cm-tooltip-lint").count() == 0
    assert box.evaluate("box => box === document.activeElement")
    started.keyboard.press("Escape")
    started.keyboard.press("Tab")
    assert started.locator("button:focus").inner_text() == "Query 1"
    started.keyboard.press("Shift+Tab")
    assert box.evaluate("box => box === document.activeElement")


def test_findings_are_read_aloud_once(started):
    write(started, "TITLE(alpha OR)")
    started.evaluate("""() => { window.said = [];
      new MutationObserver((changes) => { for (const { addedNodes } of changes)
        for (const { textContent } of addedNodes) if (textContent.trim()) said.push(textContent); })
        .observe(document.querySelector("[aria-live].cm-announced"), {childList: true}); }""")
    for query in ("TITLE(alpha) AND beta)", "TITLE(alpha) AND bet)", "TITLE(alpha AND bet)"):
        write(started, query)
    assert started.evaluate("said") == [
        "Findings: 1. This ) closes nothing: every parenthesis before it has its partner.",
        "Nothing to repair.",
    ]


def test_what_is_typed_since_the_answer_stays_when_a_finding_is_mended(started):
    write(started, "TITLE(a) AND b)")
    started.locator(".cm-content").press("Control+Home")
    started.keyboard.type("KEY(z) OR ")
    started.locator(".findings .tools button").last.evaluate("button => button.click()")
    answered(started)
    assert written(started) == "KEY(z) OR TITLE(a) AND b"


def test_half_a_sign_is_answered_like_any_other(started):
    started.locator(".cm-content").evaluate("""box => {
      const pasted = new DataTransfer();
      pasted.setData("text/plain", "TITLE(\\ud83e OR a)");
      box.focus();
      document.execCommand("selectAll");
      box.dispatchEvent(new ClipboardEvent("paste",
        {clipboardData: pasted, bubbles: true, cancelable: true})); }""")
    answered(started)
    assert findings(started)[0].startswith("Q208")
    assert "OR a" in unquote(started.evaluate("location.hash"))


def test_the_colours_are_those_of_the_book_before_python_is_started(opened):
    page, lexer = opened(started=False), ScopusLexer()
    queries = [one["text"] for one in data.document("queries")]
    queries += ['# why\nTITLE({R&D} OR "a b*") AND NOT LIMIT-TO(OA, "all") AND PUBYEAR > 2014']
    for query in queries:
        page.locator(".cm-content").fill(query)
        assert written(page) == query
        own = [(STANDARD_TYPES[kind], part)
               for _at, kind, part in lexer.get_tokens_unprocessed(query)]  # fmt: skip
        for name in ("k", "nf", "ow", "ss", "mi", "se", "c"):
            assert page.locator(f".cm-line .{name}").all_text_contents() == [
                part for kind, part in own if kind == name
            ]


def test_an_editor_that_does_not_come_leaves_a_box_to_type_into_and_is_asked_again(
    browser, address
):
    page = browser.new_page()
    page.route("**/editor.js*", lambda route: route.abort())
    page.goto(f"{address}/en/laboratory.html")
    page.locator(".opening button:visible").first.click()
    page.get_by_text("This could not be answered: ").wait_for()
    page.unroute("**/editor.js*")
    page.get_by_label("A query for Scopus").fill("TITLE(a) AND b)")
    page.locator(".cm-lintRange-error").wait_for()
    assert written(page) == "TITLE(a) AND b)"
    page.close()


def test_what_is_marked_is_the_sign_itself_also_behind_signs_of_two_halves(started):
    page = started
    write(page, 'TITLE("🧪 a" OR b) AND alpha)')
    assert page.locator(".cm-lintRange-error").all_inner_texts() == [")"]
    page.locator(".findings .place").first.click()
    assert page.evaluate("getSelection().toString()") == ")"
    page.locator(".findings .tools button").last.click()
    assert written(page) == 'TITLE("🧪 a" OR b) AND alpha'


def test_a_query_with_markup_stays_text_everywhere(started):
    page = started
    write(page, SPECIMEN)
    page.locator(".readings button").first.click()
    page.get_by_text("For other databases").click()
    assert page.locator(".laboratory img, .laboratory .answers script").count() == 0
    assert "<img src=x" in page.locator(".answers").first.inner_text()


def test_the_address_holds_the_query_and_a_colleague_sees_the_same(started, opened):
    page = started
    write(page, 'KEY("a b" AND c & d) #50%')
    anchor = page.evaluate("location.hash")
    assert unquote(anchor) == '#q=KEY("a b" AND c & d) #50%'
    assert page.locator(".languages a").get_attribute("href").endswith(anchor)
    other = opened(anchor=anchor, started=False)
    assert written(other) == 'KEY("a b" AND c & d) #50%'


def test_a_link_that_was_cut_off_opens_the_box_all_the_same(opened):
    page = opened(anchor="#q=TITLE%28%D0", started=False)
    assert written(page) == data.document("queries")[0]["text"]
    assert page.messages == []


def test_an_example_can_be_named_in_the_address(opened):
    code = data.document("queries")[1]["id"]
    page = opened(anchor=f"#example={code}", started=False)
    assert written(page) == data.document("queries")[1]["text"]


def test_the_known_works_get_the_answers_of_the_first_chapter(started):
    ways = readings.readings(data.document("queries"))
    shown = desk()
    works = known_items.expected(data.table("empirical"), data.table("reviews"))
    for query, found in ways.items():
        for number, way in enumerate(found, start=1):
            told = ask(started, "items", query=way.text, facts=shown.facts.as_data(),
                       works=sorted(set(works["work"])))  # fmt: skip
            own = readings.known_items({query: found}, shown.facts, list(told), works)
            own = own[own["reading"] == number].astype(object).set_index("work")
            expected = {
                work: {part: None if own.at[work, part] is not True
                       and own.at[work, part] is not False else own.at[work, part]
                       for part in ("text", "filters", "all")}
                for work in told
            }  # fmt: skip
            assert told == expected


def ask(page, task, **given):
    """What Python in the page says; an error as its sentence."""
    return json.loads(page.evaluate(
        "([task, given]) => document.querySelector('.laboratory').ask(task, given)"
        ".catch(error => error.message).then(JSON.stringify)", [task, {"lang": "en", **given}],
    ))  # fmt: skip
