"""The known-item test: every reading is asked about every work; what was not read is unknown."""

from __future__ import annotations

import pandas as pd
import pytest

from compendium import data
from compendium.search.readings import Recall, known_items, readings, recall, scope
from review.search.known_items import expected
from review.search.occurrences import Facts

TERMS = pd.DataFrame(
    [
        ("one", "title", "joint R&D", True),
        ("two", "title", "joint R&D", False),
        ("two", "abstract", "joint R&D", False),
        ("two", "keywords", "joint R&D", False),
        ("three", "title", "joint R&D", False),
    ],
    columns=["work", "field", "term", "present"],
)
WORKS = pd.DataFrame({"key": ["one", "two", "three"], "year_issue": [2016, 2014, pd.NA]})
PAGES = pd.DataFrame(
    {
        "work": ["one", "two"],
        "language": ["en", ""],
        "document_type": ["journal_article", "review_article"],
        "open_access": ["yes", "unknown"],
    }
)
FACTS = Facts.of(WORKS, TERMS, PAGES)


def ask(text: str, work: str) -> tuple:
    found = readings([{"id": "q", "text": text}])
    row = known_items(found, FACTS, [work], pd.DataFrame({"query": ["q"], "work": [work]})).iloc[0]
    return tuple(None if pd.isna(row[part]) else bool(row[part])
                 for part in ("text", "filters", "all"))


def test_a_term_seen_in_one_field_is_found():
    assert ask('TITLE-ABS-KEY("joint R&D")', "one") == (True, True, True)


def test_a_term_absent_from_all_that_the_field_code_searches_is_missed():
    assert ask('TITLE-ABS-KEY("joint R&D")', "two") == (False, True, False)


def test_a_field_that_was_not_read_leaves_the_term_unknown():
    assert ask('TITLE-ABS-KEY("joint R&D")', "three") == (None, True, None)


def test_a_search_of_all_fields_looks_where_nobody_read():
    assert ask('ALL("joint R&D")', "two") == (None, True, None)
    assert ask('ALL("joint R&D")', "one") == (True, True, True)


def test_a_missing_work_is_unknown_not_false():
    assert ask('TITLE("joint R&D")', "nobody") == (None, True, None)


@pytest.mark.parametrize(
    ("condition", "answers"),
    [
        ("PUBYEAR > 2014", {"one": True, "two": False, "three": None}),
        ('LIMIT-TO (LANGUAGE, "English")', {"one": True, "two": None, "three": None}),
        ('LIMIT-TO (DOCTYPE, "ar")', {"one": True, "two": False, "three": None}),
        ('LIMIT-TO (OA, "all")', {"one": True, "two": None, "three": None}),
        ("LIMIT-TO (LANGUAGE, en)", {"one": True, "two": None, "three": None}),
        ('LIMIT-TO (DOCTYPE, "Article")', {"one": True, "two": False, "three": None}),
        ("DOCTYPE(re)", {"one": False, "two": True, "three": None}),
        ("OPENACCESS(1)", {"one": True, "two": None, "three": None}),
        ('LIMIT-TO (OA, "repository")', {"one": None, "two": None, "three": None}),
        ('LIMIT-TO (PUBSTAGE, "final")', {"one": None, "two": None, "three": None}),
    ],
)
def test_a_filter_is_answered_by_what_a_page_shows(condition, answers):
    for work, wanted in answers.items():
        assert ask(f'TITLE("joint R&D") AND {condition}', work)[1] is wanted


def test_a_false_filter_decides_even_where_the_words_are_unknown():
    assert ask('TITLE-ABS-KEY("joint R&D") AND PUBYEAR > 2015', "two") == (False, False, False)
    assert ask('ALL("joint R&D") AND PUBYEAR > 2015', "two") == (None, False, False)


def test_hyphens_and_case_do_not_hide_a_term():
    facts = Facts.of(
        WORKS,
        TERMS.assign(term="University-Industry collaboration"),
        PAGES,
    )
    found = readings([{"id": "q", "text": 'TITLE("university industry collaboration")'}])
    items = known_items(found, facts, ["one"], pd.DataFrame({"query": ["q"], "work": ["one"]}))
    assert bool(items["text"].iloc[0])


def test_recall_has_bounds_where_answers_are_unknown():
    value = Recall(found=5, missed=1, unknown=2)
    assert (value.low, value.high) == (5 / 8, 7 / 8)


@pytest.fixture(scope="module")
def items():
    facts = Facts.of(*map(data.table, ["sources", "term_occurrences", "source_metadata"]))
    selected = expected(data.table("empirical"), data.table("reviews"))
    return known_items(
        readings(data.document("queries")), facts, list(data.table("sources")["key"]), selected
    )


def test_both_queries_of_the_article_have_two_readings():
    found = readings(data.document("queries"))
    assert {query: len(ways) for query, ways in found.items()} == {"query1": 2, "query2": 2}
    for inside, outside in found.values():
        assert [code for _term, code in scope(inside)] == ["TITLE-ABS-KEY"] * 3
        assert [code for _term, code in scope(outside)] == ["TITLE-ABS-KEY", "ALL", "ALL"]


def test_the_article_s_readings_find_what_a_count_by_hand_finds(items):
    inside = recall(items)["query1", 1], recall(items)["query2", 1]
    assert inside == (Recall(5, 0, 4), Recall(6, 1, 1))


def test_every_work_is_asked_by_every_reading(items):
    assert len(items) == 4 * len(data.table("sources"))
    assert not items.duplicated(["query", "reading", "work"]).any()
    assert items.groupby("query")["selected"].sum().to_dict() == {"query1": 18, "query2": 16}


def test_what_the_narrow_reading_finds_the_wide_one_finds_too(items):
    answers = items.pivot(index=["query", "work"], columns="reading", values="text")
    found = answers[answers[1].fillna(False)]
    assert found[2].fillna(False).all()
