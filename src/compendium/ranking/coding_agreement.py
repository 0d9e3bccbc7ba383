"""How far two blind codings agree: weighted kappa and AC1 for each kind of item, with intervals."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from compendium.display import Cell, Column, Table
from compendium.language import _, label, number
from compendium.ranking.codings import SCALES, pairs, side_by_side
from compendium.screening.agreement import MISSING, gwet_ac1, measured, percent, weighted_kappa

CODERS = ("coding_first", "coding_second")


def agreement(*codings: pd.DataFrame) -> pd.DataFrame:
    """Agreement of the two codings as they were made, one row a kind of item and coefficient.

    Parameters
    ----------
    *codings : DataFrame
        The resource `context_codings`, and others of its form.

    Returns
    -------
    DataFrame
        `item_kind`, `coefficient`, `items` (that it rests on), `value`, `low` and `high` (a 95 %
        bootstrap interval). Percent agreement and AC1 take every code as a category of its own;
        kappa with quadratic weights rests on the items that both placed on the scale.
    """
    rows = []
    for kind, scale in SCALES.items():
        own = pd.concat([pairs(each, kind)[list(CODERS)] for each in codings])
        if own.empty:
            continue
        other = [code for code in pd.unique(own.to_numpy().ravel()) if code not in scale]
        place = {code: at for at, code in enumerate([*scale, *other])}
        codes = own.map(lambda code, place=place: place.get(code, MISSING)).to_numpy(dtype=int)
        on_scale = codes[(codes < len(scale)).all(axis=1) & (codes != MISSING).all(axis=1)]
        several = max(2, len(place))
        for name, rated, statistic in (
            ("percent_agreement", codes, percent),
            ("weighted_kappa", on_scale, weighted_kappa),
            ("gwet_ac1", codes, partial(gwet_ac1, categories=several)),
        ):
            found = measured(name, CODERS, rated, statistic)
            rows.append((kind, name, found.records, found.value, found.low, found.high))
    columns = ["item_kind", "coefficient", "items", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def table(frame: pd.DataFrame) -> Table:
    """Kinds of items with each coefficient, its interval and the items that it rests on."""
    names = {
        "percent_agreement": _("Agreement"),
        # Translators: Cohen's kappa in which a disagreement counts by its square
        "weighted_kappa": _("Weighted kappa"),
        "gwet_ac1": "AC1",
    }
    cells = frame.assign(shown=[_shown(row) for row in frame.itertuples()])
    wide = cells.pivot(index="item_kind", columns="coefficient", values="shown")
    wide = wide.reindex([kind for kind in SCALES if kind in wide.index]).reset_index()
    return Table(
        wide,
        {
            "item_kind": Column(_("What was coded"), label),
            **{name: Column(head, list, "number") for name, head in names.items()
               if name in wide},
        },
        label=_("Agreement of the two codings"),
    )


def _shown(row) -> list[str | Cell]:
    if np.isnan(row.value):
        return [Cell("–", kind="mark")]
    interval = "" if np.isnan(row.low) else f"{number(row.low, 2)}–{number(row.high, 2)}; "
    return [number(row.value, 2), Cell(f"{interval}n = {number(int(row.items))}", kind="mark")]


def prose(codings: pd.DataFrame, word: str = "coded") -> dict[str, int]:
    """How many items were coded alike, settled by the rule and read a third time.

    An item coded alike may be read a third time, too, and then have another code.

    Parameters
    ----------
    codings : DataFrame
        The resource `context_codings`, or another one of its form.
    word : str
        What the glued keys begin with.
    """
    both = side_by_side(codings)
    alike = both["coding_first"] == both["coding_second"]
    changed = both[alike & (both["coding_resolved"] != both["coding_first"])]
    return {
        f"{word}_items": len(both), f"{word}_equal": int(alike.sum()),
        f"{word}_rule": int((both["how"] == "rule").sum()),
        f"{word}_third": int((both["how"] == "third_reading").sum()),
        f"{word}_changed": len(changed),
        f"{word}_against": int((changed["coding_first"] == "hinders").sum()),
    }
