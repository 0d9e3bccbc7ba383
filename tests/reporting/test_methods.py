"""The book's own methods: every rule and every item leads to a section that there is."""

import re

import pytest

from compendium import data, language, project
from compendium.errors import CompendiumError
from compendium.reporting import checklists, declarations, tables

TABLES = ("protocol", "deviations", "book_report")


@pytest.mark.parametrize("table", TABLES)
def test_every_place_is_a_section_of_its_chapter(table):
    for place in filter(None, data.table(table)["place"]):
        page, label = place.split("#")
        written = project.path("chapters", f"{page}.ipynb").read_text(encoding="utf-8")
        assert f"({label})=" in written, place
        assert tables.section_cell(place).href == f"{page}.html#{label}"


@pytest.mark.parametrize("checklist", checklists.CHECKLISTS)
def test_the_book_answers_every_item_and_says_where_it_reports_one(checklist):
    rows = checklists.report(checklist, of="book_report")
    assert len(rows) == len(checklists.blank(checklist))
    said = rows["status"].isin(["reported", "partly"])
    assert (rows.loc[said, "place"] != "").all()
    assert (rows.loc[rows["status"] == "not_reported", "place"] == "").all()


def test_swim_has_nine_items_and_entreq_twenty_one():
    items = data.table("checklist_items").groupby("checklist")["item"]
    assert items.get_group("swim").str.extract(r"^(\d+)", expand=False).nunique() == 9
    assert list(items.get_group("entreq")) == [str(n) for n in range(1, 22)]


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_interests_are_told_in_the_readers_language(lang):
    language.use(lang)
    said = declarations.declarations()
    assert set(said) == set(declarations.FIELDS)
    stated = project.current().book.setting("competing_interests")
    assert said["competing_interests"] == stated[lang]


def bare(tmp_path, citation: str):
    (tmp_path / "data").mkdir()
    (tmp_path / "_toc.yml").write_text("root: a\n", encoding="utf-8")
    book = project.path("book.yml").read_text(encoding="utf-8")
    book = re.sub(r"(?ms)^(funding|competing_interests):.*?(?=^\w|\Z)", "", book)
    (tmp_path / "book.yml").write_text(book, encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text(citation, encoding="utf-8")
    return project.at(tmp_path)


def test_what_nobody_stated_is_not_stated(tmp_path):
    language.use("en")
    with bare(tmp_path, "authors: [{given-names: A., family-names: Author, email: a@b.org}]"):
        said = declarations.declarations()
    assert said["authors"] == "A. Author (a@b.org)"
    assert {said["contact"], said["funding"], said["competing_interests"]} == {"not stated"}


def test_a_citation_file_that_is_not_yaml_is_named(tmp_path):
    with bare(tmp_path, "authors: ["), pytest.raises(CompendiumError) as error:
        declarations.declarations()
    assert str(error.value.path) == "CITATION.cff"
