"""The book in Chromium: languages, search, phone, colours, a clean console."""

from __future__ import annotations

import threading

import pytest

from compendium.edition import chapters
from compendium.edition.serve import server
from compendium.language import LANGUAGES

PAGES = [f"{code}/{name}.html" for code in LANGUAGES for name in chapters.names()]


@pytest.fixture(scope="module")
def address(site):
    with server(site, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def listened(context):
    """A page that keeps what goes amiss in `messages`."""
    page = context.new_page()
    page.messages = []
    page.on("console", lambda message: page.messages.append(message.text))
    page.on("pageerror", lambda error: page.messages.append(str(error)))
    page.on("requestfailed", lambda request: page.messages.append(request.url))
    return page


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    yield listened(context)
    context.close()


@pytest.fixture(scope="module")
def window(browser):
    """One window for the tests that look at every page: a window takes longer than a page."""
    context = browser.new_context(locale="en-US")
    yield listened(context)
    context.close()


@pytest.fixture
def turned_to(window, address):
    """Turn to a page in the one window, as wide as a table has room for."""
    def turn(place):
        window.goto("about:blank")  # what is on its way for the last page is not this one's
        window.messages.clear()
        window.set_viewport_size({"width": 1280, "height": 900})
        window.goto(f"{address}/{place}")
        return window

    return turn


def test_switching_the_language_keeps_page_and_anchor(page, address):
    page.goto(f"{address}/en/2-screening.html")
    anchor = page.locator("main figure[id]").first.get_attribute("id")
    page.goto(f"{address}/en/2-screening.html#{anchor}")
    page.locator("header a[hreflang=kk]").first.click()
    page.wait_for_url(f"**/kk/2-screening.html#{anchor}")
    assert page.locator("html").get_attribute("lang") == "kk"


def test_a_kazakh_word_is_found(page, address):
    page.goto(f"{address}/kk/index.html")
    page.locator("header button.find").click()
    page.locator("dialog input[type=search]").fill("зертханалар")
    found = page.locator("dialog mark").first
    found.wait_for()
    assert found.inner_text().lower().startswith("зертхана")
    page.locator("dialog a[href]").first.click()
    page.wait_for_url("**/kk/*.html*")
    assert page.locator("html").get_attribute("lang") == "kk"


def searched(page, words):
    """The links that the search finds, once they are there."""
    page.locator("header button.find").click()
    page.locator("dialog input[type=search]").fill(words)
    page.locator("dialog mark").first.wait_for()
    return page.locator("dialog li a")


def test_a_kazakh_word_typed_in_russian_letters_is_found_and_shown_in_kazakh(page, address):
    page.goto(f"{address}/kk/index.html")
    searched(page, "онеркасиби")
    assert page.locator("dialog mark").first.inner_text().lower().startswith("өнеркәсіб")


def test_the_search_finds_sections_and_marks_the_word_on_arrival(page, address):
    page.goto(f"{address}/en/index.html")
    sections = searched(page, "parentheses").and_(page.locator("li li a"))
    sections.first.wait_for()
    assert "#" in sections.first.get_attribute("href")
    sections.first.click()
    page.wait_for_url("**/*.html#*")
    said = page.evaluate("[...CSS.highlights.get('found')].map(range => range.toString())")
    assert {word.lower() for word in said} >= {"parentheses"}
    assert "found" not in page.url


def test_switching_the_language_keeps_the_place_that_was_scrolled_to(page, address):
    page.goto(f"{address}/en/1-search.html")
    page.locator("#search-counts").evaluate("h => h.scrollIntoView({behavior: 'instant'})")
    # Not through the mouse: Playwright would scroll on to reach the bar.
    page.locator("header a[hreflang=kk]").first.evaluate("a => a.click()")
    page.wait_for_url("**/kk/1-search.html#search-counts")


def test_the_sign_beside_a_heading_copies_its_address_and_says_so(browser, address):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/en/1-search.html")
    page.locator("#search-counts .headerlink").click()
    page.locator("#c-said", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}/en/1-search.html#search-counts"
    context.close()


def test_the_root_chooses_by_the_browsers_languages(browser, address):
    for locale, code in (("kk-KZ", "kk"), ("ru-RU", "ru"), ("en-GB", "en")):
        context = browser.new_context(locale=locale)
        page = context.new_page()
        page.goto(address)
        page.wait_for_url(f"**/{code}/**")
        context.close()


def test_the_root_offers_a_choice_without_javascript(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("a[hreflang]:visible").count() == len(LANGUAGES)
    context.close()


CUT_OFF = """() => [...document.querySelectorAll('main figure svg')].flatMap(svg => {
    const box = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(text => {
        const b = text.getBoundingClientRect();
        return b.left < box.left - 1 || b.right > box.right + 1
            || b.top < box.top - 1 || b.bottom > box.bottom + 1;
    }).map(text => text.textContent);
})"""


@pytest.mark.parametrize("place", PAGES)
def test_a_page_is_small_its_figures_are_whole_and_a_phone_never_scrolls_it_sideways(
    turned_to, place
):
    page = turned_to(place)
    assert page.evaluate("document.querySelectorAll('*').length") <= 3000
    page.evaluate("document.fonts.ready.then(() => 0)")
    assert page.evaluate(CUT_OFF) == []
    page.set_viewport_size({"width": 360, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.messages == []


def colour(page, selector: str, name: str) -> str:
    return page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{name}")


def test_dark_colours_follow_the_system_and_reach_the_figures(browser, address):
    inks = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{address}/en/2-screening.html")
        inks[scheme] = (
            colour(page, "body", "backgroundColor"),
            colour(page, "main svg text", "fill"),
        )
        context.close()
    assert inks["light"][0] != inks["dark"][0]
    assert inks["light"][1] != inks["dark"][1]


def test_code_stays_out_of_sight_until_the_switch_is_on_and_the_choice_is_kept(page, address):
    page.goto(f"{address}/ru/1-search.html")
    switch = page.get_by_role("switch", name="Показать код")
    buttons = page.locator("details.hide > summary:visible")
    assert (switch.get_attribute("aria-checked"), buttons.count()) == ("false", 0)
    switch.press("Enter")
    assert switch.get_attribute("aria-checked") == "true"
    assert buttons.count() > 5
    assert page.locator("details.hide[open]").count() == 0
    page.goto(f"{address}/ru/2-screening.html")
    assert buttons.count() > 5


def test_without_script_code_and_folded_tables_can_be_reached(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/en/1-search.html")
    assert not page.locator(".codes").is_visible()
    page.locator("details.hide > summary").first.click()
    assert page.locator("details.hide pre").first.is_visible()
    fold = page.locator("details.fold").first
    fold.locator("summary").first.click()
    assert fold.locator("table").is_visible()
    context.close()


def test_a_link_shows_what_it_leads_to_on_this_page_and_on_another(page, address):
    preview = page.locator(".preview")
    for place, link, said in (
        ("index.html", "a[href$='#term-acceptability']", "Rank acceptability: the share"),
        ("3-synthesis.html", "a[href='#tab-all-findings']", "Steinmo & Rasmussen"),
    ):
        page.goto(f"{address}/en/{place}")
        page.locator(f"main {link}").first.hover()
        preview.wait_for()
        assert said in preview.inner_text()
        assert preview.locator("[id], button, a.headerlink").count() == 0
        page.keyboard.press("Escape")
        preview.wait_for(state="hidden")
    page.locator("main a[href='#tab-all-findings']").first.click()
    page.locator("#tab-all-findings table").wait_for()  # the link works as ever
    assert page.messages == []


def test_a_link_to_a_folded_table_opens_it(page, address):
    page.goto(f"{address}/en/1-search.html")
    fold = page.locator("details.fold").first
    assert fold.locator("table").count() == 0
    anchor = fold.evaluate('f => /<figure[^>]* id="([^"]+)/.exec(f.textContent)[1]')
    page.goto(f"{address}/en/2-screening.html")
    page.goto(f"{address}/en/1-search.html#{anchor}")
    assert fold.locator("table").is_visible()
    page.wait_for_function(
        """anchor => {
            const top = document.getElementById(anchor).getBoundingClientRect().top;
            return top >= 0 && top < innerHeight;
        }""",
        arg=anchor,
    )


UNFOLD = """() => {
    for (const fold of document.querySelectorAll("main details")) fold.open = true;
    return new Promise((done) => setTimeout(done));  // an event unpacks what a fold holds
}"""
BROKEN = """() => {
    const kept = [/(?:[Тт]аблиц|[Рр]исун|[Аа]бзац)\\p{L}*\\s+\\d/gu,
        /(?:Table|Figure|paragraph)s?\\s+\\d/gu,
        /\\S\\s[—–](?=\\s)/gu, /\\d-(?:абзац|кесте|сурет)/gu];
    const blocks = new Map();
    const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const text = walk.currentNode;
        if (text.parentElement.closest("pre, code, svg, script, noscript, select")) continue;
        let block = text.parentElement;
        while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
        if (block.checkVisibility()) blocks.set(block, [...(blocks.get(block) ?? []), text]);
    }
    const found = [];
    for (const texts of blocks.values()) {
        const letters = texts.flatMap(text => [...text.data].map((_, at) => [text, at]));
        const said = texts.map(text => text.data).join("");
        const box = at => {
            const range = document.createRange(), [text, from] = letters[at];
            range.setStart(text, from);
            range.setEnd(text, from + 1);
            return range.getBoundingClientRect();
        };
        for (const pattern of kept) for (const match of said.matchAll(pattern)) {
            const first = box(match.index), last = box(match.index + match[0].length - 1);
            if (first.width && last.width && last.top > first.bottom - first.height / 4)
                found.push(match[0]);
        }
    }
    return found;
}"""


@pytest.mark.parametrize("place", [place for place in PAGES if place.startswith("kk")])
def test_no_line_breaks_between_a_word_and_its_number_or_before_a_dash(turned_to, place):
    """In Kazakh, whose numbers stand before and behind their words, and whose lines are longest."""
    page = turned_to(place)
    page.evaluate(UNFOLD)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(BROKEN) == []
