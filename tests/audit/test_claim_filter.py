"""The filter of the claims in a browser: verdict, kind, words, the address, the keyboard."""

from urllib.parse import parse_qs, urlsplit

import pytest

from compendium import project
from compendium.claims import claims
from compendium.claims.claim_table import ClaimTable

PAGE = "http://book.test/en/5-audit.html"


@pytest.fixture
def opened(browser):
    """Open the table at an address; with `script=False`, in a browser that runs none."""
    table = ClaimTable.of(claims.judged())._repr_html_()
    script = project.theme("compendium", "static", "claims.js")
    html = (
        '<!doctype html><html lang="en"><body><nav class="languages"><a href="../kk/5-audit.html">'
        f'KZ</a></nav>{table}<script src="claims.js"></script></body></html>'
    )
    contexts = []

    def open_page(query: str = "", script_runs: bool = True):
        context = browser.new_context(java_script_enabled=script_runs)
        contexts.append(context)
        page = context.new_page()
        page.route("**/5-audit.html*", lambda route: route.fulfill(
            body=html, content_type="text/html; charset=utf-8"))  # fmt: skip
        page.route("**/claims.js", lambda route: route.fulfill(
            path=script, content_type="text/javascript"))  # fmt: skip
        page.goto(PAGE + query)
        return page

    yield open_page
    for context in contexts:
        context.close()


def shown(page) -> int:
    return page.locator("tbody tr:visible").count()


def with_verdict(code: str) -> int:
    return sum(v.result.verdict == code for v in claims.judged())


def settled(page) -> None:
    """Wait behind the page's own timers, of which the longest is 120 ms."""
    page.evaluate("new Promise((done) => setTimeout(done, 150))")


def test_without_script_all_claims_stand_there_and_no_form(opened):
    page = opened(script_runs=False)
    assert shown(page) == len(claims.judged())
    assert not page.locator("form").is_visible()


def test_a_long_list_begins_with_its_first_claims_and_one_press_shows_the_rest(opened):
    page = opened()
    assert shown(page) == 40
    assert page.get_by_role("status").inner_text() == f"Claims shown: 40 of {len(claims.judged())}"
    page.locator("button.more").click()
    assert shown(page) == len(claims.judged())
    assert not page.locator("button.more").is_visible()


def test_a_link_to_a_claim_further_down_shows_it(opened):
    last = f"claim-{claims.judged()[-1].claim.id}"
    page = opened(f"#{last}")
    settled(page)
    assert page.locator(f"#{last}").is_visible()


def test_a_verdict_chosen_narrows_the_table_and_is_kept_in_the_address(opened):
    page = opened()
    page.get_by_label("Verdict").select_option("differs")
    settled(page)
    assert shown(page) == with_verdict("differs") <= 40
    assert parse_qs(urlsplit(page.url).query) == {"verdict": ["differs"]}
    assert page.locator(".languages a").evaluate("a => a.search") == "?verdict=differs"


def test_an_address_with_a_choice_opens_with_it(opened):
    page = opened("?verdict=not_reported&kind=claim_method")
    expected = [
        v for v in claims.judged()
        if v.result.verdict == "not_reported" and v.claim.kind == "claim_method"
    ]  # fmt: skip
    assert shown(page) == len(expected)
    assert page.get_by_label("Kind of claim").input_value() == "claim_method"


def test_words_are_found_whatever_their_case_and_accents(opened):
    page = opened()
    page.get_by_label("Words to look for").fill("SJOO factors")
    settled(page)
    assert shown(page) == 2
    assert page.get_by_role("status").inner_text() == f"Claims shown: 2 of {len(claims.judged())}"


def test_the_form_is_worked_from_the_keyboard(opened):
    page = opened()
    page.keyboard.press("Tab")  # the language
    page.keyboard.press("Tab")
    page.keyboard.type("Finland")
    settled(page)
    assert shown(page) == 1
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    settled(page)
    assert shown(page) == 40
    assert urlsplit(page.url).query == ""


def test_a_filter_cleared_leaves_the_list_as_it_was_before(opened):
    page = opened()
    page.locator("button.more").click()
    page.get_by_label("Verdict").select_option("differs")
    settled(page)
    page.get_by_role("button", name="Clear the filter").click()
    settled(page)
    assert shown(page) == len(claims.judged())


def test_the_sign_of_a_claim_takes_no_line_of_its_own(opened):
    first = opened().locator("tbody th").first
    after = "th => th.querySelector('.headerlink').nextSibling.nodeName"
    assert first.evaluate(after) == "BR"


def test_a_link_to_a_hidden_claim_shows_it(opened):
    page = opened("?verdict=differs#claim-steinmo_cases")
    settled(page)
    assert page.locator("#claim-steinmo_cases").is_visible()


def test_nothing_found_is_said(opened):
    page = opened("?words=nosuchword")
    assert shown(page) == 0
    assert page.get_by_role("status").inner_text().startswith("Claims shown: 0 of")
