"""The book's sans-serif inside an SVG file, so that it looks the same where nobody has the font."""

from __future__ import annotations

import base64

from compendium import project

FONT = "Source Sans 3"
OWN = "Compendium Sans"
"""The licence reserves the name "Source" for unchanged fonts; the web font is a changed one."""


def embedded(svg: str) -> str:
    """An SVG file that carries the web font of the pages, all letters and weights of it.

    Parameters
    ----------
    svg : str
        A drawing as a file of its own, that asks for the unchanged font.
    """
    font = project.theme("compendium", "static", "fonts", "sans.woff2").read_bytes()
    face = (
        f"@font-face{{font-family:'{OWN}';font-weight:400 700;"
        f"src:url(data:font/woff2;base64,{base64.b64encode(font).decode('ascii')})}}"
    )
    start = svg.index(">", svg.index("<svg")) + 1
    drawing = svg[start:].replace(f"'{FONT}'", f"'{OWN}', '{FONT}'")
    return f"{svg[:start]}\n<style>{face}</style>{drawing}"
