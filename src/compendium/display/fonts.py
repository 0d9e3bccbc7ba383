"""The book's sans-serif inside an SVG file, so that it looks the same where nobody has the font."""

from __future__ import annotations

import base64
import re
from html import unescape
from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont

from compendium import project
from compendium.display.figure import FONT

OWN = "Compendium Sans"
"""The font's licence reserves the name "Source" for unchanged fonts."""
_FACES = {
    "Regular": ("normal", "normal", ""),
    "Bold": ("bold", "normal", r"\b(?:bold|700)\b"),
    "It": ("normal", "italic", r"\bitalic\b"),
}
"""Weight and style of each face of the book's sans-serif, and how a drawing asks for it."""


def embedded(svg: str) -> str:
    """An SVG file that carries the letters it needs.

    Parameters
    ----------
    svg : str
        As `Figure.standalone` gives it.
    """
    letters = "".join(sorted(set(unescape("".join(re.findall(r">([^<]+)<", svg))))))
    rules = [
        f"@font-face{{font-family:'{OWN}';font-weight:{weight};font-style:{style};"
        f"src:url(data:font/ttf;base64,{_subset(face, letters)})}}"
        for face, (weight, style, asked) in _FACES.items()
        if re.search(asked, svg)
    ]
    svg = svg.replace(f"'{FONT}'", f"'{OWN}', '{FONT}'")
    head, rest = svg.split(">", 1) if not svg.startswith("<?xml") else _after_declaration(svg)
    return f"{head}>\n<style>{''.join(rules)}</style>{rest}"


def _after_declaration(svg: str) -> list[str]:
    declaration, rest = svg.split("?>", 1)
    head, tail = rest.split(">", 1)
    return [f"{declaration}?>{head}", tail]


def _subset(face: str, letters: str) -> str:
    file = project.theme("fonts", f"{FONT.replace(' ', '')}-{face}.ttf")
    font = TTFont(file)
    options = subset.Options(
        layout_features=["kern", "locl", "ccmp", "mark"],
        name_IDs=[0, 13, 14],  # copyright and licence
        notdef_outline=True,
    )
    maker = subset.Subsetter(options)
    maker.populate(text=letters)
    maker.subset(font)
    out = BytesIO()
    font.save(out)
    return base64.b64encode(out.getvalue()).decode("ascii")
