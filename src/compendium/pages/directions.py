"""The chapter on the direction of effects: an effect direction plot, and a sign test by outcome.

The plot is that of Thomson & Thomas (2013), doi:10.1002/jrsm.1060, revised by Boon & Thomson
(2021), doi:10.1002/jrsm.1458; the test that of the Cochrane Handbook, chapter 12. Neither asks
whether an effect was significant.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.transforms import offset_copy

from compendium import data, validation
from compendium.addresses import source_cell
from compendium.display import (
    COLUMN,
    PHONE,
    Cell,
    Column,
    Figure,
    Table,
    canvas,
    fill,
    needs_rows,
    palette,
)
from compendium.language import _, label, ngettext, number, pair, percent, text
from compendium.synthesis.status_figure import grid
from compendium.works import short_name, work_cell

RESOURCE = "effect_directions"
POSITIVE, NEGATIVE, MIXED = "direction_positive", "direction_negative", "direction_mixed"
_SIGNS = {POSITIVE: "▲", NEGATIVE: "▼", MIXED: "◄►"}
_LOOKS = {
    POSITIVE: (("^",), palette.GREEN), NEGATIVE: (("v",), palette.ORANGE),
    MIXED: (("<", ">"), palette.MUTED),
}  # fmt: skip
NARROW = 5
"""Up to so many outcomes stand beside one another on a phone; more are scrolled."""
_SIZES = {"small": 40, "medium": 90, "large": 170}


def read() -> pd.DataFrame:
    """The directions of the resource `effect_directions`, checked.

    Raises
    ------
    CompendiumError
        If a cell is wrong: names the first.
    """
    validation.require(RESOURCE)
    return data.table(RESOURCE)


def sign_test(each: pd.DataFrame) -> pd.DataFrame:
    """By outcome, how many works point each way, and the exact binomial test of an even split.

    Parameters
    ----------
    each : DataFrame
        The resource `effect_directions`; works without a clear direction, or of an unknown one, are
        counted and not tested.

    Returns
    -------
    DataFrame with `outcome`, `works`, `positive`, `negative`, `share` (of positive ones among the
    two), `low`, `high` (its 95% interval by Wilson's method) and `p`; the last four are missing
    where no work points either way
    """
    from scipy.stats import binomtest

    rows = []
    for outcome, group in each.groupby("outcome", sort=False):
        ups, downs = (int((group["direction"] == way).sum()) for way in (POSITIVE, NEGATIVE))
        tested = [None] * 4
        if ups + downs:
            test = binomtest(ups, ups + downs)
            low, high = test.proportion_ci(method="wilson")
            tested = [test.statistic, low, high, test.pvalue]
        rows.append((outcome, len(group), ups, downs, *tested))
    return pd.DataFrame(
        rows, columns=["outcome", "works", "positive", "negative", "share", "low", "high", "p"]
    )


def size(participants, small: int, large: int) -> str:
    """The class of a work's size: small, medium or large; unknown where the number is missing.

    Parameters
    ----------
    participants : int or missing
    small, large : int
        Below the first a work is small, above the second large.
    """
    if pd.isna(participants):
        return "unknown"
    return "small" if participants < small else "large" if participants > large else "medium"


def plot(each: pd.DataFrame, small: int, large: int) -> Figure:
    """The effect direction plot: works by outcomes, a sign for the direction, larger for more."""
    return _draw(each, small, large)


@needs_rows
def _draw(each: pd.DataFrame, small: int, large: int) -> Figure:
    spoken = [
        _("{name}: {count}").format(
            name=f"{short_name(row.work)}, {text(row.outcome)}", count=label(row.direction)
        )
        for row in each.itertuples()
    ]
    alt = _("Effect direction plot. {all}.").format(all="; ".join(spoken))
    phone = each["outcome"].nunique() <= NARROW
    return Figure.of(
        _drawn(each, small, large, COLUMN), alt,
        narrow=_drawn(each, small, large, PHONE) if phone else None,
    )  # fmt: skip


def _drawn(each: pd.DataFrame, small: int, large: int, width: float):
    works, outcomes = list(each["work"].unique()), list(each["outcome"].unique())
    figure, axes = canvas(width, 1.5 + 0.34 * len(works))
    for row in each.itertuples():
        at = outcomes.index(row.outcome), works.index(row.work)
        _sign(axes, *at, row.direction, size(row.participants, small, large))
        if pd.notna(row.measures) and row.measures > 1:
            axes.annotate(number(row.measures), at, (12, -7), textcoords="offset points",
                          fontsize=8, color=palette.MUTED)  # fmt: skip
    grid(axes, [short_name(work) for work in works], [text(outcome) for outcome in outcomes])
    told = _("Signs by participants: small below {small}, large above {large}, hollow where "
             "unknown.").format(small=number(small), large=number(large))  # fmt: skip
    figure.supxlabel(fill(told, int(13 * width)), fontsize=10)
    return figure


def _sign(axes, x: int, y: int, direction: str, kind: str) -> None:
    if direction not in _LOOKS:  # unknown, not reported, no data
        axes.text(x, y, "?", ha="center", va="center", color=palette.MUTED)
        return
    markers, colour = _LOOKS[direction]
    area = _SIZES.get(kind, _SIZES["medium"])
    for at, marker in enumerate(markers):
        apart = (2 * at + 1 - len(markers)) * 0.55 * area**0.5  # half a sign's width, in points
        axes.scatter(
            x, y, marker=marker, s=area, edgecolor=colour,
            facecolor="none" if kind == "unknown" else colour,
            transform=offset_copy(axes.transData, axes.figure, apart, units="points"),
        )  # fmt: skip


def works_table(each: pd.DataFrame) -> Table:
    """Every direction, the number of participants, and where it was read."""
    return Table(
        each,
        {
            "work": Column(_("Work"), work_cell),
            "outcome": Column(_("Outcome"), text),
            "direction": Column(_("Direction"), _cell),
            "participants": Column(_("Participants"), number, "number"),
            "seen_at": Column(_("Where it was read"), lambda at: source_cell("", at)),
        },
        label=_("Direction of effects"),
    )


def _cell(code: str) -> Cell:
    return Cell(label(code), sign=_SIGNS.get(code, "?"))


def sign_table(tested: pd.DataFrame) -> Table:
    """The sign test by outcome."""
    return Table(
        tested.assign(interval=[_share(row) for row in tested.itertuples()]),
        {
            "outcome": Column(_("Outcome"), text),
            "works": Column(_("Works"), number, "number"),
            "positive": Column("▲", number, "number"),
            "negative": Column("▼", number, "number"),
            "interval": Column(_("Share of ▲ and 95% interval"), str, "number"),
            "p": Column(_("Exact p"), _p, "number"),
        },
        label=_("Sign test"),
    )


def _p(value: float) -> str:
    return number(value, 3) if value >= 0.001 else f"< {number(0.001, 3)}"


def _share(row) -> str | None:
    if pd.isna(row.share):
        return None
    # Translators: an effect with the ends of its interval
    return _("{effect} [{low}; {high}]").format(
        effect=percent(row.share), low=percent(row.low), high=percent(row.high)
    )


def told(row) -> str:
    """In how many works with an outcome the effect goes the wanted way, in words.

    Parameters
    ----------
    row : named tuple
        As `sign_test` returns them.
    """
    clear = row.positive + row.negative
    return ngettext(
        "{n} of {all} work with a clear direction", "{n} of {all} works with a clear direction",
        clear,
    ).format(n=number(row.positive), all=number(clear))  # fmt: skip


def summary(each: pd.DataFrame) -> str:
    """In a sentence: how many works point the wanted way, by outcome."""
    if each.empty:
        return _("No direction has been extracted yet.")
    ways = [pair(text(row.outcome), told(row)) for row in sign_test(each).itertuples()]
    return _("The effect goes the wanted way in: {works}.").format(works="; ".join(ways))
