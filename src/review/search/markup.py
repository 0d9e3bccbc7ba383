"""A query shown with its concept groups, operators and filters told apart."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby

from compendium.language import _, label
from review.search.queries import Part

LETTERS = "abcd"  # the theme's four ways to mark a concept group


@dataclass(frozen=True)
class Markup:
    """A query in the page, with a legend in the reader's language.

    Attributes
    ----------
    parts : tuple of Part
    """

    parts: tuple[Part, ...]

    def _repr_html_(self) -> str:
        letters = self._letters()
        body = "".join(
            _span(f"group-{letters[group]}", _parts(held)) if group else _parts(held)
            for group, held in groupby(self.parts, key=lambda part: part.group)
        )
        # The query is in Scopus's language and in English, whatever the reader's language is.
        legend = self._legend(letters)
        return f'<div class="query" lang="en">{body}</div>\n<p class="caption">{legend}</p>'

    def to_text(self) -> str:
        """The query alone, to copy into a database."""
        return "".join(part.text for part in self.parts)

    def _letters(self) -> dict[str, str]:
        groups = dict.fromkeys(part.group for part in self.parts if part.group)
        return dict(zip(groups, LETTERS, strict=False))

    def _legend(self, letters: dict[str, str]) -> str:
        kinds = {part.kind for part in self.parts}
        entries = [_span(f"group-{letter}", escape(label(g))) for g, letter in letters.items()]
        names = {
            "field": _("field code"),
            "operator": _("operator"),
            "filter": _("filter"),
            "error": _("unmatched parenthesis"),
        }
        entries += [_span(kind, escape(name)) for kind, name in names.items() if kind in kinds]
        return " · ".join(entries)

    def __repr__(self) -> str:
        return f"Query: {self.to_text()}"


def _parts(parts) -> str:
    return "".join(
        escape(part.text) if part.kind == "plain" else _span(part.kind, escape(part.text))
        for part in parts
    )


def _span(kind: str, html: str) -> str:
    return f'<span class="q-{kind}">{html}</span>'
