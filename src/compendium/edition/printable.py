"""Sphinx's single HTML page made ready for print: HTML that pandoc turns into calls of book.typ."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import AttributeValueList

from compendium.edition import columns, excerpts
from compendium.edition.markup import UNBROKEN
from compendium.errors import CompendiumError
from compendium.language import _

TALLEST_DRAWING = 520  # points; a page holds 694, some of them for the caption and a heading

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]

ENCLOSING = ["li", "dd", "blockquote", "aside", "details"]  # a page cannot begin inside them

BODIES = ("div.body", "[role=main] article", "main article", "[role=main]", "main", "body")

SCREEN_ONLY = (
    "script, style, hr.footnotes, nav, button, template, a.headerlink, details.hide, "
    "div.cell_input, "
    ".output.stderr, .linenos, .toctree-wrapper > p.caption, .visually-hidden, .sr-only, "
    ".screen-only, .downloads, a.footnote-backlink, span.backrefs, [hidden]"
)

_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_VARIABLE = re.compile(r"var\(\s*--[\w-]+\s*(?:,\s*((?:[^()]|\([^()]*\))*?)\s*)?\)")
_LONG = re.compile(r"\S{25,}")  # in a cell: a DOI, an address, a name with underscores
_SEAM = re.compile(r"([/_.=&?,;])(?=\w)")  # where it may be broken
_EXTERNAL = re.compile(r"(?:https?|mailto|ftp):", re.IGNORECASE)


def printable(
    page: Path,
    room: Path,
    measure: columns.Ruler,
    excerpt: excerpts.Excerpt | None = None,
    online: str = "",
) -> str:
    """The book's text as HTML for pandoc, its drawings and pictures as files in `room`.

    Parameters
    ----------
    page : Path
        `index.html` of Sphinx's builder `singlehtml`.
    room : Path
        Folder to write images into.
    measure : callable
        Measures the tables' text, see `columns.ruler`.
    excerpt : Excerpt, optional
        What to print of the book; the whole of it otherwise.
    online : str
        Address of the edition's pages, for links that lead out of the excerpt.
    """
    html, files = _made(page, page.stat().st_mtime_ns, measure, excerpt, online)
    for name, content in files.items():
        (room / name).write_bytes(content)
    return html


@lru_cache(maxsize=1)  # PDF and EPUB are made of the same text, and so are report and Word file
def _made(
    page: Path, _time: int, measure: columns.Ruler, excerpt: excerpts.Excerpt | None, online: str
) -> tuple[str, dict[str, bytes]]:
    """What `printable` gives, and the files that belong to it by name."""
    with TemporaryDirectory(prefix="compendium-print-") as folder:
        room = Path(folder)
        html = _print(page, room, measure, excerpt, online)
        return html, {file.name: file.read_bytes() for file in room.iterdir()}


def _print(
    page: Path, room: Path, measure: columns.Ruler, excerpt: excerpts.Excerpt | None, online: str
) -> str:
    soup = BeautifulSoup(_drawings(page.read_text(encoding="utf-8"), room), "html.parser")
    main = next(found for css in BODIES if (found := soup.select_one(css)))
    for element in main.select(SCREEN_ONLY):
        element.decompose()
    for code in main.find_all("code"):
        code.string = code.get_text()  # Sphinx wraps each of its words
        code.attrs.clear()
    for span in main.select(f"span.{UNBROKEN}"):
        span["data-call"] = "box"
    _pictures(main, page.parent, room)
    chapters = _chapters(soup, main)
    if excerpt:
        chapters = excerpts.taken(soup, chapters, excerpt, online)
    _footnotes(chapters)
    _links(chapters)
    for chapter in chapters:
        _key_figures(soup, chapter)
        _figures(soup, chapter)
        _tables(soup, chapter, measure)
        _marks(soup, chapter)
        _labels(soup, chapter)
    return "\n".join(chapter.decode_contents() for chapter in chapters)


def plain_colours(svg: str) -> str:
    """The drawing with each CSS variable replaced by its fallback: a PDF knows no page's style."""
    while (plain := _VARIABLE.sub(lambda match: match[1] or "currentColor", svg)) != svg:
        svg = plain
    return svg


def _drawings(html: str, room: Path) -> str:
    """Take the SVG out before parsing: an HTML parser would put `viewBox` in small letters."""

    def keep(match: re.Match) -> str:
        svg = match[0]
        head = svg[: svg.index(">") + 1]
        if 'aria-hidden="true"' in head:
            return ""
        if "xmlns=" not in head:
            svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        label = re.search(r'aria-label="([^"]*)"', head)
        alt = label or re.search(r"<title[^>]*>(.*?)</title>", svg)
        name = f"drawing-{match.start()}.svg"
        (room / name).write_text(plain_colours(svg), encoding="utf-8")
        text = escape(unescape(alt[1])) if alt else ""
        return f'<img src="{name}" alt="{text}"{_height(head)}>'

    return _SVG.sub(keep, html)


def _height(head: str) -> str:
    """A height for a drawing that would leave no room for its caption."""
    box = re.search(r'viewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"', head)
    if box is None:
        return ""
    width, height = map(float, box.groups())
    printed = height * min(1, columns.PORTRAIT / width)
    return f' data-tall="{TALLEST_DRAWING}pt"' if printed > TALLEST_DRAWING else ""


def _value(element: Tag, name: str) -> str:
    """An attribute that holds one value; empty if it is absent."""
    return " ".join(element.get_attribute_list(name))


def _pictures(main: Tag, folder: Path, room: Path) -> None:
    for image in main.find_all("img"):
        named = _value(image, "src")
        source = folder / unquote(named)
        target = room / Path(named).name
        if target.exists():
            image["src"] = target.name
            continue
        if not source.is_file():
            raise CompendiumError(
                _("The image {name} is not beside the page.").format(name=repr(named)),
                path=folder / "index.html",
                remedy=_("Put it into the book's folder, and refer to it by its path there."),
            )
        if source.suffix == ".svg":
            target.write_text(plain_colours(source.read_text(encoding="utf-8")), encoding="utf-8")
        else:
            shutil.copyfile(source, target)
        image["src"] = target.name


def _chapters(soup: BeautifulSoup, main: Tag) -> list[Tag]:
    """One element a source file, in reading order, each with its headings from level 1 on.

    Sphinx puts a chapter where its parent has the table of contents, at a deeper level.
    """
    chapters = [main]
    for start in main.select('span[id^="document-"]'):
        chapter = soup.new_tag("div", id=_value(start, "id"))
        for node in list(start.next_siblings):
            if isinstance(node, Tag) and str(node.get("id", "")).startswith("document-"):
                break
            chapter.append(node.extract())
        chapters.append(chapter)
        start.decompose()
    # Nested tables of contents: a chapter must not hold the next one any more.
    chapters = [chapter.extract() for chapter in chapters]
    for chapter in chapters:
        headings = chapter.find_all(HEADINGS)
        top = int(headings[0].name[1]) if headings else 1
        for heading in headings:
            heading.name = f"h{max(1, int(heading.name[1]) - top + 1)}"
    return chapters


def _ids(chapter: Tag) -> dict[str, Tag]:
    """Every id of a chapter and what it names; a section's ids name its heading."""
    found: dict[str, Tag] = {}
    for element in [chapter, *chapter.find_all(id=True)]:
        if "id" not in element.attrs:
            continue
        heading = None
        if element.name == "section" or element is chapter:
            heading = element.find(HEADINGS)
        elif element.name == "span" and not element.contents:
            after = element.find_next_sibling(lambda tag: tag.name != "span")
            heading = after if after is not None and after.name in HEADINGS else None
        name = _value(element, "id")
        del element["id"]
        found.setdefault(name, element if heading is None else heading)
    return found


def _links(chapters: list[Tag]) -> None:
    """Point links at what they mean inside the book; unwrap those that lead to no printed place.

    Sphinx numbers ids anew in every file, so that one page may have several `id1`: a link looks
    in its own chapter first, unless it names the page, which is how Sphinx writes the others.
    """
    known = [_ids(chapter) for chapter in chapters]
    labels: dict[int, str] = {}
    taken: set[str] = set()
    for at, chapter in enumerate(chapters):
        for link in chapter.find_all("a"):
            href = _value(link, "href")
            if _EXTERNAL.match(href):
                continue
            cited = link.find_parent(class_="bibtex-citation") is not None
            found = _target(href, known, at, cited)
            if found is None:
                link.unwrap()
                continue
            name, element = found
            if id(element) not in labels:
                safe = re.sub(r"[^\w-]+", "-", name).strip("-") or "place"
                while safe in taken:
                    safe += "x"
                taken.add(safe)
                labels[id(element)] = element["data-label"] = safe
            link["href"] = "#" + labels[id(element)]


def _target(href: str, known: list[dict[str, Tag]], at: int, cited: bool) -> tuple[str, Tag] | None:
    file, _, name = unquote(href).partition("#")
    if file and not name:
        document = re.sub(r"^(\.\./)+|\.html$", "", file)
        name = f"document-{document}"
    own, others = [known[at]], known[:at] + known[at + 1 :]
    places = others + own if file else own + others
    found = [place[name] for place in places if name in place]
    if cited:
        found.sort(key=lambda element: "citation" not in element.get_attribute_list("class"))
    return (name, found[0]) if found else None


def _footnotes(chapters: list[Tag]) -> None:
    """Bring each note to the place that refers to it."""
    for chapter in chapters:
        notes = {note["id"]: note for note in chapter.select("aside.footnote[id]")}
        for reference in chapter.select("a.footnote-reference"):
            note = notes.get(_value(reference, "href").rpartition("#")[2])
            if note is None:
                continue
            text = " ".join(p.decode_contents() for p in note.find_all("p"))
            reference.replace_with(
                BeautifulSoup(f'<span data-call="footnote">{text}</span>', "html.parser")
            )
        for note in chapter.select("aside.footnote-list, aside.footnote"):
            note.decompose()


def _call(element: Tag, function: str, argument: str | None = None) -> None:
    element["data-call"] = function
    if argument is not None:
        element["data-arg"] = argument


def _figures(soup: BeautifulSoup, chapter: Tag) -> None:
    """A figure is an image with its caption; a table takes the caption; the rest is a block."""
    for number in chapter.select(".caption-number"):
        _call(number, "caption-number")
    for figure in chapter.find_all("figure"):
        caption = figure.find("figcaption")
        table = figure.find("table")
        image = figure.find("img")
        if table is not None:
            if caption is not None:
                caption.name = "caption"
                if table.caption is not None:
                    table.caption.decompose()
                table.insert(0, caption.extract())
            if label := figure.attrs.pop("data-label", None):
                table["data-label"] = label
            figure.unwrap()
        elif image is not None:
            figure.clear()
            figure.append(image)
            if caption is not None:
                figure.append(caption)
        else:
            figure.name = "div"
            if caption is not None:
                caption.name = "div"
                _call(caption, "block-caption")


def _key_figures(soup: BeautifulSoup, chapter: Tag) -> None:
    """Numbers and what they count, side by side."""
    for pairs in chapter.select("dl.key-figures"):
        for number, text in zip(pairs.find_all("dt"), pairs.find_all("dd"), strict=True):
            row = soup.new_tag("tr")
            for cell in (number, text):
                cell.name = "td"
                row.append(cell.extract())
            strong = soup.new_tag("strong")
            strong.extend(list(number.contents))
            number.append(strong)
            pairs.append(row)
        for holder in pairs.find_all("div"):
            holder.decompose()
        pairs.name = "table"


def _tables(soup: BeautifulSoup, chapter: Tag, measure: columns.Ruler) -> None:
    for table in chapter.find_all("table"):
        if table.find_parent("table"):
            continue
        for group in table.find_all("colgroup"):
            group.decompose()
        for cell in table.select(".number, .text-right"):
            cell["style"] = "text-align: right"
        for text in table.find_all(string=_LONG):
            text.replace_with(_LONG.sub(lambda word: _SEAM.sub("\\1\u200b", word[0]), text))
        plan = columns.layout(table, measure)
        if plan is None:
            for text in table.find_all(string=True):
                text.replace_with(columns.hyphenated(text))
            plan = columns.layout(table, measure, columns.SIZES[-2:]) or columns.TIGHTEST
        if plan.shares:
            group = soup.new_tag("colgroup")
            for share in plan.shares:
                group.append(soup.new_tag("col", style=f"width: {share:.2%}"))
            table.insert(1 if table.caption else 0, group)
        holder = table.wrap(soup.new_tag("div"))
        whole = "true" if plan.tallest <= 3 * columns.TALLEST else "false"
        _call(holder, "sized", f"{plan.size}pt, whole-rows: {whole}")
        if plan.landscape and not holder.find_parent(ENCLOSING):
            _call(holder.wrap(soup.new_tag("div")), "landscape")


def _marks(soup: BeautifulSoup, chapter: Tag) -> None:
    """Say in calls what the page says in classes: marks, queries, notes, entries, languages."""
    for block in chapter.select(".highlight-scopus"):
        lines = block.pre
        if lines is None:
            continue
        lines.extract()
        for span in lines.find_all("span", class_=True):
            span["class"] = AttributeValueList(
                f"q-{kind}" for kind in span.get_attribute_list("class")
            )
        block.replace_with(lines)
        lines["class"] = "query"
    for query in chapter.select(".query"):
        _preserve_lines(soup, query)
        query.name = "div"
        _call(query, "query-text")
    for span in chapter.find_all("span", class_=True):
        kinds = span["class"]
        if "mark" in kinds:
            kind = next((k for k in kinds if k != "mark"), "")
            _call(span, "mark", json.dumps(kind))
        elif part := next((k for k in kinds if k.startswith("q-")), None):
            _call(span, "q", json.dumps(part.removeprefix("q-")))
    for kind in ("answer", "beside"):
        for box in chapter.select(f"div.{kind}"):
            _call(box, kind)
    for column in chapter.select("div.beside > div"):
        _call(column, "part")
    for box in chapter.select("div.admonition"):
        _call(box, "admonition")
    for title in chapter.select("summary.rubric"):
        title.name = "p"
    for title in chapter.select("p.admonition-title, summary"):
        title.name = "p"
        title.wrap(soup.new_tag("div"))["data-call"] = "admonition-title"
    for element in chapter.select("details, aside"):
        element.name = "div"
    for entry in chapter.select("div.citation"):
        if label := entry.select_one("span.label"):
            label.decompose()  # a work is cited by author and year
        _call(entry, "entry")
    for element in chapter.find_all(lang=True):
        if "data-call" not in element.attrs and element.name in {"span", "div", "em", "i", "q"}:
            element.name = "div" if element.name == "div" else "span"
            _call(element, "in-language", json.dumps(element["lang"]))
    for rubric in chapter.select("p.rubric"):
        rubric.wrap(soup.new_tag("div"))["data-call"] = "rubric"


def _preserve_lines(soup: BeautifulSoup, query: Tag) -> None:
    """A query that is broken into lines by hand keeps them, and its indentation."""
    if query.name != "pre":
        return
    for text in list(query.find_all(string=re.compile("\n| {2}"))):
        parts: list = []
        for line in str(text).replace("  ", "\u00a0\u00a0").split("\n"):
            parts += [soup.new_tag("br"), line]
        text.replace_with(*parts[1:])


def _labels(soup: BeautifulSoup, chapter: Tag) -> None:
    """Give each place that a link leads to its label, and unwrap the sections around them."""
    for element in list(_labelled(chapter)):
        label = element.attrs.pop("data-label")
        if element.name in {*HEADINGS, "table"} or element.name == "figure":
            element["id"] = label
            continue
        anchor = soup.new_tag("span")
        _call(anchor, "anchor", json.dumps(label))
        within = {"div": "p", "dl": "p", "ul": "p", "ol": "p", "tr": ["th", "td"]}
        inside = element.find(within[element.name]) if element.name in within else element
        (inside if inside is not None else element).insert(0, anchor)
    for holder in chapter.find_all(["section", "article", "div"]):
        if "data-call" in holder.attrs:
            continue
        loose = any(isinstance(node, NavigableString) and node.strip() for node in holder.children)
        if loose and not holder.find(["p", "div", "ul", "ol", "table", "figure"]):
            holder.name = "p"
        else:
            holder.unwrap()  # pandoc would make a box of it, in which no page can begin


def _labelled(chapter: Tag) -> Iterator[Tag]:
    if "data-label" in chapter.attrs:
        yield chapter
    yield from chapter.select("[data-label]")
