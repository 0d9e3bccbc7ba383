"""A Scopus query for another database; what that cannot express is listed, never dropped silently.

The tree becomes an object of the package search-query, which `platforms.written` writes.
"""

from __future__ import annotations

from dataclasses import dataclass

from scopus_query.losses import Loss, grouped
from scopus_query.openalex import search_url
from scopus_query.platform_query import Built, build
from scopus_query.platforms import BY_NAME, Platform, written
from scopus_query.tree import Node

PLATFORMS = (*BY_NAME, "openalex")


@dataclass(frozen=True)
class Translation:
    """A query in another database's language.

    Attributes
    ----------
    platform, label : str
    text : str
        Empty if nothing of the query can be asked there, or nothing but its filters.
    losses : tuple of Loss
        One for each reason.
    """

    platform: str
    label: str
    text: str
    losses: tuple[Loss, ...] = ()

    def as_data(self) -> dict:
        """Plain values, for JSON."""
        losses = [loss.as_data() for loss in self.losses]
        return {"platform": self.platform, "text": self.text, "losses": losses}


def translate(tree: Node, platform: str, *, lines: bool = False) -> Translation:
    """Write a query for another database.

    Parameters
    ----------
    tree : Node
    platform : {"wos", "pubmed", "ebsco", "embase", "ovid", "cochrane", "openalex"}
    lines : bool
        Whether each part is a line of a search history, and the last line joins them.
    """
    if platform == "openalex":
        text, losses = search_url(tree)
        return Translation("openalex", "OpenAlex", text, grouped(losses))
    chosen = BY_NAME[platform]
    built = build(tree, chosen)
    text = "\n".join(_lines(built, chosen, lines)) if built.query else ""
    return Translation(platform, chosen.label, text, grouped(built.losses))


def _lines(built: Built, platform: Platform, apart: bool) -> list[str]:
    """The query as one line, or as numbered ones where parts or years stand alone."""
    query = built.query
    assert query is not None
    texts = [written(query, platform)]
    if apart and query.children and not query.field and query.value in ("AND", "NOT"):
        texts = [written(part, platform) for part in query.children]
        names = [platform.line.format(n=n) for n in range(1, len(texts) + 1)]
        texts.append(f" {query.value} ".join(names))
    if built.years and platform.limit:
        first, last = built.years
        shown = platform.now if last == platform.ends[1] else last
        line = platform.line.format(n=len(texts))
        texts.append(platform.limit.format(line=line, first=first, last=shown))
    elif not apart:
        return texts
    return [f"{n}. {text}" for n, text in enumerate(texts, 1)]
