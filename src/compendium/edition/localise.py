"""A chapter in another language: its prose translated, its code untouched."""

from __future__ import annotations

import copy

import nbformat

from compendium.edition import blocks, catalogs


def localise(
    notebook: nbformat.NotebookNode, name: str, language: str
) -> nbformat.NotebookNode:
    """A copy of a chapter with every markdown cell in the language.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter as written.
    name : str
        The chapter's name, which is its catalog's too.
    language : str
        BCP 47 code.
    """
    gettext = catalogs.gettext(language, name)
    out = copy.deepcopy(notebook)
    for cell in out.cells:
        if cell.cell_type == "markdown":
            cell.source = blocks.translate(cell.source, gettext)
    out.metadata["language"] = language
    return out
