"""The chapters as they are written: which there are, in which order, and their cells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from compendium import project
from compendium.errors import CompendiumError
from compendium.language import _
from compendium.yaml_file import read_yaml

if TYPE_CHECKING:
    import nbformat


def toc(folder: Path | None = None) -> dict:
    """The table of contents, `_toc.yml`, of this compendium or of the one in a folder."""
    file = (folder or project.root()) / "_toc.yml"
    return read_yaml(file, file.name)


def names(folder: Path | None = None) -> list[str]:
    """Names of the chapters in the reader's order, of this compendium or of the one in a folder.

    Raises
    ------
    CompendiumError
        If `_toc.yml` names a chapter that does not exist, or leaves one out that does.
    """
    folder = folder or project.root()
    contents = toc(folder)
    try:
        files = [contents["root"]]
        for part in contents.get("parts") or [contents]:
            files += [entry["file"] for entry in part.get("chapters") or []]
    except (TypeError, KeyError, AttributeError):
        raise CompendiumError(
            _("The table of contents does not name its chapters."), path="_toc.yml",
            remedy=_("Write `root: chapters/index`, and under `chapters:` a line `- file: "
                     "chapters/NAME` for each other one."),
        ) from None  # fmt: skip
    listed = [file.removeprefix("chapters/") for file in files]
    present = {file.stem for file in (folder / "chapters").glob("*.ipynb")}
    for name in listed:
        if name not in present:
            raise CompendiumError(
                _("The chapter {name} does not exist.").format(name=repr(name)),
                path="_toc.yml",
                remedy=_("Write chapters/{name}.ipynb, or take the line out.").format(name=name),
            )
    for name in sorted(present - set(listed)):
        raise CompendiumError(
            _("The chapter {name} is missing from the table of contents.")
            .format(name=repr(name)),
            path="_toc.yml",
            remedy=_("Add `- file: chapters/{name}`, or move the notebook elsewhere.")
            .format(name=name),
        )
    return listed


def execution_order() -> list[str]:
    """The order in which chapters run: the front page counts what others found, so it is last."""
    first, *rest = names()
    return [*rest, first]


def cells(name: str) -> list[dict]:
    """A chapter's cells as its file has them, for what must begin sooner than nbformat loads."""
    file = project.path("chapters", f"{name}.ipynb")
    return project.current().kept.get(("cells", name), [file], lambda: _cells(file))


def _cells(file: Path) -> list[dict]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))["cells"]
        return [{**cell, "source": "".join(cell["source"])} for cell in read]
    except (ValueError, KeyError, TypeError) as error:
        raise CompendiumError(
            _("The file is no notebook: {why}.").format(why=" ".join(str(error).split())[:80]),
            path=project.relative(file),
            remedy=_("Restore it, or open and save it in JupyterLab."),
        ) from None


def read(name: str) -> nbformat.NotebookNode:
    """A chapter's notebook."""
    import nbformat

    cells(name)  # which names a file that is none
    return nbformat.read(project.path("chapters", f"{name}.ipynb"), as_version=4)


def import_any(package: str) -> bool:
    """Whether a chapter's code imports from a package."""
    return any(
        f"from {package}" in cell["source"]
        for name in names()
        for cell in cells(name)
        if cell["cell_type"] == "code"
    )
