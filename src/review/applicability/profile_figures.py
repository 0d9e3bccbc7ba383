"""Whose conditions resemble the country's: distances to the example countries, drawn."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.figure import Figure as MplFigure

from compendium.display import COLUMN, PHONE, Column, Figure, Table, canvas, fill, legend, palette
from compendium.language import _, country, inside, join, label, ngettext, number, percent
from compendium.ranking.context import Context
from review.applicability.profile import among_examples, rank_ranges

CODE = 0.06  # width of a country's code, as a share of the axis


def distances(models: pd.DataFrame, countries: pd.DataFrame, variants: pd.DataFrame) -> Figure:
    """One row a model: each example country, their mean, and how far the mean varies.

    Parameters
    ----------
    models, countries, variants : DataFrame
        From `model_distances`, `country_distances` and `robustness`.
    """
    shown = models.dropna(subset=["distance"]).sort_values("distance", kind="stable")
    if shown.empty:
        return Figure.nothing()
    told = "; ".join(f"{label(row.model)}: {number(row.distance, 2)}" for row in shown.itertuples())
    alt = _("Mean distance of each model's example countries, from the nearest: {told}.")
    return Figure.drawn(partial(_distances, shown, countries, variants), alt.format(told=told))


def _distances(
    shown: pd.DataFrame, countries: pd.DataFrame, variants: pd.DataFrame, width: float
) -> MplFigure:
    tight, known = width == PHONE, countries.set_index("country")["distance"]
    own = variants[variants["scaling"] == "z_score"].groupby("model")["distance"]
    low, high = own.min(), own.max()
    right = 1.12 * max(high.max(), known.max())
    figure, axes = canvas(width, 0.72 * len(shown) + (1.9 if tight else 1.3))
    for row, model in enumerate(shown.itertuples()):
        axes.plot([low[model.model], high[model.model]], [row, row], linewidth=6,
                  color=palette.SOFT, solid_capstyle="round", zorder=1)
        axes.plot(model.distance, row, marker="|", markersize=17, markeredgewidth=2.4,
                  color=palette.ACCENT, zorder=3)
        for code in model.countries:
            axes.plot(known[code], row, marker="o", markersize=6, color=palette.ORANGE, zorder=2)
        for codes in _close(model.countries, known, CODE * right * COLUMN / width):
            axes.text(known[codes].mean(), row - 0.27, ", ".join(codes), ha="center", va="center",
                      fontsize=10)
        axes.axhline(row + 0.5, color=palette.FAINT, linewidth=0.6)
    axes.set_yticks(range(len(shown)),
                    [fill(label(code), 15 if tight else 24) for code in shown["model"]],
                    multialignment="right")  # fmt: skip
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.set_xlim(0, right)
    ticks = [tick for tick in axes.get_xticks() if tick <= right]
    axes.set_xticks(ticks, [number(tick, 1) for tick in ticks])
    said = _("Distance, in standard deviations (0: the same conditions)")
    axes.set_xlabel(fill(said, 30 if tight else 70))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    handles = [
        axes.plot([], [], "o", color=palette.ORANGE, label=_("Example country"))[0],
        axes.plot([], [], "|", color=palette.ACCENT, markersize=14, markeredgewidth=2.4,
                  label=_("Mean of the examples"))[0],
        axes.plot([], [], color=palette.SOFT, linewidth=6,
                  label=_("The mean with other choices of indicators"))[0],
    ]  # fmt: skip
    legend(figure, handles)
    return figure


def _close(codes: list[str], at: pd.Series, width: float) -> list[list[str]]:
    """Countries from the nearest, together where their codes would overlap."""
    groups: list[list[str]] = []
    for code in sorted(codes, key=at.get):
        if groups and at[code] - at[groups[-1][-1]] < width:
            groups[-1].append(code)
        else:
            groups.append([code])
    return groups


def robustness(models: pd.DataFrame, variants: pd.DataFrame) -> Table:
    """How the models' ranks by distance vary over scalings and choices of indicators."""
    spans = rank_ranges(variants)
    frame = models.merge(spans, on="model").sort_values("distance", kind="stable")
    frame["span"] = [
        label("no_data") if pd.isna(row.best) else number(int(row.best)) if row.best == row.worst
        else f"{number(int(row.best))}–{number(int(row.worst))}"
        for row in frame.itertuples()
    ]  # fmt: skip
    return Table(
        frame,
        {
            "model": Column(_("Model"), label),
            "countries": Column(_("Example countries"), _countries),
            "left_out": Column(_("Named, without indicators"), _countries),
            "distance": Column(_("Distance"), lambda value: number(value, 2), "number"),
            "span": Column(_("Ranks over all variants"), str, "number"),
            "nearest": Column(_("Nearest in"), percent, "number"),
        },
        label=_("Distances of the models' example countries"),
    )


def _countries(codes: list[str]) -> list[str]:
    return [country(code) for code in codes]


_TOLD = (
    "near_model", "near_country", "near_share", "near_among", "near_far", "near_variants",
    "near_single",
)  # fmt: skip


def prose(
    context: Context, models: pd.DataFrame, countries: pd.DataFrame, variants: pd.DataFrame
) -> dict[str, str]:
    """What the prose says of the distances, by the keys that it glues."""
    if models["distance"].isna().all():
        return dict.fromkeys(_TOLD, label("no_data"))
    nearest = models.loc[models["distance"].idxmin()]
    spans = rank_ranges(variants).set_index("model")
    single = models[models["countries"].map(len) == 1]["model"]
    close = countries.loc[countries["distance"].idxmin()]
    return {
        "near_model": (
            f"{inside(label(nearest['model']))} ({join(_countries(nearest['countries']))})"
        ),
        "near_country": f"{country(close['country'])} ({number(close['distance'], 2)})",
        "near_share": percent(float(spans.loc[nearest["model"], "nearest"])),
        "near_among": number(among_examples(context), 2),
        "near_far": number(countries["distance"].max(), 2),
        "near_variants": number(len(variants) // max(1, variants["model"].nunique())),
        "near_single": _single([inside(label(code)) for code in single]),
    }


def _single(models: list[str]) -> str:
    """Which models have one example country only, in a sentence."""
    if not models:
        return _("Every model has more than one example country.")
    return ngettext(
        "One model has a single example country: {models}.",
        "{n} models have a single example country each: {models}.",
        len(models),
    ).format(n=number(len(models)), models=join(models))
