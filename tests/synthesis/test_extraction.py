"""Content analysis: what is reported is shown with its source, what is not is shown as such."""

import csv
from collections import Counter

import pandas as pd
import pytest

from compendium import data, project
from compendium.errors import CompendiumError
from compendium.synthesis import status_figure
from review import synthesis
from review.synthesis import tables

CITATIONS = pd.DataFrame({"citation": [6], "confidence": ["likely"]})


def extraction(*cells: tuple) -> pd.DataFrame:
    columns = ["work", "category", "status", "value", "provenance", "citation", "place", "seen_at"]
    return pd.DataFrame(cells, columns=columns)


@pytest.fixture
def small():
    return extraction(
        ("hou2019", "aims", "reported", "Innovation", "article_table", None, "table1:3", ""),
        ("hou2019", "effects", "not_reported", "", "", None, "", ""),
        ("cirella2022", "aims", "reported", "Practices", "article_text", 6, "results:8", ""),
    )


def test_a_cell_says_where_it_was_read_or_that_nothing_is_reported(small):
    matrix = synthesis.status_matrix(small)
    assert matrix.loc["hou2019", "aims"] == "article_table"
    assert matrix.loc["hou2019", "effects"] == "not_reported"


def test_a_cell_without_a_row_is_unknown_and_not_unreported(small):
    assert synthesis.status_matrix(small).loc["cirella2022", "effects"] == "unknown"


def test_a_reported_cell_without_provenance_is_refused_with_its_row(small):
    small.loc[2, "provenance"] = ""
    with pytest.raises(CompendiumError) as refused:
        synthesis.status_matrix(small)
    assert refused.value.row == 4 and "cirella2022" in str(refused.value)


def test_every_reported_cell_of_the_data_has_a_value_and_a_provenance_that_can_be_followed():
    filled = synthesis.reported(data.table("extraction"), data.table("citations"))
    assert len(filled) and (filled["value"] != "").all() and (filled["provenance"] != "").all()
    assert ((filled["place"] != "") | (filled["seen_at"] != "")).all()


def test_the_counts_of_a_category_are_those_of_the_file():
    with project.path("data", "article", "extraction.csv").open(encoding="utf-8") as stream:
        counted = Counter((row["category"], row["status"]) for row in csv.DictReader(stream))
    for row in synthesis.category_status(data.table("extraction")).itertuples():
        assert row.reported == counted[row.category, "reported"]
        assert row.not_reported == counted[row.category, "not_reported"]


def test_each_cell_that_is_not_reported_is_drawn_as_a_dash():
    matrix = synthesis.status_matrix(data.table("extraction"))
    silent = int((matrix == "not_reported").to_numpy().sum())
    assert status_figure.draw(matrix).svg.count(">–</text>") == silent


def test_an_unknown_cell_is_drawn_apart_from_one_that_is_not_reported(small):
    svg = status_figure.draw(synthesis.status_matrix(small)).svg
    assert svg.count(">–</text>") == 1 and svg.count(">?</text>") == 1


def test_a_citation_shows_how_sure_its_work_is(small):
    cells = synthesis.reported(small, CITATIONS)
    assert list(cells["confidence"]) == ["", "likely"]
    assert "[6]: likely" in tables.content(cells)._repr_html_()


def test_markup_in_a_cell_is_shown_and_not_run(small):
    small.loc[0, "value"] = "<script>alert(1)</script>"
    html = tables.content(synthesis.reported(small, CITATIONS))._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;alert(1)" in html
