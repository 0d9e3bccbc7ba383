"""Two codings of every requirement, offer, case and score, and the tables that follow from them."""

from __future__ import annotations

import pandas as pd

ITEM = ["item_kind", "model", "criterion_or_requirement", "evidence"]
"""Columns that name what was coded."""

SCALES = {
    "coded_requirement": ("stated", "implied"),
    "coded_offer": ("hinders", "mixed", "supports"),
    "coded_precedent": ("hinders", "mixed", "supports"),
    "coded_score": ("0", "1", "2", "3", "4"),
}
"""Values of each kind that lie on a scale, in its order; others stand beside it."""

_CAUTIOUS = {"coded_requirement": "implied", "coded_offer": "mixed", "coded_precedent": "mixed"}


def resolve(kind: str, first: str, second: str) -> str | None:
    """The code that two codings amount to by the rule.

    Equal codes stand. Of neighbours on a scale the more cautious one counts: `implied`, `mixed`,
    or the lower level.

    Parameters
    ----------
    kind : str
        A code of the set `coded_item`.
    first, second : str
        The two codes.

    Returns
    -------
    str or None
        None if the evidence has to be read a third time.
    """
    if first == second:
        return first
    scale = SCALES[kind]
    if first not in scale or second not in scale:
        return None
    low, high = sorted((scale.index(first), scale.index(second)))
    return _CAUTIOUS.get(kind, scale[low]) if high - low == 1 else None


def side_by_side(codings: pd.DataFrame) -> pd.DataFrame:
    """One row an item with its first, second and resolved code.

    Parameters
    ----------
    codings : DataFrame
        The resource `context_codings`.

    Returns
    -------
    DataFrame with the columns of `ITEM`, then `coding_first`, `coding_second`, `coding_resolved`
    (values) and `how`: `equal`, `rule` or `third_reading`
    """
    wide = codings.pivot(index=ITEM, columns="coding", values="value").reset_index()
    wide.columns.name = None
    how = []
    for row in wide.itertuples():
        if row.coding_first == row.coding_second:
            how.append("equal")
        else:
            settled = resolve(row.item_kind, row.coding_first, row.coding_second)
            how.append("third_reading" if settled is None else "rule")
    return wide.assign(how=how)


def pairs(codings: pd.DataFrame, kind: str) -> pd.DataFrame:
    """First and second code of every item of a kind, as they were made."""
    both = side_by_side(codings)
    return both.loc[both["item_kind"] == kind, [*ITEM, "coding_first", "coding_second"]]


def summary(codings: pd.DataFrame) -> pd.DataFrame:
    """How many items of each kind were coded alike, settled by the rule, and read a third time.

    Returns
    -------
    DataFrame with the columns `item_kind`, `items`, `equal`, `rule` and `third_reading`
    """
    both = side_by_side(codings)
    counts = pd.crosstab(both["item_kind"], both["how"]).reindex(
        index=list(SCALES), columns=["equal", "rule", "third_reading"], fill_value=0
    )
    return counts.assign(items=counts.sum(axis=1)).rename_axis(columns=None).reset_index()


def resolved(codings: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The codes that count, of one kind of item."""
    return codings[(codings["coding"] == "coding_resolved") & (codings["item_kind"] == kind)]
