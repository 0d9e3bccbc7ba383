"""What Scopus finds: one record, one query, one answer, by the plain reference."""

from __future__ import annotations

import pytest

from scopus_query import columns, normal
from scopus_query.errors import ScopusQueryError
from scopus_query.evaluate import evaluate, matches
from scopus_query.parse import parse
from scopus_query.variants import form


def record(**cells):
    return columns.record({key: str(value) for key, value in cells.items()})


def ask(query: str, **cells):
    return evaluate(parse(query), record(**cells))


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ('TITLE("university-industry")', "University industry ties"),
        ('TITLE("university industry")', "University–industry ties"),
        ('TITLE("r&d costs")', "R & D: costs"),
        ("TITLE(criterion)", "Criteria of choice"),
        ("TITLE(firm)", "The firm's assets"),
        ("TITLE(firm)", "The firms’ assets"),
        ("TITLE(strategies)", "A strategy"),
        ("TITLE(organisation)", "Organizations"),
        ("TITLE(organization)", "Organisational and organisations"),
        ("TITLE(behavior)", "Behaviour"),
        ("TITLE(programme)", "Programs"),
        ("TITLE(commercialization)", "Commercialisation"),
        ("TITLE(beta)", "β-catenin"),
        ("TITLE(β)", "Beta blockers"),
        ("TITLE(case)", "Cases"),
        ("TITLE(process)", "Processes"),
        ("TITLE(virus)", "Viruses"),
        ("TITLE(innovat*)", "Innovative firms"),
        ("TITLE(organi?ation)", "An organisation"),
        ('TITLE("open innovat*")', "Open innovations"),
        ('TITLE("open * system")', "Open innovation systems system"),
        ("TITLE({R&D})", "R&D costs"),
        ("TITLE({the firm})", "Of the firm"),
        ("TITLE(of the firm)", "Firm"),
        ("TITLE(heart W/1 attack)", "Attack of the heart heart attack"),
        ("TITLE(heart PRE/0 attack)", "Heart attack"),
        ("TITLE((a1 OR b1) W/1 (c1 OR d1))", "d1 x b1"),
        ("TITLE(a1 W/0 b1 W/0 c1)", "c1 a1 b1"),
        ("TITLE(state-of-the-art)", "State of the art"),
        ("TITLE(don't)", "We don’t know"),
    ],
)
def test_scopus_finds(query, title):
    assert ask(query, title=title) is True


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("TITLE(for)", "four"),
        ("TITLE(filed)", "The cup is filled now"),
        ("TITLE(innovation)", "Innovative"),
        ('TITLE("university industry")', "university and industry"),
        ('TITLE("of the firm")', "of firm"),
        ("TITLE({R&D})", "R & D"),
        ("TITLE({innovation*})", "innovations"),
        ("TITLE({organisation})", "organization"),
        ("TITLE(organi?ation)", "organiation"),
        ("TITLE(heart PRE/3 attack)", "attack of the heart"),
        ("TITLE(heart W/1 attack)", "attack of the heart"),
        ("TITLE(innovation W/5 innovation)", "innovation"),
        ("TITLE(art)", "state-of-the-artist"),
    ],
)
def test_scopus_does_not_find(query, title):
    if query == "TITLE(for)":
        query = 'TITLE("for")'
    assert ask(query, title=title) is False


def test_a_missing_abstract_is_unknown_not_false():
    assert ask("TITLE-ABS-KEY(cat)", title="Dogs", keywords="pets") is None
    assert ask("TITLE-ABS-KEY(cat)", title="Cats", keywords="pets") is True
    assert ask("TITLE-ABS-KEY(cat)", title="Dogs", abstract="Dogs.", keywords="pets") is False


def test_an_abstract_that_says_there_is_none_is_missing():
    assert ask("ABS(cat)", title="x", abstract="[No abstract available]") is None


def test_not_of_unknown_is_unknown_and_false_decides():
    assert ask("TITLE(dog) AND NOT ABS(cat)", title="Dogs") is None
    assert ask("TITLE(cow) AND NOT ABS(cat)", title="Dogs") is False


def test_a_phrase_does_not_cross_from_one_keyword_into_the_next():
    cells = {"author_keywords": "open; innovation policy"}
    assert ask('AUTHKEY("open innovation")', **cells) is False
    assert ask("AUTHKEY(open W/9 innovation)", **cells) is False
    assert ask('AUTHKEY("innovation policy")', **cells) is True


def test_an_exact_keyword_is_the_whole_keyword():
    cells = {"author_keywords": "open innovation policy; R&D"}
    assert ask('LIMIT-TO(EXACTKEYWORD, "open innovation")', **cells) is False
    assert ask('LIMIT-TO(EXACTKEYWORD, "Open Innovation Policy")', **cells) is True


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("PUBYEAR > 2014", True), ("PUBYEAR > 2015", False), ("PUBYEAR = 2015", True),
        ("PUBYEAR < 2015", False), ('LIMIT-TO(PUBYEAR, 2015)', True),
        ('LIMIT-TO(DOCTYPE, "ar")', True), ("DOCTYPE(article)", True), ("DOCTYPE(re)", False),
        ('EXCLUDE(DOCTYPE, "re")', True), ('LIMIT-TO(LANGUAGE, "English")', True),
        ("LANGUAGE(french)", True), ("LANGUAGE(russian)", False), ('LIMIT-TO(OA, "all")', True),
        ("OPENACCESS(1)", True), ('LIMIT-TO(PUBSTAGE, "final")', True), ("PUBSTAGE(aip)", False),
        ('LIMIT-TO(SUBJAREA, "BUSI")', None), ("AU-ID(7)", None), ("REFPUBYEAR > 2000", None),
        ('EXCLUDE(DOCTYPE, "ar") OR EXCLUDE(DOCTYPE, "re")', False),
        ('LIMIT-TO(DOCTYPE, "ar") OR EXCLUDE(LANGUAGE, "French")', False),
    ],
)  # fmt: skip
def test_filters(query, expected):
    found = ask(query, title="x", year=2015, document_type="Article", language="English; French",
                open_access="All Open Access, Green", stage="Final")  # fmt: skip
    assert found is expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("REF(darwin 1859)", True), ("REF(darwin AND 1860)", False),
        ("REF(darwin) AND REF(1860)", True), ("REF(darwin AND REFPUBYEAR IS 1859)", True),
        ("REF(REFAUTH(darwin) AND REFTITLE(origin OR other))", True),
        ('REF("origin of species" AND species)', True), ("REF(darwin AND darwin*)", True),
        ("AFFIL(london AND hospital)", False), ("AFFIL(london) AND AFFIL(hospital)", True),
        ("AFFIL(AFFILCITY(london) AFFILORG(university))", True),
        ("AU-ID(57)", True), ("AU-ID(Smith, J. 57)", True), ("AU-ID(5)", False),
        ("AUTHOR-NAME(smith, j)", True), ("AUTHOR-NAME(smith, a)", False),
    ],
)  # fmt: skip
def test_what_stands_in_one_field_stands_in_one_entry(query, expected):
    found = ask(query, references="Darwin C. (1859) On the origin of species; Wallace (1860) Other",
                affiliations="University, London; Hospital, Leeds", author_ids="57; 58",
                authors="Smith, John; Doe, A.")  # fmt: skip
    assert found is expected


def test_a_query_of_stop_words_alone_is_refused():
    with pytest.raises(ScopusQueryError, match="stop words"):
        ask("TITLE(the)", title="x")


def test_and_inside_a_proximity_is_refused():
    with pytest.raises(ScopusQueryError, match="AND stands inside"):
        ask("TITLE((a1 AND b1) W/3 c1)", title="x")


def test_a_match_names_its_leaf_its_field_and_its_characters():
    held = record(title="R&D in Universities", abstract="The university–industry gap.")
    found = matches(parse('TITLE-ABS-KEY("university industry" OR university)'), held)
    shown = [(m.node.text, m.column, held[m.column][m.start : m.end]) for m in found]
    assert shown == [
        ("university industry", "abstract", "university–industry"),
        ("university", "title", "Universities"),
        ("university", "abstract", "university"),
    ]


def test_what_is_left_out_is_not_explained_as_a_match():
    found = matches(parse("TITLE(dog) AND NOT TITLE(cat)"), record(title="Dog and cat"))
    assert [m.node.text for m in found] == ["dog"]


@pytest.mark.parametrize("text", ["x_y a|b c/d", "  (open) — “R&D”  ", "½ № ﬁnance", "", "; ;"])
def test_marks_hold_no_more_blanks_than_words(text):
    forms, marks = normal.both(text)
    assert len(forms.split(" ")) <= len(marks.split(" ")) <= len(forms.split(" ")) + 1
    assert all(part == "|" or part.count("/") == 2 for part in marks.split())


@pytest.mark.parametrize(
    "words", ["analysis analyses", "index indices", "enterprise enterprises", "licence licenses",
              "hypothesis hypotheses", "database databases", "approach approaches",
              "labour labor", "modelling modeling", "policy policies", "tie ties"],
)  # fmt: skip
def test_forms_of_a_word_are_one(words):
    assert len({form(word) for word in words.split()}) == 1


@pytest.mark.parametrize("words", ["four for", "filled filed", "prise prize", "news new",
                                   "species specie", "process procession"])  # fmt: skip
def test_different_words_keep_their_forms(words):
    assert len({form(word) for word in words.split()}) == 2
