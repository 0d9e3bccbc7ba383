"""`compendium screening …`: sheets for reviewers, decisions taken back, agreement, flow, order."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from compendium import console, files
from compendium.errors import CompendiumError
from compendium.language import N_, _, label, ngettext, number

EXAMPLES = N_("""\
examples:
  compendium records dedup scopus.csv wos.txt --decisions duplicates.csv --to records.csv
  compendium screening identify scopus.csv wos.txt --duplicates duplicates.csv --to screening/
  compendium screening sheet records.csv screening/ --reviewer "A. Akhmetova" --reviewer "B. Lee" \\
      --lang kk --query query.txt
  compendium screening sheet records.csv screening/ --reviewer A --reviewer B --pilot 50
  compendium screening sheet records.csv screening/ --reviewer A --reviewer B --split
  compendium screening serve records.csv screening/ --query query.txt
  compendium screening read screening/sheets/*.xlsx --to screening/
  compendium screening take-over rayyan.csv --records records.csv --to screening/
  compendium screening progress screening/
  compendium screening conflicts screening/
  compendium screening conflicts screening/ --records records.csv --reviewer "C. Ivanov"
  compendium screening agreement screening/
  compendium screening sheet records.csv screening/ --stage full_text --reviewer "A. Akhmetova"
  compendium screening flow screening/ --lang ru --svg flow.svg --csv PRISMA.csv
  compendium screening include screening/ records.csv
  compendium screening order records.csv screening/ --to order.csv

The folder holds records.csv (what was found) and decisions.csv (who decided what, and why). Two
reviewers have to decide about each record, unless its screening.yml says otherwise
(`reviewers: 1`).

exit codes:
  0 done, 1 a file cannot be read or made, 2 a sheet holds cells that do not fit
""")
STAGES = ("title_abstract", "full_text")
_NAMED = 20  # cells without a decision; more are only counted
ORIGINS = ("database", "register", "website", "organisation", "citations", "previous")


def add(commands: argparse._SubParsersAction) -> None:
    """Add `screening` and its commands to the command line."""
    screening = commands.add_parser(
        "screening", help=_('sheets for reviewers, decisions, agreement, PRISMA flow'),
        epilog=_(EXAMPLES), formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verbs = screening.add_subparsers(dest="verb", required=True, metavar="COMMAND")

    found = _verb(verbs, "identify", _identify,
                  _("register what was found, before anybody screens"))  # fmt: skip
    found.add_argument(
        "records", nargs="+", type=Path, help=_("everything that was found, at once")
    )
    found.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    found.add_argument("--origin", choices=ORIGINS, default="database")
    found.add_argument(
        "--source",
        default="",
        help=_("its name (by each record's identifier, or the file's name)"),
    )
    found.add_argument(
        "--search", default="", help=_("which search found them, if there are several")
    )
    found.add_argument(
        "--duplicates",
        type=Path,
        metavar="FILE",
        help=_("table of `records dedup`; the repeats are removed"),
    )

    found.add_argument(
        "--again",
        action="store_true",
        help=_("register the very same records too: another source gave them as well"),
    )
    found.add_argument("--query", help=_("register only what it finds, or may find"))
    found.add_argument("--reading", type=int, metavar="N", help=_("reading N of a broken query"))

    sheet = _verb(verbs, "sheet", _sheet, _("write a screening sheet (.xlsx) for each reviewer"))
    sheet.add_argument("records", type=Path, help=_("a file of records, or hits (.json)"))
    sheet.add_argument("folder", type=Path, help=_("of the decisions; is made if need be"))
    _whom(sheet, required=True)
    sheet.add_argument("--stage", choices=STAGES, default=STAGES[0])
    sheet.add_argument("--query", help=_("write only what this query finds, and colour its words"))
    sheet.add_argument(
        "--unknown",
        action="store_true",
        help=_("also what lacks a field by which the query would decide"),
    )
    sheet.add_argument(
        "--colour", metavar="QUERY", help=_("colour a query's words, write every one")
    )
    sheet.add_argument("--reading", type=int, metavar="N", help=_("reading N of a broken query"))
    sheet.add_argument("--order", type=Path, metavar="FILE", help=_("of `screening order`"))
    sheet.add_argument(
        "--pilot", type=int, metavar="N", help=_("N records, drawn at random, for all reviewers")
    )
    sheet.add_argument(
        "--split",
        action="store_true",
        help=_("share out: each record to as many as have to decide"),
    )
    sheet.add_argument(
        "--batch", type=int, metavar="N", help=_("at most N further records for each")
    )
    sheet.add_argument(
        "--again", action="store_true", help=_("also what stands in an earlier sheet of theirs")
    )
    sheet.add_argument("--seed", type=int, default=2020, metavar="N", help=_("of the draw (2020)"))

    read = _verb(verbs, "read", _read, _("take filled-in sheets back; what does not fit is named"))
    read.add_argument("sheets", nargs="+", type=Path, metavar="SHEET")
    read.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    read.add_argument(
        "--revise", action="store_true", help=_("add changed decisions behind the earlier ones")
    )
    read.add_argument("--json", action="store_true", help=_("print JSON for machines"))

    over = _verb(verbs, "take-over", _take_over,
                 _("take decisions over from Rayyan, Covidence, ASReview or revtools"))  # fmt: skip
    over.add_argument("exports", nargs="+", type=Path, metavar="EXPORT")
    over.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    over.add_argument(
        "--records",
        type=Path,
        metavar="FILE",
        help=_("the records screened, known by any identifier"),
    )
    over.add_argument("--reviewer", default="", help=_("who decided, if the export does not say"))
    over.add_argument("--stage", choices=STAGES, default=STAGES[0])
    over.add_argument("--category", choices=("irrelevant", "excluded", "included", "select"),
                      help=_("of Covidence, if the file's name does not say"))  # fmt: skip
    over.add_argument(
        "--register", action="store_true", help=_("register records that the folder does not know")
    )
    over.add_argument(
        "--revise", action="store_true", help=_("add changed decisions behind the earlier ones")
    )

    for name, run, told in (
        ("conflicts", _conflicts,
         _("list what reviewers disagree about; write a sheet to settle it")),
        ("agreement", _agreement, _("tell how far the reviewers agree")),
        ("flow", _flow, _("count and draw the PRISMA 2020 flow")),
        ("progress", _progress, _("tell how far each reviewer and the team is")),
    ):  # fmt: skip
        verb = _verb(verbs, name, run, told)
        verb.add_argument("folder", type=Path, help=_("of the decisions"))
        verb.add_argument("--json", action="store_true", help=_("print JSON for machines"))
        if name in ("conflicts", "agreement"):
            verb.add_argument("--stage", choices=STAGES, default=STAGES[0])
        if name == "conflicts":
            verb.add_argument("--records", type=Path, help=_("for the sheet: the file of records"))
            _whom(verb, required=False)
        if name != "agreement":
            console.add_dry_run(verb)
        if name == "flow":
            verb.add_argument(
                "--whole", action="store_true", help=_("draw also the boxes that nothing fills")
            )
            verb.add_argument("--svg", type=Path, metavar="FILE", help=_("draw it"))
            verb.add_argument(
                "--csv", type=Path, metavar="FILE", help=_("write it for the R package PRISMA2020")
            )

    entered = _verb(verbs, "include", _include,
                  _("give the works that full texts let in rows in the book's tables"))  # fmt: skip
    entered.add_argument("folder", type=Path, help=_("of the decisions"))
    entered.add_argument("records", type=Path, help=_("the file that the sheets were made from"))
    entered.add_argument(
        "--query", default="", metavar="ID", help=_("which found those of which nothing tells it")
    )
    console.add_dry_run(entered)

    page = _verb(verbs, "serve", _serve, _("screen in the browser: a page for this machine only"))
    page.add_argument("records", type=Path, help=_("a file of records, or hits (.json)"))
    page.add_argument("folder", type=Path, help=_("of the decisions; is made if need be"))
    page.add_argument("--stage", choices=STAGES, default=STAGES[0])
    page.add_argument("--query", help=_("show only what this query finds, and colour its words"))
    page.add_argument(
        "--unknown",
        action="store_true",
        help=_("also what lacks a field by which the query would decide"),
    )
    page.add_argument("--colour", metavar="QUERY", help=_("colour a query's words, show every one"))
    page.add_argument("--reading", type=int, metavar="N", help=_("reading N of a broken query"))
    page.add_argument("--order", type=Path, metavar="FILE", help=_("of `screening order`"))
    page.add_argument(
        "--criteria", metavar="STAGE", help=_("offer only the criteria of this stage of the review")
    )
    page.add_argument("--port", type=int, metavar="N", help=_("the folder's own if left out"))

    order = _verb(verbs, "order", _order, _("put the most likely records first; exclude nothing"))
    order.add_argument("records", type=Path, help=_("a file of records"))
    order.add_argument("folder", type=Path, help=_("of the decisions made so far"))
    order.add_argument("--to", type=Path, metavar="FILE", help=_("write the order as CSV"))
    order.add_argument("--model", default="elas_u4", help=_("one of ASReview's models (elas_u4)"))
    order.add_argument("--stage", choices=STAGES, default=STAGES[0])
    order.add_argument(
        "--python",
        type=Path,
        metavar="FILE",
        help=_("the Python of an environment that has ASReview"),
    )
    order.add_argument("--json", action="store_true", help=_("print JSON for machines"))
    console.add_dry_run(found, sheet, read, over, order)


def _verb(verbs, name: str, run, told: str) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told, description=told, epilog=_(EXAMPLES),
                            formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    verb.set_defaults(run=run)
    return verb


def _whom(verb: argparse.ArgumentParser, required: bool) -> None:
    verb.add_argument(
        "--reviewer",
        action="append",
        required=required,
        default=None,
        help=_("who will fill it in; again for another sheet"),
    )
    verb.add_argument(
        "--criteria", metavar="STAGE", help=_("offer only the criteria of this stage of the review")
    )


def _identify(given: argparse.Namespace) -> int:
    from compendium.screening import work

    told = work.identify(
        given.records, given.to, origin=f"origin_{given.origin}", source=given.source,
        search=given.search, duplicates=given.duplicates, query=given.query,
        reading=given.reading, again=given.again,
    )  # fmt: skip
    print(_("Records found: {found}; new in the folder: {new}; repeats removed: {removed}.")
          .format(found=told.found, new=told.new, removed=told.removed))  # fmt: skip
    for line in _told_of_sources(told, given.source):
        print(line)
    return 0


def _told_of_sources(told, source: str) -> Iterator[str]:
    """What was there before, and which records have a file's name for a source."""
    if told.before:
        named = ", ".join(f"{name or '–'} ({number(n)})" for name, n in told.before.items())
        yield _("These records stand in the folder already, so none was registered a second time. "
                "Their sources: {sources}.").format(sources=named)  # fmt: skip
        if told.changed:
            yield _("The source of all of them is {source} now.").format(source=source)
        elif not source:
            yield _("To give them another source, add --source NAME.")
        yield _("If another source gave these very records too, register them with --again.")
    if told.elsewhere:
        yield _("Records that stood there from another source or search: {n}. They count as found "
                "a second time, and as removed duplicates.").format(
                    n=number(told.elsewhere))  # fmt: skip
    for file, n in told.unnamed.items():
        yield _("{file}: records whose source is only the name of this file: {n}. If one database "
                "gave all of the file, run the command again with --source NAME; if several did, "
                "register each export by itself.").format(file=file, n=number(n))  # fmt: skip


def _sheet(given: argparse.Namespace) -> int:
    from compendium.screening import sharing, work

    choice = work.Choice(given.query, given.colour, given.reading, given.unknown, given.order)
    plan = work.plan_for(
        given.folder, given.stage, lang=given.lang, criteria=given.criteria,
        colour=given.colour or given.query, reading=given.reading,
    )  # fmt: skip
    share = sharing.Share(given.pilot, given.split, given.batch, given.again, given.seed)
    made = work.sheets_for(given.records, given.folder, given.reviewer, plan, choice=choice,
                           share=share, progress=_counter())  # fmt: skip
    if made.unknown:
        print(_("Records that lack a field by which the query would decide: {n}; --unknown adds "
                "them.").format(n=number(made.unknown)))  # fmt: skip
    for path, records in made.sheets:
        print(_("{file}: records to decide: {n}").format(file=path, n=number(records)))
    return 0


def _read(given: argparse.Namespace) -> int:
    from compendium.screening import decisions, protocol, sheet_reading

    agreed = protocol.read(given.to)
    listed = decisions.read_records(given.to) if given.to.is_dir() else None
    known = {} if listed is None else dict(zip(listed["record"], listed["title"], strict=True))
    done, failed, worst = [], [], 0
    for path in given.sheets:
        if path.name.startswith("~$"):  # a spreadsheet program's mark that it has the sheet open
            print(_("{file}: left out. The sheet is open in a spreadsheet program; save it there, "
                    "and read it again.").format(file=path), file=sys.stderr)  # fmt: skip
            continue
        try:
            reading = sheet_reading.read(path, known, agreed)
            taken = sheet_reading.take(given.to, reading, revise=given.revise)
        except CompendiumError as error:
            failed.append(str(error))
            worst = 1
            continue
        done.append((path, taken))
        worst = max(worst, 2 if taken.problems and worst != 1 else 0)
    if given.json:
        print(json.dumps({
            "sheets": [{"file": str(path), "new": t.new, "revised": t.revised,
                        "unchanged": t.unchanged, "open": len(t.open),
                        "problems": [str(p) for p in t.problems],
                        "notes": [str(n) for n in t.notes]} for path, t in done],
            "failed": failed,
        }, ensure_ascii=False, indent=2))  # fmt: skip
        return worst
    for path, taken in done:
        for told in (*taken.notes, *taken.problems):
            print(told, file=sys.stderr)
        print(_("{file}: new {new}, revised {revised}, unchanged {unchanged}, open {open}")
              .format(file=path, new=taken.new, revised=taken.revised,
                      unchanged=taken.unchanged, open=len(taken.open)))  # fmt: skip
        if 0 < len(taken.open) <= _NAMED:
            print("    " + _("without a decision: {cells}").format(cells=", ".join(taken.open)))
        if taken.problems:
            unfit = _("{file}: cells that do not fit: {n}. Mend them and read the sheet again; the "
                      "other rows were taken.")  # fmt: skip
            print(unfit.format(file=path, n=len(taken.problems)), file=sys.stderr)
    for why in failed:
        print(why, file=sys.stderr)
    return worst


def _take_over(given: argparse.Namespace) -> int:
    from compendium.screening import take_over

    worst = 0
    for file in given.exports:
        done = take_over.take_over(
            file, given.to, records=given.records, reviewer=given.reviewer, stage=given.stage,
            category=given.category, register=given.register, revise=given.revise,
        )  # fmt: skip
        print(_("{file} ({tool}): new {new}, revised {revised}, unchanged {unchanged}, open {open}")
              .format(file=file, tool=done.tool, new=done.new, revised=done.revised,
                      unchanged=done.unchanged, open=done.open))  # fmt: skip
        for title in done.strange:
            print("    " + _("not among the records identified: {title}").format(title=title),
                  file=sys.stderr)  # fmt: skip
        for record in done.refused:
            print("    " + _("the folder holds another decision about {record}; --revise keeps "
                             "both").format(record=record), file=sys.stderr)  # fmt: skip
        worst = max(worst, 2 if done.strange or done.refused else 0)
    return worst


def _conflicts(given: argparse.Namespace) -> int:
    from compendium.screening import decisions, outcomes, protocol, work

    _records, decided = decisions.read(given.folder)
    readers = protocol.read(given.folder).reviewers
    found = outcomes.conflicts(decided, given.stage, readers)
    if given.json:
        print(found.to_json(orient="records", force_ascii=False, indent=2))
    else:
        for record, rows in found.groupby("record", sort=False):
            print(record)
            for row in rows.itertuples():
                print("    " + work.said(row))
        print(_("Records to settle: {n}.").format(n=found["record"].nunique()))
    if given.reviewer and len(found):
        if not given.records:
            raise CompendiumError(
                _("The sheet needs the records."), remedy=_("Name their file with --records.")
            )
        plan = work.plan_for(given.folder, given.stage, lang=given.lang, criteria=given.criteria)
        for path, n in work.settling_sheets(
            given.records, given.folder, found, given.reviewer, plan
        ):
            print(_("{file}: records to decide: {n}").format(file=path, n=number(n)))
    return 0


def _agreement(given: argparse.Namespace) -> int:
    from compendium.screening import agreement, decisions

    _records, decided = decisions.read(given.folder)
    found = agreement.coefficients(agreement.ratings(decided, given.stage))
    if given.json:
        print(json.dumps([_plain(each) for each in found], ensure_ascii=False, indent=2))
        return 0
    if not found:
        print(_("There is no agreement to tell: fewer than two reviewers decided independently."))
    for each in found:
        who = " – ".join(each.reviewers) if each.name == "cohen_kappa" else ""
        told = "–" if each.value != each.value else number(each.value, 3)
        between = "" if each.low != each.low else f"[{number(each.low, 3)}; {number(each.high, 3)}]"
        print(f"{label(each.name):<28} {told:>7} {between:<17} {each.records:>6}  {who}".rstrip())
    return 0


def _plain(each) -> dict:
    numbers = {name: None if (v := getattr(each, name)) != v else v
               for name in ("value", "low", "high")}  # fmt: skip
    return {"name": each.name, "reviewers": list(each.reviewers), "records": each.records,
            **numbers}  # fmt: skip


def _flow(given: argparse.Namespace) -> int:
    from compendium.screening import decisions, prisma, prisma_csv, prisma_layout, protocol

    records, decided = decisions.read(given.folder)
    counted = prisma.flow(records, decided, readers=protocol.read(given.folder).reviewers)
    if given.svg:
        files.replace(given.svg, prisma_layout.figure(counted, whole=given.whole).standalone())
    if given.csv:
        files.replace(given.csv, prisma_csv.write(counted))
    if given.json:
        print(json.dumps({"counts": counted.counts, "reasons": counted.reasons,
                          "sources": counted.sources, "undecided": counted.undecided},
                         ensure_ascii=False, indent=2))  # fmt: skip
    else:
        for box, count in counted.counts.items():
            told = label("not_reported").lower() if count is None else number(count)
            print(f"{_(prisma_csv.TEXTS[box])}: {told}")
            for name, n in counted.sources.get(box, {}).items():
                print(f"    {name or label('unknown')}: {number(n)}")
            for criterion, n in counted.reasons.get(box, {}).items():
                print(f"    {decisions.why(criterion)}: {number(n)}")
        for stage, n in counted.undecided.items():
            print(f"{label(stage)}: " + _("Undecided: {n}").format(n=number(n)))
    return 0


def _progress(given: argparse.Namespace) -> int:
    from compendium.screening import protocol, sharing

    agreed = protocol.read(given.folder)
    people, states = sharing.progress(given.folder, agreed)
    pilots = sharing.pilots(given.folder, agreed)
    if given.json:
        told = {"reviewers": people.to_dict("records"), "records": states.to_dict("records"),
                "pilots": [asdict(each) for each in pilots]}  # fmt: skip
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    for stage, rows in people.groupby("stage", sort=False):
        print(label(stage))
        for row in rows.itertuples():
            print("    " + _("{reviewer}: decided {decided} of {assigned}").format(
                reviewer=row.reviewer, decided=number(row.decided),
                assigned=number(row.assigned)))  # fmt: skip
        for row in states[states["stage"] == stage].itertuples():
            print("    " + _("{what}: {count}").format(
                what=sharing.state(row.state), count=number(row.records)))  # fmt: skip
    for line in filter(None, map(sharing.told, pilots)):
        print(line)
    return 0


def _include(given: argparse.Namespace) -> int:
    from compendium.screening import inclusion

    added = inclusion.include(given.folder, given.records, given.query)
    for file, n in added.rows.items():
        print(ngettext("{file}: {n} row added.", "{file}: {n} rows added.", n).format(
            file=file, n=number(n)))  # fmt: skip
    if added.works:
        print(_("New works: {keys}.").format(keys=", ".join(added.works)))
    if added.there:
        print(ngettext("{n} included work stood there already, and stays as it is.",
                       "{n} included works stood there already, and stay as they are.",
                       added.there).format(n=number(added.there)))  # fmt: skip
    if added.waiting:
        print(ngettext("{n} record awaits a decision on its full text: run the command again then.",
                       "{n} records await decisions on their full texts: run the command again "
                       "then.", added.waiting).format(n=number(added.waiting)))  # fmt: skip
    return 0


def _serve(given: argparse.Namespace) -> int:
    from compendium.screening import work
    from compendium.screening.desk import Desk
    from compendium.screening.serve import Server

    choice = work.Choice(given.query, given.colour, given.reading, given.unknown, given.order)
    plan = work.plan_for(
        given.folder, given.stage, lang=given.lang, criteria=given.criteria,
        colour=given.colour or given.query, reading=given.reading,
    )  # fmt: skip
    with Server.of(Desk(given.records, given.folder, plan, choice), given.port) as server:
        print(_("Open this address in a browser on this machine; Ctrl+C stops it:"), flush=True)
        print(server.address, flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


def _order(given: argparse.Namespace) -> int:
    from compendium.screening import order

    report = order.of_folder(
        given.records, given.folder, stage=given.stage, model=given.model, python=given.python
    )
    if given.to:
        order.write(report, given.to)
    if given.json:
        print(json.dumps(order.as_data(report), ensure_ascii=False, indent=2))
    else:
        print("\n".join(order.lines(report)))
    return 0


def _counter() -> console.Counter:
    return console.Counter(lambda done: _("Records written: {n}").format(n=number(done)))
