"""`compendium search run|prepare|translate`: a query over a corpus, and in other databases."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from compendium import language
from compendium.errors import CompendiumError
from compendium.language import _, ngettext, number
from scopus_query.format import format
from scopus_query.parse import read
from scopus_query.tree import Node

EXAMPLES = """\
examples:
  compendium search run query.txt export.csv
  compendium search run 'TITLE-ABS-KEY("open innovation*")' exports/ --html hits.html
  compendium search run query.txt corpus/ --engine polars --json > hits.json
  compendium search prepare exports/ corpus/
  compendium search run query.txt corpus/ --engine spark
  compendium search translate query.txt --to pubmed

exit codes:
  0 done, 1 the corpus cannot be read, 2 the query does not parse
"""


def add(verbs: argparse._SubParsersAction) -> None:
    """Add the commands to those of `search`."""
    run = _verb(verbs, "run", "find the records of an export, or of a folder, and explain each hit")
    run.add_argument("query", help="a file, the query itself, or -")
    run.add_argument("corpus", type=Path, help="a file, a folder, or a prepared corpus")
    run.add_argument("--engine", choices=["duckdb", "pandas", "polars", "spark"], default="duckdb")
    run.add_argument("--reading", type=int, metavar="N", help="run reading N of a broken query")
    run.add_argument("--json", action="store_true", help="print JSON for machines")
    run.add_argument("--html", type=Path, metavar="FILE", help="write the hits, marked, as a page")
    run.add_argument("--limit", type=int, default=None, metavar="N", help="show N hits")
    run.set_defaults(run=_run)

    prepare = _verb(verbs, "prepare", "normalise a corpus once, into a folder of Parquet files")
    prepare.add_argument("corpus", type=Path)
    prepare.add_argument("folder", type=Path, help="is written anew")
    prepare.set_defaults(run=_prepare)

    translate = _verb(verbs, "translate", "write the query for another database")
    translate.add_argument("query", help="a file, the query itself, or -")
    translate.add_argument("--to", choices=["wos", "pubmed", "ebsco", "openalex"], default=None,
                           help="one database only")  # fmt: skip
    translate.add_argument("--json", action="store_true", help="print JSON for machines")
    translate.add_argument("--reading", type=int, metavar="N", help="reading N of a broken query")
    translate.set_defaults(run=_translate)


def _verb(verbs: argparse._SubParsersAction, name: str, text: str) -> argparse.ArgumentParser:
    verb = verbs.add_parser(
        name, help=text, description=text, epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verb.add_argument("--lang", choices=list(language.LANGUAGES), help="language of messages")
    return verb


def _run(given: argparse.Namespace) -> int:
    from compendium.search import corpus, hits

    if given.lang:
        language.use(given.lang)
    tree = query_tree(given.query, given.reading)
    if tree is None:
        return 2
    tell = _Progress()
    folder = corpus.prepared(given.corpus, tell)
    count = corpus.size(folder)
    told = ngettext("Asking %s record …", "Asking %s records …", count) % number(count)
    tell.say(f"{told} ({given.engine})")
    started = time.monotonic()
    result = hits.run(tree, folder, given.engine)
    seconds = number(time.monotonic() - started, 1)
    tell.say(_("Asked in {seconds} s.").format(seconds=seconds))
    if given.html:
        with given.html.open("w", encoding="utf-8") as page:
            page.writelines(hits.page(format(tree), result.hits(given.limit)))
    if given.json:
        names = ("records", "found", "unknown", "not_found", "unsearched")
        head = {"query": format(tree), **{name: getattr(result, name) for name in names}}
        head["refused"] = corpus.refused(folder)
        _stream(head, (hit.as_data() for hit in result.hits(given.limit)))
        return 0
    for at, hit in enumerate(result.hits(given.limit), start=1):
        first, *rest = hit.lines()
        print(f"{at}. {first}", *rest, sep="\n")
    summary = _("{found} found, {unknown} unknown, {not_found} not found, of {records} records.")
    names = ("found", "unknown", "not_found", "records")
    print(summary.format(**{name: number(getattr(result, name)) for name in names}))
    if result.unknown:
        print(_("Unknown: the record lacks a field that would decide."))
    if refused := corpus.refused(folder):
        told = _("Entries that could not be read: {count}. `compendium records read` says which.")
        print(told.format(count=number(refused)))
    for code in result.unsearched:
        print(_("No export has the field {code}: it is unknown in every record.").format(code=code))
    return 0


def _prepare(given: argparse.Namespace) -> int:
    from compendium.search import corpus

    if given.lang:
        language.use(given.lang)
    if given.folder.exists() and not (given.folder / corpus.MARKER).is_file():
        raise CompendiumError(
            _("The folder is there and is no prepared corpus."), path=given.folder,
            remedy=_("Name another."),
        )  # fmt: skip
    corpus.prepare(given.corpus, given.folder, _Progress())
    count = corpus.size(given.folder)
    told = ngettext("%s record prepared", "%s records prepared", count) % number(count)
    print(f"{told}: {given.folder}")
    return 0


def _translate(given: argparse.Namespace) -> int:
    from scopus_query.translate import PLATFORMS, translate

    if given.lang:
        language.use(given.lang)
    tree = query_tree(given.query, given.reading)
    if tree is None:
        return 2
    done = [translate(tree, name) for name in ([given.to] if given.to else PLATFORMS)]
    if given.json:
        print(json.dumps([t.as_data() for t in done], ensure_ascii=False, indent=2))
        return 0
    for translation in done:
        print(f"{translation.label}:\n{translation.text}")
        for loss in translation.losses:
            print(f"  ! {loss.text}: {loss.reason}")
        print()
    return 0


def query_tree(given: str, reading: int | None = None) -> Node | None:
    """The tree of a query, or of a reading of it; what stands in the way is printed."""
    from scopus_query.cli import queries, report
    from scopus_query.repair import repair

    ((name, text),) = queries([given])
    if reading is not None:
        ways = repair(text)
        if not 1 <= reading <= len(ways):
            raise CompendiumError(
                _("The query has no reading {number}.").format(number=reading),
                remedy=_("Take one from 1 to {count}.").format(count=len(ways)) if ways else None,
            )
        return ways[reading - 1].tree
    parsed = read(text)
    if parsed.tree is None:
        for finding in parsed.errors:
            print(report(name, text, finding, sys.stderr), file=sys.stderr)
        told = _("Run a reading of it: --reading 1; `search repair` lists them.")
        print(told, file=sys.stderr)
    return parsed.tree


def _stream(head: dict, found) -> None:
    """One JSON object whose list of hits is never held as a whole."""
    print(json.dumps(head, ensure_ascii=False)[:-1] + ', "hits": [')
    for at, hit in enumerate(found):
        print(("," if at else "") + json.dumps(hit, ensure_ascii=False))
    print("]}")


class _Progress:
    """Lines on standard error: at most one in two seconds."""

    def __init__(self):
        self.last = time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self.last > 2:
            self.last = time.monotonic()
            self.say(ngettext("%s record prepared", "%s records prepared", done) % number(done))

    @staticmethod
    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)
