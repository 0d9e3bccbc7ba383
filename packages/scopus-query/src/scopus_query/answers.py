"""What is said of a query as plain values: for `--json`, and for a page that asks in one go."""

from __future__ import annotations

from dataclasses import replace

from scopus_query import tree
from scopus_query.dates import AsOf
from scopus_query.lint import lint
from scopus_query.parse import Parsed
from scopus_query.repair import Reading, repair
from scopus_query.rules import grouped
from scopus_query.unparse import unparse

WIDTH = 100
"""Signs of a line of a formatted query."""


def answer(query: str, as_of: AsOf = None) -> dict:
    """Everything but the translations: findings, and what the query says or may say.

    Parameters
    ----------
    query : str
    as_of : date or str, optional
        The day of the search.

    Returns
    -------
    dict with `parses` and `findings`; with `text`, `explanation`, `tree` and `drawing` if the query
    can be read, else with `readings`
    """
    from scopus_query import explain

    parsed = lint(query, as_of=as_of)
    parsed = replace(parsed, findings=grouped(parsed.findings))
    out = {"parses": parsed.tree is not None, "findings": findings(parsed)}
    if parsed.tree is None:
        return out | {"readings": [reading(found) for found in repair(query, as_of)]}
    return out | {
        "text": formatted(parsed), "explanation": explain.tell(parsed.tree),
        "tree": tree.as_data(parsed.tree), "drawing": explain.draw(parsed.tree),
    }  # fmt: skip


def translations(query: str, as_of: AsOf = None) -> list[dict]:
    """The query for each other database; empty if it cannot be read."""
    from scopus_query.translate import PLATFORMS, translate

    parsed = lint(query, as_of=as_of)
    if parsed.tree is None:
        return []
    return [translate(parsed.tree, name).as_data() for name in PLATFORMS]


def findings(parsed: Parsed) -> list[dict]:
    """What was found in a query."""
    return [finding.as_data(parsed.text) for finding in parsed.findings]


def reading(found: Reading) -> dict:
    """A reading of a broken query."""
    return {
        "cost": found.cost,
        "edits": [edit._asdict() for edit in found.edits],
        "text": found.text,
        "canonical": unparse(found.tree),
        "tree": tree.as_data(found.tree),
    }


def formatted(parsed: Parsed, width: int | None = WIDTH) -> str:
    """A query that can be read in canonical form, its comments before it."""
    assert parsed.tree is not None
    return "\n".join([*parsed.comments, unparse(parsed.tree, width)])
