"""What several tests need: English messages, evidence that may be absent."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

from scopus_query import language

SHARED = Path(__file__).parents[4] / "shared"

# CI tries the same generated examples in every run; elsewhere each run tries new ones. On a busy
# machine an example is late, not wrong.
hypothesis.settings.register_profile(
    "patient", derandomize=os.environ.get("CI") == "true", deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)  # fmt: skip
hypothesis.settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _english():
    """Every test begins in the language that the code is written in."""
    language.use("en")
    yield
    language.use(None)


@pytest.fixture
def shared() -> Path:
    """Cases and corpora beside the project; skips where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: it holds cases and real exports to test with")
    return SHARED
