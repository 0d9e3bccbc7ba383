"""Names, dates, pages, identifiers and codes, from what exports really hold."""

from __future__ import annotations

import pytest

from compendium.records import codes, dates, identifiers, names
from compendium.records.names import name
from tests.records.make import read


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Ferreira J.J.M.", "Ferreira, J.J.M."),
        ("Ferreira, J. J. M.", "Ferreira, J.J.M."),
        ("Ferreira, JJM", "Ferreira, J.J.M."),
        ("J. J. M. Ferreira", "Ferreira, J.J.M."),
        ("van der Berg A.", "van der Berg, A."),
        ("Leone Sciabolazza V.", "Leone Sciabolazza, V."),
        ("Jeong, G.-Y.", "Jeong, G.-Y."),
        ("Иванов И.И.", "Иванов, И.И."),
        ("И. И. Иванов", "Иванов, И.И."),
        ("Иванов И. И.", "Иванов, И.И."),
        ("van der Berg A. B. C.", "van der Berg, A.B.C."),
        ("Doe A B", "Doe, A.B."),
        ("Doe A.B", "Doe, A.B."),
        ("Doe JA 2nd", "Doe, J.A., 2nd"),
        ("Ғабитов Ә.Қ.", "Ғабитов, Ә.Қ."),
        ("Smith, Jr., John", "Smith, John, Jr."),
        ("Li, Wei", "Li, Wei"),
        ("World Health Organization", "World Health Organization"),
        ("de las Heras-Rosas C.", "de las Heras-Rosas, C."),
    ],
)
def test_a_name_has_one_form(written, normal):
    assert name(written) == normal
    assert name(normal) == normal


def test_a_spoken_name_keeps_its_particles_with_the_family_name():
    assert name("Anna van der Berg", given_first=True) == "van der Berg, Anna"
    assert name("Martin Luther King Jr.", given_first=True) == "King, Martin Luther, Jr."


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [("AUG 2", "2019", "2019-08-02"), ("AUG-SEP", "2019", "2019-08"),
     ("2018-2-13", "", "2018-02-13"),
     ("2021 Mar 5", "", "2021-03-05"), ("MAY 2021", "", "2021-05"), ("2019", "", "2019"),
     ("2020/03/01/", "", "2020-03-01"), ("SPR", "2010", "2010"), ("", "", ""), ("март 2020", "",
     "2020-03")],
)  # fmt: skip
def test_a_date_is_as_precise_as_its_text(text, of, expected):
    assert dates.date(text, of) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [("66", "83", "66–83"), ("1166-83", "", "1166–1183"), ("e4375", "e4375", "e4375"),
     ("pp 37-64", "", "37–64"), ("P1", "", "P1"), ("p. 5", "9", "5–9"), ("pp. iv", "", "pp. iv"),
     ("240", "267+355-356", "240–267+355-356"), ("12", "", "12"), ("", "", ""),
     ("31-null", "", "31"), ("NA -- NA", "", ""), ("5", "NA", "5")],
)  # fmt: skip
def test_pages_are_a_span(first, last, expected):
    assert dates.pages(first, last) == expected


@pytest.mark.parametrize(
    "written", ["10.5555/AbC", "https://doi.org/10.5555/abc", "doi:10.5555/ABC.", "10.5555%2Fabc"]
)
def test_a_doi_has_one_form(written):
    assert identifiers.doi(written) == "10.5555/abc"


def test_a_text_without_a_doi_has_none():
    assert identifiers.doi("not available") == ""


def test_issns_and_isbns_are_told_apart():
    assert identifiers.issns("01664972; 1879-238x") == ("0166-4972", "1879-238X")
    assert identifiers.isbns("978-3-540-72590-9; 3540725903") == ("9783540725909", "3540725903")
    assert identifiers.issns("9783540725909") == ()


@pytest.mark.parametrize("text", ["English", "eng", "en", "EN", "en-US", "английский"])
def test_a_language_has_one_code(text):
    assert codes.languages(text) == ("en",)


def test_several_languages_are_several_codes():
    assert codes.languages("English; Kazakh;Russian") == ("en", "kk", "ru")


@pytest.mark.parametrize(
    ("text", "code"),
    [("Article", "article"), ("Article; Early Access", "article"), ("Journal Article", "article"),
     ("Article; Proceedings Paper", "conference_paper"), ("Systematic Review", "review"),
     ("Poem", "poem")],
)  # fmt: skip
def test_a_document_type_has_one_code_and_an_unknown_one_keeps_its_word(text, code):
    assert codes.code("document_type", text) == code


def test_a_name_that_is_only_a_comma_is_left_out():
    assert names.names([",", " ; ", "Ferreira, J.J.M."]) == ("Ferreira, J.J.M.",)


def test_an_export_with_an_empty_name_is_read(tmp_path):
    file = tmp_path / "records.ris"
    file.write_text("TY  - JOUR\nTI  - A title\nAU  - ,\nED  - ,\nER  - \n")
    (record,), _account = read(file)
    assert record.authors == record.editors == ()
