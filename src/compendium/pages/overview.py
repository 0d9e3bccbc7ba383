"""The front page: key figures from what the other chapters found, and how to cite."""

from __future__ import annotations

from compendium.chapter import Chapter
from compendium.display import KeyFigures
from compendium.language import _, join, label, number


def key_figures(chapter: Chapter) -> KeyFigures:
    """Records found, works included, claims tried: each with the page that it comes from.

    Parameters
    ----------
    chapter : Chapter
        Which reads what the other chapters left.
    """
    counts = chapter.load("1-search", "counts")
    hits = counts["hits"]
    found = number(int(hits.sum())) if hits.notna().all() else label("unknown")
    works = len(chapter.load("2-screening", "works"))
    claims = len(chapter.load("5-claims", "claim_verdicts"))
    return KeyFigures([
        (number(len(counts)), _("queries"), "1-search.html"),
        (found, _("records that the queries found"), "1-search.html#search-counts"),
        (number(works), _("works included"), "2-screening.html#screening-works"),
        (number(claims), _("claims tried on the data"), "5-claims.html"),
    ])  # fmt: skip


def citation(chapter: Chapter) -> str:
    """How to cite this book."""
    # Translators: version of the data and of the book, in a reference
    version = _("Version {version}").format(version=chapter.compendium.data.package["version"])
    book = chapter.book
    parts = [join(book.authors()), book.told("title"), book.told("subtitle"), version]
    return ". ".join(parts) + "."
