"""What stands where the data have no rows: a sentence in the reader's language."""

from __future__ import annotations

import pandas as pd
import pytest

from compendium import language
from compendium.display import Column, Figure, Table, needs_rows

SAID = {"en": "Nothing here yet.", "ru": "Здесь пока ничего нет.", "kk": "Әзірге мұнда ештеңе жоқ."}


@needs_rows
def drawn(frame: pd.DataFrame) -> Figure:
    return Figure("<svg/>", f"{len(frame)} rows")


@pytest.mark.parametrize("code", SAID)
def test_an_empty_table_keeps_its_headers_and_says_so(code):
    language.use(code)
    shown = Table(pd.DataFrame({"a": [], "b": []}), {"a": Column("A"), "b": Column("B")})
    html = shown._repr_html_()
    assert ">A</th>" in html
    assert f'colspan="2">{SAID[code]}</td>' in html


def test_an_empty_frame_may_lack_its_columns():
    assert Table(pd.DataFrame(), {"a": Column("A")}).to_csv() == "A\n"


@pytest.mark.parametrize("code", SAID)
def test_a_figure_of_an_empty_table_says_so(code):
    language.use(code)
    assert drawn(pd.DataFrame({"a": []})).alt == SAID[code]


def test_a_figure_of_a_table_with_rows_is_drawn():
    assert drawn(pd.DataFrame({"a": [1]})).alt == "1 rows"
