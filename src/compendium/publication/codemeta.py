"""`codemeta.json`: the edition as software, for those who index it (CodeMeta 3.0)."""

from __future__ import annotations

from compendium import colophon
from compendium.language.active import SOURCE
from compendium.publication.facts import Author, Facts

FILE = "codemeta.json"
CONTEXT = "https://w3id.org/codemeta/3.0"
SPDX = "https://spdx.org/licenses/"


def codemeta(told: Facts) -> dict:
    """The edition by the terms of https://codemeta.github.io/terms/; what is unknown is left out.

    Parameters
    ----------
    told : Facts
    """
    said = {
        "@context": CONTEXT,
        "type": "SoftwareSourceCode",
        "name": told.title,
        "identifier": f"https://doi.org/{told.doi}" if told.doi else "",
        "version": told.version,
        "description": told.description[SOURCE],
        "author": [_author(author) for author in told.authors],
        "license": [SPDX + licence for licence in told.licences],
        "keywords": list(told.keywords),
        "datePublished": told.date,
        "dateModified": told.date,
        "url": told.url,
        "codeRepository": told.repository,
        "programmingLanguage": {"type": "ComputerLanguage", "name": "Python"},
        "runtimePlatform": f"Python {colophon.python()}",
        "softwareRequirements": "requirements.lock",
        "buildInstructions": "README.md",
        "referencePublication": [
            {"type": "ScholarlyArticle" if work.article else "CreativeWork",
             "name": work.title, **({"identifier": work.address} if work.address else {})}
            for work in told.references
        ],
    }  # fmt: skip
    return {term: value for term, value in said.items() if value}


def _author(author: Author) -> dict:
    said = {
        "id": author.orcid,
        "type": "Person" if author.given else "Organization",
        **({"givenName": author.given, "familyName": author.family} if author.given
           else {"name": author.family}),
        "email": author.email,
        "affiliation": {"type": "Organization", "name": author.affiliation}
        if author.affiliation else "",
    }  # fmt: skip
    return {term: value for term, value in said.items() if value}
