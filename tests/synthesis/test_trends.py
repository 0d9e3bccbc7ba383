"""Theories, trends and the gap: an open citation stays open, and silence is counted."""

import pandas as pd

from compendium import data
from review import synthesis
from review.synthesis import tables


def test_a_theory_read_at_two_places_of_one_work_is_one_row():
    rows = pd.DataFrame(
        {
            "theory": ["triple_helix", "triple_helix", "social_capital"],
            "work": ["a", "a", "a"],
            "place": ["table2:4", "", "table2:4"],
            "seen_at": ["", "https://example.org", ""],
        }
    )
    shown = synthesis.theories(rows)
    assert list(shown["theory"]) == ["triple_helix", "social_capital"]
    assert shown["read_at"][0] == [("table2:4", ""), ("", "https://example.org")]


def test_a_citation_without_a_known_work_is_shown_as_unknown():
    support = synthesis.trend_support(
        pd.DataFrame({"trend": ["applied_turn"], "statement": ["Turn"], "place": ["trends:5"]}),
        pd.DataFrame({"trend": ["applied_turn"] * 2, "citation": [20, 99]}),
        pd.DataFrame({"citation": [20], "work": [""], "confidence": ["unknown"]}),
    )
    assert support["support"][0] == [(20, "", "unknown"), (99, "", "unknown")]
    assert tables.trends(support)._repr_html_().count("unknown</span>") == 2


def test_every_citation_of_the_trends_is_shown():
    numbers = data.table("trend_citations")
    support = synthesis.trend_support(data.table("trends"), numbers, data.table("citations"))
    shown = [citation for cited in support["support"] for citation, *_ in cited]
    assert sorted(shown) == sorted(numbers["citation"])


def test_a_word_is_found_at_the_beginning_of_a_word_whatever_its_case():
    naming = synthesis.naming(
        "electronic",
        pd.DataFrame(
            {"key": ["a", "b", "c"], "title": ["Electronics today", "", "Microelectronics"]}
        ),
        pd.DataFrame({"work": ["b"], "keyword": ["the electronics industry"]}),
        pd.DataFrame({"work": ["c"], "category": ["applicability"], "value": ["electronics"]}),
    )
    assert naming.to_dict() == {"a": True, "b": True, "c": False}


def test_the_gap_of_the_data_counts_as_by_hand():
    extraction, studied = data.table("extraction"), data.table("work_countries")
    cells = synthesis.evidence_map(
        data.table("model_countries"), data.table("work_models"), studied
    )
    none = pd.Series(False, index=data.table("sources")["key"])
    told = data.table("work_findings")
    gap = synthesis.gap(extraction, studied, cells, none, told, "KZ").set_index("measure")
    assert gap.loc["own_country", "count"] == 0
    assert gap.loc["country_reported", "count"] == len(set(studied["work"]))
    effects = (extraction["category"] == "effects") & (extraction["status"] == "reported")
    by_article = effects & (extraction["provenance"] != "source_page")
    assert gap.loc["effects", "count"] == by_article.sum() < gap.loc["effects_read", "count"]
    assert (gap["count"] <= gap["of"]).all()
