"""The known-item test, on small tables and on the article's own."""

import pandas as pd
import pytest

from compendium import data
from review.search import known_items

TERMS = pd.DataFrame(
    [("query1", "group_collaboration", "partnership"), ("query1", "group_collaboration", "ties"),
     ("query1", "group_review", "review")],
    columns=["query", "concept_group", "term"],
)  # fmt: skip
WORKS = pd.DataFrame([("query1", "a2020")], columns=["query", "work"])


def occurrences(*rows):
    frame = pd.DataFrame(rows, columns=["work", "field", "term", "present"])
    return frame.astype({"present": "boolean"}).assign(seen_at="https://example.org/a")


def everywhere(term, present):
    return [("a2020", field, term, present) for field in known_items.FIELDS]


def hits(*rows):
    return known_items.term_hits(WORKS, TERMS, occurrences(*rows))


def found(frame, **where):
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return frame["found"].item()


def test_a_missing_abstract_is_unknown_not_absent():
    result = hits(("a2020", "title", "review", False), ("a2020", "keywords", "review", False))
    row = result[result["term"] == "review"].iloc[0]
    assert (row["title"], row["abstract"], row["keywords"]) == ("no", "unknown", "no")
    assert row["found"] == "unknown"


def test_a_term_absent_from_all_fields_is_not_found():
    assert found(hits(*everywhere("review", False)), term="review") == "no"


def test_one_field_with_the_term_is_enough_whatever_else_is_unknown():
    assert found(hits(("a2020", "keywords", "review", True)), term="review") == "yes"


def test_a_row_without_an_answer_is_unknown():
    assert found(hits(*everywhere("review", None)), term="review") == "unknown"


def test_a_work_that_nobody_read_is_unknown_throughout():
    result = hits(("b2021", "title", "review", True))
    assert set(result["found"]) == {"unknown"}


def test_a_group_lacks_a_work_only_if_every_term_is_absent():
    absent = known_items.group_hits(hits(*everywhere("partnership", False)))
    assert found(absent, concept_group="group_collaboration") == "unknown"
    both = hits(*everywhere("partnership", False), *everywhere("ties", False))
    assert found(known_items.group_hits(both), concept_group="group_collaboration") == "no"


def test_a_group_says_in_which_fields_a_term_stands():
    result = known_items.group_hits(
        hits(("a2020", "keywords", "ties", True), ("a2020", "title", "partnership", True))
    )
    row = result[result["concept_group"] == "group_collaboration"].iloc[0]
    assert (row["fields"], row["terms"]) == ("title keywords", "partnership; ties")


@pytest.mark.parametrize(
    ("review", "expected"), [(True, "yes"), (False, "no"), (None, "unknown")]
)
def test_a_query_finds_a_work_only_if_every_group_does(review, expected):
    result = hits(("a2020", "title", "ties", True), *everywhere("review", review))
    assert found(known_items.query_hits(known_items.group_hits(result)), work="a2020") == expected


def test_what_was_read_counts_the_settled_terms_of_a_field():
    read = known_items.reading(
        WORKS, occurrences(("a2020", "title", "ties", True), ("a2020", "title", "review", False))
    )
    settled = dict(zip(read["field"], read["settled"], strict=True))
    assert settled == {"title": 2, "abstract": 0, "keywords": 0}


@pytest.fixture(scope="module")
def article():
    works = known_items.expected(data.table("empirical"), data.table("reviews"))
    return known_items.term_hits(works, data.table("query_terms"), data.table("term_occurrences"))


def test_the_unidentified_work_is_unknown_for_every_term(article):
    held = article[article["work"] == "hansen2020"]
    assert len(held) and set(held["found"]) == {"unknown"}


def test_the_article_answers_agree_with_a_count_by_hand(article):
    """The same question asked of the rows with sets, without the functions under test."""
    rows = list(data.table("term_occurrences").itertuples())
    seen = {(r.work, r.term) for r in rows if r.present}
    absent = {
        (r.work, r.term)
        for r in rows
        if sum((q.work, q.term, q.present) == (r.work, r.term, False) for q in rows) == 3
    }
    terms = data.table("query_terms")
    expected = {}
    for query, table in {"query1": "empirical", "query2": "reviews"}.items():
        own = terms[terms["query"] == query]
        groups = [list(held["term"]) for _, held in own.groupby("concept_group")]
        for work in data.table(table)["work"]:
            if all(any((work, t) in seen for t in group) for group in groups):
                expected[query, work] = "yes"
            elif any(all((work, t) in absent for t in group) for group in groups):
                expected[query, work] = "no"
            else:
                expected[query, work] = "unknown"
    result = known_items.query_hits(known_items.group_hits(article))
    assert dict(zip(zip(result["query"], result["work"], strict=True), result["found"],
                    strict=True)) == expected  # fmt: skip
