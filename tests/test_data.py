"""The data package: valid as it stands, and every way to break it gives one clear line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from compendium import data, validation
from compendium.errors import CompendiumError


def edit(file: Path, change) -> None:
    """Rewrite a CSV file with its rows changed."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
        names = list(rows[0])
    rows = change(rows) or rows
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def the_problem(words: str, table: str = "") -> CompendiumError:
    """The one problem found whose line holds these words; in the cells of one table, if named."""
    checked = validation.of_table(table) if table else validation.check()
    found = [problem for problem in checked if words in str(problem)]
    assert found, f"nothing found with {words!r}"
    return found[0]


def test_the_package_is_valid():
    assert [str(problem) for problem in validation.check()] == []


def test_every_table_can_be_read_with_its_types():
    for entry in data.package()["resources"]:
        if "schema" in entry:
            frame = data.table(entry["name"])
            assert list(frame.columns) == [f["name"] for f in entry["schema"]["fields"]]
            assert len(frame) > 0


SOURCED = {"place", "seen_at", "address"}
UNSAID = {"unknown", "not_reported"}


def test_every_row_that_carries_a_fact_says_where_it_comes_from():
    used = set(data.table("citation_uses")["citation"])
    for entry in data.package()["resources"]:
        names = {field["name"] for field in entry.get("schema", {}).get("fields", [])}
        if not SOURCED & names:
            continue
        for row in data.table(entry["name"]).to_dict("records"):
            if UNSAID & set(row.values()) or row.get("key") == "hansen2020":
                continue  # nothing is claimed; the unidentified work has a note instead
            sourced = any(row[name] for name in SOURCED & names) or row.get("citation") in used
            assert sourced, (entry["name"], row)


def test_a_missing_column_is_named_with_what_the_header_must_hold(own):
    file = own / "data" / "article" / "models.csv"
    file.write_text(file.read_text("utf-8").replace("advantage", "advantag", 1), "utf-8")
    problem = str(the_problem("missing"))
    assert problem.startswith("data/article/models.csv, column `advantage`: The column is missing.")
    assert "The header must name: model, description, advantage" in problem


def test_a_duplicate_key_is_named_with_its_row(own):
    edit(own / "data" / "article" / "models.csv", lambda rows: [*rows, rows[0]])
    problem = the_problem("Every row needs a key of its own")
    assert (str(problem.path), problem.row) == ("data/article/models.csv", 7)


def test_an_unknown_code_is_named_with_the_nearest(own):
    edit(own / "data" / "article" / "models.csv", lambda rows: rows[1].update(model="living_lab"))
    problem = the_problem("'living_lab' is not a code of the set 'model'")
    assert (problem.row, problem.column) == (3, "model")
    assert "Did you mean 'living_labs'?" in str(problem)


def test_a_code_of_another_set_is_no_code_of_this_one(own):
    edit(own / "data" / "article" / "models.csv", lambda rows: rows[1].update(model="crit_trust"))
    problem = the_problem("'crit_trust' is not a code of the set 'model'", "models")
    assert (problem.row, problem.column) == (3, "model")


def test_a_file_that_is_not_utf8_is_named_with_the_row_of_the_first_bad_byte(own):
    file = own / "data" / "article" / "models.csv"
    lines = file.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"a", "я".encode("cp1251"), 1)
    file.write_bytes(b"\n".join(lines))
    problem = the_problem("not UTF-8")
    assert problem.row == 3
    assert "Save it as UTF-8" in str(problem)


def test_a_byte_order_mark_is_found_and_yet_the_table_is_read(own):
    file = own / "data" / "article" / "models.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert "byte order mark" in str(the_problem("byte order mark"))
    assert data.table("models")["model"].iloc[0] == "joint_laboratories"


def test_a_country_that_cldr_does_not_know_is_named_with_the_code_meant(own):
    edit(
        own / "data" / "article" / "model_countries.csv",
        lambda rows: [row.update(country="UK") for row in rows if row["country"] == "GB"] and None,
    )
    problem = the_problem("not an ISO 3166 code", "model_countries")
    assert problem.column == "country"
    assert "Did you mean 'GB'?" in str(problem)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_that_a_spreadsheet_would_run_is_refused(own, start):
    edit(
        own / "data" / "article" / "models.csv",
        lambda rows: rows[0].update(description=start + "1+1"),
    )
    problem = the_problem("run this cell as a formula", "models")
    assert (problem.row, problem.column) == (2, "description")


def test_a_value_of_another_type_is_named_with_its_cell(own):
    edit(own / "data" / "article" / "sources.csv", lambda rows: rows[0].update(year_issue="2018?"))
    with pytest.raises(CompendiumError, match=r"row 2, column `year_issue`: '2018\?' is not"):
        data.table("sources")


def test_an_empty_cell_is_missing_not_zero():
    years = data.table("sources").set_index("key")["year_online"]
    assert years.isna()["hansen2020"]


def test_a_resource_that_does_not_exist_is_answered_with_the_nearest_that_does():
    with pytest.raises(CompendiumError, match=r"no resource 'source'.*Did you mean 'sources'"):
        data.table("source")


def test_titles_and_descriptions_are_there_for_the_data_dictionary():
    descriptor = json.loads(Path("data/datapackage.json").read_text("utf-8"))
    for entry in descriptor["resources"]:
        assert entry.get("title"), entry["name"]
        assert entry.get("description"), entry["name"]
