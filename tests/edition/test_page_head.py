"""What a page tells machines: plain text, absolute addresses, authors as they are cited."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document

from compendium.edition import page

EDITION = {
    "title": "A book", "lang": "en", "year": 2026, "keywords": ["a"], "pdf": "book-en.pdf",
    "cited_authors": [("A. Bekova", True), ("The team", False)], "site_url": "",
}  # fmt: skip
PUBLISHED = EDITION | {"site_url": "https://example.org/"}


def highwire(edition, file="1-search.html"):
    return dict(page._highwire(edition, "Search", file))


def test_authors_are_those_of_the_citation_file():
    named = [told for name, told in page._highwire(EDITION, "Search", "a.html")
             if name == "citation_author"]
    assert named == ["A. Bekova", "The team"]
    authors = page._json_ld({"edition": EDITION, "description": ""}, "Search", "index.html")[
        "author"
    ]
    assert [author["@type"] for author in authors] == ["Person", "Organization"]


def test_addresses_are_absolute_or_left_out():
    assert highwire(PUBLISHED)["citation_pdf_url"] == "https://example.org/en/book-en.pdf"
    assert highwire(PUBLISHED)["citation_public_url"] == "https://example.org/en/1-search.html"
    assert not {"citation_pdf_url", "citation_public_url"} & set(highwire(EDITION))


def test_the_structured_data_of_a_published_book_name_its_pdf():
    told = page._json_ld({"edition": PUBLISHED, "description": ""}, "A book", "index.html")
    assert told["encoding"]["contentUrl"] == "https://example.org/en/book-en.pdf"
    chapter = page._json_ld({"edition": PUBLISHED, "description": ""}, "Search", "1-search.html")
    assert chapter["url"] == "https://example.org/en/1-search.html"


@pytest.mark.parametrize("title", ["1. <em>Search</em> &amp; more", "1. Search &amp; more"])
def test_a_title_has_no_markup(monkeypatch, title):
    app = SimpleNamespace(config=SimpleNamespace(compendium_language="en"))
    context = {"edition": {**EDITION, "description": "Told."}, "title": title}
    page.page_context(app, "1-search", "page.html", context, None)
    assert dict(context["citation_meta"])["citation_title"] == "1. Search & more"
    assert '"name": "1. Search & more"' in context["json_ld"]


def test_the_description_is_the_first_paragraph_cut_behind_a_word():
    told = new_document("told")
    told += nodes.title("", "A chapter")
    told += nodes.paragraph("", f"Who  has read\n{'what ' * 60}")
    told += nodes.paragraph("", "More.")
    text = page._first_paragraph(told)
    assert text.startswith("Who has read what ") and text.endswith(" what…")
    assert page._DESCRIPTION - 5 <= len(text) <= page._DESCRIPTION + 1
    told.children[1].replace_self(nodes.paragraph("", "Short."))
    assert page._first_paragraph(told) == "Short."
