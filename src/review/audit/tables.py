"""Tables of the audit: two statements side by side, and where each was read."""

from __future__ import annotations

import pandas as pd

from compendium.addresses import page_cell, place
from compendium.claims.check import VERDICTS
from compendium.display import Cell, Column, Table, link, mark
from compendium.language import _, definition, label, number, text, year_range
from compendium.works import short_name, short_names, work_cell


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


def claim_bases(counts: dict[str, int]) -> Table:
    """What the checks rest on, what that means, and how many claims have such a check."""
    rows = pd.DataFrame({"basis": list(counts), "claims": list(counts.values())})
    return Table(
        rows.assign(meaning=rows["basis"]),
        {
            "basis": Column(_("Basis"), label),
            "meaning": Column(_("Meaning"), definition),
            "claims": Column(_("Claims"), number, kind="number"),
        },
        label=_("What the checks rest on"),
    )


def verdict_counts(verdicts: pd.DataFrame) -> dict[str, int]:
    """How many claims came to each verdict, by the keys that the prose glues."""
    counts = verdicts["verdict"].value_counts()
    return {f"audit_{code}": int(counts.get(code, 0)) for code in VERDICTS}


def names(works: list[str]) -> str:
    """Works by their short names, in a sentence."""
    return short_names(works) or _("none")


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
