"""What the works found: only results count, and directions are compared, never added up."""

import pandas as pd
import pytest

from compendium import data
from review import synthesis
from review.synthesis import finding_figures, tables
from review.synthesis.findings import SIDES


@pytest.fixture
def findings():
    return data.table("work_findings")


def row(**cells):
    return {
        "work": "a2020", "outcome": "out_market", "acting": "act_funding",
        "direction": "supports", "voice": "voice_authors", "candidate": False,
    } | cells  # fmt: skip


def test_a_premise_an_observation_and_an_uncertain_paper_are_no_effect():
    frame = pd.DataFrame([
        row(),
        row(voice="voice_premise"),
        row(voice="voice_ours"),
        row(candidate=True),
        row(direction="no_direction"),
        row(outcome=""),
    ])
    assert len(synthesis.effects(frame)) == 1


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([row()], "one_work"),
        ([row(), row(work="b2021")], "same_direction"),
        ([row(), row(work="b2021", direction="hinders")], "both_directions"),
        ([row(), row(direction="no_effect")], "both_directions"),
    ],
)
def test_agreement_needs_two_works_and_one_direction(rows, verdict):
    assert synthesis.agreement(pd.DataFrame(rows))["verdict"].tolist() == [verdict]


def test_every_effect_stands_once_in_the_table_of_agreement(findings):
    told = synthesis.effects(findings)
    assert synthesis.agreement(told)[list(SIDES)].to_numpy().sum() == len(told) > 0


def test_contradictions_come_before_what_is_left_out(findings):
    order = synthesis.beside_article(findings)["beside_article"].drop_duplicates().tolist()
    assert order == ["beside_contradicted", "beside_omitted", "beside_differs"]


@pytest.mark.parametrize("work", ["steinmo2018", "walsh2016", "hou2019", "mahdad2020",
                                  "shvetsova2021"])  # fmt: skip
def test_the_works_that_the_article_tells_in_part_are_shown(findings, work):
    assert work in set(synthesis.beside_article(findings)["work"])


def test_an_outcome_has_a_cause_and_a_cause_an_outcome(findings):
    assert ((findings["outcome"] == "") == (findings["acting"] == "")).all()


def test_items_of_a_tool_stand_in_its_own_order():
    items = list(synthesis.answers(data.table("work_appraisal"), "mmat_2018").index)
    assert items[:4] == ["mmat_s1", "mmat_s2", "mmat_1_1", "mmat_1_2"]
    reviews = synthesis.answers(data.table("work_appraisal"), "jbi_reviews")
    assert reviews.index[-1] == "jbi_11"


def test_every_identified_work_is_appraised_once_an_item():
    appraised = set(data.table("work_appraisal")["work"])
    assert appraised == set(data.table("sources")["key"]) - {"hansen2020"}


def test_the_plot_says_in_words_what_it_draws(findings):
    told = synthesis.effects(findings)
    figure = finding_figures.effect_directions(told)
    assert figure.alt.startswith(f"Effect-direction plot of {len(told)} findings.")
    assert "Hou et al. 2019, universities: little or no effect" in figure.alt


def test_the_appraisal_is_drawn_without_a_score():
    figure = finding_figures.appraisal(
        synthesis.answers(data.table("work_appraisal"), "jbi_reviews")
    )
    assert "Cannot tell: 49" in figure.alt and "%" not in figure.alt


def test_a_finding_is_shown_with_what_was_read_and_the_day(findings):
    assert "Abstract, 2026-11-28" in tables.beside_article(
        synthesis.beside_article(findings)
    ).to_csv()
