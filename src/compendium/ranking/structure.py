"""How far a ranking holds if what it rests on had been coded or built otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from compendium.ranking.context import Context
from compendium.ranking.criteria import TOP, Assessment
from compendium.ranking.scoring import evidence_level
from compendium.ranking.smaa import rank_acceptability
from compendium.ranking.weights import WeightSpace

GROUPS = (
    "as_coded", "recoded", "merged", "split", "known", "unknown_as", "without_rule", "brought",
    "coding",
)  # fmt: skip
"""Kinds of scenarios, in the order in which they are told."""

MOST_DRAWS = 20_000
"""Draws for each scenario; the error of a share is at most 0.4 points."""


@dataclass(frozen=True)
class Scenario:
    """The models' levels, built in another way.

    Attributes
    ----------
    group : str
        One of GROUPS.
    parts : tuple of str
        Codes that say which scenario of its group it is.
    criteria : tuple of str
        Codes of its criteria; of criteria that are merged, joined by `+`.
    levels : array of shape (models, criteria)
    """

    group: str
    parts: tuple[str, ...]
    criteria: tuple[str, ...]
    levels: np.ndarray

    @property
    def name(self) -> str:
        """The group and its parts, joined by colons."""
        return ":".join((self.group, *self.parts))


def scenarios(
    assessment: Assessment,
    context: Context,
    codings: Mapping[str, np.ndarray] | None = None,
) -> Iterator[Scenario]:
    """Every way to build the ranking that is tried, the levels as they are coded first.

    Parameters
    ----------
    assessment : Assessment
    context : Context
        Tells which requirements a criterion gathers, and how the evidence on each reads.
    codings : mapping of str to array of shape (models, criteria), optional
        Levels by the codings of single coders.

    Yields
    ------
    Scenario
        - `as_coded`;
        - `recoded`: one known level a step lower or higher;
        - `merged`: two criteria that come from one place as one, of which the lower level counts;
        - `split`: each requirement of a criterion as a criterion;
        - `known`: only criteria by which at least so many models have a known level;
        - `unknown_as`: every unknown level at the worst, or at the best;
        - `without_rule`: all levels that one rule gave unknown;
        - `brought`: what models bring and none requires, held against the evidence on it: the
          levels of one such criterion, or of all, no higher than the evidence is;
        - `coding`: the levels of one coder.
    """
    codes, levels = tuple(assessment.codes), assessment.levels
    yield Scenario("as_coded", (), codes, levels)
    yield from _recoded(assessment)
    yield from _merged(assessment)
    yield from _split(assessment, context)
    for least in range(2, len(levels)):
        kept = np.greater_equal(np.isfinite(levels).sum(axis=0), least)
        if 1 < kept.sum() < len(codes):
            yield _only(kept, "known", (str(least),), codes, levels)
    for name, level in (("worst", 0), ("best", TOP)):
        yield Scenario("unknown_as", (name,), codes, np.where(np.isnan(levels), level, levels))
    yield from _without_rules(assessment)
    yield from _brought(assessment, context)
    for name, coded in (codings or {}).items():
        yield _only(np.isfinite(coded).any(axis=0), "coding", (name,), codes, coded)


def _only(
    kept: np.ndarray, group: str, parts: tuple[str, ...], codes: tuple[str, ...],
    levels: np.ndarray,
) -> Scenario:
    left = tuple(code for code, stays in zip(codes, kept, strict=True) if stays)
    return Scenario(group, parts, left, levels[:, kept])


def _recoded(assessment: Assessment) -> Iterator[Scenario]:
    for model, criterion in np.argwhere(np.isfinite(assessment.levels)):
        for step in (-1, 1):
            level = assessment.levels[model, criterion] + step
            if 0 <= level <= TOP:
                changed = assessment.levels.copy()
                changed[model, criterion] = level
                parts = (assessment.models[model], assessment.codes[criterion], f"{step:+d}")
                yield Scenario("recoded", parts, tuple(assessment.codes), changed)


def _merged(assessment: Assessment) -> Iterator[Scenario]:
    codes, levels = assessment.codes, assessment.levels
    scores = assessment.scores
    asked = scores["status"].eq("unknown") & scores["rule"].eq("rule_required")
    open_needs = set(zip(scores.loc[asked, "model"], scores.loc[asked, "criterion"], strict=True))
    for _place, own in assessment.criteria.groupby("place", sort=False)["criterion"]:
        for one, other in combinations(own, 2):
            first, second = codes.index(one), codes.index(other)
            lower = np.fmin(levels[:, first], levels[:, second])
            for at, model in enumerate(assessment.models):
                if {(model, one), (model, other)} & open_needs:
                    lower[at] = np.nan
            kept = [at for at in range(len(codes)) if at not in (first, second)]
            yield Scenario(
                "merged", (one, other),
                (*(codes[at] for at in kept), f"{one}+{other}"),
                np.column_stack([levels[:, kept], lower]),
            )


def _split(assessment: Assessment, context: Context) -> Iterator[Scenario]:
    readings = _evidence_levels(context)
    asked = set(zip(context.model_requires["model"], context.model_requires["requirement"],
                    strict=True))
    codes, levels = assessment.codes, assessment.levels
    for criterion, own in assessment.requirements.groupby("criterion", sort=False)["requirement"]:
        if len(own) < 2:
            continue
        at = codes.index(criterion)
        parts = np.column_stack([levels[:, at]] * len(own))
        for row, model in enumerate(assessment.models):
            if any((model, requirement) in asked for requirement in own):
                parts[row] = [
                    readings.get(requirement, np.nan) if (model, requirement) in asked else np.nan
                    for requirement in own
                ]
        whole = np.column_stack([np.delete(levels, at, axis=1), parts.astype(float)])
        names = (*(code for code in codes if code != criterion), *own)
        yield _only(np.isfinite(whole).any(axis=0), "split", (criterion,), names, whole)


def unasked(assessment: Assessment, context: Context) -> pd.DataFrame:
    """Requirements that bear on a criterion, have evidence, and that no model requires.

    What a model brings it does not need by the rules of coding, so this evidence lowers no level.

    Returns
    -------
    DataFrame
        `criterion`, `requirement`, and `level`: what the evidence amounts to.
    """
    rows = assessment.requirements
    rows = rows[~rows["requirement"].isin(context.model_requires["requirement"])]
    levels = rows["requirement"].map(_evidence_levels(context))
    return rows[["criterion", "requirement"]].assign(level=levels).dropna()


def _evidence_levels(context: Context) -> pd.Series:
    return context.offers.groupby("requirement")["reading"].agg(list).map(evidence_level)


def _brought(assessment: Assessment, context: Context) -> Iterator[Scenario]:
    codes = tuple(assessment.codes)
    lowest = unasked(assessment, context).groupby("criterion", sort=False)["level"].min()
    sets = [(code,) for code in lowest.index]
    for own in [*sets, tuple(lowest.index)] if len(sets) > 1 else sets:
        levels = assessment.levels.copy()
        for code in own:
            at = codes.index(code)
            levels[:, at] = np.minimum(levels[:, at], lowest[code])
        yield Scenario("brought", own, codes, levels)


def _without_rules(assessment: Assessment) -> Iterator[Scenario]:
    rules = (
        assessment.scores.pivot(index="model", columns="criterion", values="rule")
        .reindex(index=assessment.models, columns=assessment.codes)
        .to_numpy()
    )
    known = np.isfinite(assessment.levels)
    for rule in dict.fromkeys(rules[known]):
        levels = np.where(rules == rule, np.nan, assessment.levels)
        kept = np.asarray(np.isfinite(levels).any(axis=0))
        if kept.sum() > 1:
            yield _only(kept, "without_rule", (rule,), tuple(assessment.codes), levels)


def structural_sensitivity(
    assessment: Assessment,
    context: Context,
    weights: WeightSpace,
    codings: Mapping[str, np.ndarray] | None = None,
    *,
    draws: int = MOST_DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """Rank acceptability in every scenario.

    Parameters
    ----------
    assessment, context, codings
        As of `scenarios`.
    weights : WeightSpace
        What is known of the weights; what it says of a criterion that a scenario lacks is left
        out there.
    draws, seed : int
        As of `smaa2`, but never more than 20,000 draws.

    Returns
    -------
    DataFrame
        One row a scenario and model: `scenario` (its name), `group`, `model`, and `rank_1`,
        `rank_2` …: the shares of the draws in which the model takes the rank.
    """
    draws = min(draws, MOST_DRAWS)
    ranks = [f"rank_{rank}" for rank in range(1, len(assessment.models) + 1)]
    parts = []
    for scenario in scenarios(assessment, context, codings):
        space = weights.over(scenario.criteria)
        shares = rank_acceptability(scenario.levels, space, draws=draws, seed=seed)
        own = pd.DataFrame(shares, columns=ranks)
        own.insert(0, "model", assessment.models)
        own.insert(0, "group", scenario.group)
        own.insert(0, "scenario", scenario.name)
        parts.append(own)
    return pd.concat(parts, ignore_index=True)


def first_ranges(frame: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Lowest and highest share of first ranks of each model over the scenarios.

    Parameters
    ----------
    frame : DataFrame
        From `structural_sensitivity`.
    by : str, optional
        A column to tell apart, e.g. `group`.

    Returns
    -------
    DataFrame
        `model` (after the column given), `coded` (the share with the levels as coded), `low`,
        `high` and `leads`: in how many scenarios the model comes first most often.
    """
    keys = [by, "model"] if by else ["model"]
    leaders = frame.loc[frame.groupby("scenario", sort=False)["rank_1"].idxmax()]
    coded = frame[frame["group"] == "as_coded"].set_index("model")["rank_1"]
    found = frame.groupby(keys, sort=False)["rank_1"].agg(low="min", high="max")
    leads = leaders.groupby(keys).size().reindex(found.index, fill_value=0)
    found = found.assign(leads=leads).reset_index()
    found.insert(len(keys), "coded", found["model"].map(coded))
    return found
