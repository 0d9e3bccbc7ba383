"""The book in Chromium: languages, search, phone, colours, a clean console."""

from __future__ import annotations

import threading

import pytest

from compendium.edition import chapters
from compendium.edition.serve import server
from compendium.language import LANGUAGES
from tests.conftest import needs

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PAGES = [f"{code}/{name}.html" for code in LANGUAGES for name in chapters.names()]


@pytest.fixture(scope="module")
def address(site):
    with server(site, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture(scope="module")
def browser():
    program = needs("chromium", "google-chrome", "chromium-browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield running
        running.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.messages = []
    page.on("console", lambda message: page.messages.append(message.text))
    page.on("pageerror", lambda error: page.messages.append(str(error)))
    page.on("requestfailed", lambda request: page.messages.append(request.url))
    yield page
    context.close()


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


@pytest.mark.parametrize("place", PAGES)
def test_a_phone_never_scrolls_a_page_sideways(page, address, place):
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{address}/{place}")
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


def test_code_is_folded_until_asked_for(page, address):
    page.goto(f"{address}/ru/1-search.html")
    folded = page.locator("details.hide").first
    assert folded.get_attribute("open") is None
    assert folded.locator("summary").inner_text() == "Показать код"


@pytest.mark.parametrize("place", PAGES)
def test_no_text_of_a_figure_is_cut_off(page, address, place):
    page.goto(f"{address}/{place}")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('main figure svg')].flatMap(svg => {
            const box = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].filter(text => {
                const b = text.getBoundingClientRect();
                return b.left < box.left - 1 || b.right > box.right + 1
                    || b.top < box.top - 1 || b.bottom > box.bottom + 1;
            }).map(text => text.textContent);
        })"""
    )
    assert cut == []
