"""A row of a table can be linked to, and becomes a block of its own on a phone."""

import pandas as pd

from compendium.display import Column, Table, row_id

ROWS = pd.DataFrame({"case": ["p1", "p2"], "told": ["One", "Two"]})
COLUMNS = {"case": Column("Case"), "told": Column("In words")}


def test_a_row_is_named_by_its_kind_and_what_it_tells_of():
    assert row_id("case", "p008") == "case-p008"
    assert row_id("offer", "req_trust", 2) == "offer-req_trust-2"


def test_what_no_name_of_a_row_may_hold_becomes_a_dash():
    assert row_id("offer", "results:3 x") == "offer-results-3-x"


def test_each_row_has_its_name_beside_its_own_attributes():
    names = [row_id("case", code) for code in ROWS["case"]]
    table = Table(
        ROWS.assign(row=names), COLUMNS, attributes=[{"data-kind": "a"}, {}], anchor="row"
    )
    html = table._repr_html_()
    assert '<tr data-kind="a" id="case-p1">' in html and '<tr id="case-p2">' in html


def test_a_table_without_names_has_none():
    assert " id=" not in Table(ROWS, COLUMNS)._repr_html_()


LONG = "A sentence that no column of a phone holds beside two others, whatever is done to it"


def test_a_table_wider_than_a_phone_becomes_cards_with_the_head_beside_each_cell():
    columns = {"case": Column("Case"), "told": Column("In words"), "again": Column("Once more")}
    html = Table(ROWS.assign(told=LONG, again=LONG), columns)._repr_html_()
    assert 'class="data cards"' in html and html.count('data-head="In words"') == len(ROWS)
    assert 'data-head="Case"' not in html


def test_a_table_that_the_column_of_text_does_not_hold_takes_the_margin_too():
    long = {f"c{n}": Column(f"Column {n}") for n in range(6)}
    frame = pd.DataFrame([[LONG] * 6], columns=list(long))
    assert Table(frame, long).wide and 'class="data cards wide"' in Table(frame, long)._repr_html_()
    assert not Table(frame, {"c1": Column("One"), "c2": Column("Two")}).wide


def test_a_table_that_a_phone_holds_stays_a_table():
    assert "data-head" not in Table(ROWS, COLUMNS)._repr_html_()
    few = {str(n): Column(str(n), kind="number") for n in range(6)}
    many = {str(n): Column(f"Column {n}", kind="number") for n in range(12)}
    numbers = pd.DataFrame([range(12)], columns=list(many))
    assert not Table(numbers, few).cards and Table(numbers, many).cards


def test_an_empty_table_may_have_names():
    html = Table(ROWS.head(0), COLUMNS, anchor="row")._repr_html_()
    assert 'class="nothing"' in html
