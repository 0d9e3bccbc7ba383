"""Excerpts of the book, set by themselves: the brief and the report, from the chapters' own text.

`book.yml` says what is in them, by the labels, and on how many pages:

    brief:
      title: {en: Policy brief, ru: …}
      sections: [overview-answer, overview-findings]
      pages: 2
    report:
      title: {en: Report, ru: …}
      sections: [chapter-search, search-in-short, fig-flow]
      pages: 30

A label of a section gives the section without the tables that are folded on screen, one of a figure
or table gives this alone, and one of a chapter gives its heading with what stands before its first
section.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compendium import project
from compendium.book import FILE
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _, current
from compendium.language.active import SOURCE

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

BRIEF, REPORT = "brief", "report"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Excerpt:
    """What `book.yml` says of an excerpt.

    Attributes
    ----------
    field : {"brief", "report"}
        Where it says so.
    title : str
        What it is called, in the reader's language.
    question : str
        One line under its title; may be empty.
    sections : tuple of str
        Labels of what is in it, in the order in which they stand.
    pages : int
        How many pages it may have.
    """

    field: str
    title: str
    question: str
    sections: tuple[str, ...]
    pages: int


def told(field: str) -> Excerpt | None:
    """An excerpt of the current compendium, in the reader's language; None where it has none.

    Parameters
    ----------
    field : {"brief", "report"}

    Raises
    ------
    CompendiumError
        If its title, its sections or its number of pages is missing or no such thing.
    """
    said = project.current().book.setting(field)
    if said is None:
        return None
    said = said if isinstance(said, dict) else {}
    texts = {name: said.get(name) or {} for name in ("title", "question")}
    wrong = [
        (isinstance(texts["title"], dict) and bool(texts["title"].get(SOURCE)), f"title.{SOURCE}",
         _("Write what it is called.")),
        (_are_labels(said.get("sections")), "sections", _("List the labels of its sections.")),
        (isinstance(said.get("pages"), int) and said["pages"] > 0, "pages",
         _("Write a number of pages, such as 2.")),
    ]  # fmt: skip
    for right, name, remedy in wrong:
        if not right:
            raise CompendiumError(
                _("No {excerpt} can be made of this.").format(excerpt=field),
                path=FILE,
                column=f"{field}.{name}",
                remedy=remedy,
            )
    words = {name: str(of.get(current()) or of.get(SOURCE) or "") for name, of in texts.items()}
    return Excerpt(field, words["title"], words["question"], tuple(said["sections"]), said["pages"])


def _are_labels(listed) -> bool:
    return isinstance(listed, list) and bool(listed) and all(isinstance(i, str) for i in listed)


def taken(soup: BeautifulSoup, chapters: list[Tag], excerpt: Excerpt, online: str) -> list[Tag]:
    """The parts of an excerpt, in one element a chapter, taken out of the book's chapters.

    A part whose chapter is not in the excerpt is a chapter itself, except in the brief, whose only
    heading of the first level is its title.

    Parameters
    ----------
    soup : BeautifulSoup
        What the chapters were parsed into.
    chapters : list of Tag
        All chapters of the book, each with its name for an id.
    excerpt : Excerpt
    online : str
        Address of the edition's folder. Links to the rest of the book lead there; where it is
        empty, they are text, or left out where they follow a whole sentence.

    Raises
    ------
    CompendiumError
        If the book has no section, figure or table with such a label.
    """
    from bs4 import Tag

    pages = {
        str(element["id"]): str(chapter.get("id", "")).removeprefix("document-") or "index"
        for chapter in chapters
        for element in chapter.find_all(id=True)
    }
    parts: list[Tag] = []
    opened = None
    for label in excerpt.sections:
        found = ((c, t) for c in chapters if (t := c.find(["section", "figure"], id=label)))
        chapter, part = next(found, (None, None))
        if chapter is None or not isinstance(part, Tag):
            raise CompendiumError(
                _("The book has no section, figure or table with the label {label}.").format(
                    label=repr(label)
                ),
                path=FILE,
                column=f"{excerpt.field}.sections",
                remedy=did_you_mean(label, pages),
            )
        if part.find_parent("section") is None and part.name == "section":
            parts.append(_opening(soup, part))
            opened = chapter
            continue
        under = chapter is opened or excerpt.field == BRIEF
        if not (under and parts):
            parts.append(soup.new_tag("div"))
            opened = None
        parts[-1].append(_part(part.extract(), 2 if under else 1))
    _lead_out(parts, pages, online)
    return parts


def _opening(soup: BeautifulSoup, section: Tag) -> Tag:
    """A chapter's heading, and what stands before its first section."""
    opening = soup.new_tag("section", id=str(section["id"]))
    for node in list(section.children):
        if getattr(node, "name", None) in ("section", "figure"):
            break
        opening.append(node.extract())
    return opening


def _part(part: Tag, level: int) -> Tag:
    """A section without its folded tables, whose headings begin at a level."""
    for folded in part.select("figure.fold"):
        folded.decompose()
    headings = part.find_all(HEADINGS)
    top = int(headings[0].name[1]) if headings else level
    for heading in headings:
        heading.name = f"h{min(6, int(heading.name[1]) - top + level)}"
    return part


def _lead_out(parts: list[Tag], pages: dict[str, str], online: str) -> None:
    """Let links to what is not in the excerpt lead to the site, or be text.

    A figure or table that is referred to by its number is said to be in the book.
    """
    # Translators: {reference} is the number of a table or figure that the report does not contain
    before, _reference, after = _("{reference} in the book").partition("{reference}")
    own = {str(element["id"]) for part in parts for element in part.find_all(id=True)}
    own |= {str(part["id"]) for part in parts if "id" in part.attrs}
    for link in (link for part in parts for link in part.find_all("a", href=True)):
        _page, is_inside, label = str(link["href"]).partition("#")
        label = label.removeprefix("document-") if label not in pages else label
        if not is_inside or label in own or str(link["href"]).startswith(("http", "mailto")):
            continue
        if link.select_one(".std-numref"):
            link.insert_before(before)
            link.insert_after(after)
        page = pages.get(label, label)
        if online:
            link["href"] = f"{online}{page.rpartition('/')[2]}.html" + (
                f"#{label}" if label in pages else ""
            )
        elif _ends_its_paragraph(link):
            link.decompose()
        else:
            link.unwrap()


def _ends_its_paragraph(link: Tag) -> bool:
    """Whether a link follows a whole sentence, to lead on: without its target it says nothing."""
    before, after = link.previous_siblings, link.next_siblings
    said = "".join(text.get_text() for text in reversed(list(before))).rstrip()
    return said.endswith((".", "?", "!")) and not "".join(t.get_text() for t in after).strip()
