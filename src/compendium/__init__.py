"""An executable systematic review in several languages.

A chapter begins with ``from compendium import open_chapter``; other code with ``Compendium``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compendium.chapter import Chapter, open_chapter
    from compendium.errors import CompendiumError
    from compendium.project import Compendium

__all__ = ["Chapter", "Compendium", "CompendiumError", "open_chapter"]

_HOMES = {
    "Chapter": "chapter",
    "Compendium": "project",
    "CompendiumError": "errors",
    "open_chapter": "chapter",
}


def __getattr__(name: str) -> Any:
    # Imported when asked for: a command that reads a file need not wait for what draws figures.
    if name in _HOMES:
        return getattr(import_module(f"compendium.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
