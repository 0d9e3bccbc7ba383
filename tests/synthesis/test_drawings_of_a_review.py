"""The drawings of any review: for the column and for a phone, in each language."""

from __future__ import annotations

import pytest

from compendium import language, project
from compendium.display.figure import PHONE, _inline
from compendium.pages import directions, effects, evidence_map, screening, synthesis
from tests import right_input


@pytest.fixture(scope="module")
def review(tmp_path_factory):
    folder = right_input.make(tmp_path_factory.mktemp("reviews") / "review")
    with project.at(folder) as opened:
        yield opened


@pytest.mark.parametrize("code", ["en", "ru", "kk"])
def test_each_is_drawn_for_a_phone_too(review, code):
    with language.speaking(code):
        coded = evidence_map.read("map_rows", "map_columns")
        drawn = {
            "forest": effects.forest(effects.read()),
            "directions": directions.plot(directions.read(), 50, 500),
            "map": evidence_map.draw(coded, "map_rows", "map_columns"),
            "status": synthesis.status(review.data.table("extraction")),
            "years": synthesis.years(review.data.table("sources")),
            "flow": screening.flow(screening.read(review.path("data", "screening"))),
        }
    for name, figure in drawn.items():
        assert figure.narrow, name
        if name != "flow":  # which is laid out without matplotlib
            assert f'width="{PHONE * 72:g}pt"' in figure.narrow, name


def test_a_forest_plot_names_each_effect_with_its_interval_above_it_on_a_phone(review):
    figure = effects.forest(effects.read())
    assert figure.narrow.count("0.80 [0.60; 1.10]</text>") == 2
    assert "Lee &amp; Roe 2020: 0.80 [0.60; 1.10]" in figure.narrow


def test_an_axis_of_ratios_has_more_than_one_number(review):
    svg = effects.forest(effects.read()).svg
    assert all(f">{number}</text>" in svg for number in ("0.7", "1"))


def test_small_ratios_on_the_axis_are_no_zero(review, monkeypatch):
    read = effects.read()
    wide = read.each.assign(low=0.0004, high=90.0)
    shown = effects.forest(effects.Effects(wide, effects.pooled(wide))).svg
    assert ">0.001</text>" in shown and ">0</text>" not in shown


def test_a_number_that_is_read_keeps_its_decimals_and_one_that_places_does_not():
    svg = '<svg width="10.123456"><text x="1.98765">p = 0.0012</text></svg>'
    assert 'width="10.12"' in _inline(svg, "") and ">p = 0.0012<" in _inline(svg, "")
