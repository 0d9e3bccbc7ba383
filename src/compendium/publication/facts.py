"""What the archive says of itself, read where it is written: `CITATION.cff` and `book.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compendium import data, project
from compendium.errors import CompendiumError
from compendium.language import LANGUAGES, _, speaking
from compendium.language.active import SOURCE
from compendium.reporting import cite, declarations
from compendium.reporting.cite import Work


@dataclass(frozen=True)
class Author:
    """Who is cited: a person, or a group that has no given names.

    Attributes
    ----------
    family : str
        The family name; of a group its whole name.
    given, orcid, affiliation, email : str
        Empty where they are not given; the ORCID is an address.
    """

    family: str
    given: str = ""
    orcid: str = ""
    affiliation: str = ""
    email: str = ""


@dataclass(frozen=True)
class Facts:
    """What is said of an edition.

    Attributes
    ----------
    name : str
        The data package's name, for names of files.
    title, version, date : str
    description : dict of str to str
        By the book's languages, in the reader's order.
    keywords : tuple of str
    authors : tuple of Author
    licences : tuple of str
        Identifiers of SPDX.
    kind : {"software", "dataset"}
    doi, url, repository : str
        Empty where they are not given.
    references : tuple of Work
        What the edition is to be cited with.
    """

    name: str
    title: str
    version: str
    date: str
    description: Mapping[str, str]
    keywords: tuple[str, ...]
    authors: tuple[Author, ...]
    licences: tuple[str, ...]
    kind: str
    doi: str
    url: str
    repository: str
    references: tuple[Work, ...]


def facts(date: str) -> Facts:
    """The facts of the current compendium.

    Parameters
    ----------
    date : str
        When the edition was released, as YYYY-MM-DD.

    Raises
    ------
    CompendiumError
        If `CITATION.cff` lacks a title, a version, an author or a licence.
    """
    cited = declarations.citation()
    for field in ("title", "version", "authors", "license"):
        if not cited.get(field):
            raise CompendiumError(
                _("The field is missing, and an archive cannot do without it."),
                path=declarations.CITATION, column=field, remedy=_("Write it."),
            )  # fmt: skip
    licences = cited["license"]
    return Facts(
        name=data.package()["name"],
        title=str(cited["title"]),
        version=str(cited["version"]),
        date=date,
        description=_descriptions(),
        keywords=tuple(map(str, cited.get("keywords") or _keywords())),
        authors=tuple(map(_author, cited["authors"])),
        licences=(licences,) if isinstance(licences, str) else tuple(licences),
        kind=str(cited.get("type") or "software"),
        doi=str(cited.get("doi") or ""),
        url=str(cited.get("url") or ""),
        repository=str(cited.get("repository-code") or ""),
        references=tuple(cite.works()[1:]),
    )


def _author(told: Mapping) -> Author:
    said = {field: str(told.get(field) or "") for field in ("orcid", "affiliation", "email")}
    if "name" in told:
        return Author(str(told["name"]), **said)
    given = str(told.get("given-names") or "")
    return Author(str(told.get("family-names") or ""), given, **said)


def _descriptions() -> dict[str, str]:
    book, told = project.current().book, {}
    for code in LANGUAGES:
        with speaking(code):
            told[code] = book.told("description")
    return told


def _keywords() -> list[str]:
    with speaking(SOURCE):
        return project.current().book.keywords()
