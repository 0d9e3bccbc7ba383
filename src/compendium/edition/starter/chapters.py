"""The chapters of a new compendium: this one's code, headings and captions, without its prose."""

from __future__ import annotations

import copy
import re
from fnmatch import fnmatch

import nbformat

from compendium.edition import blocks
from compendium.edition.starter.texts import texts

_LABEL = re.compile(r"^\(([\w-]+)\)=$")
_PLACED = re.compile(r"^(`{3,}|:{3,})\{glue(?::(?:figure|table))?\} ([\w-]+)$")
_TOLD = "{glue:text}"


def stripped(notebook: nbformat.NotebookNode, renamed: dict[str, str]) -> nbformat.NotebookNode:
    """A chapter as a new compendium begins with it.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter as it is written here.
    renamed : dict of str to str
        What code calls otherwise there, e.g. the context's folder.

    Returns
    -------
    NotebookNode
        The same code without outputs; the same headings, labels, figures and tables; of the prose
        what `texts.yml` gives for a label, and lists in which every item tells a computed value.
    """
    out = copy.deepcopy(notebook)
    label, cells = "", []
    for cell in out.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            for old, new in renamed.items():
                cell.source = cell.source.replace(old, new)
        else:
            cell.source, label = _prose(cell.source, label)
        if cell.source.strip():
            cells.append(cell)
    out.cells = cells
    return out


def _prose(source: str, label: str) -> tuple[str, str]:
    """A cell's text for a new compendium, and the label of the section that it ends in."""
    told, out = texts(), []
    for block in blocks.split(source):
        said = told["prose"].get(label, "")
        if found := _LABEL.match(block):
            label = found[1]
        elif label in told["left_out"]:
            continue
        elif block.startswith("#"):
            heading = told["headings"].get(label, block)
            out += [f"({label})=\n{heading}" if label else heading]
            out += [told["prose"][label].strip()] if label in told["prose"] else []
        elif found := _PLACED.match(block.split("\n")[0]):
            out.append(_captioned(block, told["captions"].get(found[2])))
        elif block.startswith(("```", ":::")) or _kept(label) or (
            _computed(block) and _TOLD not in said
        ):
            out.append(block)
    return "\n\n".join(out), label


def _kept(label: str) -> bool:
    return any(fnmatch(label, pattern) for pattern in texts()["keep"])


def _captioned(block: str, caption: str | None) -> str:
    if caption is None:
        return block
    head, *rest = block.split("\n")
    options = [line for line in rest if line.startswith(":")]
    return "\n".join([head, *options, caption, rest[-1]])


def _computed(block: str) -> bool:
    """Whether every sentence of a list or paragraph tells a value that the chapter computes."""
    if _TOLD not in block:
        return False
    marked = re.sub(r"\{glue:text\}`[^`]*`", "\0", block)
    sentences = [part for part in re.split(r"\.(?:\s+|$)|\n[-*] ", marked) if part.strip("-* \n")]
    return all("\0" in sentence for sentence in sentences)
