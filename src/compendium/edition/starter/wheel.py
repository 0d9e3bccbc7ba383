"""The package as a wheel, made from what runs, so that a new compendium can bring it along.

A compendium with its package beside it needs no registry, and builds the same in ten years.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from compendium import project

NAME = "compendium"
PACKAGE = Path(__file__).parents[2]
TIME = (1980, 1, 1, 0, 0, 0)
"""The same in every wheel: equal code makes an equal file."""

SHIPPED = (
    "chapters", "data", "locales", "theme", "Makefile", "TRANSLATING.md", "_config.yml", "_toc.yml",
    "book.yml", "environment.yml", "parameters.yml", "requirements.lock", ".gitignore",
)  # fmt: skip
"""What the package carries besides its code: see `project.home`."""


def write(folder: Path) -> Path:
    """Write the wheel of the package that runs.

    Parameters
    ----------
    folder : Path
        Where to; it exists.
    """
    installed = importlib.metadata.distribution(NAME)
    about = f"{NAME}-{installed.version}.dist-info"
    file = folder / f"{NAME}-{installed.version}-py3-none-any.whl"
    record = []
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:

        def put(name: str, content: bytes) -> None:
            archive.writestr(ZipInfo(name, TIME), content, ZIP_DEFLATED)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
            record.append(f"{name},sha256={digest.decode()},{len(content)}")

        for name, source in _files():
            put(name, source.read_bytes())
        put(f"{about}/METADATA", (installed.read_text("METADATA") or "").encode())
        put(f"{about}/entry_points.txt", (installed.read_text("entry_points.txt") or "").encode())
        put(f"{about}/WHEEL",
            b"Wheel-Version: 1.0\nGenerator: compendium\nRoot-Is-Purelib: true\n"
            b"Tag: py3-none-any\n")  # fmt: skip
        record.append(f"{about}/RECORD,,")
        archive.writestr(ZipInfo(f"{about}/RECORD", TIME), "\n".join(record) + "\n")
    return file


def _files() -> Iterator[tuple[str, Path]]:
    """Names in the wheel, and the files that lie behind them."""
    for file in _of(PACKAGE):
        name = file.relative_to(PACKAGE)
        if name.parts[0] != "shipped":
            yield f"{NAME}/{name.as_posix()}", file
    for part in SHIPPED:
        source = project.home(part)
        for file in [source] if source.is_file() else _of(source):
            name = file.relative_to(project.home()).as_posix()
            yield f"{NAME}/shipped/{name}", file


def _of(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
