"""Colours that every figure shares: safe for colour-blind readers, light and dark.

A figure is drawn in the light scheme's colours. In the page each becomes a CSS variable with that
colour as its fallback, so that the dark scheme can change it and a PDF need not know.
"""

import re

INK = "#1f2328"
MUTED = "#5b6472"
FAINT = "#d9dee5"
PAPER = "#fefefe"
ACCENT = "#1f5f8b"
SOFT = "#cfe1ee"

# Okabe & Ito (2008), darkened where the contrast against paper was below 4.5:1, for names are
# written in them too.
ORANGE = "#aa5a13"
GREEN = "#00795c"
RED = "#b3402a"
PURPLE = "#8f5a8a"
YELLOW = "#836e00"
SKY = "#2d78a5"

SERIES = (ACCENT, ORANGE, GREEN, PURPLE, RED, SKY, YELLOW)

FULL = 0.45
"""How strong the largest value of a heat map is drawn: ink keeps 4.5:1 on it, in the dark too."""

VARIABLES = {
    INK: "--fig-ink",
    MUTED: "--fig-muted",
    FAINT: "--fig-faint",
    PAPER: "--fig-paper",
    ACCENT: "--fig-accent",
    SOFT: "--fig-soft",
    ORANGE: "--fig-orange",
    GREEN: "--fig-green",
    RED: "--fig-red",
    PURPLE: "--fig-purple",
    YELLOW: "--fig-yellow",
    SKY: "--fig-sky",
}


def plain(svg: str) -> str:
    """A drawing without the page's colour variables, for a file of its own."""
    return re.sub(r"var\(--[\w-]+, ([^)]+)\)", r"\1", svg)
