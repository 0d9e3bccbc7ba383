"""A new review: the template's copy, its own, in three languages; or not there at all."""

from __future__ import annotations

import ast
import csv
import re
import zipfile
from pathlib import Path

import pytest
import yaml

from compendium import cli, language, new_review, project, validation, wheels
from compendium.edition import catalogs, chapters
from compendium.edition.build import build
from compendium.errors import CompendiumError

ROOT = Path(__file__).parents[1]
SUBJECT = re.compile(
    r"kazakhstan|казахстан|қазақстан|khasenova|хасенова|electronic|электрон|living.labs?\b"
    r"|joint.laborator|intermediar|10\.52821|empirical|query[12]|government.programme",
    re.IGNORECASE,
)
"""Words by which this book's own review would be known in another one."""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A new review, as the command makes it."""
    folder = tmp_path_factory.mktemp("reviews") / "new"
    assert cli.main(["init", str(folder), "--title", "Trial review"]) == 0
    return folder


@pytest.fixture
def inside(fresh):
    """Work in the new review."""
    with project.at(fresh):
        yield fresh


def test_its_data_are_valid(inside):
    assert [str(problem) for problem in validation.check()] == []


def test_its_texts_are_translated(inside):
    found = [
        finding
        for code in catalogs.translated()
        for domain in catalogs.domains()
        for finding in catalogs.findings(code, domain)
    ]
    assert [str(finding) for finding in found] == []


def test_no_text_of_the_template_speaks_of_this_books_review():
    files = [file for file in new_review.TEMPLATE.rglob("*") if file.suffix != ".pyc"]
    spoken = {
        file.name: found[0]
        for file in files
        if file.is_file() and (found := SUBJECT.search(file.read_text("utf-8")))
    }
    assert spoken == {}


def test_its_chapters_call_the_engine_alone(inside):
    for name in chapters.names():
        code = "\n".join(c.source for c in chapters.read(name).cells if c.cell_type == "code")
        assert set(re.findall(r"(?m)^(?:from|import) (\w+)", code)) == {"compendium"}


def test_every_row_of_its_tables_that_is_not_of_the_method_is_marked_as_an_example(inside):
    for file in inside.glob("data/**/*.csv"):
        if file.name not in ("codebook.csv", "checklist_items.csv"):
            for line in file.read_text("utf-8").splitlines()[1:]:
                assert re.search("example", line, re.IGNORECASE), f"{file.name}: {line}"


# Words of the engine that are codes of this review too, and of sets that only its tables use.
OTHER_SETS = {
    "aspect", "category", "confidence", "coverage", "field", "filter", "indicator_kind", "method",
    "qualifier", "recommendation_addressee", "section", "unit", "work_document_type",
}  # fmt: skip


def test_its_codebook_has_every_code_that_the_engine_uses(inside):
    with (inside / "data" / "codebook.csv").open(encoding="utf-8") as stream:
        own = {row["code"] for row in csv.DictReader(stream)}
    with (ROOT / "data" / "codebook.csv").open(encoding="utf-8") as stream:
        here = {row["code"]: row["set"] for row in csv.DictReader(stream)}
    used = {
        part.value
        for file in (ROOT / "src" / "compendium").rglob("*.py")
        for part in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    lost = {code for code in used & set(here) - own if here[code] not in OTHER_SETS}
    assert lost - {"not_in_abstract"} == set()


def test_its_title_is_the_one_given(inside):
    title = yaml.safe_load((inside / "book.yml").read_text("utf-8"))["title"]
    assert title == {"en": "Trial review", "ru": None, "kk": None}, "no example is left in any"
    for name in ("README.md", "README.ru.md", "README.kk.md"):
        assert (inside / name).read_text("utf-8").startswith("# Trial review\n")


def test_without_a_title_it_has_a_marked_example(tmp_path):
    new_review.make(tmp_path / "review")
    book = yaml.safe_load((tmp_path / "review" / "book.yml").read_text("utf-8"))
    assert book["title"] == new_review.TITLES


def test_every_edition_is_built_out_of_the_box(inside):
    site = build(lambda line: None, pdf=False).site
    for code in language.LANGUAGES:
        for name in chapters.names():
            page = (site / code / f"{name}.html").read_text("utf-8")
            assert f'<html lang="{code}"' in page
            shown = re.sub(r"<[^>]*>", " ", page)
            shown = shown.replace("[Электронный ресурс]", "")  # as GOST 7.0.5 wants it
            assert "nan" not in shown.lower().split()
            assert not SUBJECT.search(shown), name
        with language.speaking(code):
            nothing = language._("Nothing here yet.")
        assert nothing in (site / code / "3-synthesis.html").read_text("utf-8")


def test_a_review_of_three_queries_shows_all_of_them(tmp_path):
    folder = new_review.make(tmp_path / "review")
    queries = folder / "data" / "review" / "queries.yml"
    entry = queries.read_text("utf-8").partition("- id: example_query\n")[2]
    codebook = folder / "data" / "codebook.csv"
    with queries.open("a", encoding="utf-8") as more, codebook.open("a", encoding="utf-8") as codes:
        for at in (2, 3):
            more.write(f"- id: example_{at}\n{entry}")
            codes.write(f"example_{at},query,Q{at},Q{at},Q{at},d,d,d\n")
    with project.at(folder):
        build(lambda line: None, only="en", pdf=False)
    page = (folder / "_build" / "site" / "en" / "1-search.html").read_text("utf-8")
    assert "Q2" in page and "Q3" in page


def test_the_wheels_bring_what_the_engine_needs(fresh):
    names = {
        name
        for wheel in (fresh / "vendor").glob("*.whl")
        for name in zipfile.ZipFile(wheel).namelist()
    }
    for part in ("compendium/cli.py", "compendium/template/book.yml", "scopus_query/parse.py",
                 "compendium/template/gitignore", f"compendium/{wheels.LOCK}"):  # fmt: skip
        assert part in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("review")]


def test_equal_code_makes_equal_wheels(fresh, tmp_path):
    made = wheels.write(tmp_path)
    assert len(made) == 2
    for wheel in made:
        assert wheel.read_bytes() == (fresh / "vendor" / wheel.name).read_bytes()


def test_a_folder_with_something_in_it_is_refused_and_stays(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CompendiumError, match="not empty"):
        new_review.make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_refused(tmp_path):
    (tmp_path / "review").write_text("")
    with pytest.raises(CompendiumError, match="a file"):
        new_review.make(tmp_path / "review")


def test_stopped_half_way_it_leaves_nothing(tmp_path, monkeypatch):
    def stop(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr(wheels, "write", stop)
    with pytest.raises(KeyboardInterrupt):
        new_review.make(tmp_path / "deep" / "review")
    assert list(tmp_path.iterdir()) == []
