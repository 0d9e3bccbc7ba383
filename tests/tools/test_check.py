"""Which tests a change calls for."""

from __future__ import annotations

import pytest
from tools import check


@pytest.mark.parametrize(
    ("file", "test"),
    [
        ("src/compendium/records/dedup.py", "tests/records"),
        ("src/review/synthesis/tables.py", "tests/synthesis"),
        ("src/compendium/doctor.py", "tests/test_doctor.py"),
        ("src/compendium/template/book.yml", "tests/test_new_review.py"),
        ("packages/scopus-query/src/scopus_query/repair.py",
         "packages/scopus-query/tests/test_repair.py"),
        ("src/compendium/pages/search.py", "tests/test_review_plan.py"),
        ("src/compendium/locales/kk.po", "tests/edition/test_catalogs.py"),
        ("book.yml", "tests/edition/test_languages.py"),
        ("CITATION.cff", "tests/reporting"),
        ("data/codebook.csv", "tests/test_data.py"),
        ("chapters/1-search.ipynb", "tests/language/test_style.py"),
        ("locales/kk/index.po", "tests/edition/test_catalogs.py"),
        ("tests/update/test_scenario.py", "tests/update/test_scenario.py"),
    ],
)  # fmt: skip
def test_a_change_calls_for_the_tests_of_its_room(file, test):
    if test.startswith("tests/update/"):
        assert check._of_file(check.Path(file)) == [test]
    else:
        assert test in check.tests_of([file])


def test_every_file_or_folder_that_it_names_is_there():
    named = [test for tests in check.BY_FOLDER.values() for test in tests]
    assert [test for test in [*named, *check.ALWAYS] if not (check.ROOT / test).exists()] == []


def test_a_text_of_no_room_calls_for_the_order_of_rooms_alone():
    assert check.tests_of(["README.md"]) == list(check.ALWAYS)
