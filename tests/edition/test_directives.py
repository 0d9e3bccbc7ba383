"""A folded figure: on a page under its caption, on the single page in full."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document

from compendium.edition import directives


def app(builder: str):
    return SimpleNamespace(
        builder=SimpleNamespace(name=builder, format="html"),
        env=SimpleNamespace(toc_fignumbers={"page": {"table": {"tab-a": (7,)}}}),
        config=SimpleNamespace(numfig_format={"table": "Table %s", "figure": "Figure %s"}),
    )


@pytest.fixture
def page() -> nodes.document:
    document = new_document("page")
    for classes in (["table", "fold"], ["table"]):
        caption = nodes.caption("", "", nodes.Text("Rows & columns"))
        document += directives.glued_table("", caption, ids=["tab-a"], classes=classes)
    return document


def test_a_folded_table_lies_in_a_fold_that_its_number_and_caption_open(page):
    directives.fold(app("html"), page, "page")
    opening, table, closing, other = page.children
    assert opening.astext() == (
        '<details class="fold"><summary><b>Table 7</b> Rows &amp; columns</summary>'
    )
    assert closing.astext() == "</details>"
    assert "fold" in table["classes"] and "fold" not in other["classes"]


def test_a_container_lies_in_a_fold_that_its_first_paragraph_opens():
    document = new_document("page")
    title, method = nodes.paragraph("", "Rule & method"), nodes.paragraph("", "By a rule.")
    document += nodes.container("", title, method, classes=["fold"])
    directives.fold(app("html"), document, "page")
    opening, container, closing = document.children
    assert opening.astext().endswith("<summary><b>Rule &amp; method</b></summary>")
    assert container.astext() == "By a rule." and closing.astext() == "</details>"


def test_the_single_page_that_the_pdf_is_made_of_folds_nothing(page):
    directives.fold(app("singlehtml"), page, "page")
    assert len(page.children) == 2


def test_a_link_to_a_file_is_named_by_the_number_of_its_table_and_says_no_caption_again(page):
    table = page.children[0]
    table += nodes.reference("", "CSV", refuri="downloads/page/a.csv", classes=["download"])
    directives.name_downloads(app("html"), page, "page")
    assert table.children[-1].astext() == (
        '<a class="download" href="downloads/page/a.csv" '
        'aria-label="CSV: Table 7">CSV</a>'
    )
