"""The page and the command line say the same of a query, sign by sign."""

from __future__ import annotations

import csv
import io
import json
import random
from contextlib import redirect_stderr, redirect_stdout

import pytest

import scopus_query.lint  # noqa: F401 - registers the rules
from scopus_query import cli
from scopus_query.rules import RULES
from tests.conftest import SHARED
from tests.laboratory.test_query_desk import ask

PARTS = {
    "lint": ("findings",), "format": ("text",), "explain": ("text",), "tree": ("tree",),
    "repair": ("readings",),
}  # fmt: skip
NAMES = {("explain", "text"): "explanation"}
"""What the page calls a command's answer, where it is another name."""


def broken(query: str, seed: int) -> str:
    """A query as a careless copy leaves it: a sign lost, doubled or exchanged."""
    chance = random.Random(seed)
    marks = [at for at, sign in enumerate(query) if sign in '()"{},*' or sign.isspace()]
    at = chance.choice(marks or [0])
    return query[:at] + chance.choice(["", query[at : at + 1] * 2, ")", "“"]) + query[at + 1 :]


def sample() -> list[str]:
    """Queries that somebody wrote or that explain a rule, and as many broken ones."""
    whole = [rule.example for rule in RULES.values() if rule.example]
    if (file := SHARED / "cases" / "queries.csv").is_file():
        with file.open(encoding="utf-8", newline="") as rows:
            whole += [row["input"] for row in csv.DictReader(rows) if row["command"] != "run"]
    whole = list(dict.fromkeys(whole))
    return whole + [broken(one, seed) for seed, one in enumerate(whole)]


def commanded(monkeypatch, verb: str, query: str, code: str):
    """What a command prints as JSON; where it cannot, the sentence that it says instead."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(query.encode())))
    said, error = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(error):
        cli.main([verb, "--json", "--lang", code, "-"])
    return json.loads(said.getvalue()) if said.getvalue() else error.getvalue().strip()


def translated(page, query: str, code: str):
    told = ask(page, "translations", query=query, lang=code)
    return told if isinstance(told, str) else [
        {key: value for key, value in other.items() if key != "label"} for other in told
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["en", "kk"])
def test_the_page_says_what_the_commands_say(started, monkeypatch, code):
    queries = sample() if code == "en" else sample()[::7]
    assert len(queries) > (100 if code == "en" else 14)
    differ = []
    for query in queries:
        told = ask(started, "query", query=query, lang=code)
        asked = ["explain", "format", "tree"] if told["parses"] else ["repair"]
        for verb in ["lint", *asked]:
            own = commanded(monkeypatch, verb, query, code)
            if any(told[NAMES.get((verb, part), part)] != own[part] for part in PARTS[verb]):
                differ.append((verb, query))
        if told["parses"] and translated(started, query, code) != commanded(
            monkeypatch, "translate", query, code
        ):
            differ.append(("translate", query))
    assert differ == []
