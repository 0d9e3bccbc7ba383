"""What the chapter on the search counts: as reported, else in the table of works included."""

from __future__ import annotations

import csv

import pandas as pd
import pytest
import yaml

from compendium import data, new_review, project, review_plan
from compendium.pages import search
from compendium.update import scenario

PLAN = {"queries": [
    {"id": name, "label": name, "database": "Scopus", "text": "TITLE-ABS-KEY ( tea )"}
    for name in ("first", "second")
]}  # fmt: skip


@pytest.fixture(params=[None, PLAN], ids=["template", "plan"])
def review(request, tmp_path):
    plan = review_plan.of(request.param) if request.param else None
    folder = new_review.make(tmp_path / "review", plan=plan)
    with project.at(folder):
        yield folder


def include(review, query: str, *works: str) -> None:
    file = review / "data" / "review" / "included.csv"
    header = file.read_text("utf-8").splitlines()[0].split(",")
    with file.open("a", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, header, restval="", lineterminator="\n")
        out.writerows({"work": work, "query": query} for work in works)


def clear(review) -> None:
    file = review / "data" / "review" / "included.csv"
    file.write_text(file.read_text("utf-8").splitlines()[0] + "\n", "utf-8")


def counted() -> dict:
    return search.counts(data.document("queries")).set_index("query")["selected"].to_dict()


def test_a_new_review_reports_no_number_that_nobody_counted(review):
    clear(review)
    assert all(pd.isna(count) for count in counted().values())
    shown = search.counts_table(search.counts(data.document("queries")))._repr_html_()
    assert ">0<" not in shown


def test_works_included_are_counted_by_query_where_nothing_is_reported(review):
    clear(review)
    first, *others = (query["id"] for query in data.document("queries"))
    include(review, first, "doe2001", "roe2002", "doe2001")
    assert counted() == {first: 2, **dict.fromkeys(others, 0)}


def test_a_reported_number_stays_as_reported_though_the_table_differs(review):
    file = review / "data" / "review" / "queries.yml"
    queries = yaml.safe_load(file.read_text("utf-8"))
    queries[0]["reported_selected"] = 9
    file.write_text(yaml.safe_dump(queries), "utf-8")
    include(review, queries[0]["id"], "doe2001")
    assert counted()[queries[0]["id"]] == 9


def test_an_update_makes_no_number_up_for_what_nobody_reported(review, tmp_path):
    other = scenario.including([], data.document("queries")[0]["id"], tmp_path / "other")
    query = other.data.document("queries")[0]
    assert query["reported_hits"] is None and query["reported_selected"] is None
