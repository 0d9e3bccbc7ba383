"""The claims as one bar, parted by verdict."""

from __future__ import annotations

import pandas as pd

from compendium.claims.check import AMBIGUOUS, CONFIRMED, DIFFERING, VERDICTS
from compendium.display import Figure, Part, needs_rows, palette, part_bar
from compendium.language import label

COLOURS = {
    CONFIRMED: palette.GREEN,
    **dict.fromkeys((*DIFFERING, AMBIGUOUS), palette.ORANGE),
}
"""Colours of the verdicts as the marks have them; those that leave a claim open are hatched."""


@needs_rows
def verdict_bar(verdicts: pd.DataFrame) -> Figure:
    """How many claims came to each verdict.

    Parameters
    ----------
    verdicts : DataFrame
        From `claims.frame`: one row a claim, with its `verdict`.
    """
    counts = verdicts["verdict"].value_counts()
    return part_bar([
        Part(label(verdict), int(counts.get(verdict, 0)), COLOURS.get(verdict, palette.MUTED),
             open=verdict not in COLOURS)
        for verdict in VERDICTS
    ])
