"""What the databases of medicine and psychology are asked, written by hand from their guides."""

from __future__ import annotations

import contextlib
import re

import pytest
from search_query.exception import QuerySyntaxError
from search_query.parser import parse as read_again

from scopus_query.parse import parse
from scopus_query.platforms import BY_NAME
from scopus_query.translate import translate

TARGETS = ("embase", "ovid", "cochrane", "ebsco")
WRITTEN = {
    "TITLE(a1 OR b1)": (
        "(a1 OR b1):ti", "(a1 OR b1).ti.", "(a1 OR b1):ti", "TI (a1 OR b1)"),
    'TITLE-ABS-KEY("heart attack" AND a1)': (
        "'heart attack':ti,ab,kw,de AND a1:ti,ab,kw,de",
        '"heart attack".ti,ab,kf,hw. AND a1.ti,ab,kf,hw.',
        '"heart attack":ti,ab,kw AND a1:ti,ab,kw',
        '(TI "heart attack" OR AB "heart attack" OR KW "heart attack" OR SU "heart attack") AND '
        "(TI a1 OR AB a1 OR KW a1 OR SU a1)"),
    "ABS(a1) AND NOT (AUTHKEY(b1) OR INDEXTERMS(c1))": (
        "a1:ab NOT (b1:kw OR c1:de)", "a1.ab. NOT (b1.kf. OR c1.hw.)", "a1:ab NOT (b1 OR c1):kw",
        "AB a1 NOT (KW b1 OR SU c1)"),
    "TITLE(a1 W/3 b1)": (
        "(a1 NEAR/4 b1):ti", "(a1 ADJ4 b1).ti.", "(a1 NEAR/4 b1):ti", "TI (a1 N3 b1)"),
    "TITLE(a1 W/0 b1)": (
        "(a1 NEAR/1 b1):ti", "(a1 ADJ1 b1).ti.", "(a1 NEAR/1 b1):ti", "TI (a1 N0 b1)"),
    "TITLE(a1 PRE/0 b1)": (
        "(a1 NEXT/1 b1):ti", "(a1 ADJ b1).ti.", "(a1 NEXT b1):ti", "TI (a1 W0 b1)"),
    "TITLE(a1 PRE/2 b1)": (
        "(a1 NEXT/3 b1):ti", "(a1 ADJ3 b1).ti.", "(a1 NEAR/3 b1):ti", "TI (a1 W2 b1)"),
    "TITLE((a1 OR b1) W/2 (c1 OR d1))": (
        "((a1 OR b1) NEAR/3 (c1 OR d1)):ti", "((a1 OR b1) ADJ3 (c1 OR d1)).ti.",
        "((a1 OR b1) NEAR/3 (c1 OR d1)):ti", "TI ((a1 OR b1) N2 (c1 OR d1))"),
    'TITLE("school nurs*" OR nurs*)': (
        "((school NEXT/1 nurs*) OR nurs*):ti", "((school nurs*) OR nurs*).ti.",
        "((school NEXT nurs*) OR nurs*):ti", 'TI ("school nurs*" OR nurs*)'),
    "TITLE(wom?n OR p*diatric)": (
        "(wom?n OR p*diatric):ti", "(wom#n OR paediatric OR pediatric).ti.",
        "(wom?n OR p*diatric):ti",
        "TI (wom?n OR paediatric OR pediatric)"),
    "TITLE(behavio*r OR cell?)": (
        "(behavio*r OR cell?):ti", "(behavior OR behaviour OR cell#).ti.",
        "(behavio*r OR cell?):ti", "TI (behavio*r OR cell#)"),
    "TITLE(*oxide OR a1)": ("a1:ti", "a1.ti.", "(*oxide OR a1):ti", "TI a1"),
    'TITLE("search and rescu*" OR "mother\'s")': (
        "((search NEXT/1 'and' NEXT/1 rescu*) OR \"mother's\"):ti",
        '((search "and" rescu*) OR "mother\'s").ti.',
        '((search NEXT "and" NEXT rescu*) OR "mother\'s"):ti',
        'TI ("search and rescu*" OR "mother\'s")'),
    "TITLE({a1-b1} OR s2 OR 2)": (
        "('a1-b1' OR s2 OR 2):ti", '("a1-b1" OR s2 OR "2").ti.', '("a1-b1" OR s2 OR 2):ti',
        'TI ("a1-b1" OR "s2" OR 2)'),
    "AUTH(smith) OR AUTHOR-NAME(jones, b)": (
        "(smith OR (jones NEXT/1 b*)):au", "(smith $ OR (jones b*)).au.",
        "(smith OR (jones NEXT b*)):au", 'AU (smith OR "jones b*")'),
    "AUTH(o'brien j.) OR TITLE-ABS-KEY-AUTH(a1)": (
        "(\"o'brien\" NEXT/1 j*):au OR a1:ti,ab,kw,de,au", "(o'brien j*).au. OR a1.ti,ab,kf,hw. OR "
        "a1 $.au.", "(\"o'brien\" NEXT j*):au OR a1:ti,ab,kw OR a1:au",
        'AU "o\'brien j*" OR TI a1 OR AB a1 OR KW a1 OR SU a1 OR AU a1'),
    "TITLE(a1) AND AFFIL(b1) AND SRCTITLE(c1)": (
        "a1:ti AND b1:ff AND c1:jt", "a1.ti. AND b1.in. AND c1.jw.", "a1:ti AND c1:so",
        "TI a1 AND AF b1 AND SO c1"),
    "TITLE(a1) AND PUBYEAR > 2014 AND PUBYEAR < 2021": (
        "a1:ti AND [2015-2020]/py", '1. a1.ti.\n2. limit 1 to yr="2015 -2020"', "a1:ti",
        "TI a1 AND PY 2015-2020"),
    "TITLE(a1) AND PUBYEAR > 2014 AND NOT ABS(b1)": (
        "(a1:ti AND [2015-2099]/py) NOT b1:ab",
        '1. a1.ti. NOT b1.ab.\n2. limit 1 to yr="2015 -Current"', "a1:ti NOT b1:ab",
        "(TI a1 AND PY 2015-2099) NOT AB b1"),
    "TITLE(a1) OR (ABS(b1) AND PUBYEAR > 2013 AND PUBYEAR < 2016)": (
        "a1:ti OR (b1:ab AND [2014-2015]/py)",
        'a1.ti. OR (b1.ab. AND ("2014" OR "2015").yr.)', "a1:ti OR b1:ab",
        "TI a1 OR (AB b1 AND PY 2014-2015)"),
    'TITLE(a1) AND LIMIT-TO(LANGUAGE, "English") AND LIMIT-TO(DOCTYPE, "re")': (
        "a1:ti AND [english]/lim AND 'review'/it", "a1.ti. AND English.lg. AND review.pt.", "a1:ti",
        "TI a1 AND LA English AND PT review"),
    'TITLE(a1) AND EXCLUDE(LANGUAGE, "Dutch")': (
        "a1:ti NOT [dutch]/lim", "a1.ti. NOT Dutch.lg.", "a1:ti", "TI a1 NOT LA Dutch"),
    "DOI(10.1000/1) OR ISSN(12345678)": (
        "'10.1000/1':do OR 12345678:is", '"10.1000/1".do. OR "12345678".is.', "", "IS 12345678"),
    "(TITLE(a1) OR ABS(b1)) AND (TITLE(c1) OR ABS(d1))": (
        "(a1:ti OR b1:ab) AND (c1:ti OR d1:ab)", "(a1.ti. OR b1.ab.) AND (c1.ti. OR d1.ab.)",
        "(a1:ti OR b1:ab) AND (c1:ti OR d1:ab)", "(TI a1 OR AB b1) AND (TI c1 OR AB d1)"),
    "TITLE(meta-analys* OR x-y) AND (PUBYEAR = 2015 OR PUBYEAR = 2016 OR PUBYEAR = 2019)": (
        "((meta NEXT/1 analys*) OR 'x-y'):ti AND ([2015-2016]/py OR [2019-2019]/py)",
        '((meta analys*) OR "x-y").ti. AND ("2015" OR "2016" OR "2019").yr.',
        '((meta NEXT analys*) OR meta-analys* OR "x y" OR "x-y"):ti',
        'TI ("meta-analys*" OR "x-y") AND PY (2015-2016 OR 2019-2019)'),
    "AU-ID(7) AND PUBYEAR > 2014": ("", "", "", ""),
}  # fmt: skip
"""Queries, and how Embase.com, Ovid, the Cochrane Library and EBSCOhost are asked."""
SAID = {
    ("TITLE(a1 PRE/2 b1)", "ovid"): "the order is not kept",
    ("TITLE(a1 PRE/2 b1)", "cochrane"): "the order is not kept",
    ("AUTH(j OR smith)", "ovid"): "j: left out: initials",
    ("TITLE(a1 W/3 b1)", "cochrane"): "counted otherwise",
    ("TITLE(wom?n OR p*diatric)", "ovid"): "p*diatric: asked as the spellings",
    ("TITLE(behavio*r OR cell?)", "ovid"): "behavio*r: asked as the spellings",
    ("TITLE(behavio*r OR cell?)", "ebsco"): "asked for more widely: cell#",
    ("TITLE(*oxide OR a1)", "embase"): "*oxide: left out",
    ("TITLE(*oxide OR a1)", "ovid"): "*oxide: left out",
    ("TITLE(*oxide OR a1)", "ebsco"): "*oxide: left out",
    ("TITLE({a1-b1} OR s2 OR 2)", "embase"): "searched as a phrase",
    ("TITLE(a1) AND AFFIL(b1) AND SRCTITLE(c1)", "cochrane"): "AFFIL(b1): left out",
    ("TITLE(a1) AND PUBYEAR > 2014 AND PUBYEAR < 2021", "cochrane"): "limiter of the page",
    ('TITLE(a1) AND EXCLUDE(LANGUAGE, "Dutch")', "cochrane"): "LANGUAGE",
    ("DOI(10.1000/1) OR ISSN(12345678)", "cochrane"): "ISSN(12345678): left out",
    ("DOI(10.1000/1) OR ISSN(12345678)", "ebsco"): "DOI(10.1000/1): left out",
    ("AU-ID(7) AND PUBYEAR > 2014", "ovid"): "AU-ID(7): left out",
}


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("query", WRITTEN)
def test_a_query_is_written_as_the_guide_of_the_database_says(query, name):
    found = translate(parse(query), name)
    assert found.text == WRITTEN[query][TARGETS.index(name)]
    lost = "; ".join(f"{loss.text}: {loss.reason}" for loss in found.losses)
    assert SAID.get((query, name), "") in lost


def test_each_part_becomes_a_line_that_the_last_one_joins():
    tree = parse("TITLE(a1 OR b1) AND NOT ABS(c1)")
    assert translate(tree, "embase", lines=True).text == (
        "1. (a1 OR b1):ti\n2. c1:ab\n3. #1 NOT #2"
    )
    tree = parse("TITLE(a1) AND ABS(b1) AND PUBYEAR > 2014")
    assert translate(tree, "ovid", lines=True).text == (
        '1. a1.ti.\n2. b1.ab.\n3. 1 AND 2\n4. limit 3 to yr="2015 -Current"'
    )
    assert translate(tree, "ebsco", lines=True).text.endswith("4. S1 AND S2 AND S3")
    assert translate(parse("TITLE(a1)"), "cochrane", lines=True).text == "1. a1:ti"


def test_more_words_apart_than_a_database_counts_are_asked_as_and():
    found = translate(parse("TITLE(a1 W/99 b1)"), "ovid")
    assert found.text == "(a1 AND b1).ti."
    assert any("no such nearness" in loss.reason for loss in found.losses)


def test_a_wildcard_for_a_whole_word_leaves_the_other_words():
    found = translate(parse('TITLE("iron * oxide")'), "embase")
    assert found.text == "(iron AND oxide):ti"
    assert "asked as AND" in found.losses[-1].reason


def test_every_database_says_what_it_holds():
    assert all(platform.about and platform.label for platform in BY_NAME.values())


NOT_OURS = {
    "FIELD_0001": "no DT= of Web of Science, no AF, PT and PY of EBSCOhost",
    "FIELD_0002": "no DT= of Web of Science, so that its value has no field",
    "PARSE_0001": "no PMID= of Web of Science",
    "QUALITY_0001": "advice: the structure as the query has it",
    "QUALITY_0002": "advice: years inside a part, where the query has them",
    "QUALITY_0003": "advice: a journal inside a part, where the query has it",
    "QUALITY_0005": "advice: a term that another holds, as the query has it",
    "QUALITY_0006": "advice: a wildcard that the query has not",
    "TERM_0003": "the DOI of a test",
    "TERM_0004": "an ISSN is read as an ISBN",
    "PUBMED_0002": "an apostrophe is a blank to PubMed, as it is to Scopus",
}
"""What the linters of search-query say of our writing and is not to be mended here."""


@pytest.mark.parametrize("name", ["wos", "pubmed", "ebsco"])
@pytest.mark.parametrize("query", WRITTEN)
def test_the_linter_of_search_query_finds_nothing_to_mend(query, name, capsys):
    found = translate(parse(query), name).text
    if not found:
        pytest.skip("nothing of the query can be asked there")
    unread = ValueError if "W/2" in query else QuerySyntaxError  # it reads no group beside NEAR
    with contextlib.suppress(QuerySyntaxError, unread):
        read_again(found, platform=BY_NAME[name].name)
    assert set(re.findall(r"[A-Z]+_\d{4}", capsys.readouterr().out)) <= NOT_OURS.keys()
