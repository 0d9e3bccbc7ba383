"""Make the web fonts from Adobe's variable fonts: fewer letters, one optical size, 400–700.

Run by hand when Adobe publishes a new version (needs fontTools and brotli):

    python theme/fonts/subset.py SourceSerif4Variable-Roman.ttf SourceSerif4Variable-Italic.ttf \
        SourceSans3VF-Upright.ttf

The licence reserves the name 'Source' for unchanged fonts, hence 'Compendium Serif' and
'Compendium Sans'. matplotlib and Typst read the unchanged TTF files beside this script.
"""

import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LETTERS = (
    "U+20-7E,U+A0-FF,U+106,U+107,U+10C,U+10D,U+11E,U+11F,U+130,U+131,U+141,U+142,U+15A,U+15B,"
    "U+15E-161,U+17B-17E,"  # names of authors
    "U+400-45F,U+492,U+493,U+49A,U+49B,U+4A2,U+4A3,U+4AE-4B1,U+4BA,U+4BB,U+4D8,U+4D9,U+4E8,"
    "U+4E9,"  # Russian and Kazakh
    "U+2007,U+2009,U+200A,U+202F,U+2010-2015,U+2018-201E,U+2022,U+2026,U+2032,U+2033,U+2039,"
    "U+203A,U+2044,U+20AC,U+20B8,U+20BD,U+2116,U+2190-2193,U+2212,U+2248,U+2260,U+2264,U+2265,"
    "U+2713"
)
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "tnum", "lnum"]
OUT = Path(__file__).parent.parent / "compendium/static/fonts"
FONTS = [
    ("serif", "Compendium Serif", "Regular", {"opsz": 14, "wght": (400, 700)}),
    ("serif-italic", "Compendium Serif", "Italic", {"opsz": 14, "wght": 400}),
    ("sans", "Compendium Sans", "Regular", {"wght": (400, 700)}),
]


def reopened(font: TTFont) -> TTFont:
    """The same font after a round trip, which fills tables that are read lazily."""
    buffer = io.BytesIO()
    font.save(buffer)
    buffer.seek(0)
    return TTFont(buffer)


def rename(font: TTFont, family: str, style: str) -> None:
    for record in list(font["name"].names):
        if record.nameID not in (0, 1, 2, 4, 6, 13, 14):
            font["name"].removeNames(nameID=record.nameID)
    names = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family} {style}".replace(" ", "")}
    for number, name in names.items():
        font["name"].removeNames(nameID=number)
        font["name"].setName(name, number, 3, 1, 0x409)


for source, (name, family, style, limits) in zip(sys.argv[1:], FONTS, strict=True):
    font = reopened(instancer.instantiateVariableFont(TTFont(source), limits))
    options = subset.Options(hinting=False, layout_features=FEATURES, name_IDs=["*"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(LETTERS))
    subsetter.subset(font)
    if "STAT" in font:
        del font["STAT"]
    rename(font, family, style)
    font.flavor = "woff2"
    font.save(OUT / f"{name}.woff2")
    print(name, (OUT / f"{name}.woff2").stat().st_size)
