"""What would change: rows that the data package takes, and values that are compared."""

from __future__ import annotations

import nbformat
import pytest

from compendium import data, language, new_review, project, validation
from compendium.errors import CompendiumError
from compendium.project import Compendium
from compendium.records.record import Record
from compendium.update import effects, report, scenario

RECORDS = [
    Record(title="University-industry collaboration: a model", year=2024, doi="10.5555/a.1",
           authors=("Müller, A.", "Kim, B."), abstract="Joint R&D.", eid="2-s2.0-1"),
    Record(title="Untitled", authors=("Müller, C.",), year=2024, wos="WOS:1"),
    Record(title="A report", url="https://example.org/r"),
]  # fmt: skip


def notebook(**values):
    cells = [
        nbformat.v4.new_markdown_cell(
            "Works: {glue:text}`works`, see {ref}`the list <list>`.\n- Found: {glue:text}`hits`."
        ),
        nbformat.v4.new_code_cell("", outputs=[
            nbformat.v4.new_output(
                "display_data", data={"application/papermill.record/text/plain": f"'{value}'"},
                metadata={"scrapbook": {"name": key}},
            ) for key, value in values.items()
        ] + [nbformat.v4.new_output(
            "display_data", data={"text/html": f"<table>{values['works']}"},
            metadata={"scrapbook": {"name": "tab"}},
        )]),
    ]  # fmt: skip
    return nbformat.v4.new_notebook(cells=cells)


def test_values_that_differ_are_told_with_their_sentence():
    before, after = ({"1-search": notebook(works=n, hits="9 hits")} for n in ("15", "16"))
    found = effects.compared(before, after)
    assert found.changes == [effects.Change("1-search", "works", "15", "16")]
    assert found.sentences == [("1-search", "Works: 15 → **16**, see the list.")]
    assert found.drawn == [("1-search", "tab")]
    told = "\n".join(report.consequences(found, "with one record"))
    assert "| `works` | 15 | 16 |" in told and "> Works: 15 → **16**, see the list." in told


def test_chapters_that_do_not_change_are_told_as_that():
    same = {"1-search": notebook(works="15", hits="9 hits")}
    assert "No value, figure or table changes." in report.consequences(
        effects.compared(same, same), "with nothing"
    )


def test_what_is_old_is_the_text_as_it_is_and_only_its_failing_ends_the_comparison(
    tmp_path, monkeypatch
):
    here = project.current()
    why = {"as it is": "", "with the records": "no such column"}

    def executed(compendium, *_given):
        name, works = ("as it is", "15") if compendium is here else ("with the records", "16")
        return {"1-search": notebook(works=works, hits="9 hits")}, why[name]

    monkeypatch.setattr(effects, "executed", executed)
    found = effects.of_including(RECORDS[:1], "query1", tmp_path)
    assert found.changes == [effects.Change("1-search", "works", "15", "16")]
    assert found.problem == "no such column"
    why["as it is"] = "no such file"
    with pytest.raises(CompendiumError, match=r"do not run as they are: no such file"):
        effects.of_including(RECORDS[:1], "query1", tmp_path)


def test_a_work_gets_a_key_of_its_own():
    taken: set[str] = set()
    keys = [scenario.key(record, taken) or taken.add("") for record in RECORDS[:1]]
    assert keys == ["muller2024"]
    assert scenario.key(RECORDS[1], {"muller2024"}) == "mullerb2024"
    assert scenario.key(RECORDS[2], set()) == "anonymous0000"


@pytest.mark.parametrize("query", ["query1", "query2"])
def test_the_rows_fit_the_tables_and_the_published_ones_stay(tmp_path, query):
    added = scenario.rows(RECORDS, query)
    other = scenario.including(RECORDS, query, tmp_path / "copy")
    for name, rows in added.items():
        assert len(other.data.table(name)) == len(data.table(name)) + len(rows)
    before = {q["id"]: q["reported_hits"] for q in data.document("queries")}
    after = {q["id"]: q["reported_hits"] for q in other.data.document("queries")}
    assert after == {**before, query: before[query] + 3}
    terms = {(row["term"], row["field"]): row["present"] for row in added["term_occurrences"]
             if row["work"] == "muller2024"}  # fmt: skip
    assert terms["university-industry collaboration", "title"] == "true"
    assert terms["joint R&D", "abstract"] == "true"
    assert ("joint R&D", "keywords") not in terms, "the record has no keywords: unknown, not false"


def test_the_data_package_takes_the_rows(tmp_path):
    with scenario.including(RECORDS[:2], "query1", tmp_path / "copy").opened():
        assert [str(p) for p in validation.check()] == []


def test_the_first_compendium_is_as_it_was_while_a_second_is_open(tmp_path):
    works = len(data.table("sources"))
    with scenario.including(RECORDS[:1], "query1", tmp_path / "copy").opened():
        assert len(data.table("sources")) == works + 1
    assert len(data.table("sources")) == works


@pytest.fixture(scope="module")
def review(tmp_path_factory):
    """A new review, another compendium than this one."""
    return Compendium(new_review.make(tmp_path_factory.mktemp("reviews") / "new"))


def test_what_a_record_would_change_in_another_review_is_told_in_its_readers_language(
    review, tmp_path
):
    here = project.current()
    with review.opened():
        found = effects.of_including(RECORDS[:1], "example_query", tmp_path, lang="ru")
        assert [row["key"] for row in scenario.rows(RECORDS[:1], "example_query")["sources"]] == [
            "muller2024"
        ]
    assert found.problem == ""
    assert {("1-search", "counts"), ("2-screening", "works")} <= set(found.drawn)
    with language.speaking("ru"):
        assert "index" in "\n".join(report.consequences(found, ""))
    assert project.current() is here
    assert review.data.table("sources").empty, "nothing published changes"
