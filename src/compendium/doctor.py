"""`compendium doctor`: what a review lacks, step by step, and the command that mends it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

from compendium import data, prisma_p, project, review_steps
from compendium.chapter import Chapter
from compendium.claims import claims
from compendium.display import Cell
from compendium.edition import before, catalogs, chapters
from compendium.errors import CompendiumError
from compendium.language import _, inside, join, label, ngettext, number
from compendium.language.codebook import codebook
from compendium.reporting import checklists
from compendium.screening import decisions, inclusion, outcomes, protocol
from compendium.validation import MISSING

PLACEHOLDER = "*Write here:*"
"""Begins a paragraph that the template leaves to the author."""
FEW = 5
"""Up to so many mistakes of the data are named here."""
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
    """A step of the review, how it is done, and what it lacks; nothing where it is done."""

    name: str
    how: str
    lacks: tuple[Lack, ...]


def steps() -> list[Step]:
    """The steps of the current review in their order, those that it does not have left out."""
    lacks: dict[str, Callable[[], Iterator[Lack]]] = {
        review_steps.PROTOCOL: _protocol, "queries": _queries, "criteria": _criteria,
        "screening_records": _screening, "sources": _works, "extraction": _extraction,
        "effects": partial(_empty, "effects"),
        "effect_directions": partial(_empty, "effect_directions"),
        "map": partial(_empty, "map"), "context_scores": _assessment,
        "grade": partial(_judgements, "grade"), "cerqual": partial(_judgements, "cerqual"),
        "claims": _claims, "checklist_report": _checklists, review_steps.TEXT: _text,
        review_steps.TRANSLATION: _translation,
    }  # fmt: skip
    return [
        Step(task.name, task.how, tuple(lacks[task.code]())) for task in review_steps.tasks()
    ]


def wrong() -> Step | None:
    """What is wrong with the data, as the step before all others; None if nothing is."""
    found = before.problems()
    if not found:
        return None
    lacks = [Lack(str(problem), "compendium check") for problem in found[:FEW]]
    if len(found) > FEW:
        n = len(found) - FEW
        more = ngettext("… and {n} more.", "… and {n} more.", n).format(n=number(n))
        lacks.append(Lack(more, "compendium check"))
    how = _("Correct what is wrong; `compendium check` names all of it.")
    return Step(_("Data"), how, tuple(lacks))


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    doctor = commands.add_parser(
        "doctor", help=_("tell what is missing for the next step"),
        description=_("Tell, step by step, what the review lacks, and which command mends it."),
    )  # fmt: skip
    doctor.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    begun = False
    mistakes = wrong()
    if mistakes:
        print("next  " + mistakes.name + f"\n        {mistakes.how}")
        for lack in mistakes.lacks:
            print(f"        {lack.what}")
        begun = True
    for step in _readable(bool(mistakes)):
        if not step.lacks:
            print(_("done  {step}").format(step=step.name))
            continue
        print(("next  " if not begun else "      ") + step.name)
        if not begun:
            print(f"        {step.how}")
        begun = True
        for lack in step.lacks:
            print(f"        {lack.what}\n          → {lack.remedy}")
    if not begun:
        print(_("Nothing is missing."))
    return 0


def _readable(wrong: bool) -> list[Step]:
    """The steps; none where data are wrong that they rest on, which is told already."""
    try:
        return steps()
    except CompendiumError:
        if not wrong:
            raise
        return []


@dataclass(frozen=True)
class Guide:
    """The steps that are open, folded on a page for those who write the review; not in print."""

    steps: Sequence[Step]

    def _repr_html_(self) -> str:
        head = ngettext(
            "For the authors: {n} step is open: {name}",
            "For the authors: {n} steps are open, the next one is: {name}", len(self.steps),
        ).format(n=number(len(self.steps)), name=inside(self.steps[0].name))  # fmt: skip
        items = "\n".join(map(_item, self.steps))
        return (
            '<details class="fold screen-only" data-pagefind-ignore>\n'
            f"<summary>{escape(head)}</summary>\n"
            f'<div class="fold"><ol>\n{items}\n</ol></div>\n</details>'
        )

    def __repr__(self) -> str:
        return "; ".join(step.name for step in self.steps)


def _item(step: Step) -> str:
    lacks = "".join(
        f"<li>{escape(lack.what)} {Cell(f'`{lack.remedy}`', code=True).html()}</li>"
        for lack in step.lacks
    )
    how = Cell(step.how, code=True).html()
    return f"<li><p><strong>{escape(step.name)}.</strong> {how}</p>\n<ul>{lacks}</ul></li>"


def guide(chapter: Chapter) -> Guide | None:
    """What is open in the review, for its front page; nothing once nothing is.

    Parameters
    ----------
    chapter : Chapter
        Which runs again when a chapter, a catalog or the protocol has changed.
    """
    here = chapter.compendium
    for file in (here.path("chapters"), here.path("locales"), *prisma_p.files(here.root)):
        chapter.declare(file)
    still = [step for step in steps() if step.lacks]
    return Guide(still) if still else None


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
    folder = project.path(str(_folder()))
    if not (folder / "records.csv").is_file():
        return  # a re-run of a review whose decisions nobody published
    records, decided = decisions.read(folder)
    if records.empty:
        yield Lack(
            _("No record has been registered."),
            "compendium screening identify exports/* --duplicates duplicates.csv "
            f"--to {project.relative(folder)}",
        )
        return
    agreed = protocol.read(folder)
    readers = agreed.reviewers
    yield from _pilots(folder, agreed)
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
        waiting = {r for r, each in state.items() if each in ("", outcomes.WAITING)}
        if waiting:
            yield Lack(
                ngettext(
                    "{n} record awaits a reviewer ({stage}).",
                    "{n} records await a reviewer ({stage}).", len(waiting),
                ).format(n=number(len(waiting)), stage=label(stage)),
                _reading(folder, stage) if _handed_out(folder, stage, waiting, readers)
                else f"compendium screening sheet {_records_file()} {project.relative(folder)} "
                f"--stage {stage}{_pilot_first(folder, agreed)}{' --reviewer NAME' * readers}",
            )  # fmt: skip
        conflict = sum(each == outcomes.CONFLICT for each in state.values())
        if conflict:
            yield Lack(
                ngettext(
                    "Reviewers disagree about {n} record ({stage}).",
                    "Reviewers disagree about {n} records ({stage}).", conflict,
                ).format(n=number(conflict), stage=label(stage)),
                f"compendium screening conflicts {project.relative(folder)} --stage {stage} "
                f"--records {_records_file()} --reviewer NAME",
            )  # fmt: skip


def _pilot_first(folder: Path, agreed: protocol.Protocol) -> str:
    """The option of a pilot, where the protocol asks for one and nobody was given a sheet yet."""
    begun = (folder / "assignments.csv").is_file()
    return " --pilot N" if agreed.pilot is not None and not begun else ""


def _pilots(folder: Path, agreed: protocol.Protocol) -> Iterator[Lack]:
    """Pilots at which the reviewers agree less than they had agreed to."""
    if not (folder / "assignments.csv").is_file():
        return
    from compendium.screening import sharing  # with its statistics, which nothing else here needs

    for pilot in sharing.pilots(folder, agreed):
        if pilot.failed:
            yield Lack(
                sharing.told(pilot),
                f"compendium screening sheet {_records_file()} {_folder()} --stage {pilot.stage}"
                f" --pilot {pilot.records}{' --reviewer NAME' * agreed.reviewers}",
            )  # fmt: skip


def _folder() -> Path:
    return project.relative(project.current().data.file("screening_records").parent)


def _records_file() -> str:
    """The file that sheets are made from, by the name that the step gives it, if it is there."""
    return "unique.csv" if project.path("unique.csv").is_file() else "RECORDS"


def _handed_out(folder: Path, stage: str, records: set[str], readers: int) -> bool:
    """Whether each of the records stands in the sheets of as many as have to decide."""
    from compendium.screening import sharing  # with its statistics, which nothing else here needs

    given = sharing.read(folder)
    mine = given[(given["stage"] == stage) & given["record"].isin(records)]
    have = mine.groupby("record")["reviewer"].nunique()
    return len(have) == len(records) and bool((have >= readers).all())


def _reading(folder: Path, stage: str) -> str:
    there = project.relative(folder)
    files = f"{stage.replace('_', '-')}-*.xlsx"
    return f"compendium screening read {there}/sheets/{files} --to {there}"


def not_entered() -> list[Lack]:
    """What the screening let in and the tables of the book do not have yet."""
    return [*_works(), *_extraction()] if _included() or _screened() else []


def _included() -> list[str]:
    tables = dict.fromkeys(query.get("included_in") for query in data.document("queries"))
    return list(dict.fromkeys(
        work for name in tables if name and data.holds(name)
        for work in data.table(name)["work"] if work
    ))  # fmt: skip


def _screened() -> dict[str, str]:
    """Work by record that a full text let in; nothing where the decisions are no folder."""
    if not data.holds("screening_decisions"):
        return {}
    folder = project.current().data.file("screening_decisions").parent
    there = (folder / decisions.RECORDS).is_file()
    return inclusion.screened(folder).works if there else {}


def _works() -> Iterator[Lack]:
    without = [record for record, work in _screened().items() if not work]
    if without:
        yield Lack(
            ngettext(
                "{n} included record has no row in {table}: {keys}.",
                "{n} included records have no row in {table}: {keys}.", len(without),
            ).format(n=number(len(without)), table=_file("sources"), keys=join(without)),
            f"compendium screening include {_folder()} {_records_file()}",
        )  # fmt: skip
    elif not _included():
        yield Lack(_("No work is included yet."), _file("sources"))


def _extraction() -> Iterator[Lack]:
    extraction = data.table("extraction")
    included = dict.fromkeys([*_included(), *(w or r for r, w in _screened().items())])
    if not included:
        yield Lack(_("It waits for the works."), _file("extraction"))
    unread = [work for work in included if work not in set(extraction["work"])]
    if unread:
        yield Lack(
            ngettext(
                "{n} included work has no row in {table}: {works}.",
                "{n} included works have no row in {table}: {works}.", len(unread),
            ).format(n=number(len(unread)), table=_file("extraction"), works=join(unread)),
            _file("extraction"),
        )  # fmt: skip


def _empty(name: str) -> Iterator[Lack]:
    if data.table(name).empty:
        yield Lack(_("The table has no rows yet."), _file(name))


def _judgements(name: str) -> Iterator[Lack]:
    yield from _empty(name)
    missing = [code for code, row in codebook().items() if row["set"] == MISSING]
    open_ones = int(data.table(name).isin(missing).any(axis=1).sum())
    if open_ones:
        yield Lack(
            ngettext(
                "{n} row is not judged in full.", "{n} rows are not judged in full.", open_ones
            ).format(n=number(open_ones)),
            _file(name),
        )


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
        yield Lack(
            _("No reporting checklist is filled in; the file that is to be filled in is {file}.")
            .format(file=_file("checklist_report")),
            f"compendium audit checklist prisma_2020 --blank > {_file('checklist_report')}",
        )


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
