"""Counts of the synthesis: each work once, and silence counted as silence."""

import pandas as pd
import pytest

from compendium import data
from review import synthesis
from review.synthesis import figures


def rows(*pairs: tuple) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["work", "year_printed"])


def facts(*triples: tuple) -> pd.DataFrame:
    return pd.DataFrame(triples, columns=["work", "method", "provenance"])


def test_a_work_of_both_tables_counts_once_and_apart():
    years = synthesis.works_by_year(rows(("a", 2018), ("b", 2018)), rows(("b", 2018)))
    assert years.to_dict("records") == [{"year": 2018, "table1": 1, "table2": 0, "both": 1}]


def test_a_year_without_works_has_a_row_of_zeros():
    years = synthesis.works_by_year(rows(("a", 2018)), rows(("b", 2020))).set_index("year")
    assert list(years.index) == [2018, 2019, 2020] and not years.loc[2019].any()


def test_the_bars_of_the_years_add_up_to_the_works():
    years = synthesis.works_by_year(data.table("empirical"), data.table("reviews"))
    total = int(years[["table1", "table2", "both"]].to_numpy().sum())
    assert total == len(data.table("sources"))


def test_what_only_the_source_says_is_counted_apart():
    works, _ = synthesis.counted(
        facts(("a", "survey", "article_table"), ("b", "survey", "source_page")),
        "method",
        pd.Series(["a", "b"]),
    )
    assert works.to_dict("records") == [{"value": "survey", "article": 1, "source_only": 1}]


def test_a_fact_that_article_and_source_share_counts_as_the_articles():
    works, _ = synthesis.counted(
        facts(("a", "survey", "source_page"), ("a", "survey", "article_table")),
        "method",
        pd.Series(["a"]),
    )
    assert works.to_dict("records") == [{"value": "survey", "article": 1, "source_only": 0}]


def test_a_work_without_a_fact_is_not_reported_and_not_dropped():
    counts = synthesis.counted(
        facts(("a", "survey", "article_table")), "method", pd.Series(["a", "b", "c"])
    )
    assert counts.not_reported == 2


def test_the_countries_of_the_data_are_counted_as_by_hand():
    studied = data.table("work_countries")
    counts = synthesis.counted(studied, "country", data.table("sources")["key"])
    by_hand = {}
    for row in studied.itertuples():
        by_hand.setdefault(row.country, set()).add(row.work)
    shown = {row.value: row.article + row.source_only for row in counts.works.itertuples()}
    assert shown == {country: len(works) for country, works in by_hand.items()}


@pytest.mark.parametrize(("silent", "shown"), [(0, False), (6, True)])
def test_not_reported_is_drawn_only_where_something_is_missing(silent, shown):
    works = pd.DataFrame({"value": ["CN"], "article": [1], "source_only": [0]})
    svg = figures.countries(synthesis.Counted(works, silent)).svg
    assert (">Not reported</text>" in svg) is shown
