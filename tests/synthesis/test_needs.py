"""Needs and works: a mark stands only where a word was read."""

import pandas as pd

from compendium import data
from review import synthesis
from review.synthesis import need_figures, prose

NEEDS = pd.DataFrame({"need": ["need_digital"], "words": ["digital intelligent"]})


def at_hand(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["work", "text", "provenance"])


def matrix() -> pd.DataFrame:
    sources = data.table("sources")
    read = synthesis.texts(
        sources, data.table("source_keywords"), data.table("source_values"),
        data.table("extraction"),
    )  # fmt: skip
    return synthesis.covered(data.table("needs"), read, list(sources["key"]))


def test_a_word_is_found_by_its_beginning_whatever_its_case():
    read = at_hand(("a", "Digitalisation of trade", "article_table"), ("b", "Indigital", "x"))
    covered = synthesis.covered(NEEDS, read, ["a", "b"])
    assert list(covered.loc["need_digital"]) == ["article_table", ""]


def test_the_reading_nearest_to_the_work_counts():
    read = at_hand(("a", "digital", "article_text"), ("a", "intelligent", "source_page"))
    assert synthesis.covered(NEEDS, read, ["a"]).loc["need_digital", "a"] == "source_page"


def test_a_work_of_which_nothing_is_at_hand_names_nothing():
    assert synthesis.covered(NEEDS, at_hand(), ["a"]).loc["need_digital", "a"] == ""


def test_what_the_article_says_of_applicability_does_not_count():
    extraction = pd.DataFrame(
        {
            "work": ["a", "a"],
            "category": ["aims", "applicability"],
            "value": ["trust", "digital grants"],
            "provenance": ["article_table", "article_text"],
        }
    )
    nothing = pd.DataFrame(columns=["key", "title", "work", "keyword", "item", "present"])
    read = synthesis.texts(nothing, nothing, nothing, extraction)
    assert list(read["text"]) == ["trust"]


def test_an_item_that_a_page_was_seen_to_lack_does_not_count():
    values = data.table("source_values")
    read = synthesis.texts(
        data.table("sources"), data.table("source_keywords"), values, data.table("extraction")
    )
    lacking = set(values.loc[values["present"].eq(False).fillna(False).astype(bool), "item"])
    assert lacking
    own = read.loc[read["provenance"] == "source_page", "text"]
    assert not lacking & set(own)


def test_no_work_at_hand_names_the_electronics_industry():
    assert (matrix().loc["need_industry"] == "").all()
    assert "need_industry" not in matrix().index[(matrix() != "").any(axis=1)]


def test_the_table_lists_the_works_of_the_matrix():
    covered = matrix()
    shown = need_figures.words(data.table("needs"), covered).to_csv()
    assert shown.count("none found") == int((covered == "").all(axis=1).sum())
    assert "Cirella & Murphy 2022" in shown


def test_a_review_without_needs_has_an_empty_figure():
    none = synthesis.covered(NEEDS.iloc[:0], at_hand(), ["a"])
    assert need_figures.needs(none).alt == "Nothing here yet."
    assert prose.needs(none)["needs_all"] == 0
