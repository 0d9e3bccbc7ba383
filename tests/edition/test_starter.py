"""A new compendium: whole, its own, in three languages; or not there at all."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import zipfile

import nbformat
import pytest
import yaml

from compendium import cli, language, project, validation
from compendium.edition import catalogs, chapters
from compendium.edition.starter import make as making
from compendium.edition.starter import wheel
from compendium.edition.starter.make import make
from compendium.errors import CompendiumError
from tests.conftest import forget

SUBJECT = re.compile(
    r"kazakhstan(?!i)|казахстан|қазақстан|khasenova|хасенова|electronic|электрон|living labs?\b",
    re.IGNORECASE,
)
"""Words by which this book's own review would be known in another one."""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A new compendium, as the command makes it."""
    folder = tmp_path_factory.mktemp("reviews") / "new"
    assert cli.main(["init", str(folder), "--title", "Trial review"]) == 0
    return folder


@pytest.fixture
def inside(fresh, monkeypatch):
    """Work in the new compendium."""
    monkeypatch.setenv("COMPENDIUM_ROOT", str(fresh))
    forget()
    yield fresh
    monkeypatch.undo()
    forget()


def test_its_data_are_valid(inside):
    assert [str(problem) for problem in validation.check()] == []


@pytest.mark.parametrize("code", catalogs.TRANSLATED)
def test_its_texts_are_translated(inside, code):
    found = [f for domain in catalogs.domains() for f in catalogs.findings(code, domain)]
    assert [str(finding) for finding in found] == []


def test_its_chapters_are_this_books_chapters_without_the_guide(inside):
    assert chapters.names() == [n for n in chapters.names(project.home()) if n != making.GUIDE]


def test_no_text_of_it_speaks_of_this_books_review(inside):
    spoken = {}
    for name in chapters.names():
        for cell in chapters.read(name).cells:
            if found := SUBJECT.search(cell.source):
                spoken[name, cell.id] = found[0]
    for code in catalogs.TRANSLATED:
        for domain in catalogs.domains():
            for message in catalogs.load(code, domain):
                if found := SUBJECT.search(f"{message.id} {message.string}"):
                    spoken[code, domain, message.id] = found[0]
    for file in sorted(inside.rglob("*")):
        if file.suffix in (".yml", ".csv", ".json", ".bib") and "EXAMPLES" not in file.name:
            text = "\n".join(
                line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")
            )
            if found := SUBJECT.search(text):
                spoken[str(file.relative_to(inside))] = found[0]
    assert spoken == {}


def test_its_tables_hold_no_row_of_this_books_review(inside):
    own = {entry["name"]: entry for entry in _resources(inside / "data")}
    here = project.home("data")
    for name, entry in own.items():
        if "schema" not in entry or name in ("codebook", "checklist_items"):
            continue
        rows = set((inside / "data" / entry["path"]).read_text("utf-8").splitlines()[1:])
        for other in _resources(here):
            if other["name"] == name:
                theirs = (here / other["path"]).read_text("utf-8").splitlines()[1:]
                assert not rows & set(theirs), name


def _resources(data):
    return json.loads((data / "datapackage.json").read_text("utf-8"))["resources"]


def test_its_codebook_has_every_code_that_the_program_uses(inside):
    source = "\n".join(
        file.read_text("utf-8")
        for file in wheel.PACKAGE.rglob("*.py")
        if "starter" not in file.parts
    )
    own = (inside / "data" / "codebook.csv").read_text("utf-8")
    here = project.home("data", "codebook.csv").read_text("utf-8")
    codes = {line.split(",")[0] for line in here.splitlines()[1:]}
    lost = codes - {line.split(",")[0] for line in own.splitlines()}
    assert [code for code in lost if f'"{code}"' in source] == []


def test_its_title_is_the_one_given(inside):
    assert yaml.safe_load((inside / "book.yml").read_text("utf-8"))["title"]["en"] == "Trial review"
    assert (inside / "README.md").read_text("utf-8").startswith("# Trial review\n")


def test_its_readme_has_ten_steps_in_every_language(inside):
    for name in ("README.md", "README.ru.md", "README.kk.md"):
        text = (inside / name).read_text("utf-8")
        assert re.findall(r"(?m)^### (\d+)\. ", text) == [str(n) for n in range(1, 11)]
    assert "### 1. Создать компендиум" in (inside / "README.ru.md").read_text("utf-8")


def test_the_examples_of_its_tables_name_no_page_that_was_read(inside):
    for name in ("EXAMPLES.md", "EXAMPLES.ru.md", "EXAMPLES.kk.md"):
        text = (inside / "data" / name).read_text("utf-8")
        assert "`seen_at`" in text
        assert not re.search(r"https?://\d+\.", text)


def test_its_make_targets_do_what_this_projects_do(inside):
    own, here = _recipes(inside / "Makefile"), _recipes(project.home("Makefile"))
    assert {"book", "html", "pdf", "release", "serve", "catalogs"} <= set(own)
    for name in set(own) & set(here) - {"test", "help"}:
        assert own[name] == here[name], name


def _recipes(file):
    return dict(re.findall(r"(?m)^([a-z]+):.*\n((?:\t.*\n)*)", file.read_text("utf-8")))


def build(folder, *options) -> None:
    """Build it as `make` does, with fewer draws, in a process of its own."""
    scenario = folder / "parameters.yml"
    said = scenario.read_bytes()
    scenario.write_bytes(said + b"draws: 2000\n")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "compendium.cli", "build", *options],
            cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        scenario.write_bytes(said)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_edition_is_built_out_of_the_box(inside):
    build(inside, "--only", "html")
    build(inside, "--edition", "kk")
    site = inside / "_build" / "site"
    for code in language.LANGUAGES:
        language.use(code)
        for name in chapters.names():
            page = (site / code / f"{name}.html").read_text("utf-8")
            assert f'<html lang="{code}"' in page
            assert "nan" not in re.sub(r"<[^>]*>", " ", page).lower().split()
        assert language._("Nothing here yet.") in (site / code / "1-search.html").read_text("utf-8")
    (pdf,) = (site / "kk").glob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")


FIRST_WORK = {
    "sources": {"key": "doe2020", "title": "A title", "authors": "Doe, Jane", "year_issue": 2020},
    "empirical": {"row": 1, "work": "doe2020", "authors_printed": "Doe", "year_printed": 2020,
                  "method": "Case study", "focus": "Trust", "place": "table1:1"},
    "empirical_countries": {"row": 1, "country": "FI"},
    "extraction": {"work": "doe2020", "category": "aims", "status": "reported", "value": "Trust",
                   "provenance": "article_table", "place": "table1:1"},
    "work_methods": {"work": "doe2020", "method": "case_study", "provenance": "article_table",
                     "place": "table1:1"},
    "work_countries": {"work": "doe2020", "country": "FI", "provenance": "article_table",
                       "place": "table1:1"},
    "work_models": {"work": "doe2020", "model": "example_model_a", "basis": "Named",
                    "provenance": "article_table", "place": "table1:1"},
    "source_keywords": {"work": "doe2020", "order": 1, "keyword": "trust",
                        "seen_at": "https://example.org/"},
}  # fmt: skip


def test_a_first_work_can_be_put_in(tmp_path):
    make(tmp_path / "review")
    data = tmp_path / "review" / "data"
    for entry in _resources(data):
        if entry["name"] in FIRST_WORK:
            fields = [field["name"] for field in entry["schema"]["fields"]]
            with (data / entry["path"]).open("a", encoding="utf-8", newline="") as stream:
                csv.DictWriter(stream, fields, restval="").writerow(FIRST_WORK[entry["name"]])
    queries = data / "article" / "queries.yml"
    queries.write_text(queries.read_text("utf-8").replace("reported_hits: 0", "reported_hits: 9"))
    build(tmp_path / "review", "--only", "html", "--edition", "en")
    page = tmp_path / "review" / "_build" / "site" / "en" / "3-synthesis.html"
    assert "Doe 2020" in page.read_text("utf-8")


def test_the_wheel_brings_what_the_package_needs(fresh):
    (file,) = (fresh / "vendor").glob("*.whl")
    names = set(zipfile.ZipFile(file).namelist())
    assert "compendium/cli.py" in names
    for part in ("theme/book.typ", "locales/kk/interface.po", "chapters/index.ipynb", "Makefile"):
        assert f"compendium/shipped/{part}" in names
    assert not [name for name in names if "__pycache__" in name or ".egg-info" in name]


def test_a_package_from_the_wheel_makes_the_same_compendium(fresh, tmp_path):
    (file,) = (fresh / "vendor").glob("*.whl")
    zipfile.ZipFile(file).extractall(tmp_path / "site")
    made = tmp_path / "made"
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); "
        "from compendium import cli, project; assert 'shipped' in str(project.home()); "
        f"sys.exit(cli.main(['init', {str(made)!r}, '--title', 'Trial review']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert _contents(made) == _contents(fresh)


def _contents(folder):
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "_build" not in file.parts and "__pycache__" not in file.parts
    }


def test_a_folder_with_something_in_it_is_refused_and_stays(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CompendiumError, match="not empty"):
        make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_refused(tmp_path):
    (tmp_path / "review").write_text("")
    with pytest.raises(CompendiumError, match="a file"):
        make(tmp_path / "review")


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "review").mkdir()
    make(tmp_path / "review")
    assert (tmp_path / "review" / "Makefile").is_file()


def test_stopped_half_way_it_leaves_nothing(tmp_path, monkeypatch, capsys):
    def stop(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr(wheel, "write", stop)
    assert cli.main(["init", str(tmp_path / "deep" / "review")]) == 130
    assert list(tmp_path.iterdir()) == []
    assert "nothing was made" in capsys.readouterr().err


def test_a_chapter_loses_its_prose_and_keeps_its_structure():
    from compendium.edition.starter.chapters import stripped

    told = "- Found: {glue:text}`found`. Kept: {glue:text}`kept`."
    source = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_markdown_cell(
            "(some-label)=\n## A heading\n\nA sentence of this review.\n\n" + told
            + "\n\n```{glue:figure} key\n:name: fig-key\nA caption.\n```"
        ),
        nbformat.v4.new_code_cell("load('old')"),
    ])  # fmt: skip
    prose, code = stripped(source, {"old": "new"}).cells
    assert "A sentence" not in prose.source
    assert prose.source.startswith("(some-label)=\n## A heading")
    assert told in prose.source and ":name: fig-key\nA caption." in prose.source
    assert code.source == "load('new')"
