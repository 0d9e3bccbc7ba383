"""What the page asks of Python in its worker: JSON in, JSON out. Nothing here knows a browser."""

from __future__ import annotations

import json
from collections.abc import Callable

from scopus_query import answers, known, language
from scopus_query.errors import ScopusQueryError
from scopus_query.parse import read
from scopus_query.rules import Edit


def reply(message: str) -> str:
    """Answer a message of the page.

    Parameters
    ----------
    message : str
        JSON with `task`, `lang` and what the task needs.

    Returns
    -------
    str
        JSON: `result`, or `error`, a sentence in the reader's language.
    """
    given = json.loads(message)
    lang = given.get("lang")
    language.use(lang if lang in language.LANGUAGES else language.SOURCE)
    try:
        told = {"result": TASKS[given["task"]](given)}
    except ScopusQueryError as error:
        told = {"error": str(error)}
    return json.dumps(told, ensure_ascii=False)


def query(given: dict) -> dict:
    """What is said of a query, and each mending as a sentence."""
    text = given["query"]
    told = answers.answer(text)
    mends = [[" ".join(Edit(**edit).describe(text) for edit in fix) for fix in finding["fixes"]]
             for finding in told["findings"]]  # fmt: skip
    readings = [" ".join(Edit(**edit).describe(text) for edit in reading["edits"])
                for reading in told.get("readings", ())]  # fmt: skip
    return told | {"mends": mends, "edits": readings}


def translations(given: dict) -> list[dict]:
    """The query for other databases, with their names."""
    from scopus_query.platforms import BY_NAME

    names = {name: platform.label for name, platform in BY_NAME.items()}
    return [{**told, "label": names.get(told["platform"], "OpenAlex")}
            for told in answers.translations(given["query"])]  # fmt: skip


def items(given: dict) -> dict[str, dict[str, bool | None]]:
    """What the query says of each known work; nothing of a query that cannot be read."""
    tree = read(given["query"]).tree
    if tree is None:
        return {}
    facts = known.Facts.from_data(given["facts"])
    return {work: known.verdicts(tree, facts, work) for work in given["works"]}


TASKS: dict[str, Callable[[dict], object]] = {
    "query": query, "translations": translations, "items": items,
}  # fmt: skip
