"""What the reader sees is the reader's language: plurals, numbers, countries, codes."""

from datetime import date

import pytest

from compendium import language
from compendium.errors import CompendiumError
from compendium.language import catalog, codebook

NBSP = "\u00a0"

RUSSIAN = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
"(n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "%d record"
msgid_plural "%d records"
msgstr[0] "%d запись"
msgstr[1] "%d записи"
msgstr[2] "%d записей"

msgid "Year"
msgstr "Год"
"""
KAZAKH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "%d record"
msgid_plural "%d records"
msgstr[0] "%d жазба"
msgstr[1] "%d жазба"
"""


@pytest.fixture
def interface(own):
    (own / "locales" / "ru" / "review.po").write_text(RUSSIAN, "utf-8")
    (own / "locales" / "kk" / "review.po").write_text(KAZAKH, "utf-8")
    (own / "locales" / "ru" / "data.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Free text"\nmsgstr "Свободный текст"\n',
        "utf-8",
    )


@pytest.mark.parametrize(
    ("code", "n", "shown"),
    [
        ("en", 1, "1 record"),
        ("en", 2, "2 records"),
        ("ru", 1, "1 запись"),
        ("ru", 3, "3 записи"),
        ("ru", 5, "5 записей"),
        ("ru", 11, "11 записей"),
        ("ru", 21, "21 запись"),
        ("kk", 1, "1 жазба"),
        ("kk", 17, "17 жазба"),
    ],
)
def test_a_counted_noun_takes_the_language_s_plural_form(interface, code, n, shown):
    language.use(code)
    assert language.ngettext("%d record", "%d records", n) % n == shown


def test_a_string_without_a_translation_stays_english(interface):
    language.use("ru")
    assert language._("Year") == "Год"
    assert language._("No such string") == "No such string"


def test_free_text_of_the_data_is_translated_and_empty_stays_empty(interface):
    language.use("ru")
    assert language.text("Free text") == "Свободный текст"
    # gettext would answer an empty message with the catalog's header.
    assert language.text("") == ""


def test_a_language_that_the_book_has_not_is_refused_with_those_it_has():
    with pytest.raises(CompendiumError, match=r"no language 'de'.*ru, en, kk"):
        language.use("de")
    assert language.current() == "en"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("en", "12,345.6"),
        ("ru", f"12{NBSP}345,6"),
        ("kk", f"12{NBSP}345,6"),
    ],
)
def test_numbers_have_the_language_s_comma_and_a_space_that_does_not_break(code, shown):
    language.use(code)
    assert language.number(12345.6) == shown


@pytest.mark.parametrize(
    ("code", "whole", "tenths"), [("en", "9,480", "9,480.5"), ("ru", "9480", "9480,5")]
)
def test_russian_groups_the_digits_from_five_on(code, whole, tenths):
    language.use(code)
    assert language.number(9480) == whole
    assert language.number(9480.5, 1) == tenths


@pytest.mark.parametrize(
    ("code", "shown"), [("en", "6–61%"), ("ru", f"6–61{NBSP}%"), ("kk", "6–61%")]
)
def test_a_range_of_shares_has_its_sign_once(code, shown):
    language.use(code)
    assert language.span(0.06, 0.614) == shown
    assert language.span(0.611, 0.612) == language.percent(0.61)


@pytest.mark.parametrize(
    ("code", "whole", "tenths"),
    [
        ("en", "45%", "45.0%"),
        ("ru", f"45{NBSP}%", f"45,0{NBSP}%"),
        ("kk", "45%", "45,0%"),  # CLDR's Kazakh has no space here
    ],
)
def test_a_percentage_is_written_as_the_language_does(code, whole, tenths):
    language.use(code)
    assert language.percent(0.45) == whole
    assert language.percent(0.45, digits=1) == tenths


def test_digits_fix_the_decimals_also_of_a_whole_number():
    assert language.number(3, digits=2) == "3.00"
    assert language.number(2.5, digits=0) in {"2", "3"}


@pytest.mark.parametrize(
    ("code", "shown"),
    [("en", "South Korea"), ("ru", "Республика Корея"), ("kk", "Оңтүстік Корея")],
)
def test_a_country_s_name_is_cldr_s(code, shown):
    language.use(code)
    assert language.country("KR") == shown


@pytest.mark.parametrize(("wrong", "near"), [("UK", "GB"), ("EL", "GR")])
def test_a_country_that_cldr_does_not_know_names_the_code_that_was_meant(wrong, near):
    with pytest.raises(CompendiumError) as error:
        language.country(wrong)
    assert str(error.value) == f"'{wrong}' is not an ISO 3166 code. Did you mean '{near}'?"


def test_a_country_unlike_any_is_refused_without_a_guess():
    with pytest.raises(CompendiumError, match=r"'Atlantis' is not an ISO 3166 code\.$"):
        language.country("Atlantis")


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_every_code_has_a_label_and_a_definition_in_every_language(code):
    language.use(code)
    for key in codebook.codebook():
        assert language.label(key), key
        assert language.definition(key), key


def test_an_unknown_code_names_its_nearest_and_the_file():
    with pytest.raises(CompendiumError) as error:
        language.label("living_lab")
    assert str(error.value).startswith("data/codebook.csv: The code 'living_lab' is not in the")
    assert "Did you mean 'living_labs'?" in str(error.value)


def test_a_list_and_a_date_read_as_the_language_writes_them():
    assert language.join(["a", "b", "c"]) == "a, b and c"
    assert language.day(date(2025, 9, 30)) == "30 September 2025"
    assert language.join([]) == ""
    language.use("ru")
    assert language.join(["а", "б"]) == "а и б"
    assert language.day(date(2025, 9, 30)) == f"30 сентября 2025{NBSP}г."
    language.use("kk")
    assert language.day(date(2025, 9, 30)) == f"2025{NBSP}ж. 30 қыркүйек"


def test_a_span_of_one_year_is_that_year():
    assert language.year_range(2015, 2025) == "2015–2025"
    assert language.year_range(2020, 2020) == "2020"


def test_a_marked_string_is_not_translated_yet(interface):
    language.use("ru")
    assert language.N_("Year") == "Year"
    assert catalog._("Year") == "Год"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Joint laboratories", "joint laboratories"),
        ("Living Labs", "Living Labs"),
        ("SMEs and grants", "SMEs and grants"),
        ("Kazakhstan’s technoparks", "Kazakhstan’s technoparks"),
        ("Бирлескен зертханалар", "бирлескен зертханалар"),
        ("", ""),
    ],
)
def test_a_label_is_small_inside_a_sentence_unless_it_is_a_name(name, said):
    assert language.inside(name) == said
