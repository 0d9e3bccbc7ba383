"""Your own assessment: the page ranks as SMAA does, and everybody can change, send and undo it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pytest

from compendium import language
from compendium.edition import page as pages
from compendium.ranking import criteria, smaa
from compendium.ranking.own_assessment import OwnAssessment
from compendium.ranking.weights import WeightSpace
from compendium.ranking.weights_page import WHOLE, acceptability, mixtures, worths
from tests.ranking.conftest import written

CASES, DRAWS = 100, 600
KNOWN = [[2, 1], [0, np.nan], [np.nan, 4]]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory, assessment):
    folder = tmp_path_factory.mktemp("desk")
    return {code: written(folder, OwnAssessment(assessment), code) for code in language.LANGUAGES}


@pytest.fixture
def opened(browser, addresses):
    """Open the desk in a language, at an address; offline, and nothing on the console."""
    contexts, messages = [], []

    def open_page(code="en", tail="", width=1000, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(addresses[code] + tail)
        # the desk comes when the reader is near
        page.locator("fieldset").first.wait_for(state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert messages == []


def ranks(page):
    """The table as the reader sees it, without what the book has."""
    return page.evaluate(
        "() => [...document.querySelectorAll('.table-scroll')].filter(t => t.checkVisibility())"
        ".flatMap(t => [...t.querySelectorAll('tbody tr')].map(row => "
        "[...row.cells].map(cell => cell.firstChild.textContent)))"
    )


def level(page, model, criterion):
    name = f"{language.label(criterion)}: level of {language.label(model)}"
    return page.get_by_role("combobox", name=name, exact=True)


def an_unknown(assessment):
    model, criterion = np.argwhere(np.isnan(assessment.levels))[0]
    return assessment.models[model], assessment.codes[criterion]


# ------------------------------------------------------------------ the same arithmetic


@dataclass(frozen=True)
class FedScores(smaa.OrdinalScores):
    """SMAA's own scores, with numbers drawn elsewhere: worths of levels, and every guess."""

    worth: np.ndarray = None
    guess: np.ndarray = None

    def scale(self, rng, draws):
        return self.worth.copy()

    def guesses(self, rng, draws):
        return self.guess[np.isnan(self.levels)]


@dataclass(frozen=True)
class FedWeights:
    weights: np.ndarray

    def draw(self, rng, draws):
        return self.weights


def by_smaa(coded, levels, weights, counts, *, draws, seed=1):
    """What `smaa2` makes of a case, on the draws that a page makes from the coded levels."""
    scale = np.stack([
        worths(coded, np.full(coded.shape, one), draws=draws, seed=seed)[0]
        for one in range(criteria.TOP + 1)
    ])  # fmt: skip
    guessed = worths(coded, np.full(coded.shape, np.nan), draws=draws, seed=seed)
    guess = (scale[:, None] == guessed[None]).argmax(axis=0)
    if weights is None:
        drawn = mixtures(coded.shape[1], draws=draws, seed=seed)
    else:
        drawn = np.repeat(np.array(weights, dtype=float)[:, None], draws, axis=1)
    scores = FedScores(levels[:, counts], worth=scale[:, counts], guess=guess[:, counts])
    return smaa.smaa2(scores, FedWeights(drawn[counts]), draws=draws, threads=1)


def cases(coded, rng, number):
    """Random levels, unknown ones among them, weights or none, and criteria left out."""
    for _at in range(number):
        levels = rng.integers(0, criteria.TOP + 1, coded.shape).astype(float)
        levels[rng.random(coded.shape) < rng.random()] = np.nan
        keep = rng.random(coded.shape) < rng.random()
        levels[keep] = coded[keep]
        if rng.random() < 0.1:
            levels[1] = levels[0]  # models that may tie
        counts = rng.random(coded.shape[1]) < rng.choice([0.3, 0.8, 1])
        counts[rng.integers(coded.shape[1])] = True
        weights = None
        if rng.random() < 0.6:
            weights = rng.integers(0, 101, coded.shape[1])
            weights[np.flatnonzero(counts)[0]] += 1
        yield levels, weights, counts


def as_json(levels, weights, counts):
    return {
        "levels": [[None if np.isnan(one) else int(one) for one in row] for row in levels],
        "weights": None if weights is None else [int(weight) for weight in weights],
        "counts": [bool(one) for one in counts],
    }


def same(told, expected):
    """Whether a page counted every draw as SMAA did: a draw is far more than this tolerance."""
    own = np.array(told["pairs"], dtype=float)
    np.fill_diagonal(own, np.nan)
    return np.allclose(told["shares"], expected.acceptability, rtol=0, atol=1e-12) and (
        np.array_equal(own, expected.pairwise, equal_nan=True)
    )


def test_the_browser_ranks_as_smaa_does_on_the_same_draws(browser, tmp_path, assessment):
    given = list(cases(assessment.levels, np.random.default_rng(3), CASES))
    given[0] = (assessment.levels, None, np.ones(len(assessment.codes), dtype=bool))
    page = browser.new_page()
    page.goto(written(tmp_path, OwnAssessment(assessment, draws=DRAWS)))
    page.locator("fieldset").first.wait_for(state="attached")
    counted = page.evaluate(
        "given => given.map(state => document.querySelector('.own-assessment').rank(state))",
        [as_json(*case) for case in given],
    )
    page.close()
    wrong = [
        at for at, (case, told) in enumerate(zip(given, counted, strict=True))
        if not same(told, by_smaa(assessment.levels, *case, draws=DRAWS))
    ]  # fmt: skip
    assert len(counted) == CASES and wrong == []


def test_it_does_so_for_assessments_of_any_shape(opened):
    rng = np.random.default_rng(5)
    page = opened()
    for models, size, seed in [(2, 1, 1), (2, 6, 0), (3, 2, 9), (7, 4, 2**32 - 1), (4, 9, 2**31)]:
        coded = rng.integers(0, criteria.TOP + 1, (models, size)).astype(float)
        coded[rng.random(coded.shape) < 0.4] = np.nan
        for levels, weights, counts in cases(coded, rng, 6):
            everywhere = np.ones(size, dtype=bool)
            state = as_json(levels, weights, counts)
            told = page.evaluate(
                "([data, {levels, weights}]) => { const sums = ranks.addUp("
                "ranks.worths(data, ranks.draw(data), levels),"
                " weights ?? ranks.drawMixtures(data, levels[0].length), data.draws);"
                " return {shares: ranks.tally(sums),"
                " pairs: sums.map(a => sums.map(b => ranks.beats(a, b)))}; }",
                [{"levels": as_json(coded, None, [])["levels"], "draws": DRAWS, "seed": seed,
                  "top": criteria.TOP, "whole": WHOLE}, state],
            )  # fmt: skip
            expected = by_smaa(coded, levels, weights, everywhere, draws=DRAWS, seed=seed)
            assert same(told, expected), (models, size, seed)


def test_the_page_of_python_and_smaa_agree_where_models_tie():
    levels = np.array([[3, 1.0, 4], [3, 1.0, 4], [0, 0.0, np.nan]])
    weights, counts = np.array([7, 1, 3]), np.ones(3, dtype=bool)
    shares = acceptability(worths(levels, draws=DRAWS), weights)
    expected = by_smaa(levels, levels, weights, counts, draws=DRAWS)
    assert np.allclose(shares, expected.acceptability, rtol=0, atol=1e-12)


def test_with_drawn_weights_the_shares_are_the_books_within_their_error(assessment):
    desk = OwnAssessment(assessment)
    drawn = mixtures(len(assessment.codes), draws=desk.draws)
    shares = acceptability(worths(assessment.levels, draws=desk.draws), drawn)
    space = WeightSpace(assessment.codes)
    ranking = smaa.smaa2(assessment.levels, space, draws=100_000)
    assert shares == pytest.approx(ranking.acceptability, abs=0.015)


def test_drawn_weights_are_mixtures_of_any_kind_also_without_some_criteria():
    drawn = mixtures(6, draws=20_000)
    assert (drawn.sum(axis=0) == WHOLE).all() and (drawn >= 0).all()
    for kept in (drawn, drawn[[0, 2, 3]]):
        shares, n = kept / kept.sum(axis=0), len(kept)
        assert shares.mean(axis=1) == pytest.approx(np.full(n, 1 / n), abs=0.01)
        variance = (n - 1) / (n * n * (n + 1))  # of the uniform distribution on the mixtures
        assert shares.var(axis=1) == pytest.approx(np.full(n, variance), rel=0.08)


def test_a_changed_level_leaves_the_draws_of_all_others():
    levels = np.array(KNOWN)
    given = levels.copy()
    given[0, 0], given[2, 0] = np.nan, 3
    before, after = worths(levels, draws=50), worths(levels, given, draws=50)
    changed = (before != after).any(axis=2)
    assert changed.tolist() == [[True, False], [False, False], [True, False]]


# ------------------------------------------------------------------ the page


def test_it_opens_with_the_books_levels_and_nothing_is_marked(opened, assessment):
    page = opened()
    shown = page.locator(".levels select").evaluate_all("all => all.map(one => one.value)")
    coded = assessment.levels.T.flatten()
    assert shown == ["" if np.isnan(one) else str(int(one)) for one in coded]
    assert page.locator(".changed").count() == 0
    assert page.locator("small", has_text="book:").count() == 0
    live, printed = page.evaluate(
        "() => ['.screen-only', '.print-only'].map(kind => [...document.querySelectorAll("
        "kind + '.table-scroll tbody tr')].map(row => [...row.cells].map(c => c.textContent)))"
    )
    assert live == printed and len(live) == len(assessment.models)


def test_a_changed_level_changes_the_ranks_and_is_marked_beside_the_books(opened, assessment):
    page = opened()
    before = ranks(page)
    model, criterion = an_unknown(assessment)
    level(page, model, criterion).select_option("4")
    assert ranks(page) != before
    assert page.locator(".changed small").all_inner_texts() == ["book: ?"]
    first = language.percent(_first_as_coded(assessment, model))
    bar = page.locator(".bars li", has_text=language.label(model))
    assert f"book: {first}" in bar.inner_text()
    told = page.get_by_role("status")
    told.get_by_text("Changed levels: 1; criteria left out: 0.").wait_for()
    known = int(np.isfinite(assessment.levels).sum()) + 1
    assert f"Known levels: {known} of {assessment.levels.size}" in told.inner_text()


def _first_as_coded(assessment, model):
    frame = OwnAssessment(assessment).table.frame.set_index("model")
    return frame.loc[model, "rank_1"]


def test_reset_brings_the_book_back(opened, addresses, assessment):
    page = opened()
    before = ranks(page)
    level(page, *an_unknown(assessment)).select_option("0")
    page.get_by_role("radio", name="weights of my own").check()
    page.get_by_role("checkbox").nth(2).uncheck()
    assert ranks(page) != before
    page.get_by_role("button", name="Reset to the book").click()
    assert ranks(page) == before
    assert page.locator(".changed").count() == 0
    assert page.get_by_role("checkbox").nth(2).is_checked()
    assert page.url == addresses["en"] + "#own"


def test_the_address_restores_levels_weights_and_criteria_for_a_colleague(opened, assessment):
    page = opened()
    model, criterion = an_unknown(assessment)
    level(page, model, criterion).select_option("4")
    slider = page.get_by_role("slider").first
    slider.focus()
    page.keyboard.press("End")
    page.get_by_role("checkbox").nth(4).uncheck()
    tail = "#" + page.url.partition("#")[2]
    assert len(tail) < 220 and page.locator(".languages a").evaluate("a => a.hash") == tail
    other = opened(tail=tail)
    assert ranks(other) == ranks(page)
    assert level(other, model, criterion).input_value() == "4"
    assert not other.get_by_role("checkbox").nth(4).is_checked()
    assert other.get_by_role("slider").first.evaluate("one => one.value") == "100"
    assert other.url.endswith(tail)


def test_a_broken_address_leaves_the_book(opened, addresses, assessment):
    page = opened()
    shown = {"": ranks(page)}
    size, levels = len(assessment.codes), assessment.levels.size
    others = ".5" * (size - 1)
    for tail in (
        "#own&l=012", "#own&l=" + "9" * levels, "#own&l",
        "#own&w=1.2", f"#own&w=x{others}", f"#own&w=101{others}",
        "#own&c=1", "#own&c=" + "x" * size, "#own&c=" + "0" * (size + 1),
        "#other&c=" + "0".ljust(size, "1"), "#own&q=%",
    ):  # fmt: skip
        page.goto(addresses["en"] + tail)
        page.reload()
        page.locator("fieldset").first.wait_for(state="attached")
        shown[tail] = ranks(page)
    assert [tail for tail in shown if shown[tail] != shown[""]] == []


def test_weights_of_the_chapters_sliders_can_be_carried_over(opened, assessment):
    weights = [90, *[50] * (len(assessment.codes) - 1)]
    page = opened(tail="#own&w=" + ".".join(map(str, weights)))
    worth = worths(assessment.levels, draws=OwnAssessment(assessment).draws)
    first = acceptability(worth, np.array(weights))[:, 0]
    shown = {row[0]: row[2] for row in ranks(page)}
    for model, share in zip(assessment.models, first, strict=True):
        assert shown[language.label(model)] == language.percent(share)


def test_a_criterion_left_out_is_as_if_there_were_none(opened, assessment):
    page = opened()
    kept = np.arange(len(assessment.codes)) < 2
    for at in np.flatnonzero(~kept):
        page.get_by_role("checkbox").nth(int(at)).uncheck()
    draws = OwnAssessment(assessment).draws
    drawn = mixtures(len(assessment.codes), draws=draws) * kept[:, None]
    shares = acceptability(worths(assessment.levels, draws=draws), drawn)
    shown = {row[0]: row[2] for row in ranks(page)}
    assert shown == {
        language.label(model): language.percent(own[0])
        for model, own in zip(assessment.models, shares, strict=True)
    }
    for at in np.flatnonzero(kept):
        page.get_by_role("checkbox").nth(int(at)).uncheck()
    page.get_by_text("Choose at least one criterion and give it a weight.").wait_for()
    assert ranks(page) == []


def test_the_status_tells_who_cannot_be_told_apart_from_the_leader(opened, assessment):
    page = opened()
    told = page.get_by_role("status").inner_text()
    frame = OwnAssessment(assessment).table.frame
    leader = language.label(frame.loc[frame["rank_1"].idxmax(), "model"])
    assert told.startswith(f"First most often: {leader}, in ")
    levels = np.repeat([[4.0], [4.0], [0.0]], [1, 1, len(assessment.models) - 2], axis=0)
    text = "".join(str(int(one)) * len(assessment.codes) for one in levels.flatten())
    page = opened(tail=f"#own&l={text}")
    second = language.label(assessment.models[1])
    told = page.get_by_role("status").inner_text()
    assert f"Its lead over {second} ({language.percent(0.5)}) is not clear." in told
    everything = assessment.levels.size
    assert f"Known levels: {everything} of {everything}, with {language.percent(1)}" in told


def test_the_share_of_weight_on_known_levels_follows_the_weights(opened, assessment):
    known = np.isfinite(assessment.levels).mean(axis=0)
    best = int(known.argmax())
    weights = ["0"] * len(known)
    weights[best] = "10"
    told = opened(tail="#own&w=" + ".".join(weights)).get_by_role("status").inner_text()
    assert f"with {language.percent(known[best])} of the weight" in told


def test_everything_is_reached_and_changed_by_the_keyboard(opened, assessment):
    page = opened()
    model, criterion = assessment.models[0], assessment.codes[0]
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "range"
    page.keyboard.press("Home")
    assert page.get_by_role("radio", name="weights of my own").is_checked()
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.ariaLabel")
    assert focused == f"{language.label(criterion)}: level of {language.label(model)}"
    page.keyboard.press("4")
    page.wait_for_function("location.hash.includes('&l=')")
    assert page.evaluate("document.activeElement.value") == "4"


def test_every_input_has_a_name_of_its_own(opened):
    names = opened().evaluate(
        "() => [...document.querySelectorAll('.levels :is(select, input)')]"
        ".map(one => one.ariaLabel ?? one.labels[0].textContent)"
    )
    assert all(names) and len(set(names)) == len(names)


@pytest.mark.parametrize("code", list(language.LANGUAGES))
def test_a_phone_shows_one_criterion_at_a_time_without_scrolling_sideways(
    opened, assessment, code
):
    page = opened(code, width=390, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shown = page.locator(".levels select:visible")
    assert shown.count() == len(assessment.models)
    page.locator(".picker select").select_option(str(len(assessment.codes) - 1))
    language.use(code)
    wanted = language.label(assessment.codes[-1])
    language.use("en")
    assert shown.first.get_attribute("aria-label").startswith(wanted)
    assert shown.first.bounding_box()["height"] >= 24
    before = ranks(page)
    shown.first.select_option("0" if shown.first.input_value() == "4" else "4")
    assert ranks(page) != before
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_print_and_a_browser_without_scripts_show_the_book(browser, opened, addresses, assessment):
    page = opened()
    default = ranks(page)
    level(page, *an_unknown(assessment)).select_option("4")
    page.emulate_media(media="print")
    assert ranks(page) == default and page.locator("select:visible").count() == 0
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(addresses["en"])
    assert page.locator("tbody tr:visible").count() == len(assessment.models)
    context.close()


def test_a_review_without_an_assessment_has_no_desk(tmp_path):
    desk = OwnAssessment.of(tmp_path)
    assert (desk._repr_html_(), desk.to_csv(), desk.prose()) == ("", "", {})


def test_only_a_page_with_the_desk_loads_its_script_and_its_style(assessment):
    shown = OwnAssessment(assessment)._repr_html_()
    assert pages._scripts(shown) == ["ranks.js", "assessment.js"]
    assert pages._style("assessment.js") == "assessment.css" and pages._style("ranks.js") == ""
    inside = re.search(r'class="ranks">(.*?)</script>', shown).group(1)
    assert "<" not in inside
