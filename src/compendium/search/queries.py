"""Queries as they are printed: in colour where they are Scopus's, and otherwise as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from compendium.language import _, label
from compendium.search import platforms
from scopus_query.highlight import Listing


@dataclass(frozen=True)
class Listings:
    """Queries in the page, each under its name; those of Scopus in colour."""

    queries: Sequence[dict]

    def _repr_html_(self) -> str:
        return "\n".join(map(_shown, self.queries))

    def to_text(self) -> str:
        """The queries alone, to copy into a database."""
        return "\n\n".join(map(_named, self.queries))

    def __repr__(self) -> str:
        return f"Query: {self.to_text()}"


def _named(query: dict) -> str:
    return f"# {label(query['id'])}\n{query['text']}"


def _shown(query: dict) -> str:
    if platforms.platform(query) == platforms.SCOPUS:
        return Listing(_named(query))._repr_html_()
    name, _line, text = _named(query).partition("\n")
    # As Listing does it, without colours: those are of another language's words.
    return (
        '<div class="highlight-scopus" lang="en"><div class="highlight"><pre>'
        f'<span class="c1">{escape(name)}</span>\n{escape(text)}\n</pre></div></div>'
    )


def unread(queries: Sequence[dict]) -> str:
    """In a sentence: which queries are of a language that nobody here can read; or nothing."""
    names = [label(each["id"]) for each in queries
              if platforms.platform(each) == platforms.OTHER]  # fmt: skip
    if not names:
        return ""
    return _("Shown as they stand, and not read: {queries}.").format(queries="; ".join(names))
