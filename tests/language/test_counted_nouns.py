"""A noun behind a number has a form for one: a message with such a noun goes through ngettext."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSES = (ROOT / "src" / "compendium", ROOT / "packages" / "scopus-query" / "src")
NOUNS = (
    "claims", "conflicts", "decisions", "duplicates", "entries", "files", "hits", "items",
    "nanopublications", "notes", "pages", "paragraphs", "people", "publications", "queries",
    "readings", "records", "repeats", "reviewers", "rows", "sheets", "texts", "works",
)  # fmt: skip
COUNTED = re.compile(rf"(?:\}}|%d) (?:{'|'.join(NOUNS)})\b")


def named(node: ast.AST, *names: str) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in names


def texts(call: ast.AST):
    """The texts in a call, but for those that ngettext chooses from."""
    for part in ast.iter_child_nodes(call):
        if named(part, "ngettext"):
            continue
        if isinstance(part, ast.JoinedStr):
            yield ast.unparse(part)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        else:
            yield from texts(part)


def test_no_message_counts_a_noun_that_has_but_one_form():
    files = [file for house in HOUSES for file in house.rglob("*.py")
             if "template" not in file.parts]  # fmt: skip
    found = [
        f"{file.name}:{node.lineno}: {text}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8"))) if named(node, "_", "print")
        for text in texts(node) if COUNTED.search(text)
    ]
    assert found == []
