"""The glossary, and its enforcement: it must be able to fail, and stay silent when all is well."""

import csv

import pytest
from tools import glossary

from compendium import project
from compendium.edition import catalogs


def kinds(english, translation, language, free=frozenset()):
    return [kind for kind, _ in glossary.problems(english, translation, language, free)]


@pytest.mark.parametrize(
    ("language", "english", "translation"),
    [
        ("ru", "Two systematic reviews.", "Результаты двух систематических обзоров."),
        ("ru", "Screening by title and abstract", "При отборе по названию и аннотации"),
        ("ru", "The threshold of uncertainty", "Порогом неопределённости"),
        ("ru", "Levels", "Уровней"),
        ("ru", "An internship", "Много стажировок"),
        ("ru", "Criteria", "По критериям"),
        ("kk", "Systematic reviews", "Жүйелі шолулардың нәтижелері"),
        ("kk", "in the databases", "дерекқорларынан"),
        ("kk", "of the industry", "өнеркәсібінің"),
        ("kk", "Collaboration", "ынтымақтастығын"),
        ("kk", "Models", "бес моделінің"),
        ("kk", "The enterprises", "Кәсіпорнына"),
        ("kk", "University capacity", "ЖОО әлеуеті"),
    ],
)
def test_an_inflected_term_is_recognised(language, english, translation):
    assert kinds(english, translation, language) == []


@pytest.mark.parametrize(
    ("language", "english", "translation"),
    [
        ("ru", "A systematic review.", "Обзор."),
        ("ru", "Inclusion criteria", "Условия включения"),
        ("kk", "A systematic review.", "Әдебиетке шолу."),
        ("kk", "Bibliographic databases", "Библиографиялық дереккөздер"),
        ("kk", "uncertainty", "анықсыздық"),
        ("kk", "Share", "Акция"),
    ],
)
def test_another_word_than_the_glossary_s_is_found(language, english, translation):
    assert "term" in kinds(english, translation, language)


def test_a_finding_names_the_term_and_what_was_expected():
    ((kind, detail),) = glossary.problems("The query text", "Текст", "ru")
    assert kind == "term"
    assert "'query text'" in detail
    assert "текст запроса" in detail


def test_a_long_term_is_not_asked_for_by_its_parts():
    english = "the electronics industry"
    assert kinds(english, "электронная промышленность", "ru") == []
    assert len(kinds(english, "нечто", "ru")) == 1


def test_an_everyday_word_is_asked_for_only_where_it_stands_alone():
    assert kinds("We search at the level of words.", "Ищем по словам.", "ru") == []
    assert kinds("## Search", "## Нахождение", "ru") == ["term"]


def test_english_with_two_senses_accepts_either():
    assert kinds("industry", "отрасли", "ru") == []
    assert kinds("industry", "промышленностью", "ru") == []
    assert kinds("industry", "индустрия", "ru") == ["term"]


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("kk", "Скринингтен"),
        ("kk", "аннотациясы"),
        ("kk", "Кілт сөздер"),
        ("kk", "мәліметтер базасынан"),
        ("kk", "үкімі"),
        ("ru", "Энейблеров"),
        ("ru", "ноутбуки"),
    ],
)
def test_a_refused_word_is_found_in_any_form(language, word):
    assert "avoid" in kinds("Anything", f"Бұл {word}.", language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "Үкімет отырысы"),
        ("kk", "коммерцияландыру"),
        ("kk", "технология трансферінің"),
        ("kk", "дәнекерлеу"),
        ("ru", "Искать и обосновать"),
        ("ru", "семь работ"),
    ],
)
def test_a_word_that_only_begins_like_a_refused_one_is_fine(language, text):
    assert kinds("Anything", text, language) == []


def test_a_comment_of_the_entry_lets_a_term_through():
    free = glossary._waived(["glossary: screening, скрининг", "another comment"])
    assert kinds("Screening", "Скрининг", "kk") == ["term", "avoid"]
    assert kinds("Screening", "Скрининг", "kk", free) == []


def test_terms_inside_code_and_roles_are_not_terms():
    assert kinds("`systematic review` of {cite}`industry`", "ничего", "ru") == []


def test_an_untranslated_message_is_not_the_glossary_s_business():
    assert kinds("A systematic review", "", "ru") == []


def test_every_row_has_its_translations_and_a_rule():
    with project.path("locales", "glossary.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= 310
    for row in rows:
        assert row["en"] and row["ru"] and row["kk"] and row["attested"], row
        assert row["enforced"] in {"yes", "alone", "no"}, row
        assert "http" not in ",".join(row.values()), row


@pytest.mark.parametrize("language", catalogs.translated())
def test_the_glossary_obeys_itself(language):
    for term in glossary.terms():
        text = term.translations[language]
        assert [k for k, d in glossary.problems("-", text, language)] == [], text


@pytest.mark.parametrize("language", catalogs.translated())
def test_the_catalogs_and_the_codebook_keep_to_the_glossary(language):
    assert [str(finding) for finding in glossary.check(language)] == []
