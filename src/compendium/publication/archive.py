"""One zip of a release: site, data, chapters, code and versions, described and with checksums."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from compendium import data, digest, project
from compendium.edition import release, site
from compendium.files import replace, replacing
from compendium.language import ngettext, number, speaking
from compendium.language.active import SOURCE
from compendium.publication import codemeta, crate, zenodo
from compendium.publication.facts import Facts, facts

SUMS = "SHA256SUMS"
ARCHIVED = (
    *release.SOURCES, "src", "packages", "vendor", "environment.yml", "lab.lock", "pyproject.toml",
    "Makefile", "CHANGELOG.md", "LICENSE", "LICENSES.md", "README.md", "README.ru.md",
    "README.kk.md", "plan.yml", "PROTOCOL*.md",
)  # fmt: skip
"""What is archived beside the site, where there is such a file: enough to build it again."""
_LEFT_OUT = re.compile(r"(^|/)(\.|__pycache__/|[^/]*\.egg-info/)")
_WORKBOOK = re.compile(r"data/.*\.(xlsx|ods)", re.IGNORECASE)
"""Screening sheets hold abstracts, which are not the review's to publish; decisions are in CSV."""


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
    if left_out := sheets():
        log(ngettext(
            "{n} screening sheet is left out: it holds abstracts of others",
            "{n} screening sheets are left out: they hold abstracts of others", len(left_out),
        ).format(n=number(len(left_out))))  # fmt: skip
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
    left_out = set(sheets())
    for name, file in _sources():
        if not _LEFT_OUT.search(name) and name not in left_out:
            found[name] = file
    return dict(sorted(found.items()))


def sheets() -> list[str]:
    """The workbooks among the data that are not archived: reviewers' sheets with abstracts."""
    described = {f"data/{entry['path']}" for entry in data.package()["resources"]}
    return sorted(
        name for name, _file in _sources() if _WORKBOOK.fullmatch(name) and name not in described
    )


def _sources() -> Iterator[tuple[str, Path]]:
    root = project.root()
    wanted = (file for name in ARCHIVED for file in sorted(root.glob(name)))
    for file in digest.files(wanted):
        yield file.relative_to(root).as_posix(), file


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
