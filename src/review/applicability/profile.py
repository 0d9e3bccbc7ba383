"""How far the country lies from each model's example countries, over the context's indicators."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from compendium.errors import CompendiumError
from compendium.language import _
from compendium.ranking.context import Context

SCALINGS = ("z_score", "range", "rank")


def standardised(context: Context, scaling: str = "z_score") -> pd.DataFrame:
    """Indicators of the country and the example countries on one scale, higher being better.

    Parameters
    ----------
    context : Context
    scaling : {"z_score", "range", "rank"}
        Deviations from the mean in standard deviations; position between the worst and the best
        of these countries; or rank among those that have a value, from 0 to 1.

    Returns
    -------
    DataFrame
        Indicators in rows, countries in columns (the context's own first); NaN where a country
        has no value, and all over where all countries have the same.

    Raises
    ------
    CompendiumError
        If there is no such scaling.
    """
    if scaling not in SCALINGS:
        raise CompendiumError(
            _("There is no scaling {scaling!r}.").format(scaling=scaling),
            remedy=_("Choose one of: {what}.").format(what=", ".join(SCALINGS)),
        )
    values = (
        context.indicator_values.pivot(index="indicator", columns="country", values="value")
        .reindex(
            index=context.indicators["indicator"], columns=[context.country, *context.examples]
        )
        .astype(float)
    )
    sign = context.indicators.set_index("indicator")["better"].map({"higher": 1, "lower": -1})
    values = values.mul(sign, axis=0)
    if scaling == "rank":
        values = values.rank(axis=1)
    if scaling == "z_score":
        centre, spread = values.mean(axis=1), values.std(axis=1, ddof=0)
    else:
        centre, spread = values.min(axis=1), values.max(axis=1) - values.min(axis=1)
    return values.sub(centre, axis=0).div(spread.replace(0, np.nan), axis=0)


def country_distances(
    context: Context, scaling: str = "z_score", without: Sequence[str] = ()
) -> pd.DataFrame:
    """Distance of each example country from the country.

    The distance is the root of the mean squared difference over the indicators that both have, so
    that a missing value neither adds to it nor takes from it.

    Parameters
    ----------
    context : Context
    scaling : str
        See `standardised`.
    without : sequence of str
        Indicators to leave out.

    Returns
    -------
    DataFrame
        One row an example country: `country`, `distance` (NaN without a common indicator),
        `indicators` (how many both have) and `missing` (indicators that one of them lacks).
    """
    values = standardised(context, scaling).drop(index=list(without))
    rows = []
    for code in context.examples:
        gap = values[code] - values[context.country]
        shared = gap.dropna()
        distance = np.sqrt((shared**2).mean()) if len(shared) else np.nan
        rows.append((code, distance, len(shared), list(gap.index[gap.isna()])))
    return pd.DataFrame(rows, columns=["country", "distance", "indicators", "missing"])


def model_distances(
    context: Context,
    model_countries: pd.DataFrame,
    scaling: str = "z_score",
    without: Sequence[str] = (),
) -> pd.DataFrame:
    """Mean distance of each model's example countries from the country.

    Parameters
    ----------
    context : Context
    model_countries : DataFrame
        Table of this name.
    scaling, without
        See `country_distances`.

    Returns
    -------
    DataFrame
        One row a model, in the table's order: `model`, `distance` (NaN if no example country is
        known), `rank` (1 is the nearest), `countries` (with a distance) and `left_out` (named as
        examples, but without indicators here, like the EU).
    """
    countries = country_distances(context, scaling, without)
    known = dict(zip(countries["country"], countries["distance"], strict=True))
    frame = pd.DataFrame(
        _of_models(known, model_countries), columns=["model", "distance", "countries", "left_out"]
    )
    frame.insert(2, "rank", frame["distance"].rank(method="min").astype("Int64"))
    return frame


def _of_models(distances: dict[str, float], model_countries: pd.DataFrame) -> list[tuple]:
    """Model, mean distance, its countries with a distance and those without."""
    known = {code: distance for code, distance in distances.items() if not np.isnan(distance)}
    named: dict[str, list[str]] = {}
    for model, code in zip(model_countries["model"], model_countries["country"], strict=True):
        named.setdefault(model, []).append(code)
    rows = []
    for model, codes in named.items():
        own = [code for code in codes if code in known]
        distance = float(np.mean([known[code] for code in own])) if own else np.nan
        rows.append((model, distance, own, [code for code in codes if code not in known]))
    return rows


def robustness(context: Context, model_countries: pd.DataFrame) -> pd.DataFrame:
    """The distances under every scaling, with all indicators and with each left out in turn.

    Parameters
    ----------
    context : Context
    model_countries : DataFrame
        Table of this name.

    Returns
    -------
    DataFrame
        One row a scaling, indicator left out and model: `scaling`, `without` (missing if none is
        left out), `model`, `distance`, `rank`. Besides, all opinion surveys are left out
        together (`without` is `opinion_survey`), and all stale values (`without` is `stale`).
    """
    kinds = context.indicators.set_index("indicator")["kind"]
    values = context.indicator_values
    stale = values.loc[
        values["stale"].fillna(False) & (values["country"] == context.country), "indicator"
    ]
    omissions: list[tuple[str | None, tuple[str, ...]]] = [(None, ())]
    omissions += [(code, (code,)) for code in kinds.index]
    omissions.append(("opinion_survey", tuple(kinds.index[kinds == "opinion_survey"])))
    omissions.append(("stale", tuple(stale)))
    kept = np.array([[code not in left_out for code in kinds.index] for _, left_out in omissions])
    parts = []
    for scaling in SCALINGS:
        values = standardised(context, scaling)
        gaps = values[context.examples].sub(values[context.country], axis=0).to_numpy() ** 2
        # One row an omission: the mean over the indicators that are kept and that both have.
        shared = kept.astype(float) @ np.isfinite(gaps)
        with np.errstate(invalid="ignore"):
            squares = kept.astype(float) @ np.nan_to_num(gaps) / shared
        for (name, _omitted), known in zip(omissions, np.sqrt(squares), strict=True):
            of_country = dict(zip(context.examples, known, strict=True))
            parts += [
                (scaling, name, model, distance)
                for model, distance, *_ in _of_models(of_country, model_countries)
            ]
    frame = pd.DataFrame(parts, columns=["scaling", "without", "model", "distance"])
    ranks = frame.groupby(["scaling", "without"], dropna=False, sort=False)["distance"]
    return frame.assign(rank=ranks.rank(method="min").astype("Int64"))


def among_examples(context: Context, scaling: str = "z_score") -> float:
    """Mean distance of the example countries from one another, to judge the other distances by."""
    values = standardised(context, scaling)[context.examples]
    gaps = [
        np.sqrt(((values[one] - values[other]).dropna() ** 2).mean())
        for one, other in combinations(context.examples, 2)
    ]
    return float(np.nanmean(gaps)) if gaps else np.nan


def rank_ranges(variants: pd.DataFrame) -> pd.DataFrame:
    """How the ranks of the models by distance vary over the variants.

    Parameters
    ----------
    variants : DataFrame
        From `robustness`.

    Returns
    -------
    DataFrame
        One row a model: `model`, `best`, `worst` (rank) and `nearest` (share of the variants in
        which its example countries are the nearest); missing if it has no distance in any.
    """
    ranks = variants.groupby("model", sort=False)["rank"]
    return pd.DataFrame(
        {
            "best": ranks.min(),
            "worst": ranks.max(),
            "nearest": ranks.agg(_share_of_firsts),
        }
    ).reset_index()


def _share_of_firsts(ranks: pd.Series) -> float:
    known = ranks.dropna()
    return float((known == 1).mean()) if len(known) else np.nan
