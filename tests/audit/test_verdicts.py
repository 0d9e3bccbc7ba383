"""Verdicts: every check is counted, every work is either compared or named as not compared."""

import pandas as pd
import pytest

from compendium import data, open_chapter
from compendium.errors import CompendiumError
from review import audit
from review.audit import figures, tables


def checks(*verdicts: str) -> pd.DataFrame:
    return pd.DataFrame({"verdict": verdicts})


@pytest.fixture
def counts():
    return audit.verdicts(data.table("article_checks"), data.table("source_checks"))


def test_a_verdict_that_no_check_came_to_has_a_row_of_zero():
    counts = audit.verdicts(checks("agrees"), checks("differs", "differs"))
    found = counts.set_index(["checked", "verdict"])["checks"]
    assert found["article", "differs"] == 0 and found["sources", "differs"] == 2


def test_every_check_of_the_data_is_counted(counts):
    total = counts.groupby("checked")["checks"].sum()
    assert total["article"] == len(data.table("article_checks"))
    assert total["sources"] == len(data.table("source_checks"))


def test_each_part_of_a_bar_bears_its_sign_and_number(counts):
    drawn = figures.verdicts(counts)
    differing = int(counts.query("checked == 'sources' and verdict == 'differs'")["checks"].iloc[0])
    assert f"Differs: {differing}" in drawn.alt
    assert drawn.svg.count(">≠</tspan>") + drawn.svg.count(">≠</text>") == 2


def test_the_two_tables_of_source_checks_hold_each_check_once():
    of_sources = data.table("source_checks")
    first, second = (audit.of_table(of_sources, table) for table in ("table1", "table2"))
    assert sorted([*first["id"], *second["id"]]) == sorted(of_sources["id"])
    assert all(place.startswith("table2:") for place in second["place"])


def test_a_work_that_was_not_compared_is_named():
    included = pd.DataFrame({"work": ["a", "b", "b"], "stage": ["x", "x", "y"]})
    seen = audit.coverage(pd.DataFrame({"work": ["b", "b"]}), included)
    assert (seen.checked, seen.works, seen.unchecked) == (1, 2, ["a"])


def test_only_example_countries_of_the_article_are_counted():
    cells = pd.DataFrame({"named": [True, True, False], "works": [1, 0, 1]})
    assert audit.example_countries(cells) == (1, 2)


def test_an_earlier_result_that_is_missing_is_named_with_its_chapter(tmp_path):
    chapter = open_chapter("5-audit", lang="en", results=str(tmp_path))
    with pytest.raises(CompendiumError, match="3-synthesis"):
        chapter.load("3-synthesis", "evidence_map")


def test_markup_in_a_statement_is_shown_and_not_run():
    row = {"article_says": "<script>x</script>", "counted": "<b>", "verdict": "differs"}
    html = tables.article_checks(pd.DataFrame([{**row, "place": "methods:4"}]))._repr_html_()
    assert "<script>" not in html and "<b>" not in html


def test_a_works_key_in_a_statement_gives_way_to_its_name():
    row = {"article_says": "x", "counted": "The row of chen2021", "verdict": "differs"}
    shown = tables.article_checks(pd.DataFrame([{**row, "place": "table1:9"}])).to_csv()
    assert "The row of Chen & Song 2021" in shown and "chen2021" not in shown


def test_no_check_shows_the_address_of_a_mirror():
    shown = tables.source_checks(data.table("source_checks")).to_csv()
    assert "120.26.44.124" not in shown and "alljournals" not in shown


def test_what_no_page_shows_of_a_work_is_unknown_and_not_no():
    row = {"work": "hansen2020", "document_type": "unknown", "language": ""}
    rows = pd.DataFrame([{**row, "open_access": "unknown", "in_scopus": "unknown"}])
    assert tables.metadata(rows).to_csv().count("Unknown") == 4
