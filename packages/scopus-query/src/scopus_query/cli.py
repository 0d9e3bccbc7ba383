"""`scopus-query …`: check, format, draw, repair, explain and translate queries from the shell."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from scopus_query import answers, language, tree
from scopus_query.errors import ScopusQueryError
from scopus_query.language import _, ngettext
from scopus_query.lint import Years, lint
from scopus_query.parse import Parsed, read
from scopus_query.platforms import BY_NAME
from scopus_query.repair import repair, upgrade
from scopus_query.rules import (
    ERROR,
    NOTE,
    RULES,
    SEVERITIES,
    WARNING,
    Finding,
    excerpt,
    grouped,
    place,
)
from scopus_query.tree import Node
from scopus_query.unparse import unparse

EXAMPLES = """\
A query is a file, the query itself, or - for standard input.

examples:
  scopus-query lint query.scopus
  scopus-query lint 'TITLE-ABS-KEY("open innovation*") AND PUBYEAR > 2014' --years 2015-2025
  scopus-query format --write query.scopus
  scopus-query tree --json - < query.scopus
  scopus-query upgrade old.scopus --as-of 2024-05-01
  scopus-query repair 'TITLE-ABS-KEY (a OR b) AND (c OR d))'
  scopus-query explain query.scopus
  scopus-query explain Q301
  scopus-query history lines.txt --to search.json
  scopus-query rules
  scopus-query highlight query.scopus > query.html
  scopus-query translate query.scopus --to pubmed
  scopus-query translate --from ovid strategy.txt

exit codes:
  0 parses without findings, 1 parses with findings, 2 does not parse
"""
_PATH = re.compile(r"(?:[\w.-]*[/\\\\])*[\w.-]+\.(?:scopus|txt|json|csv|md|query)|\.{0,2}/[\w./-]+")
_EXTRAS = {"pygments": "pygments", "search_query": "translate"}
_SEARCH_FILE = "write a search file, the JSON of search-query, too"
_DRY_RUN = "say what would be written, and write nothing"
_COLOURS = {ERROR: "31", WARNING: "33", NOTE: "36", "bold": "1", "green": "32"}


def main(arguments: list[str] | None = None) -> int:
    """Run a command; an error is one line, with its place and its remedy."""
    if "_ARGCOMPLETE" in os.environ:  # a shell asks, on a press of Tab
        import argcomplete

        argcomplete.autocomplete(parser())
    given = parser().parse_args(arguments)
    try:
        if given.lang:
            language.use(given.lang)
        return given.run(given)
    except ScopusQueryError as error:
        print(error, file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        told = _("This needs the package {package}, which is not installed: {command}")
        command = f"pip install 'scopus-query[{extra}]'"
        print(told.format(package=error.name, command=command), file=sys.stderr)
        return 2
    except BrokenPipeError:  # who reads the output, such as `head`, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    root = argparse.ArgumentParser(
        prog="scopus-query",
        description=_('Check, format, repair, explain and translate Scopus queries.'),
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verbs = root.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    for name, help_text, show in (
        ("lint", "list everything that a reviewer of the query would mark", _lint),
        ("format", "print the query in canonical form", _format),
        ("tree", "draw the syntax tree", _tree),
        ("repair", "list every plausible reading, smallest edit first", _repair),
        (
            "upgrade",
            "write the query so that it means the same in every order of operators",
            _upgrade,
        ),
        ("explain", "tell what the query asks for; or the page of a rule: explain Q301", _explain),
        ("highlight", "print the query in colour, as HTML", _highlight),
    ):
        verb = _verb(verbs, name, help_text)
        verb.add_argument("query", nargs="+", help=_("a file, the query itself, or -"))
        verb.add_argument(
            "--years", type=_span, metavar="FROM-TO", help=_("the years that the report names")
        )
        verb.add_argument(
            "--least", choices=[ERROR, WARNING, NOTE], default=NOTE,
            help=_('leave out findings that are less than this'),
        )  # fmt: skip
        verb.set_defaults(run=_run, show=show, explain=name == "explain")
        if name == "lint":
            verb.add_argument(
                "--explain", action="store_true",
                help=_('explain the rule of each finding; or, instead of a query, name a rule'),
            )  # fmt: skip
        if name == "format":
            verb.add_argument("--write", action="store_true", help=_("write the files anew"))
            verb.add_argument("--width", type=int, default=answers.WIDTH, help=_("0 for one line"))
            verb.add_argument("--to", type=Path, metavar="FILE", help=_SEARCH_FILE)
            verb.add_argument("--dry-run", action="store_true", help=_DRY_RUN)
    past = _verb(verbs, "history", "write out the lines of a search history that refer to others")
    past.add_argument("query", help=_("a file with one line a query, numbered or not; or -"))
    past.add_argument("--to", type=Path, metavar="FILE", help=_SEARCH_FILE)
    past.add_argument("--dry-run", action="store_true", help=_DRY_RUN)
    past.set_defaults(run=_history)
    rules = _verb(verbs, "rules", "list the rules")
    rules.set_defaults(run=_rules)
    translate = _verb(verbs, "translate", "write the query for another database, or read one")
    translate.add_argument("query", help=_("a file, the query itself, or -"))
    translate.epilog = _targets() + EXAMPLES
    translate.add_argument(
        "--from", dest="source", choices=("wos", "pubmed", "ovid"),
        help=_("the query is one of this database; without --to, Scopus's is written"),
    )  # fmt: skip
    translate.add_argument(
        "--to", choices=("scopus", *BY_NAME, "openalex"), help=_("one database only")
    )
    translate.add_argument(
        "--lines",
        action="store_true",
        help=_("each part as a line of a search history, joined by the last"),
    )
    translate.add_argument(
        "--reading", type=int, metavar="N", help=_("reading N of a broken query")
    )
    translate.set_defaults(run=_translate)
    return root


def _targets() -> str:
    told = {name: f"{one.label}: {one.about}" for name, one in BY_NAME.items()}
    told["openalex"] = "OpenAlex: an address of its interface"
    return "databases:\n" + "".join(f"  {name:9} {text}\n" for name, text in told.items()) + "\n"


def _verb(verbs: argparse._SubParsersAction, name: str, text: str) -> argparse.ArgumentParser:
    verb = verbs.add_parser(
        name, help=text, description=text, epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    if name != "rules":
        verb.add_argument("--as-of", metavar="DAY", help=_("the day of the search, as 2025-09-01"))
    verb.add_argument("--json", action="store_true", help=_("print JSON for machines"))
    verb.add_argument("--lang", choices=language.LANGUAGES, help=_("language of messages"))
    return verb


def _span(text: str) -> Years:
    first, dash, last = text.partition("-")
    years = first, last = (first, last if dash else first)
    if not any(years) or not all(year == "" or year.isdecimal() for year in years):
        raise argparse.ArgumentTypeError("write the years as 2015-2025, 2015- or -2025")
    return int(first) if first else None, int(last) if last else None


def _run(given: argparse.Namespace) -> int:
    done: list[dict[str, object]] = []
    worst = 0
    for name, text in queries(given.query):
        if given.explain and text.strip().upper() in RULES:
            from scopus_query import rule_pages

            page = rule_pages.page(RULES[text.strip().upper()])
            done.append({"query": name, "page": page})
            print(page, end="") if not given.json else None
            continue
        parsed = _severe(lint(text, years=given.years, as_of=given.as_of), given.least)
        worst = max(worst, 2 if parsed.tree is None else 1 if parsed.findings else 0)
        data = given.show(name, parsed, given)
        done.append({"query": name, "parses": parsed.tree is not None, **data})
    if given.json:
        print(json.dumps(done if len(done) > 1 else done[0], ensure_ascii=False, indent=2))
    return worst


def _severe(parsed: Parsed, least: str) -> Parsed:
    kept = list(SEVERITIES)[: list(SEVERITIES).index(least) + 1]
    findings = tuple(f for f in parsed.findings if f.rule.severity in kept)
    return replace(parsed, findings=grouped(findings))


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
        elif _PATH.fullmatch(entry):
            raise ScopusQueryError(
                _("There is no such file."), path=entry, remedy=_("Mend the name.")
            )
        else:
            yield "query", entry


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScopusQueryError(
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
    text = answers.formatted(parsed, given.width or None)
    if given.write and Path(name).is_file():
        if text + "\n" != parsed.text:
            _write(Path(name), text + "\n", given)
    elif not given.json:
        print(text)
    if given.to:
        if len(given.query) > 1:
            raise ScopusQueryError(_("A search file holds one query."))
        _keep(given, unparse(parsed.tree))
    return {"text": text, **_findings(parsed)}


def _write(file: Path, text: str, given: argparse.Namespace) -> None:
    if given.dry_run:
        print(_("{file}: would be written").format(file=file), file=sys.stderr)
    else:
        file.write_text(text, encoding="utf-8")


def _keep(given: argparse.Namespace, query: str, **info) -> None:
    """Write a search file as search-query and searchRxiv read it."""
    kept = {
        "record_info": info, "authors": [], "platform": "scopus", "search_string": query,
        "date": {"search_conducted": given.as_of} if given.as_of else {},
    }  # fmt: skip
    _write(given.to, json.dumps(kept, ensure_ascii=False, indent=2) + "\n", given)


def _history(given: argparse.Namespace) -> int:
    from scopus_query import history

    ((name, text),) = queries([given.query])
    found = history.read(text)
    parsed = lint(found.query, as_of=given.as_of)
    for finding in parsed.errors:
        print(report(name, parsed.text, finding, sys.stderr), file=sys.stderr)
    if given.json:
        print(json.dumps(found.as_data(), ensure_ascii=False, indent=2))
    else:
        print(found.query)
        if found.unused:
            told = _("Lines that the last one does not use: {numbers}.")
            print(told.format(numbers=", ".join(map(str, found.unused))), file=sys.stderr)
    if given.to:
        _keep(given, found.query, history=found.as_data()["lines"])
    return 2 if parsed.tree is None else 0


def _upgrade(name: str, parsed: Parsed, given: argparse.Namespace) -> dict:
    if parsed.tree is None:
        return _refuse(name, parsed, given)
    text = upgrade(parsed.text, given.as_of)
    if not given.json:
        print(text)
    return {"text": text, **_findings(parsed)}


def _tree(name: str, parsed: Parsed, given: argparse.Namespace) -> dict:
    if parsed.tree is None:
        return _refuse(name, parsed, given)
    _undecided(name, parsed, given)
    if not given.json:
        from scopus_query import explain

        print(explain.draw(parsed.tree))
    return {"tree": tree.as_data(parsed.tree), **_findings(parsed)}


def _repair(name: str, parsed: Parsed, given: argparse.Namespace) -> dict:
    readings = repair(parsed.text, given.as_of)
    if not given.json:
        if not readings:
            _refuse(name, parsed, given)
        for number, reading in enumerate(readings, start=1):
            title = _("Reading {number} of {count}").format(number=number, count=len(readings))
            print(_paint(title, "bold"))
            for edit in reading.edits:
                print("  " + edit.describe(parsed.text))
            print(f"{reading.text}\n")
    return {"readings": [answers.reading(reading) for reading in readings], **_findings(parsed)}


def _explain(name: str, parsed: Parsed, given: argparse.Namespace) -> dict:
    if parsed.tree is None:
        return _refuse(name, parsed, given)
    from scopus_query import explain

    _undecided(name, parsed, given)
    told = explain.tell(parsed.tree)
    if not given.json:
        print(told)
    return {"text": told, **_findings(parsed)}


def _highlight(name: str, parsed: Parsed, given: argparse.Namespace) -> dict:
    from scopus_query.highlight import Listing

    html = Listing(parsed.text)._repr_html_()
    if not given.json:
        print(html)
    return {"html": html, **_findings(parsed)}


def _rules(given: argparse.Namespace) -> int:
    told = [
        {"code": code, "severity": rule.severity, "title": _(rule.title)}
        for code, rule in sorted(RULES.items())
    ]
    if given.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for rule in told:
            print(f"{rule['code']}  {_(SEVERITIES[rule['severity']])}: {rule['title']}")
    return 0


def _translate(given: argparse.Namespace) -> int:
    done: list[dict] = []
    if given.source:
        from scopus_query import from_platform

        ((_name, text),) = queries([given.query])
        reading = from_platform.read(text, given.source)
        tree, names = reading.tree, [given.to] if given.to else ["scopus"]
        done.append(reading.as_data() | {"label": "Scopus"})
    else:
        tree = query_tree(given.query, given.reading, given.as_of)
        if tree is None:
            return 2
        names = [given.to] if given.to else [*BY_NAME, "openalex"]
        if given.to == "scopus":
            done.append(
                {"label": "Scopus", "platform": "scopus", "text": unparse(tree), "losses": []}
            )
    if tree is not None and names != ["scopus"]:
        from scopus_query.translate import translate

        found = [translate(tree, name, lines=given.lines) for name in names]
        done += [one.as_data() | {"label": one.label} for one in found]
    if given.json:
        kept = [{key: value for key, value in one.items() if key != "label"} for one in done]
        print(json.dumps(kept, ensure_ascii=False, indent=2))
        return 0
    for one in done:
        print(f"{one['label']}:\n{one['text']}")
        for loss in one["losses"]:
            places = f" ({len(loss['others']) + 1} ×)" if loss["others"] else ""
            print(f"  ! {loss['text']}: {loss['reason']}{places}")
        print()
    return 0 if done[-1]["text"] or any(one["text"] for one in done[bool(given.source) :]) else 1


def query_tree(given: str, reading: int | None = None, as_of: str | None = None) -> Node | None:
    """The tree of a query, or of a reading of it; what stands in the way is printed."""
    ((name, text),) = queries([given])
    if reading is not None:
        ways = repair(text, as_of)
        if not 1 <= reading <= len(ways):
            raise ScopusQueryError(
                _("The query has no reading {number}.").format(number=reading),
                remedy=_("Take one from 1 to {count}.").format(count=len(ways)) if ways else None,
            )
        return ways[reading - 1].tree
    parsed = read(text, as_of)
    if not as_of:
        _tell_undecided(name, parsed)
    if parsed.tree is None:
        for finding in parsed.errors:
            print(report(name, text, finding, sys.stderr), file=sys.stderr)
        told = _("Run a reading of it: --reading 1; `scopus-query repair` lists them.")
        print(told, file=sys.stderr)
    return parsed.tree


def _undecided(name: str, parsed: Parsed, given: argparse.Namespace) -> None:
    if not given.as_of:
        _tell_undecided(name, parsed)


def _tell_undecided(name: str, parsed: Parsed) -> None:
    """Say where the meaning depends on a date that nobody gave."""
    for finding in parsed.findings:
        if finding.rule.code in ("Q302", "Q305"):
            print(report(name, parsed.text, finding, sys.stderr), file=sys.stderr)


def _refuse(name: str, parsed: Parsed, given: argparse.Namespace) -> dict:
    if not given.json:
        for finding in parsed.errors:
            print(report(name, parsed.text, finding, sys.stderr), file=sys.stderr)
    return _findings(parsed)


def _findings(parsed: Parsed) -> dict:
    return {"findings": answers.findings(parsed)}


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
        + (f"    {_also(query, finding)}\n" if finding.others else "")
    )


def _also(query: str, finding: Finding, most: int = 20) -> str:
    others = finding.others
    places = ["{}:{}".format(*place(query, span.start)) for span in others[:most]]
    listed = ", ".join(places) + (" …" if len(others) > most else "")
    told = ngettext("Also {n} more time, at {places}.", "Also {n} more times, at {places}.",
                    len(others))  # fmt: skip
    return told.format(n=len(others), places=listed)


def _paint(text: str, look: str, stream=None) -> str:
    terminal = (stream or sys.stdout).isatty() and "NO_COLOR" not in os.environ
    return f"\033[{_COLOURS[look]}m{text}\033[0m" if terminal else text


if __name__ == "__main__":
    sys.exit(main())
