"""The answer to the article's question: which models lead, which comes last, how sure that is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from compendium.language import _, inside, join, label, ngettext, number, percent
from compendium.ranking.criteria import Assessment
from compendium.ranking.ranking_figures import APART
from compendium.ranking.smaa import Ranking
from compendium.ranking.structure import first_ranges
from compendium.ranking.structure_figures import scenario_name

ERRORS = 2
"""Shares of first places that differ by fewer standard errors than this are the same share."""

NAMED = 3
"""So many scenarios in which another model leads are named; of more, only the number is told."""


def standing(assessment: Assessment, ranking: Ranking) -> pd.DataFrame:
    """What the answer rests on, one row a model, the model that comes first most often first.

    Parameters
    ----------
    assessment : Assessment
    ranking : Ranking

    Returns
    -------
    DataFrame
        `model`; `first`, `last`: shares of the draws in which it takes the first and the last
        rank; `after_first`: share in which the first model comes before it; `before_last`: share
        in which it comes before the model that is last most often; `known` levels of so many
        `criteria`; `draws`.
    """
    order = np.argsort(-ranking.acceptability[:, 0], kind="stable")
    leader, last = order[0], int(np.argmax(ranking.acceptability[:, -1]))
    return pd.DataFrame([
        {
            "model": assessment.models[at],
            "first": ranking.acceptability[at, 0],
            "last": ranking.acceptability[at, -1],
            "after_first": ranking.pairwise[leader, at],
            "before_last": ranking.pairwise[at, last],
            "known": int(np.isfinite(assessment.levels[at]).sum()),
            "criteria": len(assessment.codes),
            "draws": ranking.draws,
        }
        for at in order
    ])  # fmt: skip


def prose(standing: pd.DataFrame, held: pd.DataFrame) -> dict[str, str]:
    """The answer in sentences, by the keys that the prose glues.

    Parameters
    ----------
    standing : DataFrame
        What `standing` returns, perhaps read from a file.
    held : DataFrame
        From `structure.structural_sensitivity`.

    Returns
    -------
    dict
        `answer_title`: the finding as a heading; then a sentence or two each: `answer_lead`,
        `answer_tied` (whether other models can be told apart from the first), `answer_last`,
        `answer_unknown`, `answer_held` (over the scenarios), `answer_guessed`
        (what unknown levels may be), `answer_codings` (by each coding alone).
    """
    return {
        "answer_title": title(standing, held),
        "answer_lead": _lead(standing),
        "answer_tied": _tied(standing),
        "answer_last": _last(standing),
        "answer_unknown": _unknown(standing),
        "answer_held": _held(standing, held),
        "answer_guessed": _guessed(held),
        "answer_codings": _codings(standing, held),
    }


def title(standing: pd.DataFrame, held: pd.DataFrame) -> str:
    """The finding in one line."""
    coded = _by_coding(held)
    if tied(standing).empty:
        told = _("{first} first, {last} last")
    elif len(coded) and not coded.isin(alike(standing)).any():
        # Translators: heading; {last} is the name of a model
        told = _("No clear winner: first place depends on the coding, {last} most often last")
    else:
        # Translators: heading; {first} and {last} are names of models
        told = _("No clear winner: {first} most often first, {last} most often last")
    first = join([_name(model) for model in alike(standing)])
    said = told.format(first=first, last=_name(_of_last(standing).model))
    return said[:1].upper() + said[1:]


def alike(standing: pd.DataFrame) -> list[str]:
    """Models that come first as often as the leading one, as far as the draws can tell.

    Parameters
    ----------
    standing : DataFrame
        What `standing` returns.
    """
    first, top = standing["first"], _first(standing).first
    # shares of the same draws: one can only grow at the cost of the others
    error = np.sqrt((first + top - (top - first) ** 2) / standing["draws"])
    return list(standing.loc[top - first <= ERRORS * error, "model"])


def tied(standing: pd.DataFrame) -> pd.DataFrame:
    """Models that cannot be told apart from the one that comes first most often."""
    others = standing[standing["model"] != standing["model"].iloc[0]]
    return others[others["after_first"] < APART]


def _first(standing: pd.DataFrame):
    return next(standing.itertuples())


def _of_last(standing: pd.DataFrame):
    return next(standing.loc[[standing["last"].idxmax()]].itertuples())


def _name(model: str) -> str:
    return inside(label(model))


def _lead(standing: pd.DataFrame) -> str:
    first, models = _first(standing), alike(standing)
    if len(models) > 1:
        # Translators: {models} are names of models that come first in the same share of draws
        return _(
            "First place goes equally often to {models}, to each in {share} of {draws} draws."
        ).format(
            models=join([_name(model) for model in models]),
            share=percent(first.first), draws=number(int(first.draws)),
        )  # fmt: skip
    # Translators: a draw fixes at random the weights and levels that are not known
    told = _("First place goes most often to {model}, in {share} of {draws} draws.").format(
        model=_name(first.model), share=percent(first.first), draws=number(int(first.draws))
    )
    return told if tied(standing).empty else " ".join([_("No model is a clear winner."), told])


def _tied(standing: pd.DataFrame) -> str:
    models = alike(standing)
    near = tied(standing).loc[lambda rows: ~rows["model"].isin(models)]
    if near.empty:
        others = standing[~standing["model"].isin(models)]
        if others.empty:
            return _("So no model leads.")
        least = others["after_first"].min()
        return _(
            "The lead holds against every other model in at least {share} of the draws."
        ).format(share=percent(least))
    if len(models) > 1:
        names = join([f"{_name(row.model)} ({percent(row.first)})" for row in near.itertuples()])
        # Translators: of several models; {models} are names of others, each with its share
        return _("Their lead over {models} is too small to count.").format(models=names)
    # Translators: {models} are other models, each with a share: "against model A in 54% and against
    # model B in 59%"
    told = _("The lead is not clear: it holds {models} of the draws.")
    # Translators: a model, and the share of the draws in which the leading one ranks above it
    before = _("against {model} in {share}")
    return told.format(models=join([
        before.format(model=_name(row.model), share=percent(row.after_first))
        for row in near.itertuples()
    ]))  # fmt: skip


def _last(standing: pd.DataFrame) -> str:
    last = _of_last(standing)
    told = _(
        "Last place goes most often to {model}, in {share} of the draws, compared with {first} for "
        "first place."
    ).format(model=_name(last.model), share=percent(last.last), first=percent(last.first))
    least = standing.loc[standing["model"] != last.model, "before_last"].min()
    if least >= APART:
        ahead = _("Every other model ranks above it in at least {share} of the draws.")
        return f"{told} {ahead.format(share=percent(least))}"
    return told


def _unknown(standing: pd.DataFrame) -> str:
    levels = int(standing["criteria"].sum())
    unknown = levels - int(standing["known"].sum())
    if not unknown:
        return _("How well each model meets each criterion is known.")
    # Translators: a level says how well one model meets one criterion
    told = ngettext(
        "Of {all} levels (how well a model meets a criterion), {n} is unknown ({share}).",
        "Of {all} levels (how well a model meets a criterion), {n} are unknown ({share}).",
        unknown,
    ).format(n=number(unknown), all=number(levels), share=percent(unknown / levels))
    first = _first(standing)
    if first.known > standing["known"].min():
        return told
    # Translators: {n} of {all} levels of the model are known
    least = _("Least is known about {model} ({n} of {all} levels), which may explain its place.")
    return " ".join([told, least.format(
        model=_name(first.model), n=number(int(first.known)), all=number(int(first.criteria)),
    )])  # fmt: skip


def _held(standing: pd.DataFrame, held: pd.DataFrame) -> str:
    first, last = _first(standing), _of_last(standing)
    own = first_ranges(held).set_index("model").loc[first.model]
    models = alike(standing)
    lost = _takers(held, "rank_1").loc[lambda taker: ~taker.isin(models)]
    lasts = _takers(held, f"rank_{len(standing)}")
    kept = int((lasts == last.model).sum())
    if len(models) > 1:
        return ngettext(
            "We built the ranking in {all} scenario (set of choices). One of the models in first "
            "place keeps it in {n}, and the last model stays last in {lasts}.",
            "We built the ranking in {all} scenarios (sets of choices). One of the models in first "
            "place keeps it in {n}, and the last model stays last in {lasts}.",
            len(lasts),
        ).format(all=number(len(lasts)), n=number(len(lasts) - len(lost)), lasts=number(kept))
    told = ngettext(
        "We built the ranking in {all} scenario (set of choices); {steps} only move one level by "
        "one step. The first model stays first in {n}, and the last stays last in {lasts}. First "
        "place goes to {model} in {low} to {high} of the draws.",
        "We built the ranking in {all} scenarios (sets of choices); {steps} only move one level by "
        "one step. The first model stays first in {n}, and the last stays last in {lasts}. First "
        "place goes to {model} in {low} to {high} of the draws.",
        len(lasts),
    ).format(
        all=number(len(lasts)), n=number(int(own["leads"])), low=percent(own["low"]),
        high=percent(own["high"]), lasts=number(kept), model=_name(first.model),
        steps=number(held.loc[held["group"] == "recoded", "scenario"].nunique()),
    )  # fmt: skip
    if not 0 < len(lost) <= NAMED:
        return told
    # Translators: {which} are models, each with the scenario that puts it first
    but = ngettext(
        "In one, another model leads: {which}.",
        "In the others, another model leads: {which}.",
        len(lost),
    )
    each = [
        f"{_name(model)} ({inside(scenario_name(str(scenario)))})"
        for scenario, model in lost.items()
    ]
    return f"{told} {but.format(which=join(each))}"


def _guessed(held: pd.DataFrame) -> str:
    """Who leads if every unknown level is taken as the worst, and who if as the best."""
    leads = _taking(held[held["group"] == "unknown_as"], "rank_1").set_index("scenario")
    if leads.empty:
        return _("No assumption about unknown levels was tried.")
    worst, best = leads.loc["unknown_as:worst"], leads.loc["unknown_as:best"]
    # Translators: {worst} and {best} are models, each with the share of the draws in brackets
    return _(
        "Most depends on the unknown levels: if all are the worst, first place goes most often to "
        "{worst}; if all are the best, to {best}."
    ).format(
        worst=f"{_name(worst.model)} ({percent(worst.rank_1)})",
        best=f"{_name(best.model)} ({percent(best.rank_1)})",
    )


def _codings(standing: pd.DataFrame, held: pd.DataFrame) -> str:
    """Whether each coding alone leads to the same model, which a third reading made of both."""
    leads = _by_coding(held)
    others = list(dict.fromkeys(model for model in leads if model not in alike(standing)))
    if leads.empty:
        return ""
    if not others:
        return _("The evidence was coded twice; either coding alone puts the same model first.")
    said = (
        _("The evidence was coded twice. Either coding alone puts {models} first; a partial third "
          "reading, made when the ranking was known, puts {first} first.")
        if all(model in others for model in leads)
        else _("The evidence was coded twice. One coding alone puts {models} first.")
    )  # fmt: skip
    return said.format(models=join([_name(model) for model in others]),
                       first=_name(_first(standing).model))  # fmt: skip


def _by_coding(held: pd.DataFrame) -> pd.Series:
    """The model that each coding alone puts first."""
    return _takers(held[held["group"] == "coding"], "rank_1")


def _takers(held: pd.DataFrame, rank: str) -> pd.Series:
    """Which model takes a rank most often, by scenario."""
    return _taking(held, rank).set_index("scenario")["model"]


def _taking(held: pd.DataFrame, rank: str) -> pd.DataFrame:
    """Of each scenario the row of the model that takes a rank most often."""
    return held.loc[held.groupby("scenario", sort=False)[rank].idxmax()]
