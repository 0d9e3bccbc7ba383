"""Queries in colour."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Error, Keyword, Name, Number, Operator, String

from scopus_query.highlight import Listing, ScopusLexer


def kinds(text: str) -> dict:
    found = {}
    for _at, kind, part in ScopusLexer().get_tokens_unprocessed(text):
        found.setdefault(kind, []).append(part)
    return found


def test_each_part_of_a_query_has_its_colour():
    found = kinds('# why\nTITLE("open inno*" OR {R&D}) AND PUBYEAR > 2014 AND LIMIT-TO(OA, "all")')
    assert found[Comment] == ["# why"]
    assert found[Keyword] == ["TITLE", "PUBYEAR", "OA"]
    assert found[Operator.Word] == ["OR", "AND", "AND"]
    assert found[String.Double] == ['"open inno', '"', '"all"']
    assert found[String.Escape] == ["*"]
    assert found[String.Symbol] == ["{R&D}"]
    assert found[Number.Integer] == ["2014"]
    assert found[Name.Function] == ["LIMIT-TO"]


def test_a_word_that_is_also_a_code_is_a_word_unless_it_opens_a_field():
    assert Keyword not in kinds("title OR language")


def test_the_parenthesis_that_has_no_partner_is_marked_as_wrong():
    assert kinds("TITLE(a) OR b)")[Error] == [")"]


@given(st.text(alphabet='ab AND OR()"{}*?#/,><=14“”\n\t\\é', max_size=60))
def test_the_coloured_parts_are_the_query_in_its_order(text):
    parts = list(ScopusLexer().get_tokens_unprocessed(text))
    assert "".join(part for _at, _kind, part in parts) == text
    assert all(text[at : at + len(part)] == part for at, _kind, part in parts)


def test_pygments_finds_the_lexer_by_its_entry_point():
    assert isinstance(get_lexer_by_name("scopus"), ScopusLexer)


def test_a_listing_is_escaped_and_can_be_copied_without_its_colours():
    listing = Listing("TITLE(a) AND PUBYEAR < 2026")
    assert "&lt;" in listing._repr_html_()
    assert listing.to_text() == "TITLE(a) AND PUBYEAR < 2026"
