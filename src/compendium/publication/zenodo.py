"""`.zenodo.json`: the fields of a deposit at Zenodo."""

from __future__ import annotations

from html import escape

from compendium.publication.facts import Author, Facts

FILE = ".zenodo.json"


def zenodo(told: Facts) -> dict:
    """The deposit's fields as https://developers.zenodo.org/#representation documents them.

    A deposit has one licence: that of the text. The notes name the others.

    Parameters
    ----------
    told : Facts
    """
    paragraphs = [f'<p lang="{code}">{escape(text, quote=False)}</p>'
                  for code, text in told.description.items()]  # fmt: skip
    said = {
        "upload_type": told.kind,
        "title": told.title,
        "version": told.version,
        "publication_date": told.date,
        "creators": [_creator(author) for author in told.authors],
        "description": "".join(paragraphs),
        "access_right": "open",
        "license": _licence(told.licences).lower(),
        "notes": f"Licences: {', '.join(told.licences)}. LICENSES.md tells which part is under "
        "which.",
        "keywords": list(told.keywords),
        "related_identifiers": [
            {"identifier": work.doi or work.url, "relation": "references",
             **({"resource_type": "publication-article"} if work.article else {})}
            for work in told.references if work.doi or work.url
        ] + ([{"identifier": told.repository, "relation": "isSupplementTo"}]
             if told.repository else []),
    }  # fmt: skip
    return {field: value for field, value in said.items() if value}


def _creator(author: Author) -> dict:
    name = f"{author.family}, {author.given}" if author.given else author.family
    said = {
        "name": name,
        "affiliation": author.affiliation,
        "orcid": author.orcid.rpartition("/")[2],
    }
    return {field: value for field, value in said.items() if value}


def _licence(licences: tuple[str, ...]) -> str:
    """The text's licence where one of Creative Commons asks for the name; else the first."""
    return next((licence for licence in licences if licence.startswith("CC-BY")), licences[0])
