"""Duplicates: what bib-dedupe finds, what a person decides, what is measured."""

from __future__ import annotations

import csv
from dataclasses import replace
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
    second = replace(second, abstract="An abstract.", index_terms=("x",), publisher="P")
    whole = dedup.merged([first, second])
    assert (whole.eid, whole.wos, whole.abstract) == ("2-s2.0-1", "WOS:1", "An abstract.")
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
    second = Record(title=title, year=1999, authors=("Öz, D.",), doi=first.doi, eid="2-s2.0-2")
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

    Read were all pairs that bib-dedupe names, and, so that recall does not rest on what it names,
    all pairs of the 748 records with one DOI, with titles alike (token sort ratio of at least 75),
    of one first author with the same pages or with one year and a ratio of at least 50, and of one
    place in a journal.
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
