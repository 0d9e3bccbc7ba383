"""`compendium archive`: the release as one zip that describes itself."""

from __future__ import annotations

import argparse

from compendium import console, project
from compendium.errors import CompendiumError
from compendium.language import N_, _, ngettext, number
from compendium.reporting import declarations

EXAMPLES = N_("""\
examples:
  make release && compendium archive
  compendium archive --tag v1.0.0         for a workflow: is this the version that was tagged?
  compendium archive --dry-run            what would be archived, without writing
  cd unpacked && sha256sum --check SHA256SUMS

_build/archive/NAME-VERSION.zip holds the site, the data, the chapters with their outputs, the code
and the lock file, and says what it is: ro-crate-metadata.json (RO-Crate 1.2), codemeta.json
(CodeMeta 3.0), .zenodo.json (a deposit at Zenodo), SHA256SUMS. Title, authors, version, licence and
keywords come from CITATION.cff, descriptions from book.yml. Equal files make an equal zip.
""")


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    verb = commands.add_parser(
        "archive", help=_("pack the release into one zip with metadata and checksums"),
        description=_("Pack the last release build into one zip with metadata and checksums."),
        epilog=_(EXAMPLES), formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verb.add_argument("--dry-run", action="store_true", help=_("say what would be packed"))
    verb.add_argument(
        "--tag", metavar="TAG", help=_("refuse to pack if the version is not that of the tag")
    )
    verb.set_defaults(run=_archive)


def _archive(given: argparse.Namespace) -> int:
    from compendium.publication import archive

    if given.tag:
        _refuse_other(given.tag)
    made = archive.make(dry_run=given.dry_run, log=console.progress)
    count = len(made.files) + 1
    told = ngettext("{file}: {n} file", "{file}: {n} files", count).format(
        file=project.relative(made.file), n=number(count))  # fmt: skip
    print(_("{told}; nothing was written.").format(told=told) if given.dry_run else told)
    return 0


def _refuse_other(tag: str) -> None:
    """Refuse a tag that is not `v` and the version that is cited."""
    version = declarations.version()
    if tag.removeprefix("v") != version:
        raise CompendiumError(
            _("The tag is {tag}, but the version is {version}.").format(tag=tag, version=version),
            path=declarations.CITATION, column="version",
            remedy=_("Write the tag's version there, commit, and set the tag anew."),
        )  # fmt: skip
