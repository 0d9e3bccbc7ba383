"""Every number of the summary of findings can be followed to rows of the data."""

import pytest

from compendium import data
from review import applicability
from review.synthesis import certainty, summary


@pytest.fixture(scope="module")
def rows():
    context = applicability.load("kazakhstan-electronics")
    levels = certainty.levels(data.table("certainty_codings"))
    return context, summary.inputs(context, levels).set_index("model")


def test_there_is_a_row_for_every_model(rows):
    assert list(rows[1].index) == list(data.table("models")["model"])


def test_numbers_are_those_of_the_rows_named(rows):
    context, frame = rows
    found = data.table("work_findings").set_index("finding")
    for row in frame.itertuples():
        directions = found.loc[row.findings, "direction"]
        assert (directions == "supports").sum() == row.works_for
        assert set(found.loc[row.findings, "work"]) == set(row.works)
        assert row.country_for + row.country_against <= len(row.country)
        assert row.cases_for + row.cases_against <= (context.precedents["model"] == row.Index).sum()


def test_the_finding_on_proximity_contradicts_the_article(rows):
    assert rows[1].loc["joint_laboratories", "contradicted"] == ["w045"]


def test_every_piece_of_the_country_exists(rows):
    context, frame = rows
    known = {
        *context.facts["fact"], *context.study_findings["finding"],
        *context.indicators["indicator"],
    }
    for pieces in frame["country"]:
        assert all(piece in known or ":" in piece for piece in pieces)
