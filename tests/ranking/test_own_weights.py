"""Own weights: the page counts what Python counts, and can be used by everybody, everywhere."""

from __future__ import annotations

import re

import numpy as np
import pytest

from compendium import language, project
from compendium.errors import CompendiumError
from compendium.ranking import smaa
from compendium.ranking.weights_page import DEFAULT, OwnWeights, acceptability, worths
from tests.ranking.conftest import written


@pytest.fixture(scope="module")
def addresses(tmp_path_factory, assessment):
    folder = tmp_path_factory.mktemp("own")
    return {code: written(folder, OwnWeights(assessment), code) for code in language.LANGUAGES}


@pytest.fixture
def page(browser, addresses):
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    context.set_offline(True)
    page = context.new_page()
    page.messages = []
    page.on("console", lambda message: page.messages.append(message.text))
    page.on("pageerror", lambda error: page.messages.append(str(error)))
    page.goto(addresses["en"])
    page.locator("fieldset").first.wait_for()  # the desk comes when the reader is near
    yield page
    assert page.messages == []
    context.close()


def ranks(page):
    """The table as the reader sees it: model and the shares of its ranks."""
    rows = page.locator(".own-weights table:visible tbody tr")
    return rows.evaluate_all("all => all.map(row => [...row.cells].map(cell => cell.innerText))")


def move(page, at, value):
    page.locator("input[type=range]").nth(at).evaluate(
        "(e, v) => { e.value = v; e.dispatchEvent(new Event('input')); }", value
    )


# ------------------------------------------------------------------ the same arithmetic


def test_the_browser_counts_what_python_counts_for_a_thousand_weights(page, assessment):
    drawn = np.random.default_rng(11).integers(0, 101, (1_000, len(assessment.codes)))
    drawn[0], drawn[1, 1:] = 1, 0  # equal weights, and all weight on one criterion
    drawn[1, 0] = 7
    counted = page.evaluate(
        "given => { const box = document.querySelector('.own-weights');"
        " return given.map(weights => box.acceptability(weights)); }",
        drawn.tolist(),
    )
    worth = worths(assessment.levels)
    own = np.array([acceptability(worth, weights) for weights in drawn])
    assert np.array_equal(np.array(counted), own)


def test_the_ranks_at_fixed_weights_are_those_of_smaa(assessment):
    weights = np.arange(1.0, len(assessment.codes) + 1)
    shares = acceptability(worths(assessment.levels, draws=40_000), weights)
    ranking = smaa.smaa2(assessment.levels, weights, draws=40_000)
    assert shares == pytest.approx(ranking.acceptability, abs=0.012)


def test_only_the_proportions_of_the_weights_count(assessment):
    worth = worths(assessment.levels, draws=500)
    weights = np.arange(1, len(assessment.codes) + 1)
    assert np.array_equal(acceptability(worth, weights), acceptability(worth, 4 * weights))


def test_models_that_tie_share_their_ranks():
    worth = worths(np.array([[3, 1.0], [3, 1.0], [0, 0.0]]), draws=50)
    shares = acceptability(worth, np.array([1, 1]))
    assert shares == pytest.approx(np.array([[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]))


@pytest.mark.parametrize("given", [{"draws": 0}, {"seed": -1}, {"seed": 2**32}])
def test_what_the_browsers_generator_cannot_take_is_refused(assessment, given):
    with pytest.raises(CompendiumError, match="seed from 0 to 4294967295 and one draw"):
        OwnWeights(assessment, **given)


# ------------------------------------------------------------------ the page


def test_a_slider_changes_shares_and_order_at_once(page, assessment):
    before = ranks(page)
    for at in range(len(assessment.codes)):
        move(page, at, 0)
    move(page, assessment.codes.index("crit_investment"), 100)
    after = ranks(page)
    assert after != before
    assert after[0][0] == language.label("state_programmes")
    worth = worths(assessment.levels)
    weights = np.array([code == "crit_investment" for code in assessment.codes])
    first = acceptability(worth, weights)[assessment.models.index("state_programmes"), 0]
    assert after[0][2] == language.percent(first)


def test_without_any_weight_the_page_asks_for_one(page, assessment):
    for at in range(len(assessment.codes)):
        move(page, at, 0)
    assert ranks(page) == []
    page.get_by_text("Give at least one criterion a weight.").wait_for()


def test_a_slider_is_moved_by_the_keyboard_and_says_its_share(page, assessment):
    others = len(assessment.codes) - 1
    before, after = (language.percent(own / (own + 50 * others), 1) for own in (50, 100))
    slider = page.get_by_role("slider", name="Trust", exact=True)
    assert slider.get_attribute("aria-valuetext") == f"50 of 100, {before} of all weight"
    slider.focus()
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == f"100 of 100, {after} of all weight"
    page.keyboard.press("ArrowLeft")
    assert slider.evaluate("e => e.valueAsNumber") == 99


def test_a_screen_reader_hears_the_outcome_once_the_slider_rests(page):
    told = page.get_by_role("status")
    assert told.inner_text().startswith("First most often: ")
    before = told.inner_text()
    slider = page.get_by_role("slider").nth(1)
    slider.focus()
    page.keyboard.press("End")
    assert told.inner_text() == before
    page.wait_for_function(
        "before => document.querySelector('[role=status]').textContent !== before", arg=before
    )


def test_the_weights_stand_in_the_address_and_come_back_from_it(page, addresses, assessment):
    move(page, 0, 90)
    weights = [90, *[DEFAULT] * (len(assessment.codes) - 1)]
    tail = "#own&w=" + ".".join(map(str, weights))
    assert page.url == addresses["en"] + tail
    assert page.locator(".languages a").evaluate("a => a.hash") == tail
    shown = ranks(page)
    page.reload()
    assert ranks(page) == shown
    page.get_by_role("button", name="Equal weights").click()
    assert page.url == addresses["en"] + "#own"


def test_an_address_with_other_weights_leaves_the_default(page, addresses):
    shown = {"": ranks(page)}
    for tail in ("#own&w=1.2", "#own&w=" + "999." * 13 + "1", "#own&w=x"):
        page.goto(addresses["en"] + tail)
        page.reload()
        page.locator("fieldset").first.wait_for()
        shown[tail] = ranks(page)
    assert [tail for tail in shown if shown[tail] != shown[""]] == []


def test_print_shows_the_default_whatever_the_sliders_say(page, assessment):
    default = ranks(page)
    move(page, 1, 100)
    assert ranks(page) != default
    page.emulate_media(media="print")
    assert [row[0] for row in ranks(page)] == [row[0] for row in default]
    assert page.locator("input[type=range]:visible").count() == 0
    assert ranks(page)[0] == default[0]


def test_without_scripts_the_default_stands_there(browser, addresses):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(addresses["en"])
    assert len(ranks(page)) == 5
    context.close()


@pytest.mark.parametrize("code", list(language.LANGUAGES))
def test_a_phone_shows_sliders_in_every_language_without_scrolling(browser, addresses, code):
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(addresses[code])
    page.locator("fieldset").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    language.use(code)
    wanted = language.label("crit_trust")
    language.use("en")
    slider = page.get_by_role("slider", name=wanted, exact=True)
    assert slider.bounding_box()["height"] >= 24
    assert re.search(r"\d", slider.get_attribute("aria-valuetext"))
    context.close()


@pytest.mark.parametrize("code", list(language.LANGUAGES))
def test_the_browser_writes_numbers_as_the_book_does(browser, addresses, code):
    context = browser.new_context()
    page = context.new_page()
    page.goto(addresses[code])
    page.locator("fieldset").first.wait_for()
    live, printed = page.evaluate(
        "() => ['.screen-only table', '.print-only table'].map(selector => "
        "[...document.querySelectorAll('.own-weights ' + selector + ' tbody tr')]"
        ".map(row => [...row.cells].map(cell => cell.textContent)))"
    )
    assert live == printed
    context.close()


def test_halves_are_rounded_as_the_book_rounds_them(page, assessment):
    shares = page.evaluate(
        "() => { const box = document.querySelector('.own-weights');"
        " return [0.125, 0.135, 0.575, 0.005, 0.9999].map(share => box.percent(share)); }"
    )
    assert shares == [language.percent(share) for share in (0.125, 0.135, 0.575, 0.005, 0.9999)]


def test_text_in_the_data_is_no_markup(assessment):
    told = OwnWeights(assessment)._repr_html_()
    inside = re.search(r'class="ranks">(.*?)</script>', told).group(1)
    assert "<" not in inside


def test_a_page_with_the_sliders_loads_their_script(assessment):
    from compendium.edition import page

    assert page._scripts(OwnWeights(assessment)._repr_html_()) == ["ranks.js", "weights.js"]
    for script in ("ranks.js", "weights.js"):
        assert project.theme("compendium", "static", script).is_file()
