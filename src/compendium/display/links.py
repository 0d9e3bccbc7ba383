"""Links that a page offers as buttons; print, which cannot follow them, leaves them out."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Buttons:
    """Links as buttons, the first one the strongest.

    Attributes
    ----------
    items : list of (str, str)
        What each says, and its address.
    """

    items: list[tuple[str, str]]

    def _repr_html_(self) -> str:
        links = "".join(f'<a href="{escape(href)}">{escape(said)}</a>' for said, href in self.items)
        return f'<p class="buttons screen-only">{links}</p>'

    def to_text(self) -> str:
        """One line a link."""
        return "\n".join(f"{said}: {href}" for said, href in self.items)

    def __repr__(self) -> str:
        return f"Buttons: {self.to_text()}"
