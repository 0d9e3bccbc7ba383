"""Figures of the audit: they draw what they are given."""

from __future__ import annotations

from textwrap import fill

import pandas as pd
from matplotlib.patches import Patch

from compendium.audit.verdicts import VERDICTS
from compendium.display import Figure, canvas, marks, palette
from compendium.language import _, join, label, number

_LOOKS = {
    "agrees": (palette.ACCENT, palette.PAPER, ""),
    "differs": (palette.ORANGE, palette.PAPER, ""),
    "ambiguous": (palette.SOFT, palette.INK, ""),
    "not_traceable": (palette.PAPER, palette.INK, "...."),
    "not_in_abstract": (palette.PAPER, palette.INK, "////"),
    "not_reported": (palette.PAPER, palette.INK, ""),
}


def verdicts(counts: pd.DataFrame) -> Figure:
    """Stacked bars of the checks by verdict, with sign and number in every part."""
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
