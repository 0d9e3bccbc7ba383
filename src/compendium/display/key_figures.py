"""Key figures: a few numbers with what they count, each linked to where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class KeyFigures:
    """Numbers with what they count, each linked to where it comes from.

    Attributes
    ----------
    items : list of (str, str, str)
        Number, what it counts, and the address of the place.
    """

    items: list[tuple[str, str, str]]

    def _repr_html_(self) -> str:
        inner = "\n".join(
            f"<div><dt>{escape(value)}</dt>"
            f'<dd><a href="{escape(href)}">{escape(what)}</a></dd></div>'
            for value, what, href in self.items
        )
        return f'<dl class="key-figures">\n{inner}\n</dl>'

    def to_text(self) -> str:
        """One line a number."""
        return "\n".join(f"{value}: {what}" for value, what, _href in self.items)

    def __repr__(self) -> str:
        return f"Key figures: {self.to_text()}"
