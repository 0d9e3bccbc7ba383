"""`compendium search run|prepare`: a query over the records of exports."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from compendium import console, files
from compendium.errors import CompendiumError
from compendium.language import N_, _, ngettext, number
from scopus_query.cli import query_tree
from scopus_query.unparse import unparse

EXAMPLES = N_("""\
examples:
  compendium search run query.txt export.csv
  compendium search run 'TITLE-ABS-KEY("open innovation*")' exports/ --html hits.html
  compendium search run query.txt corpus/ --engine polars --json > hits.json
  compendium search prepare exports/ corpus/
  compendium search run query.txt corpus/ --engine spark

What needs no records is a command of its own: `scopus-query lint`, `repair`, `translate` ...

exit codes:
  0 done, 1 the corpus cannot be read, 2 the query does not parse
""")


def add(commands: argparse._SubParsersAction) -> None:
    """Add `search` and its commands to the command line."""
    search = commands.add_parser(
        "search", help=_('run Scopus queries over exports'), epilog=_(EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verbs = search.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    run = _verb(
        verbs, "run", _("find the records of an export, or of a folder, and explain each hit")
    )
    run.add_argument("query", help=_("a file, the query itself, or -"))
    run.add_argument("corpus", type=Path, help=_("a file, a folder, or a prepared corpus"))
    run.add_argument("--engine", choices=["duckdb", "pandas", "polars", "spark"], default="duckdb")
    run.add_argument("--reading", type=int, metavar="N", help=_("run reading N of a broken query"))
    run.add_argument("--as-of", metavar="DAY", help=_("the day of the search, as 2025-09-01"))
    run.add_argument("--json", action="store_true", help=_("print JSON for machines"))
    run.add_argument(
        "--html", type=Path, metavar="FILE", help=_("write the hits, marked, as a page")
    )
    run.add_argument("--limit", type=int, default=None, metavar="N", help=_("show N hits"))
    run.set_defaults(run=_run)
    console.add_dry_run(run)

    prepare = _verb(verbs, "prepare", _("normalise a corpus once, into a folder of Parquet files"))
    prepare.add_argument("corpus", type=Path)
    prepare.add_argument("folder", type=Path, help=_("is written anew"))
    prepare.set_defaults(run=_prepare)


def _verb(verbs: argparse._SubParsersAction, name: str, text: str) -> argparse.ArgumentParser:
    verb = verbs.add_parser(
        name, help=text, description=text, epilog=_(EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    return verb


def _run(given: argparse.Namespace) -> int:
    from compendium.search import corpus, hits

    tree = query_tree(given.query, given.reading, given.as_of)
    if tree is None:
        return 2
    folder = corpus.prepared(given.corpus, _progress())
    count = corpus.size(folder)
    told = ngettext("Asking %s record …", "Asking %s records …", count) % number(count)
    console.progress(f"{told} ({given.engine})")
    started = time.monotonic()
    result = hits.run(tree, folder, given.engine)
    seconds = number(time.monotonic() - started, 1)
    console.progress(_("Asked in {seconds} s.").format(seconds=seconds))
    if given.html:
        with files.replacing(given.html) as draft, draft.open("w", encoding="utf-8") as page:
            page.writelines(hits.page(unparse(tree), result.hits(given.limit)))
    if given.json:
        names = ("records", "found", "unknown", "not_found", "unsearched")
        head = {"query": unparse(tree), **{name: getattr(result, name) for name in names}}
        head["refused"], head["unread"] = corpus.refused(folder), corpus.unread(folder)
        _stream(head, (hit.as_data() for hit in result.hits(given.limit)))
        return 0
    for at, hit in enumerate(result.hits(given.limit), start=1):
        first, *rest = hit.lines()
        print(f"{at}. {first}", *rest, sep="\n")
    summary = _("Records: {records}; found: {found}; unknown: {unknown}; not found: {not_found}.")
    told_of = ("found", "unknown", "not_found", "records")
    print(summary.format(**{name: number(getattr(result, name)) for name in told_of}))
    if result.unknown:
        print(_("Unknown: the record lacks a field that would decide."))
    if refused := corpus.refused(folder):
        told = _("Entries that could not be read: {count}. `compendium records read` says which.")
        print(told.format(count=number(refused)))
    for reason in corpus.unread(folder):
        print(_("Not read: {reason}").format(reason=reason))
    for code in result.unsearched:
        print(_("No export has the field {code}: it is unknown in every record.").format(code=code))
    return 0


def _prepare(given: argparse.Namespace) -> int:
    from compendium.search import corpus

    if given.folder.exists() and not (given.folder / corpus.MARKER).is_file():
        raise CompendiumError(
            _("The folder is there and is no prepared corpus."), path=given.folder,
            remedy=_("Name another."),
        )  # fmt: skip
    corpus.prepare(given.corpus, given.folder, _progress())
    count = corpus.size(given.folder)
    told = ngettext("%s record prepared", "%s records prepared", count) % number(count)
    print(f"{told}: {given.folder}")
    return 0


def _stream(head: dict, found) -> None:
    """One JSON object whose list of hits is never held as a whole."""
    print(json.dumps(head, ensure_ascii=False)[:-1] + ', "hits": [')
    for at, hit in enumerate(found):
        print(("," if at else "") + json.dumps(hit, ensure_ascii=False))
    print("]}")


def _progress() -> console.Counter:
    return console.Counter(
        lambda done: ngettext("%s record prepared", "%s records prepared", done) % number(done)
    )
