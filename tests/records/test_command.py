"""`compendium records` from the command line."""

from __future__ import annotations

import json

from compendium.cli import main
from tests.records.make import read, row, scopus


def test_the_account_adds_up(tmp_path, capsys):
    file = tmp_path / "export.csv"
    file.write_text(scopus(row(1), row(2), row(3)[:60]))
    assert main(["records", "read", str(file), "--json"]) == 2
    (account,) = json.loads(capsys.readouterr().out)["files"]
    assert (account["in"], account["out"]) == (3, 2)
    assert account["refused"][0]["line"] == 4


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path, capsys):
    whole, empty, out = tmp_path / "b.csv", tmp_path / "a.csv", tmp_path / "out.ris"
    whole.write_text(scopus(row(1)))
    empty.write_text("")
    assert main(["records", "read", str(empty), str(whole), "--to", str(out)]) == 1
    said = capsys.readouterr()
    assert "Entries: 1; records: 1" in said.out and "empty" in said.err
    assert out.read_text().count("TY  - ") == 1


def test_duplicates_are_decided_in_a_table(tmp_path, capsys):
    file, table, out = tmp_path / "a.csv", tmp_path / "duplicates.csv", tmp_path / "out.csv"
    title = "A title that stands under two DOIs"
    file.write_text(scopus(row(1, title), row(1, title), row(2, title)))
    arguments = ["records", "dedup", str(file), "--decisions", str(table), "--to", str(out)]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "Records: 3; publications: 2; duplicates: 1." in said
    assert "Pairs that a person has to decide: 1." in said
    assert len(read(out)[0]) == 2
    table.write_text(table.read_text().replace("uncertain,compendium", "duplicate,Aigerim"))
    assert main(arguments) == 0
    assert "Records: 3; publications: 1; duplicates: 2." in capsys.readouterr().out
    assert "duplicate,Aigerim" in table.read_text()
