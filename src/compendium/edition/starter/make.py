"""A new compendium made in one step: it is there whole, or it is not there."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from tempfile import mkdtemp

import nbformat
import yaml

from compendium import project
from compendium.edition import chapters
from compendium.edition.starter import readme, tables, wheel, words
from compendium.edition.starter.chapters import stripped
from compendium.edition.starter.readme import GUIDE
from compendium.edition.starter.texts import FILES
from compendium.errors import CompendiumError

_PLAIN = ("TRANSLATING.md", "requirements.lock", ".gitignore")


def make(folder: Path, title: str = "") -> None:
    """Make a new compendium.

    Parameters
    ----------
    folder : Path
        Where; it does not exist, or is empty.
    title : str
        The review's title in English; a marked example if left out.

    Raises
    ------
    CompendiumError
        If the folder is not empty, is no folder, or cannot be written.
    """
    folder = folder.expanduser().absolute()
    check(folder)
    above = next(parent for parent in folder.parents if parent.is_dir())
    try:
        draft = Path(mkdtemp(prefix=f".{folder.name}-", dir=above))
    except OSError as error:
        raise CompendiumError(
            f"The folder cannot be made: {error.strerror}.", path=folder,
            remedy="Name another place, or change the rights of this one.",
        ) from None
    try:
        _fill(draft, title)
        draft.chmod(0o755)
        folder.parent.mkdir(parents=True, exist_ok=True)
        os.replace(draft, folder)  # an empty folder gives way
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def check(folder: Path) -> None:
    """Refuse a place where something is already.

    Raises
    ------
    CompendiumError
        If it is a file, or a folder that is not empty.
    """
    if folder.exists() and not folder.is_dir():
        raise CompendiumError("This is a file.", path=folder, remedy="Name a folder.")
    if folder.is_dir() and any(folder.iterdir()):
        raise CompendiumError(
            "The folder is not empty.", path=folder,
            remedy="Name a new folder, or an empty one; nothing was changed.",
        )


def _fill(draft: Path, title: str) -> None:
    book = _book(title)
    shown = yaml.safe_load(book)["title"]["en"]
    tables.write(draft / "data", shown)
    renamed = {tables.own_context(): tables.CONTEXT, **tables.RENAMED}
    _chapters(draft, renamed)
    (draft / "book.yml").write_text(book, encoding="utf-8")
    for name in _PLAIN:
        shutil.copy(project.home(name), draft / name)
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(FILES / name, draft)
    shutil.copytree(FILES / "tests", draft / "tests",
                    ignore=shutil.ignore_patterns("__pycache__"))  # fmt: skip
    workflows = draft / ".github" / "workflows"
    workflows.mkdir(parents=True)
    shutil.copy(FILES / "github" / "test.yml", workflows)
    (draft / "vendor").mkdir()
    package = wheel.write(draft / "vendor").name
    for name, text in {
        "_toc.yml": _toc(),
        "_config.yml": _config(shown),
        "parameters.yml": _renamed("parameters.yml", renamed),
        "environment.yml": _renamed("environment.yml", {"- -e .": f"- ./vendor/{package}"}),
    }.items():
        (draft / name).write_text(text, encoding="utf-8")
    with project.at(draft):
        words.write()
    readme.write(draft)


def _book(title: str) -> str:
    """`book.yml`; a title that is given stands in English, and for the other languages too."""
    text = (FILES / "book.yml").read_text(encoding="utf-8")
    if not title:
        return text
    own = yaml.safe_dump({"en": title}, allow_unicode=True, width=1000).strip()
    given = f"title:\n  {own}\n  ru: null\n  kk: null\n"
    return re.sub(r"(?m)^title:\n(?:  .*\n)+", lambda _: given, text)


def _chapters(draft: Path, renamed: dict[str, str]) -> None:
    (draft / "chapters").mkdir()
    for name in chapters.names(project.home()):
        if name != GUIDE:
            source = nbformat.read(project.home("chapters", f"{name}.ipynb"), as_version=4)
            nbformat.write(stripped(source, renamed), draft / "chapters" / f"{name}.ipynb")


def _renamed(name: str, renamed: dict[str, str]) -> str:
    text = project.home(name).read_text(encoding="utf-8")
    for old, new in renamed.items():
        text = text.replace(old, new)
    return text


def _toc() -> str:
    lines = project.home("_toc.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if f"chapters/{GUIDE}" not in line)


def _config(title: str) -> str:
    text = project.home("_config.yml").read_text(encoding="utf-8")
    shown = yaml.safe_dump({"title": title}, allow_unicode=True, width=1000)
    return re.sub(r"(?m)^title:.*\n", lambda _: shown, text)
