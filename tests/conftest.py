"""What several tests need: the built book, tools that may be absent, a compendium of one's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import hypothesis
import pytest

from compendium import language, project
from scopus_query import language as query_language

STRICT = os.environ.get("CI") == "true"
"""In CI a tool that is absent is an error: CI installs every one."""

# CI tries the same generated examples in every run; elsewhere each run tries new ones.
hypothesis.settings.register_profile("ci", derandomize=True)
if STRICT:
    hypothesis.settings.load_profile("ci")

BROWSER_OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
]  # fmt: skip
PATIENCE = 120_000
"""Milliseconds that a page may take: on a busy machine it is late, not wrong."""
SHARED = Path(__file__).parents[2] / "shared"


def needs(tool: str, *names: str) -> str:
    """Path of a tool; skips with the reason where it is absent, and fails instead in CI."""
    for name in (tool, *names):
        found = shutil.which(name)
        if found:
            return found
    reason = f"{tool} is not installed"
    if STRICT:
        pytest.fail(f"{reason}, and .ci/run should have installed it")
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser():
    """Chromium, for one module: Playwright's event loop runs as long as it is open."""
    program = needs("chromium", "google-chrome", "chromium-browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=BROWSER_OPTIONS)
        yield running
        running.close()


@pytest.fixture
def shared() -> Path:
    """Evidence and corpora beside the project; skips where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: it holds evidence and real exports to test with")
    return SHARED


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    """Every test begins in the language that the code is written in, whatever the locale."""
    monkeypatch.setenv("LANGUAGE", "en")
    language.use("en")
    query_language.use(None)
    yield
    language.use("en")
    query_language.use(None)


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site, made now if it is out of date."""
    from compendium.edition.build import build

    return build(lambda line: print(line, flush=True), renew=True).site


@pytest.fixture
def own(tmp_path, monkeypatch) -> Path:
    """A small copy of the compendium that a test may break: data, catalogs, chapters, no build."""
    copy_sources(tmp_path)
    monkeypatch.setenv("COMPENDIUM_ROOT", str(tmp_path))
    return tmp_path


def copy_sources(into: Path) -> None:
    """Copy what a compendium is made of into an empty folder."""
    source = project.root()
    for name in ("data", "locales", "chapters"):
        shutil.copytree(source / name, into / name)
    for name in ("_toc.yml", "_config.yml", "book.yml", "parameters.yml", "requirements.lock",
                 "CITATION.cff", "LICENSES.md"):
        shutil.copy(source / name, into)
