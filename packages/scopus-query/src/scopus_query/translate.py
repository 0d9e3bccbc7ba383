"""A Scopus query for another database; what that cannot express is listed, never dropped silently.

The tree becomes an object of the package search-query, whose serialisers write it.
"""

from __future__ import annotations

from dataclasses import dataclass

from scopus_query.meaning import meant
from scopus_query.openalex import search_url
from scopus_query.platform_query import Loss, build
from scopus_query.platforms import BY_NAME
from scopus_query.tree import Node

PLATFORMS = (*BY_NAME, "openalex")


@dataclass(frozen=True)
class Translation:
    """A query in another database's language.

    Attributes
    ----------
    platform, label : str
    text : str
        Empty if nothing of the query can be asked there.
    losses : tuple of Loss
    """

    platform: str
    label: str
    text: str
    losses: tuple[Loss, ...] = ()

    def as_data(self) -> dict:
        """Plain values, for JSON."""
        losses = [{"text": x.text, "reason": x.reason, "start": x.span.start, "end": x.span.end}
                  for x in self.losses]  # fmt: skip
        return {"platform": self.platform, "text": self.text, "losses": losses}


def translate(tree: Node, platform: str) -> Translation:
    """Write a query for another database.

    Parameters
    ----------
    tree : Node
    platform : {"wos", "pubmed", "ebsco", "openalex"}
    """
    if platform == "openalex":
        text, losses = search_url(meant(tree))
        return Translation("openalex", "OpenAlex", text, tuple(losses))
    chosen = BY_NAME[platform]
    query, losses = build(tree, chosen)
    text = chosen.serializer.to_string(query) if query else ""
    return Translation(platform, chosen.label, text, tuple(losses))
