"""`compendium audit …`: the verdicts on the article's claims, and reporting checklists."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from compendium import console, files, project
from compendium.language import N_, _, ngettext, number

EXAMPLES = N_("""\
examples:
  compendium audit check                       every claim with its verdict
  compendium audit check --verdict differs     those of one verdict
  compendium audit check --json                for machines
  compendium audit write                       renew data/checks/claim_verdicts.csv
  compendium audit nanopubs --to claims.trig   claims and verdicts as nanopublications (TriG)
  compendium audit checklist prisma_s          what the article reports of PRISMA-S
  compendium audit checklist swim --book       what this book reports of SWiM
  compendium audit checklist prisma_2020 --blank > data/checklists/my_report.csv
  compendium audit checklist prisma_2020 --report data/checklists/my_report.csv

exit codes of check:
  0 every verdict is the expected one, 1 a verdict changed
""")


def add(commands: argparse._SubParsersAction) -> None:
    """Add `audit` to the command line's grammar."""
    own = commands.add_parser(
        "audit",
        help=_("try the article's claims; fill in reporting checklists"),
        epilog=_(EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    steps = own.add_subparsers(dest="step", required=True, metavar="STEP")
    shape = {"epilog": EXAMPLES, "formatter_class": argparse.RawDescriptionHelpFormatter}

    check = steps.add_parser("check", help=_("try every claim and print its verdict"), **shape)
    check.add_argument(
        "--kind", metavar="CODE", help=_("claims of this kind only, e.g. claim_cell")
    )
    check.add_argument(
        "--verdict", metavar="CODE", help=_("those of this verdict only, e.g. differs")
    )
    check.add_argument("--json", action="store_true", help=_("print a list of objects"))
    check.set_defaults(run=_check)

    write = steps.add_parser(
        "write", help=_("renew the table of verdicts in the data package"), **shape
    )
    write.set_defaults(run=_write)

    nanopubs = steps.add_parser("nanopubs", help=_("write claims and verdicts as TriG"), **shape)
    nanopubs.add_argument("--to", metavar="FILE", type=Path, help=_("standard output if left out"))
    nanopubs.set_defaults(run=_nanopubs)
    console.add_dry_run(write, nanopubs)

    checklist = steps.add_parser(
        "checklist", help=_("show or begin a reporting checklist"), **shape
    )
    checklist.add_argument("checklist", choices=["prisma_2020", "prisma_s", "swim", "entreq"])
    checklist.add_argument("--book", action="store_true", help=_("the book's own report"))
    checklist.add_argument(
        "--report", metavar="FILE", type=Path, help=_("report of another review")
    )
    checklist.add_argument(
        "--blank", action="store_true", help=_("print an empty report to fill in")
    )
    checklist.add_argument("--json", action="store_true", help=_("print a list of objects"))
    checklist.set_defaults(run=_checklist)


def _check(given: argparse.Namespace) -> int:
    from compendium import data, language
    from compendium.claims import claims

    judged = claims.judged()
    _known(given.kind, claims.kinds(), _("No claim is of the kind {value!r}."))
    _known(given.verdict, claims.VERDICTS, _("There is no verdict {value!r}."))
    changed = [v for v in judged if not v.as_expected]
    shown = [
        v
        for v in judged
        if given.kind in (None, v.claim.kind) and given.verdict in (None, v.result.verdict)
    ]
    if given.json:
        print(json.dumps([claims.document(v) for v in shown], ensure_ascii=False, indent=2))
    else:
        for verdict in shown:
            print(_told(verdict))
        totals = ", ".join(
            f"{language.label(code)}: {count}"
            for code in claims.VERDICTS
            if (count := sum(v.result.verdict == code for v in shown))
        )
        told = ngettext("{n} claim. {verdicts}.", "{n} claims. {verdicts}.", len(shown))
        print("\n" + told.format(n=number(len(shown)), verdicts=totals) if shown
              else _("No claims."))  # fmt: skip
    for v in changed:
        print(
            f"{v.claim.id}: {v.result.verdict}, where {data.place_of('claims')} expects "
            f"{v.claim.expected}.",
            file=sys.stderr,
        )
    return 1 if changed else 0


def _known(value: str | None, codes: Sequence[str], told: str) -> None:
    from compendium.errors import CompendiumError

    if value is not None and value not in codes:
        raise CompendiumError(
            told.format(value=value),
            remedy=_("Name one of: {what}.").format(what=", ".join(codes)),
        )


def _told(verdict) -> str:
    from compendium.addresses import place
    from compendium.claims import result_lines
    from compendium.language import label, text

    claim = verdict.claim
    head = f"{claim.id}: {label(verdict.result.verdict)}"
    says = f"  {place(claim.place)}: {text(claim.says)}"
    return "\n".join([head, says, *(f"    {line}" for line in result_lines.lines(verdict.result))])


def _write(given: argparse.Namespace) -> int:
    from compendium import project
    from compendium.claims import claims

    file = project.path("data", "checks", "claim_verdicts.csv")
    table = claims.frame(claims.judged())
    files.replace(file, table.to_csv(index=False, lineterminator="\n"))
    told = ngettext("{file}: {n} claim.", "{file}: {n} claims.", len(table))
    print(told.format(file=project.relative(file), n=number(len(table))))
    return 0


def _nanopubs(given: argparse.Namespace) -> int:
    from compendium.claims import claims, nanopubs

    judged = claims.judged()
    written = nanopubs.trig(judged, project.current().book.published())
    if given.to:
        files.replace(given.to, written)
        count = len(judged)
        told = ngettext("{file}: {n} nanopublication.", "{file}: {n} nanopublications.", count)
        print(told.format(file=given.to, n=number(count)))
    else:
        sys.stdout.write(written)
    return 0


def _checklist(given: argparse.Namespace) -> int:
    from compendium import language
    from compendium.reporting import checklists

    if given.blank:
        sys.stdout.write(checklists.blank(given.checklist).to_csv(index=False, lineterminator="\n"))
        return 0
    of = "book_report" if given.book else "checklist_report"
    rows = checklists.report(given.checklist, file=given.report, of=of)
    if given.json:
        print(rows.to_json(orient="records", force_ascii=False, indent=2))
        return 0
    for row in rows.itertuples():
        where = f" ({row.place})" if row.place else ""
        print(f"{row.item:>4}  {language.label(row.status)}{where}: {language.text(row.topic)}")
    return 0
