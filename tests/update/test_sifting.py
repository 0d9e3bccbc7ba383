"""What a query finds in an export, and what of it is new."""

from __future__ import annotations

import pytest

from compendium import new_review, project
from compendium.records import dedup
from compendium.records.record import Record
from compendium.screening import decisions
from compendium.screening.decisions import Identified
from compendium.update import sifting
from compendium.update.run import read_query
from tests.records.make import row
from tests.update import make


@pytest.fixture(scope="module")
def tree():
    return read_query("query1", 1).tree


def ask(tree, file, *rows, known=(), decided=()):
    return sifting.sift(tree, [make.export(file, *rows)], known, decided)


def test_every_entry_is_accounted_for(tree, tmp_path):
    told = ask(
        tree, tmp_path / "a.csv", make.found(1), make.undecided(2), row(3), make.known(4),
        make.found(1), row(5)[:70], known=sifting.works(),
    )  # fmt: skip
    assert (told.entries, told.refused, told.not_found) == (6, 1, 1)
    assert (len(told.repeats), len(told.known), len(told.new)) == (1, 1, 2)


def test_a_record_without_an_abstract_is_undecided_and_says_so(tree, tmp_path):
    told = ask(tree, tmp_path / "a.csv", make.undecided(1), make.found(2))
    assert [hit.found for hit in told.new] == [True, False]
    assert told.new[0].lacking(tree) == []
    assert told.new[1].lacking(tree) == ["abstract"]


def test_a_work_of_the_review_is_known_by_its_doi(tree, tmp_path):
    told = ask(tree, tmp_path / "a.csv", make.known(1), known=sifting.works())
    assert [hit.record.extra["work"] for hit in told.known] == ["steinmo2018"]
    assert not told.new


def test_a_person_says_that_a_record_is_another_work(tree, tmp_path):
    apart = dedup.Pair(f"doi:{make.KNOWN_DOI}", "eid:2-s2.0-00000000001", dedup.DIFFERENT, "Aliya")
    told = ask(tree, tmp_path / "a.csv", make.known(1), known=sifting.works(), decided=[apart])
    assert (len(told.known), len(told.new)) == (0, 1)


def test_the_works_of_the_review_are_fifteen_and_an_unidentified_one_matches_nothing(tree):
    works = sifting.works()
    assert len(works) == 15
    assert [work.extra["work"] for work in works if work.is_empty] == ["hansen2020"]


@pytest.fixture
def review(tmp_path):
    folder = new_review.make(tmp_path / "review")
    with project.at(folder):
        yield folder / "data" / "screening"


def test_what_the_screening_holds_is_known_whatever_was_decided(tree, review, tmp_path):
    """By its name, and by its DOI where another database gave it."""
    by_doi = Record(title=f"{make.FOUND} of Chile", doi="10.5555/x.2")
    decisions.identify(review, [
        Identified("eid:2-s2.0-00000000001", title=f"{make.FOUND} of Spain"),
        Identified("eid:2-s2.0-00000000001@Base", source="Base", title=f"{make.FOUND} of Spain"),
        Identified(by_doi.key, title=by_doi.title),
        Identified("work:other2001", "origin_previous", title=f"{make.FOUND} of Peru"),
    ])  # fmt: skip
    screened = sifting.screened()
    assert [record.key for record in screened] == ["eid:2-s2.0-00000000001", by_doi.key]
    file = make.export(tmp_path / "a.csv", make.found(1), make.found(2, "Chile"),
                       make.found(3, "Peru"))  # fmt: skip
    told = sifting.sift(tree, [file], screened=screened)
    assert [hit.record.title for hit in told.new] == [f"{make.FOUND} of Peru"]
    assert (told.entries, len(told.screened), len(told.known), len(told.repeats)) == (3, 2, 0, 0)


def test_a_work_of_the_review_that_was_screened_is_counted_as_a_work(tree, tmp_path):
    screened = [Record(title=make.KNOWN, doi=make.KNOWN_DOI)]
    told = sifting.sift(tree, [make.export(tmp_path / "a.csv", make.known(1))], sifting.works(),
                        screened=screened)  # fmt: skip
    assert (len(told.known), len(told.screened), len(told.new)) == (1, 0, 0)


def test_without_a_table_of_screening_nothing_is_screened(review):
    (review / "records.csv").unlink()
    assert sifting.screened() == []
