"""Compendia are values: two of them live side by side, and each sees its own files change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from compendium import Compendium, CompendiumError, data, language, project
from compendium.language import _, label, text

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def small(folder: Path, title: str) -> Compendium:
    """A compendium with a table, a codebook and a catalog of its own."""
    (folder / "data").mkdir(parents=True)
    (folder / "locales" / "kk").mkdir(parents=True)
    (folder / "_toc.yml").write_text("root: chapters/index\n", "utf-8")
    shutil.copy(project.path("book.yml"), folder)
    book = folder / "book.yml"
    lines = book.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("title:"))
    lines[at + 1] = f"  en: {title}\n"
    book.write_text("".join(lines), "utf-8")
    (folder / "data" / "datapackage.json").write_text(
        '{"resources": [{"name": "works", "path": "works.csv",'
        ' "schema": {"fields": [{"name": "key"}]}}]}', "utf-8",
    )
    (folder / "data" / "works.csv").write_text(f"key\n{title}\n", "utf-8")
    codebook(folder, title)
    catalog(folder, f"{title}!")
    return Compendium(folder)


def codebook(folder: Path, shown: str) -> None:
    (folder / "data" / "codebook.csv").write_text(
        f"code,set,label_en,label_ru,label_kk\nthing,s,{shown},{shown}-ru,{shown}-kk\n", "utf-8"
    )


def catalog(folder: Path, shown: str) -> None:
    for name in ("review", "data"):
        (folder / "locales" / "kk" / f"{name}.po").write_text(
            f'{PO}msgid "Own words"\nmsgstr "{shown}"\n', "utf-8"
        )


def languages(compendium: Compendium, listed: dict | None) -> None:
    """Have the book list these languages."""
    file = compendium.path("book.yml")
    book = {**yaml.safe_load(file.read_text("utf-8")), "languages": listed}
    file.write_text(yaml.safe_dump(book, allow_unicode=True, sort_keys=False), "utf-8")


@pytest.fixture
def two(tmp_path) -> tuple[Compendium, Compendium]:
    return small(tmp_path / "a", "A"), small(tmp_path / "b", "B")


def seen() -> tuple[str, ...]:
    """What the current compendium says, through every door."""
    with language.speaking("kk"):
        words = (_("Own words"), text("Own words"), label("thing"))
    book = project.current().book
    return (book.told("title"), data.table("works")["key"][0], *words)


def test_two_compendia_in_one_process_answer_each_for_itself(two):
    a, b = two
    wanted = {a: ("A", "A", "A!", "A!", "A-kk"), b: ("B", "B", "B!", "B!", "B-kk")}
    for one in (a, b, a, b):
        with one.opened():
            assert seen() == wanted[one]
    with a.opened(), b.opened():
        assert seen() == wanted[b]
        assert a.data.table("works")["key"][0] == "A"


def test_the_one_opened_before_is_current_again_after_the_block(two):
    a, b = two
    with a.opened():
        with b.opened():
            assert project.root() == b.root
        assert project.root() == a.root
    assert project.root() not in (a.root, b.root)


def test_a_file_changed_in_a_session_is_seen(two):
    a, _b = two
    with a.opened():
        assert seen() == ("A", "A", "A!", "A!", "A-kk")
        codebook(a.root, "Changed")
        catalog(a.root, "Changed!")
        assert seen() == ("A", "A", "Changed!", "Changed!", "Changed-kk")
        book = a.path("book.yml")
        book.write_text(book.read_text("utf-8").replace("  en: A\n", "  en: Another\n"), "utf-8")
        assert a.book.told("title") == "Another"
        shown = a.path("data", "datapackage.json")
        shown.write_text(shown.read_text("utf-8").replace('"works"', '"studies"'), "utf-8")
        assert a.data.table("studies")["key"][0] == "A"


def test_a_message_of_the_engine_is_translated_where_there_is_no_compendium(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert project.current_or_none() is None
    with language.speaking("ru"):
        assert _("Search") == "Поиск"


def test_where_there_is_no_compendium_the_error_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CompendiumError, match="No compendium found here") as caught:
        project.current()
    assert caught.value.remedy == "Run the command inside the compendium, or set COMPENDIUM_ROOT."


def test_a_compendium_is_found_from_any_folder_in_it(two):
    a, _b = two
    inside = a.path("chapters", "notes")
    inside.mkdir(parents=True)
    assert Compendium.find(inside).root == a.root


def test_a_compendium_s_own_file_of_the_theme_goes_before_the_engine_s(two):
    a, b = two
    a.path("theme").mkdir()
    a.path("theme", "book.typ").write_text("own", "utf-8")
    assert a.theme("book.typ") == a.path("theme", "book.typ")
    assert b.theme("book.typ") == project.PACKAGE / "theme" / "book.typ"


def test_languages_are_those_of_the_book_with_cldr_s_names(two):
    a, b = two
    languages(a, {"ru": None, "en": None, "kk": {"short": "KZ"}, "uz": None})
    assert list(a.book.languages) == ["ru", "en", "kk", "uz"]
    assert (a.book.languages["uz"].name, a.book.languages["uz"].short) == ("O‘zbek", "UZ")
    assert a.book.languages["kk"].short == "KZ"
    with a.opened():
        assert "uz" in language.LANGUAGES
    with b.opened():
        assert "uz" not in language.LANGUAGES


@pytest.mark.parametrize(
    ("listed", "told"),
    [(None, "languages are missing"), ({"ru": None}, "languages are missing"),
     ({"en": None, "zzz1": None}, "CLDR knows no language 'zzz1'")],
)
def test_languages_that_cannot_be_are_named(two, listed, told):
    a, _b = two
    languages(a, listed)
    with pytest.raises(CompendiumError, match=told):
        _found = a.book.languages
