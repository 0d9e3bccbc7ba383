"""Lists that stand beside one another, each under its heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Lists:
    """Lists that stand beside one another where there is room.

    Attributes
    ----------
    lists : mapping of str to sequence of str
        Items by heading.
    """

    lists: Mapping[str, Sequence[str]]

    def _repr_html_(self) -> str:
        inner = "\n".join(
            f'<div><p class="rubric">{escape(heading)}</p>\n<ul>'
            + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul></div>"
            for heading, items in self.lists.items()
        )  # fmt: skip
        return f'<div class="beside">\n{inner}\n</div>'

    def to_text(self) -> str:
        """One line a list."""
        return "\n".join(f"{heading}: {'; '.join(of)}" for heading, of in self.lists.items())

    def __repr__(self) -> str:
        return f"Lists: {self.to_text()}"
