"""Execution: in order, with parameters, only what changed, and errors that say how to go on."""

from __future__ import annotations

import nbformat
import pytest

from compendium import open_chapter, project
from compendium.edition import chapters, parameters
from compendium.edition.execute import Execution, papermill
from compendium.errors import CompendiumError
from tests.edition.conftest import notebook


def test_chapters_run_in_order_and_in_the_language_given(two_chapters):
    said = []
    out = Execution.of("kk", {}).run(said.append)
    assert [line.split(":")[0] for line in said] == ["kk  1-first", "kk  index"]
    texts = {name: [o.text for c in nb.cells for o in c.get("outputs", [])]
             for name, nb in out.items()}
    assert texts == {"1-first": ["kk\n"], "index": ["2\n"]}


def test_nothing_runs_again_when_only_prose_changed(two_chapters):
    Execution.of("en", {}).run(lambda line: None)
    file = two_chapters / "chapters" / "1-first.ipynb"
    changed = nbformat.read(file, as_version=4)
    changed.cells[0].source = "# A better title"
    nbformat.write(changed, file)
    said = []
    out = Execution.of("en", {}).run(said.append)
    assert said == []
    assert out["1-first"].cells[0].source == "# A better title"


def test_a_changed_cell_runs_its_chapter_and_all_that_follow(two_chapters):
    Execution.of("en", {}).run(lambda line: None)
    file = two_chapters / "chapters" / "1-first.ipynb"
    changed = nbformat.read(file, as_version=4)
    changed.cells[-1].source = "print(lang.upper())"
    nbformat.write(changed, file)
    said = []
    Execution.of("en", {}).run(said.append)
    assert [line.split(":")[0] for line in said] == ["en  1-first", "en  index"]


def test_changed_data_run_everything_again(two_chapters):
    Execution.of("en", {}).run(lambda line: None)
    (two_chapters / "data" / "references.bib").write_text("% changed\n")
    said = []
    Execution.of("en", {}).run(said.append)
    assert len(said) == 2


def test_parameters_cells_are_hidden_but_stay_in_the_notebook(two_chapters):
    cells = Execution.of("ru", {}).run(lambda line: None)["1-first"].cells
    hidden = [cell for cell in cells if "remove-cell" in cell.metadata.get("tags", [])]
    assert [cell.id for cell in hidden][1:] == ["injected-parameters"]
    assert 'lang = "ru"' in hidden[1].source


def test_an_executed_notebook_is_the_same_in_every_run(two_chapters):
    run = Execution.of("en", {})
    first = nbformat.writes(run.run(lambda line: None)["1-first"])
    (run.folder / "1-first.ipynb").unlink()
    assert nbformat.writes(run.run(lambda line: None)["1-first"]) == first


def test_a_failing_cell_is_shown_with_chapter_traceback_and_how_to_open_it(own, tmp_path):
    target = tmp_path / "broken.ipynb"
    with pytest.raises(CompendiumError) as caught:
        papermill("1-search", notebook("x = 1", "1 / 0"), {}, target)
    line = str(caught.value)
    assert line.startswith("chapters/1-search.ipynb: Cell 3 of the chapter '1-search' fails: ")
    assert "ZeroDivisionError" in line
    assert "1 / 0" in line
    assert f"`make lab`, and open {project.relative(target)} there" in line


def test_an_earlier_result_that_is_gone_is_named_with_what_to_run(own):
    chapter = open_chapter("2-screening", lang="en", results="nowhere")
    with pytest.raises(CompendiumError) as caught:
        chapter.load("1-search", "counts")
    assert str(caught.value) == (
        "nowhere/1-search/results/counts.csv: The chapter '2-screening' needs the table 'counts' "
        "of the chapter '1-search'. Run the chapter '1-search' first, or all of them with "
        "`make notebooks`."
    )


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("contxt: x", "column `contxt`: No chapter has this parameter. Did you mean 'context'?"),
        ("context: 3", "column `context`: 3 is of type int; the parameter takes str"),
        ("context: true", "column `context`: True is of type bool; the parameter takes str"),
    ],
)
def test_a_wrong_parameter_is_named(own, value, line):
    (own / "parameters.yml").write_text(value + "\n")
    with pytest.raises(CompendiumError) as caught:
        parameters.scenario()
    assert line in str(caught.value)


def test_a_chapter_opened_with_a_language_of_the_wrong_type_says_so():
    with pytest.raises(CompendiumError, match="'lang' must be text, not int"):
        open_chapter("1-search", lang=1, results="x")


def test_a_chapter_missing_from_the_contents_is_named(own):
    nbformat.write(notebook(), own / "chapters" / "6-more.ipynb")
    with pytest.raises(CompendiumError) as caught:
        chapters.names()
    assert str(caught.value) == (
        "_toc.yml: The chapter '6-more' is missing from the table of contents. "
        "Add `- file: chapters/6-more`, or move the notebook elsewhere."
    )


def test_a_chapter_that_the_contents_name_but_nobody_wrote_is_named(own):
    (own / "chapters" / "colophon.ipynb").unlink()
    with pytest.raises(CompendiumError, match="The chapter 'colophon' does not exist"):
        chapters.names()
