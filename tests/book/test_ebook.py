"""The built EPUBs and Word files: valid, whole, and named on every page."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from compendium.edition import chapters
from compendium.edition.edition import FILES
from compendium.language import LANGUAGES
from tests.conftest import epub_faults

each_language = pytest.mark.parametrize("code", list(LANGUAGES))


def test_epubcheck_finds_no_fault_in_the_book(site):
    """In Kazakh: what a language can change besides its words, the next test looks at in each."""
    assert epub_faults(site / "kk" / "compendium-kk.epub") == []


@each_language
def test_the_pages_of_the_epub_are_well_formed_and_their_links_lead_somewhere(site, code):
    with ZipFile(site / code / f"compendium-{code}.epub") as archive:
        names = set(archive.namelist())
        pages = {name: ElementTree.fromstring(archive.read(name))
                 for name in names if name.endswith(".xhtml")}  # fmt: skip
    ids = {name: [tag.get("id") for tag in page.iter() if tag.get("id")]
           for name, page in pages.items()}  # fmt: skip
    assert [name for name, found in ids.items() if len(found) != len(set(found))] == []
    lost = []
    for name, page in pages.items():
        assert page.get("{http://www.w3.org/XML/1998/namespace}lang", code) == code
        for tag in page.iter():
            for address in filter(None, (tag.get("href"), tag.get("src"))):
                if re.match(r"[a-z]+:", address):
                    continue
                path, _, anchor = map(unquote, address.partition("#"))
                to = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path \
                    else name
                if to not in names or (anchor and anchor not in ids[to]):
                    lost.append((name, address))
    assert lost == []


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
