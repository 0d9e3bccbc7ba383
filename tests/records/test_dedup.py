"""Duplicates: what is matched, what a person decides, what is measured."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from compendium.errors import CompendiumError
from compendium.records import dedup
from compendium.records.dedup import DIFFERENT, DUPLICATE, Pair, deduplicate
from compendium.records.record import Record
from tests.records.make import CORPORA, read

CHECKED = Path(__file__).with_name("duplicates_checked.csv")


def works(n: int = 3) -> list[Record]:
    """The same article in as many databases."""
    same = {
        "title": "Absorptive capacity in networks of small firms", "year": 2020, "volume": "12",
        "authors": ("Kim, C.", "Lee, B."), "source": "Journal of Firms", "pages": "1–12",
        "doi": "10.5555/abc",
    }  # fmt: skip
    ids = [{"eid": "2-s2.0-1"}, {"wos": "WOS:1"}, {"pmid": "1"}][:n]
    other = Record(title="Open innovation and its discontents", year=2011, eid="2-s2.0-9",
                   authors=("Öz, D.",), source="Another journal")  # fmt: skip
    return [Record(**same, **identifier) for identifier in ids] + [other]


def test_one_article_of_two_databases_is_one_record():
    result = deduplicate(works(2))
    assert [r.eid for r in result.records] == ["2-s2.0-1", "2-s2.0-9"]
    assert result.removed == 1
    assert result.groups == {"eid:2-s2.0-1": ["eid:2-s2.0-1", "wos:WOS:1"]}


def test_merging_takes_what_the_fullest_lacks_and_names_the_others():
    first, second = works(2)[:2]
    second = replace(second, abstract="An abstract.", index_terms=("x",), publisher="P",
                     pages="1–12, 14")  # fmt: skip
    whole = dedup.merged([first, second])
    assert (whole.eid, whole.wos, whole.abstract) == ("2-s2.0-1", "WOS:1", "An abstract.")
    assert whole.pages == second.pages, "where they differ, the fullest is right"
    assert "eid:2-s2.0-1" in whole.extra["merged"]


def test_two_parts_of_a_report_with_dois_of_their_own_are_left_to_a_person():
    first = works(1)[0]
    second = replace(first, title=first.title + ", part II", doi="10.5555/abd", eid="2-s2.0-2")
    result = deduplicate([first, second])
    assert len(result.records) == 2
    assert [pair.decision for pair in result.open] == [dedup.UNCERTAIN]


@pytest.mark.parametrize(
    ("title", "decision"),
    [("Absorptive capacity in networks", DUPLICATE), ("A mother's guilt", dedup.UNCERTAIN)],
)
def test_one_doi_joins_titles_of_which_one_begins_the_other(title, decision):
    first = works(1)[0]
    second = Record(title=title, year=1999, doi=first.doi, eid="2-s2.0-2")
    assert [pair.decision for pair in deduplicate([first, second]).pairs] == [decision]


def test_a_record_read_twice_is_one():
    first = works(1)[0]
    assert len(deduplicate([first, replace(first)]).records) == 1


def test_a_person_keeps_records_apart():
    decided = [Pair("wos:WOS:1", "eid:2-s2.0-1", DIFFERENT, "Aigerim")]
    result = deduplicate(works(2), decided)
    assert len(result.records) == 3
    assert result.pairs == decided


def test_a_person_joins_what_the_program_did_not():
    result = deduplicate(works(1), [Pair("eid:2-s2.0-1", "eid:2-s2.0-9", DUPLICATE, "Aigerim")])
    assert len(result.records) == 1


def test_what_a_person_keeps_apart_is_not_joined_by_way_of_a_third():
    result = deduplicate(works(), [Pair("eid:2-s2.0-1", "wos:WOS:1", DIFFERENT, "Aigerim")])
    joined = [set(group) for group in result.groups.values()]
    assert joined and not any({"eid:2-s2.0-1", "wos:WOS:1"} <= group for group in joined)


def test_persons_who_contradict_each_other_are_told_so():
    decided = [
        Pair("eid:2-s2.0-1", "wos:WOS:1", DIFFERENT, "Aigerim"),
        Pair("eid:2-s2.0-1", "pmid:1", DUPLICATE, "Aigerim"),
        Pair("wos:WOS:1", "pmid:1", DUPLICATE, "Daniyar"),
    ]
    with pytest.raises(CompendiumError, match="said to be different"):
        deduplicate(works(), decided)


def test_the_table_keeps_a_persons_rows(tmp_path):
    file = tmp_path / "duplicates.csv"
    own = Pair("eid:2-s2.0-1", "wos:WOS:1", DIFFERENT, "Aigerim", "=1", "B")
    dedup.write_table([own], file)
    dedup.write_table(deduplicate(works(2)).pairs, file)
    assert [(p.decision, p.decided_by) for p in dedup.read_table(file)] == [(DIFFERENT, "Aigerim")]
    assert "'=1" in file.read_text()


def test_a_decision_that_is_none_is_refused_with_its_row(tmp_path):
    file = tmp_path / "duplicates.csv"
    file.write_text("record,other,decision,decided_by,title,other_title\na,b,perhaps,me,,\n")
    with pytest.raises(CompendiumError, match=r"row 2, column `decision`"):
        dedup.read_table(file)


def test_precision_and_recall_on_the_checked_pairs_of_two_databases():
    """The pairs were read one by one: identifiers, title, authors, year, source and pages.

    Read were all pairs that the program and bib-dedupe name, and, so that recall does not rest on
    what these name, all pairs of the 748 records with one DOI, with titles alike (token sort ratio
    of at least 75), of one first author with the same pages or with one year and a ratio of at
    least 50, and of one place in a journal.
    """
    if not CORPORA.exists():
        pytest.skip(f"{CORPORA} is absent")
    records = read(CORPORA / "scopus.csv")[0] + read(CORPORA / "wos.txt")[0]
    result = deduplicate(records)
    with CHECKED.open(newline="") as stream:
        checked = {frozenset((r["record"], r["other"])): r["same"] for r in csv.DictReader(stream)}
    yes = {pair for pair, same in checked.items() if same == "yes"}
    found = {frozenset(p.names) for p in result.pairs if p.decision == DUPLICATE}
    asked = {frozenset(p.names) for p in result.pairs if p.decision == dedup.UNCERTAIN}
    assert found <= yes, "every pair that the program joins was checked to be one publication"
    assert len(found & yes) / len(yes) >= 0.98
    assert yes <= found | asked, "what it does not join it leaves to a person"
    assert len(records) == len(result.records) + result.removed == 748


def one(title: str, **other) -> Record:
    return Record(title=title, **{"year": 2017, "source": "Journal of Examples"} | other)


def test_abstracts_of_a_supplement_chapters_and_editorials_stay_apart_and_nobody_is_asked():
    supplement = [
        one("Drug A and heart failure in older adults", authors=("Doe, J.",), volume="60",
            pages="S299", doi="10.5555/s"),
        one("Exercise and lipids in school children", authors=("Roe, R.",), volume="60",
            pages="S259", doi="10.5555/s"),
        one("Methods for A", authors=("Doe, J.",), source="Book", doi="10.5555/h", pages="1–20"),
        one("Results for B", authors=("Roe, R.",), source="Book", doi="10.5555/h", pages="21–40"),
        one("Editorial", volume="60", pages="1"),
        one("Editorial", volume="3", pages="77", source="Annals of Other Things"),
    ]  # fmt: skip
    result = deduplicate(supplement)
    assert len(result.records) == 6 and result.pairs == []


def test_a_third_record_that_says_little_does_not_join_two_publications():
    title, said = "A long enough title of an article on innovation", {"authors": ("Doe, J.",)}
    held = [one(title, volume="5", pages="1–9", **said), one(title, **said),
            one(title, volume="70", pages="300–320", **said)]  # fmt: skip
    assert len(deduplicate(held[:2]).records) == len(deduplicate(held[1:]).records) == 1
    assert {len(deduplicate(order).records) for order in permutations(held)} == {2}


def test_numbers_that_a_table_made_into_fractions_are_the_same_numbers():
    title, persons = "Measuring effects in social firms", ("Doe, J.",)
    first = one(title, authors=persons, volume="133", issue="4", pages="691–701")
    second = one(title, authors=persons, volume="133.0", issue="4.0", pages="691.0–701.0")
    assert len(deduplicate([first, second]).records) == 1


def test_a_table_that_a_spreadsheet_of_another_country_saved_is_read(tmp_path):
    file = tmp_path / "duplicates.csv"
    rows = "record;other;decision;decided_by;title;other_title\na;b;Different;Айгерим;Название;B\n"
    for text in (rows.encode("cp1251"), rows.encode("utf-8-sig"), b"sep=;\n" + rows.encode()):
        file.write_bytes(text)
        (pair,) = dedup.read_table(file)
        assert (pair.decision, pair.decided_by, pair.title) == (DIFFERENT, "Айгерим", "Название")
    dedup.write_table([], file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbfrecord;other")


def test_what_was_decided_is_not_matched_anew():
    records = works(2)
    matched = deduplicate(records)
    again = deduplicate(records, matched.pairs, match=False)
    assert (again.groups, again.removed) == (matched.groups, 1)
    assert deduplicate(records, [], match=False).removed == 0


def test_editorials_of_issue_after_issue_are_not_one():
    person = {"authors": ("Doe, J.",), "volume": "24"}
    held = [
        one("Editorial introduction", **person, issue="1", pages="5–12", doi="10.5555/a"),
        one("Editorial introduction", **person, issue="2", pages="5–6", doi="10.5555/b"),
        one("Editor's comments", **person, issue="1"),
        one("Editor's comments", **person, issue="2"),
        one("Remarks from the editor - editor's comments", **person, issue="3"),
        one("Remarks from the editor - editor's comments", **person, issue="4"),
    ]  # fmt: skip
    assert len(deduplicate(held).records) == 6


@pytest.mark.parametrize(
    ("one_of", "other_of"),
    [
        # two abstracts on one page of a supplement, by one group
        ({"title": "Factor A antibodies are found in disease", "authors": ("Doe, J.", "Roe, R.")},
         {"title": "Factor B antibodies are found in another disease",
          "authors": ("Roe, R.", "Doe, J.")}),
        # two articles of one author whose pages happen to be the same, with one way to begin
        ({"title": "Gig work and how it pays", "authors": ("Doe, J.",), "issue": "1"},
         {"title": "Hiring by algorithms", "authors": ("Doe, J.",), "issue": "2"}),
        ({"title": "Factor A in rare diseases", "authors": ("Doe, J.", "Roe, R.")},
         {"title": "Factor A in rare diseases: authors reply", "authors": ("Roe, R.",)}),
    ],
)  # fmt: skip
def test_one_page_of_a_volume_may_hold_two_publications(one_of, other_of):
    place = {"volume": "26", "pages": "1660", "abstract": "This article reviews the evidence. " * 5}
    result = deduplicate([one(**place | one_of), one(**place | other_of)])
    assert len(result.records) == 2


WHOLE = {
    "title": "Learning of small firms from their suppliers abroad", "authors": ("Doe, Jane",),
    "source": "European Journal of Management Studies", "volume": "12", "issue": "3",
    "pages": "S45–S58",
}  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({}, {"title": WHOLE["title"] + ". [Review] [42 refs]"}, id="remarks"),
        pytest.param({}, {"title": f"[{WHOLE['title']} (author's transl)]"}, id="translated"),
        pytest.param({}, {"pages": "Suppl–58"}, id="a page that is none"),
        pytest.param({}, {"volume": "(Mar)", "pages": ""}, id="a month for a volume"),
        pytest.param({}, {"volume": "2017", "pages": ""}, id="a year for a volume"),
        pytest.param({}, {"volume": "3"}, id="the number of a supplement for a volume"),
        pytest.param({"pages": "45–58"}, {"pages": "58"}, id="one of its pages"),
        pytest.param({"pages": "1–14"}, {"pages": "e10045"}, id="pages of a file"),
        pytest.param({"pages": "45–58"}, {"pages": "1–14", "volume": "", "issue": "", "year": 2016},
                     id="before it had an issue"),
        pytest.param({"pages": ""}, {"pages": "", "authors": ("Jane, D.",)}, id="names turned"),
        pytest.param({}, {"source": "Eur J Mgmt Stud", "pages": ""}, id="contracted words"),
        pytest.param({}, {"title": "Learning of small firms from their suppliers", "pages": ""},
                     id="without a subtitle"),
        pytest.param({"authors": ("Sørby, Å.",)}, {"authors": ("Sorby, A.",)}, id="strokes"),
        pytest.param({"title": "Of 10 000 firms with TNF-α and β2"},
                     {"title": "Of 10,000 firms with TNF-alpha and beta2"}, id="thousands, Greek"),
        pytest.param({"title": "Vaccines against HPV16/18 in firms"},
                     {"title": "Vaccines against HPV 16/18 in firms", "pmid": "1"},
                     id="numbers at letters"),
        pytest.param({"authors": ("Щербаков, Қ.",), "source": "Вестник науки"},
                     {"authors": ("Shcherbakov, K.",), "source": "Vestnik Nauki", "pages": ""},
                     id="Cyrillic and Latin"),
        pytest.param({"authors": ("St. John, M.",)}, {"authors": ("Saint John, M.",)}, id="saints"),
        pytest.param({"doi": "10.5555/a"}, {"authors": ("Doe, J.",), "pages": ""}, id="initials"),
    ],
)  # fmt: skip
def test_what_databases_write_in_two_ways_is_one_publication(first, second):
    result = deduplicate([one(**WHOLE | first), one(**WHOLE | second)])
    assert len(result.records) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({}, {"issue": "1", "pages": "A7"}, id="an abstract in another issue"),
        pytest.param({}, {"title": "Learning of small firms from their suppliers", "pages": "3–9"},
                     id="without a subtitle, elsewhere"),
        pytest.param({}, {"title": "How they did it: " + WHOLE["title"], "pages": ""},
                     id="under a heading"),
        pytest.param({"authors": ("Shcherbakov, K.",)},
                     {"title": "Как малые фирмы учатся у зарубежных поставщиков",
                      "authors": ("Щербаков, Қ.",), "source": "Вестник управления"},
                     id="the original of a translation"),
        pytest.param({"pages": "CD000123", "year": 2008, "volume": ""},
                     {"pages": "CD000123", "year": 2012, "volume": "6"}, id="a review updated"),
    ],
)  # fmt: skip
def test_what_may_be_one_publication_is_left_to_a_person(first, second):
    result = deduplicate([one(**WHOLE | first), one(**WHOLE | second)])
    assert (len(result.records), len(result.open)) == (2, 1)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"title": WHOLE["title"] + " [Part 1]", "pages": ""},
                     {"title": WHOLE["title"] + " [Part 2]", "pages": ""}, id="parts"),
        pytest.param({"issue": "", "pages": "45–58"}, {"issue": "", "pages": "e10045"},
                     id="a talk and its article"),
        pytest.param({"volume": "13", "pages": "45–58"}, {"volume": "14", "pages": "45–49"},
                     id="one page of two volumes"),
        pytest.param({}, {"title": WHOLE["title"] + " (vol 12, pg 45, 2017)", "pages": "99"},
                     id="a correction in brackets"),
        pytest.param({}, {"title": "Author Correction: " + WHOLE["title"], "pages": ""},
                     id="an author's correction"),
        pytest.param({"title": "Effects of gene p53 on the growth of firms", "pages": ""},
                     {"title": "Effects of gene p63 on the growth of firms", "pages": ""},
                     id="two genes"),
    ],
)  # fmt: skip
def test_what_looks_alike_is_not_merged(first, second):
    result = deduplicate([one(**WHOLE | first), one(**WHOLE | second)])
    assert len(result.records) == 2


def test_abstracts_of_one_group_on_one_page_under_one_doi_are_not_one():
    place = {"authors": ("Doe, J.", "Roe, R."), "volume": "64", "pages": "A134", "doi": "10.5555/s"}
    first = one("Factor A and the growth of plaques in mice", **place,
                abstract="Aims: plaques are known to grow where factor A is absent. " * 3)
    second = one("Incretins do not change an aneurysm", **place,
                 abstract="Although mechanisms of dilatation were described before, few " * 3)
    assert len(deduplicate([first, second]).records) == 2


def test_two_groups_are_asked_about_once_and_not_when_a_person_knows():
    talk = [one(**WHOLE | {"pages": "A7", "issue": "1"}, eid=f"2-s2.0-{at}") for at in "1"]
    talk += [replace(talk[0], eid="", wos="WOS:1")]
    article = [one(**WHOLE, pmid="1")]
    result = deduplicate(talk + article)
    assert (len(result.records), len(result.open)) == (2, 1)
    decided = [replace(result.open[0], decision=DIFFERENT, decided_by="Aigerim")]
    assert deduplicate(talk + article, decided).open == []


LABELLED_APART = {"1016", "1218"}
"""An error of the labels: both name one article's title, twelve authors, journal, volume and pages;
one title goes on with PubMed's note that an erratum appeared."""


@pytest.mark.parametrize(
    ("name", "missed", "asked"), [("copper", 0, 0), ("respiratory", 3, 7), ("tafenoquine", 0, 0)]
)
def test_labelled_sets_lose_no_publication_and_ask_little(name, missed, asked):
    folder = CORPORA / "labelled"
    if not folder.exists():
        pytest.skip(f"{folder} is absent")
    with (folder / f"sra_{name}.labels.tsv").open(encoding="utf-8") as stream:
        label = dict(line.split("\t")[:2] for line in stream)
    records = read(folder / f"sra_{name}.ris")[0]
    plan = dedup.planned(records)
    held: dict[int, list[str]] = {}
    for first, record in zip(plan.group, records, strict=True):
        held.setdefault(first, []).append(record.extra["ID"])
    apart = [[at for at in group if not label[at]] for group in held.values()]
    assert [set(group) for group in apart if len(group) > 1 and set(group) != LABELLED_APART] == []
    alone = [group for group in held.values() if [label[at] for at in group] == ["Duplicate"]]
    assert len(alone) <= missed
    assert len(plan.open) <= asked
