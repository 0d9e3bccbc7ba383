"""Workflows, Binder and the development container: what they name exists, and agrees."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from compendium import cli, environment, new_review, project

ROOT = Path(__file__).parents[1]
TEMPLATE = new_review.TEMPLATE
WORKFLOWS = [
    *(ROOT / ".github" / "workflows").glob("*.yml"),
    *(TEMPLATE / "github" / "workflows").glob("*.yml"),
]
CONTAINERS = [
    ROOT / ".devcontainer" / "devcontainer.json",
    TEMPLATE / "devcontainer" / "devcontainer.json",
]


def makefile(file: Path) -> str:
    """The Makefile of the compendium that a workflow or container is of."""
    home = TEMPLATE if TEMPLATE in file.parents else ROOT
    return (home / "Makefile").read_text("utf-8")


def steps(file: Path) -> list[dict]:
    jobs = yaml.safe_load(file.read_text("utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


def check_commands(script: str, makefile: str) -> int:
    """Fail where a script names a target of make or a command that does not exist."""
    found = 0
    for target in re.findall(r"(?m)(?:^|&& )make (\S+)", script):
        name = "$(VENV)/ready" if target == ".venv/ready" else target
        assert f"\n{name}:" in makefile, target
        found += 1
    for call in re.findall(r"(?m)\.venv/bin/compendium (.+?)(?: > | \|\| |$)", script):
        arguments = ["1" if word.startswith("$") else word for word in shlex.split(call)]
        cli.parser(arguments).parse_args(arguments)
        found += 1
    return found


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: "/".join(file.parts[-4:]))
def test_a_workflow_calls_only_what_there_is(file):
    scripts = [step["run"] for step in steps(file) if "run" in step]
    called = sum(check_commands(script, makefile(file)) for script in scripts)
    assert called or file.name == "test.yml"
    for script in scripts:
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: "/".join(file.parts[-4:]))
def test_a_workflow_may_do_no_more_than_it_says(file):
    assert yaml.safe_load(file.read_text("utf-8"))["permissions"]


def test_a_living_review_is_searched_only_where_its_variable_is_set():
    told = yaml.safe_load((TEMPLATE / "github" / "workflows" / "living.yml").read_text("utf-8"))
    (job,) = told["jobs"].values()
    assert job["if"] == "vars.LIVING_MAILTO != ''"


@pytest.fixture
def living(tmp_path, monkeypatch):
    """A review in git with a remote, and a `gh` that writes down how it is called."""
    if not shutil.which("jq"):
        pytest.skip("jq is not installed: GitHub's machines have it")
    review, remote, tools = (tmp_path / name for name in ("review", "remote.git", "bin"))
    tools.mkdir()
    (tools / "gh").write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/called\n')
    (tools / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools), prepend=":")
    monkeypatch.setenv("OPENALEX_MAILTO", "a@example.org")
    for command in (
        ["git", "init", "--quiet", "--bare", remote], ["git", "init", "--quiet", review],
        ["git", "-C", review, "remote", "add", "origin", remote],
        ["git", "-C", review, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit",
         "--quiet", "--allow-empty", "--message", "begun"],
    ):  # fmt: skip
        subprocess.run(command, check=True)
    (review / "_build" / "openalex").mkdir(parents=True)
    return review


def opened(review: Path, *found: int) -> str:
    """Run the step that opens a pull request after runs that found so many records."""
    for at, count in enumerate(found, start=1):
        folder = review / "updates" / f"q{at}" / "run"
        folder.mkdir(parents=True)
        (folder / "report.md").write_text(f"Report {at}\n")
        told = {"found": count, "undecided": 0, "folder": str(folder)}
        (review / "_build" / "openalex" / f"q{at}.json").write_text(json.dumps(told))
    script = steps(TEMPLATE / "github" / "workflows" / "living.yml")[-1]["run"]
    subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], cwd=review, check=True,
                   capture_output=True)  # fmt: skip
    called = review.parent / "called"
    return called.read_text() if called.is_file() else ""


def test_new_records_open_a_pull_request_with_the_reports(living):
    called = opened(living, 2, 0).splitlines()
    assert called[:2] == ["pr", "create"] and "New records: 2" in called
    assert (living / "_build" / "report.md").read_text() == "Report 1\n\nReport 2\n\n"
    branch = called[called.index("--head") + 1]
    shown = subprocess.run(
        ["git", "-C", living.parent / "remote.git", "ls-tree", "-r", "--name-only", branch],
        check=True, capture_output=True, text=True,
    ).stdout
    assert "updates/q1/run/report.md" in shown and "_build" not in shown


@pytest.mark.parametrize("found", [(), (0,), (0, 0)])
def test_without_new_records_there_is_no_pull_request(living, found):
    assert opened(living, *found) == ""


def read(file: Path) -> dict:
    """A container's description, whose lines may be comments."""
    return json.loads(re.sub(r"(?m)^\s*//.*$", "", file.read_text("utf-8")))


@pytest.mark.parametrize("file", CONTAINERS, ids=["here", "template"])
def test_the_container_has_the_python_of_the_lock_and_makes_the_environment(file):
    told = read(file)
    assert re.match(rf"python:{re.escape(python())}\b", told["image"])
    assert check_commands(told["postCreateCommand"], makefile(file)) == 1
    interpreter = told["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
    assert interpreter.endswith(".venv/bin/python")


def python() -> str:
    """The version of Python that the lock file was resolved for, which the project allows."""
    source = Path(environment.__file__).read_text("utf-8")
    (version,) = set(re.findall(r'"--python-version", "([\d.]+)"', source))
    for declared in (ROOT / "pyproject.toml", TEMPLATE / "pyproject.toml"):
        assert f'requires-python = ">={version}"' in declared.read_text("utf-8")
    return version


def test_every_way_to_install_has_the_same_python():
    versions = {
        step["with"]["python-version"] for file in WORKFLOWS for step in steps(file)
        if "python-version" in step.get("with", {})
    }  # fmt: skip
    assert versions - {"${{ matrix.python-version }}"} == {python()}
    conda = yaml.safe_load(project.path(environment.CONDA).read_text("utf-8"))
    assert f"python={python()}" in conda["dependencies"]


def test_the_quick_tests_run_with_newer_pythons_too_and_exist():
    told = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8"))
    job = told["jobs"]["versions"]
    oldest = [int(part) for part in python().split(".")]
    for version in job["strategy"]["matrix"]["python-version"]:
        assert [int(part) for part in version.split(".")] > oldest
    command, *folders = job["steps"][-1]["run"].split()
    assert command == ".ci/run"
    assert [folder for folder in folders if not (ROOT / folder).exists()] == []


def test_binder_finds_the_lock_in_the_file_that_it_reads_first():
    """By https://repo2docker.readthedocs.io/en/latest/config_files.html: a folder of Binder's own
    would hide `environment.yml`, and so would nothing else at the top."""
    assert not [name for name in (".binder", "binder", "Dockerfile") if (ROOT / name).exists()]
    told = yaml.safe_load(project.path(environment.CONDA).read_text("utf-8"))
    pip = told["dependencies"][-1]["pip"]
    assert set(environment.pins(project.path(environment.LOCK).read_text("utf-8"))) <= set(pip)
    for local in (line.removeprefix("-e ") for line in pip if line.startswith("-e ")):
        assert (ROOT / local / "pyproject.toml").is_file()


def test_binder_finds_the_engine_of_a_new_review(tmp_path):
    folder = new_review.make(tmp_path / "review")
    told = yaml.safe_load((folder / environment.CONDA).read_text("utf-8"))
    wheels = [line for line in told["dependencies"][-1]["pip"] if line.startswith("./")]
    assert len(wheels) == 2 and all((folder / wheel).is_file() for wheel in wheels)
    assert (folder / ".devcontainer" / "devcontainer.json").is_file()
    assert not [name for name in (".binder", "binder", "Dockerfile") if (folder / name).exists()]
