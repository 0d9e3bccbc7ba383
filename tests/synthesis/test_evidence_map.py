"""Evidence map: a named country is no evidence, and a region stands for itself only."""

import pandas as pd
import pytest

from compendium import data
from review import synthesis
from review.synthesis import figures, tables


def frame(columns: str, *rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


def cell(cells: pd.DataFrame, model: str, country: str):
    found = cells[(cells["model"] == model) & (cells["country"] == country)]
    return None if found.empty else found.iloc[0]


@pytest.fixture
def small():
    return synthesis.evidence_map(
        frame("model country", ("labs", "EU"), ("labs", "NO")),
        frame("model work", ("labs", "a"), ("labs", "a"), ("labs", "b")),
        frame(
            "work country provenance",
            ("a", "NO", "article_table"),
            ("b", "NO", "article_table"),
            ("a", "150", "article_table"),
            ("b", "EU", "source_page"),
        ),
    )


def test_a_work_with_two_grounds_counts_once(small):
    norway = cell(small, "labs", "NO")
    assert norway["works"] == 2 and norway["keys"] == "a b"


def test_a_work_on_europe_is_no_evidence_for_the_european_union(small):
    assert cell(small, "labs", "EU")["works"] == 0
    assert cell(small, "labs", "150")["works"] == 1


def test_what_only_a_sources_page_says_is_no_evidence_of_the_article(small):
    assert cell(small, "labs", "EU")["keys"] == ""


def test_a_country_that_is_studied_and_not_named_is_kept_and_marked(small):
    assert not cell(small, "labs", "150")["named"]


def test_the_map_of_the_data_holds_all_that_table_3_names():
    named = data.table("model_countries")
    cells = synthesis.evidence_map(named, data.table("work_models"), data.table("work_countries"))
    held = cells.loc[cells["named"], ["model", "country"]]
    assert set(held.itertuples(index=False, name=None)) == set(
        named[["model", "country"]].itertuples(index=False, name=None)
    )
    korea = cell(cells, "living_labs", "KR")
    assert korea["named"] and korea["keys"] == "shvetsova2021"
    assert cell(cells, "living_labs", "FI")["works"] == 0
    assert cell(cells, "living_labs", "US") is None


def test_the_alternative_text_names_the_pairs_with_a_work_behind_them():
    tables_of_data = ("model_countries", "work_models", "work_countries")
    alt = figures.evidence_map(synthesis.evidence_map(*map(data.table, tables_of_data))).alt
    assert "Living Labs – South Korea" in alt and "Finland" not in alt


def test_every_tie_is_listed_with_its_ground():
    grounds = data.table("work_models")
    shown = tables.model_ties(grounds, data.table("citations")).to_csv().splitlines()
    assert len(shown) == len(grounds) + 1
    assert all(line.count("paragraph") + line.count("row ") for line in shown[1:])
