"""Queries as people publish them are read; what nobody can read is refused with its places."""

from __future__ import annotations

import pytest

from scopus_query import language
from scopus_query.lint import lint
from scopus_query.parse import parse, read
from scopus_query.rules import QueryError
from scopus_query.tree import (
    And,
    AndNot,
    Compare,
    Exact,
    Field,
    Limit,
    Near,
    Or,
    Phrase,
    Span,
    Term,
    Value,
    walk,
)

A, B, C, D = (Term(letter) for letter in "abcd")
ENGLISH = Limit("LANGUAGE", ("English",))


def codes(text: str) -> list[str]:
    return [finding.rule.code for finding in lint(text).findings]


# -- precedence


def test_or_binds_tighter_than_and_not():
    tree = parse("KEY(mouse AND NOT cat OR dog)")
    assert tree == Field("KEY", AndNot(Term("mouse"), (Or((Term("cat"), Term("dog"))),)))


def test_and_binds_tighter_than_and_not():
    tree = parse("KEY(cat AND dog AND NOT rodent OR mouse)")
    assert tree == parse("KEY((cat AND dog) AND NOT (rodent OR mouse))")


def test_proximity_binds_looser_than_or_and_tighter_than_and():
    assert parse("a OR b W/3 c AND d") == And((Near((Or((A, B)), C), 3), D))


def test_and_not_goes_from_left_to_right():
    assert parse("a AND NOT b AND NOT c") == AndNot(A, (B, C))
    assert parse("a AND NOT (b AND NOT c)") == AndNot(A, (AndNot(B, (C,)),))


def test_words_side_by_side_mean_and():
    assert parse("a b OR c d") == And((A, Or((B, C)), D))


def test_case_does_not_matter_in_operators_and_field_codes():
    assert parse("title-abs-key(a or b and not c)") == parse("TITLE-ABS-KEY(a OR b AND NOT c)")


def test_parentheses_change_what_is_joined_first():
    assert parse("a OR (b AND c)") == Or((A, And((B, C))))


def test_a_chain_of_one_proximity_is_one_node():
    tree = parse("bay PRE/6 ship* PRE/6 channel")
    assert tree == Near((Term("bay"), Term("ship*"), Term("channel")), 6, ordered=True)


def test_a_chain_of_different_proximities_is_read_from_the_left_and_reported():
    assert parse("a W/2 b W/3 c") == Near((Near((A, B), 2), C), 3)
    assert "Q306" in codes("TITLE(a W/2 b W/3 c)")
    assert "Q306" not in codes("TITLE((a W/2 b) W/3 c)")


# -- the two rulings


def test_and_not_before_a_filter_is_parsed_by_the_rule_and_reported():
    text = "TITLE(a) AND NOT TITLE(b) AND PUBYEAR > 2014"
    years = Compare("PUBYEAR", ">", 2014)
    assert parse(text) == AndNot(Field("TITLE", A), (And((Field("TITLE", B), years)),))
    assert "Q302" in codes(text)
    assert "Q302" not in codes("TITLE(a) AND NOT (TITLE(b) AND PUBYEAR > 2014)")


def test_a_flat_proximity_in_a_list_is_parsed_by_the_rule_and_reported():
    text = "TITLE(a OR b W/3 c OR d)"
    assert parse(text) == Field("TITLE", Near((Or((A, B)), Or((C, D))), 3))
    assert "Q305" in codes(text)
    assert "Q305" not in codes("TITLE((a OR b) W/3 (c OR d))")


# -- the shapes of published queries

LONG = " OR ".join(f'"term number {number} of a long list"' for number in range(60))
SHAPES = {
    "wildcards": ("TITLE(a* OR b?c)", Field("TITLE", Or((Term("a*"), Term("b?c"))))),
    "wildcard in a phrase": ('TITLE("open inno*")', Field("TITLE", Phrase("open inno*"))),
    "exact phrase": ("TITLE({heart-attack?})", Field("TITLE", Exact("heart-attack?"))),
    "year after": ("PUBYEAR AFT 2014", Compare("PUBYEAR", ">", 2014)),
    "year before": ("pubyear bef 2014", Compare("PUBYEAR", "<", 2014)),
    "year is": ("PUBYEAR IS 2014", Compare("PUBYEAR", "=", 2014)),
    "year equal": ("PUBYEAR = 2014", Compare("PUBYEAR", "=", 2014)),
    "year without blanks": ("PUBYEAR>2014", Compare("PUBYEAR", ">", 2014)),
    "year at least": ("PUBYEAR ≥ 2015", Compare("PUBYEAR", ">", 2014)),
    "year at most": ("PUBYEAR <= 2015", Compare("PUBYEAR", "<", 2016)),
    "year in parentheses": ("PUBYEAR(2015)", Compare("PUBYEAR", "=", 2015)),
    "span of years": (
        "PUBYEAR = 2010-2020",
        And((Compare("PUBYEAR", ">", 2009), Compare("PUBYEAR", "<", 2021))),
    ),
    "second comparison without its field": (
        "PUBYEAR > 2009 AND < 2021",
        And((Compare("PUBYEAR", ">", 2009), Compare("PUBYEAR", "<", 2021))),
    ),
    "two comparisons after one field": (
        "PUBYEAR AFT 2009 BEF 2021",
        And((Compare("PUBYEAR", ">", 2009), Compare("PUBYEAR", "<", 2021))),
    ),
    "year glued to the operator": (
        "PUBYEAR > 2009AND a", And((Compare("PUBYEAR", ">", 2009), A)),
    ),
    "date": ("ORIG-LOAD-DATE AFT 20200131", Compare("ORIG-LOAD-DATE", ">", 20200131)),
    "filter": ('LIMIT-TO ( LANGUAGE , "English" )', ENGLISH),
    "filter with a year": ("LIMIT-TO(PUBYEAR, 2020)", Limit("PUBYEAR", ("2020",))),
    "filter with several values": (
        'LIMIT-TO(DOCTYPE, "ar", "re", cp)',
        Limit("DOCTYPE", ("ar", "re", "cp")),
    ),
    "value of several bare words": (
        "limit-to(affilcountry, United States)",
        Limit("AFFILCOUNTRY", ("United States",)),
    ),
    "LIMIT-TO joined by OR with EXCLUDE": (
        '( LIMIT-TO ( DOCTYPE , "ar" ) OR EXCLUDE ( SUBJAREA , "MEDI" ) )',
        Or((Limit("DOCTYPE", ("ar",)), Limit("SUBJAREA", ("MEDI",), exclude=True))),
    ),
    "bare filter pair": ('(LANGUAGE, "English")', ENGLISH),
    "filter as a field": ("DOCTYPE(ar)", Field("DOCTYPE", Term("ar"))),
    "field with an equals sign": ("LANGUAGE = English", Field("LANGUAGE", Term("English"))),
    "field with a colon": ("TITLE: (a OR b)", Field("TITLE", Or((A, B)))),
    "field without parentheses": ('TITLE-ABS-KEY "x y"', Field("TITLE-ABS-KEY", Phrase("x y"))),
    "field in a field": (
        "TITLE-ABS-KEY(a AND AUTH(b))",
        Field("TITLE-ABS-KEY", And((A, Field("AUTH", B)))),
    ),
    "field code of dashes": ("TITLE–ABS–KEY(a)", Field("TITLE-ABS-KEY", A)),
    "field code that a line end divides": ("TITLE-ABS-\nKEY(a)", Field("TITLE-ABS-KEY", A)),
    "field code unknown": ("FOO(a)", Field("FOO", A)),
    "comma in a name": ("AUTH(Smith, J.)", Field("AUTH", Value("Smith, J."))),
    "curly quotes": ("“open innovation”", Phrase("open innovation")),
    "opened curly and closed straight": ('“x y" OR "z w”', Or((Phrase("x y"), Phrase("z w")))),
    "single curly quotes": ("‘x y’ OR 'z w'", Or((Phrase("x y"), Phrase("z w")))),
    "angle quotes": ("«x y»", Phrase("x y")),
    "apostrophe in a word": ("Alzheimer's", Term("Alzheimer's")),
    "doubled quotes": ('""x y"" OR ""z""', Or((Phrase("x y"), Phrase("z")))),
    "escaped quotes": ('\\"x y\\" OR z', Or((Phrase("x y"), Term("z")))),
    "escaped wildcard": (r"systematic\*", Term("systematic*")),
    "doubled braces": ("{{x y}}", Exact("x y")),
    "operator glued to quotes": ('“x y”OR”old age”', Or((Phrase("x y"), Phrase("old age")))),
    "operator glued to parentheses": ("(a)AND(b)OR(c)", And((A, Or((B, C))))),
    "operator in lower case": ("a or b and not c", AndNot(Or((A, B)), (C,))),
    "NOT for AND NOT": ("a NOT b", AndNot(A, (B,))),
    "operator twice": ("a OR OR b", Or((A, B))),
    "AND/OR": ("a AND/OR b", Or((A, B))),
    "NEAR of another database": ("a NEAR/3 b", Near((A, B), 3)),
    "distance apart": ("a w/ 3 b", Near((A, B), 3)),
    "nested proximity": ("(a W/2 b) W/3 c", Near((Near((A, B), 2), C), 3)),
    "proximity of lists": ("(a OR b) PRE/0 (c OR d)", Near((Or((A, B)), Or((C, D))), 0, True)),
    "square brackets": ("[a OR b] AND c", And((Or((A, B)), C))),
    "wide parentheses": ("（a OR b） AND c", And((Or((A, B)), C))),
    "Cyrillic": ("TITLE(инновации* OR қазақша)",
                 Field("TITLE", Or((Term("инновации*"), Term("қазақша"))))),
    "Chinese and Arabic": ('创新 OR "الابتكار المفتوح"',
                           Or((Term("创新"), Phrase("الابتكار المفتوح")))),
    "several lines": ("TITLE(\n\ta OR\r\n  b\n)\nAND c", And((Field("TITLE", Or((A, B))), C))),
    "comments": ("# one\nTITLE(a // two\n OR b) /* three\nlines */ AND c",
                 And((Field("TITLE", Or((A, B))), C))),
    "ampersand between words": ("a & b", And((A, B))),
    "full stop at the end": ("TITLE(a) AND b.", And((Field("TITLE", A), Term("b.")))),
    "five levels deep": ("(a OR (b AND (c OR (d AND (a OR b)))))",
                         Or((A, And((B, Or((C, And((D, Or((A, B)))))))))),),
    "more than 1,500 signs": (
        f"TITLE({LONG})",
        Field("TITLE", Or(tuple(Phrase(f"term number {n} of a long list") for n in range(60)))),
    ),
    "blanks that are not seen": ("\ufeffa\u200b OR\xa0b", Or((A, B))),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_published_shape_is_read_as_a_person_reads_it(shape):
    text, tree = SHAPES[shape]
    assert parse(text) == tree


# What Scopus reads otherwise or refuses is read here, and reported.
REPORTED = {
    "“x y”": "Q201",
    "‘x y’": "Q201",
    '""x y""': "Q202",
    "{{x y}}": "Q202",
    '(LANGUAGE, "English")': "Q203",
    "a NOT b": "Q204",
    "a NEAR/3 b": "Q204",
    "a AND/OR b": "Q204",
    "PUBYEAR AFT 2009 BEF 2021": "Q204",
    "PUBYEAR ≥ 2015": "Q204",
    "PUBYEAR = 2010-2020": "Q204",
    "LANGUAGE = English": "Q204",
    "[a OR b]": "Q204",
    "TITEL-ABS-KEY(a)": "Q205",
    "a or b": "Q206",
    "a b": "Q207",
    "a & b": "Q208",
    "a # note": "Q209",
    "a W/256 b": "Q210",
    "#1 AND #2": "Q211",
    "(S1 OR S2) AND NOT S3": "Q211",
    "FOO(a)": "Q212",
    "foo(alpha)": "Q212",
    "a &amp; b": "Q213",
    "a -bc": "Q214",
    "inno\u00advation": "Q215",
    "ﬁrm": "Q215",
    "inno-\nvation": "Q216",
    "TITLE('a')": "Q217",
    'TITLE("the "open" model")': "Q218",
    "TITLE(a NEAR3 b)": "Q204",
    "TITLE(a ADJ3 b)": "Q204",
    "TITLE(a W /3 b)": "Q204",
}


@pytest.mark.parametrize("text", REPORTED)
def test_what_scopus_would_not_read_so_is_reported(text):
    assert REPORTED[text] in codes(text)


def test_a_clean_query_has_no_findings():
    assert codes('TITLE-ABS-KEY("open innovation" AND universit*) AND PUBYEAR > 2014') == []


# -- what nobody can read

REFUSED = {
    "": "Q113",
    " \n # only a note": "Q113",
    "a)": "Q101",
    "(a": "Q102",
    'a AND "b c': "Q103",
    'a b" AND "c d"': "Q104",
    "a {b": "Q105",
    "a b}": "Q105",
    "a AND": "Q106",
    "(a OR) AND b": "Q106",
    "OR a": "Q115",
    "a AND OR b": "Q115",
    "NOT a": "Q115",
    "a AND ()": "Q107",
    "TITLE()": "Q107",
    'a OR ""': "Q107",
    "PUBYEAR": "Q108",
    "PUBYEAR > soon": "Q108",
    "PUBYEAR = 201*": "Q108",
    "LIMIT-TO()": "Q109",
    "LIMIT-TO(LANGUAGE)": "Q109",
    "TITLE-ABS-KEY AND a": "Q111",
    "a > b": "Q112",
    "a /* b": "Q114",
    "TS=(a AND b)": "Q116",
    "a[tiab] OR b[mh]": "Q116",
    "(a adj3 b).ti,ab.": "Q116",
    "exp Gene Therapy/ OR gene.mp.": "Q116",
    "'gene therapy'/exp OR gene:ti,ab": "Q116",
    'TI ("a b") OR MH "c"': "Q116",
    '"TITLE(a OR ""b c"")"': "Q117",
    "TITLE%28a%20AND%20b%29": "Q118",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_nobody_can_read_is_refused_by_a_rule(text):
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert REFUSED[text] in [problem.rule.code for problem in caught.value.problems]


def test_all_problems_come_out_of_one_pass():
    text = 'TITLE(a OR) AND\nb) AND KEY() AND PUBYEAR > x AND "open'
    problems = read(text).errors
    assert [problem.rule.code for problem in problems] == ["Q106", "Q101", "Q107", "Q108", "Q103"]
    assert [text[problem.span.start] for problem in problems] == ["O", ")", "(", "P", '"']


def test_an_error_names_line_and_column_what_was_expected_and_the_remedy():
    with pytest.raises(QueryError) as caught:
        parse("TITLE(a)\nAND (b OR )")
    assert str(caught.value) == (
        "Line 2, column 8: After `OR`, expected a term, a phrase, a field or a group. "
        "Write what is missing, or delete the operator."
    )


@pytest.mark.parametrize("code", ["ru", "kk"])
def test_an_error_speaks_the_readers_language(code):
    english = read("a)").errors[0].message
    language.use(code)
    assert read("a)").errors[0].message not in ("", english)


# -- positions


def test_every_part_knows_where_it_is_written():
    text = 'TITLE( "x y" OR {z} ) AND (PUBYEAR > 2014 AND LIMIT-TO(OA, "all"))'
    written = {type(node).__name__: text[node.span.start : node.span.end]
               for node, _around in walk(parse(text))}  # fmt: skip
    assert written == {
        "Field": 'TITLE( "x y" OR {z} )',
        "Or": '"x y" OR {z}',
        "Phrase": '"x y"',
        "Exact": "{z}",
        "And": '(PUBYEAR > 2014 AND LIMIT-TO(OA, "all"))',
        "Compare": "PUBYEAR > 2014",
        "Limit": 'LIMIT-TO(OA, "all")',
    }


def test_equal_trees_may_stand_at_different_places():
    assert parse("a OR b") == parse("\n ( (a) or b )")
    assert parse("a OR b").span == Span(0, 6)


def test_a_stray_mark_may_open_before_the_first_of_its_words_whatever_marks_stand_between():
    text = 'alpha beta" gamma" OR delta"'
    begins = [finding.fixes[0][0].start for finding in read(text).findings
              if finding.rule.code == "Q104"]  # fmt: skip
    assert begins == [0, 0, text.index("delta")]


def test_an_operator_in_one_piece_with_a_field_is_read_as_both():
    assert parse("TITLE(a) ANDKEY(b)") == parse("TITLE(a) AND KEY(b)")
