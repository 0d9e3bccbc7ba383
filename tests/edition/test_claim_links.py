"""Links from sections to claims: after the section's own text, in the reader's language."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document

from compendium.edition import claim_links


def app(builder: str = "html", lang: str = "en"):
    return SimpleNamespace(
        builder=SimpleNamespace(name=builder, get_relative_uri=lambda page, to: f"{to}.html"),
        config=SimpleNamespace(compendium_language=lang),
    )


@pytest.fixture
def document() -> nodes.document:
    page = new_document("page")
    outer = nodes.section("", nodes.paragraph("", "own text"), ids=["screening-works"])
    outer += nodes.section("", nodes.paragraph("", "below"), ids=["no-claims"])
    page += outer
    return page


def added(document: nodes.document) -> nodes.raw:
    [raw] = document.findall(nodes.raw)
    return raw


def test_the_list_stands_after_the_sections_own_text(document):
    claim_links.add_links(app(), document, "2-screening")
    outer = document[0]
    assert [type(child).__name__ for child in outer] == ["paragraph", "raw", "section"]
    assert not list(outer[2].findall(nodes.raw))


def test_each_claim_is_a_link_to_its_row(document):
    claim_links.add_links(app(), document, "2-screening")
    assert 'href="claims.html#claim-sample_size"' in added(document).astext()
    assert "The whole sample is 17 sources." in added(document).astext()


def test_the_list_is_in_the_language_of_the_edition(document):
    claim_links.add_links(app(lang="ru"), document, "2-screening")
    assert "17 источников" in added(document).astext()


def test_on_the_single_page_one_link_leads_to_all_claims(document):
    claim_links.add_links(app("singlehtml"), document, "index")
    assert added(document).astext().count("href=") == 1
    assert f"#{claim_links.LIST}" in added(document).astext()
