"""Tables of the audit: two statements side by side, and where each was read."""

from __future__ import annotations

import re

import pandas as pd

from compendium import data
from compendium.addresses import page_cell, place, source_cell
from compendium.display import Cell, Column, Table, link, mark
from compendium.language import _, definition, label, number, text, year_range
from compendium.works import short_name, short_names, work_cell


def verdict_words(counts: pd.DataFrame) -> Table:
    """The verdicts, what they mean, and how many checks came to each."""
    wide = counts.pivot(index="verdict", columns="checked", values="checks")
    wide = wide.loc[counts["verdict"].unique()].reset_index()
    return Table(
        wide.assign(meaning=wide["verdict"]),
        {
            "verdict": Column(_("Verdict"), mark),
            "meaning": Column(_("Meaning"), definition),
            "article": Column(_("Article"), number, kind="number"),
            "sources": Column(_("Sources"), number, kind="number"),
        },
        label=_("Meaning of the verdicts"),
    )


def claim_words(counts: pd.DataFrame) -> Table:
    """The verdicts on claims, what they mean, and how many claims came to each."""
    rows = pd.DataFrame({"verdict": counts.columns, "claims": counts.sum().to_numpy()})
    return Table(
        rows.assign(meaning=rows["verdict"]),
        {
            "verdict": Column(_("Verdict"), mark),
            "meaning": Column(_("Meaning"), definition),
            "claims": Column(_("Claims"), number, kind="number"),
        },
        label=_("Meaning of the verdicts on claims"),
    )


def names(works: list[str]) -> str:
    """Works by their short names, in a sentence."""
    return short_names(works) or _("none")


def article_checks(checks: pd.DataFrame) -> Table:
    """What the article says of itself beside what can be counted in it."""
    return Table(
        checks.assign(at=[[mark(c.verdict), place(c.place)] for c in checks.itertuples()]),
        {
            "at": Column(_("Verdict and place"), list),
            "article_says": Column(_("The article says"), text),
            "counted": Column(_("What can be counted or read in it"), _with_names),
        },
        label=_("Checks of the article"),
    )


def source_checks(checks: pd.DataFrame) -> Table:
    """What the article says of a work beside what the work's abstract says."""
    rows = checks.assign(
        subject=[
            [work_cell(c.work), label(c.aspect), mark(c.verdict)] for c in checks.itertuples()
        ],
        article=[[text(c.article_says), place(c.place)] for c in checks.itertuples()],
        source=[[text(c.source_says), source_cell("", c.seen_at)] for c in checks.itertuples()],
    )
    return Table(
        rows,
        {
            "subject": Column(_("Work, aspect, verdict"), list),
            "article": Column(_("The article says"), list),
            "source": Column(_("The source says"), list),
        },
        label=_("Checks of the sources"),
    )


def citations(rows: pd.DataFrame) -> Table:
    """The work that each citation number most likely means, and why."""
    shown = rows.assign(
        meant=[
            [work_cell(c.work), mark(c.confidence)] if c.work else [mark(c.confidence)]
            for c in rows.itertuples()
        ]
    )
    return Table(
        shown,
        {
            "citation": Column(_("Citation number"), lambda n: f"[{n}]"),
            "meant": Column(_("Work most likely meant"), list),
            "cited_for": Column(_("Cited for"), text),
            "reasoning": Column(_("Reasoning"), text),
        },
        label=_("Citation numbers and works"),
    )


def candidates(rows: pd.DataFrame) -> Table:
    """What the numbers without a known work may mean."""
    return Table(
        rows,
        {
            "citations": Column(_("Numbers"), lambda numbers: [f"[{n}]" for n in _runs(numbers)]),
            "candidates": Column(
                _("Candidates"), lambda found: [_candidate(*c) for c in found] or [_("none found")]
            ),
        },
        label=_("Candidates for the open numbers"),
    )


def hansen(rows: pd.DataFrame) -> Table:
    """What was found of the authors of the work that is not identified."""
    shown = rows.assign(
        work=[[row.title, row.authors] for row in rows.itertuples()],
        published=[
            [
                *([row.venue] if row.venue else []),
                mark("unknown") if pd.isna(row.year) else str(row.year),
                *([row.identifiers] if row.identifiers else []),
            ]
            for row in rows.itertuples()
        ],
    )
    return Table(
        shown,
        {
            "work": Column(_("Title and authors"), list),
            "published": Column(_("Published in, year"), list),
            "seen_at": Column(_("Where it was read"), page_cell),
        },
        label=_("Candidates for the work that is not identified"),
    )


def table_order(rows: pd.DataFrame) -> Table:
    """The row that a number would mean in the order of its table, beside the row of its work."""
    shown = rows.assign(
        expected_at=[place(f"{r.table}:{r.expected}") for r in rows.itertuples()],
        found_at=[[short_name(r.work), place(f"{r.table}:{r.row}")] for r in rows.itertuples()],
        verdict=rows["same"].map({True: "agrees", False: "differs"}),
    )
    return Table(
        shown,
        {
            "citation": Column(_("Citation number"), lambda n: f"[{n}]"),
            "expected_at": Column(_("Row by the order of the table"), str),
            "found_at": Column(_("Work most likely meant and its row"), list),
            "verdict": Column(_("Verdict"), mark),
        },
        label=_("Citation numbers and the order of the tables"),
    )


def metadata(rows: pd.DataFrame) -> Table:
    """Type, language and access of the works, where a page shows them."""
    english = rows["language"].map(lambda code: "unknown" if not code else _is_english(code))
    return Table(
        rows.assign(english=english),
        {
            "work": Column(_("Work"), work_cell),
            "document_type": Column(_("Document type"), _known),
            "english": Column(_("In English"), mark),
            "open_access": Column(_("Open access"), mark),
            "in_scopus": Column(_("In Scopus"), mark),
        },
        label=_("Metadata of the works"),
    )


def _with_names(english: str) -> str:
    """Free text of the data, in which a work's key gives way to its short name."""
    keys = "|".join(map(re.escape, data.table("sources")["key"]))
    return re.sub(rf"\b({keys})\b", lambda key: short_name(key[0]), text(english))


def _is_english(code: str) -> str:
    return "yes" if code == "en" else "no"


def _known(code: str) -> Cell:
    return mark(code) if code == "unknown" else Cell(label(code))


def _candidate(work: str, reference: str, seen_at: str) -> Cell:
    if work:
        return work_cell(work)
    return link(reference, page_cell(seen_at).href)


def _runs(numbers: list[int]) -> list[str]:
    """Numbers as they are cited, neighbours joined: 7, 13–18."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return [year_range(first, last) for first, last in runs]


def order_words(rising: bool) -> str:
    """A sentence on the order in which the article numbers its references."""
    if rising:
        return _("The numbers rise in the order in which the text first uses them.")
    return _("The numbers do not follow the order in which the text first uses them.")


def checklist(rows: pd.DataFrame) -> Table:
    """The items of a reporting checklist, whether each is reported, and where."""
    return Table(
        rows.assign(at=[[mark(r.status), place(r.place)] for r in rows.itertuples()]),
        {
            "item": Column(_("Item")),
            "topic": Column(_("What it asks for"), text),
            "at": Column(_("Reported, and where"), list),
            "note": Column(_("Note"), text),
        },
        label=label(rows["checklist"].iloc[0]) if len(rows) else _("Reporting checklist"),
    )


def checklist_counts(counts: pd.DataFrame) -> Table:
    """How many items of each checklist are reported."""
    return Table(
        counts.rename_axis("checklist").reset_index(),
        {
            "checklist": Column(_("Checklist"), label),
            **{
                status: Column(label(status), number, kind="number") for status in counts.columns
            },
        },
        label=_("Items of the checklists by status"),
    )
