"""Chromium, and a page for screening that it can open."""

from __future__ import annotations

import pytest

from tests.screening import trial
from tests.screening.browsing import served


@pytest.fixture
def browser(browser):
    """Chromium, without the pages of the last test: they would ask for their server for ever."""
    yield browser
    for context in browser.contexts:
        context.close()


@pytest.fixture
def server(tmp_path):
    with served(trial.file(tmp_path), tmp_path / "decisions") as running:
        yield running
        running.shutdown()
