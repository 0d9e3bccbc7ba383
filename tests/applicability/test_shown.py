"""Tables and figures of applicability: what a reader sees of the values."""

import re

import pandas as pd
import pytest

from compendium import data, language
from review import applicability
from review.applicability import figures, tables


@pytest.fixture(autouse=True)
def _english():
    language.use("en")
    yield
    language.use("en")


@pytest.fixture(scope="module")
def context():
    return applicability.load("kazakhstan-electronics")


@pytest.fixture(scope="module")
def drawn(context):
    """The strips in English."""
    language.use("en")
    return figures.indicator_strips(context)


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "shown"),
    [
        (80, "", "more_than", ["> 80"]),
        (2000, "", "about", ["≈ 2,000"]),
        (16.0, "percent", "exact", ["16%"]),
        (70.3, "percent", "exact", ["70.3%"]),
        (160, "thousand", "planned", ["160\u00a0thousand", "Planned"]),
        (None, "", "no_figure", ["No figure"]),
        (None, "", "exact", ["Not reported"]),
    ],
)
def test_a_figure_carries_its_unit_and_its_qualifier(value, unit, qualifier, shown):
    assert tables.amount(value, unit, qualifier) == shown


def test_a_year_that_the_source_does_not_say_is_not_reported():
    assert tables.year(pd.NA) == "Not reported"
    assert tables.year(2025, True) == "2025, inferred"


def test_an_uncertain_work_is_named_with_its_confidence_and_an_unknown_one_as_unknown():
    certain, likely, unknown = tables.cited([4, 6, 3], data.table("citations"))
    assert certain.text == "[4] Mahdad et al. 2020"
    assert likely.text == "[6] Steinmo & Rasmussen 2018 (likely)"
    assert unknown.text == "[3] unknown"
    assert not unknown.href


def test_every_fact_shows_its_scope(context):
    shown = tables.facts(context, ["import_dependence"]).to_csv()
    assert shown.count("Electronics") == 2
    assert "Manufacturing as a whole" in shown


def test_an_old_value_says_so_and_a_missing_one_is_no_data(context):
    html = tables.indicator_values(context)._repr_html_()
    assert re.search(r"0\.05</span>|0\.05<br>", html)
    assert "2018, old" in html
    assert html.count("No data") == 1
    assert html.count("Opinion survey") == 5


def test_every_piece_of_evidence_has_a_row_with_what_it_rests_on(context):
    shown = tables.evidence(context)
    assert len(shown.frame) == len(context.offers)
    csv = shown.to_csv()
    assert "Results, paragraph 3" in csv
    assert "0.14 (2023); example countries 1.31 to 4.96" in csv



def test_the_strips_say_in_words_where_the_country_stands(context, drawn):
    alt = drawn.alt
    counts = applicability.positions(context)["reading"].value_counts()
    assert f"worse than every example country in {counts['hinders']}," in alt


def test_the_matrix_says_in_words_what_it_draws(context):
    matrix = applicability.model_matrix(context)
    figure = figures.model_matrix(matrix, context)
    requirements = len(context.requirements)
    assert figure.alt.startswith(f"Matrix of the evidence on {requirements} requirements")
    counts = matrix[matrix["model"] == "state_programmes"]["reading"].value_counts()
    told = figure.alt.split("State programmes: ")[1]
    assert f"hinders {counts['hinders']}" in told


def test_a_drawing_is_the_same_in_every_run(context, drawn):
    assert figures.indicator_strips(context).svg == drawn.svg


@pytest.mark.parametrize("code", ["ru", "kk"])
def test_another_language_draws_the_same_number_of_marks(context, drawn, code):
    language.use(code)
    assert figures.indicator_strips(context).svg.count("<use") == drawn.svg.count("<use")
