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
    assert pip[-2:] == ["-e packages/scopus-query", "-e ."]
    assert len(pip) == len(environment.pins(lock())) + 2


def lab() -> str:
    return project.path(environment.LAB).read_text(encoding="utf-8")


def test_jupyterlab_comes_at_the_versions_that_the_book_has():
    pinned, beside = (dict(pin.split("==") for pin in environment.pins(text) if ";" not in pin)
                      for text in (lock(), lab()))  # fmt: skip
    assert "jupyterlab" in beside
    assert "jupyterlab" not in pinned
    assert {name: beside[name] for name in beside.keys() & pinned.keys()} == {
        name: pinned[name] for name in beside.keys() & pinned.keys()
    }


@pytest.mark.parametrize("content", [lock, lab])
def test_every_pin_has_a_hash(content):
    stanza, bare = "", []
    for line in [*content().splitlines(), "end==0"]:
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
