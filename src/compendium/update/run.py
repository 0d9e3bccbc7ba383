"""A living update, step by step: what an export adds goes to screening, and not into the data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from compendium import data, project
from compendium.errors import CompendiumError
from compendium.language import _, current, number, speaking
from compendium.records import dedup
from compendium.records.record import Record
from compendium.screening import decisions, highlights, outcomes, protocol, sheets
from compendium.screening.decisions import Decision, Identified
from compendium.screening.included import criteria_of
from compendium.screening.layout import SheetPlan
from compendium.update import effects, hit_page, report, scenario, sifting
from compendium.update.folder import DUPLICATES, Folder, Run
from scopus_query.repair import Reading, repair

Log = Callable[[str], None]
PROGRAM = "compendium update"
REVIEWERS = ("Reviewer 1", "Reviewer 2")


@dataclass(frozen=True)
class Update:
    """What an update did.

    Attributes
    ----------
    run : Run
    folder : Path
        The run's own.
    repeated : bool
        Whether the same export was read before, so that nothing was written.
    sheets : tuple of Path
    sifted : Sifted or None
        None if nothing was read.
    """

    run: Run
    folder: Path
    repeated: bool = False
    sheets: tuple[Path, ...] = ()
    sifted: sifting.Sifted | None = None


def update(
    files: Sequence[Path],
    query: str,
    into: Path,
    *,
    reading: int = 1,
    reviewers: Sequence[str] = REVIEWERS,
    lang: str = "en",
    with_report: bool = True,
    log: Log = lambda told: None,
) -> Update:
    """Read exports, run a query of the review, and hand what is new to screening.

    Nothing outside `into` is written, but for what can be made anew in `_build/`.

    Parameters
    ----------
    files : sequence of Path
        Exports that are read together.
    query : str
        As the resource `queries` names it.
    into : Path
        Folder of the living update.
    reading : int
        Which reading of the query is run, from 1; of a whole query there is one.
    reviewers : sequence of str
        Who screens; each gets a sheet.
    lang : str
        Language of the sheets, of the list of hits and of the report.
    with_report : bool
        Whether the chapters are run with the new hits, which takes most of the time.
    log : callable, optional
        Told what is being done.

    Raises
    ------
    CompendiumError
        If there is no such query or reading, or a file cannot be read.
    """
    chosen = read_query(query, reading)
    for file in files:
        if not file.is_file():
            raise CompendiumError(_("The file does not exist."), path=project.relative(file))
    folder, digest = Folder(into), _digest(files, query, reading)
    for run in folder.runs():
        if run.digest == digest:
            return Update(run, into / run.run, repeated=True)
    told = sifting.sift(
        chosen.tree, files, [*sifting.works(), *folder.hits()], folder.pairs(),
        lambda done: log(_("Records read: {n}").format(n=number(done))), sifting.screened(),
    )  # fmt: skip
    decided = sum(hit.found for hit in told.new)
    run = Run(
        f"{date.today().isoformat()}-{digest[:8]}", date.today().isoformat(),
        "; ".join(file.name for file in files), digest, query, reading, told.entries,
        told.refused, told.not_found, len(told.repeats), len(told.known), decided,
        len(told.new) - decided, len(told.screened),
    )  # fmt: skip
    records = [hit.record for hit in told.new]
    with folder.made(run.run) as draft:
        made = _sheets(draft, told, chosen, query, reviewers, lang) if records else []
        with speaking(lang):
            page = hit_page.page(chosen.text, chosen.tree, told.new, run.exports)
            (draft / "hits.html").write_text(page, encoding="utf-8")
            _report(draft, run, told, with_report, log)
    _identify(folder, run, told)
    dedup.write_table(told.pairs, into / DUPLICATES)
    folder.keep(records)
    folder.add(run)  # last: what was not done to the end is done again
    return Update(run, into / run.run, False, tuple(into / run.run / s for s in made), told)


def read_query(query: str, reading: int) -> Reading:
    """A reading of one of the review's queries; the smallest repair is the first.

    Raises
    ------
    CompendiumError
        If there is no such query or reading.
    """
    queries = {entry["id"]: entry for entry in data.document("queries")}
    if query not in queries:
        raise CompendiumError(
            _("There is no query {query}.").format(query=query),
            path=data.place_of("queries"),
            remedy=_("Name one of: {names}.").format(names=", ".join(queries)),
        )
    readings = repair(queries[query]["text"])
    if not 1 <= reading <= len(readings):
        raise CompendiumError(
            _("The query has no reading {reading}; readings: {n}.")
            .format(n=number(len(readings)), reading=reading),
            remedy=_("`scopus-query repair` lists them."),
        )  # fmt: skip
    return readings[reading - 1]


def query_id(given: str) -> str:
    """The id of a query that is named by its id or by its number, from 1, in the file."""
    ids = [entry["id"] for entry in data.document("queries")]
    numbered = given.isdecimal() and given not in ids and 1 <= int(given) <= len(ids)
    return ids[int(given) - 1] if numbered else given


def reported(
    into: Path, query: str, *, lang: str = "en", log: Log = lambda told: None
) -> tuple[Path, list[Record]]:
    """Write what would change in the text with the records that screening included so far.

    Beside the report lie the rows that these records add to the tables of `data/`, for a person
    to complete: what only the full text tells stands there as `unknown`.

    Returns
    -------
    (Path, list of Record)
        The report, and the records included.
    """
    held = {record.key: record for record in Folder(into).hits()}
    keys = included_keys(into)
    included = [record for key, record in held.items() if key in keys]
    effect = _effects(included, query, lang, log)
    with speaking(lang):
        text = report.of_included(query, included, effect)
    file = into / report.REPORT
    file.write_text(text, encoding="utf-8")
    for name, rows in scenario.rows(included, query).items():
        scenario.write(rows, data.resource(name), into / "rows")
    if effect:
        report.write_changes(effect, into / report.CHANGES)
    return file, included


def included_keys(into: Path) -> set[str]:
    """Keys of the records that screening included at the last stage that anybody has decided."""
    _records, decided = decisions.read(into)
    for stage in (decisions.FULL_TEXT, decisions.TITLE_ABSTRACT):
        held = outcomes.of_stage(decided, stage, protocol.read(into).reviewers)
        if held:
            return {name for name, each in held.items() if each.state == decisions.INCLUDE}
    return set()


def _sheets(draft: Path, told, chosen: Reading, query: str, reviewers, lang: str) -> list[str]:
    plan = SheetPlan(
        lang=lang, criteria=criteria_of(query)["criterion"].tolist(),
        highlight=highlights.of_query(chosen.tree),
    )  # fmt: skip
    made = []
    for reviewer in reviewers:
        name = sheets.name(reviewer, decisions.TITLE_ABSTRACT)
        sheets.write([hit.record for hit in told.new], draft / name, reviewer, plan)
        made.append(name)
    return made


def _report(draft: Path, run: Run, told: sifting.Sifted, with_report: bool, log: Log) -> None:
    records = [hit.record for hit in told.new]
    effect = _effects(records, run.query, current(), log) if with_report else None
    if effect:
        report.write_changes(effect, draft / report.CHANGES)
    text = report.of_run(run, told.new, effect)
    (draft / report.REPORT).write_text(text, encoding="utf-8")


def _effects(
    records: list[Record], query: str, lang: str, log: Log
) -> effects.Effects | None:
    if not records:
        return None
    scratch = project.path("_build", "update", lang)
    return effects.of_including(records, query, scratch, lang=lang, log=log)


def _identify(folder: Folder, run: Run, told: sifting.Sifted) -> None:
    """Register what was found, for the flow; what is known or a repeat leaves before screening."""
    earlier = {record.key for record in folder.hits()}
    previous = [
        Identified(f"work:{work}", "origin_previous", study=work, title=record.title)
        for record in sifting.works() for work in [record.extra["work"]]
    ]  # fmt: skip
    new = [_identified(hit.record, hit.record.key, run) for hit in told.new]
    gone = [_identified(hit.record, hit.record.key, run) for hit in [*told.known, *told.screened]
            if hit.record.key not in earlier]  # fmt: skip
    gone += [_identified(record, f"{record.key}#{at}@{run.run}", run)
             for at, record in enumerate(told.repeats, start=2)]  # fmt: skip
    decisions.identify(folder.path, [*previous, *new, *gone])
    decided = set(decisions.read_decisions(folder.path)["record"])
    decisions.append(folder.path, [
        Decision(each.record, decisions.IDENTIFICATION, PROGRAM, decisions.INDEPENDENT,
                 "duplicate", decisions.REMOVE, date=run.date)
        for each in gone if each.record not in decided
    ])  # fmt: skip


def _identified(record: Record, name: str, run: Run) -> Identified:
    source = record.database or scenario.UNKNOWN
    return Identified(name, source=source, search=run.query, title=record.title)


def _digest(files: Sequence[Path], query: str, reading: int) -> str:
    parts = sorted(sha256(file.read_bytes()).hexdigest() for file in files)
    return sha256("|".join([query, str(reading), *parts]).encode()).hexdigest()
