"""`compendium doctor`: what a review lacks, step by step, and the command that mends it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from compendium import data, prisma_p, project
from compendium.claims import claims
from compendium.edition import catalogs, chapters
from compendium.language import _, join, label, ngettext, number
from compendium.reporting import checklists
from compendium.screening import decisions, outcomes, protocol

PLACEHOLDER = "*Write here:*"
"""Begins a paragraph that the template leaves to the author."""
EXAMPLE = "example"
"""In the code or the reason of a row that the template brings."""


@dataclass(frozen=True)
class Lack:
    """Something that is missing.

    Attributes
    ----------
    what : str
        A sentence.
    remedy : str
        What to do about it, a command or a file.
    """

    what: str
    remedy: str


@dataclass(frozen=True)
class Step:
    """A step of the review, and what it lacks; nothing where it is done."""

    name: str
    lacks: tuple[Lack, ...]


def steps() -> list[Step]:
    """The steps of the current review in their order, those that it does not have left out."""
    wanted: list[tuple[str, str, Callable[[], Iterator[Lack]]]] = [
        (_("Queries"), "queries", _queries),
        (_("Criteria"), "criteria", _criteria),
        (_("Screening"), "screening_records", _screening),
        (_("Works"), "sources", _works),
        (_("Extraction"), "extraction", _extraction),
        (_("Assessment"), "context_scores", _assessment),
        (_("Claims"), "claims", _claims),
        (_("Checklists"), "checklist_report", _checklists),
    ]
    found = [Step(name, tuple(lacks())) for name, table, lacks in wanted if data.holds(table)]
    if prisma_p.files(project.root()):
        found.insert(0, Step(_("Protocol"), tuple(_protocol())))
    return [
        *found, Step(_("Text"), tuple(_text())), Step(_("Translation"), tuple(_translation()))
    ]  # fmt: skip


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    doctor = commands.add_parser(
        "doctor", help=_("tell what is missing for the next step"),
        description=_("Tell, step by step, what the review lacks, and which command mends it."),
    )  # fmt: skip
    doctor.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    begun = False
    for step in steps():
        if not step.lacks:
            print(_("done  {step}").format(step=step.name))
            continue
        print(("next  " if not begun else "      ") + step.name)
        begun = True
        for lack in step.lacks:
            print(f"        {lack.what}\n          → {lack.remedy}")
    if not begun:
        print(_("Nothing is missing."))
    return 0


def _file(name: str) -> str:
    return f"data/{data.resource(name)['path']}"


def _protocol() -> Iterator[Lack]:
    for file in prisma_p.files(project.root()):
        missing = prisma_p.unwritten(file.read_text(encoding="utf-8"))
        if missing:
            yield Lack(
                ngettext(
                    "{n} item is still to be written.",
                    "{n} items are still to be written.", missing,
                ).format(n=number(missing)),
                file.name,
            )  # fmt: skip


def _queries() -> Iterator[Lack]:
    queries = data.document("queries")
    if not queries:
        yield Lack(_("There is no query."), _file("queries"))
    for query in queries:
        if query["id"].startswith(EXAMPLE):
            yield Lack(
                _("The query {name} is an example.").format(name=label(query["id"])),
                _file("queries"),
            )


def _criteria() -> Iterator[Lack]:
    codes = data.table("criteria")["criterion"].tolist()
    if not codes:
        yield Lack(_("There is no criterion of inclusion."), _file("criteria"))
    for code in codes:
        if code.startswith(EXAMPLE):
            yield Lack(
                _("The criterion {name} is an example.").format(name=label(code)),
                _file("criteria"),
            )


def _screening() -> Iterator[Lack]:
    folder = project.current().data.file("screening_records").parent
    if not (folder / "records.csv").is_file():
        return  # a re-run of a review whose decisions nobody published
    records, decided = decisions.read(folder)
    if records.empty:
        yield Lack(
            _("No record has been registered."),
            f"compendium screening identify EXPORT --to {project.relative(folder)}",
        )
        return
    readers = protocol.read(folder).reviewers
    gone = set(decided.loc[decided["stage"] == decisions.IDENTIFICATION, "record"])
    reached = {
        decisions.TITLE_ABSTRACT: set(
            records.loc[records["origin"].isin(decisions.SEARCHED), "record"]
        ) - gone,
        decisions.FULL_TEXT: outcomes.reached_full_text(records, decided, readers),
    }  # fmt: skip
    for stage, wanted in reached.items():
        found = outcomes.of_stage(decided, stage, readers)
        state = {record: found[record].state if record in found else "" for record in wanted}
        waiting = sum(each in ("", outcomes.WAITING) for each in state.values())
        if waiting:
            yield Lack(
                ngettext(
                    "{n} record awaits a reviewer ({stage}).",
                    "{n} records await a reviewer ({stage}).", waiting,
                ).format(n=number(waiting), stage=label(stage)),
                f"compendium screening sheet RECORDS {project.relative(folder)} --stage {stage} "
                "--reviewer NAME",
            )  # fmt: skip
        conflict = sum(each == outcomes.CONFLICT for each in state.values())
        if conflict:
            yield Lack(
                ngettext(
                    "Reviewers disagree about {n} record ({stage}).",
                    "Reviewers disagree about {n} records ({stage}).", conflict,
                ).format(n=number(conflict), stage=label(stage)),
                f"compendium screening conflicts {project.relative(folder)}",
            )  # fmt: skip


def _included() -> list[str]:
    tables = dict.fromkeys(query.get("included_in") for query in data.document("queries"))
    return list(dict.fromkeys(
        work for name in tables if name and data.holds(name)
        for work in data.table(name)["work"] if work
    ))  # fmt: skip


def _works() -> Iterator[Lack]:
    if not _included():
        yield Lack(_("No work is included yet."), _file("sources"))


def _extraction() -> Iterator[Lack]:
    extraction = data.table("extraction")
    if not _included():
        yield Lack(_("It waits for the works."), _file("extraction"))
    unread = [work for work in _included() if work not in set(extraction["work"])]
    if unread:
        yield Lack(
            ngettext(
                "{n} included work has not been read: {works}.",
                "{n} included works have not been read: {works}.", len(unread),
            ).format(n=number(len(unread)), works=join(unread)),
            _file("extraction"),
        )  # fmt: skip


def _assessment() -> Iterator[Lack]:
    scores = data.table("context_scores")
    examples = int(scores["reason"].str.lower().str.startswith(EXAMPLE).sum())
    if examples:
        yield Lack(
            ngettext("{n} level is an example.", "{n} levels are examples.", examples).format(
                n=number(examples)
            ),
            _file("context_scores"),
        )


def _claims() -> Iterator[Lack]:
    if not claims.claims():
        yield Lack(_("No claim has been written down."), _file("claims"))


def _checklists() -> Iterator[Lack]:
    items = data.table("checklist_items")
    given = data.table("checklist_report")
    for name in checklists.CHECKLISTS:
        wanted = set(items.loc[items["checklist"] == name, "item"])
        named = given[given["checklist"] == name]
        open_items = wanted - set(named.loc[named["status"] != "", "item"])
        if open_items and len(named):
            yield Lack(
                ngettext(
                    "{checklist}: {n} item is open.", "{checklist}: {n} items are open.",
                    len(open_items),
                ).format(checklist=label(name), n=number(len(open_items))),
                _file("checklist_report"),
            )
    if given.empty:
        yield Lack(_("No reporting checklist is filled in."), _file("checklist_report"))


def _text() -> Iterator[Lack]:
    for name in chapters.names():
        texts = [cell.source for cell in chapters.read(name).cells if cell.cell_type == "markdown"]
        left = sum(source.count(PLACEHOLDER) for source in texts)
        if left:
            yield Lack(
                ngettext(
                    "{n} paragraph is still to be written.",
                    "{n} paragraphs are still to be written.", left,
                ).format(n=number(left)),
                f"chapters/{name}.ipynb",
            )  # fmt: skip


def _translation() -> Iterator[Lack]:
    for code in catalogs.translated():
        missing = sum(total - done for done, total in catalogs.coverage(code).values())
        if missing:
            yield Lack(
                ngettext(
                    "{language}: {n} text is not translated.",
                    "{language}: {n} texts are not translated.", missing,
                ).format(language=code, n=number(missing)),
                f"compendium catalogs, locales/{code}",
            )  # fmt: skip
