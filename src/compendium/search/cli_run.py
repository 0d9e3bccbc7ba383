"""`compendium search run|prepare|translate`: a query over a corpus, and in other databases."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from compendium.errors import CompendiumError
from compendium.search.format import format
from compendium.search.parse import read
from compendium.search.tree import Node

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
    return verbs.add_parser(
        name, help=text, description=text, epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip


def _run(given: argparse.Namespace) -> int:
    from compendium.search import corpus, hits

    tree = query_tree(given.query, given.reading)
    if tree is None:
        return 2
    tell = _Progress()
    folder = corpus.prepared(given.corpus, tell)
    tell.say(f"Asking {corpus.size(folder):,} records with {given.engine} …")
    started = time.monotonic()
    result = hits.run(tree, folder, given.engine)
    tell.say(f"Asked in {time.monotonic() - started:.1f} s.")
    if given.html:
        with given.html.open("w", encoding="utf-8") as page:
            page.writelines(hits.page(format(tree), result.hits(given.limit)))
    if given.json:
        names = ("records", "found", "unknown", "not_found", "unsearched")
        head = {"query": format(tree), **{name: getattr(result, name) for name in names}}
        head["refused"] = corpus.refused(folder)
        _stream(head, (hit.as_data() for hit in result.hits(given.limit)))
        return 0
    for number, hit in enumerate(result.hits(given.limit), start=1):
        first, *rest = hit.lines()
        print(f"{number}. {first}", *rest, sep="\n")
    print(f"{result.found:,} found, {result.unknown:,} unknown, {result.not_found:,} not found, "
          f"of {result.records:,} records.")  # fmt: skip
    if result.unknown:
        print("Unknown: the record lacks a field that would decide.")
    if refused := corpus.refused(folder):
        print(f"{refused:,} entries could not be read: `compendium records read` says which.")
    for code in result.unsearched:
        print(f"No export has the field {code}: it is unknown in every record.")
    return 0


def _prepare(given: argparse.Namespace) -> int:
    from compendium.search import corpus

    if given.folder.exists() and not (given.folder / corpus.MARKER).is_file():
        raise CompendiumError(
            "The folder is there and is no prepared corpus.", path=given.folder,
            remedy="Name another.",
        )  # fmt: skip
    corpus.prepare(given.corpus, given.folder, _Progress())
    print(f"{corpus.size(given.folder):,} records in {given.folder}")
    return 0


def _translate(given: argparse.Namespace) -> int:
    from compendium.search.translate import PLATFORMS, translate

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
    from compendium.search.cli import queries, report
    from compendium.search.repair import repair

    ((name, text),) = queries([given])
    if reading is not None:
        ways = repair(text)
        if not 1 <= reading <= len(ways):
            raise CompendiumError(f"The query has {len(ways)} readings, not {reading}.")
        return ways[reading - 1].tree
    parsed = read(text)
    if parsed.tree is None:
        for finding in parsed.errors:
            print(report(name, text, finding, sys.stderr), file=sys.stderr)
        print("Run a reading of it: --reading 1; `search repair` lists them.", file=sys.stderr)
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
            self.say(f"{done:,} records prepared")

    @staticmethod
    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)
