"""The formats in which the book and the article that it examines are cited."""

import json

import pytest

from compendium import project
from compendium.reporting import cite
from tests.records.make import read

ARTICLE = cite.Work(
    title="A title & more", authors=(("Khasenova", "K. K."), ("Doszhan", "R. D.")), year="2025",
    article=True, journal="A Review", issue="3", pages="81–90", doi="10.1000/x-2",
)  # fmt: skip
BOOK = cite.Work(title="A book", authors=(("The team", ""),), year="2026", version="0.1.0")


def test_the_works_are_those_of_the_citation_file():
    book, article = cite.works("https://example.org/")
    assert (book.version, book.article, book.url) == ("0.1.0", False, "https://example.org/")
    assert article.doi == "10.52821/2789-4401-2025-3-81-90"
    assert article.authors[0] == ("Khasenova", "K. K.")
    assert article.key == "khasenova2025"


def test_bibtex_keeps_a_groups_name_whole():
    assert cite.bibtex(BOOK) == (
        "@software{book2026,\n  author = {{The team}},\n  title = {{A book}},\n  year = {2026},\n"
        "  version = {0.1.0},\n}\n"
    )
    assert "author = {Khasenova, K. K. and Doszhan, R. D.}" in cite.bibtex(ARTICLE)
    assert "pages = {81--90}" in cite.bibtex(ARTICLE)


def test_a_record_of_ris_begins_with_its_kind_and_ends():
    lines = cite.ris(ARTICLE).split("\r\n")
    assert (lines[0], lines[-2]) == ("TY  - JOUR", "ER  - ")
    assert {"SP  - 81", "EP  - 90", "DO  - 10.1000/x-2"} <= set(lines)


def test_our_own_reader_of_ris_reads_it_back(tmp_path):
    file = tmp_path / "cited.ris"
    file.write_bytes(cite.ris(ARTICLE).encode())
    (record,), _account = read(file)
    assert (record.title, record.year, record.doi) == ("A title & more", 2025, "10.1000/x-2")


def test_csl_has_families_and_given_names_apart_and_a_group_whole():
    (item,) = json.loads(cite.csl(ARTICLE))
    assert item["author"][0] == {"family": "Khasenova", "given": "K. K."}
    assert json.loads(cite.csl(BOOK))[0]["author"] == [{"literal": "The team"}]


@pytest.mark.parametrize(
    ("write", "work", "told"),
    [
        (cite.apa, ARTICLE, "Khasenova, K. K., & Doszhan, R. D. (2025). A title & more. A Review, "
                            "(3), 81–90. https://doi.org/10.1000/x-2\n"),
        (cite.apa, BOOK, "The team. (2026). A book (Version 0.1.0) [Computer software].\n"),
        (cite.gost, ARTICLE, "Khasenova K. K., Doszhan R. D. A title & more // A Review. 2025. "
                             "№ 3. С. 81–90. DOI: 10.1000/x-2.\n"),
        (cite.gost, BOOK, "A book [Электронный ресурс] / The team. Версия 0.1.0. 2026.\n"),
    ],
)  # fmt: skip
def test_a_work_is_cited_as_the_style_asks(write, work, told):
    assert write(work) == told


def test_a_book_whose_citation_file_says_little_is_cited_by_that(own):
    (own / "CITATION.cff").write_text("title: Bare\n", encoding="utf-8")
    with project.at(own):
        (bare,) = cite.works()
    for write, _ending in cite.FORMATS.values():
        assert "Bare" in write(bare)


def test_a_reference_in_russian_has_the_title_and_the_authors_that_the_work_has_in_it():
    book, article = cite.works()
    assert cite.gost(article).startswith(
        "Хасенова К. К., Мухамеджанов Ж. У., Досжан Р. Д. Университетско-промышленное партнёрство"
    )
    assert cite.apa(article).startswith("Khasenova, K. K., Mukhamejanov, Zh. U., & Doszhan, R. D.")
    assert "Исполняемый систематический обзор [Электронный ресурс]" in cite.gost(book)


def test_a_work_that_has_no_name_in_russian_keeps_its_own(own):
    bib = own / "data" / "references.bib"
    bib.write_text(bib.read_text("utf-8").replace("title_ru", "title_de"), encoding="utf-8")
    with project.at(own):
        assert "Khasenova K. K." in cite.gost(cite.works()[1])
