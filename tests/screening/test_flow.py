"""The PRISMA flow: what is reported, what follows, what is not reported."""

import pandas as pd
import pytest

from compendium import data, language, project
from compendium.display import palette
from compendium.errors import CompendiumError
from compendium.language import label
from compendium.screening import diagram
from review.screening import figures, flow, included
from review.search import queries

SILENT = 2 * (len(flow.WAY) - 1)
"""Boxes of both ways but for the records found."""


def selection(first=("a2020", "b2021"), second=("b2021",), hits=(5, 7)):
    counts = pd.DataFrame({"query": ["query1", "query2"], "hits": hits})
    rows = pd.DataFrame(
        [("query1", work) for work in first] + [("query2", work) for work in second],
        columns=["query", "work"],
    )
    return flow.prisma_flow(counts, rows)


def article():
    rows = included.table_rows(data.table("empirical"), data.table("reviews"))
    return flow.prisma_flow(queries.counts(queries.printed().values()), rows)


def test_not_selected_is_the_difference_of_found_and_listed():
    whole = selection()
    assert [whole.not_selected(query) for query in whole.ways] == [3, 6]


def test_a_work_in_both_tables_is_one_work():
    whole = selection()
    assert (whole.rows, whole.works, whole.in_both) == (3, 2, 1)


def test_rows_less_repeats_are_the_works_of_the_article():
    whole = article()
    assert whole.rows == len(data.table("empirical")) + len(data.table("reviews"))
    assert whole.works == whole.rows - whole.in_both == len(data.table("sources"))


def test_the_article_lists_as_many_rows_as_it_says_it_selected():
    printed, whole = queries.printed(), article()
    assert [whole.selected(query) for query in whole.ways] == [
        printed[query].selected for query in whole.ways
    ]


def test_more_rows_than_records_found_is_an_error_that_names_the_query():
    with pytest.raises(CompendiumError, match="query1 found 1 publications"):
        selection(hits=(1, 7))


def test_a_number_that_is_not_reported_is_missing_not_zero():
    table = flow.frame(selection())
    silent = table[table["status"] == "not_reported"]
    assert set(flow.WAY) - {"database_results"} == set(silent["box"])
    assert silent["count"].isna().all()
    assert table.loc[table["status"] != "not_reported", "count"].notna().all()


@pytest.mark.parametrize("code", list(language.LANGUAGES))
def test_the_diagram_says_not_reported_in_each_silent_box(code):
    language.use(code)
    svg = figures.prisma(article()).svg
    assert svg.count(f">{label('not_reported')}</text>") == SILENT


@pytest.mark.parametrize("code", list(language.LANGUAGES))
def test_no_line_of_the_diagram_is_wider_than_its_box(code):
    language.use(code)
    for laid_out in (figures.diagram(article()), *figures.parts(article())):
        for box in laid_out.boxes:
            for line in laid_out.wrapped(box):
                assert diagram.measured(line.text) <= laid_out.width(box) - 0.05, line


def test_on_a_phone_every_box_stands_in_one_of_the_parts():
    whole, parts = figures.diagram(article()), figures.parts(article())
    assert sorted(str(box.lines) for box in whole.boxes) == sorted(
        str(box.lines) for part in parts for box in part.boxes
    )


def test_the_letters_are_as_wide_as_in_the_font():
    from fontTools.ttLib import TTFont

    font = TTFont(project.theme("fonts", "SourceSans3-Bold.ttf"))
    widths = {chr(sign): font["hmtx"][name][0] for sign, name in font.getBestCmap().items()}
    shown = "".join(sorted(set("".join(line.text for box in figures.diagram(article()).boxes
                                       for line in box.lines)) | set("ҚқҒғҮүҰұҺһӘәӨөІіЩщ«»–")))
    own = [round(diagram.measured(letter) * 72 / 9.5 * 1000) for letter in shown]
    assert own == [widths[letter] for letter in shown]


def test_a_box_without_a_number_is_dashed_and_one_with_a_number_is_not():
    svg = figures.prisma(article()).svg
    boxes = [line for line in svg.splitlines() if line.startswith("<rect")]
    dashed = [box for box in boxes if "stroke-dasharray" in box]
    assert len(dashed) == SILENT
    assert all(palette.ACCENT not in box for box in dashed)


def test_the_description_of_the_diagram_tells_its_numbers():
    alt = figures.prisma(selection()).alt
    assert "Query 2: found 7, selected 1, not selected 6" in alt
    assert "Unique works: 2" in alt
