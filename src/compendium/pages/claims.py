"""The chapter on the claims: each with its verdict, and the reporting checklists."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from compendium.addresses import place
from compendium.claims.claim_table import ClaimTable
from compendium.claims.claims import Verdict, frame, judged
from compendium.display import Cell, Column, Table, mark
from compendium.language import _, label, text
from compendium.reporting import checklists

__all__ = ["checklists_table", "claims_table", "frame", "judged"]


def claims_table(verdicts: Sequence[Verdict]) -> ClaimTable:
    """The claims with their verdicts, and a form that narrows them."""
    return ClaimTable.of(verdicts)


def checklists_table() -> Table:
    """The items of the reporting checklists, whether each is reported, and where."""
    begun = [checklists.report(name, whole=False) for name in checklists.CHECKLISTS]
    rows = pd.concat(begun, ignore_index=True)
    shown = rows.assign(
        asked=[[label(r.checklist), Cell(r.item, kind="quiet")] for r in rows.itertuples()],
        at=[[mark(r.status), place(r.place)] for r in rows.itertuples()],
    )
    return Table(
        shown,
        {
            "asked": Column(_("Checklist and item"), list),
            "topic": Column(_("What it asks for"), text),
            "at": Column(_("Reported, and where"), list),
            "note": Column(_("Note"), text),
        },
        label=_("Reporting checklists"),
    )
