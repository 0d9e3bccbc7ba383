"""What a new compendium says in its own words: English here, translations in `starter.po`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from compendium.edition import blocks

HERE = Path(__file__).parent
FILES = HERE / "files"


@lru_cache
def texts() -> dict:
    """Prose, headings and captions by the labels of the chapters; sections kept as they are."""
    return yaml.safe_load((HERE / "texts.yml").read_text(encoding="utf-8"))


@lru_cache
def readme() -> dict:
    """The words of the README."""
    return yaml.safe_load((FILES / "readme.yml").read_text(encoding="utf-8"))


def words() -> Iterator[tuple[str, str]]:
    """Every text that is translated, with the file that it stands in."""
    told = texts()
    for part in ("prose", "headings", "captions", "described"):
        for text in told[part].values():
            found: list[str] = []
            blocks.translate(text.strip(), lambda block, found=found: found.append(block) or block)
            yield from (("texts.yml", block) for block in found)
    for file in sorted(FILES.rglob("*.csv")):
        if file.name != "codebook.csv":
            with file.open(encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream):
                    for cell in row.values():
                        if cell.startswith("Example: "):
                            yield f"files/{file.relative_to(FILES)}", cell
    said = readme()
    for text in (said["opening"], said["machine"], said["where"], *said["places"].values(),
                 said["steps"], *said["examples"].values()):  # fmt: skip
        yield "files/readme.yml", text.strip()
