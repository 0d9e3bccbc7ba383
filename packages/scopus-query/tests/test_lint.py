"""Each lint rule marks what it is for, and leaves alone what it is not for."""

from __future__ import annotations

import re
import sys
from itertools import permutations

import pytest

from scopus_query import rule_pages, rule_sources
from scopus_query.evaluate import evaluate
from scopus_query.lint import lint
from scopus_query.parse import parse
from scopus_query.rules import RULES, apply, grouped
from scopus_query.tree import normal

# code: (a query that the rule marks, the marked stretch, a query that it leaves alone)
CASES = {
    "Q301": ("TITLE(a) AND (b OR c)", "(b OR c)", "TITLE(a) AND ALL(b OR c) AND PUBYEAR > 2014"),
    "Q306": ("TITLE(a W/3 b PRE/3 c)", "a W/3 b PRE/3 c", "TITLE(a W/3 b W/3 c)"),
    "Q307": ("TITLE((a AND b) W/3 c)", "(a AND b)", "TITLE((a OR b) W/3 c)"),
    "Q308": ('TITLE("co-creation" OR "co creation")', '"co creation"', 'TITLE("co-x" OR "cox")'),
    "Q309": ("TITLE(innovation OR innovat*)", "innovation", "TITLE(innovation OR invent*)"),
    "Q310": ("TITLE(criterion OR criteria)", "criteria", "TITLE(criterion OR critic)"),
    "Q311": ("TITLE({open innov*})", "{open innov*}", "TITLE({open innovation})"),
    "Q312": ('TITLE("open innov*")', '"open innov*"', "TITLE(innov*)"),
    "Q313": ("TITLE(in*)", "in*", "TITLE(inn*)"),
    "Q314": ('TITLE("research AND development")', '"research AND development"',
             'TITLE("research and development")'),
    "Q315": ("TITLE(a AND PUBYEAR > 2014)", "PUBYEAR > 2014", "TITLE(a) AND PUBYEAR > 2014"),
    "Q317": ("TITLE(a) AND PUBYEAR > 2020 AND PUBYEAR < 2021", "PUBYEAR > 2020 AND PUBYEAR < 2021",
             "TITLE(a) AND PUBYEAR > 2019 AND PUBYEAR < 2021"),
    "Q318": ("TITLE(the AND model)", "the", 'TITLE("the model")'),
    "Q319": ("TITLE(a AND NOT b)", "b", "TITLE(a) AND NOT DOCTYPE(ed)"),
    "Q320": ('TITLE(a) AND LIMIT-TO(DOCTYPE, "article")', 'LIMIT-TO(DOCTYPE, "article")',
             'TITLE(a) AND LIMIT-TO(DOCTYPE, "ar")'),
    "Q321": ("TITLE(ABS(a))", "ABS(a)", "AFFIL(AFFILCITY(a) AND AFFILORG(b))"),
    "Q322": ("TITLE(a) AND (LIMIT-TO(PUBYEAR, 2018) OR LIMIT-TO(PUBYEAR, 2020))",
             "(LIMIT-TO(PUBYEAR, 2018) OR LIMIT-TO(PUBYEAR, 2020))",
             "TITLE(a) AND (LIMIT-TO(PUBYEAR, 2018) OR LIMIT-TO(PUBYEAR, 2019))"),
    "Q323": ('TITLE(a) AND LIMIT-TO(LANGUAGE, "Englisch")', 'LIMIT-TO(LANGUAGE, "Englisch")',
             'TITLE(a) AND LIMIT-TO(LANGUAGE, "Kazakh")'),
    "Q324": ("TITLE({a b} W/3 c*)", "{a b} W/3 c*", 'TITLE("a b" W/3 c*)'),
    "Q325": ("TITLE(a) AND LIMIT-TO(PUBYEAR, 20XX)", "LIMIT-TO(PUBYEAR, 20XX)",
             "TITLE(a) AND LIMIT-TO(PUBYEAR, 2019)"),
    "Q326": ('REFAUTH("x") AND REFTITLE(y)', 'REFAUTH("x")', "REF(REFAUTH(x) AND REFTITLE(y))"),
}  # fmt: skip


WORDS = """criterion criteria university universities organisation organization behaviour
behavior centre center lens lenses len bias biases bia tie ties ty series sery science aluminium
aluminum practice practise analysis analyses business businesses status programme program β beta
innovation innovation's innovations tomato tomatoes"""


def test_a_letter_before_a_wildcard_says_much_of_a_country_an_initial_or_a_number():
    for query in ("AFFILCOUNTRY(a* OR b*)", "AUTHFIRST(j*)", "PMID(1*)", "DOCTYPE(a*)"):
        assert marked(query, "Q313") == []


def test_a_list_near_others_is_searched_for_doubles_but_not_for_what_is_wider():
    query = 'TITLE(("sea ice" OR "sea-ice" OR floe OR floes OR "ice floe") W/3 melt)'
    assert marked(query, "Q308") == ['"sea-ice"']
    assert marked(query, "Q310") == ["floes"]
    assert marked(query, "Q309") == []


def test_parts_of_one_kind_or_within_one_reference_are_not_doubted():
    assert marked("REFTITLE(x) AND REFTITLE(y)", "Q326") == []
    assert marked("REFTITLE(x) OR REFAUTH(y)", "Q326") == []
    assert marked("AFFILCITY(x) AND TITLE(z) AND AFFILORG(y)", "Q326") == ["AFFILCITY(x)"]


def marked(text: str, code: str, **options) -> list[str]:
    return [
        text[finding.span.start : finding.span.end]
        for finding in lint(text, **options).findings
        if finding.rule.code == code
    ]


@pytest.mark.parametrize("code", CASES)
def test_a_rule_marks_the_place_it_is_for(code):
    text, stretch, _clean = CASES[code]
    assert marked(text, code) == [stretch]


@pytest.mark.parametrize("code", CASES)
def test_a_rule_leaves_alone_what_is_in_order(code):
    assert marked(CASES[code][2], code) == []


def test_every_rule_over_the_tree_has_a_case():
    of_the_tree = {code for code, rule in RULES.items() if rule.check}
    assert of_the_tree - {"Q316"} == set(CASES)


@pytest.mark.parametrize("text", ["TITLE(a)", "TITLE(a) AND PUBYEAR > 2014", "PUBYEAR = 2020"])
def test_years_otherwise_than_reported_are_marked(text):
    assert marked(text, "Q316", years=(2015, 2025))


@pytest.mark.parametrize(
    "years",
    ["PUBYEAR > 2014 AND PUBYEAR < 2026", "PUBYEAR AFT 2014 AND PUBYEAR BEF 2026",
     "(LIMIT-TO(PUBYEAR, 2015) OR LIMIT-TO(PUBYEAR, 2025))"],
)  # fmt: skip
def test_years_as_reported_are_not_marked(years):
    assert not marked(f"TITLE(a) AND {years}", "Q316", years=(2015, 2025))


@pytest.mark.parametrize(("years", "meant"), [((2015, None), "> 2014"), ((None, 2025), "< 2026")])
def test_a_report_may_name_the_first_or_the_last_year_alone(years, meant):
    [finding] = [f for f in lint("TITLE(a)", years=years).findings if f.rule.code == "Q316"]
    assert f"`PUBYEAR {meant}`" in finding.remedy


def test_years_are_not_asked_for_where_the_report_names_none():
    assert not marked("TITLE(a)", "Q316")


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [("innovat*", "innovation"), ("innovation", '"innovation hub"'),
     ('"innovation hub*"', '"innovation hubs"'), ("innovat*", "innovation*"),
     ('"open innovation"', '"open-innovation model"'), ("innovation", '"innovations hub"')],
)  # fmt: skip
def test_a_narrower_term_beside_a_wider_one_is_marked(wide, narrow):
    assert marked(f"TITLE({narrow} OR {wide})", "Q309") == [narrow]


@pytest.mark.parametrize(
    ("one", "other"),
    [("university", "universities"), ("organisation", "organization"), ("behaviour", "behavior"),
     ("centre", "center"), ("model", "models"), ("modelling", "modeling"),
     ('"open innovation model"', '"open innovation models"'), ("β", "beta")],
)  # fmt: skip
def test_a_form_that_scopus_finds_by_itself_is_marked(one, other):
    assert marked(f"TITLE({one} OR {other})", "Q310") == [other]


def test_a_word_is_marked_as_a_form_of_another_just_where_a_search_finds_it_so():
    for one, other in permutations(WORDS.split(), 2):
        found = evaluate(parse(f"TITLE({other})"), {"title": one})
        text = f"TITLE({one} OR {other})"
        said = bool(marked(text, "Q308") or marked(text, "Q310"))  # the same word, or a form of it
        assert said is found, (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("universe", "university"), ("bus", "bu"), ("advice", "advise"), ("lens", "len"),
     ("bias", "bia"), ("series", "sery")],
)  # fmt: skip
def test_different_words_are_not_taken_for_forms_of_one(one, other):
    assert not marked(f"TITLE({one} OR {other})", "Q310")


@pytest.mark.parametrize("text", ["ab OR bc", "(ab OR bc) AND cd AND NOT ef", "ab AND (bc W/3 cd)"])
def test_what_stands_outside_any_field_is_marked_once(text):
    assert marked(text, "Q301") == [text]


def test_parentheses_that_a_rule_suggests_change_nothing():
    text = CASES["Q306"][0]
    [finding] = [found for found in lint(text).findings if found.rule.code == "Q306"]
    mended = apply(text, finding.fixes[0])
    assert normal(parse(mended)) == normal(parse(text))
    assert not marked(mended, "Q306")


@pytest.mark.parametrize(
    "text",
    ["TITLE(*tocopherol)", "REF(alpha AND REFPUBYEAR IS 1859)",
     "TITLE(ab) AND KEY(bc) AND NOT DOCTYPE(le)", "TITLE(ab) AND DOCTYPE(ip) AND SRCTYPE(r)",
     "AFFIL(AFFILCITY(ab) AND AFFILORG(bc))", 'TITLE("\\"")'],
)  # fmt: skip
def test_examples_of_the_guide_have_no_finding(text):
    assert lint(text).findings == ()


def test_years_joined_by_or_are_those_that_the_report_names():
    text = "TITLE(ab) AND (PUBYEAR = 2015 OR PUBYEAR = 2016)"
    assert not marked(text, "Q316", years=(2015, 2016))
    assert marked(text, "Q316", years=(2015, 2017))


def test_each_value_of_a_filter_is_looked_at():
    text = "TITLE(ab) AND DOCTYPE(article OR review)"
    assert len(marked(text, "Q320")) == 2
    assert marked("TITLE(ab) AND SUBJAREA(FOOD)", "Q320")
    assert not marked("TITLE(ab) AND SUBJAREA(MEDI)", "Q320")

def test_warnings_that_say_the_same_are_told_once_and_one_fix_mends_them_all():
    text = "TITLE(“alpha beta” OR “gamma delta” OR „epsilon zeta“ OR “eta theta”)"
    first, other = grouped(lint(text).findings)
    assert [(one.rule.code, one.count) for one in (first, other)] == [("Q201", 3), ("Q201", 1)]
    mended = 'TITLE("alpha beta" OR "gamma delta" OR „epsilon zeta“ OR "eta theta")'
    assert apply(text, first.fixes[0]) == mended


def test_warnings_that_offer_a_choice_stay_apart():
    found = grouped(lint("(a1 OR b1 AND c1) AND (a1 OR b1 AND c1)").findings)
    assert [one.count for one in found if len(one.fixes) > 1] == [1, 1]



def test_a_note_that_is_found_often_is_told_once():
    found = grouped(lint('TITLE("alpha bet*" OR "gamma delt*" OR "eps zet*")').findings)
    [finding] = found
    data = finding.as_data('TITLE("alpha bet*" OR "gamma delt*" OR "eps zet*")')
    assert (data["count"], len(data["spans"])) == (3, 3)


@pytest.mark.parametrize("code", sorted(set(RULES) - {"Q110"}))
def test_every_rule_has_a_page_with_an_example_that_it_marks(code):
    rule = RULES[code]
    text = rule_pages.page(rule)
    assert text.startswith(f"## {code}: {rule.title}\n")
    assert rule.explanation in text
    finding = rule_pages.example(rule)
    assert finding is not None
    assert finding.message in text


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_page_of_every_rule_cites_its_source_and_its_date(code):
    kinds = [code in kind for kind in (rule_sources.SAID, rule_sources.NEAREST, rule_sources.OWN)]
    assert kinds.count(True) == 1
    text = rule_pages.page(RULES[code])
    if code in rule_sources.OWN:
        assert re.search(r"convention of this package, not of Scopus, since 20\d\d-\d\d\.", text)
        return
    sources = rule_sources.SAID.get(code) or rule_sources.NEAREST[code]
    assert sources
    for source in sources:
        assert source.title in text and re.fullmatch(r"https?://[\w.-]+/\S+", source.address)
        assert source.address in text
        assert re.fullmatch(r"(?:20\d\d(?:-\d\d){0,2})?", source.dated)
        assert f"seen {source.seen}" in text and re.fullmatch(r"20\d\d-\d\d", source.seen)
    assert ("Not documented by Elsevier" in text) == (code in rule_sources.NEAREST)


def test_no_source_is_kept_of_a_rule_that_is_not_there():
    known = {*rule_sources.SAID, *rule_sources.NEAREST, *rule_sources.OWN}
    assert known == set(RULES)


@pytest.mark.parametrize("code", sorted(code for code, rule in RULES.items() if rule.mend))
def test_what_is_mended_unasked_is_shown_mended(code):
    rule = RULES[code]
    after = rule_pages.mended(rule, rule_pages.example(rule))
    assert after and code not in [finding.rule.code for finding in lint(after).findings]


def test_the_pages_of_all_families_hold_every_rule_once():
    shown = "".join(rule_pages.Pages(f"Q{family}")._repr_html_() for family in (1, 2, 3))
    for code in RULES:
        assert shown.count(f'id="{rule_pages.anchor(code)}"') == 1


def test_a_message_fills_all_its_placeholders():
    texts = [case[0] for case in CASES.values()]
    for finding in (found for text in texts for found in lint(text, years=(2015, 2025)).findings):
        assert "{" not in finding.message.replace("{open", "").replace("{a b}", "") + finding.remedy


LONG = {
    "a list": lambda n: f"TITLE({' OR '.join(f'word{at}' for at in range(n // 12))})",
    "operators": lambda n: " ".join(f"a{at} OR b{at} AND" for at in range(n // 16)) + " z",
    "marks": lambda n: '" ' * (n // 2),
    "stray marks": lambda n: 'a" ' * (n // 3),
    "parentheses": lambda n: "(" * (n // 2) + "a" + ")" * (n // 2),
    "NOT in groups": lambda n: "(a AND (NOT " * (n // 14) + "b" + "))" * (n // 14),
}


@pytest.mark.parametrize("made", LONG.values(), ids=LONG)
def test_the_work_of_linting_grows_with_the_length_of_a_query_not_faster(made):
    assert _lines_run(made(8_000)) < 4.4 * _lines_run(made(2_000))


def _lines_run(query):
    """How many lines of code it takes to lint a query."""
    count = 0

    def line(_frame, event, _value):
        nonlocal count
        count += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        lint(query)
    finally:
        sys.settrace(before)
    return count
