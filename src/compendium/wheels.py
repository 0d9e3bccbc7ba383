"""The engine as wheels, made from what runs, so that a new review can bring it along.

A review with its engine beside it needs no registry for it, and builds the same in ten years.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from importlib.metadata import distribution
from pathlib import Path
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ENGINE = {"compendium": "compendium", "scopus-query": "scopus_query"}
"""Distributions of the engine, and the package that each holds."""
LOCK = "requirements.lock"
TIME = (1980, 1, 1, 0, 0, 0)
"""The same in every wheel: equal code makes an equal file."""
_ABOUT = "Wheel-Version: 1.0\nGenerator: compendium\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def lock() -> Path:
    """The versions that the engine was tested with: in an installed package, or beside a clone."""
    package = _folder("compendium")
    own = package / LOCK
    return own if own.is_file() else package.parents[1] / LOCK


def write(
    folder: Path,
    parts: Mapping[str, str] = ENGINE,
    only: Mapping[str, Sequence[str]] = MappingProxyType({}),
    changed: Callable[[str, bytes], bytes] = lambda name, content: content,
) -> list[Path]:
    """Write a wheel of each part of the engine, or of other packages of pure Python.

    Parameters
    ----------
    folder : Path
        Where to; it exists.
    parts : mapping of str to str
        Distributions, and the package of each.
    only : mapping of str to sequence of str
        Of which packages only the files of these patterns are taken.
    changed : callable
        What a file is in the wheel, by its name and its content.
    """
    made = []
    for name, package in parts.items():
        files = contents(name, package, only.get(package, ("*",)))
        files = {
            file: changed(file, content) if file.startswith(f"{package}/") else content
            for file, content in files.items()
        }
        made.append(_wheel(name, package, folder, files))
    return made


def contents(name: str, package: str, patterns: Sequence[str] = ("*",)) -> dict[str, bytes]:
    """What a wheel holds, by its names: files of the package, and what the distribution says.

    Parameters
    ----------
    name, package : str
        The distribution, and its package.
    patterns : sequence of str
        Of the package only files that one of these describes.
    """
    files = {
        file: content
        for file, content in _files(package)
        if any(fnmatchcase(file, f"{package}/{pattern}") for pattern in patterns)
    }
    installed = distribution(name)
    about = f"{package}-{installed.version}.dist-info"
    for part in ("METADATA", "entry_points.txt"):
        if text := installed.read_text(part):
            files[f"{about}/{part}"] = text.encode()
    files[f"{about}/WHEEL"] = _ABOUT.encode()
    return files


def _wheel(name: str, package: str, folder: Path, files: dict[str, bytes]) -> Path:
    stem = f"{package}-{distribution(name).version}"
    about = f"{stem}.dist-info"
    files = dict(sorted(files.items()))
    record = [f"{file},sha256={_digest(content)},{len(content)}" for file, content in files.items()]
    files[f"{about}/RECORD"] = "\n".join([*record, f"{about}/RECORD,,", ""]).encode()
    wheel = folder / f"{stem}-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        for file, content in files.items():
            archive.writestr(ZipInfo(file, TIME), content, ZIP_DEFLATED)
    return wheel


def _files(package: str) -> Iterator[tuple[str, bytes]]:
    """Names in the wheel and contents: the package, and with the engine itself its lock file."""
    folder = _folder(package)
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield f"{package}/{file.relative_to(folder).as_posix()}", file.read_bytes()
    if package == "compendium" and not (folder / LOCK).is_file():
        yield f"{package}/{LOCK}", lock().read_bytes()


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
