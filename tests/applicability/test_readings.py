"""How evidence reads: single values, single requirements, whole models."""

import csv
from dataclasses import replace

import pandas as pd
import pytest

from compendium import project
from compendium.ranking.scoring import leaning
from review import applicability
from review.applicability.indicators import reading


@pytest.fixture(scope="module")
def context():
    return applicability.load("kazakhstan-electronics")


def _offers(context, *rows):
    columns = ["requirement", "reading", "evidence_kind", "evidence", "note"]
    requirements = pd.DataFrame({"requirement": list(dict.fromkeys(row[0] for row in rows))})
    offers = pd.DataFrame([(*row, "evidence_fact", "f1", "") for row in rows], columns=columns)
    return replace(context, offers=offers, requirements=requirements)


@pytest.mark.parametrize(
    ("own", "expected"),
    [(0.5, "hinders"), (1.0, "mixed"), (1.9, "mixed"), (2.0, "supports"), (9.0, "supports")],
)
def test_a_value_reads_by_its_place_among_the_examples(own, expected):
    assert reading(own, pd.Series([1.0, 2.0, 3.0])) == expected


def test_where_lower_is_better_the_order_turns():
    examples = pd.Series([1.0, 2.0, 3.0])
    assert reading(4.0, examples, better="lower") == "hinders"
    assert reading(1.0, examples, better="lower") == "supports"


def test_a_missing_value_is_unknown_not_worst():
    assert reading(None, pd.Series([1.0, 2.0])) == "unknown"
    assert reading(float("nan"), pd.Series([1.0, 2.0])) == "unknown"


def test_a_value_without_examples_is_unknown():
    assert reading(1.0, pd.Series([], dtype=float)) == "unknown"


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (["supports", "mixed"], "supports"),
        (["hinders", "mixed"], "hinders"),
        (["supports", "hinders"], "mixed"),
        (["mixed"], "mixed"),
        (["unknown"], "unknown"),
        ([], "unknown"),
    ],
)
def test_evidence_on_both_sides_is_mixed(readings, expected):
    assert leaning(readings) == expected


def test_offers_count_each_piece_of_evidence(context):
    made = _offers(context, ("a", "supports"), ("a", "supports"), ("a", "mixed"), ("b", "hinders"))
    offers = applicability.context_offers(made).set_index("requirement")
    assert offers.loc["a"].tolist() == ["supports", 2, 1, 0]
    assert offers.loc["b"].tolist() == ["hinders", 0, 0, 1]


def test_a_requirement_without_evidence_stays_in_the_matrix(context):
    unknown = _offers(context, ("a", "unknown"))
    asked = pd.DataFrame(
        [("living_labs", "a", "stated", "table3:2")],
        columns=["model", "requirement", "basis", "place"],
    )
    matrix = applicability.model_matrix(replace(unknown, model_requires=asked))
    assert matrix["reading"].tolist() == ["unknown"]
    profile = applicability.profiles(matrix).iloc[0]
    assert (profile["stated"], profile["unknown"], profile["supports"]) == (1, 1, 0)


def test_a_strip_runs_from_the_worst_to_the_best_and_keeps_the_values(context):
    strips = applicability.strips(context)
    own = strips[strips["indicator"] == "gii_gerd_value"].set_index("country")
    assert own["position"].min() == 0
    assert own["position"].max() == 1
    assert own.loc["KZ", "value"] == pytest.approx(0.14472)


def test_a_country_without_a_value_has_a_row_and_no_position(context):
    strips = applicability.strips(context)
    missing = strips[strips["value"].isna()]
    assert [(row.indicator, row.country) for row in missing.itertuples()] == [
        ("gii_segrads_value", "CN")
    ]
    assert missing["position"].isna().all()


def test_the_matrix_of_the_book_agrees_with_the_file_counted_by_hand(context):
    folder = project.path("data", "contexts", "kazakhstan-electronics")
    with (folder / "offers.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    offers = applicability.context_offers(context).set_index("requirement")
    for requirement in {row["requirement"] for row in rows}:
        of = [row["reading"] for row in rows if row["requirement"] == requirement]
        assert offers.loc[requirement, "hinders"] == of.count("hinders")
        assert (offers.loc[requirement, "reading"] == "unknown") == (of == ["unknown"])
    assert offers.loc["req_trust", "reading"] == "hinders"
    assert offers.loc["req_flexibility", "reading"] == "unknown"


def test_one_table_shows_every_fact():
    from review.pages import evidence

    context = applicability.load("kazakhstan-electronics")
    shown = evidence.all_facts(context).frame
    assert sorted(shown["fact"]) == sorted(context.facts["fact"])
    assert shown["bears_on"].iloc[0] in ("import_dependence", "local_production")
