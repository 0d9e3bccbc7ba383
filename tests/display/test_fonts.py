"""Fonts inside SVG files."""

import base64
import re
from xml.etree import ElementTree

import pytest

from compendium import project
from compendium.display import Figure, canvas


@pytest.fixture(scope="module")
def drawn() -> str:
    figure, axes = canvas(2, 1)
    axes.text(0, 0, "Әдіс & жарық")
    axes.text(0, 1, "Bold", weight="bold")
    return Figure.of(figure, alt="A > B").standalone()


def test_a_file_carries_the_font_of_the_pages(drawn):
    (data,) = re.findall(r"base64,([A-Za-z0-9+/=]+)", drawn)
    font = project.theme("compendium", "static", "fonts", "sans.woff2")
    assert base64.b64decode(data) == font.read_bytes()


def test_the_texts_ask_for_the_font_that_the_file_carries(drawn):
    assert "font-family:'Compendium Sans'" in drawn
    asked = re.findall(r"font(?:-family)?: [^;\"]*Sans[^;\"]*", drawn)
    assert asked and all("'Compendium Sans', 'Source Sans 3'" in each for each in asked)


def test_the_file_is_well_formed_whatever_its_description_says(drawn):
    assert ElementTree.fromstring(drawn.encode()).get("aria-label") == "A > B"
