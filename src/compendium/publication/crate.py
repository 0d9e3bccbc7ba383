"""`ro-crate-metadata.json`: what lies in the archive, as linked data (RO-Crate 1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import PurePosixPath

from compendium.language.active import SOURCE
from compendium.publication.codemeta import SPDX
from compendium.publication.facts import Author, Facts

FILE = "ro-crate-metadata.json"
VERSION = "1.2"
FOLDERS = {
    "site": "The published book: pages, files to take away, tables, executed notebooks",
    "data": "The review as data, a Frictionless data package",
    "chapters": "The chapters as notebooks in English, with their outputs",
    "locales": "The translations, as gettext catalogs",
    "src": "The review's own code, and the engine",
    "packages": "The query language",
    "vendor": "The engine, as wheels",
    "theme": "The review's own style",
}
"""What each folder of the archive holds, in English as all that machines read."""


def crate(told: Facts, files: Mapping[str, tuple[str, int]]) -> dict:
    """The crate's metadata as https://www.researchobject.org/ro-crate/specification/1.2/ asks.

    Folders are described as a whole; files one by one at the top of the archive, and those to take
    away in the site.

    Parameters
    ----------
    told : Facts
    files : mapping of str to (str, int)
        SHA-256 and size of each file of the archive.
    """
    from rocrate.model import ContextEntity
    from rocrate.rocrate import ROCrate

    made = ROCrate(version=VERSION)
    made.name, made.description = told.title, told.description[SOURCE]
    root = made.root_dataset
    root["datePublished"], root["version"] = told.date, told.version
    root["keywords"] = list(told.keywords)
    if told.doi:
        root["identifier"] = root["cite-as"] = f"https://doi.org/{told.doi}"
    root["inLanguage"] = list(told.description)
    licences = [
        made.add(ContextEntity(made, SPDX + each, {"@type": "CreativeWork", "name": each}))
        for each in told.licences
    ]
    authors = [
        made.add(ContextEntity(made, author.orcid or f"#author-{at}", _author(author)))
        for at, author in enumerate(told.authors, start=1)
    ]
    references = [
        made.add(ContextEntity(made, work.address or f"#reference-{at}", {
            "@type": "ScholarlyArticle" if work.article else "CreativeWork", "name": work.title,
        }))
        for at, work in enumerate(told.references, start=1)
    ]  # fmt: skip
    for term, listed in (("license", licences), ("author", authors), ("citation", references)):
        if listed:
            root[term] = listed if len(listed) > 1 else listed[0]
    for folder in dict.fromkeys(PurePosixPath(file).parts[0] for file in files if "/" in file):
        held = {"name": folder, "description": FOLDERS.get(folder, folder)}
        made.add_dataset(dest_path=folder, properties=held)
    for file, (sha256, size) in files.items():
        if _is_told(file):
            made.add_file(dest_path=file, properties={
                "name": PurePosixPath(file).name, "contentSize": str(size), "sha256": sha256,
                "encodingFormat": guess_type(file)[0] or "text/plain",
            })  # fmt: skip
    return made.metadata.generate()


def _is_told(file: str) -> bool:
    path = PurePosixPath(file)
    is_taken_away = path.parts[0] == "site" and path.suffix in (".pdf", ".epub", ".docx", ".zip")
    return len(path.parts) == 1 or (is_taken_away and "_static" not in path.parts)


def _author(author: Author) -> dict:
    if not author.given:
        return {"@type": "Organization", "name": author.family}
    said = {
        "@type": "Person", "name": f"{author.given} {author.family}", "givenName": author.given,
        "familyName": author.family, "affiliation": author.affiliation, "email": author.email,
    }  # fmt: skip
    return {term: value for term, value in said.items() if value}
