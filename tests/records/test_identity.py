"""One name for a record, wherever it is read."""

from __future__ import annotations

from dataclasses import replace

from compendium.records import dedup, write
from compendium.records.identity import told_apart
from compendium.records.record import Record
from tests.records.make import read

WORK = Record(title="Open innovation", authors=("Doe, J.",), year=2020, source="Examples",
              volume="5", pages="1–9")  # fmt: skip


def test_a_database_s_own_identifier_names_a_record_and_the_order_is_one():
    record = replace(WORK, doi="10.5555/a", pmid="1", wos="WOS:1", eid="2-s2.0-1")
    assert record.key == "eid:2-s2.0-1"
    assert replace(record, eid="").key == "wos:WOS:1"
    assert replace(record, eid="", wos="").key == "pmid:1"
    assert replace(WORK, accession="embase:7", doi="10.5555/a").key == "embase:7"


def test_abstracts_of_a_supplement_share_a_doi_and_no_name():
    one, other = (replace(WORK, title=title, doi="10.5555/s") for title in ("Drug A", "Drug B"))
    assert one.key != other.key and one.key.startswith("doi:10.5555/s~")


def test_a_doi_with_its_title_is_the_same_name_however_both_are_written():
    again = replace(WORK, doi="10.5555/s", title="OPEN  INNOVATION.", volume="", year=None)
    assert again.key == replace(WORK, doi="10.5555/s").key


def test_editorials_of_two_journals_have_two_names():
    one = Record(title="Editorial", year=2017, source="Journal of Examples")
    assert one.key != replace(one, source="Annals of Other Things").key
    assert replace(one, volume="1").key != replace(one, volume="2").key


def test_records_of_one_name_that_do_not_say_the_same_are_numbered():
    one = replace(WORK, eid="2-s2.0-1")
    other, again = replace(one, title="Something else"), replace(one, cited_by=7)
    keys = [r.key for r in told_apart([one, other, again])]
    assert keys == ["eid:2-s2.0-1", "eid:2-s2.0-1~2", "eid:2-s2.0-1"]


def test_the_number_is_kept_when_the_record_is_written_and_read(tmp_path):
    file = tmp_path / "records.csv"
    one = replace(WORK, eid="2-s2.0-1")
    write.write(told_apart([one, replace(one, title="Something else")]), file)
    assert [r.key for r in read(file)[0]] == ["eid:2-s2.0-1", "eid:2-s2.0-1~2"]


def test_a_merged_record_keeps_the_strongest_name_and_answers_to_all(tmp_path):
    parts = [replace(WORK, doi="10.5555/a"), replace(WORK, wos="WOS:1", abstract="Longer."),
             replace(WORK, eid="2-s2.0-1")]  # fmt: skip
    for held in (parts, parts[::-1]):
        whole = dedup.merged(held)
        assert whole.key == "eid:2-s2.0-1" == whole.keys[0]
        assert set(whole.keys) == {part.key for part in parts}
        write.write([whole], tmp_path / "records.ris")
        assert read(tmp_path / "records.ris")[0][0].keys == whole.keys


def test_a_decision_about_a_doi_counts_where_only_one_record_has_it():
    one, other = replace(WORK, doi="10.5555/a"), replace(WORK, doi="10.5555/b", volume="")
    apart = dedup.Pair("doi:10.5555/a", "doi:10.5555/b", dedup.DIFFERENT, "Aigerim")
    result = dedup.deduplicate([one, other], [apart])
    assert len(result.records) == 2
    assert result.pairs[0].names == tuple(sorted((one.key, other.key)))
