"""How far the country lies from each model's example countries, over the context's indicators."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from compendium.applicability.context import Context
from compendium.errors import CompendiumError

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
            f"There is no scaling {scaling!r}.", remedy=f"Choose one of: {', '.join(SCALINGS)}."
        )
    values = (
        context.indicator_values.pivot(index="indicator", columns="country", values="value")
        .reindex(index=context.indicators["indicator"],
                 columns=[context.country, *context.examples])
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
    known = country_distances(context, scaling, without).set_index("country")["distance"]
    known = known.dropna()
    rows = []
    for model, own in model_countries.groupby("model", sort=False):
        countries = [code for code in own["country"] if code in known.index]
        distance = known[countries].mean() if countries else np.nan
        rows.append((model, distance, countries,
                     [code for code in own["country"] if code not in known.index]))
    frame = pd.DataFrame(rows, columns=["model", "distance", "countries", "left_out"])
    frame.insert(2, "rank", frame["distance"].rank(method="min").astype("Int64"))
    return frame


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
    stale = values.loc[values["stale"].fillna(False) & (values["country"] == context.country),
                       "indicator"]
    omissions = [(None, ())]
    omissions += [(code, (code,)) for code in kinds.index]
    omissions.append(("opinion_survey", tuple(kinds.index[kinds == "opinion_survey"])))
    omissions.append(("stale", tuple(stale)))
    parts = [
        model_distances(context, model_countries, scaling, left_out)
        .assign(scaling=scaling, without=name)[["scaling", "without", "model", "distance", "rank"]]
        for scaling in SCALINGS
        for name, left_out in omissions
    ]
    return pd.concat(parts, ignore_index=True)


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
        which its example countries are the nearest).
    """
    ranks = variants.groupby("model", sort=False)["rank"]
    return pd.DataFrame(
        {
            "best": ranks.min(),
            "worst": ranks.max(),
            "nearest": ranks.agg(lambda own: float((own == 1).mean())),
        }
    ).reset_index()
