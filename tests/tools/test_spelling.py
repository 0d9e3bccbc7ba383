"""Spelling: the four checks find what they are for, and are silent on the book's own texts."""

import pytest
from tools import spelling
from tools.spelling import Passage

from compendium import project
from compendium.edition import catalogs
from compendium.edition.blocks import plain
from compendium.errors import CompendiumError
from tests.conftest import STRICT


@pytest.fixture(params=catalogs.translated())
def language(request):
    dictionary(request.param)
    return request.param


def dictionary(code):
    reason = spelling.missing(code)
    if reason and STRICT:
        pytest.fail(f"{reason} .ci/run should have installed it")
    if reason:
        pytest.skip(reason)


@pytest.fixture
def russian():
    dictionary("ru")


@pytest.fixture
def kazakh():
    dictionary("ru")
    dictionary("kk")


def test_the_book_s_texts_are_spelt_as_dictionary_and_accepted_forms_say(language):
    assert [str(finding) for finding in spelling.check(language)] == []


def test_a_misspelt_russian_word_is_found_with_its_place(russian):
    found = spelling.unknown_words("ru", [Passage("Систиматический обзор", "here")])
    assert found == {"Систиматический": ("here",)}


def test_a_misspelt_kazakh_word_is_found_though_its_right_form_is_only_accepted(kazakh):
    passages = [Passage("өнеркәсіп пен өнеркасіп", "here")]
    assert list(spelling.unknown_words("kk", passages)) == ["өнеркасіп"]


def test_an_accepted_form_may_begin_a_sentence_but_a_name_keeps_its_capital(kazakh, monkeypatch):
    monkeypatch.setattr(spelling, "accepted", lambda code: frozenset({"жжк", "Ххқ"}))
    passages = [Passage("Жжк жжк Ххқ ххқ", "")]
    assert list(spelling.unknown_words("kk", passages)) == ["ххқ"]


@pytest.mark.parametrize(
    "text",
    [
        "{glue:text}`hits` найдено",
        "поле `заголовак`",
        "[здесь](https://example.org/абвгд)",
        "найдено %(число)s и {count}",
        "Living Labs, 18 и 2,5",
    ],
)
def test_roles_code_addresses_and_numbers_are_not_words(russian, text):
    assert spelling.unknown_words("ru", [Passage(plain(text), "")]) == {}


def test_the_words_of_a_link_and_of_a_role_with_a_title_are_words(russian):
    text = plain("[здезь](https://a.org) и {ref}`тамь <label>`")
    assert sorted(spelling.unknown_words("ru", [Passage(text, "")])) == ["здезь", "тамь"]


def test_each_part_of_a_hyphenated_word_is_read(russian):
    assert list(spelling.unknown_words("ru", [Passage("контент-аналис", "")])) == ["аналис"]


def test_russian_left_in_a_kazakh_text_is_found(kazakh):
    found = spelling.left_in_russian(
        [Passage("Жүйелі шолу. Систематический обзор.", "a"), Passage("Поиск", "one word")]
    )
    assert [(passage.place, sentence) for passage, sentence in found] == [
        ("a", "Систематический обзор.")
    ]


def test_kazakh_without_its_own_letters_is_not_taken_for_russian(kazakh):
    assert spelling.left_in_russian([Passage("Авторлар тобы мен талдау", "")]) == []


@pytest.mark.parametrize("word", ["обзoр", "сурeт", "кітiп"])
def test_a_latin_letter_inside_a_cyrillic_word_is_found(word):
    assert spelling.mixed(f"Слово {word} здесь") == [word]


def test_latin_and_cyrillic_words_may_share_a_hyphen():
    assert spelling.mixed("UIC-модель, PRISMA блок-сұлбасы") == []


def test_without_hunspell_the_reason_is_said(monkeypatch):
    monkeypatch.setattr(spelling.shutil, "which", lambda name: None)
    spelling.missing.cache_clear()
    try:
        with pytest.raises(CompendiumError, match="hunspell is not installed"):
            spelling.misspelt("ru", ["слово"])
    finally:
        spelling.missing.cache_clear()


@pytest.mark.parametrize("code", catalogs.translated())
def test_the_accepted_forms_are_sorted_one_a_line(code):
    lines = project.path("locales", code, "accepted.txt").read_text("utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert all(spelling.words(line) == [line] for line in lines)


def test_accepting_forms_keeps_the_file_sorted(own):
    spelling.accept("ru", ["яяя", "ааа"])
    lines = (own / "locales" / "ru" / "accepted.txt").read_text("utf-8").splitlines()
    assert {"яяя", "ааа"} <= set(lines)
    assert lines == sorted(lines)
