"""Fonts inside SVG files."""

import base64
import re
from io import BytesIO

from fontTools.ttLib import TTFont
from matplotlib import pyplot

from compendium.display import Figure, canvas, fonts


def drawn() -> str:
    figure, axes = canvas(2, 1)
    axes.text(0, 0, "Әдіс & жарық")
    axes.text(0, 1, "Bold", weight="bold")
    made = fonts.embedded(Figure.of(figure, alt="Trial").standalone())
    pyplot.close("all")
    return made


def faces(svg: str) -> list[TTFont]:
    found = re.findall(r"base64,([A-Za-z0-9+/=]+)", svg)
    return [TTFont(BytesIO(base64.b64decode(data))) for data in found]


def test_a_file_carries_the_letters_of_its_texts_and_no_others():
    regular, bold = faces(drawn())
    assert {ord(letter) for letter in "Әдісжарық&"} <= set(regular.getBestCmap())
    assert ord("Ж") not in regular.getBestCmap()
    assert bold["OS/2"].usWeightClass >= 600


def test_a_changed_font_does_not_carry_the_reserved_name():
    svg = drawn()
    assert "font-family:'Compendium Sans'" in svg
    for font in faces(svg):
        assert not [n for n in font["name"].names if n.nameID in (1, 4, 6)]


def test_the_texts_ask_for_the_font_that_the_file_carries():
    asked = re.findall(r"font(?:-family)?: [^;\"]*Sans[^;\"]*", drawn())
    assert asked and all("'Compendium Sans', 'Source Sans 3'" in each for each in asked)
