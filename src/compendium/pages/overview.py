"""The front page: key figures from what the other chapters found, and how to cite."""

from __future__ import annotations

from compendium import data
from compendium.chapter import Chapter
from compendium.display import KeyFigures
from compendium.language import _, join, label, number


def key_figures(chapter: Chapter) -> KeyFigures:
    """Records found, works included, and claims where there are any: each with its page.

    Parameters
    ----------
    chapter : Chapter
        Which reads what the other chapters left.
    """
    counts = chapter.load("1-search", "counts")
    hits = counts["hits"]
    found = number(int(hits.sum())) if hits.notna().all() else label("unknown")
    works = len(chapter.load("2-screening", "works"))
    items = [
        (number(len(counts)), _("queries"), "1-search.html"),
        (found, _("records that the queries found"), "1-search.html#search-counts"),
        (number(works), _("works included"), "2-screening.html#screening-works"),
    ]
    if data.holds("claims"):
        claims = len(chapter.load("claims", "claim_verdicts"))
        items.append((number(claims), _("claims tried on the data"), "claims.html"))
    return KeyFigures(items)


def citation(chapter: Chapter) -> str:
    """How to cite this book."""
    # Translators: version of the data and of the book, in a reference
    version = _("Version {version}").format(version=chapter.compendium.data.package["version"])
    book = chapter.book
    parts = [join(book.authors()), book.told("title"), book.told("subtitle"), version]
    return ". ".join(parts) + "."
