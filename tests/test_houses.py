"""Three houses: the query language, what any review uses, this review; imports point one way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LANGUAGE = ROOT / "packages" / "scopus-query" / "src" / "scopus_query"
ENGINE = ROOT / "src" / "compendium"
REVIEW = ROOT / "src" / "review"

ROOMS = (
    ("errors",), ("files",), ("folder",), ("language",), ("yaml_file",),
    ("book", "data_package", "opendocument", "spreadsheet"), ("project",), ("data", "digest"),
    ("display", "works", "addresses", "chapter", "environment", "colophon"),
    ("console",), ("records",), ("search",), ("screening",), ("synthesis",), ("ranking",),
    ("survey",), ("reporting",), ("claims",), ("validation",), ("pages",),
    ("wheels", "prisma_p", "review_plan", "review_steps", "new_review", "upgrade"),
    ("laboratory",), ("edition",),
    ("publication",), ("update",), ("doctor",), ("cli",),
)  # fmt: skip
"""Rooms of the engine, each with those that it may see before it, and its own group."""

SUBJECT = re.compile(
    r"kazakhstan|khasenova|mukhamejanov|doszhan|electronics|joint[_ ]laborator|living[_ ]labs?\b"
    r"|intermediar|international_collaboration|state_programmes|empirical|stage_review"
    r"|query[12]\b|10\.52821|hansen_candidates|data/article(?![a-z])",
    re.IGNORECASE,
)
"""Words by which this review is known."""


def modules(folder: Path) -> list[Path]:
    carried = folder / "template"
    return [file for file in sorted(folder.rglob("*.py")) if carried not in file.parents]


def imported(parts: Iterable[ast.AST]) -> set[str]:
    """Dotted names that these parts of a module import, those inside functions too."""
    names = set()
    for node in parts:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def parts(file: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(file.read_text("utf-8")))


def houses(file: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(parts(file))}


@pytest.mark.parametrize("file", modules(LANGUAGE), ids=lambda file: file.name)
def test_the_query_language_knows_neither_engine_nor_review(file):
    assert not houses(file) & {"compendium", "review"}


@pytest.mark.parametrize(
    "file", modules(ENGINE), ids=lambda file: file.relative_to(ENGINE).as_posix()
)
def test_the_engine_knows_no_review(file):
    assert "review" not in houses(file)


def test_every_room_has_its_place():
    rooms = {path.stem for path in ENGINE.iterdir() if path.suffix == ".py" or path.is_dir()}
    carried = {"__init__", "__pycache__", "template", "theme", "locales"}
    assert rooms - carried == {room for group in ROOMS for room in group}


def test_imports_inside_the_engine_point_forward():
    place = {room: at for at, group in enumerate(ROOMS) for room in group}
    backward = set()
    for file in modules(ENGINE):
        # A room's command may call any room.
        own = "cli" if file.stem == "cli" else file.relative_to(ENGINE).parts[0].removesuffix(".py")
        for name in imported(parts(file)):
            house, _dot, rest = name.partition(".")
            room = rest.partition(".")[0]
            if house == "compendium" and place.get(room, -1) > place.get(own, len(ROOMS)):
                backward.add((own, room))
    assert backward == set()


def at_run_time(tree: ast.AST):
    """Parts of a module without what is imported for types alone."""
    yield tree
    for part in ast.iter_child_nodes(tree):
        if not (isinstance(part, ast.If) and ast.unparse(part.test) == "TYPE_CHECKING"):
            yield from at_run_time(part)


def test_no_module_needs_one_that_needs_it():
    houses = {"scopus_query": LANGUAGE, "compendium": ENGINE, "review": REVIEW}
    files = {
        ".".join((house, *file.relative_to(folder).with_suffix("").parts)).removesuffix(".__init__")
        : file for house, folder in houses.items() for file in modules(folder)
    }  # fmt: skip
    needs = {
        name: (imported(at_run_time(ast.parse(file.read_text("utf-8")))) & files.keys()) - {name}
        for name, file in files.items()
    }
    packages = {name for name, file in files.items() if file.name == "__init__.py"}
    inside = {name: {one for one in held if not (one in packages and name.startswith(f"{one}."))}
              for name, held in needs.items()}  # fmt: skip
    assert list(TopologicalSorter(inside).static_order())  # CycleError names the modules


@pytest.mark.parametrize(
    "file", [*modules(LANGUAGE), *modules(ENGINE)], ids=lambda file: file.relative_to(ROOT).name
)
def test_no_module_of_language_or_engine_speaks_of_this_review(file):
    spoken = [
        f"{at}: {line.strip()}"
        for at, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if SUBJECT.search(line)
    ]
    assert spoken == []
