"""The table of claims: rows that a script can filter, whole without it."""

from bs4 import BeautifulSoup

from compendium.claims import claims
from compendium.claims.claim_table import ClaimTable
from compendium.edition import claim_links


def page() -> BeautifulSoup:
    return BeautifulSoup(ClaimTable.of(claims.judged())._repr_html_(), "html.parser")


def test_every_claim_has_a_row_with_its_own_anchor():
    rows = page().select("tbody tr")
    assert [row["id"] for row in rows] == [f"claim-{v.claim.id}" for v in claims.judged()]
    assert not any(row.has_attr("hidden") for row in rows)


def test_the_filter_is_hidden_until_the_script_shows_it():
    form = page().select_one("form")
    assert form.has_attr("hidden")
    assert form.select_one("[role=status]").get_text() == ""
    assert all(field.find_parent("label") for field in form.select("input, select"))


def test_the_filter_offers_only_what_some_claim_has():
    [first, *_rest] = claims.judged()
    form = BeautifulSoup(ClaimTable.of([first])._repr_html_(), "html.parser").form
    values = [option["value"] for option in form.select("[name=verdict] option")]
    assert values == ["", first.result.verdict]


def test_without_claims_the_table_says_that_there_are_none():
    assert "nothing" in ClaimTable.of([])._repr_html_()


def test_the_file_has_a_line_for_every_claim():
    assert ClaimTable.of(claims.judged()).to_csv().count("\n") == len(claims.judged()) + 1


def test_sections_link_to_the_claims_that_they_use():
    sections = claim_links.used()
    assert "sample_size" in [claim.id for claim in sections["screening-works"]]
    assert sum(map(len, sections.values())) == sum(len(c.used) for c in claims.claims())
