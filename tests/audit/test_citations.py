"""Citation numbers: what is inferred is told apart from what is known, and the rest stays open."""

import pandas as pd

from compendium import data
from review import audit
from review.audit import tables

SECTIONS = pd.DataFrame({"code": ["introduction", "models"], "set": ["section", "section"]})


def uses(*pairs: tuple) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["citation", "place"])


def test_every_number_has_one_confidence():
    inferred = data.table("citations")
    counted = audit.citation_confidence(inferred)
    assert counted["citations"].sum() == len(inferred)
    certain = sum(row.confidence == "certain" for row in inferred.itertuples())
    assert counted.set_index("confidence").loc["certain", "citations"] == certain


def test_numbers_with_the_same_candidates_share_a_row():
    inferred = pd.DataFrame({"citation": [7, 8, 9], "confidence": ["unknown"] * 3})
    found = pd.DataFrame(
        [(7, 1, "a"), (8, 1, "a"), (9, 2, "a"), (9, 1, "b")], columns=["citation", "order", "work"]
    ).assign(reference="", seen_at="")
    rows = audit.candidates(inferred, found)
    assert list(rows["citations"]) == [[7, 8], [9]]
    assert [work for work, *_ in rows["candidates"][1]] == ["b", "a"]


def test_an_open_number_without_candidates_is_listed():
    rows = audit.candidates(data.table("citations"), data.table("citation_candidates"))
    unsettled = data.table("citations").query("confidence == 'unknown'")["citation"]
    assert sorted(n for numbers in rows["citations"] for n in numbers) == sorted(unsettled)
    assert "none found" in tables.candidates(rows).to_csv()


def test_a_run_of_numbers_is_written_as_a_range():
    rows = pd.DataFrame({"citations": [[7, 13, 14, 15]], "candidates": [[]]})
    assert "[7]; [13–15]" in tables.candidates(rows).to_csv()


def test_numbers_rise_if_each_is_first_used_no_earlier_than_the_one_before():
    rising = uses((1, "introduction:1"), (2, "introduction:1"), (3, "models:1"), (1, "models:2"))
    assert audit.rise_in_text(rising, SECTIONS)


def test_numbers_do_not_rise_if_a_later_one_is_used_first():
    assert not audit.rise_in_text(uses((1, "models:1"), (2, "introduction:9")), SECTIONS)


def test_paragraph_ten_comes_after_paragraph_nine():
    assert audit.rise_in_text(uses((1, "models:9"), (2, "models:10")), SECTIONS)


def test_the_order_of_the_tables_is_tried_with_known_works_only():
    order = audit.table_order(
        *map(data.table, ("citations", "citation_uses", "empirical", "reviews"))
    ).set_index("citation")
    assert set(order.index) == set(data.table("citations").query("work != ''")["citation"])
    # Number 4 is the third of the list in models:1, and its work stands in row 6.
    assert (order.loc[4, "expected"], order.loc[4, "row"]) == (3, 6)
    assert order.loc[5, "same"] and not order.loc[4, "same"]


def test_an_unknown_work_is_shown_by_a_mark_and_not_by_a_name():
    shown = tables.citations(data.table("citations").query("citation == 3")).to_csv()
    assert "Unknown" in shown and "Certain" not in shown
