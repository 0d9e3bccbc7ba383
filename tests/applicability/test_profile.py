"""Distances between the country and the models' example countries."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from compendium import data, language
from compendium.errors import CompendiumError
from compendium.ranking import context
from review.applicability import profile, profile_figures


@pytest.fixture(scope="module")
def country():
    return context.load("kazakhstan-electronics")


@pytest.fixture(scope="module")
def examples():
    return data.table("model_countries")


def with_values(country, values):
    return replace(country, indicator_values=values)


def test_a_missing_value_stays_missing_and_is_named(country):
    values = profile.standardised(country)
    assert np.isnan(values.loc["gii_segrads_value", "CN"])
    told = profile.country_distances(country).set_index("country")
    assert told.loc["CN", "missing"] == ["gii_segrads_value"]
    assert told.loc["CN", "indicators"] == len(country.indicators) - 1


def test_an_example_without_indicators_is_left_out_and_named(country, examples):
    told = profile.model_distances(country, examples).set_index("model")
    assert told.loc["joint_laboratories", "left_out"] == ["EU"]
    assert "EU" not in told.loc["joint_laboratories", "countries"]


def test_a_country_with_the_same_values_is_at_no_distance(country):
    values = country.indicator_values
    others = values[values["country"] != "KR"]
    twin = values[values["country"] == "KZ"].assign(country="KR")
    same = with_values(country, data.pd.concat([others, twin]))
    for scaling in profile.SCALINGS:
        told = profile.country_distances(same, scaling).set_index("country")["distance"]
        assert told["KR"] == 0 and (told.drop("KR") > 0).all()


@pytest.mark.parametrize("scaling", profile.SCALINGS)
def test_the_unit_of_an_indicator_does_not_matter(country, scaling):
    values = country.indicator_values.copy()
    at = values["indicator"] == "gii_gerd_value"
    values.loc[at, "value"] = values.loc[at, "value"] * 1000 + 7
    before = profile.country_distances(country, scaling)["distance"]
    after = profile.country_distances(with_values(country, values), scaling)["distance"]
    assert after.to_numpy() == pytest.approx(before.to_numpy())


def test_where_less_is_better_the_sign_turns(country):
    turned = replace(country, indicators=country.indicators.assign(better="lower"))
    assert profile.standardised(turned).to_numpy() == pytest.approx(
        -profile.standardised(country).to_numpy(), nan_ok=True
    )


def test_standardised_values_have_mean_nought_and_deviation_one(country):
    values = profile.standardised(country)
    assert values.mean(axis=1).to_numpy() == pytest.approx(np.zeros(len(values)))
    assert values.std(axis=1, ddof=0).to_numpy() == pytest.approx(np.ones(len(values)))


def test_every_indicator_is_left_out_once_under_every_scaling(country, examples):
    variants = profile.robustness(country, examples)
    omissions = len(country.indicators) + 3  # none, all opinions, all stale values
    assert len(variants) == len(profile.SCALINGS) * omissions * examples["model"].nunique()
    one = profile.model_distances(country, examples, "rank", ["gii_gerd_value"])
    found = variants.query("scaling == 'rank' and without == 'gii_gerd_value'")
    assert found["distance"].to_numpy() == pytest.approx(one["distance"].to_numpy())


def test_the_nearest_model_over_all_variants_is_counted(country, examples):
    ranges = profile.rank_ranges(profile.robustness(country, examples))
    assert ranges["nearest"].sum() == pytest.approx(1)
    assert (ranges["best"] <= ranges["worst"]).all()


def test_a_model_without_a_known_example_country_has_no_distance(country):
    only_eu = data.pd.DataFrame({"model": ["m"], "country": ["EU"]})
    told = profile.model_distances(country, only_eu)
    assert np.isnan(told.loc[0, "distance"]) and told["rank"].isna().all()


def test_a_scaling_that_there_is_not_is_refused(country):
    with pytest.raises(CompendiumError, match="There is no scaling 'log'"):
        profile.standardised(country, "log")


def test_distances_with_an_indicator_left_out_are_those_of_the_variant(country, examples):
    variants = profile.robustness(country, examples)
    code = country.indicators["indicator"].iloc[0]
    for scaling in profile.SCALINGS:
        alone = profile.model_distances(country, examples, scaling, [code])
        own = variants[(variants["scaling"] == scaling) & (variants["without"] == code)]
        assert own["distance"].to_numpy() == pytest.approx(alone["distance"].to_numpy())
        assert own["rank"].tolist() == alone["rank"].tolist()


def test_the_distances_are_drawn_and_told_from_the_nearest(country, examples):
    language.use("en")
    models = profile.model_distances(country, examples)
    near = profile.country_distances(country)
    variants = profile.robustness(country, examples)
    figure = profile_figures.distances(models, near, variants)
    nearest = models.loc[models["distance"].idxmin(), "model"]
    assert f"from the nearest: {language.label(nearest)}" in figure.alt
    told = profile_figures.prose(country, models, near, variants)
    assert told["near_model"].startswith(language.inside(language.label(nearest)))
    assert told["near_variants"] == str(3 * (len(country.indicators) + 3))
    assert "international collaboration" in told["near_single"]


def test_codes_that_would_overlap_stand_together():
    at = pd.Series({"KR": 2.10, "FI": 2.08, "IT": 1.2})
    assert profile_figures._close(["KR", "FI", "IT"], at, 0.1) == [["IT"], ["FI", "KR"]]
    assert profile_figures._close(["KR", "FI"], at, 0.01) == [["FI"], ["KR"]]
