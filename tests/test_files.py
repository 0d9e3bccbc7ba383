"""Files written in one step, and what is kept of them."""

from __future__ import annotations

import pytest

from compendium.errors import did_you_mean
from compendium.files import Kept, replace, replacing
from compendium.spreadsheet import guarded


def test_a_file_whose_writing_fails_stays_as_it_was(tmp_path):
    file = tmp_path / "table.csv"
    replace(file, "before")

    def fail() -> None:
        with replacing(file) as draft:
            draft.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_value_is_made_again_only_when_its_file_has_changed(tmp_path):
    file, kept, made = tmp_path / "f", Kept(), []

    def value() -> int:
        made.append(1)
        return len(made)

    assert [kept.get("v", [file], value) for _turn in range(2)] == [1, 1]
    file.write_text("now it is there")
    assert [kept.get("v", [file], value) for _turn in range(2)] == [2, 2]
    file.write_text("and now it is another one")
    assert kept.get("v", [file], value) == 3


def test_the_nearest_known_value_is_the_remedy_or_else_what_the_caller_says():
    assert did_you_mean("contxt", ["context", "draws"]) == "Did you mean 'context'?"
    assert did_you_mean("xyz", ["context"], otherwise="Take it out.") == "Take it out."


def test_a_formula_is_guarded_and_other_text_is_not():
    assert guarded("=1+1") == "'=1+1"
    assert guarded("1+1") == "1+1"
