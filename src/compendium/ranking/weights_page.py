"""Your own weights: a table for equal weights, and what a page needs to count anew for others.

The page's script (`theme/compendium/static/ranks.js`) does the arithmetic of this module, step
by step, on the same draws: both make them by the same generator from the same seed, so that
nothing but the levels has to be sent. The numbers are multiples of 2 ** -32 and the weights are
whole, so that every sum is exact in whatever order it is added.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from compendium.display import Column, Table
from compendium.errors import CompendiumError
from compendium.language import _, definition, label, number, percent
from compendium.ranking.criteria import TOP, Assessment

DRAWS = 5_000
MOST = 100
"""The largest weight that a slider gives."""
DEFAULT = 50
WHOLE = 2**20
"""What drawn weights add up to; times a worth it is still exact in 53 bits."""


def uniforms(seed: int, count: int) -> np.ndarray:
    """Numbers from 0 to 1 by the generator mulberry32, which a browser repeats bit by bit.

    Parameters
    ----------
    seed, count : int

    Returns
    -------
    array of shape (count,)
    """
    step = np.uint64(0x6D2B79F5)
    places = np.arange(1, count + 1, dtype=np.uint64)
    state = ((np.uint64(seed) + places * step) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    mixed = (state ^ (state >> np.uint32(15))) * (state | np.uint32(1))
    mixed = (mixed + (mixed ^ (mixed >> np.uint32(7))) * (mixed | np.uint32(61))) ^ mixed
    return (mixed ^ (mixed >> np.uint32(14))) / 4294967296


def stream(seed: int, which: int) -> int:
    """A seed whose numbers begin `which` quarters of the generator's period after `seed`'s own."""
    return (seed + which * 2**30) % 2**32


def worths(
    levels: np.ndarray, given: np.ndarray | None = None, *, draws: int = DRAWS, seed: int = 1
) -> np.ndarray:
    """What each model's level is worth by each criterion, draw by draw.

    As `OrdinalScores`: the worst level is worth 0, the best 1, those between lie at sorted
    uniform numbers, one scale a criterion; an unknown level is any of the scale. A draw takes
    three numbers a criterion, then one for each unknown level, model by model. Levels that are
    unknown in `given` alone take theirs from another stream: what a changed level changes in the
    ranks is then its own doing, and not that of other draws.

    Parameters
    ----------
    levels : array of shape (models, criteria)
        NaN where unknown.
    given : array of shape (models, criteria), optional
        Levels to take in place of `levels`, on the same draws.
    draws, seed : int

    Returns
    -------
    array of shape (models, criteria, draws)
    """
    criteria = levels.shape[1]
    unknown = np.argwhere(np.isnan(levels))
    size = (TOP - 1) * criteria + len(unknown)
    drawn = uniforms(seed, draws * size).reshape(draws, size)
    scale = np.zeros((draws, criteria, TOP + 1))
    scale[:, :, TOP] = 1
    inner = drawn[:, : (TOP - 1) * criteria].reshape(draws, criteria, TOP - 1)
    scale[:, :, 1:TOP] = np.sort(inner, axis=2)
    guesses = np.zeros((draws, *levels.shape))
    guesses[:, unknown[:, 0], unknown[:, 1]] = drawn[:, (TOP - 1) * criteria :]
    known = np.argwhere(~np.isnan(levels))
    spare = uniforms(stream(seed, 1), draws * len(known)).reshape(draws, len(known))
    guesses[:, known[:, 0], known[:, 1]] = spare
    given = levels if given is None else given
    taken = np.where(np.isnan(given), np.floor(guesses * (TOP + 1)), given).astype(int)
    rows, columns = np.arange(draws)[:, None, None], np.arange(criteria)[None, None]
    return scale[rows, columns, taken].transpose(1, 2, 0)


def mixtures(criteria: int, *, draws: int = DRAWS, seed: int = 1) -> np.ndarray:
    """Weights of which nothing is known: every mixture is as likely as any other.

    They are the gaps between sorted uniform numbers, as whole millionths (of 2 ** 20). Those of
    some of the criteria alone are again uniform mixtures, so that one can be left out.

    Parameters
    ----------
    criteria, draws, seed : int

    Returns
    -------
    array of shape (criteria, draws), columns adding up to 2 ** 20
    """
    drawn = uniforms(stream(seed, 2), draws * (criteria - 1)).reshape(draws, criteria - 1)
    cuts = np.sort(np.floor(drawn * WHOLE), axis=1)
    return np.diff(cuts, axis=1, prepend=0, append=WHOLE).T


def acceptability(worth: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Share of the draws in which each model takes each rank at these weights.

    Only the proportions of the weights matter. Models that tie share their ranks.

    Parameters
    ----------
    worth : array of shape (models, criteria, draws)
        From `worths`.
    weights : array of shape (criteria,), or (criteria, draws)

    Returns
    -------
    array of shape (models, ranks)
    """
    models, criteria, draws = worth.shape
    sums = np.zeros((models, draws))
    for criterion in range(criteria):
        sums += weights[criterion] * worth[:, criterion]
    ahead = (sums[None] > sums[:, None]).sum(axis=1)
    level = (sums[None] == sums[:, None]).sum(axis=1)
    shares = np.zeros((models, models))
    for size in range(1, models + 1):
        tied = level == size
        for rank in range(models):
            takes = tied & (ahead <= rank) & (rank < ahead + size)
            shares[:, rank] += takes.sum(axis=1) / size
    return shares / draws


def ranks_table(models: list[str], shares: np.ndarray) -> Table:
    """Mean rank and rank acceptability of each model, the best mean rank first."""
    ranks = list(range(1, len(models) + 1))
    frame = pd.DataFrame(shares, columns=[f"rank_{rank}" for rank in ranks])
    frame.insert(0, "mean", shares @ np.array(ranks))
    frame.insert(0, "model", models)
    return Table(
        frame.sort_values("mean", kind="stable"),
        {
            "model": Column(_("Model"), label),
            "mean": Column(_("Mean rank"), lambda mean: number(mean, 1), "number"),
            **{
                f"rank_{rank}": Column(_("Rank {n}").format(n=rank), percent, "number")
                for rank in ranks
            },
        },
        label=_("Ranks at these weights"),
    )


def told(kind: str, table: Table, document: dict) -> str:
    """A box with a table, and what a script reads to change it; its class names the script."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c")
    return (
        f'<div class="{kind}">\n{table._repr_html_()}\n'
        f'<script type="application/json" class="ranks">{text}</script>\n</div>'
    )


@dataclass(frozen=True, repr=False)
class OwnWeights:
    """The table for equal weights, with what the page's script needs.

    Attributes
    ----------
    assessment : Assessment
    draws, seed : int
    """

    assessment: Assessment
    draws: int = DRAWS
    seed: int = 1

    def __post_init__(self):
        if not 0 <= self.seed < 2**32 or self.draws < 1:
            raise CompendiumError(
                _("The seed is {seed}, the draws are {draws}.").format(
                    seed=self.seed, draws=self.draws
                ),
                remedy=_("Give a seed from 0 to 4294967295 and one draw or more."),
            )

    @cached_property
    def table(self) -> Table:
        """Mean rank and rank acceptability at equal weights, the best mean rank first."""
        even = np.full(len(self.assessment.codes), DEFAULT)
        worth = worths(self.assessment.levels, draws=self.draws, seed=self.seed)
        return ranks_table(self.assessment.models, acceptability(worth, even))

    def prose(self) -> dict[str, str | int]:
        """What the prose says of the computation, by the keys that it glues."""
        # of a share of one half, the largest error that there is
        return {"own_draws": self.draws, "own_error": percent(0.5 / np.sqrt(self.draws), 1)}

    def to_csv(self) -> str:
        """The table for equal weights."""
        return self.table.to_csv()

    def _repr_html_(self) -> str:
        return told("own-weights", self.table, self.document())

    def __repr__(self) -> str:
        return f"OwnWeights: {len(self.assessment.codes)} criteria, {self.draws} draws"

    def document(self) -> dict:
        """What the script reads: levels, names, words, and how to draw."""
        given = self.assessment
        known = np.isfinite(given.levels)
        return {
            "draws": self.draws,
            "seed": self.seed,
            "top": TOP,
            "most": MOST,
            "default": DEFAULT,
            "models": [label(code) for code in given.models],
            "criteria": [{"name": label(code), "about": definition(code)} for code in given.codes],
            "levels": [
                [int(level) if there else None for level, there in zip(row, own, strict=True)]
                for row, own in zip(given.levels, known, strict=True)
            ],
            "words": {
                # Translators: heading of a group of sliders
                "weights": _("Weights of the criteria"),
                # Translators: what a slider says aloud; {share} is a percentage
                "share": _("{weight} of {most}, {share} of all weight"),
                # Translators: button that sets all sliders back
                "reset": _("Equal weights"),
                # Translators: read aloud after a slider moved; {first} and {second} are models
                "summary": _(
                    "First most often: {first} ({first_share}). Next: {second} ({second_share})."
                ),
                "nothing": _("Give at least one criterion a weight."),
                "percent": percent(0).replace("0", "{n}"),
                "decimal": number(0.5, 1).strip("05"),
            },
        }
