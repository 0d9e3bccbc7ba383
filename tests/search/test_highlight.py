"""Queries in colour, in every place where the book shows one, and as trees."""

from __future__ import annotations

import re

import pytest

from compendium import data, project
from compendium.search import tree_figure
from compendium.search.readings import readings
from scopus_query.highlight import Listing
from scopus_query.repair import repair


@pytest.mark.parametrize("number", [0, 1])
def test_a_written_reading_is_the_reading(number):
    reading = repair(data.document("queries")[0]["text"])[number]
    written = Listing.of([reading]).text
    assert repair(written)[0].tree == reading.tree


def colours(css: str, name: str) -> list[str]:
    return re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", css).groups()


def light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["accent", "green", "red", "orange", "purple", "muted", "ink"])
def test_every_colour_of_a_query_can_be_read_on_its_ground_by_day_and_night(name):
    css = project.theme("compendium", "static", "compendium.css").read_text("utf-8")
    for ink, ground in zip(colours(css, name), colours(css, "raised"), strict=True):
        more, less = sorted((light(ink), light(ground)), reverse=True)
        assert (more + 0.05) / (less + 0.05) >= 4.5


# -- trees


def test_a_change_stands_at_the_part_that_it_changes():
    [query, _other] = data.document("queries")
    ways = readings([query])["query1"]
    groups = tree_figure.groups(data.table("query_terms"))["query1"]
    first, second = (tree_figure.rows(way, groups) for way in ways)
    assert [row.group for row in first if row.changes] == ["group_collaboration"]
    assert [edit.text for row in first for edit in row.changes] == ["("]
    assert [row.group for row in second if row.changes] == ["group_models_and_factors"]


def test_a_finding_stands_at_the_part_that_it_marks():
    [query, _other] = data.document("queries")
    _first, second = readings([query])["query1"]
    groups = tree_figure.groups(data.table("query_terms"))["query1"]
    marked = [row.group for row in tree_figure.rows(second, groups) if "Q301" in row.codes]
    assert marked == ["group_joint_research", "group_models_and_factors"]


def test_a_tree_of_one_reading_is_drawn_too():
    text = "TITLE(innovation) AND PUBYEAR > 2014"
    figure = tree_figure.readings(repair(text), {}, {"id": "query1", "text": text})
    for part in ("TITLE", "innovation", "PUBYEAR &gt; 2014"):
        assert part in figure.svg


def test_a_query_without_a_reading_has_an_empty_drawing():
    assert tree_figure.readings([], {}, {"id": "query1", "text": "("}).svg


def test_the_description_of_the_trees_tells_where_each_group_is_looked_for():
    [query, _other] = data.document("queries")
    groups = tree_figure.groups(data.table("query_terms"))["query1"]
    alt = tree_figure.readings(readings([query])["query1"], groups, query).alt
    assert "joint R&D … in TITLE-ABS-KEY" in alt and "joint R&D … in all fields" in alt
    assert "Changes: + (." in alt and "Changes: − )." in alt
