"""Versions side by side: none is lost, and what changed is told from the tables."""

from __future__ import annotations

import json
import shutil
from types import SimpleNamespace

import pytest
import yaml

from compendium import cli, project
from compendium.edition import edition, page, release
from compendium.errors import CompendiumError
from compendium.publication import archive, changes, versions, versions_page
from tests.publication.conftest import TABLE, made_site
from tests.update.make import digests


def raised(folder, version: str, table: str = TABLE) -> None:
    """Release the review anew, as another version with another table."""
    cited = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    (folder / "CITATION.cff").write_text(yaml.safe_dump(cited | {"version": version}), "utf-8")
    made_site(folder / "_build" / "site", table)
    release.seal()


@pytest.fixture
def two(released, tmp_path):
    """A folder with two versions, between which one number changed."""
    folder = released / "public"
    assert cli.main(["publish", str(folder)]) == 0
    raised(released, "0.2.0", TABLE.replace("26%", "27%"))
    assert cli.main(["publish", str(folder)]) == 0
    return folder


def test_versions_lie_side_by_side_and_the_latest_is_the_last(two):
    names = {path.name for path in two.iterdir()}
    assert {"v0.1.0", "v0.2.0", "latest", "versions", "versions.json", "index.html"} <= names
    assert not [name for name in names if name.endswith((".part", ".old"))]
    assert digests(two / "latest") == digests(two / "v0.2.0") != digests(two / "v0.1.0")
    assert 'url=latest/index.html"' in (two / "index.html").read_text("utf-8")


def test_the_register_counts_what_each_version_changed(two):
    told = json.loads((two / "versions.json").read_text("utf-8"))
    assert told["latest"] == "v0.2.0"
    first, second = told["versions"]
    assert first["changes"] is None
    assert second["changes"]["cells"] == 1 and sum(second["changes"].values()) == 1


@pytest.mark.parametrize(
    ("code", "said"),
    [("en", "1 cell changed."), ("ru", "Ranks (ru)"), ("kk", "Ranks (kk)")],
)  # fmt: skip
def test_the_page_of_each_language_tells_the_cell_before_and_after(two, code, said):
    page = (two / "versions" / f"{code}.html").read_text("utf-8")
    assert f'<html lang="{code}"' in page and said in page
    assert "B · rank 1: <del>26%</del> → <ins>27%</ins>" in page
    assert f'href="../v0.2.0/{code}/downloads/4-applicability/rank-shares.csv"' in page
    assert page.index("v0.2.0") < page.index("v0.1.0")


def test_the_same_release_again_changes_nothing(two, capsys):
    before = digests(two)
    assert cli.main(["publish", str(two)]) == 0
    assert "nothing changes" in capsys.readouterr().out
    assert digests(two) == before


def test_a_published_version_is_not_overwritten_by_another_content(two, released, capsys):
    before = digests(two)
    raised(released, "0.2.0", TABLE.replace("26%", "28%"))
    assert cli.main(["publish", str(two)]) == 1
    assert "Raise `version` in CITATION.cff" in capsys.readouterr().err
    assert digests(two) == before
    assert cli.main(["publish", str(two), "--replace"]) == 0
    assert "<ins>28%</ins>" in (two / "versions" / "en.html").read_text("utf-8")


def test_a_dry_run_writes_nothing(released, capsys):
    assert cli.main(["publish", str(released / "public"), "--dry-run"]) == 0
    assert "would be published" in capsys.readouterr().out
    assert not (released / "public").exists()


def test_a_folder_with_another_site_is_refused(released):
    other = made_site(released / "other")
    shutil.copy(other / "en" / "index.html", other)
    before = digests(other)
    with versions.built([]) as (site,), pytest.raises(CompendiumError, match="Name a new folder"):
        versions.publish(site, other)
    assert digests(other) == before


def test_a_version_whose_folder_is_gone_is_named(two):
    shutil.rmtree(two / "v0.1.0")
    with pytest.raises(CompendiumError, match=r"v0\.1\.0: The folder of version"):
        versions.published(two)


def test_archives_are_published_in_the_order_of_their_versions(released, two):
    first = archive.make().file
    raised(released, "0.10.0", TABLE.replace("32%", "33%"))
    second = archive.make().file
    folder = released / "from-archives"
    assert cli.main(["publish", str(folder), str(second), str(first)]) == 0
    listed = versions.published(folder)
    assert [version.version for version in listed] == ["0.2.0", "0.10.0"]
    assert listed[0].digest == versions.published(two)[1].digest
    assert digests(folder / "latest") == digests(folder / "v0.10.0")


def test_a_file_that_is_no_archive_is_named(released, capsys):
    (released / "a.zip").write_text("no")
    assert cli.main(["publish", str(released / "public"), str(released / "a.zip")]) == 1
    assert "a.zip: This is not an archive of a release." in capsys.readouterr().err


def compared(tmp_path, before: str, after: str) -> changes.Changes:
    for name, text in (("old", before), ("new", after)):
        folder = tmp_path / name / "downloads" / "1-search"
        folder.mkdir(parents=True)
        (folder / "t.csv").write_text(text, "utf-8")
    return changes.between(tmp_path / "old", tmp_path / "new")


def test_a_row_put_in_the_middle_changes_no_other_row(tmp_path):
    found = compared(tmp_path, "k,v\na,1\nc,3\n", "k,v\na,1\nb,2\nc,3\n")
    assert found.rows_added == [("1-search/t", "b")]
    assert not found.cells and not found.rows_gone


def test_rows_are_named_by_as_many_columns_as_it_takes(tmp_path):
    found = compared(tmp_path, "k,q,v\na,1,x\na,2,y\n", "k,q,v\na,1,x\na,2,z\n")
    assert found.cells == [changes.Cell("1-search/t", "a · 2", "v", "y", "z")]


def test_equal_rows_are_told_apart_by_their_number(tmp_path):
    found = compared(tmp_path, "k\na\na\n", "k\na\na\na\n")
    assert found.rows_added == [("1-search/t", "a · #3")]


def test_a_column_that_came_or_went_is_told_once(tmp_path):
    found = compared(tmp_path, "k,v,w\na,1,2\n", "k,v,x\na,1,3\n")
    assert found.columns_added == [("1-search/t", "x")]
    assert found.columns_gone == [("1-search/t", "w")]
    assert not found.cells


def test_an_empty_table_compares_to_one_with_rows(tmp_path):
    found = compared(tmp_path, "k,v\n", "k,v\na,1\n")
    assert found.rows_added == [("1-search/t", "a")]
    assert not found.cells


def test_a_file_without_a_head_gets_its_columns(tmp_path):
    found = compared(tmp_path, "", "k\na\n")
    assert found.columns_added == [("1-search/t", "k")]
    assert len(found.rows_added) == 1


def test_tables_that_came_and_went_are_named(tmp_path):
    made_site(tmp_path / "old")
    made_site(tmp_path / "new")
    tables = tmp_path / "new" / "en" / "downloads" / "4-applicability"
    (tables / "rank-shares.csv").rename(tables / "shares.csv")
    found = changes.between(tmp_path / "old" / "en", tmp_path / "new" / "en")
    assert found.tables_added == ["4-applicability/shares"]
    assert found.tables_gone == ["4-applicability/rank-shares"]


def test_what_is_not_shown_is_counted(released):
    many = "k,v\n" + "".join(f"r{at},{{}}\n" for at in range(versions_page.SHOWN + 7))
    folder = released / "public"
    raised(released, "1", many.replace("{}", "old"))
    assert cli.main(["publish", str(folder)]) == 0
    raised(released, "2", many.replace("{}", "new"))
    assert cli.main(["publish", str(folder)]) == 0
    page = (folder / "versions" / "en.html").read_text("utf-8")
    assert page.count("<ins>") == versions_page.SHOWN
    assert "107 cells changed." in page and "… and 7 more" in page


def test_a_value_with_markup_is_shown_as_text(released):
    folder = released / "public"
    assert cli.main(["publish", str(folder)]) == 0
    raised(released, "2", TABLE.replace("26%", "<script>x</script>"))
    assert cli.main(["publish", str(folder)]) == 0
    assert "<script>" not in (folder / "versions" / "en.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("address", "is_linked"),
    [("https://example.org/book/latest/", True), ("https://example.org/book/", False), ("", False)],
)
def test_pages_link_to_the_versions_where_they_are_published_as_the_latest(
    monkeypatch, address, is_linked
):
    monkeypatch.setenv(edition.SITE_URL, address)
    config = SimpleNamespace(compendium_language="en", html_context={}, html_title="")
    page.book_context(SimpleNamespace(config=config))
    assert config.html_context["edition"]["versions"] is is_linked
    layout = project.theme("compendium", "layout.html").read_text("utf-8")
    assert '{%- if edition.versions %}\n<li><a href="{{ content_root }}../../versions/' in layout
