"""Search files in the JSON standard of the package search-query, which searchRxiv uses."""

from __future__ import annotations

from pathlib import Path

from search_query.search_file import SearchFile, load_search_file

from compendium import data, project
from compendium.errors import CompendiumError
from compendium.language import _
from scopus_query.repair import repair
from scopus_query.unparse import unparse

FOLDER = ("data", "article", "searches")
PLATFORM = "scopus"


def read(file: Path) -> SearchFile:
    """A search file.

    Raises
    ------
    CompendiumError
        If it is no JSON of the standard.
    """
    try:
        return load_search_file(file)
    except (ValueError, TypeError, OSError) as error:
        raise CompendiumError(
            _("Not a search file: {error}").format(error=error),
            path=file,
            remedy=_("See the manual of search-query."),
        ) from error


def article() -> dict[str, SearchFile]:
    """The article's queries as search files by name: as printed, and each reading.

    The date of the search is left out: the article does not report it.
    """
    authors = [{"name": author["en"]} for author in data.document("article")["authors"]]
    found = {}
    for query in data.document("queries"):
        info = {"query": query["id"], "place": query["place"]}
        found[query["id"]] = _file(query["text"], authors, {**info, "reading": "as printed"})
        for number, reading in enumerate(repair(query["text"]), start=1):
            found[f"{query['id']}-reading-{number}"] = _file(
                unparse(reading.tree), authors, {**info, "reading": number}
            )
    return found


def write(files: dict[str, SearchFile], folder: Path | None = None) -> list[Path]:
    """Write search files into a folder; the article's own if left out."""
    folder = folder or project.path(*FOLDER)
    paths = []
    for name, file in files.items():
        path = folder / f"{name}.json"
        file.save(path)
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def _file(text: str, authors: list[dict], info: dict) -> SearchFile:
    return SearchFile(
        search_string=text, platform=PLATFORM, authors=authors, record_info=info, date={}
    )
