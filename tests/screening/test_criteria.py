"""Works beside criteria."""

import pandas as pd
import pytest

from compendium import data, open_chapter
from compendium.errors import CompendiumError
from review.screening import criteria, included, prose, tables

ROWS = pd.DataFrame([("stage_review", "a2020")], columns=["stage", "work"])
ASKED = pd.DataFrame(
    [("stage_review", "key_topics"), ("stage_review", "topicality"),
     ("stage_empirical", "in_english")],
    columns=["stage", "criterion"],
)  # fmt: skip


def met(*rows):
    frame = pd.DataFrame(rows, columns=["stage", "work", "criterion", "met"])
    return frame.assign(reason="", provenance="", seen_at="", place="")


def article():
    rows = included.table_rows(data.table("empirical"), data.table("reviews"))
    return criteria.matrix(data.table("criteria_met"), data.table("criteria"), rows)


def test_a_work_is_set_beside_the_criteria_of_its_own_stage_only():
    assert criteria.matrix(met(), ASKED, ROWS)["criterion"].tolist() == ["key_topics", "topicality"]


def test_a_criterion_that_nobody_judged_is_unknown_not_unmet():
    whole = criteria.matrix(met(("stage_review", "a2020", "key_topics", "yes")), ASKED, ROWS)
    assert whole["met"].tolist() == ["yes", "unknown"]


def test_contradictions_are_only_what_speaks_against_a_criterion():
    whole = criteria.matrix(
        met(("stage_review", "a2020", "key_topics", "contradicted"),
            ("stage_review", "a2020", "topicality", "no")),
        ASKED, ROWS,
    )  # fmt: skip
    assert criteria.contradictions(whole)["criterion"].tolist() == ["key_topics"]


def test_every_mark_of_the_article_data_is_in_the_matrix():
    given = data.table("criteria_met")
    whole = article()
    assert len(whole) == len(given)
    for mark in ("yes", "unknown", "contradicted"):
        assert (whole["met"] == mark).sum() == (given["met"] == mark).sum()


def test_the_tally_adds_up_to_the_marks():
    whole = article()
    assert criteria.tally(whole)["works"].sum() == len(whole)


def test_the_prose_names_each_contradicted_work_with_its_criterion():
    given = data.table("criteria_met")
    against = given[(given["met"] == "contradicted") & (given["stage"] == "stage_review")]
    told = prose.criteria(article())
    assert told["second_contradictions"].count("(") == len(against)
    assert "Chen & Song 2021 (indexed journal)" in told["second_contradictions"]


def test_a_work_in_both_tables_has_both_its_places():
    rows = included.table_rows(data.table("empirical"), data.table("reviews"))
    csv = tables.included(included.included_works(rows)).to_csv()
    corsi = next(line for line in csv.splitlines() if line.startswith("Corsi"))
    assert "Table 1, row 7; Table 2, row 7" in corsi


def test_a_script_in_a_title_is_text_in_the_page(monkeypatch):
    monkeypatch.setattr("compendium.works.title", lambda key: "<script>alert(1)</script>")
    rows = included.table_rows(data.table("empirical"), data.table("reviews"))
    html = tables.included(included.included_works(rows))._repr_html_()
    assert "<script" not in html and "&lt;script&gt;" in html


def test_an_unidentified_work_has_no_invented_title():
    rows = included.table_rows(data.table("empirical"), data.table("reviews"))
    csv = tables.included(included.included_works(rows)).to_csv()
    assert "Not identified" in next(row for row in csv.splitlines() if row.startswith("Hansen"))


def test_without_the_search_the_screening_says_what_to_run(tmp_path):
    chapter = open_chapter("2-screening", lang="en", results=str(tmp_path))
    with pytest.raises(CompendiumError, match="1-search"):
        chapter.load("1-search", "counts")
