"""`compendium search …`: check, format, draw, repair and explain queries from the shell."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from compendium import language
from compendium.errors import CompendiumError
from compendium.language import _
from compendium.search import cli_run
from scopus_query import explain, format, rule_pages, tree
from scopus_query.lint import Years, lint
from scopus_query.parse import Parsed
from scopus_query.repair import Reading, repair
from scopus_query.rules import ERROR, NOTE, RULES, SEVERITIES, WARNING, Finding, excerpt, place

EXAMPLES = """\
A query is a file, the query itself, or - for standard input.

examples:
  compendium search lint query.txt
  compendium search lint 'TITLE-ABS-KEY("open innovation*") AND PUBYEAR > 2014' --years 2015-2025
  compendium search format --write query.txt
  compendium search tree --json - < query.txt
  compendium search repair 'TITLE-ABS-KEY (a OR b) AND (c OR d))'
  compendium search explain query.txt
  compendium search lint --explain query.txt
  compendium search explain Q301

exit codes:
  0 parses without findings, 1 parses with findings, 2 does not parse
"""
KNOWN_ITEMS = """\
examples:
  compendium search known-items
  compendium search known-items --json

The JSON is a list of objects with the keys query, reading, work, selected, and the answers text
(the words), filters and all: true, false, or null where what was read does not say.
"""
_COLOURS = {ERROR: "31", WARNING: "33", NOTE: "36", "bold": "1", "green": "32"}


def add(commands: argparse._SubParsersAction) -> None:
    """Add `search` and its commands to the command line."""
    search = commands.add_parser(
        "search", help="check, repair, explain, run and translate Scopus queries", epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verbs = search.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    for name, help_text, show in (
        ("lint", "list everything that a reviewer of the query would mark", _lint),
        ("format", "print the query in canonical form", _format),
        ("tree", "draw the syntax tree", _tree),
        ("repair", "list every plausible reading, smallest edit first", _repair),
        ("explain", "tell what the query asks for; or the page of a rule: explain Q301", _explain),
    ):
        verb = verbs.add_parser(
            name, help=help_text, description=help_text, epilog=EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        verb.add_argument("query", nargs="+", help="a file, the query itself, or -")
        verb.add_argument("--json", action="store_true", help="print JSON for machines")
        verb.add_argument("--lang", choices=list(language.LANGUAGES), help="language of messages")
        verb.add_argument(
            "--years", type=_span, metavar="FROM-TO", help="the years that the report names"
        )
        verb.add_argument(
            "--least", choices=[ERROR, WARNING, NOTE], default=NOTE,
            help="leave out findings that are less than this",
        )  # fmt: skip
        verb.set_defaults(run=_run, show=show, explain=name == "explain")
        if name == "lint":
            verb.add_argument(
                "--explain", action="store_true",
                help="explain the rule of each finding; or, instead of a query, name a rule",
            )  # fmt: skip
        if name == "format":
            verb.add_argument("--write", action="store_true", help="write the files anew")
            verb.add_argument("--width", type=int, default=100, help="0 for one line")
    about = "whether each reading of the article's queries finds the works that it selected"
    known = verbs.add_parser(
        "known-items", help=about, description=about, epilog=KNOWN_ITEMS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    known.add_argument("--json", action="store_true", help="print data for machines")
    known.set_defaults(run=_known_items)
    cli_run.add(verbs)


def _known_items(given: argparse.Namespace) -> int:
    """Print whether each reading of the article's queries finds each work."""
    from compendium import data
    from compendium.search.readings import known_items, readings, recall
    from review.search.known_items import expected
    from review.search.occurrences import Facts

    works = data.table("sources")
    facts = Facts.of(works, data.table("term_occurrences"), data.table("source_metadata"))
    selected = expected(data.table("empirical"), data.table("reviews"))
    items = known_items(readings(data.document("queries")), facts, list(works["key"]), selected)
    if given.json:
        print(items.astype(object).where(items.notna(), None).to_json(orient="records", indent=2))
        return 0
    for part in ("text", "filters", "all"):
        for (query, number), found in recall(items, part).items():
            print(
                f"{query} reading {number} {part:<8} found {found.found:>2}  missed "
                f"{found.missed:>2}  unknown {found.unknown:>2}  recall {found.low:.0%}"
                f"–{found.high:.0%}"
            )
    return 0


def _span(text: str) -> Years:
    first, dash, last = text.partition("-")
    years = (first, last if dash else first)
    if not any(years) or not all(year == "" or year.isdecimal() for year in years):
        raise argparse.ArgumentTypeError("write the years as 2015-2025, 2015- or -2025")
    return tuple(int(year) if year else None for year in years)


def _run(given: argparse.Namespace) -> int:
    if given.lang:
        language.use(given.lang)
    done, worst = [], 0
    for name, text in queries(given.query):
        if given.explain and text.strip().upper() in RULES:
            page = rule_pages.page(RULES[text.strip().upper()])
            done.append({"query": name, "page": page})
            print(page, end="") if not given.json else None
            continue
        parsed = _severe(lint(text, years=given.years), given.least)
        worst = max(worst, 2 if parsed.tree is None else 1 if parsed.findings else 0)
        data = given.show(name, parsed, given)
        done.append({"query": name, "parses": parsed.tree is not None, **data})
    if given.json:
        print(json.dumps(done if len(done) > 1 else done[0], ensure_ascii=False, indent=2))
    return worst


def _severe(parsed: Parsed, least: str) -> Parsed:
    kept = list(SEVERITIES)[: list(SEVERITIES).index(least) + 1]
    findings = tuple(f for f in parsed.findings if f.rule.severity in kept)
    return replace(parsed, findings=findings)


def queries(given: list[str]) -> Iterator[tuple[str, str]]:
    """Name and text of each query given: a file's, its own, or standard input's."""
    for entry in given:
        if entry == "-":
            yield "-", _text(sys.stdin.buffer.read(), "-")
            continue
        try:
            is_file = Path(entry).is_file()
        except (OSError, ValueError):  # too long for a path, or with signs that no path has
            is_file = False
        if is_file:
            yield entry, _text(Path(entry).read_bytes(), entry)
        else:
            yield "query", entry


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CompendiumError(
            _("The file is not UTF-8 text."), path=name, remedy=_("Save it as UTF-8.")
        ) from error


def _lint(name: str, parsed: Parsed, given: argparse.Namespace) -> dict:
    if not given.json:
        for finding in parsed.findings:
            print(report(name, parsed.text, finding))
            if given.explain:
                print(f"    {_(finding.rule.explanation)}\n")
        if not parsed.findings:
            print(f"{name}: " + _paint(_("no findings"), "green"))
    return _findings(parsed)


def _format(name: str, parsed: Parsed, given: argparse.Namespace) -> dict:
    if parsed.tree is None:
        return _refuse(name, parsed, given)
    lines = [*parsed.comments, format.format(parsed.tree, given.width or None)]
    text = "\n".join(lines)
    if given.write and Path(name).is_file():
        if text + "\n" != parsed.text:
            Path(name).write_text(text + "\n", encoding="utf-8")
    elif not given.json:
        print(text)
    return {"text": text, **_findings(parsed)}


def _tree(name: str, parsed: Parsed, given: argparse.Namespace) -> dict:
    if parsed.tree is None:
        return _refuse(name, parsed, given)
    if not given.json:
        print(explain.draw(parsed.tree))
    return {"tree": tree.as_data(parsed.tree), **_findings(parsed)}


def _repair(name: str, parsed: Parsed, given: argparse.Namespace) -> dict:
    readings = repair(parsed.text)
    if not given.json:
        if not readings:
            _refuse(name, parsed, given)
        for number, reading in enumerate(readings, start=1):
            title = _("Reading {number} of {count}").format(number=number, count=len(readings))
            print(_paint(title, "bold"))
            for edit in reading.edits:
                print("  " + edit.describe(parsed.text))
            print(f"{reading.text}\n")
    return {"readings": [_reading(reading) for reading in readings], **_findings(parsed)}


def _explain(name: str, parsed: Parsed, given: argparse.Namespace) -> dict:
    if parsed.tree is None:
        return _refuse(name, parsed, given)
    told = explain.tell(parsed.tree)
    if not given.json:
        print(told)
    return {"text": told, **_findings(parsed)}


def _refuse(name: str, parsed: Parsed, given: argparse.Namespace) -> dict:
    if not given.json:
        for finding in parsed.errors:
            print(report(name, parsed.text, finding, sys.stderr), file=sys.stderr)
    return _findings(parsed)


def _findings(parsed: Parsed) -> dict:
    return {"findings": [finding.as_data(parsed.text) for finding in parsed.findings]}


def _reading(reading: Reading) -> dict:
    return {
        "cost": reading.cost,
        "edits": [edit._asdict() for edit in reading.edits],
        "text": reading.text,
        "canonical": format.format(reading.tree),
        "tree": tree.as_data(reading.tree),
    }


def report(name: str, query: str, finding: Finding, stream=None) -> str:
    """A finding with its place, as lines for a person."""
    line, column = place(query, finding.span.start)
    severity = finding.rule.severity
    paint: Callable[[str, str], str] = lambda text, look: _paint(text, look, stream)  # noqa: E731
    shown, carets = excerpt(query, finding.span)
    kind = paint(f"{_(SEVERITIES[severity])} {finding.rule.code}", severity)
    return (
        f"{paint(f'{name}:{line}:{column}', 'bold')}: {kind}: {_(finding.rule.title)}\n"
        f"    {shown}\n    {paint(carets, severity)}\n"
        f"    {finding.message} {finding.remedy}\n"
    )


def _paint(text: str, look: str, stream=None) -> str:
    terminal = (stream or sys.stdout).isatty() and "NO_COLOR" not in os.environ
    return f"\033[{_COLOURS[look]}m{text}\033[0m" if terminal else text
