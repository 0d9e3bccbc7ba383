"""What the chapter's prose says of the context, by the keys that it glues."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from compendium.language import _, country, inside, join, label, ngettext, number, pair
from compendium.ranking.context import Context
from review.applicability.directions import without_direction, without_model
from review.applicability.indicators import positions
from review.applicability.matrix import context_offers


def setting(context: Context) -> dict[str, str | int]:
    """Which context it is, its example countries, and how many facts there are."""
    countries = [context.country, *context.examples]
    return {
        "ctx_name": inside(label(context.about["code"])),
        "ctx_examples": join([country(code) for code in context.examples]),
        "ctx_codes": join([pair(code, country(code)) for code in countries]),
        "ctx_facts": len(context.facts),
        "ctx_facts_electronics": int((context.facts["scope"] == "scope_sector").sum()),
    }


def indicators(context: Context) -> dict[str, int]:
    """How many indicators hinder, stand in between, and support."""
    counts = positions(context)["reading"].value_counts()
    return {
        "ctx_indicators_hinder": int(counts.get("hinders", 0)),
        "ctx_indicators_mixed": int(counts.get("mixed", 0)),
        "ctx_indicators_support": int(counts.get("supports", 0)),
    }


def matrix(context: Context) -> dict[str, str]:
    """The matrix's requirements, the evidence behind them, and those without any."""
    requirements = len(context.requirements)
    pieces = int((context.offers["evidence_kind"] != "evidence_none").sum())
    offers = context_offers(context)
    own = context.requirements["requirement"]
    untied = own[~own.isin(context.model_requires["requirement"])]
    return {
        "matrix_requirements": ngettext("%d requirement", "%d requirements", requirements)
        % requirements,
        "matrix_evidence": ngettext("%d piece of evidence", "%d pieces of evidence", pieces)
        % pieces,
        "matrix_unknown": _silent(offers.loc[offers["reading"] == "unknown", "requirement"]),
        "matrix_untied": _untied(untied),
    }


def _silent(requirements: Collection[str]) -> str:
    """On which requirements there is no evidence, in a sentence."""
    if not len(requirements):
        return _("There is evidence on every requirement.")
    return ngettext(
        "No evidence counts on one of them: {requirements}.",
        "No evidence counts on {n} of them: {requirements}.",
        len(requirements),
    ).format(n=number(len(requirements)), requirements=names(requirements))


def _untied(requirements: Collection[str]) -> str:
    """Which requirements belong to no model, in a sentence; empty if there are none."""
    if not len(requirements):
        return ""
    return ngettext(
        "Of the requirements, {n} belongs to no model, so its evidence counts for none: "
        "{requirements}.",
        "Of the requirements, {n} belong to no model, so their evidence counts for none: "
        "{requirements}.",
        len(requirements),
    ).format(n=number(len(requirements)), requirements=names(requirements))


def directions(
    models: pd.DataFrame, directions: pd.DataFrame, direction_models: pd.DataFrame
) -> dict[str, str]:
    """Directions that adapt no model, and models that no direction adapts, each in a sentence."""
    free = without_model(directions, direction_models)
    missing = without_direction(models, direction_models)
    return {
        "directions_without_model": (
            _("No model is adapted by {directions}.").format(directions=names(free))
            if free
            else _("Each direction adapts a model.")
        ),
        "models_without_direction": (
            _("No direction adapts {models}.").format(models=names(missing))
            if missing
            else _("Each model is adapted by a direction.")
        ),
    }


def names(codes: Iterable[str]) -> str:
    """Labels of codes in a sentence; `none` if there are none."""
    # Translators: stands after a colon, instead of a list
    return join([inside(label(code)) for code in codes]) or _("none")
