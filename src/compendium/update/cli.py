"""`compendium update`: what a new export adds to the review, and what it would change."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from compendium import console, project
from compendium.errors import CompendiumError
from compendium.language import N_, _

EXAMPLES = N_("""\
examples:
  compendium update scopus-2026.csv --query 2
  compendium update scopus.csv wos.txt --query 1 --into updates/first --reviewer "A. Nurlan"
  compendium screening read updates/first/2026-11-24-1a2b3c4d/*.xlsx --to updates/first
  compendium update --query 1                  the report anew, with what screening included

A run's folder holds hits.html (each new hit explained), a sheet (.xlsx) a reviewer, report.md and
changes.csv (what would change in the text). Nothing in data/ changes. An export that was read
before changes nothing. If two records are wrongly taken for one, or for two, change `decision` and
`decided_by` in duplicates.csv.

exit codes:
  0 done, 1 a file cannot be read, 2 some entries of the export were refused
""")


def add(commands: argparse._SubParsersAction) -> None:
    """Add `update` to the command line."""
    verb = commands.add_parser(
        "update", help=_('run a query on a new export; screen and report what is new'),
        epilog=_(EXAMPLES), formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verb.add_argument(
        "exports", nargs="*", type=Path, metavar="EXPORT",
        help=_('exports to read together; without any, the report is made anew'),
    )  # fmt: skip
    verb.add_argument("--query", required=True, metavar="N",
                      help=_('number of the query, from 1, or its id'))  # fmt: skip
    verb.add_argument(
        "--reading", type=int, default=1, metavar="N",
        help=_('which reading of the broken query (1, the smallest repair)'),
    )  # fmt: skip
    verb.add_argument("--into", type=Path, metavar="DIR", help=_("updates/QUERY if left out"))
    verb.add_argument("--reviewer", action="append", help=_("who screens; again for another sheet"))
    verb.add_argument("--no-report", action="store_true",
                      help=_('do not run the chapters to see what would change'))  # fmt: skip
    verb.add_argument("--json", action="store_true", help=_("print JSON for machines"))
    verb.set_defaults(run=_update)


def _update(given: argparse.Namespace) -> int:
    from compendium.update import run

    query = run.query_id(given.query)
    into = given.into or project.path("updates", query)
    if not given.exports:
        run.read_query(query, given.reading)
        if not into.is_dir():
            raise CompendiumError(
                _("No export has been read for this query yet."), path=project.relative(into),
                remedy=_("Name an export: `make update EXPORT=file`, or `compendium update file`."),
            )  # fmt: skip
        file, included = run.reported(into, query, lang=given.lang, log=_log)
        print(_("{file}: records included so far: {n}").format(
            file=project.relative(file), n=len(included)))  # fmt: skip
        return 0
    done = run.update(
        given.exports, query, into, reading=given.reading,
        reviewers=given.reviewer or run.REVIEWERS, lang=given.lang,
        with_report=not given.no_report, log=_log,
    )  # fmt: skip
    if given.json:
        print(json.dumps({**asdict(done.run), "repeated": done.repeated,
                          "folder": str(done.folder), "sheets": [str(s) for s in done.sheets]},
                         ensure_ascii=False, indent=2))  # fmt: skip
    else:
        _tell(done)
    return 2 if done.run.refused and not done.repeated else 0


def _tell(done) -> None:
    told = done.run
    if done.repeated:
        print(_("This export was read on {date}; nothing changes.").format(date=told.date))
        return
    print(_(
        "Entries: {entries}; refused: {refused}; not found: {not_found}; repeats: {repeats}; "
        "known: {known}; already in the screening: {screened}; new: {new}."
    ).format(entries=told.entries, refused=told.refused, not_found=told.not_found,
             repeats=told.repeats, known=told.known, screened=told.screened,
             new=told.found + told.undecided))  # fmt: skip
    print(_("New: {found} found, {undecided} undecided for want of a field.").format(
        found=told.found, undecided=told.undecided))  # fmt: skip
    if done.sifted and done.sifted.open:
        print(_("Pairs that a person has to decide: {n}.").format(n=len(done.sifted.open)))
    for file in ("hits.html", "report.md"):
        print(project.relative(done.folder / file))
    for sheet in done.sheets:
        print(project.relative(sheet))


def _log(line: str) -> None:
    console.progress(line)
