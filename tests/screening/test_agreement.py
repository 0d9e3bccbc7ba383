"""Coefficients of agreement against published examples."""

import math

import numpy as np
import pandas as pd
import pytest

from compendium.screening import agreement


def paired(table):
    """Two raters' codes from their contingency table."""
    table = np.array(table)
    return np.array(
        [pair for pair in np.ndindex(*table.shape) for _again in range(table[pair])]
    )


def counted(rows):
    """Raters' codes from how many chose each category."""
    return np.array([[c for c, n in enumerate(row) for _again in range(n)] for row in rows])


# Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed.; the same table and values stand
# in the manual of the R package irrCAC (cont3x3abstractors),
# https://cran.r-project.org/web/packages/irrCAC/vignettes/overview.html
ABSTRACTORS = paired([[13, 0, 0], [0, 20, 7], [0, 4, 56]])

# Fleiss (1971), doi:10.1037/h0031619: 30 patients, 6 psychiatrists, 5 diagnoses; kappa = 0.430.
PATIENTS = counted([
    (0, 0, 0, 6, 0), (0, 3, 0, 0, 3), (0, 1, 4, 0, 1), (0, 0, 0, 0, 6), (0, 3, 0, 3, 0),
    (2, 0, 4, 0, 0), (0, 0, 4, 0, 2), (2, 0, 3, 1, 0), (2, 0, 0, 4, 0), (0, 0, 0, 0, 6),
    (1, 0, 0, 5, 0), (1, 1, 0, 4, 0), (0, 3, 3, 0, 0), (1, 0, 0, 5, 0), (0, 2, 0, 3, 1),
    (0, 0, 5, 0, 1), (3, 0, 0, 1, 2), (5, 1, 0, 0, 0), (0, 2, 0, 4, 0), (1, 0, 2, 0, 3),
    (0, 0, 0, 0, 6), (0, 1, 0, 5, 0), (0, 2, 0, 1, 3), (2, 0, 0, 4, 0), (1, 0, 0, 4, 1),
    (0, 5, 0, 1, 0), (4, 0, 0, 0, 2), (0, 2, 0, 4, 0), (1, 0, 5, 0, 0), (0, 0, 0, 0, 6),
])  # fmt: skip

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C: 4 observers, 12 units,
# missing values; alpha for nominal data = 0.743.
NONE = agreement.MISSING
UNITS = np.array([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]).T  # fmt: skip
UNITS = np.where(UNITS < 0, NONE, UNITS - 1)


def test_cohen_s_kappa_is_that_of_the_published_table():
    assert agreement.cohen_kappa(ABSTRACTORS) == pytest.approx(0.7964094, abs=1e-7)


def test_gwet_s_ac1_is_that_of_the_published_table():
    assert agreement.gwet_ac1(ABSTRACTORS) == pytest.approx(0.8493305, abs=1e-7)


def test_percent_agreement_is_that_of_the_published_table():
    assert agreement.percent(ABSTRACTORS) == pytest.approx(0.89, abs=1e-9)


# Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, table 18.1: 2 raters,
# 100 subjects, 3 diagnoses; kappa = 0.676 in section 18.1.
DIAGNOSES = paired([[75, 1, 4], [5, 4, 1], [0, 0, 10]])

# Cohen (1968), doi:10.1037/h0026256: proportions of 200 in table 1 and the weights of disagreement
# beside them; kappa = 0.492, weighted kappa = 0.348.
DISORDERS = paired([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
APART = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])


def test_cohen_s_kappa_is_that_of_the_textbook():
    assert agreement.cohen_kappa(DIAGNOSES) == pytest.approx(0.676, abs=5e-4)


def test_the_weighted_kappa_is_that_of_cohen_s_paper():
    assert agreement.cohen_kappa(DISORDERS) == pytest.approx(0.492, abs=5e-4)
    found = agreement.weighted_kappa(DISORDERS, lambda apart: APART)
    assert found == pytest.approx(0.348, abs=5e-4)


def test_weights_of_two_categories_make_no_difference():
    codes = paired([[20, 5], [10, 15]])  # by hand: agreement 0.7, by chance 0.5
    for weight in (np.square, np.abs):
        assert agreement.weighted_kappa(codes, weight) == pytest.approx(0.4)
    assert agreement.cohen_kappa(codes) == pytest.approx(0.4)


def test_fleiss_s_kappa_is_that_of_the_published_example():
    assert agreement.fleiss_kappa(PATIENTS) == pytest.approx(0.430, abs=5e-4)


def test_krippendorff_s_alpha_is_that_of_the_published_example():
    assert agreement.krippendorff_alpha(UNITS) == pytest.approx(0.743, abs=5e-4)


def test_ac1_with_missing_ratings_is_that_of_irrcac():
    # The same twelve units and four raters stand in irrCAC as cac.raw4raters.
    assert agreement.gwet_ac1(UNITS) == pytest.approx(0.77544, abs=5e-6)


def decided(rows):
    frame = pd.DataFrame(rows, columns=["record", "reviewer", "decision"])
    return frame.assign(stage="title_abstract", role="independent", criterion="", reason="")


def test_a_record_that_one_reviewer_left_open_is_missing_not_a_disagreement():
    rated = agreement.ratings(
        decided([("a", "x", "include"), ("a", "y", "include"), ("b", "x", "exclude")]),
        "title_abstract",
    )
    first = agreement.coefficients(rated, draws=50)[0]
    assert (first.name, first.records, first.value) == ("percent_agreement", 1, 1.0)


def test_only_the_last_decision_of_a_reviewer_counts():
    rated = agreement.ratings(
        decided([("a", "x", "include"), ("a", "y", "exclude"), ("a", "x", "exclude")]),
        "title_abstract",
    )
    assert rated.loc["a"].tolist() == ["exclude", "exclude"]


def test_a_settling_decision_is_no_part_of_the_agreement():
    rows = decided([("a", "x", "include"), ("a", "y", "exclude"), ("a", "z", "exclude")])
    rows.loc[2, "role"] = "settling"
    assert list(agreement.ratings(rows, "title_abstract").columns) == ["x", "y"]


def test_one_reviewer_alone_has_no_agreement():
    rated = agreement.ratings(decided([("a", "x", "include")]), "title_abstract")
    assert agreement.coefficients(rated) == []


def test_kappa_is_undefined_where_every_decision_is_the_same():
    rows = [(r, who, "include") for r in "abcd" for who in "xy"]
    found = {a.name: a for a in agreement.coefficients(
        agreement.ratings(decided(rows), "title_abstract"), draws=50)}  # fmt: skip
    assert math.isnan(found["cohen_kappa"].value) and math.isnan(found["cohen_kappa"].low)
    assert found["percent_agreement"].value == 1


def test_three_reviewers_have_a_kappa_for_each_pair():
    rows = [(r, who, "include" if r in "ab" else "exclude") for r in "abcd" for who in "xyz"]
    found = agreement.coefficients(agreement.ratings(decided(rows), "title_abstract"), draws=50)
    pairs = [a.reviewers for a in found if a.name == "cohen_kappa"]
    assert pairs == [("x", "y"), ("x", "z"), ("y", "z")]
    assert all(a.value == pytest.approx(1) for a in found)


def test_the_interval_holds_the_value_and_is_the_same_in_every_run():
    rated = pd.DataFrame(ABSTRACTORS).map(lambda code: "abc"[code])
    once, again = (agreement.coefficients(rated, draws=200) for _run in range(2))
    assert once == again
    assert all(a.low < a.value < a.high for a in once)
