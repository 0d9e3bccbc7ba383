"""The built pages: structure, links, languages, weight, nobody else's servers."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from compendium import project
from compendium.edition import chapters
from compendium.language import LANGUAGES

NAMES = [*chapters.names(), "404"]
PAGES = [(code, name) for code in LANGUAGES for name in NAMES]
each_page = pytest.mark.parametrize(("code", "name"), PAGES)

WIRE = 300 * 1024
"""Bytes that a page with all it loads may weigh, compressed as a server sends it."""


@cache
def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


@each_page
def test_a_page_says_its_language_and_has_a_title_and_one_heading(site, code, name):
    page = soup(site / code / f"{name}.html")
    assert page.html["lang"] == code
    assert page.html["dir"] == "ltr"
    assert len(page.title.get_text(strip=True)) > 5
    assert len(page.find_all("h1")) == 1


@each_page
def test_a_page_links_to_itself_in_the_other_languages(site, code, name):
    page = soup(site / code / f"{name}.html")
    links = {a["hreflang"]: a["href"] for a in page.select("header a[hreflang]")}
    assert set(links) == set(LANGUAGES)
    for other, address in links.items():
        if name != "404":
            assert (site / code / address).resolve() == (site / other / f"{name}.html").resolve()


@each_page
def test_nothing_is_loaded_from_anybody_else(site, code, name):
    page = soup(site / code / f"{name}.html")
    loaded = [tag["src"] for tag in page.select("[src]")]
    loaded += [
        tag["href"]
        for tag in page.select("link[rel~=stylesheet], link[rel~=preload], link[rel~=icon]")
    ]
    assert [address for address in loaded if urlsplit(address).netloc] == []
    assert page.select("[onclick], [onload], [style*='url(http']") == []


@cache
def targets(file: Path) -> set[str]:
    return {tag["id"] for tag in soup(file).find_all(id=True)}


@each_page
def test_every_link_inside_the_book_leads_somewhere(site, code, name):
    if name == "404":
        pytest.skip("the page that is not there may stand at any depth: its links are absolute")
    file = site / code / f"{name}.html"
    broken = []
    for link in soup(file).select("main a[href], nav a[href], footer a[href]"):
        parts = urlsplit(link["href"])
        if parts.scheme or parts.netloc or link["href"] == "#top":
            continue
        target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
        if target.is_dir():
            target /= "index.html"
        if not target.exists() or (
            parts.fragment
            and target.suffix == ".html"
            and unquote(parts.fragment) not in targets(target)
        ):
            broken.append(link["href"])
    assert broken == []


@pytest.mark.parametrize("name", [n for n in NAMES if n != "404"])
def test_the_three_editions_have_the_same_anchors_figures_and_tables(site, name):
    anchors = {}
    for code in LANGUAGES:
        page = soup(site / code / f"{name}.html")
        anchored = page.select("main :is(h1, h2, h3, h4)[id], main figure[id]")
        anchors[code] = sorted(tag["id"] for tag in anchored)
    assert anchors["ru"] == anchors["en"] == anchors["kk"]


@each_page
def test_every_figure_has_a_caption_a_number_and_an_alternative_text(site, code, name):
    for figure in soup(site / code / f"{name}.html").select("main figure"):
        assert figure.select_one("figcaption .caption-number"), figure.get("id")
        assert len(figure.select_one("figcaption .caption-text").get_text(strip=True)) > 10
        for drawing in figure.select("svg"):
            assert len(drawing["aria-label"]) > 20, figure["id"]


CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]", re.IGNORECASE)
KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)


@each_page
def test_headings_captions_and_alternative_texts_are_in_the_language(site, code, name):
    page = soup(site / code / f"{name}.html")
    spoken = page.select("h1, h2, h3, .caption-text, summary, th[scope=col]")
    said = [tag.get_text() for tag in spoken]
    said += [svg["aria-label"] for svg in page.select("main svg[aria-label]")]
    said = [text for text in said if re.search(r"[^\W\d_]{4,}", text)]
    if code == "en":
        wrong = [text for text in said if CYRILLIC.search(text)]
    else:
        wrong = [text for text in said if not CYRILLIC.search(text)]
    same = r"Living Labs|PRISMA 2020|PRISMA-S|SWiM|ENTREQ|TOPSIS|VIKOR|PROMETHEE II"
    same += "|English|Русский|Қазақ тілі"  # a language by its own name
    names = re.compile(rf"[\W\d]*({same})\W*")
    assert [text for text in wrong if not names.fullmatch(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_kazakh_pages_are_in_kazakh_and_not_in_russian(site, name):
    page = soup(site / "kk" / f"{name}.html")  # a work is cited in its own language
    paragraphs = [p.get_text(" ", strip=True) for p in page.select("main p:not(.citation p)")]
    long = [p for p in paragraphs if len(p) > 60 and len(CYRILLIC.findall(p)) > 40]
    assert long or name in ("404", "colophon")
    assert [p for p in long if not KAZAKH.search(p)] == []


@pytest.mark.parametrize(("code", "name"), [page for page in PAGES if page[1] != "404"])
def test_a_reference_manager_finds_title_language_and_pdf(site, code, name):
    page = soup(site / code / f"{name}.html")
    meta = {m["name"]: m["content"] for m in page.select("meta[name^=citation_]")}
    assert meta["citation_language"] == code
    assert meta["citation_title"]
    assert meta["citation_author"]
    address = meta.get("citation_pdf_url")  # told where the site's own address is known
    assert address is None or address.startswith("http")
    described = json.loads(page.select_one('script[type="application/ld+json"]').string)
    assert described["inLanguage"] == code


@each_page
def test_a_page_weighs_little(site, code, name):
    file = site / code / f"{name}.html"
    loaded = [file]
    for tag in soup(file).select("link[href], script[src]"):
        address = urlsplit(tag.get("href") or tag.get("src"))
        target = (file.parent / unquote(address.path)).resolve()
        if not address.netloc and target.is_file() and target.suffix != ".html":
            loaded.append(target)
    css = next(path for path in loaded if path.suffix == ".css")
    fonts = re.findall(r"url\(\"?([^)\"]+\.woff2)", css.read_text("utf-8"))
    loaded += [(css.parent / url).resolve() for url in fonts]
    total = sum(
        path.stat().st_size if path.suffix == ".woff2" else len(gzip.compress(path.read_bytes()))
        for path in set(loaded)
        if path.suffix != ".pdf"
    )
    assert total <= WIRE, f"{total / 1024:.0f} KiB"


def test_data_and_notebook_of_each_chapter_can_be_downloaded(site):
    for code in LANGUAGES:
        for name in chapters.names():
            notebook = json.loads((site / code / "downloads" / f"{name}.ipynb").read_text("utf-8"))
            assert notebook["cells"]
    tables = list((site / "kk" / "downloads").rglob("*.csv"))
    assert len(tables) > 10
    for table in tables:
        if table.name == "PRISMA.csv":  # another program's format
            continue
        header = table.read_text("utf-8-sig").splitlines()[0]
        assert CYRILLIC.search(header), table


def test_results_do_not_depend_on_the_language(site):
    results = project.path("_build", "results")
    english = sorted((results / "en").glob("*/results/*.csv"))
    assert len(english) >= 10
    for file in english:
        inside = file.relative_to(results / "en")
        for code in ("ru", "kk"):
            assert (results / code / inside).read_bytes() == file.read_bytes(), inside


def test_the_front_page_offers_three_languages_without_javascript(site):
    page = soup(site / "index.html")
    links = {a["hreflang"]: a["href"] for a in page.select("main a[hreflang], body a[hreflang]")}
    assert set(links) == set(LANGUAGES)
    for code, address in links.items():
        assert (site / address).resolve().is_relative_to(site.resolve() / code)


def test_script_in_data_is_shown_not_run(site):
    for code in LANGUAGES:
        for name in chapters.names():
            scripts = soup(site / code / f"{name}.html").select("main script")
            assert [tag for tag in scripts if tag.get("type") != "application/json"] == []
