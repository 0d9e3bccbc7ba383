"""The documents of a new compendium in three languages: its README, and examples of its tables."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import nbformat

from compendium import project
from compendium.edition import blocks
from compendium.edition.starter.texts import readme
from compendium.edition.starter.words import known
from compendium.language import LANGUAGES
from compendium.language.active import SOURCE

GUIDE = "reuse"
"""The chapter on reuse: its steps become the README, and the new book does without it."""

_STEP = re.compile(r"^### ")

Translate = Callable[[str], str]


def write(folder: Path) -> None:
    """Write `README.md` and `data/EXAMPLES.md`, and their Russian and Kazakh."""
    for code in LANGUAGES:
        words = {} if code == SOURCE else known(code)

        def translated(text: str, words=words) -> str:
            return words.get(text, text)

        suffix = ".md" if code == SOURCE else f".{code}.md"
        (folder / f"README{suffix}").write_text(_readme(folder, translated, code), "utf-8")
        (folder / "data" / f"EXAMPLES{suffix}").write_text(_examples(translated), "utf-8")


def _readme(folder: Path, translated: Translate, code: str) -> str:
    from compendium import identity, language

    said = readme()
    with project.at(folder), language.speaking(code):
        identity._book.cache_clear()
        title = identity.told("title")
    identity._book.cache_clear()
    others = " · ".join(
        f"[{entry.name}](README{'.md' if other == SOURCE else f'.{other}.md'})"
        for other, entry in LANGUAGES.items() if other != code
    )
    suffix = ".md" if code == SOURCE else f".{code}.md"
    places = "\n".join(
        f"- {name.replace('.md', suffix)}: {translated(what)}"
        for name, what in said["places"].items()
    )
    return "\n\n".join([
        f"# {title}", others, translated(said["opening"].strip()),
        "```sh\nmake book    # _build/site/\nmake serve\nmake test\n```",
        translated(said["machine"].strip()), f"## {translated(said['where'])}", places,
        f"## {translated(said['steps'])}", *_steps(translated),
    ]) + "\n"  # fmt: skip


def _steps(translated: Translate) -> list[str]:
    """The steps of the chapter on reuse: their headings and their commands."""
    out, inside = [], False
    guide = nbformat.read(project.home("chapters", f"{GUIDE}.ipynb"), as_version=4)
    for cell in guide.cells:
        if cell.cell_type != "markdown":
            continue
        for block in blocks.split(cell.source):
            if block.startswith("#"):
                inside = bool(_STEP.match(block))
                if inside:
                    out.append(translated(block))
            elif inside and block.startswith("```sh"):
                out.append(block)
    return out


def _examples(translated: Translate) -> str:
    """Every table: what it holds, its columns, and one row of this compendium's own."""
    said = {key: translated(text.strip()) for key, text in readme()["examples"].items()}
    out = [f"# {said['title']}", said["opening"]]
    descriptor = json.loads(project.home("data", "datapackage.json").read_text(encoding="utf-8"))
    for entry in descriptor["resources"]:
        if "schema" not in entry:
            continue
        path = re.sub(r"^contexts/[^/]+/", "contexts/…/", entry["path"])
        with project.home("data", entry["path"]).open(encoding="utf-8", newline="") as stream:
            row = next(csv.DictReader(stream), {})
        lines = [f"| {said['column']} | {said['meaning']} | {said['example']} |", "|---|---|---|"]
        for field in entry["schema"]["fields"]:
            shown = translated(field.get("description", ""))
            value = _cell(field["name"], row.get(field["name"], ""))
            lines.append(f"| `{field['name']}` | {shown} | {value} |")
        out += [f"## `{path}`", translated(entry.get("description", "")), "\n".join(lines)]
    return "\n\n".join(part for part in out if part) + "\n"


def _cell(field: str, value: str) -> str:
    """A cell as an example; of an address where something was read only that it is one."""
    if field.endswith("seen_at") and value:
        return "https://…"
    text = value.replace("|", "\\|").replace("\n", " ")
    return text if len(text) < 120 else text[:117] + "…"
