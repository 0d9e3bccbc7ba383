"""`compendium publish`: versions of the site side by side, with what each one changed."""

from __future__ import annotations

import argparse
from pathlib import Path

from compendium import console
from compendium.language import N_, _

EXAMPLES = N_("""\
examples:
  make release && compendium publish ../site
  compendium publish ../site --dry-run                     what would be written
  compendium publish ../site old/name-1.zip name-2.zip     from archives, oldest first

The folder then holds v1/, v2/ … and latest/, a page for each language (versions/en.html …) that
tells what changed in the tables between one version and the next, and versions.json for machines.
The version is that of CITATION.cff. A published version stays as it is: raise the number before the
next one. Build with COMPENDIUM_SITE_URL=https://…/latest/, so that search engines know the latest.
""")


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    verb = commands.add_parser(
        "publish", help=_("put the release beside its older versions, with what changed"),
        description=_("Put the last release build, or archives, into a folder of versions."),
        epilog=_(EXAMPLES), formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verb.add_argument("folder", metavar="FOLDER", type=Path, help=_("where the versions lie"))
    verb.add_argument(
        "archives", metavar="ARCHIVE", type=Path, nargs="*",
        help=_("zips of `compendium archive`; the last release build if left out"),
    )  # fmt: skip
    verb.add_argument("--replace", action="store_true",
                      help=_("overwrite a published version of the same number"))  # fmt: skip
    verb.add_argument("--dry-run", action="store_true", help=_("say what would be written"))
    verb.set_defaults(run=_publish)


def _publish(given: argparse.Namespace) -> int:
    from compendium.publication import versions

    with versions.built(given.archives) as sites:
        for each in sites:
            changed = versions.publish(
                each, given.folder, over=given.replace, dry_run=given.dry_run, log=console.progress
            )
            told = _("Version {version} is published.") if changed and not given.dry_run else (
                _("Version {version} would be published.") if changed
                else _("Version {version} was published before; nothing changes.")
            )  # fmt: skip
            print(told.format(version=each.version))
    return 0
