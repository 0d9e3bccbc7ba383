"""`compendium init`: the folder of a new review, copied from the template that the engine carries.

The template is a compendium itself. What is filled in is the title, the lock file and the engine.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

from compendium import environment, wheels
from compendium.errors import CompendiumError
from compendium.language import _, ngettext

TEMPLATE = Path(__file__).parent / "template"
TITLES = {
    "en": "Example: title of the review", "ru": "Пример: название обзора",
    "kk": "Мысал: шолудың атауы",
}  # fmt: skip
"""The example title; a title that is given in English takes the place of all."""
DOTTED = ("gitignore", "github")
"""Names in the template that begin with a dot in a review: a package would leave them out."""

EXAMPLES = """\
example:
  compendium init ../my-review --title "Title of the review"
  cd ../my-review && make book

The new folder holds chapters, empty tables with marked examples, and the engine itself; it builds
as it is, in three languages. README.md has the steps.
"""


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    init = commands.add_parser(
        "init", help="make a new compendium for another review",
        description="Make a new compendium in a folder that is new or empty.",
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    init.add_argument("directory", metavar="DIRECTORY", type=Path, help="where: a new folder")
    init.add_argument("--title", default="", help="the review's title, in English")
    init.set_defaults(run=_init)


def _init(given: argparse.Namespace) -> int:
    folder = make(given.directory, given.title)
    files = sum(path.is_file() for path in folder.rglob("*"))
    print(ngettext("Made {folder}: {n} file.", "Made {folder}: {n} files.", files).format(
        folder=given.directory, n=files))  # fmt: skip
    print(_("Next: `make book` there builds the site and the PDFs; README.md has the steps."))
    return 0


def make(folder: Path, title: str = "") -> Path:
    """Make a new compendium; it is there whole, or it is not there.

    Parameters
    ----------
    folder : Path
        Where; it does not exist, or is empty.
    title : str
        The review's title in English; a marked example if left out.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    CompendiumError
        If the folder is not empty, is no folder, or cannot be written.
    """
    folder = folder.expanduser().absolute()
    _refuse_taken(folder)
    above = next(parent for parent in folder.parents if parent.is_dir())
    try:
        draft = Path(mkdtemp(prefix=f".{folder.name}-", dir=above))
    except OSError as error:
        raise CompendiumError(
            _("The folder cannot be made: {why}.").format(why=error.strerror), path=folder,
            remedy=_("Name another place, or change the rights of this one."),
        ) from None
    try:
        _fill(draft, title)
        draft.chmod(0o755)
        folder.parent.mkdir(parents=True, exist_ok=True)
        os.replace(draft, folder)  # an empty folder gives way
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return folder


def _refuse_taken(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CompendiumError(_("This is a file."), path=folder, remedy=_("Name a folder."))
    if folder.is_dir() and any(folder.iterdir()):
        raise CompendiumError(
            _("The folder is not empty."), path=folder,
            remedy=_("Name a new folder, or an empty one; nothing was changed."),
        )


def _fill(draft: Path, title: str) -> None:
    shutil.copytree(
        TEMPLATE, draft, dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("__pycache__", "_build"),
    )  # fmt: skip
    for name in DOTTED:
        (draft / name).rename(draft / f".{name}")
    if title:
        for file in (draft / "book.yml", draft / "_config.yml"):
            _replace(file, json.dumps(TITLES["en"]), json.dumps(title, ensure_ascii=False))
        for code in ("ru", "kk"):
            _replace(draft / "book.yml", json.dumps(TITLES[code], ensure_ascii=False), "null")
        for file in draft.glob("README*.md"):
            _replace(file, TITLES["en"], title)
    vendor = draft / "vendor"
    vendor.mkdir()
    packages = "\n".join(f"      - ./vendor/{wheel.name}" for wheel in wheels.write(vendor))
    lock = wheels.lock().read_text(encoding="utf-8")
    (draft / "requirements.lock").write_text(lock, encoding="utf-8")
    conda = environment.conda(lock).replace("      - -e .", packages)
    (draft / "environment.yml").write_text(conda, encoding="utf-8")


def _replace(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
