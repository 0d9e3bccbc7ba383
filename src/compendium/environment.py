"""The one lock file, and the same versions for conda, mamba and Binder."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from compendium import project
from compendium.errors import CompendiumError
from compendium.files import replace
from compendium.language import _

LOCK = "requirements.lock"
LAB = "lab.lock"
"""JupyterLab, at the versions of the lock file where both name a package."""
CONDA = "environment.yml"
QUERY_LANGUAGE = "scopus-query"
"""Lies in this repository: what it depends on is locked, itself is not."""
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+))?")


def pins(lock: str) -> list[str]:
    """Every pinned requirement of a lock file, with its marker and without its hashes.

    Parameters
    ----------
    lock : str
        Content of the lock file.
    """
    out = []
    for line in lock.splitlines():
        match = _PIN.match(line)
        if match:
            marker = (match["marker"] or "").strip()
            pin = f"{match['name']}=={match['version']}"
            out.append(f"{pin} ; {marker}" if marker else pin)
    return out


def version(package: str) -> str:
    """The locked version of a package.

    Raises
    ------
    CompendiumError
        If the lock file does not pin it.
    """
    lock = project.path(LOCK).read_text(encoding="utf-8")
    for line in lock.splitlines():
        match = _PIN.match(line)
        if match and match["name"] == package:
            return match["version"]
    raise CompendiumError(
        _("{package} is not pinned.").format(package=package), path=LOCK,
        remedy=_("Run `make lock`."),
    )


def conda(lock: str) -> str:
    """Content of environment.yml: Python from conda, everything else as the lock file says."""
    lines = [
        "# Written by `make lock` from requirements.lock: the same versions for conda, mamba and "
        "Binder.",
        "name: compendium",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        "  - python=3.11",
        "  - pip",
        "  - pip:",
        *(f"      - {_quoted(pin)}" for pin in pins(lock)),
        f"      - -e packages/{QUERY_LANGUAGE}",
        "      - -e .",
    ]
    return "\n".join(lines) + "\n"


def _quoted(pin: str) -> str:
    return f'"{pin}"' if ";" in pin else pin


def lock(log) -> None:
    """Resolve the dependencies of pyproject.toml anew, and write the lock files.

    Raises
    ------
    CompendiumError
        If they cannot be resolved.
    """
    _compile(["pyproject.toml", "--group", "test"], LOCK)
    _compile(["--group", "lab", "--constraint", LOCK], LAB)
    content = project.path(LOCK).read_text(encoding="utf-8")
    replace(project.path(CONDA), conda(content))
    log(f"{LOCK}, {LAB}, {CONDA}: {len(pins(content))} packages")


def _compile(wanted: list[str], into: str) -> None:
    uv = Path(sys.executable).with_name("uv")
    command = [
        str(uv), "pip", "compile", *wanted, "--universal", "--python-version", "3.11",
        "--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet",
        "--no-emit-package", QUERY_LANGUAGE, "--output-file", into,
    ]
    done = subprocess.run(command, cwd=project.root(), capture_output=True, text=True)
    if done.returncode:
        raise CompendiumError(done.stderr.strip(), path="pyproject.toml")
