"""Models crossed with what is known of their works, and keywords that stand together."""

import pandas as pd

from compendium import data, language
from review import synthesis
from review.synthesis import crossing_figures
from review.synthesis.keywords import same

KINDS = {"theory": "work_theories", "country": "work_countries", "method": "work_methods"}


def crossed(ties, facts, works):
    return synthesis.crossings(
        pd.DataFrame(ties, columns=["work", "model"]),
        {"method": pd.DataFrame(facts, columns=["work", "method", "provenance"])},
        pd.Series(works),
    )


def cell(cells, value, model):
    (found,) = cells[(cells["value"] == value) & (cells["model"] == model)].to_dict("records")
    return found


def test_a_work_with_two_methods_counts_in_two_cells():
    facts = [("a", "survey", "article_table"), ("a", "interviews", "article_table")]
    cells = crossed([("a", "living_labs")], facts, ["a"])
    assert list(cells["works"]) == [1, 1]


def test_two_grounds_of_a_tie_count_once():
    facts = [("a", "survey", "article_table"), ("a", "survey", "source_page")]
    cells = crossed([("a", "living_labs"), ("a", "living_labs")], facts, ["a"])
    assert cell(cells, "survey", "living_labs")["works"] == 1


def test_a_fact_that_only_the_source_says_is_told_apart():
    facts = [("a", "survey", "source_page"), ("b", "survey", "article_table")]
    cells = crossed([("a", "living_labs"), ("b", "living_labs")], facts, ["a", "b"])
    assert cell(cells, "survey", "living_labs") | {"works": 2, "article": 1, "keys": "a b"} == cell(
        cells, "survey", "living_labs"
    )


def test_a_work_without_a_fact_is_not_reported_and_not_left_out():
    cells = crossed([("a", "living_labs")], [("b", "survey", "article_table")], ["a", "b"])
    assert cell(cells, "not_reported", "living_labs")["keys"] == "a"


def test_a_work_without_a_model_stands_apart():
    cells = crossed([], [("a", "survey", "article_table")], ["a"])
    assert cell(cells, "survey", "")["works"] == 1


def test_every_work_is_in_every_kind_of_the_book():
    works = data.table("sources")["key"]
    facts = {kind: data.table(name) for kind, name in KINDS.items()}
    cells = synthesis.crossings(data.table("work_models"), facts, works)
    for _, own in cells.groupby("kind"):
        assert set(" ".join(own["keys"]).split()) == set(works)


def test_nothing_to_cross_is_a_figure_that_says_so():
    empty = {"method": pd.DataFrame(columns=["work", "method", "provenance"])}
    cells = synthesis.crossings(
        pd.DataFrame(columns=["work", "model"]), empty, pd.Series([], dtype="str")
    )
    assert crossing_figures.crossings(cells, []).alt == "Nothing here yet."


def test_spellings_that_differ_in_case_or_dash_are_one_keyword():
    assert same("University–Industry  Collaboration") == same("university-industry collaboration")
    assert same("university-industry cooperation") != same("university-industry collaboration")


def keywords(*rows):
    return pd.DataFrame(rows, columns=["work", "keyword"])


def test_a_shared_keyword_comes_first_as_its_first_work_spells_it():
    use = synthesis.keyword_use(keywords(("a", "Trust"), ("a", "Open data"), ("b", "open data")))
    assert use.to_dict("records")[:2] == [
        {"keyword": "Open data", "work": "a", "works": 2},
        {"keyword": "Open data", "work": "b", "works": 2},
    ]


def test_keywords_that_stand_together_in_two_works_make_one_pair_of_two():
    rows = [("a", "trust"), ("a", "ties"), ("b", "Trust"), ("b", "ties"), ("b", "policy")]
    pairs = synthesis.keyword_pairs(synthesis.keyword_use(keywords(*rows)))
    assert list(pairs["works"]) == [2, 1, 1]
    assert set(pairs.iloc[0][["first", "second"]]) == {"trust", "ties"}


def test_the_description_of_the_keywords_names_the_shared_ones():
    use = synthesis.keyword_use(data.table("source_keywords"))
    language.use("en")
    figure = crossing_figures.keywords(use, list(data.table("sources")["key"]))
    for keyword in use.loc[use["works"] > 1, "keyword"].unique():
        assert keyword in figure.alt
