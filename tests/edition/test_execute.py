"""Execution: in order, with parameters, only what changed, and errors that say how to go on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import nbformat
import pandas as pd
import pytest

from compendium import Compendium, digest, open_chapter, project
from compendium.claims import claims
from compendium.edition import chapters, parameters
from compendium.edition.execute import Execution, papermill, renew
from compendium.errors import CompendiumError
from tests.edition.conftest import notebook


def change(root, name, edit) -> None:
    """Change the cells of a chapter."""
    file = root / "chapters" / f"{name}.ipynb"
    changed = nbformat.read(file, as_version=4)
    edit(changed.cells)
    nbformat.write(changed, file)


def assign(root, name, line) -> None:
    """Give a chapter one parameter more."""
    change(root, name, lambda cells: cells[1].update(source=f"{cells[1].source}\n{line}"))


def ran(root) -> list[str]:
    """Which chapters run now."""
    said = []
    Execution.of("en", {}).run(said.append)
    return [line.split(":")[0].removeprefix("en  ") for line in said]


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


def test_a_changed_cell_runs_its_chapter_and_those_that_read_another_table_then(two_chapters):
    assert ran(two_chapters) == ["1-first", "index"]
    change(two_chapters, "1-first", lambda cells: cells[-1].update(source="print(lang.upper())"))
    assert ran(two_chapters) == ["1-first"], "the table that it left is the same"
    more = "chapter.save('numbers', pd.DataFrame({'n': [1, 2, 3]}))"
    change(two_chapters, "1-first", lambda cells: cells[-1].update(source=more))
    assert ran(two_chapters) == ["1-first", "index"]
    assert ran(two_chapters) == []


def test_a_changed_table_runs_the_chapters_that_read_it(two_chapters):
    cell = "\nprint(len(chapter.table('actors')))"
    change(two_chapters, "index", lambda cells: cells[-1].update(source=cells[-1].source + cell))
    assert ran(two_chapters) == ["1-first", "index"]
    data = two_chapters / "data"
    table = next(data.rglob("actors.csv"))
    table.write_text(table.read_text("utf-8") + table.read_text("utf-8").splitlines()[-1] + "\n")
    assert ran(two_chapters) == ["index"]
    (data / "references.bib").write_text("% nobody has read this\n")
    assert ran(two_chapters) == []


CONTEXT = "contexts/kazakhstan-electronics"
READERS = {
    "a column of a table": (
        "from compendium import data\nprint(len(data.column('actors', 'actor')))",
        [("article/actors.csv", "place"), (f"{CONTEXT}/indicator_values.csv", "value")],
        [("article/actors.csv", "actor")],
    ),
    "a context's scores": (
        "from compendium.ranking import context, criteria\n"
        "print(criteria.assess(context.place('kazakhstan-electronics')).models)",
        [(f"{CONTEXT}/indicator_values.csv", "value"), (f"{CONTEXT}/offers.csv", "evidence")],
        [(f"{CONTEXT}/scores.csv", "reason"), (f"{CONTEXT}/criteria.csv", "place")],
    ),
    "a whole context": (
        "from compendium.ranking import context\n"
        "print(len(context.load('kazakhstan-electronics').facts))",
        [(f"{CONTEXT}/scores.csv", "reason")],
        [(f"{CONTEXT}/indicator_values.csv", "seen_at"), (f"{CONTEXT}/facts.csv", "told_by")],
    ),
    "claims as they are judged": (
        "from compendium.claims import claims\nprint(len(claims.judged()))",
        [(f"{CONTEXT}/indicator_values.csv", "value")],
        [("article/models.csv", "place"), ("article/queries.yml", "")],
    ),
    "the pages that facts were read on": (
        "from compendium import addresses\nprint(addresses.prose())",
        [(f"{CONTEXT}/indicator_values.csv", "value"), ("article/models.csv", "place")],
        [(f"{CONTEXT}/indicator_values.csv", "seen_at")],
    ),
}


@pytest.mark.parametrize("read", READERS)
def test_a_chapter_runs_again_for_what_it_read_and_for_nothing_else(two_chapters, read):
    cell, others, own = READERS[read]
    change(two_chapters, "index", lambda cells: cells[-1].update(
        source=f"{cells[-1].source}\n{cell}"))  # fmt: skip
    assert ran(two_chapters) == ["1-first", "index"]
    for name, column in others:
        touch(two_chapters / "data" / name, column)
        assert ran(two_chapters) == [], (name, column)
    for name, column in own:
        touch(two_chapters / "data" / name, column)
        assert ran(two_chapters) == ["index"], (name, column)


def touch(file, column: str) -> None:
    """Change the last cell of a table's column that is filled, so that it can be read as before."""
    if not column:
        file.write_text(file.read_text("utf-8") + "\n# read anew\n", "utf-8")
        return
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    at = table.index[table[column] != ""][-1]
    table.loc[at, column] += "0"
    table.to_csv(file, index=False, lineterminator="\n")


def test_what_was_kept_in_a_process_is_an_input_of_each_chapter_that_takes_it(own):
    for name in ("claims", "5-audit"):
        open_chapter(name, lang="en", results="left")
        claims.judged()
    one, other = (digest.declared(own / "left" / name) for name in ("claims", "5-audit"))
    assert one == other
    assert "data/article/models.csv" in one


TRACED = """
import json, sys
from pathlib import Path
from compendium import project
data, opened = project.path("data"), set()
sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" else None)
cells = json.loads(project.path("chapters", f"{sys.argv[1]}.ipynb").read_text("utf-8"))["cells"]
scope = {}
for cell in cells:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), scope)
        if "parameters" in cell["metadata"].get("tags", []):
            scope["results"] = "left"
paths = (Path(file) for file in opened)
print(json.dumps([str(project.relative(p)) for p in paths if data in p.parents]))
"""


@pytest.mark.parametrize("name", ["laboratory", "evidence", "methods", "claims"])
def test_every_file_of_the_data_that_a_chapter_opens_is_an_input_of_it(own, name):
    done = subprocess.run(
        [sys.executable, "-c", TRACED, name], cwd=own, capture_output=True, text=True, check=True,
        env={**os.environ, "COMPENDIUM_ROOT": str(own), "MPLBACKEND": "agg"},
    )  # fmt: skip
    opened = set(json.loads(done.stdout.splitlines()[-1]))
    inputs = {kept.partition(digest.OF_COLUMN)[0] for kept in digest.declared(own / "left" / name)}
    assert opened and opened <= inputs


def test_a_new_file_of_the_data_runs_every_chapter(two_chapters):
    assert ran(two_chapters) == ["1-first", "index"]
    (two_chapters / "data" / "new.csv").write_text("a\n1\n")
    assert ran(two_chapters) == ["1-first", "index"], "a chapter may have asked whether it is there"


@pytest.mark.parametrize("domain", ["data", "review"])
def test_words_that_any_chapter_may_show_run_every_chapter_of_their_language(two_chapters, domain):
    catalog = two_chapters / "locales" / "kk" / f"{domain}.po"
    runs = {code: Execution.of(code, {}) for code in ("en", "kk")}
    before = {code: [key for _name, key in run._chapters()] for code, run in runs.items()}
    catalog.write_text(f"{catalog.read_text('utf-8')}\n# edited\n", "utf-8")
    after = {code: [key for _name, key in run._chapters()] for code, run in runs.items()}
    assert after["en"] == before["en"]
    assert not set(after["kk"]) & set(before["kk"])


def test_a_file_that_a_parameter_names_is_an_input(two_chapters):
    corpus = two_chapters / "corpus"
    corpus.mkdir()
    (corpus / "1.csv").write_text("a", "utf-8")
    assign(two_chapters, "1-first", 'corpus = "corpus"')
    Execution.of("en", {}).run(lambda line: None)
    assert ran(two_chapters) == []
    (corpus / "1.csv").write_text("b", "utf-8")
    assert ran(two_chapters) == ["1-first"]
    assert ran(two_chapters) == []


def test_a_file_that_a_chapter_declares_is_an_input_of_it(two_chapters):
    (two_chapters / "notes.txt").write_text("a", "utf-8")
    cell = 'print(chapter.input("notes.txt").read_text())'
    change(two_chapters, "1-first", lambda cells: cells[-1].update(source=cell))
    assert ran(two_chapters) == ["1-first", "index"]
    assert ran(two_chapters) == []
    (two_chapters / "notes.txt").write_text("b", "utf-8")
    assert ran(two_chapters) == ["1-first"]
    (two_chapters / "other.txt").write_text("nobody reads this", "utf-8")
    assert ran(two_chapters) == []


def test_results_of_another_run_are_not_taken_for_those_of_the_edition(two_chapters):
    Execution.of("en", {}).run(lambda line: None)
    left = two_chapters / "_build" / "results" / "en" / "1-first" / "results" / "numbers.csv"
    left.write_text("n\n7\n", "utf-8")
    assert ran(two_chapters) == ["1-first"]
    assert left.read_text("utf-8") == "n\n1\n2\n"


def test_a_run_by_hand_touches_no_edition(two_chapters):
    Execution.of("en", {}).run(lambda line: None)
    results = two_chapters / "_build" / "results"
    before = {file: file.read_bytes() for file in results.rglob("*") if file.is_file()}
    by_hand = open_chapter("1-first", lang="kk")
    by_hand.save("numbers", pd.DataFrame({"n": [9]}))
    renew(lambda line: None)
    assert {file: file.read_bytes() for file in results.rglob("*") if file.is_file()} == before
    interactive = two_chapters / "_build" / "interactive"
    assert sorted(folder.name for folder in interactive.iterdir()) == ["en", "kk"]


def test_a_run_by_hand_reads_what_the_edition_left_until_it_has_its_own(two_chapters):
    Execution.of("en", {}).run(lambda line: None)
    front = open_chapter("index", lang="en")
    assert list(front.load("1-first", "numbers")["n"]) == [1, 2]
    open_chapter("1-first", lang="en").save("numbers", pd.DataFrame({"n": [9]}))
    assert list(front.load("1-first", "numbers")["n"]) == [9]


def test_two_compendia_run_their_chapters_in_one_process(two_chapters, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "book"
    shutil.copytree(two_chapters, other)
    change(other, "1-first", lambda cells: cells[-1].update(source="print('other')"))
    here, there = Compendium(two_chapters), Compendium(other)
    for compendium, printed in ((here, "en\n"), (there, "other\n"), (here, "en\n")):
        with compendium.opened():
            out = Execution.of("en", {}).run(lambda line: None)["1-first"]
        assert out.cells[-1].outputs[0].text == printed
    assert there.path("_build", "executed", "en", "index.ipynb").is_file()


def test_a_published_notebook_does_not_name_the_edition_s_folder(two_chapters):
    out = Execution.of("ru", {}).run(lambda line: None)["1-first"]
    assert "_build" not in "".join(cell.source for cell in out.cells)


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
