"""A Scopus query for another database; what that cannot express is listed, never dropped silently.

The tree becomes an object of the package search-query, whose serialisers write it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
        losses = [{"text": x.text, "reason": x.reason, "start": x.span.start, "end": x.span.end,
                   "others": [list(span) for span in x.others]} for x in self.losses]  # fmt: skip
        return {"platform": self.platform, "text": self.text, "losses": losses}


def translate(tree: Node, platform: str) -> Translation:
    """Write a query for another database.

    Parameters
    ----------
    tree : Node
    platform : {"wos", "pubmed", "ebsco", "openalex"}
    """
    if platform == "openalex":
        text, losses = search_url(tree)
        return Translation("openalex", "OpenAlex", text, _grouped(losses))
    chosen = BY_NAME[platform]
    query, losses = build(tree, chosen)
    text = chosen.serializer.to_string(query) if query else ""
    return Translation(platform, chosen.label, text, _grouped(losses))


def _grouped(losses: list[Loss]) -> tuple[Loss, ...]:
    """One loss for each reason, at its first place, with the texts that it concerns."""
    kinds: dict[str, dict[str, Loss]] = {}
    for loss in losses:
        kinds.setdefault(loss.reason, {}).setdefault(loss.text, loss)
    grouped = []
    for texts in kinds.values():
        first, *others = texts.values()
        places = tuple(loss.span for loss in others)
        grouped.append(replace(first, text=", ".join(texts), others=places))
    return tuple(grouped)
