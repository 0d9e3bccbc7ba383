"""An edition as an ordinary Jupyter Book in its own folder, which Sphinx reads."""

from __future__ import annotations

import re
from functools import partial

import nbformat
import yaml

from compendium import project
from compendium.edition.edition import Edition
from compendium.yaml_file import read_yaml


def write(edition: Edition, notebooks: dict[str, nbformat.NotebookNode]) -> None:
    """Write notebooks, table of contents, configuration and bibliography of an edition.

    A file whose content did not change keeps its time, so that Sphinx reads only what changed.
    """
    files = {
        f"{name}.ipynb": nbformat.writes(notebook) + "\n" for name, notebook in notebooks.items()
    }
    files["_toc.yml"] = project.path("_toc.yml").read_text("utf-8").replace("chapters/", "")
    files["_config.yml"] = _configuration(edition)
    files["references.bib"] = references(edition.language)
    edition.source.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        target = edition.source / name
        if not target.is_file() or target.read_text("utf-8") != content:
            target.write_text(content, encoding="utf-8")
    for file in edition.source.glob("*.ipynb"):
        if file.stem not in notebooks:
            file.unlink()


def references(language: str) -> str:
    """The bibliography with the fields that a work has in this language.

    A field such as `author_ru` takes the place of the entry's `author` in the Russian edition.
    """
    entries = re.split(r"(?m)^(?=@)", project.path("data", "references.bib").read_text("utf-8"))
    return "".join(_in_language(entry, language) for entry in entries)


def _in_language(entry: str, language: str) -> str:
    field = re.compile(r"(?m)^ *(\w+?)_(\w\w) = (\{.*\}),\n")
    own = {match[1]: match[3] for match in field.finditer(entry) if match[2] == language}
    entry = field.sub("", entry)
    for name, value in own.items():
        entry = re.sub(rf"(?m)^( *{name} = ).*$", partial(_given, value), entry)
    return entry


def _given(value: str, found: re.Match) -> str:
    return f"{found[1]}{value},"


def _configuration(edition: Edition) -> str:
    configuration = read_yaml(project.path("_config.yml"), "_config.yml")
    about, strings = edition.about(), edition.strings()
    configuration |= {
        "title": about["title"],
        "author": ", ".join(about["authors"]),
        "bibtex_bibfiles": ["references.bib"],
    }
    configuration["sphinx"]["config"] |= {
        "language": edition.language,
        "numfig_format": edition.numfig(),
        "nb_code_prompt_show": strings["show_code"],
        "nb_code_prompt_hide": strings["hide_code"],
    }
    return yaml.safe_dump(configuration, allow_unicode=True, sort_keys=True)
