"""One zip of a release: site, data, chapters, code and versions, described and with checksums."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from compendium import digest, project
from compendium.edition import release, site
from compendium.files import replace, replacing
from compendium.language import speaking
from compendium.language.active import SOURCE
from compendium.publication import codemeta, crate, zenodo
from compendium.publication.facts import Facts, facts

SUMS = "SHA256SUMS"
ARCHIVED = (
    *release.SOURCES, "src", "packages", "vendor", "environment.yml", "lab.lock", "pyproject.toml",
    "Makefile", "LICENSE", "LICENSES.md", "README.md", "README.ru.md", "README.kk.md",
)  # fmt: skip
"""What is archived beside the site, where there is such a file: enough to build it again."""
_LEFT_OUT = re.compile(r"(^|/)(\.|__pycache__/|[^/]*\.egg-info/)")


@dataclass(frozen=True)
class Archive:
    """What was archived.

    Attributes
    ----------
    file : Path
    files : dict of str to (str, int)
        SHA-256 and size of each file in it.
    facts : Facts
    """

    file: Path
    files: dict[str, tuple[str, int]]
    facts: Facts


def folder() -> Path:
    """Where archives are written."""
    return project.path("_build", "archive")


def make(*, dry_run: bool = False, log: Callable[[str], None] = lambda told: None) -> Archive:
    """Archive the release: equal files make an equal zip.

    Parameters
    ----------
    dry_run : bool
        Whether to write nothing.
    log : callable, optional
        Told of each part of the archive.

    Raises
    ------
    CompendiumError
        If there is no release build, or `CITATION.cff` lacks a field.
    """
    told = facts(release.date())
    sources = contents()
    files = {name: _told(file.read_bytes()) for name, file in sources.items()}
    described = _described(told, files)
    files = dict(sorted((files | {name: _told(text) for name, text in described.items()}).items()))
    sums = "".join(f"{sha256}  {name}\n" for name, (sha256, _size) in files.items()).encode()
    target = folder() / f"{told.name}-{told.version}.zip"
    for part in dict.fromkeys(name.partition("/")[0] for name in files):
        inside = [size for name, (_sha, size) in files.items() if name.partition("/")[0] == part]
        log(f"{len(inside):>5}  {sum(inside):>11,}  {part}")
    if not dry_run:
        with replacing(target) as draft, ZipFile(draft, "w", ZIP_DEFLATED) as out:
            for name in files:
                _add(out, name, described[name] if name in described
                     else sources[name].read_bytes())  # fmt: skip
            _add(out, SUMS, sums)
        whole = hashlib.sha256(target.read_bytes()).hexdigest()
        replace(target.with_suffix(".zip.sha256"), f"{whole}  {target.name}\n")
    return Archive(target, files, told)


def contents() -> dict[str, Path]:
    """The files that are archived, by their names in the archive."""
    built = site.folder()
    found = {f"site/{file.relative_to(built).as_posix()}": file for file in digest.files([built])}
    for file in digest.files(project.path(name) for name in ARCHIVED):
        name = file.relative_to(project.root()).as_posix()
        if not _LEFT_OUT.search(name):
            found[name] = file
    return dict(sorted(found.items()))


def _described(told: Facts, files: dict[str, tuple[str, int]]) -> dict[str, bytes]:
    with speaking(SOURCE):
        said = {codemeta.FILE: codemeta.codemeta(told), zenodo.FILE: zenodo.zenodo(told)}
        texts = {name: _json(value) for name, value in said.items()}
        whole = dict(sorted((files | {name: _told(text) for name, text in texts.items()}).items()))
        return texts | {crate.FILE: _json(crate.crate(told, whole))}


def _json(value: dict) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _told(content: bytes) -> tuple[str, int]:
    return hashlib.sha256(content).hexdigest(), len(content)


def _add(out: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name)  # without the file's date, which is that of the copy
    entry.external_attr = 0o644 << 16
    out.writestr(entry, content, ZIP_DEFLATED)
