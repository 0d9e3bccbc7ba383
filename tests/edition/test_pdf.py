"""The PDF of an edition: what stands in the page stands in print, reachable and readable."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from compendium import project
from compendium.edition import columns
from compendium.edition.pdf import PdfEdition, build_pdf
from compendium.edition.printable import plain_colours, printable
from compendium.errors import CompendiumError
from scopus_query.highlight import Listing

FONTS = project.theme("fonts")

EDITION = PdfEdition(
    lang="kk",
    title="Шолу",
    subtitle="Жүйелі шолу",
    authors=["А. Бекова", "Б. Ахметов"],
    date="2026 ж. 24 қараша",
    issued=date(2026, 11, 24),
    description="Сипаттама",
    keywords=["шолу", "өнеркәсіп"],
    strings={"contents": "Мазмұны", "page": "%s-бет", "edition": "Қазақша", "licence": "CC BY"},
    font_dir=FONTS,
)

SVG = (
    '<svg role="img" aria-label="{alt}" viewBox="0 0 90 40" width="90pt" height="40pt">'
    '<rect width="9" height="9" style="fill: var(--fig-ink, #123456)"/>'
    "<text style=\"font: 9px 'Source Sans 3'\" x=\"9\" y=\"30\">Өнеркәсіп</text></svg>"
)

FIGURE = (
    '<figure class="align-default" id="fig-x"><div class="figure-scroll">'
    + SVG.format(alt="Бағандар &quot;A&quot; және B")
    + '</div><figcaption><p><span class="caption-number">Сурет 1 </span>'
    '<span class="caption-text">Бағандар.</span><a class="headerlink" href="#fig-x">¶</a></p>'
    "</figcaption></figure>"
)


def page_of(folder: Path, body: str) -> Path:
    """A single HTML page as Sphinx writes it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(
        f'<html><body><div class="body" role="main">{body}</div></body></html>', encoding="utf-8"
    )
    return folder


def chapter(name: str, title: str, body: str = "", label: str = "id1") -> str:
    return (
        f'<span id="document-{name}"></span><section id="{name}"><span id="{label}"></span>'
        f'<h2>{title}<a class="headerlink" href="#{name}">¶</a></h2>{body}</section>'
    )


def book(*chapters: str, opening: str = "<p>Кіріспе.</p>") -> str:
    return (
        f'<section id="top"><h1>Шолу</h1>{opening}'
        f'<div class="toctree-wrapper compound">{"".join(chapters)}</div></section>'
    )


def printed(folder: Path, body: str, **changes) -> PdfReader:
    target = folder / "book.pdf"
    build_pdf(page_of(folder / "html", body), target, replace(EDITION, **changes))
    return PdfReader(target)


def prepared(folder: Path, body: str) -> BeautifulSoup:
    room = folder / "room"
    room.mkdir()
    page = page_of(folder / "html", body) / "index.html"
    return BeautifulSoup(printable(page, room, columns.ruler(FONTS)), "html.parser")


def table(head: list[str], rows: list[list[str]], caption: str = "Кесте.") -> str:
    heads = "".join(f'<th scope="col">{text}</th>' for text in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows
    )
    return (
        '<figure class="table" id="tab-x"><figcaption><p><span class="caption-number">Кесте 1 '
        f'</span>{caption}</p></figcaption><div class="table-scroll"><table class="data"><thead>'
        f"<tr>{heads}</tr></thead><tbody>{body}</tbody></table></div></figure>"
    )


def test_the_pdf_says_what_it_is_in_the_readers_language(tmp_path):
    reader = printed(tmp_path, book(chapter("a", "Іздеу")))
    root = reader.trailer["/Root"]
    assert reader.metadata.title == "Шолу"
    assert reader.metadata.author == "А. Бекова, Б. Ахметов"
    assert reader.metadata["/Keywords"] == "шолу, өнеркәсіп"
    assert root["/Lang"] == "kk"
    assert root["/MarkInfo"]["/Marked"]


def test_page_numbers_follow_the_language(tmp_path):
    text = printed(tmp_path, book(chapter("a", "Іздеу"))).pages[2].extract_text()
    assert "3-бет" in text


def test_every_chapter_is_a_top_entry_of_the_outline(tmp_path):
    inner = "<section id='s'><h3>Терминдер</h3><p>Мәтін.</p></section>"
    reader = printed(tmp_path, book(chapter("a", "Іздеу", inner), chapter("b", "Сүзу")))
    top = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert top == ["Шолу", "Іздеу", "Сүзу"]
    assert [e.title for nested in reader.outline if isinstance(nested, list) for e in nested] == [
        "Терминдер"
    ]


def test_every_chapter_starts_on_a_new_page(tmp_path):
    reader = printed(tmp_path, book(chapter("a", "Іздеу"), chapter("b", "Сүзу")))
    entries = [reader.get_destination_page_number(entry) for entry in reader.outline]
    assert len(set(entries)) == len(entries) == 3


def test_a_drawing_keeps_its_alternative_text(tmp_path):
    reader = printed(tmp_path, book(chapter("a", "Іздеу", FIGURE)))
    assert 'Бағандар "A" және B' in alternative_texts(reader)


def alternative_texts(reader: PdfReader) -> set[str]:
    found, open_nodes = set(), [reader.trailer["/Root"]["/StructTreeRoot"]]
    while open_nodes:
        node = open_nodes.pop().get_object()
        if isinstance(node, list):
            open_nodes += node
        elif isinstance(node, dict):
            found |= {node["/Alt"]} if "/Alt" in node else set()
            open_nodes += [node["/K"]] if "/K" in node else []
    return found


def test_text_in_a_drawing_stays_text(tmp_path):
    reader = printed(tmp_path, book(chapter("a", "Іздеу", FIGURE)))
    assert "Өнеркәсіп" in "".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize(
    ("style", "plain"),
    [
        ("fill: var(--fig-ink, #222)", "fill: #222"),
        ("fill:var( --a ,rgb(1, 2, 3))", "fill:rgb(1, 2, 3)"),
        ("fill: var(--a, var(--b, #333)); stroke: var(--c, red)", "fill: #333; stroke: red"),
        ("fill: var(--a)", "fill: currentColor"),
        ("fill: #444", "fill: #444"),
    ],
)
def test_a_colour_variable_becomes_its_fallback(style, plain):
    assert plain_colours(style) == plain


def test_a_drawing_keeps_the_case_of_its_attributes(tmp_path):
    prepared(tmp_path, book(chapter("a", "Іздеу", FIGURE)))
    (drawing,) = (tmp_path / "room").glob("*.svg")
    assert "viewBox" in drawing.read_text(encoding="utf-8")


def test_links_between_chapters_lead_to_their_place_in_the_pdf(tmp_path):
    first = (
        '<p><a href="index.html#b">1</a> <a href="#document-b">2</a> <a href="../c/b.html#deep">3'
        '</a> <a href="#fig-x">4</a> <a href="https://doi.org/10.1/x">5</a></p>' + FIGURE
    )
    second = '<p id="deep">Мәтін.</p>'
    reader = printed(tmp_path, book(chapter("a", "Іздеу", first), chapter("b", "Сүзу", second)))
    inside, outside = links(reader.pages[3])
    starts = [reader.get_destination_page_number(entry) for entry in reader.outline]
    assert [landing(reader, link) for link in inside] == [starts[2]] * 3 + [starts[1]]
    assert outside == ["https://doi.org/10.1/x"]


def test_a_link_to_a_row_leads_to_its_table_in_the_pdf(tmp_path):
    rows = "".join(f'<tr id="case-{n}"><th>{n}</th><td>Мәтін</td></tr>' for n in range(3))
    first = '<p><a href="b.html#case-1">1</a></p>'
    second = f"<table><tbody>{rows}</tbody></table>"
    reader = printed(tmp_path, book(chapter("a", "Іздеу", first), chapter("b", "Сүзу", second)))
    inside, _outside = links(reader.pages[3])
    starts = [reader.get_destination_page_number(entry) for entry in reader.outline]
    assert [landing(reader, link) for link in inside] == [starts[2]]


def links(page) -> tuple[list, list[str]]:
    inside, outside = [], []
    for annotation in page.get("/Annots", []):
        link = annotation.get_object()
        action = link.get("/A", {})
        if "/URI" in action:
            outside.append(action["/URI"])
        else:
            inside.append(action.get("/D", link.get("/Dest")))
    return inside, outside


def landing(reader: PdfReader, destination) -> int:
    if isinstance(destination, str):
        return reader.get_destination_page_number(reader.named_destinations[destination])
    return [page.indirect_reference for page in reader.pages].index(destination.get_object()[0])


def test_an_id_that_two_chapters_have_means_the_one_of_the_own_chapter(tmp_path):
    body = '<p><a href="#id1">бұл</a></p>'
    soup = prepared(tmp_path, book(chapter("a", "Іздеу", body), chapter("b", "Сүзу", body)))
    names = [link["href"] for link in soup.find_all("a")]
    assert [soup.find(id=name[1:]).get_text() for name in names] == ["Іздеу", "Сүзу"]


def test_a_citation_leads_to_the_bibliography_though_another_place_has_its_id(tmp_path):
    cites = '<p><span class="bibtex-citation">[<a href="index.html#id7">Т22</a>]</span></p>'
    entry = (
        '<div class="citation" id="id7"><span class="label">[Т22]</span><p>Tong. Title.</p></div>'
    )
    soup = prepared(
        tmp_path,
        book(
            chapter("a", "Іздеу", cites),
            chapter("b", "Сүзу", "<p>Мәтін.</p>", label="id7"),
            chapter("c", "Әдебиет", entry),
        ),
    )
    label = soup.find("a")["href"][1:]
    anchor = soup.find(attrs={"data-arg": f'"{label}"'})
    assert "Tong. Title." in anchor.parent.get_text()


def test_a_link_to_what_is_not_printed_becomes_text(tmp_path):
    soup = prepared(tmp_path, book(chapter("a", "Іздеу", '<a href="_downloads/x.csv">CSV</a>')))
    assert soup.find("a") is None
    assert "CSV" in soup.get_text()


def test_folded_code_and_buttons_are_not_printed(tmp_path):
    body = '<details class="hide"><pre>import x</pre></details><button>¶</button>'
    text = prepared(tmp_path, book(chapter("a", "Іздеу", body))).get_text()
    assert "import x" not in text and "¶" not in text


def test_a_note_stands_at_the_foot_of_its_page(tmp_path):
    body = (
        '<p>Мәтін<a class="footnote-reference brackets" href="#f1">1</a>.</p>'
        '<aside class="footnote-list"><aside class="footnote" id="f1">'
        '<span class="label">[1]</span>'
        "<p>Ескертпе мәтіні.</p></aside></aside><p>Соңғы сөйлем.</p>"
    )
    text = printed(tmp_path, book(chapter("a", "Іздеу", body))).pages[3].extract_text()
    assert text.index("Соңғы сөйлем.") < text.index("Ескертпе мәтіні.")


def test_brackets_after_a_mark_stay_text(tmp_path):
    body = '<p><span class="mark yes">✓ иә</span>(сөз) <span class="q-field">OR</span>[сөз].x</p>'
    text = printed(tmp_path, book(chapter("a", "Іздеу", body))).pages[3].extract_text()
    assert "иә(сөз)" in text and "OR[сөз].x" in text


@pytest.mark.parametrize("sign", ["=", "+", "-", "/"])
def test_a_mark_whose_sign_is_markup_in_typst_stays_a_mark(tmp_path, sign):
    mark = f'<span class="mark agrees"><span class="sign">{sign}</span> сәйкес</span>'
    body = f"<table><tr><td>{mark}</td></tr></table>"
    pages = printed(tmp_path, book(chapter("a", "Іздеу", body))).pages
    assert f"{sign} сәйкес" in pages[-1].extract_text()


def test_a_query_keeps_its_lines(tmp_path):
    body = '<pre class="query"><span>a</span>\n  <span class="q-operator">OR</span> b</pre>'
    text = printed(tmp_path, book(chapter("a", "Іздеу", body))).pages[3].extract_text()
    assert re.search(r"\ba\n\s*OR b", text)


def test_a_coloured_query_keeps_its_lines_and_its_colours(tmp_path):
    body = Listing("TITLE(\n  (a OR b)\n)")._repr_html_()
    page = prepared(tmp_path, body)
    assert page.select('[data-call="query-text"]')
    coloured = {tag.text: tag["data-arg"] for tag in page.select('[data-call="q"]')}
    assert (coloured["TITLE"], coloured["OR"]) == ('"k"', '"ow"')
    text = printed(tmp_path, book(chapter("a", "Іздеу", body))).pages[3].extract_text()
    assert re.search(r"TITLE\(\n\s*\(a OR b\)\n\)", text)


def test_a_small_table_is_as_wide_as_its_text():
    tag = BeautifulSoup(table(["Жыл", "Саны"], [["2021", "5"]]), "html.parser")
    assert columns.layout(tag, columns.ruler(FONTS)) == columns.Layout(8.5, None, False, 1)


def test_a_cell_of_two_lines_takes_no_room_from_the_others():
    tag = BeautifulSoup(
        table(["A", "B"], [["Кірме сөз<br>ұзынырақ екінші жол", "1"]]), "html.parser"
    )
    plan = columns.layout(tag, columns.ruler(FONTS))
    assert plan.shares[0] > 5 * plan.shares[1]
    assert sum(plan.shares) < 1


def test_a_column_of_prose_is_wider_than_a_column_of_years():
    rows = [["2021", "Бірлескен зерттеулердің сипаттамалары мен нәтижелері туралы мәтін. " * 3]]
    plan = columns.layout(
        BeautifulSoup(table(["Жыл", "Сипаттама"], rows), "html.parser"), columns.ruler(FONTS)
    )
    assert not plan.landscape
    assert plan.shares[1] > 5 * plan.shares[0]
    assert sum(plan.shares) == pytest.approx(1)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("коммерцияландырылуын", "ком-мер-ция-лан-ды-ры-луын"),
        ("Ынтымақтастықтың", "Ынты-мақ-тас-тық-тың"),
        ("сотрудничества", "сот-руд-ни-чества"),
        ("сельского", "сельс-кого"),
        ("оқу", "оқу"),
        ("innovation", "innovation"),
    ],
)
def test_a_word_is_broken_between_syllables(word, syllables):
    assert columns.hyphenated(word).replace("\u00ad", "-") == syllables


WIDE = table(
    ["Ынтымақтастықтың", "Инновациялық экожүйе", "Қолданылуы", "Артықшылықтары", "Шектеулері"] * 2,
    [["Коммерцияландырылуын", "Бірлескен зерттеулер", "https://doi.org/10.1016/j.techfore.2022.12"]
     + ["Технологиялардың коммерцияландырылуы жеделдейді және сапасы артады"] * 7] * 25,
)


def test_a_table_of_ten_columns_lies_on_landscape_pages(tmp_path):
    reader = printed(tmp_path, book(chapter("a", "Іздеу", WIDE)))
    lying = [page for page in reader.pages if page.mediabox.width > page.mediabox.height]
    assert len(lying) >= 2
    texts = [re.sub(r"\W", "", page.extract_text()) for page in lying]
    assert all("Артықшылықтары" in text for text in texts), "the header is not repeated"


def word_boxes(pdf: Path) -> str:
    return poppler("pdftotext", "-bbox", pdf, "-")


def poppler(*command) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not here")
def test_no_word_of_a_table_passes_the_margin(tmp_path):
    narrow = table(["Жыл", "Артықшылықтары", "Мәтін"], [["2021", "сөз", "Ұзын мәтін " * 20]] * 9)
    printed(tmp_path, book(chapter("a", "Іздеу", narrow), chapter("b", "Сүзу", WIDE)))
    seen = 0
    for sheet in re.split(r"(?=<page )", word_boxes(tmp_path / "book.pdf"))[1:]:
        width = float(re.search(r'width="([\d.]+)"', sheet)[1])
        text = columns.LANDSCAPE if width > 700 else columns.PORTRAIT
        for right in re.findall(r'xMax="([\d.]+)"', sheet):
            seen += 1
            assert float(right) <= (width + text) / 2 + 0.5
    assert seen > 500


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="pdffonts (poppler) is not here")
def test_all_fonts_are_embedded(tmp_path):
    printed(tmp_path, book(chapter("a", "Іздеу", FIGURE)))
    listed = poppler("pdffonts", tmp_path / "book.pdf").splitlines()[2:]
    assert listed
    assert all(line.split()[-5] == "yes" for line in listed)


def test_a_figure_without_alternative_text_is_refused_with_a_remedy(tmp_path):
    body = f"<figure>{SVG.format(alt='')}</figure>"
    target = tmp_path / "book.pdf"
    with pytest.raises(CompendiumError, match="alt") as caught:
        build_pdf(page_of(tmp_path, book(chapter("a", "Іздеу", body))), target, EDITION)
    assert "alternative text" in caught.value.remedy
    assert not list(tmp_path.glob("book.pdf*"))


def test_a_missing_page_is_named(tmp_path):
    with pytest.raises(CompendiumError, match="not there") as caught:
        build_pdf(tmp_path, tmp_path / "book.pdf", EDITION)
    assert caught.value.path == tmp_path / "index.html"


def test_an_image_that_is_not_there_is_named(tmp_path):
    body = '<figure><img src="_images/x.png" alt="x"></figure>'
    with pytest.raises(CompendiumError, match=r"_images/x\.png"):
        printed(tmp_path, book(chapter("a", "Іздеу", body)))


def test_a_character_that_no_font_has_is_refused_with_a_remedy(tmp_path):
    with pytest.raises(CompendiumError) as caught:
        printed(tmp_path, book(chapter("a", "Іздеу", "<p>\U00012000</p>")))
    assert "theme/fonts/" in caught.value.remedy


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not here")
def test_the_caption_of_a_tall_drawing_stays_above_the_page_number(tmp_path):
    tall = FIGURE.replace('height="40pt"', 'height="1200pt"').replace("0 0 90 40", "0 0 90 1200")
    printed(tmp_path, book(chapter("a", "Іздеу", tall)))
    words = word_boxes(tmp_path / "book.pdf").partition(">Бағандар.<")
    bottom = float(re.findall(r'yMax="([\d.]+)"$', words[0])[-1])
    page_number = float(re.findall(r'yMin="([\d.]+)".*бет<', words[2])[0])
    assert bottom < page_number - 10


def test_mark_up_in_a_title_is_text(tmp_path):
    title = "<script>alert(1)</script> #x"
    assert printed(tmp_path, book(chapter("a", "Іздеу")), title=title).metadata.title == title
