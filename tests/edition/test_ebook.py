"""The EPUB and the Word file: valid, described, in the language, the same in every build."""

import re
import shutil
import subprocess
from dataclasses import replace
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup

from compendium.edition.ebook import build_docx, build_epub
from tests.conftest import epub_faults
from tests.edition.test_pdf import EDITION, FIGURE, book, page_of, table
from tests.edition.test_report import BODY, FOLDED, SAID, chapter, section

pytestmark = pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")

WHOLE = book(
    chapter("a", "Іздеу", section("a-s", "Сұрау", FIGURE + FOLDED)),
    chapter(
        "b", "Сүзу",
        '<p><a href="#fig-x">Сурет 1</a> <span class="mark no">жоқ</span>'
        ' <span lang="en">words</span></p>',
    ),
)  # fmt: skip


def epub(folder, **changes):
    target = folder / "book.epub"
    build_epub(page_of(folder / "html", WHOLE), target, replace(EDITION, **changes))
    return target


def texts(file):
    with ZipFile(file) as archive:
        return {
            name: archive.read(name).decode("utf-8")
            for name in archive.namelist() if name.endswith((".xhtml", ".opf", ".xml"))
        }  # fmt: skip


def docx(folder, body=BODY, said=SAID):
    target = folder / "report.docx"
    build_docx(page_of(folder / "html", body), target, EDITION, said)
    return target


def parts(file):
    return BeautifulSoup(texts(file)["word/document.xml"], "html.parser")


def styled(soup, style):
    return [
        paragraph.get_text().strip()
        for paragraph in soup.find_all("w:p")
        if (named := paragraph.find("w:pstyle")) and named["w:val"] == style
    ]


def test_epubcheck_finds_no_fault(tmp_path):
    assert epub_faults(epub(tmp_path)) == []


def test_the_epub_says_its_language_title_and_identifier(tmp_path):
    opf = texts(epub(tmp_path))["EPUB/content.opf"]
    assert "<dc:language>kk</dc:language>" in opf
    assert ">Шолу</dc:title>" in opf
    assert "urn:compendium:book.epub:" in opf


def test_every_chapter_is_in_the_epubs_contents(tmp_path):
    contents = BeautifulSoup(texts(epub(tmp_path))["EPUB/nav.xhtml"], "html.parser").nav
    assert [link.get_text() for link in contents.find_all("a")] == [
        "Шолу", "Іздеу", "Сұрау", "Сүзу",
    ]  # fmt: skip


def test_a_drawing_is_a_picture_with_its_alternative_text(tmp_path):
    file = epub(tmp_path)
    images = re.findall(r'<img[^>]*alt="([^"]*)"', "".join(texts(file).values()))
    assert images == ["Бағандар &quot;A&quot; және B"]
    with ZipFile(file) as archive:
        (picture,) = (name for name in archive.namelist() if name.endswith(".png"))
        assert archive.read(picture).startswith(b"\x89PNG")


def test_folds_are_open_and_marks_and_languages_stay(tmp_path):
    told = "".join(texts(epub(tmp_path)).values())
    assert "Жабық" in told and "<details" not in told
    assert '<span class="mark-no">жоқ</span>' in told
    assert re.search(r'<span[^>]* lang="en"[^>]*>words</span>', told)


def test_a_link_to_a_figure_leads_to_the_chapters_file(tmp_path):
    told = texts(epub(tmp_path))
    (holder,) = (name for name, text in told.items() if 'id="fig-x"' in text)
    (file,) = {f for text in told.values() for f in re.findall(r'href="([^"#]*)#fig-x"', text)}
    assert holder.endswith(file)


@pytest.mark.parametrize("made", [epub, docx])
def test_two_builds_are_the_same_to_the_byte(tmp_path, made):
    first, again = made(tmp_path / "first"), made(tmp_path / "again")
    assert first.read_bytes() == again.read_bytes()


def test_headings_are_heading_styles(tmp_path):
    soup = parts(docx(tmp_path))
    assert styled(soup, "Title") == ["Есеп: Шолу"]
    assert styled(soup, "Heading1") == ["Іздеу", "Сілтеме"]
    assert styled(soup, "Heading2") == ["Қысқаша"]


def test_a_figure_has_its_caption_and_alternative_text(tmp_path):
    soup = parts(docx(tmp_path))
    assert styled(soup, "ImageCaption") == ["Сурет 1 Бағандар."]
    assert [it["descr"] for it in soup.find_all("wp:docpr")] == ['Бағандар "A" және B']


def test_a_table_is_a_table_whose_first_row_is_its_head(tmp_path):
    said = replace(SAID, sections=("a", "tab-x"))
    soup = parts(docx(tmp_path, book(chapter("a", "Іздеу", table(["Баған"], [["Мән"]]))), said))
    (found,) = soup.find_all("w:tbl")
    head, row = found.find_all("w:tr")
    assert head.find("w:tblheader") and not row.find("w:tblheader")
    assert styled(soup, "TableCaption")


def test_an_answer_and_marks_have_styles_of_their_own(tmp_path):
    body = book(chapter(
        "a", "Іздеу", '<div class="answer docutils container"><ul><li><p>Жауап '
        '<span class="mark no">жоқ</span>.</p></li></ul></div>',
    ))  # fmt: skip
    soup = parts(docx(tmp_path, body, replace(SAID, sections=("a",))))
    assert styled(soup, "Answer") == ["Жауап жоқ."]
    assert soup.find("w:rstyle", attrs={"w:val": "Markno"})


def test_libreoffice_opens_the_word_file(tmp_path):
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")

    def converted(file):
        subprocess.run(
            [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
             "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
            capture_output=True, timeout=300,
        )  # fmt: skip
        return file.with_suffix(".pdf")

    plain = tmp_path / "plain.txt"
    plain.write_text("Text.")
    if not converted(plain).is_file():
        pytest.skip("LibreOffice is installed without Writer")
    assert converted(docx(tmp_path)).read_bytes().startswith(b"%PDF")
