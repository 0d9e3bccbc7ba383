"""One set of versions: the lock file's, in every way to install."""

from __future__ import annotations

import importlib.metadata

import pytest
import yaml

from compendium import environment, project
from compendium.errors import CompendiumError


def lock() -> str:
    return project.path(environment.LOCK).read_text(encoding="utf-8")


def test_conda_gets_the_versions_of_the_lock_file():
    written = project.path(environment.CONDA).read_text(encoding="utf-8")
    assert written == environment.conda(lock())
    pip = yaml.safe_load(written)["dependencies"][-1]["pip"]
    assert len(pip) == len(environment.pins(lock())) + 1


def test_every_pin_has_a_hash():
    stanza, bare = "", []
    for line in [*lock().splitlines(), "end==0"]:
        if "==" in line and not line.startswith((" ", "#")):
            if stanza and "--hash=sha256:" not in stanza:
                bare.append(stanza)
            stanza = ""
        stanza += line
    assert bare == []


def test_the_lock_file_names_no_host():
    assert "://" not in lock()
    assert "--index-url" not in lock()


def test_what_is_installed_is_what_is_locked():
    for package in ("jupyter-book", "pandas", "matplotlib", "papermill", "typst", "babel"):
        assert importlib.metadata.version(package) == environment.version(package)


def test_a_package_that_is_not_pinned_is_named():
    with pytest.raises(CompendiumError, match="no-such-package is not pinned"):
        environment.version("no-such-package")


def test_a_marker_stays_with_its_pin():
    assert environment.pins('numpy==2.4.6 ; python_full_version < "3.12" \\\n    --hash=x') == [
        'numpy==2.4.6 ; python_full_version < "3.12"'
    ]
