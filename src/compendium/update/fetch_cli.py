"""`compendium fetch`: the works that the review's queries find in OpenAlex."""

from __future__ import annotations

import argparse
import os
import re
import sys
from datetime import date
from pathlib import Path

from compendium import console, data, project
from compendium.errors import CompendiumError
from compendium.language import N_, _, ngettext, number

KEY, MAILTO = "OPENALEX_API_KEY", "OPENALEX_MAILTO"
EXAMPLES = N_("""\
examples:
  compendium fetch --query 1 --dry-run                        what OpenAlex is asked, and what not
  compendium fetch --query 1 --mailto a.nurlan@example.org
  compendium fetch --mailto a.nurlan@example.org              every query of the review
  compendium fetch --query 2 --mailto a.nurlan@example.org --since 2026-01-01
  compendium update _build/openalex/QUERY.jsonl --query 1

Each query goes into DIR/QUERY.jsonl. A stopped run (Ctrl-C, a broken connection) keeps what it has
fetched; the same command goes on from there. OpenAlex wants a free API key for more than a few
pages: openalex.org/settings/api, then set OPENALEX_API_KEY.
""")


def add(commands: argparse._SubParsersAction) -> None:
    """Add `fetch` to the command line."""
    verb = commands.add_parser(
        "fetch", help=_("fetch from OpenAlex what the queries find"),
        description=_("Translate the review's queries to OpenAlex and fetch what they find."),
        epilog=_(EXAMPLES), formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verb.add_argument("--query", metavar="N",
                      help=_("number of the query, from 1, or its id; all if left out"))
    verb.add_argument(
        "--reading", type=int, default=1, metavar="N",
        help=_("which reading of the broken query (1, the smallest repair)"),
    )  # fmt: skip
    verb.add_argument(
        "--mailto", metavar="ADDRESS", default=os.environ.get(MAILTO, ""),
        help=_("whom OpenAlex may write to; {variable} if left out").format(variable=MAILTO),
    )
    verb.add_argument("--since", metavar="DATE", type=_day,
                      help=_("only what was published on that day or later"))  # fmt: skip
    verb.add_argument("--to", type=Path, metavar="DIR", help=_("_build/openalex if left out"))
    verb.add_argument("--anew", action="store_true", help=_("do not go on with a stopped run"))
    verb.add_argument("--dry-run", action="store_true", help=_("show what would be asked"))
    verb.set_defaults(run=_fetch)


def _day(given: str) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        told = _("{value} is not a date such as 2026-01-31.").format(value=repr(given))
        raise argparse.ArgumentTypeError(told) from None


def _fetch(given: argparse.Namespace) -> int:
    from compendium.update import openalex, run

    if not given.dry_run and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", given.mailto):
        raise CompendiumError(
            _("OpenAlex has to know whom to write to."),
            remedy=_("Give your address: --mailto ADDRESS, or {variable}.").format(
                variable=MAILTO),
        )  # fmt: skip
    queries = [run.query_id(given.query)] if given.query else [
        query["id"] for query in data.document("queries")
    ]  # fmt: skip
    into = given.to or project.path("_build", "openalex")
    for query in queries:
        address = openalex.since(_address(query, given.reading), given.since or "")
        file = into / f"{query}.jsonl"
        if given.dry_run:
            print(address)
        elif not _fetched(address, file, given):
            return 130
    return 0


def _address(query: str, reading: int) -> str:
    """What OpenAlex is asked; what it is not asked is told."""
    from compendium.update import run
    from scopus_query.translate import translate

    asked = translate(run.read_query(query, reading).tree, "openalex")
    for loss in asked.losses:
        _log(f"{query}: {loss.text}: {loss.reason}")
    if not asked.text:
        raise CompendiumError(
            _("Nothing of the query {query} can be asked of OpenAlex.").format(query=query),
            path=data.place_of("queries"), remedy=_("Search another database by hand."),
        )  # fmt: skip
    return asked.text


def _fetched(address: str, file: Path, given: argparse.Namespace) -> bool:
    """Fetch a query; False if it was stopped."""
    from compendium.update import openalex

    try:
        done = openalex.fetch(
            address, file, mailto=given.mailto, key=os.environ.get(KEY, ""), anew=given.anew,
            log=console.progress,
        )  # fmt: skip
    except KeyboardInterrupt:
        print(_("Stopped. Records kept: {n}; the same command goes on from there.").format(
            n=number(openalex.kept(file))), file=sys.stderr)  # fmt: skip
        return False
    told = ngettext("{file}: {n} record", "{file}: {n} records", done.records).format(
        file=project.relative(done.file), n=number(done.records))  # fmt: skip
    print(told)
    if done.records < done.promised:
        _log(_("OpenAlex had promised {n}; records may have gone in the meantime.").format(
            n=number(done.promised)))  # fmt: skip
    return True


def _log(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
