"""Figures of the audit: they draw what they are given."""

from __future__ import annotations

from textwrap import fill

import pandas as pd
from matplotlib.patches import Patch

from compendium.display import Figure, canvas, marks, needs_rows, palette
from compendium.language import _, join, label, number
from review.audit.verdicts import VERDICTS

_LOOKS = {
    "agrees": (palette.ACCENT, palette.PAPER, ""),
    "differs": (palette.ORANGE, palette.PAPER, ""),
    "ambiguous": (palette.SOFT, palette.INK, ""),
    "not_traceable": (palette.PAPER, palette.INK, "...."),
    "not_in_abstract": (palette.PAPER, palette.INK, "////"),
    "not_reported": (palette.PAPER, palette.INK, ""),
}

_LARGEST = 38
"""Side of the square of the largest count, in points."""


@needs_rows
def claims(counts: pd.DataFrame) -> Figure:
    """Kinds of claims by verdicts: squares whose areas are the counts, with the numbers in them."""
    most = int(counts.to_numpy().max())
    if not most:
        return Figure.nothing()
    figure, axes = canvas(7.0, 5.2)
    for row, (_kind, of_kind) in enumerate(counts.iterrows()):
        for column, count in enumerate(of_kind):
            if count:
                axes.scatter(
                    column, row, s=_LARGEST**2 * count / most, marker="s",
                    facecolor=palette.SOFT, edgecolor=palette.ACCENT, linewidth=0.8,
                )  # fmt: skip
            axes.text(
                column, row, number(int(count)), ha="center", va="center",
                color=palette.INK if count else palette.MUTED,
            )  # fmt: skip
    totals = counts.sum()
    axes.set_xticks(
        range(len(counts.columns)),
        [f"{fill(label(v), 13)}\n({number(int(totals[v]))})" for v in counts.columns],
    )
    axes.set_yticks(
        range(len(counts)),
        [f"{fill(label(k), 18)} ({number(int(n))})" for k, n in counts.sum(axis=1).items()],
    )
    axes.set_xlim(-0.5, len(counts.columns) - 0.5)
    axes.set_ylim(len(counts) - 0.5, -0.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.grid(color=palette.FAINT, linewidth=0.6)
    said = [
        _("{name}: {counts}").format(
            name=label(kind),
            counts=join(
                [
                    _("{name}: {count}").format(name=label(v), count=number(int(count)))
                    for v, count in of_kind.items()
                    if count
                ]
            ),
        )
        for kind, of_kind in counts.iterrows()
    ]
    return Figure.of(
        figure, _("Claims by kind and verdict. {counts}.").format(counts=". ".join(said))
    )


def verdicts(counts: pd.DataFrame) -> Figure:
    """Stacked bars of the checks by verdict, with sign and number in every part."""
    if not counts["checks"].sum():
        return Figure.nothing()
    names = {
        "article": _("The article itself"),
        "sources": _("The sources' abstracts"),
    }
    wide = counts.pivot(index="checked", columns="verdict", values="checks").loc[list(names)]
    figure, axes = canvas(7.0, 2.9)
    left = pd.Series(0, index=wide.index)
    for verdict in VERDICTS:
        colour, ink, hatch = _LOOKS[verdict]
        axes.barh(
            range(len(wide)), wide[verdict], 0.62, left=left, color=colour, hatch=hatch,
            edgecolor=palette.MUTED, linewidth=0.8,
        )  # fmt: skip
        for at, (checked, count) in enumerate(wide[verdict].items()):
            if count:
                axes.text(
                    left[checked] + count / 2, at, f"{marks.sign(verdict)}\n{number(count)}",
                    color=ink, ha="center", va="center", linespacing=1.1,
                    bbox={"fc": palette.PAPER, "ec": "none", "pad": 1.2} if hatch else None,
                )  # fmt: skip
        left += wide[verdict]
    axes.set_yticks(range(len(wide)), [fill(names[checked], 18) for checked in wide.index])
    axes.set_ylim(len(wide) - 0.5, -0.5)
    axes.set_xlabel(_("Checks"))
    axes.tick_params(axis="y", length=0)
    figure.legend(
        handles=[
            Patch(
                fc=_LOOKS[v][0], ec=palette.MUTED, hatch=_LOOKS[v][2],
                label=f"{marks.sign(v)} {label(v)}",
            )
            for v in VERDICTS if wide[v].any()
        ],
        loc="outside lower left", ncols=3, borderaxespad=0.2,
    )  # fmt: skip
    said = [
        _("{name}: {counts}").format(
            name=name,
            counts=join(
                [
                    _("{name}: {count}").format(name=label(v), count=number(int(count)))
                    for v, count in wide.loc[checked].items()
                    if count
                ]
            ),
        )
        for checked, name in names.items()
    ]
    return Figure.of(
        figure, _("Bars of checks by verdict. {counts}.").format(counts=". ".join(said))
    )
