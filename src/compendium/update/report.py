"""The report of an update as Markdown: the account, and what would change in the text."""

from __future__ import annotations

import csv
from pathlib import Path

from compendium.update.effects import Effects, short
from compendium.update.folder import Run
from compendium.update.found import Hit

REPORT, CHANGES = "report.md", "changes.csv"
NOTHING = "Nothing: no record was added."
NOT_ASKED = "Not asked for (--no-report)."


def account(run: Run) -> list[str]:
    """Where the entries of an export went; the parts add up."""
    return [
        f"| entries of the export | {run.entries:,} |",
        "|---|---:|",
        f"| no records: refused, see `compendium records read` | {run.refused:,} |",
        f"| not found by the query | {run.not_found:,} |",
        f"| describe a hit a second time | {run.repeats:,} |",
        f"| known: in the review or in an earlier update | {run.known:,} |",
        f"| **new, found by the query** | {run.found:,} |",
        f"| **new, undecided: a field is lacking** | {run.undecided:,} |",
    ]


def text(
    run: Run, hits: list[Hit], effects: Effects | None, included: str, silent: str = NOTHING
) -> str:
    """The whole report.

    Parameters
    ----------
    run : Run
    hits : list of Hit
        The new hits.
    effects : Effects or None
        None if the chapters were not run.
    included : str
        Which records the chapters were run with.
    silent : str
        Why they were not run.
    """
    lines = [
        f"# Update of {run.date}: {run.query}, reading {run.reading}", "",
        f"Read: {run.exports}.", "", *account(run), "",
    ]  # fmt: skip
    if hits:
        lines += ["## New hits", ""]
        lines += [
            f"{at}. {hit.record.title or '(no title)'} ({hit.record.year or 'no year'})"
            + ("" if hit.found else " (undecided)")
            for at, hit in enumerate(hits, start=1)
        ]
        lines.append("")
    return "\n".join([*lines, *consequences(effects, included, silent)])


def consequences(effects: Effects | None, included: str, silent: str = NOTHING) -> list[str]:
    """What would change in the text, by chapter."""
    lines = ["## What would change in the text", ""]
    if effects is None:
        return [*lines, silent, ""]
    lines += [
        f"The chapters were run on a copy of the data, {included}. "
        "The published data are as they were.", "",
    ]  # fmt: skip
    if effects.problem:
        lines += [f"Not all chapters run with them: {effects.problem}", ""]
    chapters = dict.fromkeys([c.chapter for c in effects.changes] + [c for c, _k in effects.drawn])
    for chapter in sorted(chapters):
        lines += [f"### {chapter}", ""]
        changes = [change for change in effects.changes if change.chapter == chapter]
        if changes:
            lines += ["| value | old | new |", "|---|---|---|"]
            lines += [f"| `{c.key}` | {_cell(c.old)} | {_cell(c.new)} |" for c in changes]
            lines.append("")
        for where, sentence in effects.sentences:
            if where == chapter:
                lines += ["> " + sentence.removeprefix("- "), ""]
        drawn = [f"`{key}`" for where, key in effects.drawn if where == chapter]
        if drawn:
            lines += [f"Figures and tables that change: {', '.join(drawn)}.", ""]
    if not chapters:
        lines += ["No value, figure or table changes.", ""]
    return lines


def write_changes(effects: Effects, file: Path) -> None:
    """The values that change as a table: chapter, key, old, new."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["chapter", "key", "old", "new"])
        out.writerows((c.chapter, c.key, c.old, c.new) for c in effects.changes)


def _cell(text: str) -> str:
    return short(text).replace("|", "\\|").replace("\n", " ")
