"""`compendium records …`: read, convert and deduplicate exports."""

from __future__ import annotations

import argparse
import json
import sys
from itertools import chain
from pathlib import Path

from compendium import console
from compendium.errors import CompendiumError
from compendium.language import N_, _, ngettext, number

EXAMPLES = N_("""\
examples:
  compendium records read scopus.csv wos.txt
  compendium records read scopus.csv --to records.bib
  compendium records read export.txt --json > account.json
  compendium records dedup scopus.csv wos.txt --decisions duplicates.csv --to records.csv
  compendium records formats

exit codes:
  0 every entry was read, 1 a file cannot be read, 2 some entries were refused
""")
_SHOWN = 20


def add(commands: argparse._SubParsersAction) -> None:
    """Add `records` and its commands to the command line."""
    records = commands.add_parser(
        "records", help=_('read, convert and deduplicate bibliographic exports'),
        epilog=_(EXAMPLES), formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verbs = records.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    read = verbs.add_parser("read", help=_("read exports; tell what was read and what was refused"))
    read.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help=_("an export or a folder")
    )
    read.add_argument(
        "--to", type=Path, metavar="FILE", help=_("write the records: .csv, .ris, .bib or .json")
    )
    read.add_argument("--plain", action="store_true",
                      help=_("write the format's own fields only, no notes of ours"))  # fmt: skip
    _add_columns(read)
    read.add_argument("--json", action="store_true", help=_("print JSON for machines"))
    read.set_defaults(run=_read)
    dedup = verbs.add_parser("dedup", help=_("find the records that describe one publication"))
    dedup.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help=_("an export or a folder")
    )
    dedup.add_argument(
        "--decisions",
        type=Path,
        metavar="FILE",
        help=_("table of the pairs, for a person to overrule"),
    )
    dedup.add_argument("--to", type=Path, metavar="FILE", help=_("write one record a publication"))
    dedup.add_argument("--plain", action="store_true",
                       help=_("write the format's own fields only, no notes of ours"))  # fmt: skip
    _add_columns(dedup)
    dedup.add_argument("--json", action="store_true", help=_("print JSON for machines"))
    dedup.set_defaults(run=_dedup)
    console.add_dry_run(read, dedup)
    formats = verbs.add_parser("formats", help=_("list the formats that are read and written"))
    formats.add_argument(
        "--fields", action="store_true", help=_("print a table of which format fills which field")
    )
    formats.set_defaults(run=_formats)


def _add_columns(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--columns",
        type=Path,
        metavar="FILE",
        help=_("a table `column,field`: what the columns of a table hold"),
    )


def _columns(given: argparse.Namespace) -> dict[str, str] | None:
    from compendium.records.formats import plain_table

    return plain_table.read_columns(given.columns) if given.columns else None


def files(paths: list[Path]) -> list[Path]:
    """The exports named, those of a folder in the order of their names."""
    found = [
        sorted(f for f in p.iterdir() if f.is_file() and not f.name.startswith((".", "~$")))
        if p.is_dir() else [p]
        for p in paths
    ]  # fmt: skip
    return list(chain.from_iterable(found))


def _read(given: argparse.Namespace) -> int:
    from compendium.records import ledger, write

    ledgers: list[ledger.Ledger] = []
    failed: list[CompendiumError] = []
    records = ledger.records(files(given.paths), ledgers, progress(), failed, _columns(given))
    if given.to:
        write.write(records, given.to, plain=given.plain)
    else:
        for _record in records:
            pass
    if given.json:
        data = {"files": [each.as_data() for each in ledgers], "failed": [str(e) for e in failed]}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for each in ledgers:
            _tell(each)
        for error in failed:
            print(error, file=sys.stderr)
    return 1 if failed else 2 if any(each.refused for each in ledgers) else 0


def _tell(ledger) -> None:
    # Translators: the account of an export
    told = _("{file} ({format}, {encoding}). Entries: {entries}; records: {found}; refused: "
             "{refused}.")  # fmt: skip
    print(told.format(
        file=ledger.file, format=ledger.format, encoding=ledger.encoding, entries=ledger.entries,
        found=ledger.found, refused=len(ledger.refused),
    ))  # fmt: skip
    for refusal in ledger.refused:
        print("  ✗ " + _("line {line}: {reason}").format(line=refusal.line, reason=refusal.reason))
    for note in ledger.notes[:_SHOWN]:
        place = _("line {line}: {reason}") if note.line else "{reason}"
        print("  · " + place.format(line=note.line, reason=note.text))
    if (more := len(ledger.notes) - _SHOWN) > 0:
        print("  · " + ngettext(
            "… and {n} more note; --json prints all.", "… and {n} more notes; --json prints all.",
            more,
        ).format(n=number(more)))


def _dedup(given: argparse.Namespace) -> int:
    from compendium.records import dedup, ledger, write

    ledgers: list[ledger.Ledger] = []
    failed: list[CompendiumError] = []
    paths = files(given.paths)
    decided = dedup.read_table(given.decisions) if given.decisions else []
    columns = _columns(given)
    found = ledger.records(paths, ledgers, progress(), failed, columns)
    plan = dedup.planned(found, decided)
    if given.decisions:
        dedup.write_table(plan.pairs, given.decisions)
    if given.to:  # the exports are read a second time, so that they need not fit into memory
        again = ledger.records(paths, [], failed=[], columns=columns)
        merged = (record for _first, record in plan.merged(again))
        write.write(merged, given.to, plain=given.plain)
    total, unique = len(plan.group), len(set(plan.group))
    if given.json:
        counts = {"in": total, "out": unique, "removed": total - unique,
                  "uncertain": len(plan.open), "groups": plan.groups}  # fmt: skip
        print(json.dumps(counts, ensure_ascii=False, indent=2))
    else:
        print(_("Records: {found}; publications: {unique}; duplicates: {removed}.").format(
            found=total, unique=unique, removed=total - unique))  # fmt: skip
        if plan.open:
            print(_("Pairs that a person has to decide: {n}.").format(n=len(plan.open)))
    for error in failed:
        print(error, file=sys.stderr)
    return 1 if failed else 2 if any(each.refused for each in ledgers) else 0


def _formats(given: argparse.Namespace) -> int:
    from compendium.records import overview
    from compendium.records.registry import known

    if given.fields:
        print("\n".join(overview.table()))
        return 0
    for name, kind in known().items():
        written = _("read and written ({suffix})").format(suffix=kind.suffix)
        print(f"{name:<17} {_(kind.label)}: {written if kind.suffix else _('read')}")
    return 0


def progress() -> console.Counter:
    """Says how many records are read."""
    return console.Counter(lambda done: _("Records read: {n}").format(n=number(done)))
