"""The report: of every chapter its heading, finding and chosen parts, with the book's numbers."""

from dataclasses import replace

import pytest
from pypdf import PdfReader

from compendium.edition.excerpts import Excerpt
from compendium.edition.pdf import build_excerpt
from compendium.errors import CompendiumError
from tests.edition.test_brief import section, text_of
from tests.edition.test_pdf import EDITION, FIGURE, alternative_texts, book, page_of, table

SAID = Excerpt("report", "Есеп", "", ("a", "a-short", "fig-x", "b-cite"), pages=30)
FOLDED = table(["Баған"], [["Жабық"]]).replace('class="table"', 'class="fold table"')


def chapter(name: str, title: str, body: str) -> str:
    return (
        f'<span id="document-{name}"></span><section id="{name}"><h2>{title}</h2>'
        f"<p>{title}: негізгі нәтиже.</p>{body}</section>"
    )


SHORT = '<p>Қысқаша. <a href="#b-deep">Толығырақ</a></p>' + FOLDED
BODY = book(
    chapter(
        "a", "Іздеу", section("a-short", "Қысқаша", SHORT)
        + section("a-long", "Ұзақ", "<p>Кітапта ғана.</p>" + FIGURE),
    ),
    chapter(
        "b", "Сүзу",
        section("b-deep", "Тереңде", "<p>Мұнда да жоқ.</p>")
        + section("b-cite", "Сілтеме", "<p>Дәйексөз.</p>"),
    ),
)  # fmt: skip


def made(folder, said=SAID, **changes):
    html = page_of(folder / "html", BODY)
    build_excerpt(html, folder / "report.pdf", replace(EDITION, **changes), said)
    return PdfReader(folder / "report.pdf")


def test_a_chapters_label_gives_its_heading_and_finding_but_no_section(tmp_path):
    text = text_of(made(tmp_path))
    assert "Іздеу: негізгі нәтиже." in text and "Қысқаша." in text
    assert "Кітапта ғана." not in text
    assert "Сүзу: негізгі нәтиже." not in text


def test_a_figure_stands_alone_with_its_caption_and_alternative_text(tmp_path):
    reader = made(tmp_path)
    assert "Сурет 1 Бағандар." in text_of(reader)
    assert 'Бағандар "A" және B' in alternative_texts(reader)


def test_a_folded_table_is_left_to_the_whole_book_unless_it_is_named(tmp_path):
    assert "Жабық" not in text_of(made(tmp_path / "left"))
    named = replace(SAID, sections=("a", "tab-x"))
    assert "Жабық" in text_of(made(tmp_path / "named", named))


def test_a_section_without_its_chapter_is_a_chapter_itself(tmp_path):
    outline = made(tmp_path).outline
    assert [entry.title for entry in outline if not isinstance(entry, list)] == ["Іздеу", "Сілтеме"]
    assert [entry.title for entry in outline[1]] == ["Қысқаша"]


def test_a_link_to_what_was_left_out_leads_to_the_site(tmp_path):
    reader = made(tmp_path, online="https://example.org/kk/")
    targets = {
        action["/URI"]
        for page in reader.pages for annotation in page.get("/Annots", [])
        if "/URI" in (action := annotation.get_object().get("/A", {}))
    }  # fmt: skip
    assert targets == {"https://example.org/kk/b.html#b-deep"}


def test_a_table_that_only_the_book_has_is_said_to_be_in_the_book(tmp_path):
    numbered = '<p>Қар. <a href="#{0}"><span class="std std-numref">{1}</span></a>.</p>'
    body = BODY.replace(
        "<p>Дәйексөз.</p>",
        numbered.format("b-deep", "Table 7") + numbered.format("a-short", "Table 8"),
    )
    html = page_of(tmp_path / "html", body)
    build_excerpt(html, tmp_path / "report.pdf", replace(EDITION, lang="en"), SAID)
    text = text_of(PdfReader(tmp_path / "report.pdf"))
    assert "Table 7 in the book." in text and "Table 8." in text


def test_its_cover_names_it_with_version_date_and_licence(tmp_path):
    strings = {**EDITION.strings, "version": "7.1-нұсқа", "numbers": "Нөмірлер кітаптікі."}
    reader = made(tmp_path, strings=strings)
    cover = " ".join(reader.pages[0].extract_text().split())
    for told in ("Есеп", "Шолу", "7.1-нұсқа", EDITION.date, "CC BY", "Нөмірлер кітаптікі."):
        assert told in cover
    assert reader.metadata.title == "Есеп: Шолу"


def test_it_is_tagged_and_archival(tmp_path):
    root = made(tmp_path).trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode("utf-8")
    assert root["/Lang"] == "kk"
    assert "pdfuaid:part" in metadata and "pdfaid:part" in metadata


def test_more_pages_than_it_may_have_are_an_error(tmp_path):
    with pytest.raises(CompendiumError, match="report does not fit on 2 pages"):
        made(tmp_path, replace(SAID, pages=2))


def test_a_label_that_the_book_lacks_is_named_with_the_nearest(tmp_path):
    with pytest.raises(CompendiumError, match="'fig-y'") as error:
        made(tmp_path, replace(SAID, sections=("fig-y",)))
    assert error.value.column == "report.sections"
    assert "fig-x" in error.value.remedy
