"""The brief: chosen sections on so many pages, a document that can be read without the book."""

from dataclasses import replace

import nbformat
import pytest
from pypdf import PdfReader

from compendium import project
from compendium.edition import excerpts
from compendium.edition.build import build
from compendium.edition.pdf import build_excerpt
from compendium.errors import CompendiumError
from compendium.project import Compendium
from tests.edition.test_pdf import EDITION, FIGURE, alternative_texts, book, chapter, page_of

SAID = excerpts.Excerpt("brief", "Записка", "Қандай модель?", ("b-one", "top-two"), pages=2)


def section(label: str, heading: str, body: str, level: int = 3) -> str:
    return f'<section id="{label}"><h{level}>{heading}</h{level}>{body}</section>'


PARTS = (
    '<div class="answer docutils container"><ul><li><p>Жауап.</p></li></ul></div>'
    '<div class="beside docutils container"><div class="container"><p>Бірінші.</p></div>'
    '<div class="container"><p>Екінші.</p></div></div>'
)
BODY = book(
    chapter("a", "Іздеу", section("a-one", "Сұрау", "<p>Кітапта ғана.</p>")),
    chapter("b", "Сүзу", section("b-one", "Бағалау", PARTS)),
    opening=section(
        "top-two", "Қорытынды",
        '<p>Мәтін. <a href="#a-one">Толығырақ</a></p>'
        '<p>Ол <a href="#a-one">сұрауда</a> тұр.</p>' + FIGURE, 2,
    ),
)  # fmt: skip


def made(folder, said=SAID, body=BODY, **changes):
    html = page_of(folder / "html", body)
    build_excerpt(html, folder / "brief.pdf", replace(EDITION, **changes), said)
    return PdfReader(folder / "brief.pdf")


def text_of(reader):
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


def test_the_sections_stand_in_the_order_in_which_they_are_listed(tmp_path):
    text = text_of(made(tmp_path))
    assert text.index("Бағалау") < text.index("Жауап.") < text.index("Қорытынды")
    assert "Бірінші." in text and "Екінші." in text
    assert "Кітапта ғана." not in text


def test_it_has_its_title_question_and_language(tmp_path):
    reader = made(tmp_path)
    assert "Қандай модель?" in text_of(reader)
    assert reader.metadata.title == "Записка: Шолу"
    assert reader.trailer["/Root"]["/Lang"] == "kk"


def test_it_is_tagged_and_archival_and_its_drawings_are_described(tmp_path):
    reader = made(tmp_path)
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode("utf-8")
    assert "pdfuaid:part" in metadata and "pdfaid:part" in metadata
    assert 'Бағандар "A" және B' in alternative_texts(reader)


def test_headings_begin_at_the_title(tmp_path):
    outline = made(tmp_path).outline
    assert [entry.title for entry in outline if not isinstance(entry, list)] == ["Шолу"]
    assert [entry.title for entry in outline[1]] == ["Бағалау", "Қорытынды"]


def test_a_link_to_the_rest_of_the_book_leads_to_the_site(tmp_path):
    reader = made(tmp_path, online="https://example.org/kk/")
    targets = {
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages for annotation in page.get("/Annots", [])
    }  # fmt: skip
    assert targets == {"https://example.org/kk/a.html#a-one"}


def test_without_an_address_a_link_is_text_or_goes_where_it_only_leads_on(tmp_path):
    text = text_of(made(tmp_path))
    assert "Толығырақ" not in text
    assert "Ол сұрауда тұр." in text


def test_type_gets_smaller_until_the_text_fits(tmp_path):
    def lines(n):
        return book(opening=section("b-one", "Бағалау", "<p>Мәтін сөзі.</p>" * n, 2))

    one_page = replace(SAID, sections=("b-one",), pages=1)
    fits = made(tmp_path / "few", one_page, lines(25))
    smaller = made(tmp_path / "many", one_page, lines(44))
    assert len(fits.pages) == len(smaller.pages) == 1

    def size(reader):
        sizes = []
        reader.pages[0].extract_text(
            visitor_text=lambda text, _cm, tm, _font, at: sizes.append(at * tm[0])
            if "сөзі" in text else None
        )
        return max(sizes)

    assert size(smaller) < size(fits)


def test_text_that_fits_in_no_size_is_an_error_that_says_so(tmp_path):
    body = book(opening=section("b-one", "Бағалау", "<p>Мәтін.</p>" * 200, 2))
    with pytest.raises(CompendiumError, match="does not fit on 1 page") as error:
        made(tmp_path, replace(SAID, sections=("b-one",), pages=1), body)
    assert "book.yml" in error.value.remedy
    assert not (tmp_path / "brief.pdf").exists()


def test_a_section_that_the_book_lacks_is_named_with_the_nearest(tmp_path):
    with pytest.raises(CompendiumError, match="'b-onne'") as error:
        made(tmp_path, replace(SAID, sections=("b-onne",)))
    assert error.value.column == "brief.sections"
    assert "b-one" in error.value.remedy


def settled(folder, text):
    file = folder / "book.yml"
    file.write_text(file.read_text("utf-8").partition("\nbrief:")[0] + f"\n{text}", "utf-8")
    with Compendium(folder).opened():
        return excerpts.told("brief")


def test_a_book_without_the_setting_has_no_brief(own):
    assert settled(own, "") is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("brief: two pages", "title.en"),
        ("brief: {sections: [a], pages: 2}", "title.en"),
        ("brief: {title: {en: Brief}, pages: 2}", "sections"),
        ("brief: {title: {en: Brief}, sections: a, pages: 2}", "sections"),
        ("brief: {title: {en: Brief}, sections: [a], pages: none}", "pages"),
        ("brief: {title: {en: Brief}, sections: [a], pages: 0}", "pages"),
    ],
)
def test_a_setting_that_makes_no_brief_is_named(own, text, field):
    with pytest.raises(CompendiumError) as error:
        settled(own, text)
    assert error.value.column == f"brief.{field}"
    assert error.value.remedy


def test_the_brief_is_built_beside_the_book_and_renewed_alone(two_chapters, monkeypatch):
    file = two_chapters / "chapters" / "index.ipynb"
    notebook = nbformat.read(file, 4)
    notebook.cells[0].source = "# First\n\n(first-told)=\n## Told\n\nText."
    nbformat.write(notebook, file)
    book = two_chapters / "book.yml"
    told = "brief: {title: {en: Brief}, sections: [first-told], pages: 1}\n"
    book.write_text(book.read_text("utf-8") + told, "utf-8")
    build(lambda line: None, only="en")
    site = two_chapters / "_build" / "site" / "en"
    first = (site / "brief-en.pdf").read_bytes()
    template = two_chapters / "theme" / "brief.typ"
    template.parent.mkdir()
    ours = project.PACKAGE / "theme" / "brief.typ"
    template.write_text(ours.read_text("utf-8").replace("margin = 19mm", "margin = 30mm"), "utf-8")
    monkeypatch.setattr("compendium.edition.search_index.write", None)  # pages stay as they are
    build(lambda line: None, only="en", renew=True)
    assert (site / "brief-en.pdf").read_bytes() != first
