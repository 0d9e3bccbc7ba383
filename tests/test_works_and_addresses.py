"""How works and places are named."""

import pytest

from compendium import addresses, data, works
from compendium.errors import CompendiumError


@pytest.mark.parametrize(
    ("families", "expected"),
    [
        (["Hansen"], "Hansen 2020"),
        (["Chen", "Song"], "Chen & Song 2020"),
        (["Walsh", "Lee", "Nagaoka"], "Walsh et al. 2020"),
    ],
)
def test_from_three_authors_on_only_the_first_is_named(families, expected):
    assert works.name_and_year(families, 2020) == expected


def test_a_missing_year_is_left_out():
    assert works.name_and_year(["Chen", "Song"], None) == "Chen & Song"


def test_every_work_has_a_name_of_its_own():
    keys = data.table("sources")["key"]
    assert len({works.short_name(key) for key in keys}) == len(keys)


def test_a_work_without_any_address_has_no_link():
    assert works.work_cell("hansen2020").href == ""


def test_an_unknown_work_is_an_error_with_a_remedy():
    with pytest.raises(CompendiumError, match="Name one of: steinmo2018"):
        works.short_name("nobody1900")


@pytest.mark.parametrize(
    ("code", "expected"),
    [("results:6", "Results, paragraph 6"), ("table1:3", "Table 1, row 3"), ("", "")],
)
def test_a_place_reads_as_section_and_paragraph_or_table_and_row(code, expected):
    assert addresses.place(code) == expected


def test_a_place_of_another_form_is_an_error():
    with pytest.raises(CompendiumError, match="not a place"):
        addresses.place("page 3")


@pytest.mark.parametrize(
    "address",
    [
        "http://120.26.44.124:3004/details/1/877916099",
        "https://120.26.44.124/details",
        "https://topsight.net/paper/W2843969754",
        "https://www.9pdf.net/document/x.html",
    ],
)
def test_a_bare_address_or_a_mirror_is_named_neither_by_link_nor_by_host(address):
    cell = addresses.page_cell(address)
    assert (cell.text, cell.href) == ("page read", "")


def test_a_page_is_linked_under_its_host():
    cell = addresses.source_cell("", "https://www.mendeley.com/catalogue/98/")
    assert (cell.text, cell.href) == ("mendeley.com", "https://www.mendeley.com/catalogue/98/")


def test_a_page_comes_before_the_place_and_the_place_stands_alone():
    assert addresses.source_cell("methods:8", "").text == "Methods, paragraph 8"
    assert addresses.source_cell("methods:8", "https://example.org/").text == "example.org"


def test_the_first_page_that_may_be_shown_is_shown():
    cell = addresses.page_cell("https://topsight.net/a (title); https://example.org/b (authors)")
    assert cell.href == "https://example.org/b"


def test_a_page_whose_day_of_reading_nobody_kept_says_so():
    assert addresses.read_on("unknown") == "date of reading not recorded"
    assert addresses.read_on("2026-11-28") == "read on 2026-11-28"
