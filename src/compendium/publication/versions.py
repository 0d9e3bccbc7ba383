"""Versions of the site side by side: `v1/`, `v2/`, `latest/`, and a page that tells what changed.

A version that was published stays as it is. `versions.json` lists them, oldest first.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from compendium import digest
from compendium.edition import release, site
from compendium.errors import CompendiumError
from compendium.files import replace
from compendium.language import LANGUAGES, _
from compendium.language.active import SOURCE
from compendium.publication import codemeta, versions_page
from compendium.publication.changes import Changes, between
from compendium.reporting import declarations

REGISTER, LATEST = "versions.json", "latest"
_NAME = re.compile(r"[\w.+-]+")
Log = Callable[[str], None]


@dataclass(frozen=True)
class Version:
    """A published version.

    Attributes
    ----------
    version, date : str
    path : str
        Its folder.
    digest : str
        SHA-256 of its names and contents.
    """

    version: str
    date: str
    path: str
    digest: str


@dataclass(frozen=True)
class Built:
    """A site that can be published."""

    version: str
    date: str
    site: Path


@contextmanager
def built(archives: Sequence[Path]) -> Iterator[list[Built]]:
    """The sites to publish, oldest first: those of archives, or else the last release build's.

    Raises
    ------
    CompendiumError
        If there is no release build, or a file is not an archive of `compendium archive`.
    """
    if not archives:
        yield [Built(declarations.version(), release.date(), site.folder())]
        return
    with TemporaryDirectory(prefix="compendium-") as scratch:
        found = [_unpacked(file, Path(scratch, str(at))) for at, file in enumerate(archives)]
        yield sorted(found, key=_order)


def _unpacked(file: Path, into: Path) -> Built:
    try:
        with ZipFile(file) as zipped:
            told = json.loads(zipped.read(codemeta.FILE))
            zipped.extractall(into, [n for n in zipped.namelist() if n.startswith("site/")])
        return Built(told["version"], told["datePublished"], into / "site")
    except (OSError, BadZipFile, KeyError, ValueError):
        raise CompendiumError(
            _("This is not an archive of a release."), path=file,
            remedy=_("`compendium archive` makes one."),
        ) from None  # fmt: skip


def _order(version: Built | Version) -> tuple:
    """By date, and by number where they are of one day."""
    numbers = [(int(part), "") if part.isdigit() else (0, part)
               for part in version.version.split(".")]  # fmt: skip
    return version.date, numbers


def published(folder: Path) -> list[Version]:
    """The versions that a folder holds, oldest first.

    Raises
    ------
    CompendiumError
        If the list is not as it was written, or names a version whose folder is gone.
    """
    file = folder / REGISTER
    if not file.is_file():
        return []
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))["versions"]
        found = [Version(*(each[field] for field in Version.__dataclass_fields__))
                 for each in listed]  # fmt: skip
    except (ValueError, KeyError, TypeError):
        raise CompendiumError(
            _("The list of versions is not as it was written."), path=file,
            remedy=_("Restore the file."),
        ) from None  # fmt: skip
    for version in found:
        if not (folder / version.path).is_dir():
            raise CompendiumError(
                _("The folder of version {version} is gone.").format(version=version.version),
                path=folder / version.path,
                remedy=_("Restore it, or take the version out of {file}.").format(file=REGISTER),
            )
    return found


def publish(
    given: Built, folder: Path, *, over: bool = False, dry_run: bool = False,
    log: Log = lambda told: None,
) -> bool:  # fmt: skip
    """Put a site into a folder of versions, as a version and as the latest; older ones stay.

    Parameters
    ----------
    given : Built
    folder : Path
        New, or published to before.
    over : bool
        Whether a published version of the same number may be replaced.
    dry_run : bool
        Whether to write nothing.
    log : callable, optional
        Told what is written.

    Returns
    -------
    bool
        Whether anything changed.

    Raises
    ------
    CompendiumError
        If the folder holds another site, or the version was published with another content.
    """
    listed = published(folder)
    if not listed and folder.is_dir() and (folder / "index.html").exists():
        raise CompendiumError(
            _("The folder holds a site that is not one of versions."), path=folder,
            remedy=_("Name a new folder."),
        )  # fmt: skip
    if not _NAME.fullmatch(given.version):
        raise CompendiumError(
            _("{version} cannot be the name of a folder.").format(version=repr(given.version)),
            path=declarations.CITATION, column="version",
            remedy=_("Write digits, letters and dots."),
        )  # fmt: skip
    now = Version(given.version, given.date, f"v{given.version}", _digest(given.site))
    last = {version.version: version for version in listed}.get(now.version)
    if last and last.digest == now.digest:
        return False
    if last and not over:
        raise CompendiumError(
            _("Version {version} was published with another content.").format(version=now.version),
            path=folder / now.path,
            remedy=_("Raise `version` in {file}, or replace it with --replace.").format(
                file=declarations.CITATION),
        )  # fmt: skip
    log(f"{folder / now.path}/")
    log(f"{folder / LATEST}/")
    if dry_run:
        return True
    _put(given.site, folder / now.path, shutil.copy2)
    listed = sorted([*(version for version in listed if version is not last), now], key=_order)
    _put(folder / listed[-1].path, folder / LATEST, _link)
    _write(folder, listed)
    return True


def _digest(folder: Path) -> str:
    files = sorted((file.relative_to(folder).as_posix(), digest.of_bytes(file.read_bytes()))
                   for file in digest.files([folder]))  # fmt: skip
    return digest.of_texts(*(part for file in files for part in file))


def _put(source: Path, target: Path, copy: Callable) -> None:
    """A copy of a folder that is there whole, in the place of another."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft, old = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.old")
    for left in (draft, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(source, draft, copy_function=copy)
    if target.exists():
        target.rename(old)
    draft.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _link(source: str, target: str) -> None:
    """A hard link where the file system has them: no published file is ever written over."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _write(folder: Path, listed: list[Version]) -> None:
    """The list of versions, the page of each language, and the door to the latest version."""
    changes = {code: _changes(folder, listed, code) for code in LANGUAGES}
    for code in LANGUAGES:
        text = versions_page.page(code, folder, listed, changes[code])
        replace(folder / versions_page.FOLDER / f"{code}.html", text)
    told = [
        {**asdict(version), "changes": found.counts() if found is not None else None}
        for version, found in zip(listed, changes[SOURCE], strict=True)
    ]
    replace(folder / "index.html", versions_page.door())
    for name in ("404.html", "favicon.svg", ".nojekyll", "robots.txt"):
        if (folder / LATEST / name).is_file():
            replace(folder / name, (folder / LATEST / name).read_bytes())
    text = json.dumps({"latest": listed[-1].path, "versions": told}, indent=1)
    replace(folder / REGISTER, text + "\n")


def _changes(folder: Path, listed: list[Version], code: str) -> list[Changes | None]:
    """What each version changed against the one before; None where there is none to compare."""
    found: list[Changes | None] = []
    for before, after in zip([None, *listed], listed, strict=False):
        pair = before and (folder / before.path / code, folder / after.path / code)
        is_both = pair and all(each.is_dir() for each in pair)
        found.append(between(*pair) if pair and is_both else None)
    return found
