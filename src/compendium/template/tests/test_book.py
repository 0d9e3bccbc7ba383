"""The book as it is published: whole data, and the same pages in every language."""

from pathlib import Path

import pytest

from compendium import language, validation
from compendium.edition import chapters
from compendium.edition.build import build


@pytest.fixture(scope="session")
def site() -> Path:
    return build(lambda line: print(line, flush=True), renew=True).site


def test_the_data_are_as_the_data_package_describes_them():
    assert [str(problem) for problem in validation.check()] == []


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_every_chapter_is_a_page_in_its_language(site, code):
    for name in chapters.names():
        page = (site / code / f"{name}.html").read_text(encoding="utf-8")
        assert f'<html lang="{code}"' in page


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_the_book_comes_as_pdf_too(site, code):
    (pdf,) = (site / code).glob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
