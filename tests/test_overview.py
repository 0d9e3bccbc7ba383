"""The front page: what is counted for it, what it offers, and references."""

import pandas as pd
import pytest

from compendium import data, language, project
from review import key_findings, overview


@pytest.fixture(autouse=True)
def _english():
    language.use("en")
    yield
    language.use("en")


def summary(**changes):
    rows = {
        "model": ["living_labs", "intermediaries"], "works": ["w1 w2", "w2"],
        "country_for": [1, 0], "country_mixed": [4, 0], "country_against": [2, 3],
        "country_set_aside": [0, 2],
        "coded": [0.25, 0.75], "known": [4, 8], "criteria": [15, 15],
        "certainty": ["cert_low", "cert_low"],
    }  # fmt: skip
    return pd.DataFrame({**rows, **changes})


def test_a_work_that_tells_of_two_models_counts_once():
    told, _picture = key_findings.works(summary(), reviewed=5)
    assert told.startswith("Of the 5 works that the article reviewed, 2 report")


def test_one_level_of_confidence_for_all_models_is_said_as_one():
    assert "is low for every model" in key_findings.works(summary(), 5)[0]


def test_different_levels_of_confidence_are_each_counted():
    told, _picture = key_findings.works(summary(certainty=["cert_low", "cert_high"]), 5)
    assert "low – 1" in told and "high – 1" in told


def test_a_model_without_a_work_counts_none():
    assert "Of the 5 works that the article reviewed, 0 report" in key_findings.works(
        summary(works=[None, None]), 5
    )[0]


def test_conditions_are_counted_by_reading():
    offers = pd.DataFrame({"reading": ["hinders", "hinders", "mixed", "unknown"]})
    told, picture = key_findings.conditions(offers)
    assert "4 conditions" in told
    assert "against 2, mixed on 1, in favour of 0 and missing for 1" in told
    assert "Unknown: 1" in picture.alt


def test_cases_are_counted_by_state():
    cases = pd.DataFrame({
        **{state: [1, 0] for state in key_findings.STATES}, "supports": [0, 1], "hinders": [2, 0],
    })  # fmt: skip
    told, _picture = key_findings.cases(cases)
    assert told.startswith("We found 5 cases of the models in the country: 1 active, 1 ended")
    assert "in 1, against it in 2, and neither way in 2" in told


def test_the_short_summary_has_a_row_a_model():
    html = key_findings.in_short(summary())._repr_html_()
    assert html.count('<th scope="row">') == 2
    assert "Living Labs<br>" in html and "1 : 4 : 2" in html and "4 of 15" in html and "25%" in html


def test_every_direction_stands_with_whom_it_addresses_and_with_the_model_that_it_adapts():
    recommendations = data.table("recommendations")
    lists = overview.actions(recommendations, data.table("direction_models")).lists
    assert list(lists) == ["State", "Universities", "Business"]
    assert sum(map(len, lists.values())) == len(recommendations)
    assert "Joint grant programmes with simpler access for SMEs (adapts state programmes)" in (
        lists["State"]
    )
    assert "Dual education and engineering internships (adapts no model)" in lists["Business"]


def test_claims_and_those_confirmed_are_counted():
    verdicts = pd.DataFrame({"verdict": ["confirmed", "differs", "confirmed", "unclear"]})
    assert overview.certainty(verdicts) == {
        "overview_claims": 4, "overview_confirmed": 2, "overview_differing": 1, "overview_open": 1,
    }  # fmt: skip


@pytest.mark.parametrize("code", ["en", "ru", "kk"])
def test_the_buttons_lead_to_the_pdfs_of_the_language(code):
    language.use(code)
    hrefs = [href for _said, href in overview.buttons().items]
    assert hrefs[:3] == [f"{it}-{code}.pdf" for it in ("brief", "report", "compendium")]


def test_the_article_is_cited_in_the_readers_language_or_its_own():
    article = data.document("article")
    assert "Khasenova" in overview.cite_article(article)
    language.use("kk")
    assert "Хасенова" in overview.cite_article(article)
    assert "81–90" in overview.cite_article(article)


def test_the_compendium_is_cited_with_the_version_of_its_data():
    cited = overview.cite_compendium()
    year = project.current().book.published().year
    assert data.package()["version"] in cited and str(year) in cited


def test_no_evidence_is_told_as_none():
    none = summary(country_for=[0, 0], country_mixed=[0, 0], country_against=[0, 0],
                   country_set_aside=[0, 0])  # fmt: skip
    assert key_findings.set_aside(none).endswith("no evidence counts.")


def test_evidence_that_a_third_reading_set_aside_is_not_told_as_none():
    told = key_findings.set_aside(summary(country_against=[2, 0]))
    assert "for intermediary structures (2 pieces), a third reading set aside" in told
