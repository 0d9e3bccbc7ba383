"""The command `compendium`, which the Makefile calls."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time

from compendium.errors import CompendiumError
from scopus_query.errors import ScopusQueryError

GROUPS = {
    "records": ("compendium.records.cli", "read, convert and deduplicate bibliographic exports"),
    "search": ("compendium.search.cli", "run Scopus queries over exports"),
    "screening": (
        "compendium.screening.cli",
        "sheets for reviewers, decisions, agreement, PRISMA flow",
    ),
    "applicability": ("compendium.ranking.cli", "rank the models for a context"),
    "init": ("compendium.edition.starter.cli", "make a new compendium for another review"),
    "survey": ("compendium.survey.cli", "make the expert survey, read its answers"),
    "update": ("compendium.update.cli", "run a query on a new export; screen and report the new"),
    "audit": ("compendium.claims.cli", "try the article's claims, fill in reporting checklists"),
}
"""Commands of the steps: each step's own module adds them, and is imported only when called."""

EXAMPLES = """\
examples:
  compendium build                 the site and the PDFs, in three languages
  compendium build --edition kk    the Kazakh edition only
  compendium catalogs              bring the translators' catalogs up to date, print coverage
  compendium check                 data, parameters, catalogs
  compendium search run QUERY EXPORT    the records of an export that a query finds
  compendium init DIRECTORY        a new compendium for another review
"""


def parser(called: list[str]) -> argparse.ArgumentParser:
    """The command line's grammar.

    Parameters
    ----------
    called : list of str
        The arguments given: only the steps that they name are imported.
    """
    root = argparse.ArgumentParser(
        prog="compendium",
        description="An executable, trilingual systematic review.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="execute the chapters and build site and PDFs")
    build.add_argument("--edition", metavar="LANGUAGE", help="one language only")
    build.add_argument("--only", choices=["html", "pdf"], help="one of the two only")
    build.add_argument(
        "--release", action="store_true", help="refuse missing, fuzzy or broken translations"
    )
    build.set_defaults(run=_build)

    notebooks = commands.add_parser(
        "notebooks", help="renew the outputs that are committed in chapters/"
    )
    notebooks.set_defaults(run=_notebooks)

    catalogs = commands.add_parser(
        "catalogs", help="extract, merge and count translations", description=_catalogs.__doc__
    )
    catalogs.add_argument(
        "--check", action="store_true", help="change nothing; fail on missing, fuzzy or broken ones"
    )
    catalogs.set_defaults(run=_catalogs)

    check = commands.add_parser("check", help="check data, parameters and catalogs")
    check.set_defaults(run=_check)

    lock = commands.add_parser("lock", help="resolve the dependencies anew")
    lock.set_defaults(run=_lock)

    serve = commands.add_parser("serve", help="show the built site at a local address")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)

    for name, (module, told) in GROUPS.items():
        if name in called:
            importlib.import_module(module).add(commands)
        else:
            commands.add_parser(name, help=told)
    return root


def main(arguments: list[str] | None = None) -> int:
    """Run a command; an error is one line, with its place and its remedy."""
    called = sys.argv[1:] if arguments is None else arguments
    given = parser(called).parse_args(called)
    try:
        return given.run(given) or 0
    except (CompendiumError, ScopusQueryError) as error:
        if given.debug:
            raise
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # who reads the output, such as `head`, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("Stopped. The last good site is untouched.", file=sys.stderr)
        return 130


def _log(line: str) -> None:
    print(line, flush=True)


def _build(given: argparse.Namespace) -> int:
    from compendium.edition.build import build

    started = time.monotonic()
    built = build(
        _log,
        only=given.edition,
        html=given.only != "pdf",
        pdf=given.only != "html",
        release=given.release,
    )
    seconds = time.monotonic() - started
    if built.rebuilt:
        names = ", ".join(edition.language for edition in built.rebuilt)
        print(f"Built {names} in {seconds:.1f} s.")
    else:
        print(f"Nothing changed ({seconds:.1f} s).")
    print(f"Open {built.site / 'index.html'}, or run `make serve`.")
    return 0


def _notebooks(given: argparse.Namespace) -> int:
    from compendium.edition.execute import renew

    renew(_log)
    return 0


def _catalogs(given: argparse.Namespace) -> int:
    """Extract what there is to translate, merge it into the catalogs, print how much is done."""
    from compendium.edition import catalogs

    found = []
    for language in catalogs.translated():
        for domain in catalogs.domains():
            if not given.check:
                catalogs.merge(language, domain)
            found += catalogs.findings(language, domain)
        print(f"{language}:")
        for domain, (done, total) in catalogs.coverage(language).items():
            print(f"  {domain:<18} {done:>4} of {total:>4}")
    for finding in found if given.check else found[:20]:
        print(finding)
    if not given.check and len(found) > 20:
        print(f"… and {len(found) - 20} more; `compendium catalogs --check` prints all.")
    return 1 if given.check and found else 0


def _check(given: argparse.Namespace) -> int:
    from compendium import validation
    from compendium.edition import parameters

    problems = validation.check()
    for problem in problems:
        print(problem)
    parameters.scenario()
    return 1 if problems else _catalogs(argparse.Namespace(check=True))


def _lock(given: argparse.Namespace) -> int:
    from compendium.environment import lock

    lock(_log)
    return 0


def _serve(given: argparse.Namespace) -> int:
    from compendium.edition.serve import server
    from compendium.edition.site import folder

    if not folder().is_dir():
        raise CompendiumError("There is no site yet.", remedy="Run `make book` first.")
    try:
        running = server(folder(), given.port)
    except OSError as error:
        raise CompendiumError(
            f"Port {given.port} cannot be used: {error.strerror}.",
            remedy="Choose another with --port, or 0 for any free one.",
        ) from None
    with running:
        print(f"http://127.0.0.1:{running.server_port}/ (Ctrl-C stops it)", flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
