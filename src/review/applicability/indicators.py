"""Where the country stands among the example countries, indicator by indicator."""

from __future__ import annotations

import pandas as pd

from compendium.ranking.context import Context


def positions(context: Context) -> pd.DataFrame:
    """Each indicator's value in the country beside the range of the example countries.

    Returns
    -------
    DataFrame
        One row an indicator, in the context's order: `indicator`, `criterion`, `kind`, `unit`,
        `value`, `year`, `stale` (of the country; missing if it has none), `lowest`, `median`,
        `highest`, `examples` (how many example countries have a value) and `reading`: `hinders`
        beyond the worse end of the example countries, `supports` at or on the better side of
        their median, `mixed` in between, `unknown` if there is nothing to compare.
    """
    rows, values = [], _values(context)
    for indicator in context.indicators.itertuples():
        of = values[indicator.indicator]
        examples = of.loc[of.index.isin(context.examples), "value"]
        own = of.loc[context.country] if context.country in of.index else None
        rows.append(
            {
                "indicator": indicator.indicator,
                "criterion": indicator.bears_on,
                "kind": indicator.kind,
                "unit": indicator.unit,
                "value": pd.NA if own is None else own["value"],
                "year": pd.NA if own is None else own["year"],
                "stale": pd.NA if own is None else own["stale"],
                "lowest": examples.min(),
                "median": examples.median(),
                "highest": examples.max(),
                "examples": len(examples),
                "reading": reading(None if own is None else own["value"], examples,
                                   better=indicator.better),
            }
        )
    return pd.DataFrame(rows)


def reading(own: float | None, examples: pd.Series, *, better: str = "higher") -> str:
    """How a value reads beside those of the example countries.

    Parameters
    ----------
    own : float or None
        The country's value, if it has one.
    examples : Series
        Values of the example countries that have one.
    better : {"higher", "lower"}
        Which direction favours collaboration.
    """
    if own is None or pd.isna(own) or examples.empty:
        return "unknown"
    if better == "lower":
        own, examples = -own, -examples
    if own < examples.min():
        return "hinders"
    return "supports" if own >= examples.median() else "mixed"


def strips(context: Context) -> pd.DataFrame:
    """Every country's value of every indicator, with a position from 0 to 1 to draw it at.

    Returns
    -------
    DataFrame
        One row an indicator and country of the context: `indicator`, `country`, `value`, `year`,
        `stale`, `position` (0 is the worst of these countries' values, 1 the best); all missing
        where the country has no value.
    """
    countries = [context.country, *context.examples]
    parts, values = [], _values(context)
    for indicator in context.indicators.itertuples():
        of = values[indicator.indicator].reindex(countries)
        span = of["value"].max() - of["value"].min()
        known = pd.notna(span) and span
        position = (of["value"] - of["value"].min()) / span if known else of["value"] * 0 + 0.5
        of["position"] = 1 - position if indicator.better == "lower" else position
        of.insert(0, "indicator", indicator.indicator)
        parts.append(of.reset_index(names="country"))
    columns = ["indicator", "country", "value", "year", "stale", "position"]
    return pd.concat(parts, ignore_index=True)[columns]


def _values(context: Context) -> dict[str, pd.DataFrame]:
    """Values by country, for each indicator of the context; empty where no country has one."""
    values = context.indicator_values.set_index("country")
    columns = ["value", "year", "stale"]
    groups = dict(iter(values.groupby("indicator")[columns]))
    return {
        code: groups.get(code, values.loc[[], columns])
        for code in context.indicators["indicator"]
    }
