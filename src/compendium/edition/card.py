"""The picture that a link to the book has in a social network: its title and its question."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from sphinx.application import Sphinx

from compendium import files
from compendium.edition import excerpts
from compendium.edition.edition import Edition, site_url
from compendium.edition.page import CARD
from compendium.language import speaking

WIDTH, HEIGHT = 1200, 630
"""Pixels, as the networks ask."""
_DOTS = 100  # to an inch


def write(app: Sphinx, error: Exception | None) -> None:
    """Draw the edition's card among its pages, where the site's address is known.

    Networks fetch a picture by an absolute address alone.
    """
    if error is None and site_url() and app.builder.name == "html":
        files.replace(Path(app.outdir) / CARD, drawn(Edition(app.config.compendium_language)))


def drawn(edition: Edition) -> bytes:
    """The card as PNG, the same in every run."""
    from matplotlib import pyplot as plt
    from matplotlib.patches import Rectangle

    from compendium.display import canvas, fill, palette

    about = edition.about()
    with speaking(edition.language):
        brief = excerpts.told(excerpts.BRIEF)
    question = (brief and brief.question) or about["subtitle"]
    figure, axes = canvas(WIDTH / _DOTS, HEIGHT / _DOTS)
    figure.set_layout_engine("none")
    axes.set(position=(0, 0, 1, 1), xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    axes.axis("off")
    axes.add_patch(Rectangle((0, 0), 28, HEIGHT, color=palette.ACCENT))
    title = axes.text(90, 70, fill(about["title"], 38), va="top", size=36, weight="bold",
                      family="Source Serif 4", linespacing=1.15, color=palette.INK)  # fmt: skip
    bottom = title.get_window_extent(figure.canvas.get_renderer())
    axes.text(90, HEIGHT - bottom.y0 / figure.dpi * _DOTS + 40, fill(question, 58), va="top",
              size=24, linespacing=1.25, color=palette.ACCENT)  # fmt: skip
    signed = f"{'; '.join(about['authors'])}, {about['published'].year}"
    axes.text(90, HEIGHT - 50, signed, va="bottom", size=18, color=palette.MUTED)
    out = BytesIO()
    figure.savefig(out, dpi=_DOTS, format="png", facecolor=palette.PAPER,
                   metadata={"Software": None})  # fmt: skip
    plt.close(figure)
    return out.getvalue()


def setup(app: Sphinx) -> dict:
    """Sphinx's entry point."""
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
