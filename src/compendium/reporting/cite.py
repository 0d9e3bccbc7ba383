"""How the book and its sources are cited, by `CITATION.cff`: BibTeX, RIS, CSL-JSON, APA, GOST.

Each format writes only what the file gives. APA is in English and GOST in Russian in every edition:
the form, not the reader, decides the language. A title in Russian comes from `book.yml`, or from
`title_ru` and `author_ru` of the entry in `references.bib` that has the work's DOI.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pybtex.database import Person, parse_file

from compendium import project
from compendium.language import N_
from compendium.reporting import declarations


@dataclass(frozen=True)
class Work:
    """A work that can be cited.

    Attributes
    ----------
    title : str
    authors : tuple of (str, str)
        Family and given names; of a group its name and an empty string.
    year : str
    article : bool
        Whether it is an article of a journal; else it is this book, a program with its text.
    journal, volume, issue, pages, doi, url, version : str
        Empty where they are not given.
    russian : Work, optional
        The work as a reference in Russian names it, where that is another name.
    """

    title: str
    authors: tuple[tuple[str, str], ...]
    year: str
    article: bool = False
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    version: str = ""
    russian: Work | None = None

    @property
    def key(self) -> str:
        """A name for the entry, e.g. `smith2025`."""
        first = self.authors[0][0] if self.authors and self.authors[0][1] else ""
        return (re.sub(r"[^a-z]", "", first.lower()) or "book") + self.year

    @property
    def address(self) -> str:
        """Where it is: its DOI as an address, or else its own address."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


def works(url: str = "") -> list[Work]:
    """The book, and after it the works that it is to be cited with.

    Parameters
    ----------
    url : str
        Address of the book where `CITATION.cff` gives none.
    """
    cited = declarations.citation()
    book = project.current().book
    own = _work(cited, url, str(book.published().year))
    if own.title.startswith(book.told("title", "en")):
        title = ". ".join(filter(None, (book.told(part, "ru") for part in ("title", "subtitle"))))
        authors = tuple((name, "") for name in book.authors("ru"))
        own = replace(own, russian=replace(own, title=title, authors=authors))
    return [own, *(_named(_work(reference)) for reference in cited.get("references") or [])]


def _named(work: Work) -> Work:
    """A work with the Russian title and authors that the bibliography gives it."""
    file = project.path("data", "references.bib")
    entries = parse_file(str(file)).entries.values() if file.is_file() else []
    for entry in entries:
        title, authors = entry.fields.get("title_ru"), entry.fields.get("author_ru")
        if title and work.doi and entry.fields.get("doi", "").lower() == work.doi.lower():
            people = [Person(name) for name in authors.split(" and ")] if authors else []
            names = tuple(
                (" ".join(one.last_names), " ".join((*one.first_names, *one.middle_names)))
                for one in people
            )
            own = replace(work, title=title.strip("{}"), authors=names or work.authors)
            return replace(work, russian=own)
    return work


def _work(told: Mapping, url: str = "", year: str = "") -> Work:
    names = tuple(
        (str(person["name"]), "")
        if "name" in person
        else (str(person.get("family-names", "")), str(person.get("given-names", "")))
        for person in told.get("authors") or []
    )
    fields = ("journal", "volume", "issue", "pages", "doi", "version")
    said = {field: str(told.get(field) or "") for field in fields}
    return Work(
        title=str(told.get("title") or ""),
        authors=names,
        year=str(told.get("year") or "") or str(told.get("date-released") or "")[:4] or year,
        article=told.get("type") == "article",
        url=str(told.get("url") or told.get("repository-code") or url),
        journal=said["journal"], volume=said["volume"], issue=said["issue"], doi=said["doi"],
        version=said["version"], pages=said["pages"].replace("-", "–"),
    )  # fmt: skip


def bibtex(work: Work) -> str:
    """A work as an entry of BibTeX."""
    names = " and ".join(f"{family}, {given}" if given else f"{{{family}}}"
                         for family, given in work.authors)  # fmt: skip
    fields = {
        "author": names, "title": f"{{{work.title}}}", "journal": work.journal, "year": work.year,
        "volume": work.volume, "number": work.issue, "pages": work.pages.replace("–", "--"),
        "version": work.version, "doi": work.doi, "url": "" if work.doi else work.url,
    }  # fmt: skip
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{'article' if work.article else 'software'}{{{work.key},\n{''.join(lines)}}}\n"


def ris(work: Work) -> str:
    """A work as a record of RIS."""
    first, _, last = work.pages.partition("–")
    fields = [
        ("TY", "JOUR" if work.article else "COMP"),
        *(("AU", f"{family}, {given}" if given else family) for family, given in work.authors),
        ("TI", work.title), ("JO", work.journal), ("PY", work.year), ("VL", work.volume),
        ("IS", work.issue), ("SP", first), ("EP", last), ("ET", work.version), ("DO", work.doi),
        ("UR", work.address),
    ]  # fmt: skip
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"


def csl(work: Work) -> str:
    """A work as an item of CSL-JSON, which Zotero and pandoc read."""
    item = {
        "id": work.key,
        "type": "article-journal" if work.article else "software",
        "author": [{"family": family, "given": given} if given else {"literal": family}
                   for family, given in work.authors],
        "title": work.title,
        "issued": {"date-parts": [[int(work.year)]]} if work.year else None,
        "container-title": work.journal, "volume": work.volume, "issue": work.issue,
        "page": work.pages.replace("–", "-"), "version": work.version, "DOI": work.doi,
        "URL": work.address,
    }  # fmt: skip
    told = {name: value for name, value in item.items() if value}
    return json.dumps([told], ensure_ascii=False, indent=2) + "\n"


def apa(work: Work) -> str:
    """A work as the seventh edition of APA cites it."""
    names = [f"{family}, {given}" if given else family for family, given in work.authors]
    who = "".join(names) if len(names) < 2 else ", ".join(names[:-1]) + ", & " + names[-1]
    if work.article:
        number = work.volume + (f"({work.issue})" if work.issue else "")
        where = ", ".join(filter(None, (work.journal, number, work.pages)))
        what = f"{work.title}. {where}."
    else:
        what = work.title + (f" (Version {work.version})" if work.version else "")
        what += " [Computer software]."
    return f"{who.rstrip('.')}. ({work.year}). {what} {work.address}".strip() + "\n"


def gost(work: Work) -> str:
    """A work as a reference by GOST R 7.0.5–2008."""
    work = work.russian or work
    names = ", ".join(f"{family} {given}".strip() for family, given in work.authors)
    if work.article:
        where = [work.journal, work.year, work.volume and f"Т. {work.volume}",
                 work.issue and f"№ {work.issue}", work.pages and f"С. {work.pages}",
                 work.doi and f"DOI: {work.doi}"]  # fmt: skip
        return f"{names} {work.title} // {'. '.join(filter(None, where))}.\n"
    where = [work.version and f"Версия {work.version}", work.year,
             work.address and f"URL: {work.address}"]  # fmt: skip
    return f"{work.title} [Электронный ресурс] / {names}. {'. '.join(filter(None, where))}.\n"


FORMATS: Mapping[str, tuple[Callable[[Work], str], str]] = {
    "BibTeX": (bibtex, "bib"), "RIS": (ris, "ris"), "CSL-JSON": (csl, "json"),
    "APA": (apa, "txt"), N_("GOST 7.0.5"): (gost, "txt"),
}  # fmt: skip
"""What writes a format, and the ending of its files."""
