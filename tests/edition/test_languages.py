"""A language is a line of `book.yml`: an edition in a fourth one needs nothing else to be made."""

from __future__ import annotations

import re

import nbformat
import pytest
import yaml

from compendium import language
from compendium.edition import bibliography, catalogs, source
from compendium.edition.edition import Edition, editions
from compendium.edition.execute import Execution
from compendium.errors import CompendiumError
from compendium.survey import form


@pytest.fixture
def with_uzbek(two_chapters):
    """The small book with a line more in its list of languages."""
    book = two_chapters / "book.yml"
    text = book.read_text("utf-8")
    book.write_text(re.sub(r"(?m)^(languages:.*\n)", r"\1  uz:\n", text), "utf-8")
    return two_chapters


def test_the_sources_of_an_edition_in_a_fourth_language_are_made(with_uzbek):
    edition = Edition("uz")
    assert edition in editions()
    source.write(edition, Execution.of("uz", {}).run(lambda line: None))
    configuration = yaml.safe_load((edition.source / "_config.yml").read_text("utf-8"))
    assert configuration["sphinx"]["config"]["language"] == "uz"
    assert configuration["title"], "where nobody has written an Uzbek title, the English stands"
    chapter = nbformat.read(edition.source / "1-first.ipynb", as_version=4)
    printed = [output.text for cell in chapter.cells for output in cell.get("outputs", [])]
    assert printed == ["uz\n"]


def test_a_language_that_nobody_has_translated_into_cites_and_labels_in_english(with_uzbek):
    style = bibliography.reference_style("uz")()
    assert (style.person.last_sep, style.person.other) == (" & ", " et al.")
    with language.speaking("uz"):
        assert language.label("living_labs") == "Living Labs"
        assert language.number(1234.5, 1) == "1\u00a0234,5"


def test_what_a_new_language_lacks_is_named_for_its_translator(with_uzbek):
    assert "uz" in catalogs.translated()
    missing = catalogs.findings("uz", "data")
    assert {"living_labs (label_uz)", "living_labs (definition_uz)"} <= {
        f"{found.message} {found.detail}" for found in missing
    }
    assert all(found.kind == "missing" for found in missing)


def test_the_survey_and_the_commands_offer_the_new_language(with_uzbek):
    assert form.column_name("uz") == "O‘zbek (uz)"
    assert language.known("uz").direction == "ltr"


def test_a_getter_of_an_edition_leaves_the_language_as_it_was():
    Edition("kk").about()
    Edition("ru").strings()
    Edition("kk").numfig()
    assert language.current() == "en"
    with pytest.raises(CompendiumError, match="no language 'de'"):
        editions("de")
    assert language.current() == "en"
