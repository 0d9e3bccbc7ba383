"""The theme: its words, colours and files, read without building a page."""

import re

import pytest
from fontTools.ttLib import TTFont

from compendium import project
from compendium.display import palette
from compendium.edition import ui

THEME = project.theme("compendium")
CSS = (THEME / "static" / "compendium.css").read_text(encoding="utf-8")
JS = "".join(
    (THEME / "static" / name).read_text(encoding="utf-8")
    for name in ("compendium.js", "search.js", "preview.js")
)
TEMPLATES = {path.name: path.read_text(encoding="utf-8") for path in THEME.glob("*.html")}
LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁёЪъ«»„“–—₸№₽−×≈≤≥→"

COLOURS = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\);", CSS))


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "raised"])
@pytest.mark.parametrize("text", ["ink", "muted", "accent", "green", "red", "orange", "purple"])
def test_text_stands_out_from_its_ground(text, ground, scheme):
    pair = [COLOURS[name].split(", ")[scheme] for name in (text, ground)]
    assert _contrast(*pair) >= 4.5


@pytest.mark.parametrize("variable", palette.VARIABLES.values())
def test_every_colour_of_the_figures_is_defined_for_both_schemes(variable):
    assert re.search(rf"{variable}: (light-dark\(|var\()", CSS)


WRITTEN = [colour for colour in palette.VARIABLES
           if colour not in (palette.PAPER, palette.FAINT, palette.SOFT)]  # fmt: skip


def _of(colour: str, scheme: int) -> str:
    """A colour of the figures as a scheme has it; a variable may be another one."""
    name = palette.VARIABLES[colour].removeprefix("--")
    name = (re.findall(rf"--{name}: var\(--([\w-]+)\)", CSS) or [name])[0]
    return COLOURS[name].split(", ")[scheme]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("colour", WRITTEN)
def test_what_a_figure_writes_in_a_colour_stands_out_from_paper(colour, scheme):
    assert _contrast(_of(colour, scheme), _of(palette.PAPER, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_ink_is_legible_on_the_strongest_cell_of_a_heat_map(scheme):
    over, under = (_of(colour, scheme) for colour in (palette.ACCENT, palette.PAPER))
    parts = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (over, under)]
    mixed = [round(palette.FULL * a + (1 - palette.FULL) * b) for a, b in zip(*parts, strict=True)]
    ground = "#" + "".join(f"{part:02x}" for part in mixed)
    assert _contrast(_of(palette.INK, scheme), ground) >= 4.5


def test_a_figure_keeps_its_colours_in_the_light_scheme():
    for colour, variable in palette.VARIABLES.items():
        if light := COLOURS.get(variable.removeprefix("--")):
            assert light.startswith(colour), variable


def test_every_string_that_the_theme_asks_for_exists():
    asked = set(re.findall(r"\bui\.(\w+)", JS + "".join(TEMPLATES.values())))
    assert asked <= set(ui.strings()) | {"theme_"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_no_sentence_of_its_own(name):
    text = re.sub(
        r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<(script|svg).*?</\1>|<.*?>",
        " ",
        TEMPLATES[name],
        flags=re.DOTALL,
    )
    assert set(re.findall(r"[^\W\d_]{2,}", text)) <= {"PDF"}


def test_nothing_is_asked_from_anybody_else():
    loaded = re.findall(r'(?:src|href)="(https?:[^"]+)"', "".join(TEMPLATES.values()))
    assert loaded == []
    assert "//" not in "".join(re.findall(r"url\(([^)]*)\)", CSS))


def test_the_theme_stays_light():
    fonts = sum(path.stat().st_size for path in (THEME / "static" / "fonts").iterdir())
    assert len(CSS) < 30 * 1024
    assert len(JS) < 14 * 1024
    assert fonts < 125 * 1024


@pytest.mark.parametrize(
    "path", sorted(project.theme("fonts").glob("*.ttf")), ids=lambda path: path.stem
)
def test_the_fonts_of_figures_and_pdf_have_every_letter(path):
    known = TTFont(path).getBestCmap()
    assert [letter for letter in LETTERS if ord(letter) not in known] == []
