"""Queries of other databases, read into a tree: what they mean, and what Scopus asks otherwise."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from made import records, trees

from scopus_query import cli
from scopus_query.errors import ScopusQueryError
from scopus_query.evaluate import evaluate
from scopus_query.from_platform import read
from scopus_query.meaning import codes
from scopus_query.parse import parse
from scopus_query.translate import translate
from scopus_query.tree import Exact, Field, normal, walk
from scopus_query.unparse import unparse

NAMES = ("wos", "pubmed", "ovid")


def written(text: str, name: str) -> str:
    tree = read(text, name).tree
    return unparse(tree) if tree else ""


def lost(text: str, name: str) -> str:
    return "; ".join(f"{loss.text}: {loss.reason}" for loss in read(text, name).losses)


WOS = {
    "TS=(alpha NEAR/5 (beta OR gamma)) AND PY=2015-2020":
        "TITLE-ABS-KEY(alpha W/5 (beta OR gamma)) AND PUBYEAR > 2014 AND PUBYEAR < 2021",
    'TS=("open innovation" SAME firm*) NOT DT=(Review)':
        'TITLE-ABS-KEY("open innovation" AND firm*) AND NOT DOCTYPE(re)',
    "TI=((a1 OR b1) NEAR/3 (c1 OR d1))": "TITLE((a1 OR b1) W/3 (c1 OR d1))",
    "TS=(a1 AND b1 OR c1)": "TITLE-ABS-KEY((a1 AND b1) OR c1)",
    "TS=(a1 OR b1 NOT c1)": "TITLE-ABS-KEY(a1 OR (b1 AND NOT c1))",
    "TS=(alpha beta)": "TITLE-ABS-KEY(alpha AND beta)",
    'AB="flavo$r* x1"': 'ABS("flavor* x1" OR "flavo?r* x1")',
    "AU=(Smith J* OR Doe)": "AUTH(Smith, J OR Doe)",
    "AD=(a1 AND b1) OR AD=(a1 SAME b1)": "(AFFIL(a1) AND AFFIL(b1)) OR AFFIL(a1 AND b1)",
    "TS=a1 AND LANGUAGE: (English) AND DOCUMENT TYPES: (Article OR Review)":
        "TITLE-ABS-KEY(a1) AND LANGUAGE(English) AND DOCTYPE(ar OR re)",
    "TS=a1 AND PY=(2015 OR 2016)":
        "TITLE-ABS-KEY(a1) AND (PUBYEAR = 2015 OR PUBYEAR = 2016)",
    "#1 TS=(a1 OR b1)\n#2 TI=c1\n#3 #1 AND #2": "TITLE-ABS-KEY(a1 OR b1) AND TITLE(c1)",
    'TS=a1 AND (DT==("ARTICLE" OR "REVIEW") AND PY==("2020" OR "2019"))':
        "TITLE-ABS-KEY(a1) AND DOCTYPE(ar OR re) AND (PUBYEAR = 2020 OR PUBYEAR = 2019)",
    "TOPIC: (a1) Refined by: LANGUAGES: (ENGLISH) Timespan: 2010-2019. Indexes: SCI, SSCI.":
        "TITLE-ABS-KEY(a1) AND LANGUAGE(English) AND PUBYEAR > 2009 AND PUBYEAR < 2020",
    "PMID=123 OR DO=10.1/x1 OR IS=0959-8278": "PMID(123) OR DOI(10.1/x1) OR ISSN(0959-8278)",
}  # fmt: skip
PUBMED = {
    "a1[ti] OR b1[ti] AND c1[ti]": "TITLE((a1 OR b1) AND c1)",
    "a1[ti] AND b1[ti] OR c1[ti] NOT d1[ti]": "TITLE(((a1 AND b1) OR c1) AND NOT d1)",
    '"a b"[tiab:~3]': "TITLE-ABS(a W/3 b) OR AUTHKEY(a W/3 b)",
    '"a b"[Title:~0]': "TITLE(a W/0 b)",
    '"open innovation"[Title/Abstract] OR x1*[tw]':
        'TITLE-ABS("open innovation") OR AUTHKEY("open innovation") OR TITLE-ABS-KEY(x1*)',
    "alpha beta": "TITLE-ABS-KEY-AUTH(alpha AND beta)",
    '"heart attack"[mh] OR asthma[mesh:noexp]': 'INDEXTERMS("heart attack" OR "asthma")',
    'a1[ti] AND ("2010/01/01"[Date - Publication] : "3000"[Date - Publication])':
        "TITLE(a1) AND PUBYEAR > 2009",
    "a1[ti] NOT (animals[mh] NOT humans[mh])":
        'TITLE(a1) AND NOT INDEXTERMS("animals" AND NOT "humans")',
    "a1[ti] AND 2015:2020[dp] AND eng[la]":
        "TITLE(a1) AND PUBYEAR > 2014 AND PUBYEAR < 2021 AND LANGUAGE(English)",
    "a1[ti] NOT (review[pt] OR letter[pt])": "TITLE(a1) AND NOT DOCTYPE(re OR le)",
    "a1[tiab] OR b1[mh:noexp] OR c1[tiab]":
        'TITLE-ABS(a1 OR c1) OR AUTHKEY(a1 OR c1) OR INDEXTERMS("b1")',
    "smith j[au] AND free full text[sb]": "AUTH(smith, j) AND OA(all)",
    "#1 a1[ti]\n#2 b1[ab]\n#3 #1 OR #2": "TITLE(a1) OR ABS(b1)",
}  # fmt: skip
OVID = {
    "exp Heart Failure/ or (heart adj3 failure*).ti,ab.":
        'INDEXTERMS("Heart Failure") OR TITLE-ABS(heart W/2 failure*)',
    "heart attack.ti.": 'TITLE("heart attack")',
    "heart adj failure.ti,ab.": "TITLE-ABS(heart PRE/0 failure)",
    "colo?r.tw. and wom#n.ab. not animal/":
        '(TITLE-ABS(color OR colo?r) AND ABS(wom?n)) AND NOT INDEXTERMS("animal")',
    "(a1 adj3 (b1 or c1 d1)).ti,ab,kf,hw.": 'TITLE-ABS-KEY(a1 W/2 (b1 OR "c1 d1"))',
    "child$3.ti. or dog:.ti. or smith j$.au.": "TITLE(child* OR dog*) OR AUTH(smith, j)",
    "a1 or b1.ti.": "TITLE-ABS-KEY(a1) OR TITLE(b1)",
    'exp "Wounds and Injuries"/dt, su [Drug Therapy]': 'INDEXTERMS("Wounds and Injuries")',
    "1. exp Asthma/   1,200\n2. (wheez$ or asthma).ti.\n3. 1 or 2\n4. child.mp.\n5. and/3-4\n"
    '6. limit 5 to (english language and yr="2010 -Current")':
        '(INDEXTERMS("Asthma") OR TITLE(wheez* OR asthma)) AND TITLE-ABS-KEY(child) '
        "AND LANGUAGE(English) AND PUBYEAR > 2009",
    "1     exp Diabetes Mellitus, Type 2/ (150,123)\n"
    "2     (type 2 diabet* or niddm).mp. [mp=title, abstract]     190000\n3     1 or 2":
        'INDEXTERMS("Diabetes Mellitus, Type 2") OR TITLE-ABS-KEY("type 2 diabet*" OR niddm)',
    "a1.ti.\nb1.ti.\nor/1-2": "TITLE(a1 OR b1)",
    'randomized controlled trial.pt. or "journal article".pt.':
        'INDEXTERMS("randomized controlled trial") OR DOCTYPE(ar)',
}  # fmt: skip
CASES = [
    (name, text, expected)
    for name, cases in zip(NAMES, (WOS, PUBMED, OVID), strict=True)
    for text, expected in cases.items()
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_a_query_of_another_database_is_read_as_it_means(name, text, expected):
    assert written(text, name) == expected


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_what_is_written_is_read_alike_by_either_order_of_precedence(name, text, expected):
    ways = [parse(expected, day) for day in ("2024-01-01", "2026-06-01")]
    assert {normal(way) for way in ways} == {normal(read(text, name).tree)}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("pubmed", "asthma[mh]", "asthma: the narrower headings are not asked for"),
        ("pubmed", "alpha beta", "words without a tag are mapped to MeSH"),
        ("pubmed", "heart attack[tiab]", "asked as a phrase"),
        ("pubmed", "a1[ti] AND 2015/06/01:2016/12/31[dp]", "days and months"),
        ("pubmed", "asthma/therapy[majr]", "without its subheading"),
        ("pubmed", "asthma[majr]", "Scopus does not tell main headings"),
        ("pubmed", '"a b c"[ti:~2]', "asked pair by pair"),
        ("wos", "TI=(a1 NEAR b1)", "NEAR without a number is NEAR/15"),
        ("wos", "TS=a1 AND WC=Business", "Business: left out: no field of Scopus is known for WC"),
        ("wos", "TS=colo$r", "one sign or none"),
        ("wos", "TS=cite", "finds more forms of a word"),
        ("wos", "a1 AND TS=b1", "a1: no field is written"),
        ("wos", "#1 TI=a1\n#2 TI=b1\n#3 TI=c1\n#4 #1 OR #3", "2: left out: no later line uses"),
        ("ovid", "child$3.ti.", "asked for more widely: child*"),
        ("ovid", "a1 or b1 and c1", "read in the order ADJ, AND, NOT, OR"),
        ("ovid", "a1.mp.", "has names of substances"),
        ("ovid", "*Asthma/dt", "without its subheading"),
        ("ovid", "1. a1.ti.\n2. limit 1 to humans", "humans: left out: Scopus has no such limit"),
    ],
)
def test_what_scopus_asks_otherwise_is_told(name, text, told):
    assert told in lost(text, name)


def test_losses_are_told_once_per_kind_with_all_their_places():
    text = "a1[mh] OR b1[mh] OR c1[mh]"
    losses = [loss for loss in read(text, "pubmed").losses if "narrower" in loss.reason]
    assert [(loss.text, len(loss.others)) for loss in losses] == [("a1, b1, c1", 2)]
    assert text[slice(*losses[0].others[1])] == "c1[mh]"


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("pubmed", "a1[ti] NOT x1/therapy[mh]", "TITLE(a1)"),
        ("pubmed", "a1[ti] NOT (x1/therapy[mh] OR b1[ti])", "TITLE(a1 AND NOT b1)"),
        ("ovid", "a1.ti. not child$3.ti.", "TITLE(a1)"),
        ("wos", "TI=a1 NOT (TI=b1 AND WC=x1)", "TITLE(a1)"),
        ("wos", "TI=a1 NOT (TI=b1 NOT WC=x1)", "TITLE(a1)"),
    ],
)
def test_and_not_never_takes_away_more_than_the_query_does(name, text, kept):
    assert written(text, name) == kept
    assert "left out: AND NOT would take away more than asked" in lost(text, name)


@pytest.mark.parametrize(
    ("name", "text"),
    [("wos", "WC=Business AND PY=2015"), ("wos", "WC=Business"), ("wos", "LA=English NOT UT=1"),
     ("pubmed", "x1[xx] AND english[la]")],
)  # fmt: skip
def test_a_query_of_which_only_filters_are_left_is_refused(name, text):
    assert written(text, name) == ""
    assert "left out" in lost(text, name)


def test_a_branch_of_which_only_filters_are_left_is_left_out():
    assert written("(WC=x1 AND PY=2015) OR TI=a1", "wos") == "TITLE(a1)"


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("wos", "TS=(a1 AND\n(b1", "Line 2, column 1: This `(` is never closed."),
        ("wos", "TS=a1) AND TS=b1", "Line 1, column 6: This `)` closes nothing"),
        ("wos", "TS=(a1 AND)", "Line 1, column 8: After this, expected a term"),
        ("wos", "TS=()", "Line 1, column 4: After this, expected a term"),
        ("wos", "TS=(a1 OR AND b1)", "Line 1, column 11: Before `AND`, expected"),
        ("wos", 'TS="a1', "Line 1, column 4: The phrase that begins here has no closing"),
        ("wos", "TI=a1 NEAR/2 AB=b1", "Line 1, column 4: Words of different fields"),
        ("wos", "#1 AND #2", "Line 1, column 1: Line 1 refers to line 1, which is not there."),
        ("pubmed", "a1[ti] AND [ab]", "Line 1, column 12: The field `[ab]` has nothing"),
        ("pubmed", "a1 ]", "Line 1, column 4: `]` has no meaning here in PubMed."),
        ("ovid", "1. a1.ti.\n2. 1 or 7", "Line 2, column 9: Line 2 refers to line 7"),
        ("ovid", "(a1 xor b1).ti.", "Line 1, column 5: `xor` cannot be said in Scopus."),
        ("ovid", "  ", "Line 1, column 1: The query holds no term"),
        ("ovid", "(" * 200 + "a1" + ")" * 200, "Line 1, column 101: The groups are nested too"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place_and_a_remedy(name, text, place):
    with pytest.raises(ScopusQueryError) as found:
        read(text, name)
    assert place in str(found.value)
    assert found.value.remedy


PIECES = st.lists(
    st.sampled_from(
        ["a1", "b1*", '"c d"', "(", ")", "AND", "or", "NOT", "NEAR/3", "SAME", "adj3", "adj", "TS=",
         "TI=(", "PY=2015-2020", "[ti]", "[mh]", "[tiab:~2]", ".ti,ab.", ".mp.", "exp X1/", "#1",
         "1", "or/1-2", "\n", "2010:2012[dp]", ":", "$", "co$r", "lab?r", "limit 1 to yr=\"2010\"",
         "[x]", "smith j.au.", "“e f”", '"', "AU=", "LA=English", "1. ", "2. ", "é", "AND NOT"]
    ),
    max_size=14,
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(pieces=PIECES)
def test_any_text_gives_a_tree_that_its_own_text_gives_or_an_error(name, pieces):
    for glue in (" ", ""):
        try:
            tree = read(glue.join(pieces), name).tree
        except ScopusQueryError:
            continue
        if tree is not None:
            for day in ("2024-01-01", "2026-06-01"):
                assert normal(parse(unparse(tree), day)) == normal(tree)


RECORDS = records(30)


WIDER = {"wos": {"SRCTITLE"}, "pubmed": {"SRCTITLE", "ABS", "TITLE-ABS"}, "ovid": set()}
"""Fields for which the database has only a wider or a narrower one, which is told."""


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=trees.map(lambda tree: Field("TITLE-ABS-KEY", tree)))
def test_a_query_that_went_there_and_back_finds_the_same_records(name, tree):
    # An exact phrase is asked for as a phrase; all fields, when read, are without references.
    nodes = [node for node, _around in walk(tree)]
    assume(not any(isinstance(node, Exact) for node in nodes))
    assume(not codes(tree) & {"ALL", *WIDER[name]})
    try:
        there = translate(tree, name)
    except ScopusQueryError:
        assume(False)
    assume(there.text and not any(loss.changes for loss in there.losses))
    back = read(there.text, name)
    assume(not any(loss.changes for loss in back.losses))
    assert back.tree is not None
    for record in RECORDS:
        answers = {evaluate(back.tree, record), evaluate(tree, record)}
        assert None in answers or len(answers) == 1, (there.text, unparse(back.tree))


THERE_AND_BACK = {
    'TITLE-ABS-KEY(alpha* OR "beta gamma") AND TITLE(eps W/4 (zeta OR eta))': "",
    "TITLE(a1 OR b1) AND NOT ABS(c1)": "",
    "(TITLE(a1) AND AUTHKEY(b1)) OR ABS(c1)": "",
    "AUTH(smith, j) AND TITLE(wom?n)": "",
    "AFFIL(a1 AND b1) AND TITLE(c1)": "",
    'TITLE-ABS-KEY((a1 OR b1) AND c1) AND PUBYEAR > 2014 AND PUBYEAR < 2020 AND LANGUAGE("dutch")':
        "TITLE-ABS-KEY(a1 OR b1) AND TITLE-ABS-KEY(c1) AND LANGUAGE(Dutch) AND PUBYEAR > 2014 "
        "AND PUBYEAR < 2020",
}  # fmt: skip


@pytest.mark.parametrize("query", THERE_AND_BACK)
def test_what_web_of_science_can_say_comes_back_as_it_went(query):
    there = translate(parse(query), "wos")
    assert written(there.text, "wos") == (THERE_AND_BACK[query] or query)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("query", THERE_AND_BACK)
def test_the_second_way_there_is_the_first(name, query):
    there = translate(parse(query), name).text
    tree = read(there, name).tree
    assert tree is not None
    again = read(translate(tree, name).text, name).tree
    for record in RECORDS:
        assert evaluate(again, record) == evaluate(tree, record)


def test_the_command_reads_a_file_of_another_database(tmp_path, capsys):
    file = tmp_path / "strategy.txt"
    file.write_text("1. exp Asthma/\n2. child$.ti.\n3. 1 and 2\n")
    assert cli.main(["translate", "--from", "ovid", str(file)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith('Scopus:\nINDEXTERMS("Asthma") AND TITLE(child*)\n')
    assert "! Asthma: the narrower headings" in shown
    assert cli.main(["translate", "--from", "ovid", str(file), "--to", "wos", "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["platform"], second["platform"]) == ("scopus", "wos")
    assert second["text"] == "KP=Asthma AND TI=child*"
    assert cli.main(["translate", "--from", "wos", "WC=Business"]) == 1
    assert cli.main(["translate", "--from", "wos", "TS=(a1"]) == 2
    assert "column 4" in capsys.readouterr().err


def test_what_not_takes_away_is_left_out_where_its_own_not_could_not_take_enough():
    # `x.pt.` is left out of what is taken from b1, so that b1 would be wider than it was asked.
    found = read("a1 not (b1 not (c1 or x.pt.))", "ovid")
    assert unparse(found.tree) == "TITLE-ABS-KEY(a1)"
