"""The report of an update as Markdown: the account, and what would change in the text."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from compendium.language import _, label, ngettext, number
from compendium.records.record import Record
from compendium.update.effects import Effects, short
from compendium.update.folder import Run
from compendium.update.sifting import NewHit

REPORT, CHANGES = "report.md", "changes.csv"


def of_run(run: Run, hits: Sequence[NewHit], effects: Effects | None) -> str:
    """The report of one run.

    Parameters
    ----------
    run : Run
    hits : sequence of NewHit
    effects : Effects or None
        None if the chapters were not run.
    """
    heading = _("Update of {date}: {query}, reading {reading}").format(
        date=run.date, query=label(run.query), reading=number(run.reading)
    )
    read = _("Read: {files}.").format(files=run.exports)
    lines = [f"# {heading}", "", read, "", *account(run), ""]
    if hits:
        lines += [f"## {_('New hits')}", "", *_listed(hits), ""]
    count = len(hits)
    with_them = ngettext(
        "as if the one new hit were included", "as if all {n} new hits were included", count
    ).format(n=number(count))
    silent = _("Not asked for (--no-report).") if hits else _("Nothing: no record was added.")
    return "\n".join([*lines, *consequences(effects, with_them, silent)])


def of_included(query: str, included: Sequence[Record], effects: Effects | None) -> str:
    """The report on what screening included so far, over all runs."""
    heading = _("{query}: with what screening included").format(query=label(query))
    listed = [f"- {record.title} ({record.year})" for record in included]
    with_them = ngettext(
        "with the one record included so far", "with the {n} records included so far",
        len(included),
    ).format(n=number(len(included)))  # fmt: skip
    silent = _("Nothing: no record was added.")
    return "\n".join([f"# {heading}", "", *listed, "", *consequences(effects, with_them, silent)])


def account(run: Run) -> list[str]:
    """Where the entries of an export went; the parts add up."""
    rows = [
        (_("no records: refused, see `compendium records read`"), run.refused),
        (_("not found by the query"), run.not_found),
        (_("describe a hit a second time"), run.repeats),
        (_("known: in the review or in an earlier update"), run.known),
        (_("already in the screening, whatever was decided there"), run.screened),
        (f"**{_('new, found by the query')}**", run.found),
        (f"**{_('new, undecided: a field is lacking')}**", run.undecided),
    ]
    return [
        f"| {_('entries of the export')} | {number(run.entries)} |", "|---|---:|",
        *(f"| {name} | {number(count)} |" for name, count in rows),
    ]  # fmt: skip


def consequences(effects: Effects | None, with_them: str, silent: str = "") -> list[str]:
    """What would change in the text, by chapter.

    Parameters
    ----------
    effects : Effects or None
        None if the chapters were not run.
    with_them : str
        Which records the chapters were run with.
    silent : str
        Why they were not run.
    """
    lines = [f"## {_('What would change in the text')}", ""]
    if effects is None:
        return [*lines, silent, ""]
    ran = _("The chapters were run on a copy of the data, {with_them}.").format(with_them=with_them)
    lines += [f"{ran} {_('The published data are as they were.')}", ""]
    if effects.problem:
        told = _("Not all chapters run with them: {problem}").format(problem=effects.problem)
        lines += [told, ""]
    chapters = dict.fromkeys([c.chapter for c in effects.changes] + [c for c, _k in effects.drawn])
    for chapter in sorted(chapters):
        lines += [f"### {chapter}", ""]
        changes = [change for change in effects.changes if change.chapter == chapter]
        if changes:
            lines += [f"| {_('value')} | {_('old')} | {_('new')} |", "|---|---|---|"]
            lines += [f"| `{c.key}` | {_cell(c.old)} | {_cell(c.new)} |" for c in changes]
            lines.append("")
        for where, sentence in effects.sentences:
            if where == chapter:
                lines += ["> " + sentence, ""]
        drawn = [f"`{key}`" for where, key in effects.drawn if where == chapter]
        if drawn:
            told = _("Figures and tables that change: {keys}.").format(keys=", ".join(drawn))
            lines += [told, ""]
    if not chapters:
        lines += [_("No value, figure or table changes."), ""]
    return lines


def write_changes(effects: Effects, file: Path) -> None:
    """The values that change as a table: chapter, key, old, new."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["chapter", "key", "old", "new"])
        out.writerows((c.chapter, c.key, c.old, c.new) for c in effects.changes)


def _listed(hits: Sequence[NewHit]) -> list[str]:
    return [
        f"{at}. {hit.record.title or _('(no title)')} ({hit.record.year or _('no year')})"
        + ("" if hit.found else f" ({_('undecided')})")
        for at, hit in enumerate(hits, start=1)
    ]


def _cell(text: str) -> str:
    return short(text).replace("|", "\\|").replace("\n", " ")
