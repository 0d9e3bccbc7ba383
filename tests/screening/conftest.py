"""Chromium, and a page for screening that it can open."""

from __future__ import annotations

import pytest

from tests.conftest import needs
from tests.screening import trial
from tests.screening.browsing import served

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="module")
def browser():
    program = needs("chromium", "google-chrome", "chromium-browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield running
        running.close()


@pytest.fixture
def server(tmp_path):
    with served(trial.file(tmp_path), tmp_path / "decisions") as running:
        yield running
        running.shutdown()
