"""What Sphinx and the stock themes say by themselves is in the reader's language."""

import re
from pathlib import Path

import pytest
import sphinx.locale
from babel.messages.pofile import read_po
from sphinx import package_dir
from sphinx.testing.util import SphinxTestApp
from sphinx.util.docutils import patch_docutils

from compendium import project
from compendium.edition import sphinx_build

PLACEHOLDER = re.compile(r"%\(\w+\)s|%[-bBdYrs]|\$\{\w+\}|\{\w*\}")
READ = ("themes/basic/", "locale/__init__", "writers/html5", "domains/changeset")


def read(file):
    with Path(file).open("rb") as stream:
        return read_po(stream, locale="kk")


def catalogs():
    names = [name for group in sphinx_build.CATALOGS.values() for name in group]
    files = [project.path("locales", code, f"{name}.po") for code in ("kk", "ru") for name in names]
    return [file for file in files if file.is_file()]


@pytest.fixture
def build(tmp_path, monkeypatch):
    """A small book in Kazakh; Sphinx keeps catalogs for the whole process, so with fresh ones."""
    monkeypatch.setattr(sphinx.locale, "translators", {})

    def build(theme):
        source = tmp_path / theme
        source.mkdir()
        (source / "conf.py").write_text(
            "from compendium.edition.sphinx_build import register_catalogs as setup\n"
            f"extensions = ['myst_parser', *{[theme] if theme != 'basic' else []}]\n"
            "master_doc = 'index'\n"
        )
        (source / "index.md").write_text(
            "# Тақырып\n\n```{note}\nМәтін\n```\n\n```{table} Атауы\n| а |\n|---|\n| б |\n```\n"
        )
        overrides = {"language": "kk", "html_theme": theme, "numfig": True}
        with patch_docutils():
            app = SphinxTestApp("html", srcdir=source, confoverrides=overrides)
            app.build()
        warnings = app.warning.getvalue()
        app.cleanup()
        return Path(app.outdir), warnings

    return build


def test_a_kazakh_page_says_its_links_and_admonitions_in_kazakh_and_sphinx_does_not_warn(build):
    out, warnings = build("basic")
    page = (out / "index.html").read_text("utf-8")
    assert '<html lang="kk"' in page
    assert "Осы тақырыпқа сілтеме" in page
    assert ">Ескертпе<" in page
    assert "1-кесте" in page
    assert warnings == ""
    assert "Іздеу аяқталды" in (out / "_static" / "translations.js").read_text("utf-8")


def test_the_stock_theme_of_a_plain_jupyter_book_build_speaks_kazakh(build):
    page = (build("sphinx_book_theme")[0] / "index.html").read_text("utf-8")
    for ours in ("Толық экран режимі", "Негізгі мазмұнға өту", "Беттің басына"):
        assert ours in page
    for english in ("Fullscreen", "Skip to main", "Back to top", "Download this page"):
        assert english not in page


@pytest.mark.parametrize("file", catalogs(), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_theme_catalog_is_whole_and_keeps_every_placeholder(file):
    for message in read(file):
        ids, strings = message.id or (), message.string
        if isinstance(ids, str):
            ids, strings = (ids,), (strings,)
        for source, string in zip(ids, strings, strict=False):
            assert string, source
            if not source.startswith("%b"):
                found = PLACEHOLDER.findall(string)
                assert sorted(PLACEHOLDER.findall(source)) == sorted(found), source


def test_kazakh_covers_whatever_sphinx_writes_on_a_page():
    ours = read(project.path("locales", "kk", "sphinx.po"))
    log = re.compile(r"^(numfig_format is|Any IDs|unsupported rubric|Could not obtain)")
    for message in read(Path(package_dir, "locale", "sphinx.pot")):
        places = [place.removeprefix("sphinx/") for place, _ in message.locations]
        if message.id and any(place.startswith(READ) for place in places):
            assert log.match(str(message.id)) or message.id in ours, message.id


def test_catalogs_of_a_second_language_fill_only_what_sphinx_leaves_in_english():
    own = read(Path(package_dir, "locale", "ru", "LC_MESSAGES", "sphinx.po"))
    for message in read(project.path("locales", "ru", "sphinx.po")):
        entry = own.get(message.id)
        assert not message.id or entry is None or entry.fuzzy or not entry.string, message.id
