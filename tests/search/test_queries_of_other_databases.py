"""A query of PubMed, Web of Science or Ovid is read in its own language, and not as Scopus's."""

from __future__ import annotations

import pytest

from compendium import new_review, project, review_plan
from compendium.pages import search
from compendium.search import platforms

PUBMED = {
    "id": "pubmed", "database": "PubMed",
    "text": '("walking"[MeSH Terms] OR walk*[tiab]) AND "work place"[Title/Abstract]',
}  # fmt: skip
WOS = {"id": "wos", "database": "Web of Science Core Collection", "text": "TS=(walk* AND work)"}
OVID = {"id": "ovid", "database": "MEDLINE (Ovid)",
        "text": "1. exp Walking/\n2. work.ti,ab.\n3. 1 and 2"}  # fmt: skip
EBSCO = {"id": "ebsco", "database": "CINAHL (EBSCO)", "text": '(MH "Walking") AND TI work'}
SCOPUS = {"id": "scopus", "database": "Scopus", "text": "TITLE-ABS-KEY ( walk* AND work )"}
EVERY = [PUBMED, WOS, OVID, EBSCO, SCOPUS]


@pytest.fixture(autouse=True)
def review(tmp_path):
    said = {"queries": [{"label": each["database"], **each} for each in EVERY]}
    with project.at(new_review.make(tmp_path / "review", "Trial", review_plan.of(said))):
        yield


def test_the_database_or_else_the_text_tells_the_language():
    assert [platforms.platform(each) for each in EVERY] == ["pubmed", "wos", "ovid", "", "scopus"]
    bare = [platforms.platform({"text": each["text"]}) for each in EVERY]
    assert bare == ["pubmed", "wos", "ovid", "", "scopus"]
    assert platforms.platform({"database": "MEDLINE", "text": PUBMED["text"]}) == "pubmed"


def test_no_rule_of_scopus_looks_at_another_database_s_query():
    found = search.findings_table(EVERY).to_csv()
    assert "another database" not in found and "Q1" not in found


def test_each_is_read_by_its_own_rules_and_what_an_export_is_asked_otherwise_is_told():
    ways = search.readings(EVERY)
    assert {name: len(found) for name, found in ways.items()} == {
        "pubmed": 1, "wos": 1, "ovid": 1, "ebsco": 0, "scopus": 1,
    }  # fmt: skip
    assert "TITLE-ABS" in ways["pubmed"][0].text
    shown = search.readings_table(ways, EVERY).to_csv()
    assert "Scopus does not explode a heading" in shown
    assert "all fields" not in shown, "PubMed's tags say where it looks"


def test_a_query_that_its_database_would_refuse_is_a_finding():
    broken = PUBMED | {"text": '("walking"[tiab] AND work[tiab]'}
    assert "never closed" in search.findings_table([broken]).to_csv()
    assert search.readings([broken]) == {"pubmed": []}


def test_what_nobody_here_can_read_is_shown_as_it_stands_and_said_to_be():
    page = search.printed(EVERY)._repr_html_()
    assert "(MH &quot;Walking&quot;) AND TI work" in page
    assert search.unread(EVERY) == "Shown as they stand, and not read: CINAHL (EBSCO)."
    assert search.unread([SCOPUS]) == ""


def test_only_scopus_s_words_are_coloured():
    page = search.printed([PUBMED, SCOPUS])._repr_html_()
    pubmed, _pre, scopus = page.partition("</pre>")
    assert 'class="ow"' not in pubmed and 'class="ow"' in scopus
