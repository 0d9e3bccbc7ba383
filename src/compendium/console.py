"""What a command says on its way: its progress, details for who asks, nothing for who wants quiet.

Results are printed by the command itself, and errors by `cli.main`: neither is ever left out.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from compendium import files
from compendium.language import N_, _, number

QUIET, USUAL, VERBOSE = range(3)
BUILT = "_build"
_DRY_RUN = N_("say what would be written, and write nothing")


class _Console:
    """How much is said; one for all threads of the process."""

    level = USUAL


def add_options(parser: argparse.ArgumentParser) -> None:
    """Let a command be told how much to say; it may stand before or behind the command's name."""
    much = parser.add_mutually_exclusive_group()
    much.add_argument(
        "--quiet", "-q", action="store_const", dest="said", const=QUIET,
        default=argparse.SUPPRESS, help=_("say only errors and results"),
    )  # fmt: skip
    much.add_argument(
        "--verbose", "-v", action="store_const", dest="said", const=VERBOSE,
        default=argparse.SUPPRESS, help=_("say also what is written and what is left as it is"),
    )  # fmt: skip


def add_dry_run(*verbs: argparse.ArgumentParser) -> None:
    """Let commands be tried; all that they write has to go through `files`."""
    for verb in verbs:
        verb.add_argument("--dry-run", action="store_true", help=_(_DRY_RUN))


@contextmanager
def told(given: argparse.Namespace) -> Iterator[None]:
    """A command's own options hold inside the `with` block."""
    before, _Console.level = _Console.level, getattr(given, "said", USUAL)
    try:
        if getattr(given, "dry_run", False):
            with files.rehearsed(_rehearse):
                yield
        else:
            with files.watched(lambda file: detail(_("{file}: written").format(file=file))):
                yield
    finally:
        _Console.level = before


def progress(line: str, stream: TextIO | None = None) -> None:
    """Say how far a long work is; on standard error, where no other stream is named."""
    if _Console.level > QUIET:
        print(line, file=stream or sys.stderr, flush=True)


def detail(line: str) -> None:
    """Say on standard error what only some want to know."""
    if _Console.level == VERBOSE:
        print(line, file=sys.stderr, flush=True)


def _rehearse(file: Path, draft: Path) -> None:
    if BUILT in file.parts:  # only kept to save time
        return
    if not file.exists():
        told = _("{file}: would be new, {bytes} bytes")
    elif file.is_file() and file.read_bytes() == draft.read_bytes():
        told = _("{file}: would stay as it is")
    else:
        told = _("{file}: would be written anew, {bytes} bytes")
    print(told.format(file=file, bytes=number(draft.stat().st_size)), file=sys.stderr)


class Counter:
    """Says how many are done: at most one line in two seconds.

    Parameters
    ----------
    line : callable
        The line for a number.
    """

    def __init__(self, line: Callable[[int], str]):
        self._line = line
        self._last = time.monotonic()

    def __call__(self, done: int) -> None:  # noqa: D102
        if time.monotonic() - self._last > 2:
            self._last = time.monotonic()
            progress(self._line(done))
