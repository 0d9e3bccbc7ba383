"""Work in another thread: the compendium and the language come along, and nothing else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar

from compendium import language, project


def test_a_thread_works_in_the_same_compendium_and_language_and_shares_no_event_loop():
    loop: ContextVar[str] = ContextVar("loop", default="none")
    loop.set("of the main thread")
    with language.speaking("kk"), ThreadPoolExecutor(1) as pool:
        seen = pool.submit(
            project.carried(lambda: (project.current(), language.current(), loop.get()))
        ).result()
    assert seen == (project.current(), "kk", "none")
