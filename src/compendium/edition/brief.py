"""The brief: chosen sections of the book, set by themselves on a few pages.

`book.yml` says which, by their labels, and on how many pages:

    brief:
      title: {en: Policy brief, ru: …}
      sections: [overview-answer, overview-findings]
      pages: 2
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from compendium import project
from compendium.book import FILE
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _, current
from compendium.language.active import SOURCE

FIELD = "brief"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Brief:
    """What `book.yml` says of the brief.

    Attributes
    ----------
    title : str
        What it is called, in the reader's language.
    question : str
        One line under its title; may be empty.
    sections : sequence of str
        Labels of the sections, in the order in which they stand.
    pages : int
        How many pages it may have.
    """

    title: str
    question: str
    sections: Sequence[str]
    pages: int


def brief() -> Brief | None:
    """The brief of the current compendium, in the reader's language; None where it has none.

    Raises
    ------
    CompendiumError
        If its title, its sections or its number of pages is missing or no such thing.
    """
    said = project.current().book.setting(FIELD)
    if said is None:
        return None
    said = said if isinstance(said, dict) else {}
    texts = {field: said.get(field) or {} for field in ("title", "question")}
    wrong = [
        (isinstance(texts["title"], dict) and bool(texts["title"].get(SOURCE)), f"title.{SOURCE}",
         _("Write what the brief is called.")),
        (_are_labels(said.get("sections")), "sections", _("List the labels of its sections.")),
        (isinstance(said.get("pages"), int) and said["pages"] > 0, "pages",
         _("Write a number of pages, such as 2.")),
    ]  # fmt: skip
    for right, field, remedy in wrong:
        if not right:
            raise CompendiumError(
                _("The brief cannot be made of this."), path=FILE, column=f"{FIELD}.{field}",
                remedy=remedy,
            )
    told = {field: str(of.get(current()) or of.get(SOURCE) or "") for field, of in texts.items()}
    return Brief(told["title"], told["question"], said["sections"], said["pages"])


def _are_labels(listed) -> bool:
    return isinstance(listed, list) and bool(listed) and all(isinstance(i, str) for i in listed)


def excerpt(
    soup: BeautifulSoup, chapters: list[Tag], sections: Sequence[str], online: str
) -> Tag:
    """The sections by themselves, as one chapter whose headings begin at level 2.

    Parameters
    ----------
    soup : BeautifulSoup
        What the chapters were parsed into.
    chapters : list of Tag
        All chapters of the book, each with its name for an id.
    sections : sequence of str
        Labels.
    online : str
        Address of the edition's folder. Links to the rest of the book lead there; where it is
        empty, they are text, or left out where they follow a whole sentence.

    Raises
    ------
    CompendiumError
        If the book has no section with such a label.
    """
    pages = {
        str(element["id"]): str(chapter.get("id", "")).removeprefix("document-") or "index"
        for chapter in chapters
        for element in chapter.find_all(id=True)
    }
    short = soup.new_tag("div")
    for label in sections:
        section = next((s for c in chapters if (s := c.find("section", id=label))), None)
        if not isinstance(section, Tag):
            raise CompendiumError(
                _("The book has no section with the label {label}.").format(label=repr(label)),
                path=FILE, column=f"{FIELD}.sections", remedy=did_you_mean(label, pages),
            )
        short.append(section.extract())
        headings = section.find_all(HEADINGS)
        top = int(headings[0].name[1]) if headings else 2
        for heading in headings:
            heading.name = f"h{min(6, int(heading.name[1]) - top + 2)}"
    own = {str(element["id"]) for element in short.find_all(id=True)}
    for link in short.find_all("a", href=True):
        _page, is_inside, label = str(link["href"]).partition("#")
        label = label.removeprefix("document-") if label not in pages else label
        if not is_inside or label in own or str(link["href"]).startswith(("http", "mailto")):
            continue
        page = pages.get(label, label)
        if online:
            link["href"] = f"{online}{page.rpartition('/')[2]}.html" + (
                f"#{label}" if label in pages else ""
            )
        elif _ends_its_paragraph(link):
            link.decompose()
        else:
            link.unwrap()
    return short


def _ends_its_paragraph(link: Tag) -> bool:
    """Whether a link follows a whole sentence, to lead on: without its target it says nothing."""
    before, after = link.previous_siblings, link.next_siblings
    told = "".join(text.get_text() for text in reversed(list(before))).rstrip()
    return told.endswith((".", "?", "!")) and not "".join(t.get_text() for t in after).strip()
