"""Bars of rank acceptability: labelled on the bars, sorted, legible on a phone."""

import re

import pandas as pd
import pytest

from compendium.language import label
from compendium.ranking import rank_bars

PHONE = 390 - 2 * 16  # pixels: the narrowest page that is drawn for, without its margins
SMALLEST = 11  # pixels


@pytest.fixture
def frame():
    shares = {"living_labs": (0.25, 0.5, 0.25), "intermediaries": (0.6, 0.3, 0.1),
              "joint_laboratories": (0.15, 0.2, 0.65)}
    return pd.DataFrame(
        [(model, rank, share, 0.01) for model, own in shares.items()
         for rank, share in enumerate(own, 1)],
        columns=["model", "rank", "acceptability", "standard_error"],
    )


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_both_drawings_say_every_model_and_share(frame):
    figure = rank_bars.rank_bars(frame)
    for drawing in (figure.svg, figure.narrow):
        said = texts(drawing)
        assert {label(model) for model in frame["model"]} <= set(said)
        assert {"60%", "30%", "10%", "65%", "rank 1"} <= set(said)


def test_the_model_that_comes_first_most_often_stands_at_the_top(frame):
    said = texts(rank_bars.rank_bars(frame).narrow)
    order = [text for text in said if text in {label(model) for model in frame["model"]}]
    assert order[0] == label("intermediaries")
    assert order[-1] == label("joint_laboratories")


def test_the_smallest_text_can_be_read_on_a_phone(frame):
    narrow = rank_bars.rank_bars(frame).narrow
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', narrow)[1])
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", narrow)]
    assert min(sizes) * PHONE / width >= SMALLEST


def test_the_drawing_has_no_error_of_the_simulation(frame):
    assert "±" not in rank_bars.rank_bars(frame).svg


def test_a_share_too_small_for_its_text_is_left_to_the_table(frame):
    frame.loc[frame["model"] == "intermediaries", "acceptability"] = [0.97, 0.02, 0.01]
    figure = rank_bars.rank_bars(frame)
    assert "2%" not in texts(figure.narrow)
    assert "2%" in rank_bars.table(frame).to_csv()


def test_numbers_that_do_not_add_up_to_100_are_explained_and_others_are_not(frame):
    note = "Shares are rounded"
    assert note not in rank_bars.rank_bars(frame).svg
    frame.loc[frame["model"] == "intermediaries", "acceptability"] = [0.416, 0.296, 0.288]
    figure = rank_bars.rank_bars(frame)
    assert note in figure.svg and note in figure.narrow


def test_a_rank_without_room_for_its_name_makes_all_but_the_first_numbers(frame):
    frame.loc[frame["model"] == "intermediaries", "acceptability"] = [0.6, 0.32, 0.08]
    said = texts(rank_bars.rank_bars(frame).narrow)
    assert {"rank 1", "2", "3"} <= set(said) and "rank 2" not in said
    assert "8%" in said


def test_the_phone_has_its_own_drawing_and_print_the_wide_one(frame):
    html = rank_bars.rank_bars(frame)._repr_html_()
    assert 'class="figure-narrow screen-only"' in html
    assert html.count("<svg") == 2
