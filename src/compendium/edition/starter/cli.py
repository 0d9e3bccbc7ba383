"""The command `compendium init`: a new compendium for another review."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """\
example:
  compendium init ../my-review --title "Living labs in the Baltic states"
  cd ../my-review && make book

The new folder holds the same chapters, empty tables with commented examples, a placeholder for the
context, and the package itself; it builds as it is, in three languages.
"""
NEXT = """\
Made {folder}: {files} files.

What comes next:
  cd {folder}
  make book                        builds the site and the PDFs, in three languages
  make serve                       shows them at a local address
Then put your review in: README.md has the steps, data/EXAMPLES.md explains every table.
"""


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    init = commands.add_parser(
        "init", help="make a new compendium for another review",
        description="Make a new compendium in a folder that is new or empty.",
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    init.add_argument("directory", metavar="DIRECTORY", type=Path, help="where: a new folder")
    init.add_argument("--title", default="", help="the review's title, in English")
    init.set_defaults(run=_init)


def _init(given: argparse.Namespace) -> int:
    from compendium.edition.starter.make import make

    try:
        make(given.directory, given.title)
    except KeyboardInterrupt:
        print("Stopped; nothing was made.", file=sys.stderr)
        return 130
    files = sum(path.is_file() for path in given.directory.expanduser().rglob("*"))
    print(NEXT.format(folder=given.directory, files=files))
    return 0
