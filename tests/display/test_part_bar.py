"""A bar in parts names each part and its number; lists and buttons say what they hold."""

import re

from compendium import language
from compendium.display import Buttons, Lists, Part, palette, part_bar

PARTS = [
    Part("Open", 30, palette.GREEN), Part("None", 0, palette.RED), Part("Ended", 1, palette.RED)
]  # fmt: skip


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_every_part_is_named_with_its_number_however_small():
    figure = part_bar(PARTS)
    for drawing in (figure.svg, figure.narrow):
        assert texts(drawing) == ["30 Open", "1 Ended"]


def test_an_open_part_is_hatched_and_no_other():
    known, unknown = (
        part_bar([Part("Open", 30, palette.GREEN), Part("Unknown", 9, palette.MUTED, open=told)])
        for told in (False, True)
    )
    assert "<pattern" not in known.svg and "<pattern" in unknown.svg


def heights(svg):
    """How far down each name is written, in the order of the parts."""
    return [float(y) for y in re.findall(r"<text[^>]* y=\"([\d.]+)\"", svg)]


def test_names_are_read_from_the_first_part_down_and_no_line_passes_another_name():
    parts = [Part(f"Part {n}", size, palette.RED) for n, size in enumerate((9, 1, 2, 3, 2, 8))]
    for drawing in (part_bar(parts).svg, part_bar(parts).narrow):
        down = heights(drawing)
        assert len(down) == len(parts) and down == sorted(set(down))


def test_a_name_longer_than_its_side_is_broken():
    figure = part_bar([Part("a name of many words " * 3, 1, palette.RED)] * 2, small=True)
    assert len(texts(figure.svg)) > 2


def test_the_description_tells_the_whole_and_its_parts():
    assert part_bar(PARTS).alt == "One bar of 31 in parts. Open: 30; Ended: 1."


def test_a_small_picture_is_drawn_once():
    html = part_bar(PARTS, small=True)._repr_html_()
    assert html.count("<svg") == 1
    assert 'class="figure-small"' in html


def test_a_bar_without_parts_says_that_there_is_nothing_yet():
    with language.speaking("en"):
        assert part_bar([Part("Open", 0, palette.GREEN)]).alt == "Nothing here yet."


def test_a_button_escapes_what_it_says():
    html = Buttons([("A & B", "x.pdf?a=1&b=2")])._repr_html_()
    assert '<a href="x.pdf?a=1&amp;b=2">A &amp; B</a>' in html


def test_lists_keep_their_headings_and_order():
    lists = Lists({"One": ["a", "b"], "Two": []})
    assert lists.to_text() == "One: a; b\nTwo: "
    assert lists._repr_html_().index("One") < lists._repr_html_().index("Two")
