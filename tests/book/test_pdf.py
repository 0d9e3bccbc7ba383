"""The built PDFs: tagged, embedded, in the language, with nothing past the margin."""

from __future__ import annotations

import re
import subprocess

import pytest
from pypdf import PdfReader

from compendium import data, language
from compendium.edition.edition import Edition
from compendium.language import LANGUAGES
from review import overview
from tests.conftest import needs

each_language = pytest.mark.parametrize("code", list(LANGUAGES))


def reader(site, code) -> PdfReader:
    return PdfReader(site / code / f"compendium-{code}.pdf")


@each_language
def test_the_pdf_says_its_language_and_title_and_is_tagged(site, code):
    pdf = reader(site, code)
    catalog = pdf.trailer["/Root"]
    assert catalog["/Lang"].startswith(code)
    assert catalog["/MarkInfo"]["/Marked"]
    assert pdf.metadata.title.startswith(Edition(code).about()["title"][:20])
    assert pdf.metadata.author


@each_language
def test_the_pdf_claims_pdf_ua_and_pdf_a(site, code):
    metadata = reader(site, code).trailer["/Root"]["/Metadata"].get_data().decode("utf-8")
    assert re.search(r"pdfuaid:part\W+1", metadata)
    assert re.search(r"pdfaid:part\W+2", metadata)
    assert re.search(r"pdfaid:conformance\W+A", metadata)


@each_language
def test_every_font_is_embedded(site, code):
    program = needs("pdffonts")
    listed = subprocess.run(
        [program, str(site / code / f"compendium-{code}.pdf")], capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert len(listed) >= 4
    for line in listed:
        assert line.split()[-5] == "yes", line


@each_language
def test_every_link_inside_the_pdf_has_a_place_to_go(site, code):
    pdf = reader(site, code)
    known, links = set(pdf.named_destinations), 0
    for page in pdf.pages:
        for annotation in page.get("/Annots") or []:
            action = annotation.get_object()
            target = action.get("/Dest") or (action.get("/A") or {}).get("/D")
            if target is None:
                continue
            links += 1
            if isinstance(target, str):
                assert target in known
    assert links > 20


@each_language
def test_nothing_stands_past_the_margin(site, code):
    program = needs("pdftotext")
    boxes = subprocess.run(
        [program, "-bbox", str(site / code / f"compendium-{code}.pdf"), "-"],
        capture_output=True, text=True,
    ).stdout
    width, out = 0.0, []
    for line in boxes.splitlines():
        if page := re.search(r'<page width="([\d.]+)"', line):
            width = float(page[1])
        word = re.search(r'xMin="([-\d.]+)".*xMax="([-\d.]+)".*>(.*)</word>', line)
        if word and (float(word[1]) < 20 or float(word[2]) > width - 20):
            out.append(word[3])
    assert out == []


@each_language
def test_the_contents_name_every_chapter(site, code):
    titles = [entry.title for entry in reader(site, code).outline if not isinstance(entry, list)]
    assert len(titles) >= 7


@each_language
def test_the_brief_has_two_pages_with_the_answer_and_the_actors(site, code):
    pdf = PdfReader(site / code / f"brief-{code}.pdf")
    assert len(pdf.pages) == 2
    text = "\n".join(page.extract_text() for page in pdf.pages)
    with language.speaking(code):
        for model in data.table("models")["model"]:
            assert language.label(model) in text
        for actor in overview.ACTORS:
            assert language.label(actor) in text


@each_language
def test_the_report_has_at_most_thirty_pages_with_every_chapter_and_its_finding(site, code):
    pdf = PdfReader(site / code / f"report-{code}.pdf")
    assert 15 <= len(pdf.pages) <= 30
    titles = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    assert [title[:2] for title in titles[1:6]] == ["1.", "2.", "3.", "4.", "5."]


@each_language
@pytest.mark.parametrize("kind", ["brief", "report"])
def test_an_excerpt_is_tagged_and_archival_in_its_language_with_its_fonts(site, code, kind):
    file = site / code / f"{kind}-{code}.pdf"
    catalog = PdfReader(file).trailer["/Root"]
    assert catalog["/Lang"].startswith(code)
    assert catalog["/MarkInfo"]["/Marked"]
    metadata = catalog["/Metadata"].get_data().decode("utf-8")
    assert re.search(r"pdfuaid:part\W+1", metadata)
    assert re.search(r"pdfaid:part\W+2", metadata)
    assert re.search(r"pdfaid:conformance\W+A", metadata)
    listed = subprocess.run(
        [needs("pdffonts"), str(file)], capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert listed
    assert {line.split()[-5] for line in listed} == {"yes"}
