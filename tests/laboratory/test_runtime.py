"""The files of the laboratory: left out where npm reaches nothing, refused in a release."""

from __future__ import annotations

import ast
import json
import re
import sys
from fnmatch import fnmatchcase

import pytest

from compendium import project
from compendium.errors import CompendiumError
from compendium.laboratory import runtime


@pytest.fixture
def cut_off(own, monkeypatch):
    """A compendium on a machine where npm reaches nothing."""
    (own / "_build").mkdir()
    monkeypatch.setattr(runtime, "_npm", lambda room: "no network")
    return own


def test_without_npm_the_book_is_built_without_the_laboratory_and_says_so(cut_off):
    said: list[str] = []
    assert runtime.fetch(said.append) is None
    assert len(said) == 1 and "no network" in said[0]
    manifest = runtime.write(cut_off / "site")
    assert manifest["version"] == ""
    written = {file.name for file in (cut_off / "site").iterdir()}
    assert written == {runtime.MANIFEST}
    assert json.loads((cut_off / "site" / runtime.MANIFEST).read_text())["version"] == ""


def test_a_release_is_refused_without_npm(cut_off):
    with pytest.raises(CompendiumError, match="no network"):
        runtime.fetch(print, release=True)


def test_the_files_are_made_again_only_when_what_they_are_made_of_has_changed(own, monkeypatch):
    (own / "_build" / runtime.FOLDER / "npm" / "node_modules" / "pyodide").mkdir(parents=True)
    made = []

    def make(target, package):
        made.append(target)
        runtime._manifest(target, {"version": str(len(made))})

    monkeypatch.setattr(runtime, "_make", make)
    assert [runtime.write(own / str(n))["version"] for n in range(2)] == ["1", "1"]
    monkeypatch.setitem(runtime.ROOMS, "compendium", ("errors.py",))
    assert runtime.write(own / "site")["version"] == "2"


def test_what_is_pinned_has_a_hash_and_names_no_host():
    lock = json.loads((runtime.HERE / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not [name for name, entry in packages.items() if "resolved" in entry]


def test_the_editor_is_one_file_with_its_licence(lab_site):
    editor = (lab_site / runtime.FOLDER / runtime.EDITOR).read_text(encoding="utf-8")
    assert "Permission is hereby granted" in editor
    assert re.search(r"""\}\s*from\s*["']""", editor) is None


def test_what_is_packed_needs_nothing_that_is_not():
    """Inside functions a module may import more: those run where there is no browser."""
    engine = project.PACKAGE
    packed = {
        file for file in engine.rglob("*.py") for pattern in runtime.ROOMS["compendium"]
        if fnmatchcase(file.relative_to(engine).as_posix(), pattern) and file.stem != "cli"
    }  # fmt: skip
    modules = {"compendium." + ".".join(file.relative_to(engine).with_suffix("").parts)
               for file in packed}  # fmt: skip
    there = {module.removesuffix(".__init__") for module in modules} | {"compendium"}
    own = {*sys.stdlib_module_names, *runtime.WHEELS.values(), *runtime.BOOKS.values(), "numpy"}
    missing = {
        f"{file.relative_to(engine)}: {name}"
        for file in packed
        for node in ast.parse(file.read_text("utf-8")).body
        for name in imported(node)
        if (name not in there if name.startswith("compendium") else name.split(".")[0] not in own)
    }
    assert missing == set()


def imported(node: ast.stmt) -> list[str]:
    """Names of the modules that a statement at the top of a module needs."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        submodules = [f"{node.module}.{alias.name}" for alias in node.names]
        return [name for name in submodules if is_module(name)] or [node.module]
    return []


def is_module(name: str) -> bool:
    house, *parts = name.split(".")
    path = project.PACKAGE.joinpath(*parts)
    return house == "compendium" and (path.is_dir() or path.with_suffix(".py").is_file())
