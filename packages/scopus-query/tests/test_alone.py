"""The package works alone: in an empty environment, in any folder, as another project's hook."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1]
ROOT = PACKAGE.parents[1]


def done(*command: str | Path, **more) -> subprocess.CompletedProcess:
    return subprocess.run([*map(str, command)], capture_output=True, text=True, **more)


def beside(name: str) -> str:
    """A program of this environment; skips where it is absent."""
    found = shutil.which(name, path=Path(sys.executable).parent) or shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture(scope="session")
def alone(tmp_path_factory) -> Path:
    """Programs of an empty environment into which the package alone is installed."""
    uv = beside("uv")
    where = tmp_path_factory.mktemp("alone")
    source = where / "source"
    shutil.copytree(PACKAGE, source, ignore=shutil.ignore_patterns("*.egg-info", "tests"))
    built = done(sys.executable, "-c", f"""
import os
os.chdir({str(source)!r})
from setuptools.build_meta import build_wheel
print(build_wheel({str(where)!r}))
""")
    assert built.returncode == 0, built.stderr
    (wheel,) = where.glob("*.whl")
    venv.create(where / "env", with_pip=False)
    programs = where / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    # Without an index: a dependency that slips in fails the installation.
    installed = done(uv, "pip", "install", "--offline", "--no-index", "--python",
                     programs / "python", wheel)  # fmt: skip
    assert installed.returncode == 0, installed.stderr
    return programs


def test_the_command_checks_a_file_in_any_folder(alone, tmp_path):
    (tmp_path / "query.scopus").write_text("TITLE(alpha) AND beta")
    found = done(alone / "scopus-query", "lint", "query.scopus", "--json", cwd=tmp_path)
    assert found.returncode == 1
    assert [f["code"] for f in json.loads(found.stdout)["findings"]] == ["Q301"]


def test_the_catalogs_come_with_the_package(alone, tmp_path):
    found = done(alone / "scopus-query", "lint", "--lang", "ru", "alpha", cwd=tmp_path)
    assert "предупреждение" in found.stdout


@pytest.mark.parametrize("verb", ["lint", "format", "tree", "repair", "explain"])
def test_every_command_of_the_core_runs_without_another_package(verb, alone, tmp_path):
    found = done(alone / "scopus-query", verb, "TITLE(alpha) AND PUBYEAR > 2014", cwd=tmp_path)
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize(("verb", "extra"), [("highlight", "pygments"), ("translate", "translate")])
def test_a_command_that_needs_an_extra_names_it(verb, extra, alone, tmp_path):
    found = done(alone / "scopus-query", verb, "TITLE(alpha)", cwd=tmp_path)
    assert found.returncode == 2
    assert f"pip install 'scopus-query[{extra}]'" in found.stderr


def test_the_core_imports_nothing_beyond_python(alone, tmp_path):
    names = ["parse", "lint", "repair", "explain", "evaluate", "rule_pages", "unparse", "cli"]
    code = "import " + ", ".join(f"scopus_query.{name}" for name in names)
    found = done(alone / "python", "-c", code, cwd=tmp_path)
    assert found.returncode == 0, found.stderr


@pytest.fixture
def hooks(tmp_path) -> Path:
    """A git repository that offers the hooks, as a clone of the project does."""
    if not (ROOT / ".pre-commit-hooks.yaml").is_file():
        pytest.skip("the package is not in its project, which offers the hooks")
    folder = tmp_path / "hooks"
    folder.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
    inside = folder / PACKAGE.relative_to(ROOT)
    inside.mkdir(parents=True)
    shutil.copy(PACKAGE / "scopus-query", inside)
    shutil.copytree(PACKAGE / "src", inside / "src")
    committed(folder)
    return folder


def committed(folder: Path) -> str:
    """Make a folder a repository; gives the commit."""
    git = [beside("git"), "-C", folder, "-c", "user.name=a", "-c", "user.email=a@b.c"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one", "--no-verify"]):
        made = done(*git, *command)
        assert made.returncode == 0, made.stderr
    return done(*git, "rev-parse", "HEAD").stdout.strip()


def test_the_hooks_run_from_a_foreign_repository(hooks, tmp_path):
    program = beside("pre-commit")
    foreign = tmp_path / "review"
    foreign.mkdir()
    (foreign / "good.scopus").write_text("TITLE(alpha) AND PUBYEAR > 2014\n")
    (foreign / "bad.scopus").write_text("title(alpha) AND KEY(beta))\n")
    (foreign / ".pre-commit-config.yaml").write_text(json.dumps({"repos": [{
        "repo": str(hooks), "rev": done("git", "-C", hooks, "rev-parse", "HEAD").stdout.strip(),
        "hooks": [{"id": "lint-scopus-query"}, {"id": "format-scopus-query"}],
    }]}))  # fmt: skip
    committed(foreign)
    home = {"HOME": str(tmp_path), "PRE_COMMIT_HOME": str(tmp_path / "kept"),
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}  # fmt: skip
    ran = done(program, "run", "--all-files", cwd=foreign, env=home)
    assert ran.returncode == 1
    assert "bad.scopus:1:27" in ran.stdout and "Q101" in ran.stdout
    assert "good.scopus:" not in ran.stdout.replace("good.scopus: no findings", "")
    (foreign / "bad.scopus").write_text("TITLE(alpha) AND KEY(beta)\n")
    ran = done(program, "run", "--all-files", cwd=foreign, env=home)
    assert ran.returncode == 0, ran.stdout
