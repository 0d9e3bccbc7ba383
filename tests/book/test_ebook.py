"""The built EPUBs and Word files: valid, whole, and named on every page."""

from __future__ import annotations

import re
from zipfile import ZipFile

import pytest

from compendium.edition import chapters
from compendium.edition.edition import FILES
from compendium.language import LANGUAGES
from tests.conftest import epub_faults

each_language = pytest.mark.parametrize("code", list(LANGUAGES))


@each_language
def test_epubcheck_finds_no_fault_in_the_book(site, code):
    assert epub_faults(site / code / f"compendium-{code}.epub") == []


@each_language
def test_the_epub_has_every_chapter_and_no_picture_without_words(site, code):
    with ZipFile(site / code / f"compendium-{code}.epub") as archive:
        pages = [name for name in archive.namelist() if re.search(r"/ch\d+\.xhtml$", name)]
        text = "".join(archive.read(name).decode("utf-8") for name in pages)
    assert len(pages) == len(chapters.names())
    images = re.findall(r"<img[^>]*>", text)
    assert len(images) > 20
    assert [image for image in images if not re.search(r'alt="[^"]+"', image)] == []


@each_language
def test_the_word_file_has_a_heading_a_chapter_and_tables(site, code):
    with ZipFile(site / code / f"report-{code}.docx") as archive:
        document = archive.read("word/document.xml").decode("utf-8")
    assert document.count('w:val="Heading1"') >= 8
    assert document.count("<w:tbl>") == document.count("<w:tblHeader") >= 8
    assert re.findall(r'descr=""', document) == []


@each_language
def test_every_page_leads_to_every_file(site, code):
    for name in ("index.html", "1-search.html"):
        page = (site / code / name).read_text(encoding="utf-8")
        for file in FILES.values():
            assert f'href="{file.format(code)}"' in page
