"""Directions are counted and tested as they are; nothing is taken from what is not clear."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from compendium import new_review, project, review_plan, validation
from compendium.errors import CompendiumError
from compendium.pages import directions


def table(*ways: str) -> pd.DataFrame:
    rows = [(f"w{at}", "joy", f"direction_{way}" if way != "unknown" else way, pd.NA, pd.NA, "")
            for at, way in enumerate(ways)]  # fmt: skip
    columns = ["work", "outcome", "direction", "participants", "measures", "seen_at"]
    return pd.DataFrame(rows, columns=columns)


def test_the_test_is_exact_and_the_interval_wilsons():
    # ten of eleven: 12/2048 from the binomial distribution; 62 to 98 % by Wilson's formula
    (row,) = directions.sign_test(table(*["positive"] * 10, "negative")).itertuples()
    assert row.p == pytest.approx(2 * 12 / 2048)
    assert (row.share, row.low, row.high) == pytest.approx((10 / 11, 0.623, 0.984), abs=5e-4)


def test_works_without_a_clear_direction_are_counted_and_not_tested():
    found = directions.sign_test(table("positive", "mixed", "unknown", "negative"))
    (row,) = found.itertuples()
    assert (row.works, row.positive, row.negative) == (4, 1, 1)
    assert row.p == 1


def test_an_outcome_with_no_clear_direction_has_no_share_rather_than_one_of_nought():
    found = directions.sign_test(table("mixed", "unknown"))
    assert found[["share", "low", "high", "p"]].isna().to_numpy().all()
    assert "nan" not in directions.sign_table(found).to_csv()


@pytest.mark.parametrize(
    ("participants", "size"),
    [(49, "small"), (50, "medium"), (300, "medium"), (301, "large"), (pd.NA, "unknown")],
)
def test_a_sign_is_as_large_as_its_work(participants, size):
    assert directions.size(participants, 50, 300) == size


@pytest.fixture
def review(tmp_path):
    plan = review_plan.of({"chapters": ["directions"]})
    folder = new_review.make(tmp_path / "review", plan=plan)
    with (folder / "data" / "review" / "sources.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"doe2001,,\"Doe, Jane\",2001{',' * 12}\n")
    with project.at(folder):
        yield folder


def put(review, *rows):
    file = review / "data" / "review" / "directions.csv"
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def test_the_plot_tells_each_direction_to_who_does_not_see_it(review):
    put(review, ["doe2001", "joy", "direction_mixed", 40, 3, ""],
        ["doe2001", "sleep", "not_reported", "", "", ""])  # fmt: skip
    assert [str(problem) for problem in validation.check()] == []
    alt = directions.plot(directions.read(), 50, 300).alt
    assert "Doe 2001, joy: No clear direction; Doe 2001, sleep: Not reported" in alt


def test_an_empty_table_says_so(review):
    assert "Nothing here yet" in directions.plot(directions.read(), 50, 300).alt
    assert directions.summary(directions.read()) == "No direction has been extracted yet."


def test_a_wrong_code_is_named_by_row(review):
    put(review, ["doe2001", "joy", "positive", "", "", ""])
    with pytest.raises(CompendiumError, match="direction_positive") as caught:
        directions.read()
    assert (caught.value.row, caught.value.column) == (2, "direction")
