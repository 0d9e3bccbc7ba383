"""The command `compendium`, which the Makefile calls."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
from importlib.metadata import version
from typing import Any

from compendium import (
    console,
    language,
    project,  # noqa: F401  the languages and words are those of the compendium here
)
from compendium.errors import CompendiumError
from compendium.language import N_, _, ngettext
from scopus_query.errors import ScopusQueryError

GROUPS = {
    "records": (
        "compendium.records.cli", N_("read, convert and deduplicate bibliographic exports")
    ),
    "search": ("compendium.search.cli", N_("run Scopus queries over exports")),
    "screening": (
        "compendium.screening.cli",
        N_("sheets for reviewers, decisions, agreement, PRISMA flow"),
    ),
    "applicability": ("compendium.ranking.cli", N_("rank the models for a context")),
    "init": ("compendium.new_review", N_("make a new compendium for another review")),
    "upgrade": (
        "compendium.upgrade", N_("tell what another version of the engine would change")
    ),
    "doctor": ("compendium.doctor", N_("tell what is missing for the next step")),
    "survey": ("compendium.survey.cli", N_("make the expert survey, read its answers")),
    "update": (
        "compendium.update.cli", N_("run a query on a new export; screen and report the new")
    ),
    "fetch": ("compendium.update.fetch_cli", N_("fetch from OpenAlex what the queries find")),
    "archive": (
        "compendium.publication.archive_cli",
        N_("pack the release into one zip with metadata and checksums"),
    ),
    "publish": (
        "compendium.publication.publish_cli",
        N_("put the release beside its older versions, with what changed"),
    ),
    "audit": (
        "compendium.claims.cli", N_("try the article's claims, fill in reporting checklists")
    ),
}
"""Commands of the steps: each step's own module adds them, and is imported only when called."""

EXAMPLES = (
    ("compendium build", N_("the site and the PDFs, in every language")),
    ("compendium build --edition kk", N_("the Kazakh edition only")),
    ("compendium catalogs", N_("bring the translators' catalogs up to date, print coverage")),
    ("compendium check", N_("data, parameters, catalogs")),
    ("compendium search run QUERY EXPORT", N_("the records of an export that a query finds")),
    ("compendium init DIRECTORY", N_("a new compendium for another review")),
    ("compendium doctor", N_("what is missing for the next step")),
)


class Parser(argparse.ArgumentParser):
    """A command's grammar; each takes `--lang`, `--quiet` and `--verbose`, the groups' own too."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **{"conflict_handler": "resolve", "add_help": False, **options})
        self._positionals.title, self._optionals.title = _("arguments"), _("options")
        self.add_argument("-h", "--help", action="help", help=_("show this help and stop"))
        self.add_argument(
            "--lang", metavar="CODE", default=language.current(),
            help=_("language of what is said and written; the locale's if left out"),
        )
        console.add_options(self)


def spoken(called: list[str]) -> str:
    """Code of the language that a call asks for, or else that its locale names.

    Parameters
    ----------
    called : list of str
        The arguments given.
    """
    asked = argparse.ArgumentParser(prog="compendium", add_help=False, allow_abbrev=False)
    asked.add_argument("--lang", metavar="CODE")
    return asked.parse_known_args(called)[0].lang or language.of_locale()


def parser(called: list[str]) -> argparse.ArgumentParser:
    """The command line's grammar, told in the language in use.

    Parameters
    ----------
    called : list of str
        The arguments given: only the steps that they name are imported.
    """
    root = Parser(
        prog="compendium",
        description=_("An executable systematic review in several languages."),
        epilog="\n".join(
            [_("examples:"), *(f"  {call:<35} {_(told)}" for call, told in EXAMPLES)]
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument("--version", action="version", version=f"compendium {version('compendium')}")
    root.add_argument("--debug", action="store_true", help=_("show the traceback of an error"))
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser("build", help=_("execute the chapters and build site and PDFs"))
    build.add_argument("--edition", metavar="CODE", help=_("one language only"))
    build.add_argument(
        "--only", choices=["html", "pdf"],
        help=_("the pages, or the files to take away, renewed where they are older than the pages"),
    )
    build.add_argument(
        "--release", action="store_true", help=_("refuse missing, fuzzy or broken translations")
    )
    build.set_defaults(run=_build)

    watch = commands.add_parser(
        "watch", help=_("build the pages, serve them, and renew them whenever a file is saved")
    )
    watch.add_argument("--edition", metavar="CODE", help=_("the language that is made first"))
    watch.add_argument("--port", type=int, default=8000, help=_("0 takes a free one"))
    watch.set_defaults(run=_watch)

    notebooks = commands.add_parser(
        "notebooks", help=_("renew the outputs that are committed in chapters/")
    )
    notebooks.set_defaults(run=_notebooks)

    catalogs = commands.add_parser(
        "catalogs", help=_("extract, merge and count translations"),
        description=_("Extract what there is to translate, merge it into the catalogs, "
                      "print how much is done."),
    )  # fmt: skip
    catalogs.add_argument(
        "--check", action="store_true",
        help=_("change nothing; fail on missing, fuzzy or broken ones"),
    )
    catalogs.set_defaults(run=_catalogs)
    console.add_dry_run(notebooks, catalogs)

    check = commands.add_parser("check", help=_("check data, parameters and catalogs"))
    check.set_defaults(run=_check)

    lock = commands.add_parser("lock", help=_("resolve the dependencies anew"))
    lock.set_defaults(run=_lock)

    serve = commands.add_parser("serve", help=_("show the built site at a local address"))
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)

    for name, (module, told) in GROUPS.items():
        if name in called:
            importlib.import_module(module).add(commands)
        else:
            commands.add_parser(name, help=_(told))
    return root


def main(arguments: list[str] | None = None) -> int:
    """Run a command; an error is one line, with its place and its remedy."""
    called = sys.argv[1:] if arguments is None else arguments
    if "_ARGCOMPLETE" in os.environ:
        return _complete()
    try:
        with language.speaking(spoken(called)):
            given = parser(called).parse_args(called)
            with console.told(given):
                return given.run(given) or 0
    except (CompendiumError, ScopusQueryError) as error:
        if "--debug" in called:
            raise
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # who reads the output, such as `head`, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        builds = {"build", "watch"} & set(called)
        told = _("Stopped. The last good site is untouched.") if builds else _("Stopped.")
        print(told, file=sys.stderr)
        return 130


def _complete() -> int:
    """Tell the shell what may follow; it asks by environment variables, on a press of Tab."""
    import argcomplete

    called = os.environ.get("COMP_LINE", "").split()[1:]
    with language.speaking(spoken([])):
        argcomplete.autocomplete(parser(called))
    return 0


def _log(line: str) -> None:
    console.progress(line, sys.stdout)


def _build(given: argparse.Namespace) -> int:
    from compendium.edition.build import build

    started = time.monotonic()
    built = build(
        _log,
        only=given.edition,
        html=given.only != "pdf",
        pdf=given.only != "html",
        renew=given.only == "pdf",
        release=given.release,
    )
    seconds = language.number(time.monotonic() - started, 1)
    if built.rebuilt:
        names = ", ".join(edition.language for edition in built.rebuilt)
        print(_("Built {names} in {seconds} s.").format(names=names, seconds=seconds))
    else:
        print(_("Nothing changed ({seconds} s).").format(seconds=seconds))
    print(_("Open {page}, or run `make serve`.").format(page=built.site / "index.html"))
    return 0


def _watch(given: argparse.Namespace) -> int:
    from compendium.edition.watch import watch

    try:
        watch(_log, only=given.edition, port=given.port)
    except KeyboardInterrupt:
        return 0
    return 0


def _notebooks(given: argparse.Namespace) -> int:
    from compendium.edition.execute import renew

    renew(_log)
    return 0


def _catalogs(given: argparse.Namespace) -> int:
    from compendium.edition import catalogs

    found = []
    for code in catalogs.translated():
        for domain in catalogs.domains():
            if not given.check:
                catalogs.merge(code, domain)
            found += catalogs.findings(code, domain)
        print(f"{code}:")
        for domain, (done, total) in catalogs.coverage(code).items():
            told = _("{done} of {total}").format(done=f"{done:>4}", total=f"{total:>4}")
            print(f"  {domain:<18} {told}")
    for finding in found if given.check else found[:20]:
        print(finding)
    if not given.check and len(found) > 20:
        more = len(found) - 20
        told = ngettext("… and %d more", "… and %d more", more) % more
        print(_("{more}; `compendium catalogs --check` prints all.").format(more=told))
    return 1 if given.check and found else 0


def _check(given: argparse.Namespace) -> int:
    from compendium import doctor
    from compendium.edition import before

    problems = before.problems()
    for problem in problems:
        print(problem)
    if not problems:  # what is not done yet is no mistake
        for lack in doctor.not_entered():
            print(f"{lack.what} → {lack.remedy}")
    return 1 if problems else _catalogs(argparse.Namespace(check=True))


def _lock(given: argparse.Namespace) -> int:
    from compendium.environment import lock

    lock(_log)
    return 0


def _serve(given: argparse.Namespace) -> int:
    from compendium.edition.serve import server
    from compendium.edition.site import folder

    if not folder().is_dir():
        raise CompendiumError(_("There is no site yet."), remedy=_("Run `make book` first."))
    with server(folder(), given.port) as running:
        address = f"http://127.0.0.1:{running.server_port}/"
        print(_("{address} (Ctrl-C stops it)").format(address=address), flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
