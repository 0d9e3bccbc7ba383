"""What would change: rows that the data package takes, and values that are compared."""

from __future__ import annotations

import nbformat
import pytest

from compendium import data, validation
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


def test_a_work_gets_a_key_of_its_own():
    taken: set[str] = set()
    keys = [scenario.key(record, taken) or taken.add("") for record in RECORDS[:1]]
    assert keys == ["muller2024"]
    assert scenario.key(RECORDS[1], {"muller2024"}) == "mullerb2024"
    assert scenario.key(RECORDS[2], set()) == "anonymous0000"


@pytest.mark.parametrize("query", ["query1", "query2"])
def test_the_rows_fit_the_tables_and_the_published_ones_stay(tmp_path, query):
    scenario.copy(tmp_path / "copy")
    added = scenario.include(RECORDS, query, tmp_path / "copy")
    for name, rows in added.items():
        file = tmp_path / "copy" / "data" / data.resource(name)["path"]
        assert len(data.table(name, file)) == len(data.table(name)) + len(rows)
    before = {q["id"]: q["reported_hits"] for q in data.document("queries")}
    queries = tmp_path / "copy" / "data" / data.resource("queries")["path"]
    after = {q["id"]: q["reported_hits"] for q in data.document("queries", queries)}
    assert after == {**before, query: before[query] + 3}
    terms = {(row["term"], row["field"]): row["present"] for row in added["term_occurrences"]
             if row["work"] == "muller2024"}  # fmt: skip
    assert terms["university-industry collaboration", "title"] == "true"
    assert terms["joint R&D", "abstract"] == "true"
    assert ("joint R&D", "keywords") not in terms, "the record has no keywords: unknown, not false"


def test_the_data_package_takes_the_rows(tmp_path, monkeypatch):
    from compendium import project

    scenario.copy(tmp_path / "copy")
    scenario.include(RECORDS[:2], "query1", tmp_path / "copy")
    monkeypatch.setenv(project.VARIABLE, str(tmp_path / "copy"))
    assert [str(p) for p in validation.check()] == []
