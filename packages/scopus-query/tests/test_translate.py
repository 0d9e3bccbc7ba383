"""Queries for other databases: read again by search-query, and nothing lost in silence."""

from __future__ import annotations

import csv
import re
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, assume, given, settings
from made import records, trees
from search_query.parser import parse as read_again
from search_query.query import Query

from scopus_query.columns import where
from scopus_query.errors import ScopusQueryError
from scopus_query.evaluate import evaluate
from scopus_query.meaning import codes, meant
from scopus_query.normal import asked
from scopus_query.parse import parse
from scopus_query.platform_query import build, simple
from scopus_query.platforms import BY_NAME, Platform, written
from scopus_query.translate import translate
from scopus_query.tree import (
    And,
    AndNot,
    Compare,
    Exact,
    Field,
    Limit,
    Near,
    Node,
    Or,
    Phrase,
    Term,
    walk,
)

GROUPS = (
    'TITLE-ABS-KEY("university-industry collaboration" OR cooperation) AND TITLE(model* OR "x y") '
    'AND PUBYEAR > 2014 AND PUBYEAR < 2026 AND LIMIT-TO(LANGUAGE, "English")'
)


def shape(query, around: str = "") -> tuple:
    """A query of search-query without what its parsers write otherwise: fields at the leaves."""
    name = query.field.value if query.field else around
    if not query.children:
        return (query.value, name)
    distance = getattr(query, "distance", None)
    return (query.value, distance, *(shape(child, name) for child in query.children))


@pytest.mark.parametrize("name", ["wos", "pubmed", "ebsco"])
@pytest.mark.parametrize(
    "query",
    [
        GROUPS.partition(" AND PUBYEAR")[0],  # search-query knows no field of EBSCO for the year
        "TITLE(a1 OR b1) AND NOT ABS(c1)",
        "TITLE-ABS-KEY(knowledge W/5 transfer)",
        'TITLE("open innovation") OR (ABS(firm) AND AUTH(smith))',
    ],
)
def test_the_parser_of_search_query_reads_the_same(query, name):
    platform = BY_NAME[name]
    built = build(parse(query), platform).query
    text = written(built, platform)
    assert shape(read_again(text, platform=platform.name)) == shape(built)


def test_years_become_one_span_and_open_ends_are_closed():
    assert "PY=2015-2025" in translate(parse(GROUPS), "wos").text
    assert "2015:2025[dp]" in translate(parse(GROUPS), "pubmed").text
    assert translate(parse("TITLE(a1) AND PUBYEAR > 2014"), "pubmed").text.endswith(
        "2015:3000[dp]"
    )


def test_what_a_database_cannot_express_is_listed_with_its_place():
    query = 'TITLE(a1) AND AU-ID(7) AND LIMIT-TO(PUBSTAGE, "final")'
    for name in BY_NAME:
        losses = translate(parse(query), name).losses
        lost = {loss.text: query[slice(*loss.span)] for loss in losses}
        assert lost["AU-ID(7)"] == "7"
        assert lost['LIMIT-TO(PUBSTAGE, "final")'] == 'LIMIT-TO(PUBSTAGE, "final")'


def test_the_distance_of_near_and_both_sides_of_not_are_kept_in_web_of_science():
    text = translate(parse("TITLE(a1 W/5 b1) AND NOT (ABS(c1) OR ABS(d1))"), "wos").text
    assert text == "TI=(a1 NEAR/5 b1) NOT AB=(c1 OR d1)"


def test_a_fixed_order_is_kept_where_there_is_one_and_listed_where_not():
    tree = parse("TITLE(a1 PRE/2 b1)")
    assert translate(tree, "ebsco").text == "TI (a1 W2 b1)"
    assert not any("order" in loss.reason for loss in translate(tree, "ebsco").losses)
    assert any("order" in loss.reason for loss in translate(tree, "wos").losses)


def test_openalex_gets_an_address_with_a_filter_for_each_part():
    found = unquote(translate(parse(GROUPS), "openalex").text)
    assert found.startswith("https://api.openalex.org/works?filter=")
    assert found.split("filter=")[1].split(",") == [
        'title_and_abstract.search:"university-industry collaboration" OR cooperation',
        'title.search:"x y"',
        "language:en",
        "publication_year:2015-2025",
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=trees)
def test_every_leaf_is_in_the_translation_or_among_its_losses(tree):
    for name in (*BY_NAME, "openalex"):
        try:
            found = translate(tree, name)
        except ScopusQueryError:
            assume(False)
        text = unquote(found.text).casefold()
        lost = " ".join(loss.text for loss in found.losses).casefold()
        for node, around in walk(tree):
            coded = any(isinstance(a, Field) and where(a.code).is_filter for a in around)
            if isinstance(node, Term | Phrase | Exact) and not coded:
                for word in asked(node.text):  # signs before an exact phrase may go
                    shown = word.strip("*?").replace("?", "#") in text or word in lost
                    shown = shown or word.strip("*?") in text
                    assert shown or node.text.casefold() in ("a", "the", "of")


def test_a_filter_that_is_left_out_is_always_listed():
    for query in ('TITLE(a1) AND LIMIT-TO(SUBJAREA, "BUSI")', "TITLE(a1) AND REFPUBYEAR > 2000"):
        for name in (*BY_NAME, "openalex"):
            assert translate(parse(query), name).losses, (query, name)


def test_a_field_without_translation_is_named():
    tree = Field("CHEMNAME", Term("gold"))
    assert translate(tree, "ebsco").text == ""
    assert translate(tree, "ebsco").losses[0].text == "CHEMNAME(gold)"


CASES = {
    "q026 wos": ("TI=a1 NOT LA=(French OR German)", ""),
    "q026 pubmed": ("a1[ti] NOT (French[la] OR German[la])", ""),
    "q027 wos": ("TI=a1", "KEY(b1) AND SUBJAREA(MEDI)"),
    "q028 pubmed": ("child*[ti] AND term*[ti]", "child* term*"),
    "q029 pubmed": ("behavior[ti] OR behaviour[ti]", "b?y"),
    "q030 openalex": ("", "adolescen*"),
    "q031 openalex": ("title_and_abstract.search:a1 OR b1", "TITLE-ABS-KEY"),
    "q032 openalex": ("title.search:a1,type:article|review", ""),
    "q033 openalex": ("", "AU-ID(1)"),
    "q033 pubmed": ("", "AU-ID(1)"),
    "q034 wos": ('TI=("behavior change" OR colour)', "behavior change"),
    "q035 wos": ("TI=alpha", "it"),
    "q035 pubmed": ("alpha[ti]", "it"),
    "q036 wos": ("AD=(a1 SAME b1)", ""),
    "q037 wos": ('AU="smith j*"', ""),
    "q038 pubmed": ("smith j[au]", ""),
    "q039 wos": ("TI=AI*", "AI*"),
    "q040 wos": ("TI=a1 AND DT=(Article)", "DOCTYPE"),
    "q041 pubmed": ('1[pmid] OR "0000-0001-2345-6789"[auid]', ""),
}
"""The translation of each collected case, and a text that a loss must name."""


def test_every_collected_case_is_translated_as_expected_or_says_what_it_loses(shared):
    file = shared / "cases" / "queries.csv"
    with file.open(encoding="utf-8", newline="") as rows:
        asked = {
            f"{row['id']} {name}": row["input"] for row in csv.DictReader(rows)
            if row["command"].startswith("translate ")
            for name in row["command"].split()[1].split(",")
        }  # fmt: skip
    assert asked.keys() == CASES.keys()
    for case, query in asked.items():
        text, named = CASES[case]
        found = translated(query, case.split()[1])
        assert found == text, case
        assert not named or named in lost(query, case.split()[1]), case


def translated(query: str, name: str) -> str:
    return unquote(translate(parse(query), name).text).rpartition("?filter=")[2]


def lost(query: str, name: str) -> str:
    losses = translate(parse(query), name).losses
    return "; ".join(f"{loss.text}: {loss.reason}" for loss in losses)


@pytest.mark.parametrize("name", [name for name in BY_NAME if name != "cochrane"])
def test_excluding_filters_joined_by_or_are_all_taken_away(name):
    query = 'ABS(x1) AND (EXCLUDE(LANGUAGE, "Dutch") OR EXCLUDE(LANGUAGE, "Greek"))'
    found = translated(query, name)
    assert " NOT " in found and "dutch" in found.lower() and "greek" in found.lower()


def test_what_is_not_excluded_is_asked_for():
    query = 'TITLE(x1) AND NOT EXCLUDE(LANGUAGE, "Dutch")'
    assert translated(query, "wos") == "TI=x1 AND LA=Dutch"


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("TITLE(x1) AND NOT (ABS(y1) AND SUBJAREA(MEDI))", "TI=x1"),
        ("TITLE(x1) AND NOT (ABS(y1) AND NOT AU-ID(3))", "TI=x1"),
        ("TITLE(x1) AND NOT ABS(y1 PRE/2 z1)", "TI=x1"),
        ("TITLE(x1) AND NOT (AU-ID(3) OR ABS(y1))", "TI=x1 NOT AB=y1"),
    ],
)
def test_and_not_never_takes_away_more_than_asked(query, kept):
    assert translated(query, "wos") == kept
    assert "left out" in lost(query, "wos")


@pytest.mark.parametrize("query", ["AU-ID(3) AND PUBYEAR > 2010", "EID(3) AND LANGUAGE(dutch)",
                                   "AU-ID(3) AND PUBYEAR > 2010 AND NOT TITLE(x1)",
                                   "LANGUAGE(dutch) AND NOT AU-ID(3)"])  # fmt: skip
@pytest.mark.parametrize("name", [*BY_NAME, "openalex"])
def test_a_query_of_which_only_filters_are_left_is_refused(query, name):
    found = translate(parse(query), name)
    assert found.text == ""
    assert found.losses


def test_a_branch_of_which_only_filters_are_left_is_left_out():
    query = "(AU-ID(3) AND PUBYEAR > 2010) OR TITLE(x1)"
    assert translated(query, "wos") == "TI=x1"
    assert "nothing but filters" in lost(query, "wos")


def test_pubmed_gets_no_wildcard_that_it_cannot_search():
    assert translated('ABS("teach* method*")', "pubmed") == "teach*[tiab] AND method*[tiab]"
    assert translated('ABS("teaching method*")', "pubmed") == '"teaching method*"[tiab]'
    query = "TITLE(organi?ation OR *oxide OR ab* OR x1)"
    assert translated(query, "pubmed") == "organisation[ti] OR organization[ti] OR x1[ti]"
    assert "*oxide, ab*: left out" in lost(query, "pubmed")


def test_openalex_gets_whole_words_only():
    query = 'TITLE(x1 OR teach* OR "y z*" OR col*r)'
    assert translated(query, "openalex") == "title.search:x1 OR (color OR colour)"
    assert 'teach*, "y z*": left out' in lost(query, "openalex")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ABS(x1) OR ABS(y1)", "abstract.search:x1 OR y1"),
        ("ABS(x1) AND NOT ABS(y1)", "abstract.search:x1 NOT y1"),
        ("TITLE(x1) OR ABS(y1)", "title_and_abstract.search:x1 OR y1"),
        ("TITLE(x1) AND (PUBYEAR = 2015 OR PUBYEAR = 2016)",
         "title.search:x1,publication_year:2015|2016"),
        ('TITLE(x1) AND (LIMIT-TO(LANGUAGE, "Greek") OR LIMIT-TO(LANGUAGE, "English"))',
         "title.search:x1"),
    ],
)  # fmt: skip
def test_openalex_asks_once_for_what_or_joins_in_one_field(query, expected):
    assert translated(query, "openalex") == expected


def test_other_spellings_that_are_not_found_are_named():
    query = 'TITLE("labour cost" OR flavour)'
    assert '"labour cost": the plural' in lost(query, "wos")
    assert '"labour cost", flavour: the plural' in lost(query, "pubmed")
    many = " OR ".join(f"x{number}" for number in range(9))
    assert "x4, …: the plural" in lost(f"TITLE({many})", "pubmed")


@pytest.mark.parametrize("name", [*BY_NAME, "openalex"])
def test_a_stop_word_that_is_passed_over_is_named(name):
    assert "the: left out" in lost("TITLE(the AND x1)", name)


def test_words_of_one_affiliation_stay_in_one_where_there_is_an_operator():
    assert translated("AFFIL(x1 AND (y1 OR z1))", "wos") == "AD=(x1 SAME (y1 OR z1))"
    assert translated("AFFIL(x1 AND y1)", "pubmed") == "x1[ad] AND y1[ad]"
    assert "not within one entry" in lost("AFFIL(x1 AND y1)", "pubmed")


@pytest.mark.parametrize(
    ("query", "wos", "pubmed"),
    [
        ("AUTHOR-NAME(jones, b)", 'AU="jones b*"', "jones b[au]"),
        ('AUTH("jones, b.c.")', 'AU="jones bc*"', "jones bc[au]"),
        ("FIRSTAUTH(jones, b)", "", "jones b[1au]"),
        ("FIRSTAUTH(jones b.)", "", "jones b[1au]"),
        ("AUTH(b jones)", 'AU="jones b*"', "jones b[au]"),
        ("AUTH(van der jones BC)", 'AU="van der jones bc*"', "van der jones bc[au]"),
        ('AUTH("jones b.-c.")', 'AU="jones bc*"', "jones bc[au]"),
        ("AUTH(o'jones-smith, b)", 'AU="o\'jones-smith b*"', "o'jones-smith b[au]"),
        ('AUTH("van jones")', 'AU="van jones"', "van jones[au]"),
        ("AUTH(jones AND smith)", "AU=(jones AND smith)", "jones[au] AND smith[au]"),
    ],
)
def test_an_author_is_written_as_the_database_writes_it(query, wos, pubmed):
    assert translated(query, "wos") == wos
    assert translated(query, "pubmed") == pubmed


def test_names_without_initials_are_one_author_of_whom_the_last_name_is_not_known():
    assert translated("AUTH(ann jones)", "wos") == 'AU="ann jones"'
    assert "which of them is the last name" in lost("AUTH(ann jones)", "wos")
    assert lost("AUTH(jones a)", "wos") == ""  # an initial is no stop word


def test_addresses_are_abbreviated_in_web_of_science():
    assert "Univ, Dept, Inst" in lost("AFFIL(university)", "wos")


def test_document_types_and_numbers_have_their_fields():
    assert translated("TITLE(x1) AND DOCTYPE(re)", "wos") == "TI=x1 AND DT=(Review)"
    assert translated('TITLE(x1) AND LIMIT-TO(DOCTYPE, "Review")', "pubmed").endswith("review[pt]")
    assert translated("ISSN(12345678) AND VOLUME(3)", "pubmed") == "12345678[ta] AND 3[vi]"
    assert translated("CHEMNAME(x1)", "pubmed") == "x1[nm]"


def test_a_word_that_is_an_operator_there_is_quoted():
    assert translated("TITLE(w3)", "ebsco") == 'TI "w3"'


def test_losses_are_told_once_per_kind_with_all_their_places():
    query = "TITLE(x1) AND (AU-ID(3) OR AU-ID(4))"
    [loss] = translate(parse(query), "wos").losses
    assert loss.text == "AU-ID(3), AU-ID(4)"
    assert [query[slice(*span)] for span in (loss.span, *loss.others)] == ["3", "4"]


RECORDS = records(30)
READ = [name for name in BY_NAME if name != "pubmed"]  # its nearness is a phrase with a distance


def back(query: Query, platform: Platform, around: str = "") -> Node:
    """A query as a tree: our reading of what is asked there."""
    name = query.field.value if query.field else around
    if query.children:
        first, *others = [back(child, platform, name) for child in query.children]
        if query.value == "NOT":
            return AndNot(first, tuple(others))
        if query.value in ("NEAR", "WITHIN"):
            inside = tuple(without_field(part) for part in (first, *others))
            [code] = {node.code for node, _around in walk(first) if isinstance(node, Field)}
            return Field(code, Near(inside, query.distance, query.value == "WITHIN"))
        return {"AND": And, "OR": Or}[query.value]((first, *others))
    if platform.years and name == platform.years[1]:
        return within(*map(int, query.value.strip('"[]').split("-")))
    if " SAME " in query.value:
        asked_for = query.value[1:-1].replace(" SAME ", " AND ").replace("NEAR/", "W/")
        return parse(f"AFFIL({asked_for})")
    known = {names[0]: code for code, names in reversed(platform.fields.items())
             if len(names) == 1}  # fmt: skip
    code = known[name]
    if code in platform.values:
        [value] = [own for own, there in platform.values[code].items() if there == query.value]
        return Limit(code, (value,))
    text = query.value.strip("[]").replace("#", "?").removesuffix(platform.surname)
    if platform.adjacent and text.startswith("("):
        words = text.strip("()").split(platform.adjacent)
        return Field(code, Phrase(" ".join(word.strip("'\"") for word in words)))
    quoted = text[0] in "'\"" or " " in text
    return Field(code, Phrase(text.strip(text[0])) if text[0] in "'\"" else
                 Phrase(text) if quoted else Term(text))  # fmt: skip


def within(first: int, last: int | None = None) -> Node:
    after, before = first - 1, (last or first) + 1
    return And((Compare("PUBYEAR", ">", after), Compare("PUBYEAR", "<", before)))


def without_field(node: Node) -> Node:
    if isinstance(node, Field):
        return without_field(node.part)
    parts = tuple(without_field(part) for part in node.children)
    if isinstance(node, Near):
        return Near(parts, node.within, node.ordered)
    return Or(parts) if isinstance(node, Or) else node


@pytest.mark.parametrize("name", READ)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=trees)
def test_without_a_loss_the_translation_finds_the_same_records(name, tree):
    platform = BY_NAME[name]
    try:
        built, losses, years = build(tree, platform)
    except ScopusQueryError:
        assume(False)
    assume(built is not None and not any(loss.changes for loss in losses))
    assume(not any(isinstance(node, Exact) for node, _around in walk(tree)))
    assume(name != "cochrane" or not {"AUTHKEY", "INDEXTERMS"} & codes(tree))  # one field there
    again = back(built, platform)
    if years:
        again = And((again, within(*years)))
    for record in RECORDS:
        answers = {evaluate(again, record), evaluate(tree, record)}
        assert None in answers or len(answers) == 1


@pytest.mark.parametrize("name", READ)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=trees)
def test_no_operator_is_lost_unsaid(name, tree):
    """Nearness and NOT of a query stand in its translation, or a loss tells where they went."""
    try:
        built, losses, _years = build(tree, BY_NAME[name])
        whole = simple(meant(tree))
    except ScopusQueryError:
        assume(False)
    if any(loss.changes for loss in losses):
        return
    asked_for = [type(node) for node, _around in walk(whole)]
    text = written(built, BY_NAME[name]) if built else ""
    assert bool(built) or losses
    for kind, sign in ((AndNot, " NOT "), (Near, r" (?:NEAR/\d+|NEXT(?:/\d+)?|ADJ\d*|[NW]\d+) ")):
        assert len(re.findall(sign, text)) >= min(1, asked_for.count(kind)), text


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ('TITLE(x1) AND EXCLUDE(DOCTYPE, "cp")', "openalex", "title.search:x1"),
        ('TITLE(x1) AND EXCLUDE(DOCTYPE, "ar")', "openalex", "title.search:x1"),
        ('TITLE(x1) AND EXCLUDE(DOCTYPE, "ed")', "openalex", "title.search:x1,type:!editorial"),
        ('TITLE(x1) AND EXCLUDE(DOCTYPE, "ar")', "pubmed", "x1[ti]"),
    ],
)
def test_a_type_that_holds_more_than_scopus_means_is_not_taken_away(query, name, expected):
    assert translated(query, name) == expected
    assert "DOCTYPE" in lost(query, name)


def test_women_are_found_where_there_is_no_wildcard():
    assert translated("TITLE(wom?n)", "pubmed") == "woman[ti] OR women[ti]"


@pytest.mark.parametrize("name", ["wos", "pubmed", "openalex"])
def test_years_that_exclude_one_another_are_named(name):
    query = "TITLE(x1) AND PUBYEAR > 2020 AND PUBYEAR < 2015"
    assert "20" not in translated(query, name)
    assert "no year is within these bounds" in lost(query, name)
