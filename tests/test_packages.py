"""What is installed: ordinary wheels with their words, and nothing of this review."""

from __future__ import annotations

import shutil
import subprocess
import sys
from zipfile import ZipFile

import pytest

from compendium import project
from tests.conftest import needs


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The engine's wheel, built as any other."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(project.path(name), folder)
    shutil.copytree(project.path("src"), folder / "src")
    subprocess.run(
        [needs("uv", f"{sys.prefix}/bin/uv"), "build", "--wheel", "--quiet",
         "--no-build-isolation", "--python", sys.executable, "--out-dir", str(folder / "out")],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return ZipFile(next((folder / "out").glob("*.whl")))


def test_the_wheel_carries_words_and_theme_and_nothing_of_this_review(wheel):
    names = set(wheel.namelist())
    assert {"compendium/locales/ru.po", "compendium/locales/kk.po", "compendium/theme/book.typ",
            "compendium/theme/compendium/layout.html"} <= names
    assert not [name for name in names if name.startswith("review/")]


def test_the_wheel_depends_on_the_query_language(wheel):
    metadata = next(name for name in wheel.namelist() if name.endswith("METADATA"))
    assert "Requires-Dist: scopus-query" in wheel.read(metadata).decode()
