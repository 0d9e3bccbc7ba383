"""Run the tests of what a change can break: `python -m tools.check`, as `make check` does.

A changed module runs the tests of its room and those of the rooms' order; a changed table those of
the data. It is quick because it is not complete: `make test` runs everything.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
ALWAYS = ("tests/test_houses.py",)
BY_FOLDER = {
    "chapters": ("tests/language/test_style.py", "tests/edition/test_source.py"),
    "data": ("tests/test_data.py", "tests/test_context_data.py", "tests/audit/test_claims.py"),
    "locales": ("tests/edition/test_catalogs.py", "tests/tools", "tests/language"),
    "tools": ("tests/tools",),
    "book.yml": ("tests/edition/test_catalogs.py", "tests/edition/test_languages.py"),
    "_toc.yml": ("tests/edition/test_source.py",),
    "CITATION.cff": ("tests/reporting",),
}
"""Tests of what is not code of a room."""
NEW_REVIEW = ("tests/test_new_review.py", "tests/test_review_plan.py")
PACKAGE = "packages/scopus-query"


def changed() -> list[str]:
    """Files that differ from the last commit, those that git does not know yet among them."""
    told = []
    for command in (
        ["diff", "--name-only", "HEAD"], ["ls-files", "--others", "--exclude-standard"]
    ):  # fmt: skip
        done = subprocess.run(
            ["git", *command], cwd=ROOT, capture_output=True, text=True, check=True
        )
        told += done.stdout.splitlines()
    return told


def tests_of(files: Iterable[str]) -> list[str]:
    """The test files and folders that a change of these files calls for, each once.

    Parameters
    ----------
    files : iterable of str
        Paths from the root of the repository.
    """
    wanted: dict[str, None] = dict.fromkeys(ALWAYS)
    for file in files:
        wanted |= dict.fromkeys(_of_file(Path(file)))
    return [test for test in wanted if (ROOT / test).exists()]


def _of_file(file: Path) -> list[str]:
    parts = file.parts
    if file.name.startswith("test_") and file.suffix == ".py":
        return [file.as_posix()]
    if parts[:2] == ("packages", "scopus-query"):
        return [f"{PACKAGE}/tests/test_{name}.py" for name in (file.stem, "cases", "cli", "lint")]
    if parts[0] == "src" and len(parts) > 2:
        room = parts[2] if len(parts) > 3 else file.stem
        if room == "locales":
            return list(BY_FOLDER["locales"])
        if room in ("template", "pages") and parts[1] == "compendium":
            return list(NEW_REVIEW)
        return [f"tests/{room}", f"tests/test_{room}.py"]
    return list(BY_FOLDER.get(parts[0], ()))


if __name__ == "__main__":
    tests = tests_of(changed())
    print("\n".join(tests), flush=True)
    sys.exit(subprocess.run([sys.executable, "-m", "pytest", "-q", *tests], cwd=ROOT).returncode)
