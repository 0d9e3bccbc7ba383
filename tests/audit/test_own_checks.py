"""A review's own checks: named in `book.yml`, apart from those of another review."""

import pytest

from compendium import project
from compendium.claims.check import checks
from compendium.errors import CompendiumError


def compendium(folder, field: str):
    (folder / "data").mkdir()
    (folder / "_toc.yml").write_text("root: a\n", encoding="utf-8")
    book = project.path("book.yml").read_text(encoding="utf-8")
    kept = [line for line in book.splitlines() if not line.startswith("checks:")]
    (folder / "book.yml").write_text("\n".join([*kept, field]), encoding="utf-8")
    return project.at(folder)


def test_a_book_that_names_none_has_those_of_any_review(tmp_path):
    assert "query_balanced" in checks()
    with compendium(tmp_path, ""):
        assert set(checks()) == {"counted", "all_linked", "same_in_groups"}


def test_a_module_that_is_not_there_is_named(tmp_path):
    with compendium(tmp_path, "checks: no.such.module"), pytest.raises(CompendiumError) as error:
        checks()
    assert (str(error.value.path), error.value.column) == ("book.yml", "checks")
