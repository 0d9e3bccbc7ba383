"""Directions: which works support them, which models they adapt, and what is left over."""

import pandas as pd
import pytest

from compendium import data, open_chapter
from compendium.errors import CompendiumError
from review import applicability

DIRECTIONS = pd.DataFrame({"direction": ["d1", "d2"]})
MODELS = pd.DataFrame({"model": ["m1", "m2"]})
JOINED = pd.DataFrame({"direction": ["d1"], "model": ["m2"]})


def test_a_direction_without_a_citation_keeps_its_row():
    cited = pd.DataFrame({"direction": ["d1"], "citation": [5]})
    citations = pd.DataFrame({"citation": [5], "work": ["w"], "confidence": ["likely"]})
    support = applicability.direction_support(DIRECTIONS, cited, citations)
    assert support["direction"].tolist() == ["d1", "d2"]
    assert support["work"].tolist()[0] == "w"
    assert support["citation"].isna().tolist() == [False, True]


def test_what_is_not_joined_is_left_over_on_both_sides():
    assert applicability.without_model(DIRECTIONS, JOINED) == ["d2"]
    assert applicability.without_direction(MODELS, JOINED) == ["m1"]



def test_dual_education_adapts_no_model_and_none_adapts_international_collaboration():
    directions, models = data.table("directions"), data.table("models")
    joined = data.table("direction_models")
    assert applicability.without_model(directions, joined) == ["dual_education"]
    assert applicability.without_direction(models, joined) == ["international_collaboration"]


def test_every_citation_of_a_direction_is_used_where_the_direction_stands():
    support = applicability.direction_support(
        *map(data.table, ("directions", "direction_citations", "citations"))
    )
    places = data.table("directions").set_index("direction")["place"]
    uses = data.table("citation_uses")
    used = set(zip(uses["citation"], uses["place"], strict=True))
    assert {(row.citation, places[row.direction]) for row in support.itertuples()} <= used


def test_without_the_synthesis_the_chapter_says_what_is_missing(tmp_path):
    chapter = open_chapter("4-applicability", lang="en", results=str(tmp_path))
    with pytest.raises(CompendiumError, match=r"'certainty' of the chapter '3-synthesis'"):
        chapter.load("3-synthesis", "certainty")
